/**
 * Exceptions of patrol in the order one reads them. It asks and decides nothing.
 */
import type { OpenSuspicion, State } from '../types.ts';

/** Those nobody has said anything of first, each newest first. */
export function suspicionsOf({ suspicions }: Pick<State, 'suspicions'>): OpenSuspicion[] {
  return [...suspicions.values()].sort(
    (a, b) => Number(a.finding !== undefined) - Number(b.finding !== undefined) || b.from - a.from || b.id - a.id,
  );
}
