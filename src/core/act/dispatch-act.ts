/**
 * Somebody is sent to an alarm, says that he goes, and has arrived. Again with another name is handed over, and whether that
 * one accepts and arrives is a new question.
 */

import { refuse } from '../alarm/authorize.ts';
import { nameSent } from '../alarm/procedures.ts';
import { lookup } from '../site/lookup.ts';
import { type Act, aboutAlarm, sinceRaised } from './act.ts';

export const dispatch: Act<'dispatch'> = {
  words: { zh: '派单', en: 'Send somebody to an alarm' },
  rule: aboutAlarm(
    (alarm, _by, { to }) => alarm.dispatched?.to === to && sinceRaised(alarm, alarm.dispatched),
    (draft, by, alarm, command) => {
      if (!lookup(draft.site.people, command.to)) return refuse(draft, by, command, 'unknown-person');
      draft.add({ kind: 'dispatched', alarm: alarm.id, by: by.name, to: command.to });
      nameSent(draft, by, alarm, command.to);
    },
  ),
};

export const accept: Act<'accept'> = {
  words: { zh: '接单', en: 'Say that one goes' },
  rule: aboutAlarm(
    (alarm, by) => alarm.accepted?.by === by.name,
    (draft, by, alarm, command) => {
      if (!alarm.dispatched) return refuse(draft, by, command, 'not-dispatched');
      if (alarm.accepted) return refuse(draft, by, command, 'already-accepted', alarm.accepted);
      draft.add({ kind: 'accepted', alarm: alarm.id, by: by.name });
    },
  ),
};

export const arrive: Act<'arrive'> = {
  words: { zh: '登记到场', en: 'Say that one has arrived' },
  rule: aboutAlarm(
    (alarm, by) => alarm.arrived?.by === by.name && sinceRaised(alarm, alarm.arrived),
    (draft, by, alarm, command) => {
      if (sinceRaised(alarm, alarm.arrived)) return refuse(draft, by, command, 'already-arrived', alarm.arrived);
      draft.add({ kind: 'arrived', alarm: alarm.id, by: by.name, how: 'hand' });
    },
  ),
};
