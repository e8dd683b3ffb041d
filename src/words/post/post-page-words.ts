/** Posts on the patrol board and on the wall. Pages take what else they say of posts from `post-words`. */
import type { Words } from '../words.ts';

export const postBoard = {
  title: { zh: '今日护学岗', en: 'Posts today' },
  time: { zh: '时段', en: 'Time' },
  there: { zh: '在岗 / 应到', en: 'There / due' },
  people: { zh: '人员', en: 'People' },
  standing: { zh: '状态', en: 'Standing' },
  ahead: { zh: '未开始', en: 'ahead' },
  provisional: { zh: '等待读取巡更棒', en: 'waits for the baton' },
  note: {
    zh: '已结束的岗显示缺人时最少在岗几人。同一人刷两次、用两张卡都只算一人；卡读不到时不判缺岗。',
    en: 'Of a post that is over: the fewest who were there while somebody was lacking. Two touches or two cards of one person are one; nobody is said to be lacking while no card can be read.',
  },
} as const satisfies Record<string, Words>;

/** On the wall, while a post lasts. */
export const postNow = (post: Words, there: number, due: number, standing: Words): Words => ({
  zh: `${post.zh} ${there}/${due} ${standing.zh}`,
  en: `${there}/${due} ${standing.en}: ${post.en}`,
});
/** On the wall, when several lack somebody. */
export const postsLack = (n: number): Words => ({ zh: `护学岗 ${n} 处缺人`, en: `${n} posts short-handed` });
