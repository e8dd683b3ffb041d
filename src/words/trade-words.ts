/**
 * The trade's own words: kinds of alarm, verdicts, reasons, roles. Codes travel and are stored; these are only
 * how a person reads them. Texts of the screens themselves live beside this file.
 */
import type { reasons as codes } from '../core/site/reasons.ts';
import type {
  AlarmKind,
  AreaMode,
  ArmMode,
  Detection,
  PatrolVerdict,
  PhoneWay,
  Role,
  RoundResult,
  TouchSource,
} from '../core/types.ts';
import { untranslated, type Words } from './words.ts';

export type ReasonCode = (typeof codes)[number];

/** What an alarm is called, by its kind. Screens and messages that leave the gateway say the same. */
export const kinds: Readonly<Record<AlarmKind, Words>> = {
  climb: { zh: '攀爬', en: 'CLIMB' },
  pull: { zh: '拉紧', en: 'PULL' },
  slack: { zh: '松弛', en: 'SLACK' },
  cut: { zh: '断线', en: 'CUT' },
  intrusion: { zh: '入侵', en: 'INTRUSION' },
  tamper: { zh: '防拆', en: 'TAMPER' },
  masked: { zh: '遮挡', en: 'MASKED' },
  motion: { zh: '移动', en: 'MOTION' },
  sos: { zh: '求助', en: 'SOS' },
  power: { zh: '断电', en: 'POWER' },
  fault: { zh: '故障', en: 'FAULT' },
  comms: { zh: '失联', en: 'OFFLINE' },
  static: { zh: '静态张力越限', en: 'STATIC TENSION' },
  drift: { zh: '张力漂移', en: 'DRIFT' },
  weather: { zh: '整侧同变', en: 'WEATHER' },
  duress: { zh: '胁迫', en: 'DURESS' },
  missed: { zh: '漏巡', en: 'MISSED' },
  order: { zh: '顺序错', en: 'ORDER' },
  'short-handed': { zh: '缺岗', en: 'SHORT-HANDED' },
  upkeep: { zh: '检查异常', en: 'UPKEEP' },
  police: { zh: '一键报警', en: 'POLICE CALLED' },
  unwatched: { zh: '撤防异常', en: 'WATCH TAKEN AWAY' },
  fire: { zh: '火警', en: 'FIRE' },
  gas: { zh: '燃气泄漏', en: 'GAS' },
  water: { zh: '漏水', en: 'WATER LEAK' },
  temperature: { zh: '温度异常', en: 'TEMPERATURE' },
  hygiene: { zh: '后厨违规', en: 'KITCHEN HYGIENE' },
  overdue: { zh: '整改逾期', en: 'RECTIFICATION OVERDUE' },
};

/** Where an alarm is that came of a command and not of a device. */
export const controlDesk: Words = { zh: '值班台', en: 'Control desk' };
/** Where a call for help is that came from a phone. */
export const guardPhone: Words = { zh: '保安手机', en: 'A guard’s phone' };

/** In the place of a trouble whose text may name people. */
export const detailsWithheld: Words = {
  zh: '此处不显示详情，请在网关主机上查看日志。',
  en: 'The details are not shown here; see the log on the machine of the gateway.',
};

/** What the gateway's own detection can say of a zone. */
export const signs: Readonly<Record<Detection, Words>> = {
  climb: { zh: '攀爬', en: 'climb' },
  pull: { zh: '拉紧', en: 'pull' },
  slack: { zh: '松弛', en: 'slack' },
  cut: { zh: '断线', en: 'cut' },
  static: { zh: '静态张力越限', en: 'static tension' },
  drift: { zh: '张力漂移', en: 'drift' },
  stuck: { zh: '读数不动', en: 'stuck reading' },
  frozen: { zh: '整区读数冻结', en: 'readings of the zone frozen' },
  replayed: { zh: '读数与以前重复（疑似回放）', en: 'readings repeat earlier ones (replay?)' },
  learning: { zh: '基准未学好', en: 'base not learned yet' },
  'no-data': { zh: '没有读数', en: 'no readings' },
  weather: { zh: '整侧同变', en: 'whole side moves' },
};

