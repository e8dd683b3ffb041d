/**
 * Silence: no sound for what calls now. It acknowledges nothing, and whatever is raised anew breaks it.
 */

import { refuse } from '../alarm/authorize.ts';
import { audibles, silenceable, silenceMs, wanting } from '../alarm/sounding.ts';
import type { Act } from './act.ts';

export const silence: Act<'silence'> = {
  words: { zh: '消音', en: 'Silence what sounds now' },
  rule: (draft, by, command) => {
    const { state, at } = draft;
    const calling = wanting(audibles(state), at);
    if (calling.length === 0) return refuse(draft, by, command, 'nothing-to-silence');
    if (!calling.some(silenceable)) return refuse(draft, by, command, 'silenced-enough');
    // Asked again, the time begins anew for what was not silenced too often.
    draft.add({ kind: 'silenced', by: by.name, until: at + silenceMs, upTo: state.seq });
  },
};
