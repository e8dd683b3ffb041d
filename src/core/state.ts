/**
 * The State of a place nothing has happened at yet. Everything else in it comes from `evolve`.
 */
import type { State } from './types.ts';

/** A fresh, empty State. */
export function emptyState(): State {
  return {
    seq: 0,
    at: 0,
    since: 0,
    startedAt: 0,
    configuredAt: 0,
    utcOffsetMin: 480,
    clock: undefined,
    devices: new Map(),
    zones: new Map(),
    areas: new Map(),
    entryTimers: new Map(),
    detections: new Map(),
    bases: new Map(),
    tuned: new Map(),
    vouched: new Map(),
    loose: new Map(),
    walk: undefined,
    shelves: new Map(),
    silence: undefined,
    flood: undefined,
    calmSince: 0,
    raises: [],
    alarms: new Map(),
    keys: new Map(),
    rounds: new Map(),
    pastRounds: new Map(),
    posts: new Map(),
    pastPosts: new Map(),
    changedRounds: new Map(),
    touches: new Map(),
    readerTouches: new Map(),
    suspicions: new Map(),
    imports: new Map(),
    items: new Map(),
    recentIds: new Map(),
    duties: new Map(),
    accounts: new Map(),
    channelFails: new Map(),
    writes: new Map(),
    outputs: new Map(),
    sounding: new Map(),
    today: { day: 0, raised: 0, nuisance: 0, acked: 0, ackMs: 0 },
    closed: [],
  };
}
