/**
 * Which tone is due: a pure schedule over what waits, what is silenced and what was played. It makes no sound itself; it
 * must never fall silent because of a lost tone, so it speaks in "due at" and not in timers.
 */
import type { Priority } from '../core/types.ts';

export type Tone = 'p1' | 'p2' | 'p3' | 'stale' | 'recovered';

/** An unacknowledged alarm, as far as sound is concerned. Times are of the gateway, ms. */
export interface Waiting {
  readonly id: number;
  readonly priority: Priority;
  readonly raisedAt: number;
  /** The condition is already over: still sounds, softer. */
  readonly over: boolean;
}

export interface Hearing {
  /** ids silenced by hand, and until when on the monotonic clock. */
  readonly silenced: ReadonlySet<number>;
  readonly silentUntil: number;
  /** When each alarm was last sounded for, and first; monotonic. */
  readonly last: ReadonlyMap<number, number>;
  readonly first: ReadonlyMap<number, number>;
  readonly staleAt: number;
  readonly wasStale: boolean;
  readonly lastTone: number;
}

export const silenceMs = 120_000;
const p1Ms = 3_000;
const louderAfterMs = 60_000;
const p2FirstMs = 10_000;
const p2LaterMs = 30_000;
const p3Ms = 600_000;
const staleMs = 15_000;
/** The longest tone, so that none sounds into another. */
const toneMs = 700;
const floodWindowMs = 600_000;
const floodCount = 10;
const floodGapMs = 10_000;

export const deaf: Hearing = {
  silenced: new Set(),
  silentUntil: Number.NEGATIVE_INFINITY,
  last: new Map(),
  first: new Map(),
  staleAt: Number.NEGATIVE_INFINITY,
  wasStale: false,
  lastTone: Number.NEGATIVE_INFINITY,
};

/** Stale data, among the silenced: no alarm has this id. */
const STALE_ID = -1;

function sounding(waiting: readonly Waiting[], stale: boolean): number[] {
  const ids = waiting.map((w) => w.id);
  return stale ? [...ids, STALE_ID] : ids;
}

/** Silences what sounds now for two minutes; an alarm, or an outage, that comes later breaks it. */
export function hush(hearing: Hearing, waiting: readonly Waiting[], stale: boolean, at: number): Hearing {
  return { ...hearing, silenced: new Set(sounding(waiting, stale)), silentUntil: at + silenceMs };
}

/** ms of silence left; 0 when there is none, or when something new has broken it. */
export function silenceLeft(hearing: Hearing, waiting: readonly Waiting[], stale: boolean, at: number): number {
  const broken = sounding(waiting, stale).some((id) => !hearing.silenced.has(id));
  return broken ? 0 : Math.max(0, hearing.silentUntil - at);
}

function dueAt(w: Waiting, hearing: Hearing): number {
  const last = hearing.last.get(w.id);
  if (last === undefined) return Number.NEGATIVE_INFINITY;
  const first = hearing.first.get(w.id) ?? last;
  if (w.priority === 1) return last + p1Ms;
  if (w.priority === 2) return last + (last - first < 60_000 ? p2FirstMs : p2LaterMs);
  return last + p3Ms;
}

const tones = { 1: 'p1', 2: 'p2', 3: 'p3', 4: undefined } as const;

/**
 * The tone due at `at` (monotonic ms), if any, its gain in dB over normal, and what to remember. `serverNow` is the
 * gateway's time, for the flood rule (more than ten raised in ten minutes: one tone in ten seconds, the worst wins).
 */
export function listen(
  was: Hearing,
  waiting: readonly Waiting[],
  stale: boolean,
  at: number,
  serverNow: number,
): { readonly next: Hearing; readonly tone?: Tone; readonly gainDb?: number } {
  const ids = new Set(sounding(waiting, stale));
  const kept = (m: ReadonlyMap<number, number>) => new Map([...m].filter(([id]) => ids.has(id)));
  const base: Hearing = {
    ...was,
    last: kept(was.last),
    first: kept(was.first),
    silenced: new Set([...was.silenced].filter((id) => ids.has(id))),
    wasStale: stale,
  };
  const hushed = silenceLeft(was, waiting, stale, at) > 0;
  if (was.wasStale && !stale) return { next: { ...base, lastTone: at }, tone: 'recovered', gainDb: -6 };
  const flood = waiting.filter((w) => serverNow - w.raisedAt < floodWindowMs).length > floodCount;
  if (hushed || at - was.lastTone < (flood ? floodGapMs : toneMs)) return { next: base };
  const due = waiting
    .filter((w) => w.priority < 4 && dueAt(w, was) <= at)
    .sort((a, b) => a.priority - b.priority || a.id - b.id)[0];
  const tone = due && tones[due.priority];
  if (due && tone) {
    const first = base.first.get(due.id) ?? at;
    const together = waiting.filter((w) => w.priority === due.priority);
    const next: Hearing = {
      ...base,
      last: new Map([...base.last, ...together.map((w) => [w.id, at] as const)]),
      first: new Map([...together.map((w) => [w.id, at] as const), ...base.first]),
      lastTone: at,
    };
    const louder = due.priority === 1 && at - first >= louderAfterMs ? 6 : 0;
    return { next, tone, gainDb: louder + (due.over ? -6 : 0) };
  }
  if (stale && at - was.staleAt >= staleMs)
    return { next: { ...base, staleAt: at, lastTone: at }, tone: 'stale', gainDb: 0 };
  return { next: base };
}
