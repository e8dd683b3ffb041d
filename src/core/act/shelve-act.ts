/**
 * Puts an alarm aside for a while, with a reason, and brings it back by hand. What is urgent is never put aside.
 */

import { refuse } from '../alarm/authorize.ts';
import { lift, shelvable, shelveMaxMs } from '../alarm/shelving.ts';
import { type Act, aboutAlarm } from './act.ts';

export const shelve: Act<'shelve'> = {
  words: { zh: '搁置报警', en: 'Put an alarm aside for a while; with `once` until its condition is over' },
  rule: aboutAlarm(
    () => false,
    (draft, by, alarm, command) => {
      const reason = command.reason.trim();
      const ms = command.once ? shelveMaxMs : command.until - draft.at;
      if (!shelvable(draft.site, draft.state, alarm)) return refuse(draft, by, command, 'not-shelvable');
      if (reason === '') return refuse(draft, by, command, 'reason-missing');
      if (ms <= 0) return refuse(draft, by, command, 'end-missing');
      if (ms > shelveMaxMs) return refuse(draft, by, command, 'too-long');
      draft.add({
        kind: 'shelved',
        key: alarm.key,
        alarm: alarm.id,
        by: by.name,
        reason,
        until: draft.at + ms,
        ...(command.once && { once: true }),
      });
    },
  ),
};

export const unshelve: Act<'unshelve'> = {
  words: { zh: '取消搁置', en: 'Bring back an alarm that was put aside' },
  rule: (draft, by, command) => {
    if (!draft.state.shelves.has(command.key)) return refuse(draft, by, command, 'not-shelved');
    lift(draft, command.key, by.name, 'hand');
  },
};
