/**
 * Which tone is due: a pure schedule over what sounds and what was played. What may sound at all (not acknowledged, not
 * silenced, not shelved) is the core's word; this must never fall silent because of a lost tone, so it speaks in "due at".
 */
import { silenceMs } from '../alarm/sounding.ts';
import type { Priority } from '../types.ts';

export type Tone = 'p1' | 'p2' | 'p3' | 'stale' | 'recovered';

/** An alarm that calls, as far as its tone is concerned. */
export interface Calling {
  readonly id: number;
  readonly priority: Priority;
  /** The condition is already over: still sounds, softer. */
  readonly over: boolean;
}

/** What there is to hear: the alarms that call, whether data is stale, whether there are too many for one person. */
export interface PlayedTones {
  readonly calling: readonly Calling[];
  readonly stale: boolean;
  readonly flood: boolean;
  /** How often stale data is told, ms; as in a control room unless said otherwise. */
  readonly staleEveryMs?: number;
}

/** All times are monotonic, ms. */
export interface Hearing {
  /** When each alarm was last sounded for, and first. */
  readonly last: ReadonlyMap<number, number>;
  readonly first: ReadonlyMap<number, number>;
  readonly staleAt: number;
  readonly wasStale: boolean;
  readonly lastTone: number;
  /** The priority the last tone was for; what is not an alarm counts behind them all. */
  readonly lastPriority: number;
  /** This room alone asked for silence, because the gateway could not be asked; holds while data is stale. */
  readonly quietUntil: number;
}

const p1Ms = 3_000;
const louderAfterMs = 60_000;
const p2FirstMs = 10_000;
const p2LaterMs = 30_000;
const p3Ms = 600_000;
const staleMs = 15_000;
/** A phone loses its network at every second corner: told as often as in a control room, it would be switched off. Ours. */
export const staleInPocketMs = 300_000;
const noAlarm = 5;
/** The longest tone, so that none sounds into another. */
const toneMs = 700;
const floodGapMs = 10_000;

export const deaf: Hearing = {
  last: new Map(),
  first: new Map(),
  staleAt: Number.NEGATIVE_INFINITY,
  wasStale: false,
  lastTone: Number.NEGATIVE_INFINITY,
  lastPriority: noAlarm,
  quietUntil: Number.NEGATIVE_INFINITY,
};

/** Silences this room while the gateway is out of reach; its return ends that. */
export function muteLocally(hearing: Hearing, at: number): Hearing {
  return { ...hearing, quietUntil: at + silenceMs };
}

/** ms of this room's own silence left. */
export function localMuteLeft(hearing: Hearing, stale: boolean, at: number): number {
  return stale ? Math.max(0, hearing.quietUntil - at) : 0;
}

function dueAt({ id, priority }: Calling, hearing: Hearing): number {
  const last = hearing.last.get(id);
  if (last === undefined) return Number.NEGATIVE_INFINITY;
  const first = hearing.first.get(id) ?? last;
  if (priority === 1) return last + p1Ms;
  if (priority === 2) return last + (last - first < 60_000 ? p2FirstMs : p2LaterMs);
  return last + p3Ms;
}

const tones = { 1: 'p1', 2: 'p2', 3: 'p3', 4: undefined } as const;

/** The worst alarm that is due at `at`, if any. */
function dueOf(calling: readonly Calling[], hearing: Hearing, at: number): Calling | undefined {
  return calling
    .filter((one) => one.priority < 4 && dueAt(one, hearing) <= at)
    .sort((a, b) => a.priority - b.priority || a.id - b.id)[0];
}

/** ms that must lie between the last tone and one for this priority. In a flood only what is worse breaks in. */
function gapMs(was: Hearing, flood: boolean, priority: number): number {
  return flood && priority >= was.lastPriority ? floodGapMs : toneMs;
}

/** One tone for all of `due`'s priority: loud if one of them has called for long, soft only if all of them are over. */
function soundFor(due: Calling, calling: readonly Calling[], base: Hearing, at: number) {
  const together = calling.filter((one) => one.priority === due.priority);
  const first = new Map([...together.map((one) => [one.id, at] as const), ...base.first]);
  const long = together.some(({ id }) => at - (first.get(id) ?? at) >= louderAfterMs);
  const next: Hearing = {
    ...base,
    last: new Map([...base.last, ...together.map((one) => [one.id, at] as const)]),
    first,
    lastTone: at,
    lastPriority: due.priority,
  };
  return { next, gainDb: (due.priority === 1 && long ? 6 : 0) + (together.every((one) => one.over) ? -6 : 0) };
}

/**
 * The tone due at `at`, if any, its gain in dB over normal, and what to remember. In a flood: one in ten seconds, the worst
 * first, and something worse than what sounded last waits for nothing but the end of that tone.
 */
export function listen(
  was: Hearing,
  { calling, stale, flood, staleEveryMs = staleMs }: PlayedTones,
  at: number,
): { readonly next: Hearing; readonly tone?: Tone; readonly gainDb?: number } {
  const ids = new Set(calling.map(({ id }) => id));
  const kept = (m: ReadonlyMap<number, number>) => new Map([...m].filter(([id]) => ids.has(id)));
  const base: Hearing = { ...was, last: kept(was.last), first: kept(was.first), wasStale: stale };
  const apart = at - was.lastTone;
  if (was.wasStale && !stale) {
    const next = { ...base, lastTone: at, lastPriority: noAlarm, quietUntil: Number.NEGATIVE_INFINITY };
    return { next, tone: 'recovered', gainDb: -6 };
  }
  if (localMuteLeft(was, stale, at) > 0) return { next: base };
  const due = dueOf(calling, was, at);
  const tone = due && tones[due.priority];
  if (due && tone && apart >= gapMs(was, flood, due.priority)) {
    const { next, gainDb } = soundFor(due, calling, base, at);
    return { next, tone, gainDb };
  }
  const alone = due === undefined && apart >= gapMs(was, flood, noAlarm);
  if (stale && alone && at - was.staleAt >= staleEveryMs)
    return { next: { ...base, staleAt: at, lastTone: at, lastPriority: noAlarm }, tone: 'stale', gainDb: 0 };
  return { next: base };
}
