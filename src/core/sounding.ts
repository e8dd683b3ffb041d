/**
 * What may be heard: which alarms call for attention now, and the silence a person asked for. Silence is neither
 * acknowledgement nor closing; it covers what there is now, and whatever is raised or raised again breaks it.
 */
import { refuse } from './asking.ts';
import type { Draft } from './draft.ts';
import { may } from './rights.ts';
import type { Alarm, Command, State, Time, User } from './types.ts';

/** How long a silence lasts: long enough to speak on the telephone, too short to forget. */
export const silenceMs = 120_000;

/** Whether an alarm waits for a person: open, not acknowledged, not put aside, not upkeep, not a silent call for help. */
export function calls(state: State, alarm: Alarm): boolean {
  return !alarm.acked && alarm.priority < 4 && !alarm.quiet && !state.shelves.has(alarm.key);
}

/** Whether the silence that is on covers this alarm. */
export function hushed({ silence }: Pick<State, 'silence'>, alarm: Alarm, now: Time): boolean {
  if (!silence || now >= silence.until) return false;
  return alarm.waitingFrom <= silence.upTo;
}

/** The alarms that sound at `now`, on the gateway's own time; most urgent first, then newest. */
export function sounding(state: State, now: Time): Alarm[] {
  return [...state.alarms.values()]
    .filter((alarm) => calls(state, alarm) && !hushed(state, alarm, now))
    .sort((a, b) => a.priority - b.priority || b.waitingSince - a.waitingSince || b.id - a.id);
}

/** Silences what sounds now. Asked again, the time begins anew. */
export function silence(draft: Draft, by: User, command: Extract<Command, { readonly do: 'silence' }>): void {
  const { state, at } = draft;
  if (!may(by.role, 'silence')) return refuse(draft, by, command, 'no-right');
  if (![...state.alarms.values()].some((alarm) => calls(state, alarm)))
    return refuse(draft, by, command, 'nothing-to-silence');
  draft.add({ kind: 'silenced', by: by.name, until: at + silenceMs, upTo: state.seq });
}
