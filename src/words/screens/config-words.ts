/**
 * What changed in a configuration, in words: each part by what it is called on site, each limit and setting with both values.
 */
import type { ConfigChange, ConfigDifference, ConfigPart } from '../../core/types.ts';
import type { Words } from '../words.ts';

const parts: Readonly<Record<ConfigPart, Words>> = {
  zone: { zh: '防区', en: 'zone' },
  limits: { zh: '阈值 防区', en: 'limits of zone' },
  device: { zh: '设备', en: 'device' },
  line: { zh: '线路', en: 'line' },
  area: { zh: '区域', en: 'area' },
  schedule: { zh: '布防计划', en: 'schedule' },
  route: { zh: '巡更线路', en: 'route' },
  post: { zh: '护学岗', en: 'post' },
  person: { zh: '人员', en: 'person' },
  procedure: { zh: '预案', en: 'procedure' },
  channel: { zh: '通知通道', en: 'channel' },
  wall: { zh: '大屏', en: 'wall' },
  school: { zh: '学校设置', en: 'settings of the school' },
  server: { zh: '网页服务', en: 'server' },
  store: { zh: '存储', en: 'store' },
  influx: { zh: 'InfluxDB', en: 'InfluxDB' },
  'mqtt-out': { zh: '对外 MQTT（mqttOut）', en: 'MQTT outwards (mqttOut)' },
  gb28181: { zh: '国标平台（gb28181）', en: 'GB/T 28181 platform' },
  dc09: { zh: '接警中心（dc09）', en: 'alarm receiving centre (dc09)' },
  district: { zh: '区级平台（district）', en: 'district' },
};
const changes: Readonly<Record<ConfigChange['change'], Words>> = {
  added: { zh: '新增', en: 'added' },
  removed: { zh: '删除', en: 'removed' },
  changed: { zh: '改动', en: 'changed' },
};

/** One change: `阈值 防区 z4 改动 climbN 30→45`. */
export function configChange({ part, id, change, fields }: ConfigChange): Words {
  const list = (fields ?? [])
    .map(({ name, from, to }) =>
      from === undefined && to === undefined ? name : `${name} ${from ?? '—'}→${to ?? '—'}`,
    )
    .join(', ');
  const more = list === '' ? '' : ` ${list}`;
  const named = id === '' ? '' : ` ${id}`;
  return {
    zh: `${parts[part].zh}${named} ${changes[change].zh}${more}`,
    en: `${parts[part].en}${named} ${changes[change].en}${more}`,
  };
}

export const configUnlisted: Words = {
  zh: '改动不在所列项目中（密码、各种地址、备注等不列出）',
  en: 'what changed is not listed here (a password, an address, a remark)',
};
export const configMore = (count: number): Words => ({ zh: `另有 ${count} 项`, en: `${count} more` });

/** So many changes stand in a sentence. */
const saidMax = 8;

/** All of it as one sentence's end. */
export function configDifference({ changes: all, more = 0 }: ConfigDifference): Words {
  if (all.length === 0) return configUnlisted;
  const said = all.slice(0, saidMax).map(configChange);
  const left = all.length - said.length + more;
  if (left > 0) said.push(configMore(left));
  return { zh: said.map(({ zh }) => zh).join('；'), en: said.map(({ en }) => en).join('; ') };
}
