/**
 * What stands between a reason to alarm and an alarm: the arm state of the zone, and on the way in the entry delay of its
 * area. A device's word and the gateway's own detection come through here alike, so that neither can go round it. It must
 * never lose a trigger without a fact.
 */
import { returnToNormal, type Trigger, trigger } from '../alarm/alarms.ts';
import type { Draft } from '../draft.ts';
import { areaOf } from '../site/armed-plan.ts';
import { lookup } from '../site/lookup.ts';
import { watching, zoneMode } from '../site/watched.ts';
import type { Area, ArmMode, HeldTrigger } from '../types.ts';
import { hit, isTouch, restoreZone } from './walk-touches.ts';

/** How a trigger comes. */
export interface Coming {
  /** Raises in every arm state: tamper, faults, panic. */
  readonly always?: boolean | undefined;
  /** The arm state when this very step changes it. */
  readonly mode?: ArmMode | undefined;
  /** How long before this decision the signal first moved, where that is known. */
  readonly sinceMs?: number | undefined;
}

/**
 * Lets a trigger through to its alarm, or not: a zone that does not watch raises nothing, but its facts are kept; what a
 * zone under walk test would raise is a hit, however the zone is armed.
 */
export function present(draft: Draft, t: Trigger, { always, mode, sinceMs }: Coming): void {
  const { zone } = t;
  if (always || zone === undefined) return trigger(draft, t);
  if (isTouch(t.alarm) && draft.walk?.zones.includes(zone)) return hit(draft, { ...t, zone }, sinceMs);
  if (!watching(draft.site, zone, mode ?? zoneMode(draft.state, zone))) return;
  // What stands open while its zone is being armed, or was found so, is nobody coming in.
  const area = mode === undefined && !t.foundSo ? wayIn(draft, zone) : undefined;
  if (area) hold(draft, area, { ...t, zone });
  else trigger(draft, t);
}

/** The area whose entry delay a touch of this zone has to wait for; none once one has run out since it was set. */
function wayIn({ site, state }: Draft, zone: string): Area | undefined {
  const known = lookup(site.zones, zone);
  if (!known?.entry || known.always) return undefined;
  const area = areaOf(site, zone);
  const waits = area !== undefined && area.entryMs > 0 && state.areas.get(area.id)?.entryExpiredAt === undefined;
  return waits ? area : undefined;
}

/** Keeps a trigger until the entry delay ends. One that is held already, or stands in an open alarm, says nothing new. */
function hold(draft: Draft, area: Area, t: Trigger & { readonly zone: string }): void {
  const { key, alarm, priority, device, cause, active, zone, value, sourceTime = draft.at } = t;
  const entry = draft.state.entryTimers.get(area.id);
  if (entry?.held.some((one) => one.key === key && one.cause === cause)) return;
  if (active && draft.open(key)?.causes.includes(cause)) return;
  const held: HeldTrigger = { key, alarm, priority, device, cause, active, zone, sourceTime };
  draft.add({
    kind: 'entry-started',
    area: area.id,
    until: entry?.until ?? draft.at + area.entryMs,
    held: value === undefined ? held : { ...held, value },
  });
}

/** Whether a standing cause has been let through and is not over yet: as an alarm, or as a hit. */
export function presented(draft: Draft, key: string, cause: string): boolean {
  return draft.open(key)?.causes.includes(cause) || draft.touched(cause);
}

/** Ends what `present` let through. */
export function over(draft: Draft, key: string, cause: string): void {
  returnToNormal(draft, key, cause);
  restoreZone(draft, cause);
}
