/**
 * A zone armed, disarmed, bypassed or taken out of service, by hand or by its plan. A hand holds until the plan's next
 * edge; bypass and out of service end by themselves. Arming a zone whose condition already stands raises at once;
 * disarming ends the conditions it no longer watches.
 */

import { notWatched } from '../../words/link-words.ts';
import { beginWatching, endWatching } from '../condition/active-conditions.ts';
import { notReady } from '../condition/not-ready.ts';
import type { Draft } from '../draft.ts';
import { areaOf, holdsAt, leftOut, modeIn, type PlanLookup, planner, schedulerName } from '../site/armed-plan.ts';
import { lookup } from '../site/lookup.ts';
import { may } from '../site/rights.ts';
import { watching, zoneMode } from '../site/watched.ts';
import type { ArmMode, Command, Fact, Refusal, Time, User, Zone, ZoneState } from '../types.ts';

const hourMs = 3_600_000;

/** How long a zone may be left out: a bypass for a shift at most, out of service until a repair can be expected. */
export const leftOutMaxMs: Readonly<Record<'inhibited' | 'out-of-service', number>> = {
  inhibited: 12 * hourMs,
  'out-of-service': 30 * 24 * hourMs,
};

type ArmCommand = Extract<Command, { do: 'arm-zone' }>;
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
    setZone(draft, { kind: 'zone-armed', zone: zone.id, ...wish, by: schedulerName });
  }
}

function refusal(draft: Draft, command: ArmCommand, zone: Zone): Refusal | undefined {
  const { mode, reason, until } = command;
  if (mode === 'disarmed') return zone.always ? 'always-armed' : undefined;
  if (mode === 'armed') return notReady(draft.site, draft.state, zone.id).length > 0 ? 'zone-open' : undefined;
  if (!reason?.trim()) return 'reason-missing';
  if (until === undefined || until <= draft.now) return 'end-missing';
  return until - draft.now > leftOutMaxMs[mode] ? 'too-long' : undefined;
}

/** Arms, disarms, bypasses a zone or takes it out of service for a person. */
export function armZone(draft: Draft, by: User, command: ArmCommand): void {
  const zone = lookup(draft.site.zones, command.zone);
  const allowed = may(by.role, 'arm-zone');
  const why = !allowed ? 'no-right' : !zone ? 'unknown-zone' : refusal(draft, command, zone);
  if (why || !zone) {
    const open = why === 'zone-open' && { open: [command.zone] };
    draft.add({ kind: 'refused', by: by.name, command, why: why ?? 'unknown-zone', ...open });
    return;
  }
  const { mode, reason, until } = command;
  setZone(draft, {
    kind: 'zone-armed',
    zone: zone.id,
    mode,
    by: by.name,
    edge: edgeOf(draft, zone),
    ...(reason !== undefined && { reason }),
    // A length of time, so that a clock that is set meanwhile makes it neither longer nor shorter.
    ...((mode === 'inhibited' || mode === 'out-of-service') &&
      until !== undefined && { until: draft.at + (until - draft.now) }),
  });
}

/** The edge a hand is laid on after: that of the area's plan, or of the zone's own. */
function edgeOf({ site, now }: Draft, zone: Zone): Time {
  const area = areaOf(site, zone.id);
  return planner(site, now)(area ? area.schedule : zone.schedule).edge;
}
