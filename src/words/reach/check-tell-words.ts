/**
 * What checkers of a simulated night promise of messages to persons, and how such a promise was broken.
 */
import type { Words } from '../words.ts';

type ToldPart = string | number;

export const tellPromises = {
  nobodyUntold: { zh: '该知道的人都收到', en: 'nobody who should know stays untold' },
  toldOnce: { zh: '同一条不重复发，除非注明重发', en: 'nobody is told twice unless the second says so' },
  rateKept: { zh: '每分钟不超过通道限量', en: 'no channel is written to more often than it takes' },
  doubtLeft: { zh: '不急的消息可能已到就不再发', en: 'what is not urgent and may have arrived is not sent again' },
  takenSaid: { zh: '收到过的人会知道有人接手', en: 'whoever was told is told that it is taken' },
} as const satisfies Readonly<Record<string, Words>>;

export const leftUntold = (alarm: ToldPart, level: ToldPart, channel: ToldPart, whom: ToldPart): Words => ({
  zh: `${alarm} 号第 ${level} 级：${whom} 没有及时从 ${channel} 或替代通道收到`,
  en: `${whom} was not told of ${alarm} at level ${level} by ${channel} or what takes over, in time`,
});
export const toldTwice = (notice: ToldPart): Words => ({
  zh: `${notice} 到了两次，第二次没有注明`,
  en: `${notice} arrived twice, and the second did not say so`,
});
export const tooOften = (channel: ToldPart, count: ToldPart): Words => ({
  zh: `${channel} 一分钟内发了 ${count} 条`,
  en: `${count} messages went by ${channel} within a minute`,
});
export const sentInDoubt = (notice: ToldPart): Words => ({
  zh: `${notice} 可能已到，又发了一次`,
  en: `${notice} may have arrived and was sent again`,
});
export const takenUnsaid = (alarm: ToldPart, channel: ToldPart): Words => ({
  zh: `${alarm} 号有人接手，${channel} 那边没有人知道`,
  en: `${alarm} was taken, and those told by ${channel} do not know`,
});
