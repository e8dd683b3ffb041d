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
