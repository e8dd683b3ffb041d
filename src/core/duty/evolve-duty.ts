/**
 * The part of `evolve` that folds the duty roster: covers and swaps, who signed on, hand-overs, addresses of calendars. Like all of it,
 * it holds no rules.
 */
import { localDay } from '../site/calendar.ts';
import type { Event, RosterFact, ShiftHandover, State } from '../types.ts';
import { signOnKey } from './on-duty.ts';

/** What people changed of shifts, and who signed on, is kept as long as touches are: five weeks; ours. */
const keptDays = 35;
const handoversMax = 10;

export type RosterEvent = Extract<Event, { kind: RosterFact['kind'] }>;

const kinds: Readonly<Record<RosterFact['kind'], true>> = {
  'shift-changed': true,
  'shift-change-withdrawn': true,
  'signed-on': true,
  'handed-over': true,
  'calendar-given': true,
  'calendar-withdrawn': true,
};
/** Whether a fact is one of the roster. */
export const isOfDuty = (event: Event): event is RosterEvent => Object.hasOwn(kinds, event.kind);

/** Folds one fact of the roster. */
export function foldDuty(state: State, event: RosterEvent): void {
  switch (event.kind) {
    case 'shift-changed': {
      const { seq: id, at, by, how, moves, reason } = event;
      state.shiftChanges.set(id, { id, at, by, how, moves, reason });
      return forget(state, event);
    }
    case 'shift-change-withdrawn':
      state.shiftChanges.delete(event.change);
      return;
    case 'signed-on': {
      const { shift, day, person, by, at } = event;
      state.signOns.set(signOnKey(shift, day, person), { shift, day, person, by, at });
      return forget(state, event);
    }
    case 'handed-over':
      return foldHandover(state, event);
    case 'calendar-given': {
      const { person, hash, by, at } = event;
      state.calendars.set(person, { hash, by, at });
      return;
    }
    case 'calendar-withdrawn':
      state.calendars.delete(event.person);
      return;
    default:
      event satisfies never;
  }
}

function foldHandover(state: State, event: Extract<RosterEvent, { kind: 'handed-over' }>): void {
  const { shift, day, person, by, at, outgoing, heard, alarms, note } = event;
  const said: ShiftHandover = {
    ...{ shift, day, person, by, at, outgoing, heard, alarms },
    ...(note !== undefined && { note }),
  };
  state.handovers = [said, ...state.handovers].slice(0, handoversMax);
  state.signOns.set(signOnKey(shift, day, person), { shift, day, person, by, at });
  forget(state, event);
}

/** By the day of the fact: shifts long over are asked about no more. */
function forget(state: State, { at }: RosterEvent): void {
  const oldest = localDay(at, state.utcOffsetMin) - keptDays;
  for (const [id, { moves }] of state.shiftChanges)
    if (moves.every(({ day }) => day < oldest)) state.shiftChanges.delete(id);
  for (const [key, { day }] of state.signOns) if (day < oldest) state.signOns.delete(key);
}
