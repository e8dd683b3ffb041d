/**
 * What came of an exception of patrol, said by whoever answers for the guards. It changes no round: what was judged stays judged. The
 * last word counts, so a finding can be put right; the journal keeps all of them.
 */
import { refuse } from '../alarm/authorize.ts';
import type { Act } from './act.ts';

export const disposeException: Act<'dispose-exception'> = {
  words: { zh: '填写巡更例外的处理结论', en: 'Say what came of a patrol exception' },
  rule: (draft, by, command) => {
    const { exception, finding, note } = command;
    const open = draft.state.suspicions.get(exception);
    if (!open) return refuse(draft, by, command, 'unknown-exception');
    const was = open.finding;
    if (was?.by === by.name && was.finding === finding && was.note === note) return;
    draft.add({ kind: 'exception-disposed', exception, by: by.name, finding, note });
  },
};
