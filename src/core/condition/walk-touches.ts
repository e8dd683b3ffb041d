/**
 * The touches of a walk test while it runs: what would have been an alarm becomes a hit, once for as long as it stands,
 * with the time from the first movement to the decision where that can be known. It must never hold back an alarm of a zone
 * that is not under test; whether one is, the gate decides.
 */
import type { Trigger } from '../alarm/alarms.ts';
import type { Draft } from '../draft.ts';
import type { AlarmKind, Time, WalkTest } from '../types.ts';

export type Hit = WalkTest['touches'][number];

/** What a person who walks along a fence can bring about. Whatever else a zone says (a lost wire, tamper) is never a touch. */
const touchKinds: ReadonlySet<AlarmKind> = new Set(['climb', 'pull', 'slack', 'cut', 'intrusion', 'motion']);

/** Whether an alarm of this kind counts as a touch of a zone under test. */
export const isTouch = (kind: AlarmKind): boolean => touchKinds.has(kind);

/** A device's word is taken for a movement the gateway saw in the same zone no longer ago than this. */
const wordWithinMs = 5_000;

/**
 * When the zone first moved for a decision made at `at`: the latest movement the gateway itself has seen there. Undefined
 * when it saw none close enough.
 */
export function movementBefore(hits: readonly Hit[], zone: string, at: Time): Time | undefined {
  let latest: Time | undefined;
  // The time of a device's hit goes back to the gateway's as well, so every hit that has one will do.
  for (const testZone of hits) {
    if (testZone.zone !== zone || testZone.ms === undefined) continue;
    const moved = testZone.at - testZone.ms;
    if (moved <= at && at - moved <= wordWithinMs && moved > (latest ?? 0)) latest = moved;
  }
  return latest;
}

/** Keeps a trigger of a zone under test as a hit, unless it stands already as one or as an alarm. */
export function hit(draft: Draft, t: Trigger & { readonly zone: string }, sinceMs: number | undefined): void {
  // What stood already nobody has touched for the test; if it stands when the test ends, it is presented again.
  if (t.foundSo) return;
  if (draft.touched(t.cause) || (t.active && draft.open(t.key)?.causes.includes(t.cause))) return;
  const moved =
    sinceMs === undefined ? movementBefore(draft.walk?.touches ?? [], t.zone, draft.at) : draft.at - sinceMs;
  draft.add({
    kind: 'zone-tested',
    zone: t.zone,
    alarm: t.alarm,
    cause: t.cause,
    active: t.active,
    ...(moved !== undefined && { ms: Math.round(draft.at - moved) }),
  });
}

/** What stood is over. */
export function restoreZone(draft: Draft, cause: string): void {
  if (draft.touched(cause)) draft.add({ kind: 'zone-restored', cause });
}
