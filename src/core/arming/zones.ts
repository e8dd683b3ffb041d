/**
 * A zone armed, disarmed, bypassed or taken out of service, by hand or by its plan. A hand holds until the plan's next
 * edge; bypass and out of service end by themselves. Arming a zone whose condition already stands raises at once;
 * disarming ends the conditions it no longer watches.
 */

import { notWatched } from '../../words/link-words.ts';
import { beginWatching, endWatching } from '../condition/active-conditions.ts';
import type { Draft } from '../draft.ts';
import { areaOf, holdsAt, leftOut, modeIn, type PlanLookup, planner, schedulerName } from '../site/armed-plan.ts';
import { schedulesHeld } from '../site/clock-trust.ts';
import { watching, zoneMode } from '../site/watched.ts';
import type { ArmMode, Fact, Time, Zone, ZoneState } from '../types.ts';

const hourMs = 3_600_000;

/** How long a zone may be left out: a bypass for a shift at most, out of service until a repair can be expected. */
export const leftOutMaxMs: Readonly<Record<'inhibited' | 'out-of-service', number>> = {
  inhibited: 12 * hourMs,
  'out-of-service': 30 * 24 * hourMs,
};

type Armed = Extract<Fact, { kind: 'zone-armed' }>;

/** Sets a zone: the fact, and what begins or ends to count by it. */
export function setZone(draft: Draft, fact: Armed): void {
  const before = zoneMode(draft.state, fact.zone);
  const watches = watching(draft.site, fact.zone, fact.mode);
  draft.add(fact);
  if (watches && watching(draft.site, fact.zone, before)) return;
  if (watches) beginWatching(draft, fact.zone, fact.mode);
  else endWatching(draft, fact.zone, notWatched(fact.mode, fact.by));
}

interface ZoneWish {
  readonly mode: ArmMode;
  readonly edge: Time;
}

/** Whether what is set still holds against the plan: the schedule follows its plan, a hand holds until the next edge. */
function holds(known: ZoneState, { mode, edge }: ZoneWish, zone: Zone, { now, at }: Draft): boolean {
  if (known.mode === 'inhibited' || known.mode === 'out-of-service') return leftOut(known, at);
  if (known.mode !== mode && (known.by === schedulerName || zone.always)) return false;
  return holdsAt(known.edge, edge, now);
}

/** What the zone returns to when no hand is on it: its area as that stands, else its own plan. */
function wishOf(draft: Draft, zone: Zone, planned: PlanLookup): ZoneWish | undefined {
  const area = areaOf(draft.site, zone.id);
  if (!area) {
    const { mode, edge } = planned(zone.schedule);
    return { mode: modeIn(undefined, mode, zone), edge };
  }
  const set = draft.state.areas.get(area.id);
  // While people still leave, the end of that sets the zones they leave by; and an area nobody has set yet is set in this
  // very step.
  if (!set || (set.exitUntil !== undefined && !zone.always)) return undefined;
  return { mode: modeIn(area, set.mode, zone), edge: set.edge ?? 0 };
}

/** Applies the plan's edges to zones, and ends what has left them out. `done`: zones this step has set already. */
export function keepZones(draft: Draft, done: ReadonlySet<string>): void {
  const planned = planner(draft.site, draft.now);
  for (const zone of Object.values(draft.site.zones)) {
    if (done.has(zone.id)) continue;
    const known = draft.state.zones.get(zone.id);
    const wish = wishOf(draft, zone, planned);
    if (!wish || (known && holds(known, wish, zone, draft))) continue;
    // By a clock that was only just set, or is in doubt, no plan takes watch away.
    if (known?.mode === 'armed' && wish.mode !== 'armed' && schedulesHeld(draft.state, draft.at)) continue;
    setZone(draft, { kind: 'zone-armed', zone: zone.id, ...wish, by: schedulerName });
  }
}
