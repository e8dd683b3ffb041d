/**
 * A command that a code may come with, because it takes watch away: with a wrong code nothing of it is done, which is kept as a
 * refusal, for somebody tried; under force it is done, and help is called beside it.
 */

import { refuse } from '../alarm/authorize.ts';
import { type CodedAct, callForHelp, uncoded } from '../alarm/duress.ts';
import type { Rule } from './act.ts';

/** The rule of a command that a code may come with. */
export const coded =
  <C extends CodedAct>(rule: Rule<C>): Rule<C> =>
  (draft, by, asked) => {
    const plain = uncoded(asked);
    if (asked.wrongPin) return refuse(draft, by, plain, 'wrong-pin');
    rule(draft, by, plain);
    callForHelp(draft, by, asked);
  };
