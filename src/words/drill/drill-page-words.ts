/** The page of drills at the desk, in words: whether one is due, the clock, classes, the sheet of codes, and what was held. */
import type { DrillDue } from '../../core/drill/drill-due.ts';
import type { Words } from '../words.ts';

const periods = { month: { zh: '本月', en: 'this month' }, quarter: { zh: '本季度', en: 'this quarter' } } as const;
const before = { month: { zh: '上月', en: 'last month' }, quarter: { zh: '上季度', en: 'last quarter' } } as const;

/** Whether one is due, in one sentence. */
export function dueSentence({
  every,
  stands,
  held,
  daysLeft,
}: Pick<DrillDue, 'every' | 'stands' | 'held' | 'daysLeft'>): Words {
  const [here, last] = [periods[every], before[every]];
  if (stands === 'held') return { zh: `${here.zh}已开展 ${held} 次演练`, en: `${held} held ${here.en}` };
  if (stands === 'exempt')
    return { zh: `${here.zh}教学日很少，不要求演练`, en: `Few school days ${here.en}: no drill is asked for` };
  if (stands === 'due')
    return { zh: `${here.zh}还没有演练，还剩 ${daysLeft} 天`, en: `None held ${here.en} yet, ${daysLeft} days left` };
  return {
    zh: `逾期：${last.zh}没有演练，${here.zh}也还没有，请尽快安排`,
    en: `Overdue: none held ${last.en}, and none ${here.en}; hold one soon`,
  };
}

export const classesFull = (full: number, all: number): Words => ({
  zh: `${full}/${all} 个班到齐`,
  en: `${full} of ${all} classes complete`,
});
export const pupilsThere = (present: number, due: number): Words => ({
  zh: `实到 ${present} / 应到 ${due}`,
  en: `${present} present of ${due} due`,
});
export const timeAllowed = (clock: string): Words => ({ zh: `时限 ${clock}`, en: `${clock} allowed` });
export const overBy = (clock: string): Words => ({ zh: `已超时 ${clock}`, en: `${clock} over` });
export const allAfter = (clock: string, inTime: boolean): Words =>
  inTime
    ? { zh: `全部到齐，用时 ${clock}，达标`, en: `All there after ${clock}: in time` }
    : { zh: `全部到齐，用时 ${clock}，超时`, en: `All there after ${clock}: too slow` };
export const notAll = (missing: number): Words => ({
  zh: `还有 ${missing} 个班没有到齐，确定结束？`,
  en: `${missing} classes are not complete. End all the same?`,
});
export const drillBrokenOff = (title: Words): Words => ({
  zh: `真实报警（${title.zh}），演练已中止`,
  en: `Real alarm (${title.en}): the drill is broken off`,
});
export const sheetTitle = (n: number): Words => ({ zh: `第 ${n} 号扫码单`, en: `Sheet ${n}` });
export const listedIs = (n: number): Words => ({ zh: `在册 ${n}`, en: `${n} listed` });
export const changeOf = (title: Words): Words => ({
  zh: `${title.zh}：修改人数`,
  en: `${title.en}: put the number right`,
});

export const drillPageWords = {
  noPlan: {
    zh: '还没有配置演练。请在配置文件里写上 drill：集合点、班级和人数。',
    en: 'Drills are not configured yet: write `drill` into the configuration, with the assembly point and the classes.',
  },
  begin: { zh: '开始一次演练', en: 'Begin a drill' },
  kind: { zh: '演练类型', en: 'Kind' },
  told: { zh: '通知方式', en: 'Announced' },
  signal: { zh: '发令方式', en: 'Signal' },
  start: { zh: '开始演练', en: 'Begin the drill' },
  sureSiren: {
    zh: '警号会立即响起，计时同时开始。真实报警会中止演练。',
    en: 'The siren sounds at once and the clock starts. A real alarm breaks the drill off.',
  },
  sureBroadcast: {
    zh: '请在广播发令的同时按下，计时立即开始。真实报警会中止演练。',
    en: 'Press as it is announced; the clock starts at once. A real alarm breaks the drill off.',
  },
  sure: { zh: '确定，开始计时', en: 'Yes, start the clock' },
  back: { zh: '返回', en: 'Back' },
  elapsed: { zh: '已用时', en: 'Elapsed' },
  end: { zh: '结束演练', en: 'End the drill' },
  endYes: { zh: '确定结束', en: 'Yes, end it' },
  mistake: { zh: '误启动，作废', en: 'Begun by mistake' },
  note: { zh: '备注（可不填）', en: 'Note (optional)' },
  waiting: { zh: '未报', en: 'no number' },
  partly: { zh: '缺人', en: 'missing' },
  full: { zh: '到齐', en: 'all there' },
  present: { zh: '实到', en: 'Present' },
  due: { zh: '应到', en: 'Due' },
  save: { zh: '代报', en: 'Give the number' },
  takeBack: { zh: '撤回人数', en: 'Take the number back' },
  noSiren: { zh: '警号没有响', en: 'The siren does not sound' },
  sheet: { zh: '班级扫码单', en: 'Sheet of codes' },
  sheetHint: {
    zh: '每次演练一张，演练开始前发给各班；演练结束后作废。手机扫码即可报人数，不用登录。',
    en: 'One for each drill: hand it out before; it is out of use once the drill is over. A phone reads the code and gives the number, without a log-in.',
  },
  sheetMake: { zh: '生成扫码单', en: 'Make the sheet' },
  sheetPrint: { zh: '打印', en: 'Print' },
  sheetLocal: {
    zh: '本页用的是 localhost 地址，手机打不开。请用网关的局域网地址打开本页再生成。',
    en: 'This page was opened by localhost, which no phone can reach. Open it by the gateway’s address in the network first.',
  },
  sheetUse: {
    zh: '演练时用手机扫码，上报到齐人数。只填人数，不填姓名。提前打印的码到下一次演练结束前都有效，请收好，演练时再发。',
    en: 'At the drill, read the code with a phone and give the number of those present. Numbers only, no names. Codes printed ahead count until the next drill ends: keep them until it begins.',
  },
  past: { zh: '历次演练', en: 'Drills held' },
  none: { zh: '还没有演练记录', en: 'None yet' },
  began: { zh: '开始', en: 'Began' },
  took: { zh: '全部到齐', en: 'All there' },
  result: { zh: '结果', en: 'Outcome' },
  report: { zh: '报告', en: 'Report' },
  year: { zh: '近一年汇总', en: 'Last twelve months' },
  printed: { zh: '打印页', en: 'Page to print' },
  problem: { zh: '登记问题', en: 'Problem found' },
  problemHint: {
    zh: '登记后进入整改台账，由责任人按期整改。',
    en: 'It goes into the ledger of rectifications, with who and until when.',
  },
  place: { zh: '地点', en: 'Place' },
  offence: { zh: '类别', en: 'Kind' },
  what: { zh: '问题', en: 'Problem' },
  who: { zh: '责任人', en: 'Who' },
  until: { zh: '期限', en: 'Until' },
  send: { zh: '立项整改', en: 'Open a rectification' },
  sent: { zh: '已立项。', en: 'Opened.' },
  stills: { zh: '集合点画面', en: 'Assembly point' },
  running: { zh: '演练进行中（不是真实报警）', en: 'Drill in progress, no real alarm' },
} as const satisfies Record<string, Words>;