export const verdicts: Readonly<Record<PatrolVerdict, Words>> = {
  'on-time': { zh: '准时', en: 'on time' },
  early: { zh: '早到', en: 'early' },
  late: { zh: '迟到', en: 'late' },
  missed: { zh: '漏巡', en: 'missed' },
  'wrong-order': { zh: '顺序错', en: 'wrong order' },
  'wrong-person': { zh: '非当班人', en: 'wrong person' },
  'unknown-card': { zh: '未知卡', en: 'unknown card' },
  'by-hand': { zh: '手工补录', en: 'made up by hand' },
  cancelled: { zh: '已取消', en: 'cancelled' },
};

/** How a round came out. */
export const roundResults: Readonly<Record<RoundResult, Words>> = {
  'on-time': { zh: '全部准时', en: 'all on time' },
  complete: { zh: '完成', en: 'complete' },
  incomplete: { zh: '未完成', en: 'not complete' },
  'broken-off': { zh: '中断', en: 'broken off' },
  'not-walked': { zh: '未巡', en: 'not walked' },
  cancelled: { zh: '已取消', en: 'cancelled' },
};

/** Where a touch came from. */
export const touchSources: Readonly<Record<TouchSource, Words>> = {
  online: { zh: '在线读卡', en: 'told at once' },
  upload: { zh: '设备补传', en: 'told later by the reader' },
  import: { zh: '文件导入', en: 'imported from a file' },
  phone: { zh: '手机打点', en: 'by phone' },
  hand: { zh: '手工补录', en: 'made up by hand' },
};

/** What a phone read at a checkpoint. */
export const phoneWays: Readonly<Record<PhoneWay, Words>> = {
  nfc: { zh: 'NFC 标签', en: 'NFC tag' },
  qr: { zh: '二维码拍照', en: 'photograph of a QR code' },
};

export const modes: Readonly<Record<ArmMode, Words>> = {
  armed: { zh: '布防', en: 'armed' },
  disarmed: { zh: '撤防', en: 'disarmed' },
  inhibited: { zh: '旁路', en: 'inhibited' },
  'out-of-service': { zh: '停用', en: 'out of service' },
};

export const areaModes: Readonly<Record<AreaMode, Words>> = {
  away: { zh: '布防', en: 'armed' },
  stay: { zh: '留守布防', en: 'armed, people inside' },
  disarmed: { zh: '撤防', en: 'disarmed' },
};

export const roles: Readonly<Record<Role, Words>> = {
  operator: { zh: '值班员', en: 'operator' },
  guard: { zh: '保安', en: 'guard' },
  head: { zh: '保卫负责人', en: 'head of security' },
  auditor: { zh: '审计', en: 'auditor' },
  integrator: { zh: '集成商', en: 'integrator' },
  admin: { zh: '管理员', en: 'administrator' },
  canteen: { zh: '食堂管理员', en: 'canteen manager' },
  kitchen: { zh: '明厨亮灶公示屏', en: 'public kitchen screen' },
  bureau: { zh: '教育局值班', en: 'bureau, on duty' },
  'bureau-head': { zh: '教育局', en: 'bureau' },
};

/** Groups of reasons. Nuisance means the sensor was right about a harmless thing; false means the system was wrong. */
export const reasonGroups = {
  A: { zh: '真实', en: 'True' },
  B: { zh: '干扰', en: 'Nuisance' },
  C: { zh: '误报', en: 'False' },
  D: { zh: '测试', en: 'Test' },
  E: { zh: '不明', en: 'Unresolved' },
  F: { zh: '巡更', en: 'Patrol' },
  G: { zh: '摄像头', en: 'Camera' },
} as const satisfies Record<string, Words>;

