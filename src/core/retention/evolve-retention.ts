/**
 * Folds what was cut, and what is held back from being cut. It must never forget a hold that nobody released.
 */
import { timeOf } from '../site/calendar.ts';
import type { Event, State } from '../types.ts';

const dayMs = 86_400_000;

/** The end of a day that is written `2026-11-29`. */
const endOf = (day: string, utcOffsetMin: number): number => timeOf(Date.parse(day) / dayMs + 1, 0, utcOffsetMin);

export function foldRetention(state: State, event: Extract<Event, { kind: 'pruned' | 'held' | 'released' }>): void {
  switch (event.kind) {
    case 'pruned': {
      const before = Math.max(state.pruned.get(event.class)?.before ?? 0, endOf(event.day, state.utcOffsetMin));
      state.pruned.set(event.class, { before, days: event.days });
      return;
    }
    case 'held':
      if (state.held.has(event.incident)) return;
      state.held.set(event.incident, { by: event.by, at: event.at, ...(event.covert && { covert: true }) });
      return;
    default:
      state.held.delete(event.incident);
  }
}
