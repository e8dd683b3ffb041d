/**
 * The words of the patrol report: its tables, heads and definitions. Page, CSV, XLSX and PDF take them from here, so that what a
 * figure means is said in one place.
 */
import { postDefinition } from '../post/post-words.ts';
import type { Words } from '../words.ts';
import { paperWords } from './paper-words.ts';

/** Names of the tables of a report. */
export const auditTables = {
  summary: { zh: '汇总', en: 'Summary' },
  days: { zh: '按日', en: 'By day' },
  routes: { zh: '按线路', en: 'By route' },
  people: { zh: '按人员', en: 'By person' },
  points: { zh: '按地点', en: 'By checkpoint' },
  shifts: { zh: '按班次', en: 'By shift' },
  posts: { zh: '护学岗', en: 'Posts' },
  pairs: { zh: '双人巡更', en: 'Rounds for two' },
  exceptions: { zh: '例外（待查）', en: 'Exceptions (questions)' },
  changes: { zh: '变更', en: 'Changes' },
  rows: { zh: '明细', en: 'Records' },
  basis: paperWords.basis,
} as const satisfies Record<string, Words>;

/** Heads of columns and names of figures. */
export const auditHeads = {
  number: { zh: '序号', en: 'No.' },
  date: { zh: '日期', en: 'Date' },
  route: { zh: '线路', en: 'Route' },
  shift: { zh: '班次', en: 'Shift' },
  point: { zh: '地点', en: 'Checkpoint' },
  plan: { zh: '计划时间', en: 'Planned' },
  allowed: { zh: '允许误差(分)', en: 'Allowed (min)' },
  at: { zh: '实到时间', en: 'Reached' },
  off: { zh: '偏差(分)', en: 'Off (min)' },
  legOver: { zh: '路段偏差(秒)', en: 'Leg off (s)' },
  longLegs: { zh: '超时路段', en: 'Long legs' },
  change: { zh: '变更', en: 'Change' },
  changedAt: { zh: '变更时间', en: 'Changed at' },
  changedBy: { zh: '变更人', en: 'Changed by' },
  why: { zh: '原因', en: 'Why' },
  reviewedBy: { zh: '复核人', en: 'Reviewed by' },
  reviewedAt: { zh: '复核时间', en: 'Reviewed at' },
  changes: { zh: '变更次数', en: 'Changes of rounds' },
  person: { zh: '人员', en: 'Person' },
  card: { zh: '卡号', en: 'Card' },
  verdict: { zh: '结果', en: 'Result' },
  remark: { zh: '备注', en: 'Remark' },
  hash: { zh: '记录哈希', en: 'Record hash' },
  planned: { zh: '计划点次', en: 'Planned' },
  reached: { zh: '到点', en: 'Reached' },
  arrivalRate: { zh: '到点率', en: 'Arrival' },
  punctuality: { zh: '准点率', en: 'Punctuality' },
  uploaded: { zh: '其中补传', en: 'Uploaded later' },
  roundsOver: { zh: '已结束趟次', en: 'Rounds over' },
  complete: { zh: '完成趟', en: 'Complete' },
  cancelledRounds: { zh: '取消趟', en: 'Cancelled rounds' },
  brokenOff: { zh: '中断趟', en: 'Broken off' },
  underWay: { zh: '未结束趟次', en: 'Not over' },
  required: { zh: '要求趟次', en: 'Required' },
  met: { zh: '达标', en: 'Met' },
  figure: { zh: '项目', en: 'Figure' },
  value: { zh: '数值', en: 'Value' },
  daysMet: { zh: '达到每日趟次的天数', en: 'Days with enough rounds' },
  days: { zh: '已结束天数', en: 'Days over' },
  gap: { zh: '最长无人到点(分)', en: 'Longest gap (min)' },
  gapFrom: { zh: '最长间隔自', en: 'Longest gap from' },
  gapTo: { zh: '最长间隔至', en: 'Longest gap to' },
  itemsDue: { zh: '应检项', en: 'Items due' },
  itemsAnswered: { zh: '已检项', en: 'Items answered' },
  itemsWrong: { zh: '检查异常', en: 'Findings' },
  pairs: { zh: '双人趟次', en: 'Rounds for two' },
  pairsBoth: { zh: '其中两人都打过点', en: 'Of these, both seen' },
  plannedPeople: { zh: '应到', en: 'Planned' },
  seenPeople: { zh: '打过点的', en: 'Seen' },
  bothSeen: { zh: '两人都到', en: 'Both seen' },
  exceptions: { zh: '例外', en: 'Exceptions' },
  exceptionsOpen: { zh: '其中未处理', en: 'Of these, open' },
  exceptionAt: { zh: '发生时间', en: 'Happened at' },
  exceptionRule: { zh: '例外', en: 'Exception' },
  about: { zh: '涉及', en: 'About' },
  measured: { zh: '情况', en: 'What was measured' },
  pictures: { zh: '打点画面', en: 'Pictures' },
  finding: { zh: '处理结论', en: 'Came of it' },
  foundBy: { zh: '处理人', en: 'Said by' },
  foundAt: { zh: '处理时间', en: 'Said at' },
  rows: { zh: '明细行数', en: 'Records listed' },
  span: { zh: '统计时段', en: 'Period' },
  from: { zh: '起', en: 'From' },
  to: { zh: '止', en: 'To' },
  madeAt: { zh: '统计时间', en: 'Reckoned at' },
  head: { zh: '日志链最新哈希', en: 'Newest hash of the journal' },
  checkpoint: { zh: '签名存证', en: 'Signed checkpoint' },
  headSeq: { zh: '日志链条数', en: 'Records in the journal' },
} as const satisfies Record<string, Words>;

