/**
 * What the plan wants of each area and zone when no hand is on it. A zone in an area follows the area; one outside follows
 * its own schedule; without any it is armed. A 24-hour zone is armed whatever the plan says. Pure; it changes nothing.
 */

import type { Area, AreaMode, ArmMode, Site, Time, Zone, ZoneState } from '../types.ts';
import { scheduled, type Wish } from './calendar.ts';
import { lookup } from './lookup.ts';

/** Who arms when nobody does. No person may have this name. */
export const schedulerName = 'schedule';
/** Who ended a walk test whose time was over. No person may have this name either. */
export const walkTimer = 'timer';
/** Who closed an alarm whose cause has ended and about which nobody has anything to do. No person may have this name either. */
export const gatewayName = 'gateway';

/** By zone, for each site; a site never changes, and every touch of a fence asks. */
const areasOf = new WeakMap<Site, ReadonlyMap<string, Area>>();

/** The area a zone belongs to. */
export function areaOf(site: Site, zone: string): Area | undefined {
  const known = areasOf.get(site);
  const table =
    known ?? new Map(Object.values(site.areas).flatMap((area) => area.zones.map((id) => [id, area] as const)));
  if (!known) areasOf.set(site, table);
  return table.get(zone);
}

/** What a schedule wants of whoever follows it; without one everything is armed, and there is no edge. */
export type PlanLookup = (schedule: string | undefined) => Wish;

/** The plans at one moment. Many follow the same schedule, so each is worked out once. */
export function planner(site: Site, now: Time): PlanLookup {
  const plans = new Map<string, Wish>();
  return (name) => {
    const schedule = name === undefined ? undefined : lookup(site.schedules, name);
    if (!schedule) return { mode: 'away', edge: 0 };
    const wish = plans.get(schedule.id) ?? scheduled(schedule, site, now);
    plans.set(schedule.id, wish);
    return wish;
  };
}

/** How a zone stands in a mode of its area; one outside areas is armed in either. */
export function modeIn(area: Area | undefined, mode: AreaMode, zone: Zone): ArmMode {
  if (zone.always || mode === 'away') return 'armed';
  return mode === 'stay' && (!area || area.stay.includes(zone.id)) ? 'armed' : 'disarmed';
}

/** A clock that ran further ahead than this was wrong; what is nearer may be a clock that was only put right. */
const aheadMs = 3_600_000;

/**
 * Whether what was set after the edge `set` still holds at `edge`, the plan's latest one: until the next. An edge that is
 * yet to come was read off a wrong clock, and nothing holds by it.
 */
export function holdsAt(set: Time | undefined, edge: Time, now: Time): boolean {
  return (set ?? 0) >= edge && (set ?? 0) <= now + aheadMs;
}

/** Whether somebody has left the zone out by name: no plan and no area sets it until that ends. `at`: the gateway's own time. */
export function leftOut(known: ZoneState | undefined, at: Time): boolean {
  if (known?.mode !== 'inhibited' && known?.mode !== 'out-of-service') return false;
  return known.until === undefined || known.until > at;
}
