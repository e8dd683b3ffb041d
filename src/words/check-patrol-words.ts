/** What the checkers of a simulated night find when a round was judged wrongly. Only the log book and the summary say it. */
import type { Words } from './words.ts';

export const verdictWrong = (
  round: string,
  point: string,
  known: string | undefined,
  right: string | undefined,
): Words => ({
  zh: `${round} ${point} 判为 ${known}，实为 ${right}`,
  en: `${round} ${point} was judged ${known} and is ${right}`,
});
export const missedUntold = (cause: string): Words => ({
  zh: `${cause} 漏巡未报`,
  en: `${cause} was missed and nobody was told`,
});
export const missedStands = (cause: string): Words => ({
  zh: `${cause} 后来查明已到点，漏巡报警没有撤回`,
  en: `${cause} was reached after all, and its alarm stands`,
});
export const missedWithdrawn = (cause: string): Words => ({
  zh: `${cause} 所属漏巡报警按“已到点”撤回，其中仍有点没到`,
  en: `the alarm of ${cause} was taken back as reached, and some of what it speaks for was not`,
});
export const suspectedTwice = (key: string): Words => ({
  zh: `同一异常提了两次：${key}`,
  en: `the same exception was asked about twice: ${key}`,
});
export const drawerUnasked = (card: string): Words => ({
  zh: `卡 ${card} 在几秒内碰了多个点，没有人被问到`,
  en: `card ${card} was held to several points within seconds, and nobody was asked about it`,
});
export const postWrong = (post: string, known: string, lacking: number): Words => ({
  zh: `护学岗 ${post} 判为 ${known}，实际最长缺人 ${lacking} 秒`,
  en: `post ${post} came out as ${known}, and the longest time somebody was lacking is ${lacking} s`,
});
export const postAccused = (post: string): Words => ({
  zh: `护学岗 ${post} 判为缺岗，当时并不缺人或读卡器失联`,
  en: `post ${post} is said to be short-handed while nobody was lacking, or its reader could not be heard`,
});
export const postUntold = (post: string): Words => ({
  zh: `护学岗 ${post} 缺人未按时报`,
  en: `post ${post} was short-handed and nobody was told in time`,
});
