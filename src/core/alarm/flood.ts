/**
 * When there are too many alarms for one person: more than ten in ten minutes, until there are fewer than five. It is a
 * fact that the screens, the voice and the messages go by; it never hides or drops an alarm.
 * Limits follow the principles of ISA-18.2.
 */
import type { Draft } from '../draft.ts';
import type { Alarm, Time } from '../types.ts';
import { timesMax } from './evolve-alarm.ts';

export const floodMs = 600_000;
/** A flood begins when there are more than this … */
export const floodAbove = 10;
/** … and ends when there are fewer than this. */
export const floodBelow = 5;
/** Three triggers within this time are chattering. */
export const chatterMs = 60_000;

/** Says when a flood begins or ends; to be asked when a step is otherwise decided. Maintenance and silent calls are no load. */
export function watchFlood(draft: Draft): void {
  const { flood, raises } = draft.state;
  const fresh = draft.events.filter((e) => e.kind === 'raised' && e.priority < 4 && !e.covert).length;
  if (!flood && raises.length + fresh <= floodAbove) return;
  const count = fresh + raises.filter((time) => time > draft.at - floodMs).length;
  if (!flood && count > floodAbove) draft.add({ kind: 'flooded', on: true, count });
  if (flood && count < floodBelow) draft.add({ kind: 'flooded', on: false, count });
}

/** Whether an alarm is triggering over and over just now; a person may then put it aside for a while. */
export function chattering(alarm: Alarm, now: Time): boolean {
  const [first] = alarm.times;
  return first !== undefined && alarm.times.length >= timesMax && now - first <= chatterMs;
}