/** Answers to the items of checkpoints, on the page. */
export const auditItems = (due: number, answered: number, wrong: number): Words => ({
  zh: `检查项：应检 ${due}，已检 ${answered}，未检 ${due - answered}，异常 ${wrong}`,
  en: `Items of checkpoints: ${due} due, ${answered} answered, ${due - answered} left open, ${wrong} findings`,
});

export const auditTitle: Words = { zh: '巡更审计报表', en: 'Patrol audit report' };
export const auditNobody: Words = { zh: '（未知人员）', en: '(nobody known)' };
export const auditUploaded: Words = { zh: '补传', en: 'uploaded later' };
/** Of a point that nobody reached: the alarm that said so, and whether a still of that moment was kept. */
export const auditAlarm = (alarm: number, still: boolean): Words => ({
  zh: `报警 ${alarm} 号，${still ? '当时已取证画面' : '没有当时的画面'}`,
  en: `alarm ${alarm}, ${still ? 'still kept' : 'no still'}`,
});
/** Beside what is left of a day of which records were cut. */
export const auditLeftOver: Words = { zh: '留存，不计入', en: 'left over, not counted' };
/** In place of whether a day had enough rounds. */
export const auditDayCut: Words = { zh: '已清除', en: 'cut' };
/** Minutes before and after the plan; words and no signs, which a spreadsheet would take for a formula or a date. */
export const allowedError = (early: number, late: number): Words => ({
  zh: `早${early} 晚${late}`,
  en: `${early} early, ${late} late`,
});
/** Whether both of two people were seen on a round. */
export const auditBothSeen: Readonly<Record<'yes' | 'no' | 'unknown', Words>> = {
  yes: { zh: '是', en: 'yes' },
  no: { zh: '否', en: 'no' },
  unknown: { zh: '无记录', en: 'not recorded' },
};
/** Of an exception: pictures of its touches, with the first digits of the hashes of those that were kept. */
export const auditPictures = (n: number, hashes: readonly string[]): Words => {
  const of = hashes.length > 0 ? ` ${hashes.join(' ')}` : '';
  return { zh: `${n} 张${of}`, en: `${n}${n === 1 ? ' picture' : ' pictures'}${of}` };
};
export const auditNoPictures: Words = { zh: '没有画面', en: 'none' };
/** Nobody has said what came of it. */
export const auditNotSaid: Words = { zh: '未处理', en: 'open' };
/** Nobody has seen it yet who has to. */
export const auditToReview: Words = { zh: '待复核', en: 'to be reviewed' };
export const auditMet: Words = { zh: '是', en: 'yes' };
export const auditNotMet: Words = { zh: '否', en: 'no' };
export const auditDayOpen: Words = { zh: '未结束', en: 'not over' };
export const auditEmpty: Words = { zh: '这段时间没有巡更记录。', en: 'There are no patrol records in this period.' };
/** Where all days of a report were cut, and nothing of them is held. */
export const auditCutEmpty: Words = {
  zh: '这段时间的巡更记录已过留存期限，没有留下：不等于没有巡更。',
  en: 'This period is beyond the time that patrol records are kept, and none are left: that does not mean that nobody walked.',
};
/** `2026-11-01 00:00 至 2026-11-30 24:00` */
export const auditSpan = (from: string, to: string): Words => ({ zh: `${from} 至 ${to}`, en: `${from} to ${to}` });
export const auditPage = (page: number | string, pages: number | string): Words => ({
  zh: `第 ${page} 页 / 共 ${pages} 页`,
  en: `Page ${page} of ${pages}`,
});
/** Boxes at the end of the first page; left empty for the pen. */
export const signatures: readonly Words[] = [
  { zh: '班长', en: 'Shift leader' },
  { zh: '保卫负责人', en: 'Head of security' },
  { zh: '校领导', en: 'School leader' },
];
export const signedAt: Words = { zh: '签字                    日期', en: 'Signature              Date' };
export const lacksGlyphs: Words = {
  zh: '以下字符在可用字体中没有字形，文中以“〓”代替：',
  en: 'No font here has these characters; 〓 stands in their place:',
};
export const headSaid: Words = {
  zh: '本表的记录都在网关的日志链里；链的最新哈希如下，二维码内容相同。改动任何一条记录，此后的哈希都会不同。',
  en: 'Every record of this report is in the journal of the gateway, whose newest hash is given here and in the QR code. If any record were altered, every later hash would differ.',
};

