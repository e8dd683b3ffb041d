/**
 * How long the legs of a round took against the longest that the plan allows. A verdict of the leg, not of its points: whoever dawdles and
 * still comes in time was there in time, and a head sees where the minutes went. It must never change what a point or a round comes to.
 */
import type { CheckpointCheck, Time } from '../types.ts';
import type { RoundCourse } from './round-course.ts';

/** A leg of which the plan says how long it may take, walked from one point to the next. */
export interface RoundLeg {
  /** Ids of its points. */
  readonly from: string;
  readonly to: string;
  readonly tookMs: number;
  /** What it took beyond the longest allowed; negative where there was time left. */
  readonly overMs: number;
}

type Touched = Pick<CheckpointCheck, 'sourceTime'>;

/** The legs that have a longest time and were walked in their order, standing still left out. */
export function legsOf(course: RoundCourse, checkOf: (checkpoint: string) => Touched | undefined): RoundLeg[] {
  const { checkpoints } = course.route;
  return checkpoints.flatMap(({ id, mostMs }, i) => {
    const before = checkpoints[i - 1];
    const [left, came] = [before && checkOf(before.id)?.sourceTime, checkOf(id)?.sourceTime];
    if (!before || mostMs === undefined || left === undefined || came === undefined || came < left) return [];
    const tookMs = came - left - stoodStill(course, left, came);
    return [{ from: before.id, to: id, tookMs, overMs: tookMs - mostMs }];
  });
}

/** How long the round stood still between two times. */
const stoodStill = ({ pauses }: RoundCourse, from: Time, to: Time): number =>
  pauses.reduce((ms, pause) => ms + Math.max(0, Math.min(to, pause.to) - Math.max(from, pause.from)), 0);
