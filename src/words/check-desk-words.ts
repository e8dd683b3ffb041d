/**
 * What the checkers of a simulated night say of the people at the desk: promises that were not kept, and things said that were not
 * so; and of what the gateway itself feels at the fence.
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
export const blindGiven = (zone: NamedPart, by: NamedPart): Words => ({
  zh: `${by} 给防区 ${zone} 启用了看不到攀爬或断线的阈值`,
  en: `${by} gave ${zone} limits with which a climb or a cut is not seen`,
});
export const looseForEver = (zone: NamedPart, by: NamedPart): Words => ({
  zh: `防区 ${zone} 的宽阈值只凭 ${by} 一人就长期有效`,
  en: `the loose limits of ${zone} stand on the word of ${by} alone, without an end`,
});
export const looseOutlasted = (zone: NamedPart): Words => ({
  zh: `防区 ${zone} 的宽阈值到期没有恢复`,
  en: `the loose limits of ${zone} outlasted their end`,
});
export const vouchedAlone = (zone: NamedPart, by: NamedPart): Words => ({
  zh: `${by} 自己复核了自己给防区 ${zone} 的宽阈值`,
  en: `${by} stood for the limits of ${zone} that are his own`,
});

export const silencedOn = (by: NamedPart): Words => ({
  zh: `${by} 对同一批报警第四次消音`,
  en: `${by} silenced for the fourth time what nobody had taken`,
});

// The fence

export const actNotFelt = (zone: NamedPart, act: NamedPart): Words => ({
  zh: `${zone} 的 ${act} 没有测出`,
  en: `${act} at ${zone} was not felt`,
});
export const heldSaidOver = (zone: NamedPart): Words => ({
  zh: `${zone} 的线还被撑开，已说恢复`,
  en: `the wires of ${zone} are still held apart, and were said to be back`,
});
export const feltUntold = (zone: NamedPart, sign: NamedPart): Words => ({
  zh: `${zone} 测出 ${sign}，没有报警`,
  en: `${sign} was felt at ${zone} and no alarm was raised`,
});
export const hostStoodStill = (device: NamedPart): Words => ({
  zh: `${device} 的读数停住，没有提示`,
  en: `the readings of ${device} stood still and nothing was said`,
});
