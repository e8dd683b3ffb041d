/**
 * Note: whatever a person wants written down beside an alarm. Never blocked by what was not done before.
 */

import { refuse } from '../alarm/authorize.ts';
import { type Act, aboutAlarm } from './act.ts';

export const note: Act<'note'> = {
  words: { zh: '给报警写备注', en: 'Write a note beside an alarm' },
  rule: aboutAlarm(
    () => false,
    (draft, by, { id }, command) => {
      const text = command.text.trim();
      if (text === '') return refuse(draft, by, command, 'text-missing');
      draft.add({ kind: 'noted', alarm: id, by: by.name, text });
    },
  ),
};
