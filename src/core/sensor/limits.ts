/**
 * Which limits of a gauge hold now, and whether a value has passed one. Pure; it keeps nothing, and knows no alarm but its kind.
 * A value that stands on the limit is within it.
 */
import { localDay, weekday } from '../site/calendar.ts';
import type { AlarmKind, LimitSlot, Point, PointLimit, Time, Window } from '../types.ts';

const dayMinutes = 1_440;
const minuteMs = 60_000;

/** What passing a limit of such a gauge is an alarm of. */
export function limitKind({ quantity }: Pick<Point, 'quantity'>): AlarmKind {
  return quantity === 'gas' ? 'gas' : 'temperature';
}

/** The key under which it is. */
export const limitKey = (device: string, point: Pick<Point, 'zone' | 'quantity'>): string =>
  `${point.zone ?? device}/${limitKind(point)}`;

/** The name of a limit in State. */
export const slotKey = ({ device, point, bound, priority }: LimitSlot): string =>
  `${device}/${point}/${bound}.${priority}`;

/** Whether a window holds at a moment; one that ends not after it begins runs into the next day. */
export function holds({ days, from, to }: Window, now: Time, utcOffsetMin: number): boolean {
  const day = localDay(now, utcOffsetMin);
  const local = now + utcOffsetMin * minuteMs;
  const minute = Math.floor(local / minuteMs) - day * dayMinutes;
  const today = days.includes(weekday(day));
  if (to > from) return today && minute >= from && minute < to;
  return (today && minute >= from) || (days.includes(weekday(day - 1)) && minute < to);
}

/** The limits of a gauge that hold now: of each bound and priority the first that does. */
export function limitsNow({ limits = [] }: Pick<Point, 'limits'>, now: Time, utcOffsetMin: number): PointLimit[] {
  const found: PointLimit[] = [];
  for (const one of limits) {
    if (one.window && !holds(one.window, now, utcOffsetMin)) continue;
    if (found.some(({ bound, priority }) => bound === one.bound && priority === one.priority)) continue;
    found.push(one);
  }
  return found;
}

/** Whether a value is beyond a limit; one that stands beyond it already lets go only at its clear level. */
export function beyond({ bound, limit, clear }: PointLimit, value: number, stands: boolean): boolean {
  const at = stands ? clear : limit;
  return bound === 'above' ? value > at : value < at;
}

/** Of two values of one bound, whether the first is farther out by at least `by`. */
export const farther = (bound: PointLimit['bound'], value: number, than: number, by: number): boolean =>
  (bound === 'above' ? value - than : than - value) >= by;
