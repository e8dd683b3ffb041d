/**
 * The verdicts of one round from the touches that belong to it: docs/patrol.md says what each means. They rest on the plan and
 * on when the touches were made, never on the order in which they reached us. Pure; it must never ask State.
 */
import type { RoundCourse } from '../round/round-course.ts';
import type { Checkpoint, PatrolVerdict, ReaderTouch, Time } from '../types.ts';

/** A touch with the time it is judged by. */
export interface CountedTouch {
  readonly at: Time;
  readonly card: string;
  readonly person?: string;
  readonly source: ReaderTouch['source'];
}

/** What became of a point, and by which touch; no touch when nobody came. */
export interface PointResult {
  readonly verdict: PatrolVerdict;
  readonly touch?: CountedTouch;
}

/** The round as it is judged. */
export interface JudgedRound {
  readonly course: RoundCourse;
  readonly ordered: boolean;
  /** Whether cards are known by name at all: where none is, no card is unknown. */
  readonly cardsKnown: boolean;
}

/** Touches of one point that can matter at most; ours: one a minute while a point can be reached, and then some. */
const candidatesMax = 24;

/** The verdict of a point by time alone. */
function byTime(point: Checkpoint, course: RoundCourse, taken: Time): 'on-time' | 'early' | 'late' {
  const off = taken - course.plan(point, taken);
  if (off < -point.earlyMs) return 'early';
  return off > point.lateMs ? 'late' : 'on-time';
}

type Kind = 'counts' | 'wrong-person' | 'unknown-card' | 'by-hand';

function kindOf({ at, source, person }: CountedTouch, { course, cardsKnown }: JudgedRound): Kind {
  if (source === 'hand') return 'by-hand';
  // A baton names the point and often not who carried it: that it was there, it vouches for.
  if (person === undefined) return cardsKnown && source !== 'import' ? 'unknown-card' : 'counts';
  // Whoever was planned when it was touched: another may have taken over since.
  const planned = course.peopleAt(at);
  const anybody = planned.person === undefined && planned.second === undefined;
  return anybody || planned.person === person || planned.second === person ? 'counts' : 'wrong-person';
}

/** Which of two touches of a point serves it better: on time before not; of those on time the first, else the nearer to the plan. */
function betterFor(point: Checkpoint, course: RoundCourse): (a: CountedTouch, b: CountedTouch) => number {
  const rank = ({ at }: CountedTouch) =>
    byTime(point, course, at) === 'on-time' ? { on: 0, off: 0 } : { on: 1, off: Math.abs(at - course.plan(point, at)) };
  return (a, b) => {
    const [one, other] = [rank(a), rank(b)];
    return one.on - other.on || one.off - other.off || a.at - b.at || (a.card < b.card ? -1 : a.card > b.card ? 1 : 0);
  };
}

interface WalkStep {
  readonly point: Checkpoint;
  readonly touch: CountedTouch;
  readonly length: number;
  readonly onTime: number;
  readonly before: WalkStep | undefined;
}

/** Whether one walk goes before another: more points, then more of them on time, then the one that ends sooner. */
const goesBefore = (a: WalkStep, b: WalkStep | undefined): boolean =>
  b === undefined ||
  a.length > b.length ||
  (a.length === b.length && (a.onTime > b.onTime || (a.onTime === b.onTime && a.touch.at < b.touch.at)));

/**
 * The best walk that keeps the route's order, as the touch of each of its points. One stray touch then spoils its own point
 * and not every other; of two swapped points the one is left out that was touched after the point behind it.
 */
function walkInOrder(
  course: RoundCourse,
  touches: ReadonlyMap<string, readonly CountedTouch[]>,
): Map<string, CountedTouch> {
  const steps: WalkStep[] = [];
  let best: WalkStep | undefined;
  for (const point of course.route.checkpoints) {
    const here: WalkStep[] = [];
    for (const touch of touches.get(point.id) ?? []) {
      let before: WalkStep | undefined;
      for (const step of steps) if (step.touch.at <= touch.at && goesBefore(step, before)) before = step;
      const onTime = (before?.onTime ?? 0) + (byTime(point, course, touch.at) === 'on-time' ? 1 : 0);
      const step = { point, touch, length: (before?.length ?? 0) + 1, onTime, before };
      here.push(step);
      if (goesBefore(step, best)) best = step;
    }
    steps.push(...here);
  }
  const walk: WalkStep[] = [];
  for (let step = best; step; step = step.before) walk.unshift(step);
  return refined(walk, course, touches);
}

/** Of each point of a walk the touch that serves it best without leaving the order. */
function refined(
  walk: readonly WalkStep[],
  course: RoundCourse,
  touches: ReadonlyMap<string, readonly CountedTouch[]>,
): Map<string, CountedTouch> {
  const chosen = new Map<string, CountedTouch>();
  let from = Number.NEGATIVE_INFINITY;
  walk.forEach(({ point, touch }, i) => {
    const to = walk[i + 1]?.touch.at ?? Number.POSITIVE_INFINITY;
    const [first = touch] = (touches.get(point.id) ?? [])
      .filter(({ at }) => at >= from && at <= to)
      .sort(betterFor(point, course));
    chosen.set(point.id, first);
    from = first.at;
  });
  return chosen;
}

/** What became of each point that was touched at all. `touches`: by point, all that belong to this round. */
export function verdicts(
  judged: JudgedRound,
  touches: ReadonlyMap<string, readonly CountedTouch[]>,
): Map<string, PointResult> {
  const { course, ordered } = judged;
  const { checkpoints } = course.route;
  const counting = new Map<string, CountedTouch[]>();
  const others = new Map<string, PointResult>();
  for (const point of checkpoints) {
    const all = [...(touches.get(point.id) ?? [])].sort(betterFor(point, course));
    const counts = all.filter((touch) => kindOf(touch, judged) === 'counts').slice(0, candidatesMax);
    if (counts.length > 0) {
      counting.set(point.id, counts);
      continue;
    }
    for (const verdict of ['wrong-person', 'by-hand', 'unknown-card'] as const) {
      const touch = all.find((one) => kindOf(one, judged) === verdict);
      if (touch && !others.has(point.id)) others.set(point.id, { verdict, touch });
    }
  }
  const walk = ordered ? walkInOrder(course, counting) : undefined;
  const result = new Map(others);
  for (const point of checkpoints) {
    const own = counting.get(point.id)?.[0];
    if (!own) continue;
    const touch = walk ? walk.get(point.id) : own;
    result.set(
      point.id,
      touch ? { verdict: byTime(point, course, touch.at), touch } : { verdict: 'wrong-order', touch: own },
    );
  }
  return result;
}
