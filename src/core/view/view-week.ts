/**
 * The rounds of the next seven days, day by day: what the calendar makes of the day, and each round as it stands with what was changed
 * ahead of time. Today from now on. Pure queries; it must never hold words or pixels.
 */
import { type DayKind, dayKind, localDay } from '../site/calendar.ts';
import { roundId, roundsOn } from '../site/round-plan.ts';
import type { Round, Site, Time } from '../types.ts';
import { type ChangedRounds, type RoundRow, roundRow } from './round-rows.ts';

const weekDays = 7;

/** A day with the rounds that are still to be walked in it. */
export interface PatrolDay {
  /** Local days since 1970-01-01. */
  readonly day: number;
  readonly kind: DayKind;
  readonly rounds: readonly RoundRow[];
}

/** Seven days from the one that holds `at`, and what is left of their rounds. */
export function patrolWeek(
  site: Site,
  rounds: ReadonlyMap<string, Round>,
  at: Time,
  changed: ChangedRounds,
): PatrolDay[] {
  const today = localDay(at, site.utcOffsetMin);
  return Array.from({ length: weekDays }, (_, i) => today + i).map((day) => {
    const rows = Object.values(site.routes).flatMap((route) =>
      roundsOn(site, route, day).map((planned) => {
        const id = roundId(route.id, planned.start, site.utcOffsetMin);
        return roundRow({ ...planned, route, earlier: false }, rounds.get(id), id, at, changed);
      }),
    );
    return {
      day,
      kind: dayKind(site.calendar, day),
      rounds: rows
        .filter(({ phase, course }) => phase !== 'over' && course.last >= at)
        .sort((a, b) => a.start - b.start || (a.route.id < b.route.id ? -1 : 1)),
    };
  });
}
