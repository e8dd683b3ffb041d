/**
 * What is open in a zone: what would raise the moment the zone is armed, and devices that cannot be heard, whose silence
 * nobody could tell from calm. Arming by hand asks here and the screens show it. Pure; it changes nothing.
 */

import { leftOut, modeIn } from '../site/armed-plan.ts';
import type {
  ActiveDetection,
  Alarm,
  AlarmRule,
  Area,
  AreaMode,
  Device,
  Point,
  Site,
  State,
  Time,
  Zone,
} from '../types.ts';
import { alarmOf, whileArmed } from './detection.ts';
import { matches } from './rules.ts';

/** One thing that is open: a device that is down or was never heard, a condition it reports, or a sign the gateway found. */
export type NotReady =
  | { readonly what: 'silent'; readonly device: Device }
  | { readonly what: 'condition'; readonly device: Device; readonly point: Point }
  | { readonly what: 'detection'; readonly device: string; readonly sensed: ActiveDetection };

export interface WatchedPoint {
  readonly device: Device;
  readonly point: Point;
  readonly rule: AlarmRule;
}

interface Guards {
  readonly devices: Device[];
  /** Points that are watched only while the zone is. */
  readonly points: WatchedPoint[];
}

/** By zone, for each site; a site never changes, and at six o'clock every zone asks at once. */
const guardsOf = new WeakMap<Site, ReadonlyMap<string, Guards>>();

function guardsByZone(site: Site): ReadonlyMap<string, Guards> {
  const table = new Map<string, Guards>();
  const at = (zone: string): Guards => {
    const known = table.get(zone) ?? { devices: [], points: [] };
    table.set(zone, known);
    return known;
  };
  for (const device of Object.values(site.devices)) {
    for (const zone of device.zones) at(zone).devices.push(device);
    for (const point of Object.values(device.points)) {
      const { zone, alarm: rule } = point;
      if (zone !== undefined && rule && !rule.always) at(zone).points.push({ device, point, rule });
    }
  }
  return table;
}

function guards(site: Site, zone: string): Guards | undefined {
  const table = guardsOf.get(site) ?? guardsByZone(site);
  guardsOf.set(site, table);
  return table.get(zone);
}

/** The devices that guard a zone. */
export function guardsOfZone(site: Site, zone: string): readonly Device[] {
  return guards(site, zone)?.devices ?? [];
}

/** The points that are watched only while the zone is, with their devices. */
export function watchedPoints(site: Site, zone: string): readonly WatchedPoint[] {
  return guards(site, zone)?.points ?? [];
}

/** Everything that is open in a zone now. A zone no device guards has nothing to report from, and nothing to open. */
export function notReady(site: Site, state: State, zone: string): NotReady[] {
  const { devices = [], points = [] } = guards(site, zone) ?? {};
  const silent = devices.filter(({ id }) => state.devices.get(id)?.up !== true);
  const standing = points.filter(({ device, point, rule }) => {
    const known = point.keep === 'state' ? state.devices.get(device.id)?.values[point.key] : undefined;
    return known !== undefined && matches(rule.when, known.value, true);
  });
  const senses = state.detections.get(zone);
  const signs = Object.values(senses?.active ?? {}).filter(({ detection }) => whileArmed(detection));
  return [
    ...silent.map((device): NotReady => ({ what: 'silent', device })),
    ...standing.map(({ device, point }): NotReady => ({ what: 'condition', device, point })),
    ...signs.map((sensed): NotReady => ({ what: 'detection', device: senses?.device ?? '', sensed })),
  ];
}

/**
 * Whether what an alarm tells of stands in its zone still, however the zone is armed: a zone that does not watch ends the
 * alarm's causes, and the wire is cut all the same. A zone somebody has left out by name waits for its repair.
 */
export function standsStill(site: Site, state: State, { zone, kind }: Pick<Alarm, 'zone' | 'kind'>): boolean {
  const mode = zone === undefined ? undefined : state.zones.get(zone)?.mode;
  if (zone === undefined || mode === 'inhibited' || mode === 'out-of-service') return false;
  return notReady(site, state, zone).some((one) => {
    if (one.what === 'silent') return false;
    return (one.what === 'condition' ? one.point.alarm?.kind : alarmOf(one.sensed.detection).kind) === kind;
  });
}

/** The zones that keep an area from being set to a mode. On the way out the entry zones may still be open. */
export function openZones(site: Site, state: State, area: Area, mode: AreaMode, at: Time): Zone[] {
  const known = state.areas.get(area.id);
  // What is set already is not set with time to leave.
  const set = known?.mode === 'away' && known.exitUntil === undefined;
  const leaving = mode === 'away' && area.exitMs > 0 && !set;
  return area.zones.flatMap((id) => {
    const zone = site.zones[id];
    if (!zone || modeIn(area, mode, zone) !== 'armed' || leftOut(state.zones.get(id), at)) return [];
    if (leaving && zone.entry && !zone.always) return [];
    return notReady(site, state, id).length > 0 ? [zone] : [];
  });
}
