/**
 * What may be heard: which alarms call for attention now, and the silence a person asked for. Silence is neither
 * acknowledgement nor closing; it covers what there is now, a few times, and whatever is raised, or comes again after it was
 * over, breaks it.
 */

import type { Alarm, State, Time } from '../types.ts';
import { late } from './alarm-state.ts';

/** How long a silence lasts: long enough to speak on the telephone, too short to forget. */
export const silenceMs = 120_000;

/** How often one alarm is silenced before somebody takes it: six minutes; whoever needs longer acknowledges. */
export const silencesMax = 3;

/** Whether an alarm may be heard: not put aside, not maintenance, not a silent call for help. */
function audible(state: State, alarm: Alarm): boolean {
  return alarm.priority < 4 && !alarm.covert && !state.shelves.has(alarm.key);
}

/** Whether an alarm waits for a person: it may be heard, and nobody has acknowledged it. */
export function calls(state: State, alarm: Alarm): boolean {
  return !alarm.acked && audible(state, alarm);
}

/** What may be heard of all that is open. */
export function audibles(state: State): Alarm[] {
  return [...state.alarms.values()].filter((alarm) => audible(state, alarm));
}

/** What of it wants somebody to act at `now`: nobody acknowledged it, or whoever was sent is late. */
export function wanting(alarms: readonly Alarm[], now: Time): Alarm[] {
  return alarms.filter((alarm) => !alarm.acked || late(alarm, now) !== undefined);
}

/** Whether a silence may still cover this alarm. */
export const silenceable = ({ silences = 0 }: Alarm): boolean => silences < silencesMax;

/**
 * Whether the silence that is on covers this alarm: it was there already, was not silenced too often, and where somebody took
 * it and did not see to it in time, the silence is younger than that.
 */
export function isSilenced({ silence: silenceSounder }: Pick<State, 'silence'>, alarm: Alarm, now: Time): boolean {
  if (!silenceSounder || now >= silenceSounder.until || alarm.waitingFrom > silenceSounder.upTo) return false;
  if (alarm.acked && alarm.pledge && silenceSounder.at < alarm.pledge.until) return false;
  return (alarm.silences ?? 0) <= silencesMax;
}

/** What of it is heard at `now`: what wants somebody to act and no silence covers. */
export function heard(by: Pick<State, 'silence'>, alarms: readonly Alarm[], now: Time): Alarm[] {
  return wanting(alarms, now).filter((alarm) => !isSilenced(by, alarm, now));
}