/** Why an alarm was closed: what is stored is the code alone. */
export const reasons = {
  A1: { zh: '人员翻越', en: 'Intrusion' },
  A2: { zh: '破坏围栏', en: 'Damage' },
  A3: { zh: '学生攀爬或触碰', en: 'Pupil' },
  A4: { zh: '已移交公安', en: 'Handed to police' },
  B1: { zh: '大风', en: 'Wind' },
  B2: { zh: '雨雪冰、温差', en: 'Weather' },
  B3: { zh: '树枝', en: 'Vegetation' },
  B4: { zh: '动物', en: 'Animal' },
  B5: { zh: '施工、维护', en: 'Works' },
  B6: { zh: '车辆、外物', en: 'Vehicle or object' },
  C1: { zh: '传感器', en: 'Sensor' },
  C2: { zh: '阈值不当', en: 'Threshold' },
  C3: { zh: '通讯、电源', en: 'Comms or power' },
  C4: { zh: '软件', en: 'Software' },
  D1: { zh: '行走测试', en: 'Walk test' },
  D2: { zh: '演练', en: 'Drill' },
  E1: { zh: '到场查无异常', en: 'Checked, nothing found' },
  E2: { zh: '未能到场', en: 'Nobody went' },
  F1: { zh: '处置其他警情', en: 'Busy with another alarm' },
  F2: { zh: '人员缺岗', en: 'Guard absent' },
  F3: { zh: '读卡器或标签坏', en: 'Reader or tag broken' },
  F4: { zh: '恶劣天气', en: 'Bad weather' },
  F5: { zh: '排班错误', en: 'Wrong schedule' },
  F6: { zh: '未巡', en: 'Not patrolled' },
  F7: { zh: '已到，事后补传', en: 'Reached after all, uploaded later' },
  F8: { zh: '检查项复查正常', en: 'Item found right again' },
  G1: { zh: '断电', en: 'No power' },
  G2: { zh: '断网', en: 'No network' },
  G3: { zh: '遮挡、移位', en: 'Covered or moved' },
  G4: { zh: '设备坏', en: 'Device broken' },
} as const satisfies Readonly<Record<ReasonCode, Words>>;

/** The groups that make sense for a kind of alarm, most likely first. */
export function groupsFor(kind: AlarmKind): readonly (keyof typeof reasonGroups)[] {
  if (kind === 'missed' || kind === 'order' || kind === 'short-handed' || kind === 'upkeep') return ['F', 'D', 'E'];
  if (kind === 'masked' || kind === 'motion') return ['G', 'A', 'B', 'C', 'D', 'E'];
  if (kind === 'comms' || kind === 'power' || kind === 'fault') return ['C', 'G', 'A', 'B', 'D', 'E'];
  return ['A', 'B', 'C', 'D', 'E'];
}

/** The words of a code that came from outside or from an old journal; a code without any is shown as it is. */
export function lookupWords(table: Readonly<Record<string, Words>>, code: string): Words {
  return Object.hasOwn(table, code) ? table[code]! : untranslated(code);
}

/** A stored reason code with its words: `B1 大风`; an unknown code is shown as it is. */
export function reasonOf(code: string): Words {
  const { zh, en } = lookupWords(reasons, code);
  return zh === code ? { zh, en } : { zh: `${code} ${zh}`, en: `${code} ${en}` };
}

/** `4区 东围栏`: a zone by its number and title. */
/** `1、2区 1号围栏主机`: a device with the zones it guards. */
export const guardTitle = (numbers: readonly number[], device: Words): Words => ({
  zh: `${numbers.join('、')}区 ${device.zh}`,
  en: `Z${numbers.join(', Z')} ${device.en}`,
});

export const zoneTitle = (number: number, title: Words): Words => ({
  zh: `${number}区 ${title.zh}`,
  en: `Z${number} ${title.en}`,
});

/** A host's own name of its channel, as titles of device models begin: `A区`, `Zone A`. */
export const channelName = /^(?:[A-Z]区|Zone [A-Z])\s*/;
