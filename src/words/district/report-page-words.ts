/** What the bureau's pages of accountability and of the ledger say, and their files. */
import { roles } from '../trade-words.ts';
import { untranslated, type Words } from '../words.ts';

export const accountWords = {
  title: { zh: '报警问责清单', en: 'Accountability of alarms' },
  intro: {
    zh: '每条报警：通知了谁、谁做了什么、用了多久。内容取自学校日志，教育局不能改动。',
    en: 'For each alarm: who was told, who did what, and how long it took. Taken from the school’s journal; the bureau cannot change it.',
  },
  none: { zh: '这段时间没有这样的报警。', en: 'No such alarm in this time.' },
  school: { zh: '学校', en: 'School' },
  alarm: { zh: '报警', en: 'Alarm' },
  priority: { zh: '级别', en: 'Priority' },
  raised: { zh: '发生时间', en: 'Raised' },
  told: { zh: '通知', en: 'Told' },
  acked: { zh: '确认', en: 'Acknowledged' },
  arrived: { zh: '到场', en: 'On the spot' },
  closed: { zh: '处置结束', en: 'Closed' },
  after: { zh: '用时（秒）', en: 'After (s)' },
  nobody: { zh: '无人', en: 'nobody' },
  notYet: { zh: '未完成', en: 'not yet' },
  course: { zh: '经过', en: 'Course' },
  orders: { zh: '教育局要求', en: 'Asked by the bureau' },
  urgent: { zh: '只看一级', en: 'P1 only' },
  twoLevels: { zh: '一、二级', en: 'P1 and P2' },
  everyLevel: { zh: '全部', en: 'All' },
  day: { zh: '近一天', en: 'One day' },
  week: { zh: '近七天', en: 'Seven days' },
  month: { zh: '近三十天', en: 'Thirty days' },
  older: { zh: '更早的', en: 'Earlier ones' },
  every: { zh: '所有学校', en: 'All schools' },
  basis: {
    zh: '时间为学校时钟。用时从报警发生算起。无声求助报警只对负责人和审计显示。',
    en: 'Times are by the school’s clock; lengths count from the alarm. Silent calls for help are shown to the head and the auditor alone.',
  },
  cut: { zh: '只列出最近 2000 条。', en: 'The newest 2,000 only.' },
} as const satisfies Readonly<Record<string, Words>>;

/** What a deed is called; others keep the name of their fact. */
/** Who a deed names: at a step of escalation the roles it went to, and else a person. */
export function deedWho(kind: string, who: string): Words {
  if (kind !== 'escalated') return untranslated(who);
  const names = new Map<string, Words>(Object.entries(roles));
  const said = who.split(', ').map((role) => names.get(role) ?? untranslated(role));
  return { zh: said.map(({ zh }) => zh).join('、'), en: said.map(({ en }) => en).join(', ') };
}

export const deedTitles: Readonly<Record<string, Words>> = {
  displayed: { zh: '屏幕已显示', en: 'shown on a screen' },
  escalated: { zh: '升级', en: 'escalated' },
  sending: { zh: '发送', en: 'sending' },
  done: { zh: '通知结果', en: 'message' },
  'taken-told': { zh: '告知已有人处理', en: 'told that it is taken' },
  replied: { zh: '短信回复', en: 'replied by SMS' },
  acknowledged: { zh: '确认', en: 'acknowledged' },
  'part-acknowledged': { zh: '一人已确认', en: 'one acknowledged' },
  dispatched: { zh: '派人', en: 'sent somebody' },
  accepted: { zh: '接受', en: 'accepted' },
  arrived: { zh: '到场', en: 'arrived' },
  renewed: { zh: '再次提醒', en: 'reminded' },
  looked: { zh: '查看画面', en: 'looked at the picture' },
  disposed: { zh: '定性', en: 'found' },
  noted: { zh: '备注', en: 'noted' },
  answered: { zh: '预案步骤', en: 'step of the procedure' },
  closed: { zh: '关闭', en: 'closed' },
  shelved: { zh: '搁置', en: 'put aside' },
  unshelved: { zh: '取消搁置', en: 'taken up again' },
  'police-announced': { zh: '报警电话', en: 'police announced' },
  'police-step': { zh: '联网报警步骤', en: 'police step' },
  'phone-sent': { zh: '手机上报', en: 'sent by phone' },
  'handed-over': { zh: '交接班', en: 'handed over' },
  'signed-on': { zh: '签到', en: 'signed on' },
  'district-ordered': { zh: '收到教育局要求', en: 'order of the bureau received' },
  'district-answered': { zh: '答复教育局', en: 'answered the bureau' },
  'district-overdue': { zh: '督办逾期', en: 'urge overdue' },
  'picture-viewed': { zh: '查看现场画面', en: 'live picture viewed' },
};

/** How a message ended, and what an officer's order came to; others keep the name of their code. */
export const outcomeTitles: Readonly<Record<string, Words>> = {
  told: { zh: '已送达', en: 'told' },
  failed: { zh: '未送达', en: 'not told' },
  done: { zh: '已完成', en: 'done' },
  answered: { zh: '已答复', en: 'answered' },
  refused: { zh: '未执行', en: 'refused' },
  overdue: { zh: '逾期', en: 'overdue' },
  'given-up': { zh: '原记录封存，自动终止', en: 'ended with its journal' },
};

export const ledgerWords = {
  title: { zh: '隐患整改台账', en: 'Hidden dangers and rectifications' },
  open: { zh: '未办结', en: 'Open' },
  overdue: { zh: '逾期', en: 'Overdue' },
  all: { zh: '全部', en: 'All' },
  none: { zh: '没有这样的整改事项。', en: 'No such rectification.' },
  school: { zh: '学校', en: 'School' },
  street: { zh: '街道', en: 'Street' },
  number: { zh: '编号', en: 'No.' },
  place: { zh: '地点', en: 'Place' },
  what: { zh: '问题', en: 'What is amiss' },
  found: { zh: '发现时间', en: 'Found' },
  due: { zh: '期限', en: 'Until' },
  who: { zh: '责任人', en: 'Who' },
  stage: { zh: '状态', en: 'Stage' },
  answered: { zh: '回复', en: 'Answered' },
  closed: { zh: '办结', en: 'Closed' },
  urge: { zh: '督办', en: 'Urge' },
  older: { zh: '更早的', en: 'Earlier ones' },
  every: { zh: '所有学校', en: 'All schools' },
  basis: {
    zh: '取自各校整改台账；逾期指已过期限、未回复也未办结。教育局可以督办，不能代学校办结。',
    en: 'From the ledgers of the schools; overdue is past its date, neither answered nor closed. The bureau can urge and cannot close for a school.',
  },
  cut: { zh: '只列出最近 2000 条。', en: 'The newest 2,000 only.' },
} as const satisfies Readonly<Record<string, Words>>;

export const fileWays = {
  csv: { zh: 'CSV 表格', en: 'CSV' },
  xlsx: { zh: 'XLSX 表格', en: 'XLSX' },
  pdf: { zh: 'PDF（可打印）', en: 'PDF to print' },
  html: { zh: '打印页', en: 'One page to print' },
} as const satisfies Readonly<Record<string, Words>>;
