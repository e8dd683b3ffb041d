/** What the desk says of the district's orders. What is asked and why nothing came of it stands in `order-words.ts`. */
import type { Words } from '../words.ts';

export const orderDesk = {
  title: { zh: '区里督办', en: 'Urges of the district' },
  answer: { zh: '答复', en: 'Answer' },
  send: { zh: '提交答复', en: 'Send the answer' },
  back: { zh: '返回', en: 'Back' },
  hole: { zh: '写明处理情况，或何时办好', en: 'What was done, or when it will be' },
  more: { zh: '全部显示', en: 'Show all' },
} as const satisfies Record<string, Words>;

/** `限 11-30 16:30 前答复` */
export const dueBy = (time: string): Words => ({ zh: `限 ${time} 前答复`, en: `answer by ${time}` });
export const timeLeft = (left: string): Words => ({ zh: `还剩 ${left}`, en: `${left} left` });
/** `超时 2时04分` */
export const timeOver = (over: string): Words => ({ zh: `已超时 ${over}`, en: `${over} late` });
export const askedBy = (who: string, time: string): Words => ({ zh: `${who} ${time}`, en: `${who} ${time}` });
export const aboutAlarm = (id: number): Words => ({ zh: `报警 ${id}`, en: `alarm ${id}` });
export const aboutRectification = (id: number): Words => ({ zh: `整改 ${id}`, en: `rectification ${id}` });
/** The head of what came lately. */
export const latelyTitle = (count: number): Words => ({
  zh: `近 24 小时区里来文 ${count} 条`,
  en: `From the district in the last 24 hours: ${count}`,
});
/** What became of it, in two words. */
export const outcomeWords: Readonly<Record<'answered' | 'noted' | 'sent' | 'refused' | 'open', Words>> = {
  answered: { zh: '已答复', en: 'answered' },
  noted: { zh: '已阅知', en: 'noted' },
  sent: { zh: '已发送', en: 'sent' },
  refused: { zh: '未办成', en: 'not done' },
  open: { zh: '办理中', en: 'under way' },
};
/** What follows of an answer, and of a reason why nothing came of it. */
export const answeredWith = (by: string, text: string): Words => ({
  zh: `（${by}）：${text}`,
  en: ` (${by}): ${text}`,
});
export const becauseOf = (why: Words): Words => ({ zh: `：${why.zh}`, en: `: ${why.en}` });
