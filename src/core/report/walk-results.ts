/**
 * What a walk test shows: the touches of each zone, as the controller and as the gateway told them, how long each took, and
 * whether that is good enough. Pure queries over the hits, for the page, the printed sheet and the wall alike; a time that
 * nobody measured is never made up.
 */

import { foldCommission } from '../arming/evolve-commission.ts';
import { type Hit, movementBefore } from '../condition/walk-touches.ts';
import { deciderOf } from '../site/detection-keys.ts';
import { emptyState } from '../state.ts';
import type { AlarmKind, Event, Site, Time, WalkTest } from '../types.ts';

/** From the first movement to the decision; the response that GB 55029-2022 asks of alarm controllers. */
export const walkLimitMs = 2_000;
/** So many touches of a zone make a test. */
export const touchesNeeded = 3;
/** Hits that follow each other closer than this are one touch: one climb trips several wires. */
const touchGapMs = 5_000;

/** One touch of a zone. */
export interface Touch {
  /** The first decision. */
  readonly at: Time;
  /** From the first movement until then; undefined when nobody saw the movement. */
  readonly ms?: number;
  readonly alarms: readonly AlarmKind[];
}

/**
 * waiting: fewer touches than needed, and the test runs. short: fewer, and it is over. untimed: enough, but not each could be
 * timed. failed: one took too long.
 */
export type WalkVerdict = 'waiting' | 'short' | 'untimed' | 'failed' | 'passed';

/** What one teller said of one zone. */
export interface ZoneResult {
  readonly zone: string;
  readonly told: 'device' | 'gateway';
  /** Oldest first. */
  readonly touches: readonly Touch[];
  readonly slowestMs?: number;
  readonly verdict: WalkVerdict;
}

/** One person's touch from its hits, oldest first. */
function touchOf(hits: readonly Hit[], moved: (hit: Hit) => Time | undefined): Touch {
  const first = hits[0] as Hit;
  const starts = hits.map(moved).filter((at) => at !== undefined && at <= first.at) as Time[];
  return {
    at: first.at,
    alarms: [...new Set(hits.map((hit) => hit.alarm))],
    ...(starts.length > 0 && { ms: first.at - Math.min(...starts) }),
  };
}

function touchesOf(hits: readonly Hit[], moved: (hit: Hit) => Time | undefined): Touch[] {
  const groups: Hit[][] = [];
  for (const hit of hits) {
    const last = groups.at(-1);
    const before = last?.at(-1);
    if (last && before && hit.at - before.at < touchGapMs) last.push(hit);
    else groups.push([hit]);
  }
  return groups.map((group) => touchOf(group, moved));
}

function verdictOf(touches: readonly Touch[], over: boolean): WalkVerdict {
  if (touches.some((touch) => (touch.ms ?? 0) > walkLimitMs)) return 'failed';
  if (touches.length < touchesNeeded) return over ? 'short' : 'waiting';
  return touches.every((touch) => touch.ms !== undefined) ? 'passed' : 'untimed';
}

/**
 * The result of each zone in the order of the test, first as the device told it, then as the gateway did. A teller who has
 * nothing to tell of a zone (no wires, no alarm points) and told nothing is left out.
 */
export function walkResults(site: Site, walk: WalkTest): ZoneResult[] {
  const speaks = new Set(
    Object.values(site.devices).flatMap((device) =>
      Object.values(device.points).flatMap((p) => (p.zone !== undefined && p.alarm && !p.alarm.always ? [p.zone] : [])),
    ),
  );
  return walk.zones.flatMap((zone) => {
    const hits = walk.touches.filter((hit) => hit.zone === zone);
    return (['device', 'gateway'] as const).flatMap((told) => {
      const speaking = told === 'device' ? speaks.has(zone) : site.zones[zone]?.signal !== undefined;
      const mine = hits.filter((hit) => deciderOf(hit.cause) === told);
      if (!speaking && mine.length === 0) return [];
      // A controller may speak before the gateway has made up its mind about the same movement; now both are known.
      const moved = (hit: Hit) =>
        hit.ms !== undefined ? hit.at - hit.ms : told === 'device' ? movementBefore(hits, zone, hit.at) : undefined;
      const touches = touchesOf(mine, moved);
      const times = touches.flatMap((touch) => touch.ms ?? []);
      return {
        zone,
        told,
        touches,
        verdict: verdictOf(touches, walk.ended !== undefined),
        ...(times.length > 0 && { slowestMs: Math.max(...times) }),
      };
    });
  });
}

/** The walk tests that events of the journal tell of, oldest first; the last may still be running. */
export function walksOf(events: readonly Event[]): WalkTest[] {
  const state = emptyState();
  const walks: WalkTest[] = [];
  for (const event of events) {
    if (
      event.kind !== 'walk-started' &&
      event.kind !== 'zone-tested' &&
      event.kind !== 'zone-restored' &&
      event.kind !== 'walk-ended'
    )
      continue;
    if (event.kind === 'walk-started' && state.walk && !state.walk.ended) walks.push(state.walk);
    foldCommission(state, event);
    if (event.kind === 'walk-ended' && state.walk) walks.push(state.walk);
  }
  if (state.walk && !state.walk.ended) walks.push(state.walk);
  return walks;
}
