/** Orders at the bureau in words: why one cannot be given, how far one is, and what the page says. */
import type { OrderAsk } from '../../core/types.ts';
import type { Words } from '../words.ts';

/** Why an order cannot be given. */
export type OrderFault =
  | 'unknown-school'
  | 'unknown-alarm'
  | 'unknown-camera'
  | 'text'
  | 'until'
  | 'days'
  | 'enough'
  | 'no-right';

export const orderFaults: Readonly<Record<OrderFault, Words>> = {
  'unknown-school': { zh: '没有这所学校，或不归您管。', en: 'There is no such school, or it is not yours.' },
  'unknown-alarm': { zh: '这所学校没有这条报警。', en: 'This school has no such alarm.' },
  'unknown-camera': { zh: '这所学校没有这个摄像机。', en: 'This school has no such camera.' },
  text: { zh: '请写明内容，1 至 500 字。', en: 'Say what is wanted, in 1 to 500 characters.' },
  until: { zh: '答复期限须在 10 分钟之后、31 天之内。', en: 'The date has to be ten minutes to 31 days from now.' },
  days: { zh: '日期须在今天之前（含今天），不超过 92 天。', en: 'The days have to be over or today, at most 92.' },
  enough: {
    zh: '今天对这所学校下达的已达上限（督办、意见、报表共 40 项，画面 100 张），请明天再下达。',
    en: 'This school was asked enough today (40 urges, comments and reports, 100 pictures); ask tomorrow.',
  },
  'no-right': {
    zh: '您的角色不能下达，请找值班或负责人。',
    en: 'Your role gives no orders; ask the duty officer or the chief.',
  },
};

/** How far an order is, as the list says it. */
export const orderStages: Readonly<
  Record<'waiting' | 'undelivered' | 'open' | 'overdue' | 'answered' | 'noted' | 'sent' | 'refused' | 'given-up', Words>
> = {
  waiting: { zh: '等待送达', en: 'on its way' },
  undelivered: { zh: '未送达，已过期', en: 'never delivered' },
  open: { zh: '学校已收到', en: 'with the school' },
  overdue: { zh: '逾期未答复', en: 'overdue' },
  answered: { zh: '已答复', en: 'answered' },
  noted: { zh: '已阅知', en: 'noted' },
  sent: { zh: '已收到文件', en: 'file is here' },
  refused: { zh: '学校未办成', en: 'not done' },
  'given-up': { zh: '原记录已封存，自动终止', en: 'ended: the journal it was about was given up' },
};

export const orderPage = {
  title: { zh: '督办', en: 'Orders' },
  give: { zh: '下达', en: 'Give an order' },
  besideAlarm: { zh: '督办这条报警', en: 'Order about this alarm' },
  school: { zh: '学校', en: 'School' },
  choose: { zh: '请选择', en: 'Choose' },
  kind: { zh: '类别', en: 'Kind' },
  text: { zh: '内容', en: 'What is wanted' },
  until: { zh: '答复期限', en: 'Answer by' },
  camera: { zh: '摄像机', en: 'Camera' },
  report: { zh: '报表', en: 'Report' },
  from: { zh: '从', en: 'From' },
  to: { zh: '到', en: 'To' },
  send: { zh: '下达', en: 'Send' },
  sent: { zh: '已下达', en: 'Given' },
  all: { zh: '全部', en: 'All' },
  open: { zh: '未办结', en: 'Open' },
  every: { zh: '全部学校', en: 'All schools' },
  older: { zh: '更早的', en: 'Older ones' },
  none: { zh: '没有', en: 'None' },
  by: { zh: '下达人', en: 'By' },
  at: { zh: '下达时间', en: 'Given at' },
  state: { zh: '状态', en: 'State' },
  answer: { zh: '学校答复', en: 'Answer of the school' },
  file: { zh: '查看文件', en: 'Open the file' },
  differs: { zh: '与学校记录不一致', en: 'not what the journal of the school says' },
  late: { zh: '逾期答复', en: 'answered late' },
  covert: { zh: '保密', en: 'confidential' },
  neverActs: {
    zh: '督办由学校答复；区里不代学校确认报警、布防或关闭报警。',
    en: 'The school answers; the bureau never acknowledges, arms or closes anything for it.',
  },
} as const satisfies Record<string, Words>;

/** `请在 2 小时内答复` */
export const inMinutes = (minutes: number): Words => ({ zh: `${minutes} 分钟内`, en: `within ${minutes} min` });
export const inHours = (hours: number): Words => ({ zh: `${hours} 小时内`, en: `within ${hours} h` });
export const inDays = (days: number): Words => ({ zh: `${days} 天内`, en: `within ${days} d` });

/** Where it is told what an officer asked of a school. */
export const orderGiven: Readonly<Record<OrderAsk, Words>> = {
  urge: { zh: '下达督办', en: 'gave an urge' },
  comment: { zh: '发送意见', en: 'sent a comment' },
  report: { zh: '调取报表', en: 'asked for a report' },
  still: { zh: '调取画面', en: 'asked for a picture' },
};
