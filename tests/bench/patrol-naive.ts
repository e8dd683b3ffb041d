/**
 * The judge that stands beside: every rule as it is commonly worded, taken by the letter, each touch by itself. What it accuses honest
 * people of is what the rules of the core were made to let be.
 */

import type { WatchedSpan, WatchedTouch } from '../../src/core/exception/exception-types.ts';
import type { ExceptionRule } from '../../src/core/types.ts';

export interface NaiveFinding {
  readonly rule: ExceptionRule;
  readonly touches: readonly WatchedTouch[];
}

const minuteMs = 60_000;

export function naive({ touches, rounds, duty, utcOffsetMin }: WatchedSpan): NaiveFinding[] {
  const found: NaiveFinding[] = [];
  const say = (rule: ExceptionRule, ...some: WatchedTouch[]) => found.push({ rule, touches: some });
  const legs = new Map<string, number>();
  for (const { points } of rounds)
    for (const [n, point] of points.entries())
      if (n > 0) legs.set(`${points[n - 1]!.reader}\n${point.reader}`, (point.afterMs - points[n - 1]!.afterMs) / 2);
  const sorted = touches.filter(({ source }) => source !== 'hand').sort((a, b) => a.taken - b.taken);
  const last = new Map<string, WatchedTouch>();
  const atPoint = new Map<string, WatchedTouch>();
  const recent = new Map<string, WatchedTouch[]>();
  for (const touch of sorted) {
    const before = last.get(touch.card);
    const leastMs = before && legs.get(`${before.reader}\n${touch.reader}`);
    if (before && leastMs !== undefined && touch.taken - before.taken < leastMs) say('too-fast', before, touch);
    if (before && leastMs === undefined && before.reader !== touch.reader && touch.taken - before.taken < minuteMs)
      say('two-places', before, touch);
    last.set(touch.card, touch);
    const same = atPoint.get(`${touch.card}\n${touch.reader}`);
    if (same && touch.taken - same.taken < minuteMs) say('same-point', same, touch);
    atPoint.set(`${touch.card}\n${touch.reader}`, touch);
    const few = [...(recent.get(touch.card) ?? []).filter(({ taken }) => touch.taken - taken < minuteMs), touch];
    if (new Set(few.map(({ reader }) => reader)).size >= 3) say('one-place', ...few);
    recent.set(touch.card, few);
    const on = duty.some(({ person, from, to }) => person === touch.person && from <= touch.taken && touch.taken <= to);
    if (!on) say('off-duty', touch);
  }
  pairs(sorted, (some) => say('together', ...some));
  patterns(sorted, rounds, (some) => say('same-pattern', ...some));
  const newest = new Map<string, WatchedTouch>();
  for (const touch of touches.filter(({ source }) => source !== 'hand')) {
    const key = touch.batch ?? touch.reader;
    const before = newest.get(key);
    if (before && before.taken > touch.taken) say('clock-jump', before, touch);
    newest.set(key, touch);
    if (touch.source !== 'online' && touch.at - touch.taken > 30 * minuteMs) say('late-batch', touch);
  }
  const weeks = new Map<string, WatchedTouch[]>();
  for (const touch of touches.filter(({ source }) => source === 'hand')) {
    const key = `${touch.card}/${Math.floor((touch.taken + utcOffsetMin * minuteMs) / (7 * 1440 * minuteMs))}`;
    weeks.set(key, [...(weeks.get(key) ?? []), touch]);
  }
  for (const week of weeks.values()) if (week.length > 2) say('by-hand', ...week);
  addresses(touches, (some) => say('one-address', ...some));
  return found;
}

/** Two cards less than 5 s apart at five points, at any time. */
function pairs(sorted: readonly WatchedTouch[], say: (some: WatchedTouch[]) => void): void {
  const near = new Map<string, WatchedTouch[]>();
  for (const [n, touch] of sorted.entries())
    for (let m = n + 1; m < sorted.length && sorted[m]!.taken - touch.taken < 5_000; m++) {
      const other = sorted[m]!;
      if (other.reader !== touch.reader || other.card === touch.card) continue;
      const key = [touch.card, other.card].sort().join('+');
      near.set(key, [...(near.get(key) ?? []), touch, other]);
    }
  for (const some of near.values()) if (some.length >= 10) say(some);
}

/** The same minutes after the first touch in five rounds of one card and route, in a row. */
function patterns(
  sorted: readonly WatchedTouch[],
  rounds: WatchedSpan['rounds'],
  say: (some: WatchedTouch[]) => void,
): void {
  const runs = new Map<string, { minutes: string; walks: WatchedTouch[][] }>();
  for (const round of rounds) {
    const inside = sorted.filter(({ taken }) => round.from <= taken && taken <= round.to);
    for (const card of new Set(inside.map((one) => one.card))) {
      const walk = round.points.map(({ reader }) => inside.find((one) => one.card === card && one.reader === reader));
      if (!walk.every((one) => one !== undefined)) continue;
      const minutes = walk.map(({ taken }) => Math.round((taken - walk[0]!.taken) / minuteMs)).join();
      const key = `${round.route}\n${card}`;
      const run = runs.get(key);
      const walks = run?.minutes === minutes ? [...run.walks, walk] : [walk];
      if (walks.length === 5) say(walks.flat());
      runs.set(key, { minutes, walks });
    }
  }
}

/** Three readers from one address within a minute. */
function addresses(touches: readonly WatchedTouch[], say: (some: WatchedTouch[]) => void): void {
  const recent = new Map<string, WatchedTouch[]>();
  for (const touch of touches) {
    if (touch.address === undefined) continue;
    const few = [...(recent.get(touch.address) ?? []).filter(({ at }) => touch.at - at < minuteMs), touch];
    if (new Set(few.map(({ reader }) => reader)).size >= 3) say(few);
    recent.set(touch.address, few);
  }
}
