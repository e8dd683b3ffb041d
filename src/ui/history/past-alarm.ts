/**
 * An alarm as it was left, folded from the facts of its life by the core's own `evolve`: so a closed alarm reads exactly as it
 * did while it was open. Facts of other alarms are passed over. Pure.
 */
import { evolve, pass } from '../../core/evolve.ts';
import { emptyState } from '../../core/state.ts';
import type { Alarm, Event } from '../../core/types.ts';

/** The alarm as its last fact left it, and how it was closed if it was. */
export interface ClosedLife {
  readonly alarm: Alarm;
  readonly closed?: Extract<Event, { kind: 'closed' }>;
}

/** Whether a fact changes this alarm. */
function changes(event: Event, id: number): boolean {
  if (event.kind === 'raised') return event.seq === id;
  if (event.kind === 'done') return event.duty.split('/')[1] === String(id);
  return 'alarm' in event && event.alarm === id;
}

/** The alarm of this number; undefined when the facts do not begin with its being raised. */
export function pastAlarm(id: number, facts: readonly Event[]): ClosedLife | undefined {
  const state = emptyState();
  let alarm: Alarm | undefined;
  for (const fact of [...facts].sort((a, b) => a.seq - b.seq)) {
    if (!changes(fact, id) || (!alarm && fact.kind !== 'raised')) continue;
    if (fact.kind === 'closed') return alarm && { alarm, closed: fact };
    pass(state, fact.seq - 1);
    evolve(state, fact);
    alarm = state.alarms.get(id);
  }
  return alarm && { alarm };
}
