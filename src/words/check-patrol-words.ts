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
