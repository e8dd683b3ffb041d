/**
 * Rounds that are too much alike to have been walked. It looks at the seconds of each leg: whoever waits at a point for the
 * planned minute touches in the same minute every time, and is honest. Records that hold no seconds are not judged.
 */

import type { LimitsOf } from '../types.ts';
import { byReader, exception, grouped } from './exception-span.ts';
import type { PatrolException, WatchedRound, WatchedSpan, WatchedTouch } from './exception-types.ts';

/** So many differences are needed, legs times rounds beyond the first, for a spread to mean something: four points in five rounds. */
const leastDifferences = 12;

/** The first touch of each point of a round by a card, when it touched all of them. */
function walkOf(round: WatchedRound, touches: readonly WatchedTouch[]): WatchedTouch[] | undefined {
  const walk = round.points.map(({ reader }) => touches.find((touch) => touch.reader === reader));
  return walk.every((touch) => touch !== undefined) ? walk : undefined;
}

/** Root mean square of what the legs of these walks differ by from their means, ms. */
function spreadMs(walks: readonly (readonly WatchedTouch[])[]): number {
  const legs = walks[0]!.length - 1;
  let squares = 0;
  for (let leg = 0; leg < legs; leg++) {
    const times = walks.map((walk) => walk[leg + 1]!.taken - walk[leg]!.taken);
    const mean = times.reduce((sum, ms) => sum + ms, 0) / times.length;
    for (const ms of times) squares += (ms - mean) ** 2;
  }
  return Math.sqrt(squares / (legs * (walks.length - 1)));
}

export function samePattern(span: WatchedSpan, limit: LimitsOf<'same-pattern'>): PatrolException[] {
  const walks = new Map<string, WatchedTouch[][]>();
  const byCard = [...grouped(span.touches.filter(byReader), ({ card }) => card)];
  for (const round of [...span.rounds].sort((a, b) => a.from - b.from)) {
    for (const [card, touches] of byCard) {
      const walk = walkOf(round, within(touches, round.from, round.to));
      if (!walk || walk.every(({ taken }) => taken % 60_000 === 0)) continue;
      const key = `${round.route}\n${card}`;
      walks.set(key, [...(walks.get(key) ?? []), walk]);
    }
  }
  const found: PatrolException[] = [];
  for (const all of walks.values()) {
    const length = Math.max(limit.rounds, Math.ceil(leastDifferences / Math.max(1, all[0]!.length - 1)) + 1);
    if (all[0]!.length < 3) continue;
    for (let n = 0; n + length <= all.length; n++) {
      const some = all.slice(n, n + length);
      const value = spreadMs(some);
      if (value > limit.spreadMs) continue;
      found.push(
        exception('same-pattern', some.flat(), span.utcOffsetMin, { value: Math.round(value), limit: limit.spreadMs }),
      );
      n += length - 1;
    }
  }
  return found;
}

/** Touches between two times, of a list in the order they were made. */
function within(touches: readonly WatchedTouch[], from: number, to: number): WatchedTouch[] {
  let low = 0;
  let high = touches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (touches[middle]!.taken < from) low = middle + 1;
    else high = middle;
  }
  const some: WatchedTouch[] = [];
  for (let n = low; n < touches.length && touches[n]!.taken <= to; n++) some.push(touches[n]!);
  return some;
}
