/**
 * Silence: no sound for what calls now. It acknowledges nothing, and whatever is raised anew breaks it.
 */

import { refuse } from '../alarm/authorize.ts';
import { audibles, silenceMs, wanting } from '../alarm/sounding.ts';
import { type Act, handlers } from './act.ts';

export const silence: Act<'silence'> = {
  roles: handlers,
  words: { zh: '消音', en: 'Silence what sounds now' },
  rule: (draft, by, command) => {
    const { state, at } = draft;
    if (wanting(audibles(state), at).length === 0) return refuse(draft, by, command, 'nothing-to-silence');
    // Asked again, the time begins anew.
    draft.add({ kind: 'silenced', by: by.name, until: at + silenceMs, upTo: state.seq });
  },
};
