/**
 * What stands between a reason to alarm and an alarm: the arm state of the zone. A device's word and the gateway's own
 * detection come through here alike, so that neither can go round it. It must never lose a trigger without a fact.
 */
import { settle, type Trigger, trigger } from './alarms.ts';
import type { Draft } from './draft.ts';
import { own } from './own.ts';
import type { ArmMode, Site, State } from './types.ts';
import { ease, hit, isTouch } from './walk-hits.ts';

/** The arm state of a zone. A zone nobody has set is armed: doubt never disarms. */
export function zoneMode(state: State, zone: string): ArmMode {
  return state.zones.get(zone)?.mode ?? 'armed';
}

/** Whether a zone watches in this mode: armed, or armed day and night and not taken out by name. */
export function watching(site: Site, zone: string, mode: ArmMode): boolean {
  return mode === 'armed' || (mode === 'disarmed' && own(site.zones, zone)?.always === true);
}

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
  const tested = zone !== undefined && isTouch(t.alarm) && draft.walk?.zones.includes(zone);
  if (tested && !always) return hit(draft, { ...t, zone }, sinceMs);
  const watches = zone === undefined || watching(draft.site, zone, mode ?? zoneMode(draft.state, zone));
  if (always || watches) trigger(draft, t);
}

/** Whether a standing cause has been let through and is not over yet: as an alarm, or as a hit. */
export function presented(draft: Draft, key: string, cause: string): boolean {
  return draft.open(key)?.causes.includes(cause) || draft.touched(cause);
}

/** Ends what `present` let through. */
export function over(draft: Draft, key: string, cause: string): void {
  settle(draft, key, cause);
  ease(draft, cause);
}
