/**
 * Exceptions of one card's way: too fast, the same point again, two places at once, all tags in one place. Each of them is
 * something honest people do once; what is asked about is what they do not do all along. No rule here knows another.
 */

import type { ExceptionLimits, LimitsOf } from '../types.ts';
import { apartMs, byReader, endsOf, exception, grouped, nearMs, patrolDay, type Ways } from './exception-span.ts';
import type { PatrolException, WatchedSpan, WatchedTouch } from './exception-types.ts';

/** The touches of each card and patrol day, in the order they were made. */
export const days = ({ touches, utcOffsetMin }: WatchedSpan): Iterable<WatchedTouch[]> =>
  grouped(touches.filter(byReader), ({ card, taken }) => `${card}\n${patrolDay(taken, utcOffsetMin)}`).values();

/** Touches that follow each other at different points, and how long lies between them. */
function* hops(day: readonly WatchedTouch[]): Generator<readonly [WatchedTouch, WatchedTouch, number]> {
  for (const [n, touch] of day.entries()) {
    const before = day[n - 1];
    if (before && before.reader !== touch.reader) yield [before, touch, apartMs(before, touch)];
  }
}

/** Whether a touch is one of several within seconds: that is another rule's. */
const inOnePlace = (hopMs: number, limits: ExceptionLimits): boolean =>
  limits['one-place'] !== undefined && hopMs <= limits['one-place'].hopMs;

/** The planned round a touch may stand in. */
const roundAt = (span: WatchedSpan, touch: WatchedTouch) =>
  span.rounds.find(
    ({ from, to, points }) =>
      from <= touch.taken && touch.taken <= to && points.some(({ reader }) => reader === touch.reader),
  );

/** A leg: its two touches, how long it took, and the least it can take, ms. */
type Leg = readonly [WatchedTouch, WatchedTouch, number, number];
const total = (legs: readonly Leg[], of: 2 | 3) => legs.reduce((sum, leg) => sum + leg[of], 0);

/** Legs in a row, together faster than anybody walks: one may be run, and one plan may be generous. */
export function tooFast(span: WatchedSpan, limit: LimitsOf<'too-fast'>, ways: Ways, all: ExceptionLimits) {
  const found: PatrolException[] = [];
  for (const day of days(span)) {
    let row: Leg[] = [];
    let worst: Leg[] | undefined;
    for (const [from, to, ms] of hops(day)) {
      const leastMs = ways.legMs(from.reader, to.reader, limit.share);
      if (leastMs === undefined || inOnePlace(ms, all)) row = [];
      else row = [...row, [from, to, ms, leastMs] as const].slice(-limit.legs);
      if (row.length < limit.legs || total(row, 2) >= total(row, 3)) continue;
      if (!worst || total(row, 2) / total(row, 3) < total(worst, 2) / total(worst, 3)) worst = row;
    }
    if (!worst) continue;
    const touches = endsOf(worst);
    const round = roundAt(span, touches[0]!)?.id;
    const measured = { value: total(worst, 2), limit: Math.round(total(worst, 3)) };
    found.push(
      exception('too-fast', touches, span.utcOffsetMin, { ...measured, ...(round !== undefined && { round }) }),
    );
  }
  return found;
}

export function samePoint(span: WatchedSpan, limit: LimitsOf<'same-point'>) {
  const found: PatrolException[] = [];
  for (const day of days(span)) {
    const again = new Map<string, [WatchedTouch, WatchedTouch, number]>();
    const last = new Map<string, WatchedTouch>();
    for (const touch of day) {
      const before = last.get(touch.reader);
      const ms = before ? apartMs(before, touch) : Number.POSITIVE_INFINITY;
      // What bounced is the first touch still: only a later one is another.
      if (ms <= limit.bounceMs) continue;
      if (before && ms < limit.withinMs) again.set(touch.reader, [before, touch, ms]);
      last.set(touch.reader, touch);
    }
    if (again.size < limit.points) continue;
    const value = Math.min(...[...again.values()].map(([, , ms]) => ms));
    const touches = endsOf([...again.values()]);
    found.push(exception('same-point', touches, span.utcOffsetMin, { value, limit: limit.withinMs }));
  }
  return found;
}

export function twoPlaces(span: WatchedSpan, limit: LimitsOf<'two-places'>, ways: Ways) {
  const found: PatrolException[] = [];
  for (const day of days(span)) {
    const jumps: [WatchedTouch, WatchedTouch, number, number][] = [];
    for (const [from, to, ms] of hops(day)) {
      const crowMs = ways.crowMs(from.reader, to.reader);
      if (crowMs !== undefined && ms < crowMs * limit.share) jumps.push([from, to, ms, crowMs * limit.share]);
    }
    if (jumps.length < limit.hops) continue;
    const [, , value, least] = jumps.reduce((worst, jump) => (jump[2] / jump[3] < worst[2] / worst[3] ? jump : worst));
    const touches = endsOf(jumps);
    found.push(exception('two-places', touches, span.utcOffsetMin, { value, limit: Math.round(least) }));
  }
  return found;
}

export function onePlace(span: WatchedSpan, limit: LimitsOf<'one-place'>) {
  const found: PatrolException[] = [];
  for (const day of days(span)) {
    let best: WatchedTouch[] = [];
    let chain: WatchedTouch[] = [];
    const readers = (touches: readonly WatchedTouch[]) => new Set(touches.map(({ reader }) => reader)).size;
    for (const touch of day) {
      const before = chain.at(-1);
      chain = before && nearMs(before, touch) <= limit.hopMs ? [...chain, touch] : [touch];
      if (readers(chain) > readers(best)) best = chain;
    }
    if (readers(best) < limit.points) continue;
    const value = nearMs(best[0]!, best.at(-1)!);
    found.push(exception('one-place', best, span.utcOffsetMin, { value, limit: limit.hopMs * (readers(best) - 1) }));
  }
  return found;
}
