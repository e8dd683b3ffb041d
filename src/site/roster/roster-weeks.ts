/**
 * What comes of a roster over the days it repeats itself in: who is named for two shifts at once, which shift lacks people, at which
 * hours of a week nobody is on duty. It reckons with the functions of the core and reports nothing itself.
 */
import { namedFor, type RosterGround, type ShiftDay, shiftsOn } from '../../core/duty/roster-days.ts';
import type { DutyShift, Roster, ShiftTurn } from '../../core/types.ts';

const weekMin = 7 * 1_440;
/** Longer than any usual turn repeats itself; ours, so that a check ends. */
const daysMax = 1_100;

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

/** After so many days all turns are where they were. */
function cycle(turns: readonly ShiftTurn[]): number {
  let days = 7;
  for (const { order, eachDays } of turns) {
    const own = order.length * eachDays;
    days = Math.min(daysMax, (days / divisor(days, own)) * own);
  }
  return days;
}

/** The days to look at: one whole cycle, all that the calendar and temporary rosters speak of, in order. */
export function daysToLookAt({ calendar, roster }: RosterGround & { readonly roster: Roster }): number[] {
  const { terms, holidays, exceptions } = calendar;
  const spans = [...terms, ...holidays, ...exceptions.map(({ day }) => ({ from: day, to: day })), ...roster.temporary];
  const first = Math.min(...spans.map(({ from }) => from), ...roster.turns.map(({ anchor }) => anchor));
  const begin = Number.isFinite(first) ? first : 0;
  const last = Math.max(begin + cycle(roster.turns), ...spans.map(({ to }) => to));
  const days = new Set<number>();
  for (let day = begin; day <= Math.min(last, begin + daysMax); day++) days.add(day);
  for (const { from, to } of roster.temporary)
    for (let day = from - 1; day <= Math.min(to + 1, from + daysMax); day++) days.add(day);
  return [...days].sort((a, b) => a - b);
}

/** A shift of a day with those whom turns name for it. */
export interface NamedShift extends ShiftDay {
  readonly named: readonly string[];
}

export const namedShifts = (site: RosterGround, day: number): NamedShift[] =>
  shiftsOn(site, day).map((one) => ({ ...one, named: namedFor(site, one.shift.id, day) }));

/** Who stands in two of these shifts at the same time. */
export function doubleDuty(
  shifts: readonly NamedShift[],
): (readonly [person: string, one: NamedShift, other: NamedShift])[] {
  return shifts.flatMap((one, n) =>
    shifts
      .slice(0, n)
      .filter((other) => other.from < one.until && one.from < other.until)
      .flatMap((other) =>
        one.named.filter((who) => other.named.includes(who)).map((who) => [who, other, one] as const),
      ),
  );
}

/** The minutes of a week, from Sunday, in which none of these shifts runs: each from and to. One that reaches over the end wraps. */
export function unattended(shifts: readonly DutyShift[]): (readonly [from: number, to: number])[] {
  const spans = shifts.flatMap(({ days, from, until }) =>
    days.map((day) => [day * 1_440 + from, (until <= from ? day + 1 : day) * 1_440 + until] as const),
  );
  // A week before and after: what runs over the end of one is there at the beginning of the next.
  const around = [-weekMin, 0, weekMin].flatMap((by) => spans.map(([from, to]) => [from + by, to + by] as const));
  around.sort(([a], [b]) => a - b);
  if (spans.length === 0) return [[0, weekMin]];
  const gaps: (readonly [number, number])[] = [];
  let reached = around[0]![1];
  for (const [from, to] of around) {
    if (from > reached && from > 0 && from <= weekMin) gaps.push([reached, from]);
    reached = Math.max(reached, to);
  }
  return gaps;
}
