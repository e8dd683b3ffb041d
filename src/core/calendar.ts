/**
 * Days, weekdays and armed windows in the school's local time. China keeps one offset all year, so local time is UTC plus
 * a fixed number of minutes and needs no time-zone tables. Never reads a clock.
 */
import type { ArmMode, Schedule, Time } from './types.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
const weekDays = 7;

/** Days since 1970-01-01 in local time. */
export function localDay(at: Time, utcOffsetMin: number): number {
  return Math.floor((at + utcOffsetMin * minuteMs) / dayMs);
}

/** The time of a minute of a local day. */
export function timeOf(day: number, minute: number, utcOffsetMin: number): Time {
  return day * dayMs + (minute - utcOffsetMin) * minuteMs;
}

/** 0 Sunday … 6 Saturday. 1970-01-01 was a Thursday. */
export function weekday(day: number): number {
  return (((day + 4) % weekDays) + weekDays) % weekDays;
}

/** `2026-11-22T22:00`, local; for names that people read. */
export function localMinute(at: Time, utcOffsetMin: number): string {
  return new Date(at + utcOffsetMin * minuteMs).toISOString().slice(0, 16);
}

interface Span {
  readonly from: Time;
  readonly to: Time;
}

/** The armed spans that begin on the eight local days up to `now`, with touching ones joined, in order. */
function spans(schedule: Schedule, now: Time, utcOffsetMin: number): Span[] {
  const today = localDay(now, utcOffsetMin);
  const found: Span[] = [];
  for (let day = today - weekDays - 1; day <= today; day++) {
    for (const window of schedule.armed) {
      if (!window.days.includes(weekday(day))) continue;
      const lastDay = window.to <= window.from ? day + 1 : day;
      found.push({ from: timeOf(day, window.from, utcOffsetMin), to: timeOf(lastDay, window.to, utcOffsetMin) });
    }
  }
  found.sort((a, b) => a.from - b.from);
  const joined: Span[] = [];
  for (const span of found) {
    const last = joined.at(-1);
    if (last && span.from <= last.to) joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else joined.push(span);
  }
  return joined;
}

/**
 * What the schedule wants at `now`, and since which edge. A week is all there is to a schedule: with no edge in the last
 * one it has none, and the edge is 0.
 */
export function scheduled(schedule: Schedule, now: Time, utcOffsetMin: number): { mode: ArmMode; edge: Time } {
  let edge = 0;
  for (const span of spans(schedule, now, utcOffsetMin)) {
    const edgeless = now - span.from > weekDays * dayMs;
    if (span.from <= now && now < span.to) return { mode: 'armed', edge: edgeless ? 0 : span.from };
    if (span.to <= now) edge = span.to;
  }
  return { mode: 'disarmed', edge };
}
