/**
 * Acknowledge: a person has taken notice of an alarm and answers for it from now on.
 */

import { type Act, aboutAlarm, handlers } from './act.ts';

export const acknowledge: Act<'acknowledge'> = {
  roles: handlers,
  words: { zh: '确认报警', en: 'Acknowledge an alarm' },
  rule: aboutAlarm(
    (alarm, by) => alarm.acked?.by === by.name,
    (draft, by, { id }) => draft.add({ kind: 'acknowledged', alarm: id, by: by.name }),
  ),
};
