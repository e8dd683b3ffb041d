/**
 * What several rules ask of a span of touches: by whom, in what order, on what patrol day, and how long a way takes at least. It
 * must never decide that something is an exception.
 */
import type { ExceptionRule } from '../types.ts';
import type { PatrolException, RoundPoint, WatchedRound, WatchedTouch } from './exception-types.ts';

const dayMs = 86_400_000;
/** Evidence names this many touches; who looks needs the first ones. */
const namedMax = 12;

/** The patrol day: from noon to noon, so that a night is one day. Counted from 1970-01-01. */
export const patrolDay = (taken: number, utcOffsetMin: number): number =>
  Math.floor((taken + utcOffsetMin * 60_000 - dayMs / 2) / dayMs);

/** Touches a reader made (a hand that wrote one down was at no point), by what `of` says, each in the order they were made. */
export function grouped(
  touches: readonly WatchedTouch[],
  of: (touch: WatchedTouch) => string | undefined,
): Map<string, WatchedTouch[]> {
  const groups = new Map<string, WatchedTouch[]>();
  for (const touch of touches) {
    const key = of(touch);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(touch);
    else groups.set(key, [touch]);
  }
  for (const group of groups.values()) group.sort((a, b) => a.taken - b.taken);
  return groups;
}

export const byReader = (touch: WatchedTouch): boolean => touch.source !== 'hand';

/** Told at once: then our own clock says as well when it was. */
const live = (a: WatchedTouch, b: WatchedTouch) => a.source === 'online' && b.source === 'online';

/**
 * How long lies between two touches, in favour of whoever made them: readers' clocks differ, so where both were told at once, ours
 * is asked as well. One reader has one clock.
 */
export function apartMs(a: WatchedTouch, b: WatchedTouch): number {
  const taken = Math.abs(b.taken - a.taken);
  return a.reader !== b.reader && live(a, b) ? Math.max(taken, Math.abs(b.at - a.at)) : taken;
}

/** As `apartMs`, but the shorter of the two: for what nobody honest comes near to. */
export function nearMs(a: WatchedTouch, b: WatchedTouch): number {
  const taken = Math.abs(b.taken - a.taken);
  return live(a, b) ? Math.min(taken, Math.abs(b.at - a.at)) : taken;
}

/** The touches of hops, or of pairs, each once. */
export const endsOf = (hops: readonly (readonly [WatchedTouch, WatchedTouch, ...number[]])[]): WatchedTouch[] => [
  ...new Set(hops.flatMap((hop) => [hop[0], hop[1]])),
];

/** What the plans say of the ways between points. */
export class Ways {
  /** Planned time from one point to the next, and the least one where a plan names it, by the two readers. */
  readonly #legs = new Map<string, { plannedMs: number; leastMs?: number }>();
  readonly #places = new Map<string, readonly [number, number]>();
  /** The fastest planned pace, ms for a unit of the map. */
  #pace = Number.POSITIVE_INFINITY;

  constructor(rounds: readonly WatchedRound[]) {
    const seen = new Set<string>();
    for (const { route, points } of rounds) {
      if (seen.has(route)) continue;
      seen.add(route);
      for (const [n, point] of points.entries()) this.#add(points[n - 1], point);
    }
  }

  #add(before: RoundPoint | undefined, point: RoundPoint): void {
    if (point.at) this.#places.set(point.reader, point.at);
    if (!before || before.reader === point.reader) return;
    const plannedMs = Math.abs(point.afterMs - before.afterMs);
    const { leastMs } = point;
    for (const key of [`${before.reader}\n${point.reader}`, `${point.reader}\n${before.reader}`]) {
      const was = this.#legs.get(key);
      if (was && was.plannedMs <= plannedMs) continue;
      this.#legs.set(key, { plannedMs, ...(leastMs !== undefined && { leastMs }) });
    }
    const far = this.#far(before.reader, point.reader);
    if (far !== undefined && far > 0 && plannedMs > 0) this.#pace = Math.min(this.#pace, plannedMs / far);
  }

  #far(a: string, b: string): number | undefined {
    const [one, other] = [this.#places.get(a), this.#places.get(b)];
    return one && other ? Math.hypot(one[0] - other[0], one[1] - other[1]) : undefined;
  }

  /** The least time of a leg of a route: as the plan names it, else a share of the planned one. */
  legMs(a: string, b: string, share: number): number | undefined {
    const leg = this.#legs.get(`${a}\n${b}`);
    return leg && (leg.leastMs ?? leg.plannedMs * share);
  }

  /** The time between two points that follow each other on no route, as the crow flies at the fastest planned pace. */
  crowMs(a: string, b: string): number | undefined {
    if (this.#legs.has(`${a}\n${b}`) || !Number.isFinite(this.#pace)) return undefined;
    const far = this.#far(a, b);
    return far === undefined ? undefined : far * this.#pace;
  }
}

/** An exception from its touches. `about`: whom or what it is about, in its key. */
export function exception(
  rule: ExceptionRule,
  touches: readonly WatchedTouch[],
  utcOffsetMin: number,
  rest: {
    readonly value: number;
    readonly limit: number;
    readonly reader?: string;
    readonly round?: string;
    readonly day?: number;
  },
): PatrolException {
  const { day, ...figures } = rest;
  const first = touches.reduce((least, { taken }) => Math.min(least, taken), Number.POSITIVE_INFINITY);
  const cards = rest.reader === undefined ? [...new Set(touches.map(({ card }) => card))].sort() : [];
  const people = new Set(touches.flatMap(({ person }) => (person === undefined ? [] : [person])));
  // Of what was written by hand there is no card.
  const about = rest.reader ?? (cards.join('+') || [...people].sort().join('+'));
  return {
    rule,
    key: `${rule}/${about}/${day ?? patrolDay(first, utcOffsetMin)}`,
    at: first,
    touches: touches.slice(0, namedMax).map(({ id }) => id),
    count: touches.length,
    cards,
    ...(rest.reader === undefined && people.size === 1 && { person: [...people][0]! }),
    ...figures,
  };
}
