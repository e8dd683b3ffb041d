/**
 * Whether a span of time reaches into days of which records were cut: whatever is shown or reckoned of it has to say so. It must never be left
 * out because nothing was found: that is when it matters.
 */
import type { CutClass, CutSpan, ReadOnly, State, Time } from '../types.ts';

/** What may be missing of a class. */
export interface CutNotice extends CutSpan {
  readonly class: CutClass;
}

/** The classes among these of which records from `from` on may be gone. */
export function cutWithin(
  { pruned }: Pick<ReadOnly<State>, 'pruned'>,
  classes: readonly CutClass[],
  from: Time,
): readonly CutNotice[] {
  return classes.flatMap((of) => {
    const span = pruned.get(of);
    return span && from < span.before ? [{ class: of, ...span }] : [];
  });
}
