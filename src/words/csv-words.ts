/**
 * The heads and texts of the tables that leave the gateway as CSV: in Chinese alone, for the spreadsheet of a school in
 * Shanghai. Codes in the cells are told in the words of the trade, as on every screen.
 */
import type { Judged } from '../core/report/kpi-types.ts';
import { reasonOf } from './trade-words.ts';
import type { Words } from './words.ts';

/** Heads of the columns of alarms, rounds, scans and touches. */
export const heads = {
  id: '编号',
  raisedAt: '报警时间',
  priority: '级别',
  kind: '类型',
  zone: '防区',
  device: '设备',
  deviceId: '设备编号',
  count: '次数',
  value: '数值',
  why: '说明',
  returnedAt: '恢复时间',
  firstAckedAt: '首次确认时间',
  firstAckedBy: '首次确认人',
  ackedAt: '确认时间',
  ackedBy: '确认人',
  dispatchedAt: '派单时间',
  dispatchedTo: '派给',
  acceptedAt: '接单时间',
  arrivedAt: '到场时间',
  arrivedBy: '到场人',
  arrivedHow: '到场方式',
  finding: '处置结果',
  findingNote: '处置说明',
  disposedBy: '处置人',
  disposedAt: '处置时间',
  level: '升级到第几级',
  shownAt: '大屏显示时间',
  incident: '所属事件',
  closedAt: '关闭时间',
  closedBy: '关闭人',
  reason: '原因',
  note: '备注',
  picture: '图像',
  round: '趟次',
  route: '线路',
  start: '计划开始',
  completedAt: '完成时间',
  person: '人员',
  second: '同行人',
  seen: '到场人员',
  seq: '序号',
  checkpoint: '地点',
  takenAt: '实到时间',
  keptAt: '入库时间',
  offMinutes: '偏差(分)',
  card: '卡号',
  verdict: '结果',
  uploaded: '补传',
  before: '更正前',
  result: '本趟结论',
  itemsDue: '应检项',
  itemsAnswered: '已检项',
  itemsWrong: '异常项',
  brokenAt: '中断于',
  changes: '变更',
  planned: '当时应到',
  reader: '读卡器',
  source: '来源',
  doubt: '时钟存疑',
  countedAs: '按此时间判定',
  batch: '导入批次',
  via: '手机读取',
  photo: '照片',
  photoHash: '照片哈希',
  writtenBy: '补录人',
  writtenWhy: '补录原因',
  undoneAt: '撤销时间',
} as const;

export const arrivals: Readonly<Record<string, Words>> = {
  scan: { zh: '刷卡', en: 'card' },
  hand: { zh: '手动', en: 'by hand' },
};

export const yes = '是';

export const tooManyRows = (max: number): Words => ({
  zh: `超过 ${max} 行，请缩小时间范围`,
  en: `more than ${max} rows: choose a shorter time`,
});

/** One change of a round among others in a cell. */
export const roundChangeLine = (time: string, by: string, what: string, why: string): string =>
  `${time} ${by} ${what}（${why}）`;

/** Heads, parts, figures and units of the table of alarm figures. */
export const kpiCsv = {
  part: '部分',
  subject: '对象',
  figure: '项目',
  value: '数值',
  unit: '单位',
  target: '目标',
  limit: '上限',
  judged: '结论',
  period: '期间',
  from: '开始',
  to: '结束',
  table: '总表',
  share: '比例',
  alarms: '条',
  counts: '计数',
  raised: '报警（1–3 级）',
  maintenance: '维护提示（不计入）',
  tests: '其中测试或演练',
  windows: '10 分钟时段（含空）',
  steps: '段',
  flood: '报警泛滥',
  seconds: '秒',
  starts: '网关启动',
  times: '次',
  suppression: '抑制',
  shelved: '搁置',
  inhibited: '旁路',
  outOfService: '停用',
  refused: '因无权限被拒绝',
  handling: '处置',
  everybody: '全部',
  arrivals: '派单到到场',
  closings: '报警到关闭',
  mostFrequent: '最频繁',
  chattering: '频发',
  triggers: '次触发',
  outside: '防区以外',
  zones: '防区',
  alarm: '报警',
  closed: '关闭',
  nuisance: '干扰（B 类）',
  nuisancePerMonth: '干扰（B 类）每 30 天',
  malfunction: '误报（C 类）',
  malfunctionPerMonth: '误报（C 类）每 30 天',
  over24h: '超过 24 小时',
  open: '未关闭报警',
  tenMinutes: '10 分钟时段',
} as const;

export const judgements: Readonly<Record<Judged, string>> = {
  within: '达标',
  near: '可承受',
  beyond: '超标',
  none: '无从判断',
};

export const countOf = (what: string): string => `${what} 次数`;
export const medianOf = (what: string): string => `${what} 中位数`;
export const ninetyOf = (what: string): string => `${what} 90% 以内`;
export const ackOf = (priority: number): string => `${priority} 级确认`;
export const inTimeOf = (what: string): string => `${what} 目标内`;
export const waitingOf = (what: string): string => `${what} 尚未确认`;
export const overdueOf = (what: string): string => `${what} 尚未确认且超时`;
export const reasonRow = (code: string): string => `原因 ${reasonOf(code).zh}`;
