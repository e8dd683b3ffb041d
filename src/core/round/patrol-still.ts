/**
 * The still that goes with an alarm of patrol: of which camera, or that there can be none. What is known of a checkpoint only hours later, when a
 * baton was read out or a round was taken up again, has no still: one of then would be taken for one of the moment.
 */

import { cameraOfPatrol, routeOfPatrol } from '../site/checkpoint-camera.ts';
import { lookup } from '../site/lookup.ts';
import { postOfKey } from '../site/round-plan.ts';
import type { Alarm, Site, State } from '../types.ts';
import { RoundCourse } from './round-course.ts';

/** A picture taken much later is no evidence of the moment; our own number. */
export const stillWithinMs = 60_000;

/** Whether an alarm of patrol was raised when what it speaks of was over for too long to take a still of it. */
export function isSaidLate(site: Site, state: Pick<State, 'rounds' | 'changedRounds'>, alarm: Alarm): boolean {
  if (alarm.kind === 'short-handed') {
    return lookup(site.posts ?? {}, postOfKey(alarm.key) ?? '')?.uploadBy !== undefined;
  }
  const found = routeOfPatrol(site, alarm);
  if (!found) return false;
  const { route, point } = found;
  if (route.uploadBy !== undefined) return true;
  const round = alarm.round === undefined ? undefined : state.rounds.get(alarm.round);
  if (!round) return false;
  const course = new RoundCourse(route, round, state.changedRounds.get(round.id)?.changes);
  return alarm.raisedAt - course.reachedBy(point) > stillWithinMs;
}

/** The camera that a still is owed of; undefined where there is none, or where it would be of another time. */
export function stillOfPatrol(site: Site, state: State, alarm: Alarm): string | undefined {
  const camera = cameraOfPatrol(site, alarm);
  return camera !== undefined && isSaidLate(site, state, alarm) ? undefined : camera;
}
