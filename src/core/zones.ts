/**
 * Arming: by hand, by the weekly schedule, and bypass with a reason and an end. A hand holds until the schedule's next
 * edge. Arming a zone whose condition already stands raises at once; disarming ends the conditions it no longer watches.
 */
import { scheduled } from './calendar.ts';
import type { Draft } from './draft.ts';
import { watching, zoneMode } from './gate.ts';
import { own } from './own.ts';
import { may } from './rights.ts';
import { beginWatching, endWatching } from './standing.ts';
import type { ArmMode, Command, Fact, Refusal, Time, User, Zone, ZoneState } from './types.ts';

type ArmCommand = Extract<Command, { do: 'arm' }>;
type Armed = Extract<Fact, { kind: 'armed' }>;

/** Who arms when nobody does. */
const schedulerName = 'schedule';

interface Plan {
  readonly mode: ArmMode;
  readonly edge: Time;
}

function plan(draft: Draft, zone: Zone): Plan {
  const schedule = zone.schedule === undefined ? undefined : draft.site.schedules[zone.schedule];
  return schedule ? scheduled(schedule, draft.now, draft.site.utcOffsetMin) : { mode: 'armed', edge: 0 };
}

function set(draft: Draft, fact: Armed): void {
  const before = zoneMode(draft.state, fact.zone);
  const watches = watching(draft.site, fact.zone, fact.mode);
  draft.add(fact);
  if (watches && watching(draft.site, fact.zone, before)) return;
  if (watches) beginWatching(draft, fact.zone, fact.mode);
  else endWatching(draft, fact.zone, `${fact.mode}: ${fact.by}`);
}

/** Whether what is set still holds against the plan: the schedule follows its plan, a hand holds until the next edge. */
function holds(known: ZoneState, { mode, edge }: Plan, now: Time): boolean {
  if (known.mode === 'bypassed') return known.until === undefined || known.until > now;
  if (known.by === schedulerName && known.mode !== mode) return false;
  return (known.edge ?? 0) >= edge;
}

/** Applies the schedule's edges and ends bypasses whose time is over. */
export function keepSchedules(draft: Draft): void {
  const plans = new Map<string | undefined, Plan>();
  for (const zone of Object.values(draft.site.zones)) {
    const known = draft.state.zones.get(zone.id);
    const wish = plans.get(zone.schedule) ?? plan(draft, zone);
    plans.set(zone.schedule, wish);
    if (known && holds(known, wish, draft.now)) continue;
    const { mode, edge } = wish;
    set(draft, { kind: 'armed', zone: zone.id, mode, by: schedulerName, edge });
  }
}

function refusal(draft: Draft, by: User, command: ArmCommand): Refusal | undefined {
  if (!may(by.role, 'arm')) return 'no-right';
  if (!own(draft.site.zones, command.zone)) return 'unknown-zone';
  return command.mode === 'bypassed' && !command.reason?.trim() ? 'reason-missing' : undefined;
}

/** Arms, disarms or bypasses a zone for a person. */
export function arm(draft: Draft, by: User, command: ArmCommand): void {
  const why = refusal(draft, by, command);
  const zone = own(draft.site.zones, command.zone);
  if (why || !zone) {
    draft.add({ kind: 'refused', by: by.name, command, why: why ?? 'unknown-zone' });
    return;
  }
  const { mode, reason, until } = command;
  set(draft, {
    kind: 'armed',
    zone: zone.id,
    mode,
    by: by.name,
    edge: plan(draft, zone).edge,
    ...(reason !== undefined && { reason }),
    ...(until !== undefined && mode === 'bypassed' && { until }),
  });
}
