/**
 * The times of a round: when it opens, until when a point can be reached, and until when it can still be told that it was.
 * From the configuration alone; it must never ask what has happened.
 */
import { localDay, timeOf } from '../site/calendar.ts';
import { type PlannedRound, roundsOn } from '../site/round-plan.ts';
import type { Checkpoint, Route, Site, Time } from '../types.ts';

/** From here on a touch may count for the round. */
export const opensAt = (route: Route, start: Time): Time =>
  start - Math.max(...route.checkpoints.map((p) => p.earlyMs));

/** Until here a touch may count for the point. */
export const reachedBy = (point: Checkpoint, start: Time): Time => start + point.afterMs + point.missMs;

/** Until here a touch may count for the round. */
export const lastDeadline = (route: Route, start: Time): Time =>
  Math.max(...route.checkpoints.map((point) => reachedBy(point, start)));

/** The rounds of a route on the local days around `at`. */
export function roundsAround(site: Site, route: Route, at: Time): PlannedRound[] {
  const today = localDay(at, site.utcOffsetMin);
  return [today - 1, today, today + 1].flatMap((day) => roundsOn(site, route, day));
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
