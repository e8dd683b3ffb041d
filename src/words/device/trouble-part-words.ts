/**
 * What the parts are called that something can be wrong with. The log names them by their own short names; people read these.
 */
import type { Words } from '../words.ts';

const parts: Readonly<Record<string, Words>> = {
  'baton-folder': { zh: '巡更文件夹', en: 'baton folder' },
  canary: { zh: '报警链路自检', en: 'alarm way test' },
  certificate: { zh: '证书', en: 'certificate' },
  checkpoint: { zh: '日志签名', en: 'checkpoint' },
  clock: { zh: '主机时钟', en: 'clock' },
  config: { zh: '配置', en: 'configuration' },
  dc09: { zh: '接警中心上联', en: 'alarm receiving centre' },
  disk: { zh: '磁盘', en: 'disk' },
  district: { zh: '区级上联', en: 'district' },
  'district-certificate': { zh: '区级上联证书', en: 'certificate for the district' },
  'district-clock': { zh: '区级时钟', en: 'district’s clock' },
  'district-lines': { zh: '区级上报', en: 'lines for the district' },
  'district-order': { zh: '区级指令', en: 'orders of the district' },
  'district-witness': { zh: '区级见证', en: 'district as witness' },
  duty: { zh: '值班', en: 'duty' },
  escalation: { zh: '报警通知', en: 'who is told' },
  files: { zh: '打开文件数', en: 'open files' },
  gb28181: { zh: '国标上联', en: 'GB/T 28181' },
  influx: { zh: 'InfluxDB', en: 'InfluxDB' },
  journal: { zh: '日志', en: 'journal' },
  'journal-gap': { zh: '日志缺口', en: 'gap in the journal' },
  limits: { zh: '阈值', en: 'limits' },
  machine: { zh: '主机', en: 'machine' },
  'mqtt-out': { zh: 'MQTT 发布', en: 'MQTT out' },
  phones: { zh: '配对手机', en: 'paired phones' },
  police: { zh: '一键报警', en: 'police alarm' },
  reading: { zh: '日志读取', en: 'reading the journal' },
  recheck: { zh: '日志复核', en: 'recheck of the journal' },
  retention: { zh: '保存期限', en: 'retention' },
  roster: { zh: '值班表', en: 'roster' },
  series: { zh: '采样数据', en: 'samples' },
  server: { zh: '页面服务', en: 'pages' },
  silence: { zh: '失联判断', en: 'silences' },
  snapshot: { zh: '状态快照', en: 'snapshot' },
  'snapshot-keeping': { zh: '状态快照', en: 'snapshot' },
  users: { zh: '账号', en: 'accounts' },
  walls: { zh: '大屏', en: 'walls' },
};

/** What stands before the name of one of many, such as `channel:guards-group`. */
const kinds: Readonly<Record<string, Words>> = {
  channel: { zh: '通知通道', en: 'channel' },
  heartbeat: { zh: '对外心跳', en: 'heartbeat' },
  line: { zh: '线路', en: 'line' },
  picture: { zh: '摄像头画面', en: 'pictures of' },
  replies: { zh: '短信回复', en: 'replies by' },
};

/** A part as a person says it; one that has no name here is called as the log calls it. */
export function troublePart(part: string): Words {
  // Receivers beyond the first are `dc09-2` and so on, and are one to a person; the sentence says which.
  const own = parts[part] ?? (/^dc09-\d+$/.test(part) ? parts.dc09 : undefined);
  if (own) return own;
  const at = part.indexOf(':');
  const kind = kinds[part.slice(0, Math.max(at, 0))];
  if (!kind) return { zh: part, en: part };
  const name = part.slice(at + 1);
  return { zh: `${kind.zh} ${name}`, en: `${kind.en} ${name}` };
}
