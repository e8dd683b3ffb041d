/**
 * Two cards in one hand. People who walk together touch one after the other, now quickly and now not; whoever carries both
 * cards is always quick. Two who are planned together are looked at for longer before anybody is asked.
 */

import type { LimitsOf } from '../types.ts';
import { apartMs, byReader, endsOf, exception, grouped, patrolDay } from './exception-span.ts';
import type { PatrolException, WatchedSpan, WatchedTouch } from './exception-types.ts';

/** How far apart two touches of one point may be to be of one visit. */
const visitMs = 120_000;

/** After so long without meeting, it is another walk. */
const walkMs = 3_600_000;

/** Two touches of one visit, and how far apart they are, ms. */
type Meeting = readonly [WatchedTouch, WatchedTouch, number];
interface Met {
  readonly close: Meeting[];
}

/** For each two cards of a patrol day: the points they touched within a visit, and how near. */
function pairsOf(day: readonly WatchedTouch[]): Map<string, Met> {
  const pairs = new Map<string, Met>();
  for (const point of grouped(day, ({ reader }) => reader).values()) {
    for (const [n, touch] of point.entries()) {
      // Only the next touch of each other card: a card that bounces is one.
      const met = new Set([touch.card]);
      for (let next = n + 1; next < point.length && point[next]!.taken - touch.taken <= visitMs; next++) {
        const other = point[next]!;
        if (other.card === touch.card) break;
        // Further cards of the same person are in one hand, and are no second person on paper.
        const own = touch.person !== undefined && other.person === touch.person;
        if (own || met.has(other.card)) continue;
        met.add(other.card);
        const key = touch.card < other.card ? `${touch.card}\n${other.card}` : `${other.card}\n${touch.card}`;
        const pair = pairs.get(key) ?? { close: [] };
        pair.close.push([touch, other, apartMs(touch, other)]);
        pairs.set(key, pair);
      }
    }
  }
  return pairs;
}

/** Visits of points by either card while they walked. */
function visits(day: readonly WatchedTouch[], cards: readonly string[], walk: readonly Meeting[]): number {
  if (walk.length === 0) return 0;
  const [from, to] = [walk[0]![0].taken, walk.at(-1)![1].taken];
  let count = 0;
  const last = new Map<string, number>();
  for (const { card, reader, taken } of day) {
    if (!cards.includes(card) || taken < from || taken > to) continue;
    if (taken - (last.get(reader) ?? Number.NEGATIVE_INFINITY) > visitMs) count += 1;
    last.set(reader, taken);
  }
  return count;
}

export function together(span: WatchedSpan, limit: LimitsOf<'together'>): PatrolException[] {
  const found: PatrolException[] = [];
  const days = grouped(span.touches.filter(byReader), ({ taken }) => String(patrolDay(taken, span.utcOffsetMin)));
  for (const day of days.values()) {
    for (const [key, { close }] of pairsOf(day)) {
      if (close.length < limit.points) continue;
      const meetings = close.sort(([a], [b]) => a.taken - b.taken);
      const planned = meetings.filter((one) => plannedTogether(span, one));
      const byChance = meetings.filter((one) => !planned.includes(one));
      for (const [walk, least] of [[planned, limit.pairPoints] as const, ...walksOf(byChance, limit.points)]) {
        const near = walk.filter(([, , ms]) => ms < limit.withinMs);
        if (near.length < least || near.length < visits(day, key.split('\n'), walk) * limit.share) continue;
        const measured = { value: near.length, limit: least };
        found.push(exception('together', endsOf(near), span.utcOffsetMin, measured));
      }
    }
  }
  return found;
}

/** Meetings by the walk they were made on: those of another round say nothing of this one. */
function walksOf(meetings: readonly Meeting[], least: number): (readonly [Meeting[], number])[] {
  const walks: (readonly [Meeting[], number])[] = [];
  for (const meeting of meetings) {
    const [walk] = walks.at(-1) ?? [];
    if (walk && meeting[0].taken - walk.at(-1)![0].taken < walkMs) walk.push(meeting);
    else walks.push([[meeting], least]);
  }
  return walks;
}

const plannedTogether = ({ rounds }: WatchedSpan, [a, b]: Meeting): boolean =>
  rounds.some(
    ({ from, to, people }) =>
      from <= a.taken &&
      a.taken <= to &&
      a.person !== undefined &&
      b.person !== undefined &&
      people.includes(a.person) &&
      people.includes(b.person),
  );
