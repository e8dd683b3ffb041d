/**
 * Renew: a person gives his word that an alarm is being seen to, and what is owed next has its time anew. A few times only:
 * an alarm must not stand for ever on words.
 */

import { refuse } from '../alarm/authorize.ts';
import { limitsFor } from '../alarm/pledge.ts';
import { type Act, aboutAlarm } from './act.ts';

export const renew: Act<'renew'> = {
  words: { zh: '延长处置时限', en: 'Say that an alarm is being seen to, and ask for more time' },
  rule: aboutAlarm(
    () => false,
    (draft, by, alarm, command) => {
      const limits = limitsFor(draft.site, alarm);
      if (!alarm.pledge || !limits) return refuse(draft, by, command, 'nothing-owed');
      if (alarm.pledge.words >= limits.renewals) return refuse(draft, by, command, 'no-more-time');
      draft.add({ kind: 'renewed', alarm: alarm.id, by: by.name });
    },
  ),
};