/** The same, where the gateway has signed how far its journal is. */
export const checkpointSaid: Words = {
  zh: '本表的记录都在网关的日志链里；链的最新哈希如下。二维码是用本校密钥签名的日志存证（C2SP checkpoint），公钥在数据目录的 proof.vkey。请留存：此后谁改动或截短这之前的日志，都会与它对不上。',
  en: 'Every record of this report is in the journal of the gateway, whose newest hash is given here. The QR code is a checkpoint of that journal (C2SP) signed with the key of this school; its public key is proof.vkey in the data folder. Keep it: if anybody alters or cuts the journal before it, the two no longer agree.',
};

/** What the figures mean: printed on every report, shown on the page. */
export const auditDefinitions: readonly Words[] = [
  {
    zh: '时段按计划开始时间计入：计划在时段内开始的趟次及其全部点，跨午夜的趟次归开始的那一天。',
    en: 'A round belongs to the period, and to the day, in which it was planned to begin, with all its checkpoints, also over midnight.',
  },
  {
    zh: '计划点次 = 已有结果的点次；还没到时间、尚未判定的点不计入，也不算漏巡。',
    en: 'Planned = checkpoints that have a result; what is not due or not judged yet is not counted, and is not missed.',
  },
  {
    zh: '到点 = 准时 + 早到 + 迟到；漏巡、顺序错等都不算到点。到点率 = 到点 ÷ 计划点次；准点率 = 准时 ÷ 计划点次；向下取到 0.1%，只有一点不少才是 100.0%。',
    en: 'Reached = on time + early + late; missed, wrong order and the like are not reached. Arrival = reached / planned; punctuality = on time / planned; rounded down to 0.1 %, so that 100.0 % means nothing is lacking.',
  },
  {
    zh: '完成趟 = 已结束且所有点都到点的趟次。每日趟次按完成趟与要求趟次比较，没有趟次的日子也列出。',
    en: 'A complete round is over and had every checkpoint reached. Days are held against the rounds required; days without rounds are listed too.',
  },
  {
    zh: '取消趟 = 由人取消的趟次，算已结束、不算完成；取消时还没到时限的点记“已取消”，不计入计划点次，已漏的点仍是漏巡。中断趟 = 前面的点都有人到、从某点起再没人到的趟次。',
    en: 'A cancelled round was called off by a person; it is over and not complete. Checkpoints whose time had not run out then are cancelled and not in Planned; what was missed before stays missed. A round is broken off when somebody was at each of the first checkpoints and nobody at any after.',
  },
  {
    zh: '变更表列出每次取消、恢复、顺延、暂停、继续和换人，附操作人、原因和复核人；从变更时起按打点时间生效。值班员取消、顺延、暂停的，须由保卫负责人复核。',
    en: 'Changes lists every time a round was cancelled, reinstated, put off, paused, resumed or covered, with who, why and who reviewed it; it counts from then on by the time of the touches. What an operator cancels, puts off or pauses is for the head of security to review.',
  },
  {
    zh: '路段偏差 = 从上一点走来所用时间 − 现行计划的最长时间，单位秒，扣除暂停；大于 0 为超时路段。只评路段，不影响各点结果。',
    en: 'Leg off = the time from the checkpoint before - the longest that the plan in force allows, in seconds, pauses left out; above 0 the leg is long. It is said of the leg and changes no result of a checkpoint.',
  },
  {
    zh: '最长无人到点 = 时段内连续没有任何点被到达的最长时间，以时段起止（或统计时刻）为界。',
    en: 'The longest gap is the longest time in the period without a checkpoint reached; its ends, or now, are edges.',
  },
  {
    zh: '偏差 = 实到时间 − 计划时间，按读卡器自己的时间；读卡器时间比网关快 30 秒以上的，不信它，按收到的时间。允许误差按现行计划；改过计划的，旧记录的结果不变。',
    en: 'Off = reached - planned, by the clock of the reader; one that is more than 30 s ahead of the gateway is not believed, and the time at which the touch was told counts. The allowed error is that of the plan in force; results of earlier records stay as they were.',
  },
  {
    zh: '补传 = 刷卡后较晚才从读卡器读出的记录，按刷卡时间判定。漏巡记在当时的计划人员名下（换人后记在接替的人名下），到点记在刷卡人员名下。',
    en: 'Uploaded later: read out of the reader some time after the touch, and judged by the touch. A miss is counted with whoever was planned at that time, also after a cover, a touch with whoever touched.',
  },
  {
    zh: '双人趟次：任一人打点即算到点；由这两人到的点和没人到的点都记在两人合起来的一行。“打过点的”是当时应到的人中本趟在任一点打过卡的，不管以谁的为准；只有一人的，记“否”。两张卡可能在一人手里：见例外。',
    en: 'A round for two: the touch of either counts; what either of them reached and what nobody did is counted with both, on one line. Seen are those planned who touched any point of it, whichever touch counts. Two cards may be in one hand: see the exceptions.',
  },
  {
    zh: '例外是系统提出的问题，不是结论，不影响任何一趟的结果；按第一次打点的时间计入。画面是打点当时该点摄像机的画面，后面是哈希的前 8 位；事后才上报的没有画面。',
    en: 'An exception is a question that the system asks and no verdict; it changes no result. It belongs to the time of its first touch. Pictures are of the camera there at the time of the touch, with the first eight digits of their hashes; what was told only later has none.',
  },
  {
    zh: '检查项只统计已结束趟次中每趟应检的项：应检按该趟开始时的配置，已检是当场打点后本人填写的，未填写的算未检；异常是填写为不正常的次数。',
    en: 'Items of checkpoints: those due at each round, of rounds that are over. Due is by the configuration when the round opened; answered is by whoever had touched the point; what nobody answered is left open; findings are answers that something is amiss.',
  },
  {
    zh: '已按留存设置清除记录的日子照列，但不计入任何数字和间隔：那一天留下的只是因故留存的趟次，列在明细里并注明，不能代表那一天。',
    en: 'Days of which records were cut by the settings for retention are listed and are in no figure and no gap: what is left of such a day was held for a reason; it stands among the records with a remark, and is no measure of the day.',
  },
  postDefinition,
];

/** Why a report is not made. */
export const reportRuns: Words = {
  zh: '另一份报表正在生成，请稍候再试。',
  en: 'Another report is being made; try again in a moment.',
};
export const reportGone: Words = {
  zh: '这份报表已不在网关上，请重新生成。',
  en: 'This report is no longer on the gateway; make it again.',
};
export const reportFailed: Words = {
  zh: '报表没有生成，请缩短时段再试；详情见网关日志。',
  en: 'The report was not made; try a shorter period. The log of the gateway has the details.',
};
export const fontMissing: Words = {
  zh: '网关上没有可打印中文的字体，无法生成 PDF。请在网关上安装 fonts-noto-cjk，或在配置中设置 reports.font。CSV 与 XLSX 不受影响。',
  en: 'There is no font to print Chinese with, so no PDF was made. Install fonts-noto-cjk on the gateway, or set reports.font in the configuration. CSV and XLSX work without.',
};
export const fontUnusable = (path: string): Words => ({
  zh: `reports.font 指定的字体无法使用：${path}。需要 .ttf、.otf，或“路径.ttc#字体名”。`,
  en: `The font named by reports.font cannot be used: ${path}. It has to be a .ttf, .otf or PATH.ttc#FACE.`,
});
