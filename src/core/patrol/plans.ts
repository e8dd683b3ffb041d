/**
 * The times of a round: when it opens and until when a point can be reached by its plan, and until when it can still be told that it
 * was. It must never ask what has happened.
 */
import type { RoundCourse } from '../round/round-course.ts';
import { localDay, timeOf } from '../site/calendar.ts';
import { type PlannedRound, roundsOn } from '../site/round-plan.ts';
import type { Checkpoint, Route, Site, Time } from '../types.ts';

/** From here on a touch may count for the round. */
export const opensAt = (route: Route, start: Time): Time =>
  start - Math.max(...route.checkpoints.map((p) => p.earlyMs));

/** Until here a touch may count for the round, as it is planned. */
export const lastDeadline = (route: Route, start: Time): Time =>
  start + Math.max(...route.checkpoints.map(({ afterMs, missMs }) => afterMs + missMs));

/** The rounds of a route on the local days around `at`. */
export function roundsAround(site: Site, route: Route, at: Time): PlannedRound[] {
  const today = localDay(at, site.utcOffsetMin);
  return [today - 1, today, today + 1].flatMap((day) => roundsOn(site, route, day));
}

/**
 * When it is said that a point was missed: when it can be reached no more; where batons have to be read out first, not before
 * that is due. Until then the round is provisional.
 */
export function saidMissedAt(course: RoundCourse, point: Checkpoint, utcOffsetMin: number): Time {
  const { uploadBy } = course.route;
  if (uploadBy === undefined) return course.reachedBy(point);
  const over = course.last;
  const day = localDay(over, utcOffsetMin);
  const due = timeOf(day, uploadBy, utcOffsetMin);
  return due > over ? due : timeOf(day + 1, uploadBy, utcOffsetMin);
}
