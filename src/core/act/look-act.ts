/**
 * Look: a person has had the pictures of an alarm before his eyes. The page says so; what it is good for is `claims`, which asks
 * for it where an alarm is closed as nothing.
 */

import { type Act, aboutAlarm } from './act.ts';

export const look: Act<'look'> = {
  words: { zh: '看过报警画面', en: 'Say that the pictures of an alarm were looked at' },
  rule: aboutAlarm(
    (alarm, by) => alarm.looked?.some((one) => one.by === by.name && one.at >= alarm.waitingSince) ?? false,
    (draft, by, alarm) => draft.add({ kind: 'looked', alarm: alarm.id, by: by.name }),
  ),
};
