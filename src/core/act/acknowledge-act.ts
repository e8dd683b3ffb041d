/**
 * Acknowledge: a person takes an alarm on and answers for it from now on. A guard who does goes there himself: that is what
 * his button says. Where whoever took it has not kept his word, anybody may take it again.
 */

import { late } from '../alarm/alarm-state.ts';
import { nameSent } from '../alarm/procedures.ts';
import type { Draft } from '../draft.ts';
import { personOf } from '../site/naming.ts';
import type { Alarm, User } from '../types.ts';
import { type Act, aboutAlarm, sinceRaised } from './act.ts';

/** A guard sends himself, unless somebody was sent already. */
function goes(draft: Draft, by: User, alarm: Alarm): void {
  const person = by.role === 'guard' ? personOf(draft.site, by) : undefined;
  if (!person || sinceRaised(alarm, alarm.dispatched)) return;
  draft.add({ kind: 'dispatched', alarm: alarm.id, by: by.name, to: person.id });
  draft.add({ kind: 'accepted', alarm: alarm.id, by: by.name });
  nameSent(draft, by, alarm, person.id);
}

export const acknowledge: Act<'acknowledge'> = {
  words: { zh: '确认报警', en: 'Acknowledge an alarm' },
  rule: aboutAlarm(
    (alarm, by, _command, now) => alarm.acked?.by === by.name && late(alarm, now) === undefined,
    (draft, by, alarm) => {
      draft.add({ kind: 'acknowledged', alarm: alarm.id, by: by.name });
      goes(draft, by, alarm);
    },
  ),
};
