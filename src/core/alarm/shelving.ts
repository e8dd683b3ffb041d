/**
 * Shelving: an alarm that a person puts aside for a while, with a reason, because it comes and goes and nobody could hear
 * anything else. It counts on while it is shelved, is listed where everybody sees it, and comes back by itself.
 *
 * What is urgent is never shelved, nor is anything that may blind, deafen or open a zone that watches: such a zone is
 * bypassed by name, which the map shows. When it begins to watch, what was put aside of it comes back. So a shelf can never
 * hide a break-in.
 */

import type { Draft } from '../draft.ts';
import { isLifeSafety, mayHideBreakIn } from '../site/deafness.ts';
import type { Alarm, Fact, Priority, Shelf, Site, State } from '../types.ts';

/**
 * The longest an alarm is shelved. ISA-18.2 wants shelving to end by itself, OPC UA Part 9 calls the limit MaxTimeShelved;
 * the two hours are ours: within one watch, so that whoever put it aside is there when it comes back.
 */
export const shelveMaxMs = 2 * 3_600_000;

/** Who brings an alarm back when nobody does. */
const timeItself = 'schedule';

type Unshelved = Extract<Fact, { kind: 'unshelved' }>;

/** Ends the shelf of a key, if it has one that this very step has not ended already. */
export function lift(draft: Draft, key: string, by: string, why: Unshelved['why']): void {
  if (!draft.state.shelves.has(key)) return;
  if (draft.events.some((event) => event.kind === 'unshelved' && event.key === key)) return;
  draft.add({ kind: 'unshelved', key, by, why });
}

/** A trigger that is more urgent than what was put aside brings the alarm back at once. */
export function liftIfWorse(draft: Draft, key: string, priority: Priority): void {
  const shelf = draft.state.shelves.get(key);
  if (shelf && priority < shelf.priority) lift(draft, key, timeItself, 'worse');
}

/** The condition is over: what was shelved until then is no longer. */
export function liftIfOver(draft: Draft, key: string): void {
  if (draft.state.shelves.get(key)?.once) lift(draft, key, timeItself, 'returned-to-normal');
}

/** On every tick: what was put aside long enough comes back. */
export function keepShelves(draft: Draft): void {
  for (const { key, until } of draft.state.shelves.values()) {
    if (draft.at >= until) lift(draft, key, timeItself, 'time');
  }
}

/** Whether an alarm may be put aside at all: never what is urgent, fire or gas, a silent call for help, or what could hide a break-in. */
export const shelvable = (site: Site, state: State, alarm: Alarm): boolean =>
  alarm.priority > 1 && !alarm.covert && !isLifeSafety(alarm) && !mayHideBreakIn(site, state, alarm);

/** A zone begins to watch: what was put aside and could hide a break-in there comes back. */
export function liftWhereArmed(draft: Draft, zone: string): void {
  const { site, state } = draft;
  for (const shelf of state.shelves.values()) {
    const alarm = state.alarms.get(shelf.alarm);
    if (alarm && mayHideBreakIn(site, state, alarm, zone)) lift(draft, shelf.key, timeItself, 'armed');
  }
}

/** Everything that is put aside, whatever comes back first first: nothing is ever shelved out of sight. */
export function shelved(state: State): Shelf[] {
  return [...state.shelves.values()].sort((a, b) => a.until - b.until);
}
