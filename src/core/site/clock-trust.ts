/**
 * How far what a clock says may be trusted: for a while after it was set, and for as long as nobody has said which of two times
 * is right, no schedule takes watch away. Doubt never disarms.
 */
import type { ReadOnly, State, Time } from '../types.ts';

/** After the clock was set no schedule disarms for this long: time enough for somebody to see it and to look. */
export const stepHoldMs = 600_000;

/** Whether schedules may not take watch away at `at`. */
export function schedulesHeld({ clock }: Pick<ReadOnly<State>, 'clock'>, at: Time): boolean {
  return clock !== undefined && (clock.asks || at < clock.at + stepHoldMs);
}
