/**
 * The plan of rounds: when each starts, until when a point can be reached, and until when it can still be told that it was.
 * From the configuration alone; it must never ask what has happened.
 */
import { localDay, timeOf, weekday } from '../site/calendar.ts';
import type { Checkpoint, Route, Time } from '../types.ts';

export interface PlannedRound {
  readonly start: Time;
  readonly person?: string;
}

/** From here on a touch may count for the round. */
export const opensAt = (route: Route, start: Time): Time =>
  start - Math.max(...route.checkpoints.map((p) => p.earlyMs));

/** Until here a touch may count for the point. */
export const reachedBy = (point: Checkpoint, start: Time): Time => start + point.afterMs + point.missMs;

/** Until here a touch may count for the round. */
export const lastDeadline = (route: Route, start: Time): Time =>
  Math.max(...route.checkpoints.map((point) => reachedBy(point, start)));

/** The rounds of a route that the plan has on a local day. */
export function roundsOn(route: Route, day: number, utcOffsetMin: number): PlannedRound[] {
  return route.rounds
    .filter(({ days }) => days.includes(weekday(day)))
    .map(({ start, person }) => ({
      start: timeOf(day, start, utcOffsetMin),
      ...(person !== undefined && { person }),
    }));
}

/** The rounds of a route on the local days around `at`. */
export function roundsAround(route: Route, at: Time, utcOffsetMin: number): PlannedRound[] {
  const today = localDay(at, utcOffsetMin);
  return [today - 1, today, today + 1].flatMap((day) => roundsOn(route, day, utcOffsetMin));
}

/**
 * When it is said that a point was missed: when it can be reached no more; where batons have to be read out first, not before
 * that is due. Until then the round is provisional.
 */
export function saidMissedAt(route: Route, point: Checkpoint, start: Time, utcOffsetMin: number): Time {
  const deadline = reachedBy(point, start);
  const { uploadBy } = route;
  if (uploadBy === undefined) return deadline;
  const over = lastDeadline(route, start);
  const day = localDay(over, utcOffsetMin);
  const due = timeOf(day, uploadBy, utcOffsetMin);
  return due > over ? due : timeOf(day + 1, uploadBy, utcOffsetMin);
}
