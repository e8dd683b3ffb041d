/**
 * What messages beyond the screens say besides the alarm itself: that it may have come before, that somebody took it, what to do first,
 * that it is only a test. The words must be enough for somebody who can open no page.
 */
import type { Words } from '../words.ts';

/** A try before this one may have arrived. */
export const sentAgain: Words = { zh: '重发：前一条可能已收到', en: 'sent again: the one before may have arrived' };

/** What is done about it before anything else. */
export const firstStep = (step: Words): Words => ({ zh: `先做：${step.zh}`, en: `first: ${step.en}` });

/** What waited of other alarms, in one message. */
export const digestWords = (others: readonly Words[]): Words => ({
  zh: `另有 ${others.length} 条合并通知：${others.map(({ zh }) => zh).join('、')}`,
  en: `${others.length} more told with it: ${others.map(({ en }) => en).join(', ')}`,
});

/** How many more alarms a short text tells of, that cannot name them; it stands behind the title. */
export const moreTold = (count: number): Words => ({ zh: `，另有${count}条`, en: ` +${count} more` });

/** Somebody has acknowledged what was told before. */
export const takenTitle = (place: Words, kind: Words, name: string): Words => ({
  zh: `【已接手】${place.zh} ${kind.zh}：${name}`,
  en: `[TAKEN] ${place.en} ${kind.en}: ${name}`,
});
/** The same of another alarm, in a line with others. */
export const takenToo = (place: Words, kind: Words, name: string): Words => ({
  zh: `${place.zh} ${kind.zh}（${name}）`,
  en: `${place.en} ${kind.en} (${name})`,
});
export const takenRest = (school: Words, alarm: number, time: string): Words => ({
  zh: `${time} 已确认，无需再处理\n${school.zh} 报警号 ${alarm}`,
  en: `acknowledged at ${time}; nothing more to do\n${school.en}, alarm ${alarm}`,
});

/** Somebody comes on duty soon. */
export const reminderTitle = (shift: Words, name: string, from: string): Words => ({
  zh: `【上岗提醒】${name} ${from} ${shift.zh}`,
  en: `[DUTY] ${name}: ${shift.en} at ${from}`,
});
export const reminderRest = (school: Words, from: string, until: string): Words => ({
  zh: `${from}–${until}，到岗后请在值班台签到；来不了请马上打电话。\n${school.zh}`,
  en: `${from}–${until}; sign on at the desk when you come, or call at once if you cannot.\n${school.en}`,
});

/** A message that means nothing but that the way is open. */
export const testTitle = (school: Words): Words => ({
  zh: `【测试】${school.zh} 报警通道测试`,
  en: `[TEST] ${school.en}: test of the alarm channel`,
});
export const testRest = (channel: Words, time: string): Words => ({
  zh: `${time} 由「${channel.zh}」发出。没有发生任何事；收到请在手机页面点「收到了」，或告诉值班室。`,
  en: `sent at ${time} by “${channel.en}”. Nothing has happened; tap “received” on the phone page, or tell the control room.`,
});
