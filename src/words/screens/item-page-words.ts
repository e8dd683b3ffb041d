/**
 * What the patrol board says of the items of checkpoints: how each stands, when it was last looked at and by whom, and how far a round is.
 */
import type { RoundItems } from '../../core/types.ts';
import type { Words } from '../words.ts';

export const itemWords = {
  title: { zh: '检查项', en: 'What is looked at' },
  point: { zh: '巡更点', en: 'Checkpoint' },
  item: { zh: '内容', en: 'Item' },
  last: { zh: '最近一次', en: 'Last answer' },
  by: { zh: '检查人', en: 'By' },
  due: { zh: '到期', en: 'Due' },
  none: { zh: '还没有检查过', en: 'Never looked at' },
  photo: { zh: '照片', en: 'Photograph' },
  amiss: { zh: '异常', en: 'amiss' },
  fine: { zh: '未到期', en: 'not due' },
  soon: { zh: '即将到期', en: 'due soon' },
  overdue: { zh: '已过期', en: 'overdue' },
  never: { zh: '待检', en: 'not done yet' },
  'each-round': { zh: '每趟', en: 'each round' },
} as const satisfies Record<string, Words>;

/** How far the items of a round are: `检查 3/5，异常 1`. */
export function itemsOfRound({ due, answers }: RoundItems): Words {
  const given = Object.values(answers);
  const wrong = given.filter((right) => !right).length;
  return {
    zh: `检查 ${given.length}/${due}${wrong > 0 ? `，异常 ${wrong}` : ''}`,
    en: `looked at ${given.length} of ${due}${wrong > 0 ? `, ${wrong} amiss` : ''}`,
  };
}
