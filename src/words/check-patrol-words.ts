/** What the checkers of a simulated night find when a round was judged wrongly. Only the log book and the summary say it. */
import type { Words } from './words.ts';

type Name = string | number | undefined;

export const verdictWrong = (round: Name, point: Name, known: Name, right: Name): Words => ({
  zh: `${round} ${point} 判为 ${known}，实为 ${right}`,
  en: `${round} ${point} was judged ${known} and is ${right}`,
});
export const missedUntold = (cause: Name): Words => ({
  zh: `${cause} 漏巡未报`,
  en: `${cause} was missed and nobody was told`,
});
