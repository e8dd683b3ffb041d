/**
 * What a school's tile says on the district's wall: words so short that a tile of an eighth of a screen has room for them. While a school
 * cannot be believed none of them may reassure.
 */
import type { AlarmKind } from '../../core/types.ts';
import type { Words } from '../words.ts';

/** Kinds of alarm in three characters at most. */
export const tileKinds: Readonly<Record<AlarmKind, Words>> = {
  climb: { zh: '攀爬', en: 'CLIMB' },
  pull: { zh: '拉紧', en: 'PULL' },
  slack: { zh: '松弛', en: 'SLACK' },
  cut: { zh: '断线', en: 'CUT' },
  intrusion: { zh: '入侵', en: 'INTRUD' },
  tamper: { zh: '防拆', en: 'TAMPER' },
  masked: { zh: '遮挡', en: 'MASKED' },
  motion: { zh: '移动', en: 'MOTION' },
  sos: { zh: '求助', en: 'SOS' },
  power: { zh: '断电', en: 'POWER' },
  fault: { zh: '故障', en: 'FAULT' },
  comms: { zh: '断网', en: 'COMMS' },
  static: { zh: '张力', en: 'TENS.' },
  drift: { zh: '漂移', en: 'DRIFT' },
  weather: { zh: '天气', en: 'WEATHR' },
  duress: { zh: '报警', en: 'ALARM' },
  missed: { zh: '漏巡', en: 'MISSED' },
  order: { zh: '顺序', en: 'ORDER' },
  'short-handed': { zh: '缺岗', en: 'STAFF' },
  upkeep: { zh: '检查', en: 'UPKEEP' },
  police: { zh: '报警', en: 'POLICE' },
  unwatched: { zh: '撤防', en: 'DISARM' },
  fire: { zh: '火警', en: 'FIRE' },
  gas: { zh: '燃气', en: 'GAS' },
  water: { zh: '漏水', en: 'WATER' },
  temperature: { zh: '温度', en: 'TEMP' },
  hygiene: { zh: '后厨', en: 'KITCH' },
  overdue: { zh: '逾期', en: 'OVERDUE' },
};

/** An alarm of a kind that this program does not know yet. */
export const otherKind: Words = { zh: '报警', en: 'ALARM' };

const count = (n: number | string, zh: string, en: string): Words => ({ zh: `${n}${zh}`, en: `${n}${en}` });

/** How long something lasts, as a tile has room for it: whole seconds, minutes, hours, days. Never negative. */
export function tileAge(ms: number): Words {
  const s = Math.max(0, Math.floor(ms / 1_000));
  if (s < 60) return count(s, '秒', 's');
  if (s < 3_600) return count(Math.floor(s / 60), '分', 'm');
  if (s < 86_400) return count(Math.floor(s / 3_600), '时', 'h');
  return count(Math.floor(s / 86_400), '天', 'd');
}

const beside = (zh: string, en: string) => (more: Words | string) =>
  typeof more === 'string'
    ? { zh: `${zh}${more}`, en: `${en} ${more}` }
    : { zh: `${zh}${more.zh}`, en: `${en} ${more.en}` };

export const tileSays = {
  lost: beside('失联 ', 'LOST'),
  /** With the time of its last sign of life. */
  last: beside('最后 ', 'last'),
  neverSeen: { zh: '时间不明', en: 'time unknown' },
  never: { zh: '未接入', en: 'Not joined' },
  neverMore: { zh: '等待首次连接', en: 'waits for it' },
  held: { zh: '记录不符', en: 'ON HOLD' },
  /** How old what it shows is. */
  late: ({ zh, en }: Words): Words => ({ zh: `数据迟 ${zh}`, en: `${en} old` }),
  before: { zh: '失联前', en: 'before' },
  heldBefore: { zh: '此前', en: 'before' },
  ahead: { zh: '先到', en: 'AHEAD' },
  inHand: (n: number): Words => ({ zh: `处置中 ${n}`, en: `In hand ${n}` }),
  drill: beside('演练 ', 'Drill'),
  patrol: beside('巡', 'P'),
  kitchen: beside('厨', 'K'),
  fence: beside('围', 'F'),
  fenceOut: beside('围障', 'F out'),
  overdue: beside('整', 'R'),
  urged: beside('督', 'U'),
} as const;

/** Why a school's records are on hold, by the code it was refused with. */
export const heldWhy: Readonly<Record<string, Words>> = {
  rewritten: { zh: '历史被改', en: 'rewritten' },
  restored: { zh: '恢复旧备份', en: 'old backup' },
  twice: { zh: '两台网关', en: 'two gateways' },
  'log-changed': { zh: '签名已换', en: 'key changed' },
  overgrown: { zh: '事项过多', en: 'too much open' },
  flooded: { zh: '上报过多', en: 'too much sent' },
};
export const heldOther: Words = { zh: '等待核实', en: 'to be decided' };
