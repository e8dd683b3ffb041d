/**
 * What the patrol board says where a touch is written down by hand. It says each time that such a touch does not count, so that nobody
 * writes one in the belief that it mends a round.
 */
import type { Words } from '../words.ts';

export const handWords = {
  title: { zh: '手工补录', en: 'Written down by hand' },
  note: {
    zh: '读卡器没有记到、但有人能说明当时到过的，可在这里补录。补录只作说明：不算到点，不改变完成率，一周内过多会列为巡更例外。',
    en: 'Where no reader knows of it and a person can say that somebody was there. It explains and does not count: the point stays missed, no rate changes, and too many in a week are asked about.',
  },
  point: { zh: '巡更点', en: 'Checkpoint' },
  person: { zh: '人员', en: 'Person' },
  time: { zh: '到达时间', en: 'Was there at' },
  reason: { zh: '原因（必填）', en: 'Reason (needed)' },
  choose: { zh: '请选择', en: 'Choose' },
  write: { zh: '补录', en: 'Write down' },
  none: { zh: '近五周没有手工补录', en: 'Nothing was written by hand in the last five weeks' },
  by: { zh: '补录人', en: 'By' },
  why: { zh: '原因', en: 'Reason' },
  withdraw: { zh: '撤销', en: 'Withdraw' },
  withdrawWhy: { zh: '撤销原因（必填）', en: 'Why it is withdrawn (needed)' },
  withdrawn: { zh: '已撤销', en: 'Withdrawn' },
} as const satisfies Record<string, Words>;

export const handMore = (n: number): Words => ({ zh: `只列最近 ${n} 条`, en: `Only the newest ${n} are listed` });
