/**
 * Days, weekdays, school days and armed windows in the school's local time. China keeps one offset all year, so local time
 * is UTC plus a fixed number of minutes and needs no time-zone tables. Never reads a clock.
 */
import type { AreaMode, Calendar, DaySpan, Schedule, Site, Time, Window, Words } from '../types.ts';

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

/** `2026-11-22 22:00:07`, local; for people, where the day matters. */
export function localSecond(at: Time, utcOffsetMin: number): string {
  return new Date(at + utcOffsetMin * minuteMs).toISOString().slice(0, 19).replace('T', ' ');
}

/** As what a day counts, and why it is no ordinary one. */
export interface DayKind {
  /** A weekday, 0 Sunday … 6 Saturday, or no school. */
  readonly as: number | 'holiday';
  readonly why: 'plan' | 'holiday' | 'outside-term' | 'exception';
  readonly title?: Words;
}

const within = (spans: readonly DaySpan[], day: number) => spans.find(({ from, to }) => from <= day && day <= to);

/** What the calendar says of a local day: an exception before a holiday, a holiday before the term. */
export function dayKind(calendar: Calendar, day: number): DayKind {
  const exception = calendar.exceptions.find((one) => one.day === day);
  if (exception) return { as: exception.as, why: 'exception', title: exception.title };
  const holiday = within(calendar.holidays, day);
  if (holiday) return { as: 'holiday', why: 'holiday', title: holiday.title };
  if (calendar.terms.length > 0 && !within(calendar.terms, day)) return { as: 'holiday', why: 'outside-term' };
  return { as: weekday(day), why: 'plan' };
}

/** Nobody should be there: armed from midnight to midnight. */
const wholeDay: readonly Window[] = [{ days: [], from: 0, to: 0 }];

function windowsOn(schedule: Schedule, { as }: DayKind, day: number): readonly Window[] {
  if (as !== 'holiday') return schedule.armed.filter(({ days }) => days.includes(as));
  return schedule.holiday?.filter(({ days }) => days.includes(weekday(day))) ?? wholeDay;
}

/** A stretch of one mode. Stretches of a plan follow each other without a gap and never reach over a midnight. */
export interface Stretch {
  readonly from: Time;
  readonly to: Time;
  readonly mode: AreaMode;
  /** The day whose plan it is. */
  readonly day: DayKind;
}

type Ground = Pick<Site, 'calendar' | 'utcOffsetMin'>;

/** What the windows of these days arm, overlaps and all; the later day first. */
function armings(schedule: Schedule, { calendar, utcOffsetMin }: Ground, first: number, last: number): Stretch[] {
  const found: Stretch[] = [];
  for (let number = last; number >= first; number--) {
    const day = dayKind(calendar, number);
    for (const { from, to, mode } of windowsOn(schedule, day, number)) {
      const end = timeOf(to <= from ? number + 1 : number, to, utcOffsetMin);
      found.push({ from: timeOf(number, from, utcOffsetMin), to: end, mode: mode ?? 'away', day });
    }
  }
  return found;
}

/** What a schedule wants from the first moment of one local day to the last of another. */
export function stretches(schedule: Schedule, site: Ground, first: number, last: number): Stretch[] {
  const { calendar, utcOffsetMin } = site;
  // A window of the day before may run into the first.
  const armed = armings(schedule, site, first - 1, last);
  const begin = timeOf(first, 0, utcOffsetMin);
  const end = timeOf(last + 1, 0, utcOffsetMin);
  const edges = new Set<Time>(armed.flatMap(({ from, to }) => [from, to]));
  for (let day = first; day <= last + 1; day++) edges.add(timeOf(day, 0, utcOffsetMin));
  const times = [...edges].filter((time) => begin <= time && time <= end).sort((a, b) => a - b);
  return times.slice(0, -1).map((from, i) => {
    const covering = armed.filter((one) => one.from <= from && from < one.to);
    const { mode, day } = covering.find((one) => one.mode === 'away') ??
      covering[0] ?? { mode: 'disarmed', day: dayKind(calendar, localDay(from, utcOffsetMin)) };
    return { from, to: times[i + 1] ?? end, mode, day };
  });
}

/** What the schedule wants at a moment, and since which edge. */
export interface Wish {
  readonly mode: AreaMode;
  readonly edge: Time;
}

/**
 * What the schedule wants at `now`, and since which edge. No further back than eight days: what held longer has no edge
 * that anybody remembers, and the edge is 0.
 */
export function scheduled(schedule: Schedule, site: Ground, now: Time): Wish {
  const today = localDay(now, site.utcOffsetMin);
  let mode: AreaMode | undefined;
  let edge = 0;
  // Back from now, a day at a time: most plans changed yesterday or today.
  for (let day = today; day >= today - weekDays - 1; day--) {
    for (const stretch of stretches(schedule, site, day, day).reverse()) {
      if (stretch.from > now) continue;
      if (mode !== undefined && stretch.mode !== mode) return { mode, edge };
      mode = stretch.mode;
      edge = stretch.from;
    }
  }
  return { mode: mode ?? 'disarmed', edge: 0 };
}
