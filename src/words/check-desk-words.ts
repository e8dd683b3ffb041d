/**
 * What the checkers of a simulated night say of the people at the desk: promises that were not kept, and things said that were not so.
 */
import type { Words } from './words.ts';

type NamedPart = string | number | readonly string[] | undefined;

export const brokenUntold = (alarm: NamedPart, by: NamedPart): Words => ({
  zh: `${alarm} 号由 ${by} 确认后没人管，也没有通知别人`,
  en: `${alarm} was taken by ${by} and left, and nobody else was told`,
});
export const brokenUntoldAgain = (alarm: NamedPart): Words => ({
  zh: `${alarm} 号确认后没人管，只通知过一次就没有下文`,
  en: `${alarm} was taken and left, and others were not told again`,
});
export const heldByWords = (alarm: NamedPart): Words => ({
  zh: `${alarm} 号一再延时、转派，始终没人到场，也没有通知别人`,
  en: `${alarm} was held by words alone: nobody was there, and nobody else was told`,
});
export const toldOfNobody = (alarm: NamedPart): Words => ({
  zh: `${alarm} 号按“确认后未处理”通知，但确认人不对或时限未到`,
  en: `${alarm} was told as taken and left, by the wrong name or before its time`,
});

export const waitsAtNobody = (alarm: NamedPart, level: NamedPart): Words => ({
  zh: `${alarm} 号停在第 ${level} 级，而这一级没有人`,
  en: `${alarm} waits at level ${level}, which reaches nobody`,
});
export const saidNobodyFalsely = (alarm: NamedPart, level: NamedPart): Words => ({
  zh: `${alarm} 号说第 ${level} 级没有人，其实有`,
  en: `${alarm} says that level ${level} reaches nobody, and it does`,
});
export const lastResortUntold = (alarm: NamedPart): Words => ({
  zh: `${alarm} 号说通知了最后联系人，其实没有`,
  en: `${alarm} says that the last resort is told, and it is not`,
});

export const closedUnseen = (alarm: NamedPart): Words => ({
  zh: `${alarm} 号没人看过也没派人，就按误报或干扰关闭了`,
  en: `${alarm} was closed as nothing, and nobody had looked or was sent`,
});
export const silencedOn = (by: NamedPart): Words => ({
  zh: `${by} 对同一批报警第四次消音`,
  en: `${by} silenced for the fourth time what nobody had taken`,
});
