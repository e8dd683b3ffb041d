/**
 * What a screen shows of State: alarms in the order of the wall, the picture of a zone, the counts.
 * Pure queries beside `evolve`, so that wall, phone and tests read the same truth. It must never hold words or pixels.
 */
import { isOutage } from '../site/deafness.ts';
import { lookup } from '../site/lookup.ts';
import { underTest, zoneMode } from '../site/watched.ts';
import { type LooseMark, looseOf, markOf } from '../site/zone-limits.ts';
import type { Alarm, ArmMode, Device, Family, Gauge, ReadOnly, Site, State, Time, Zone } from '../types.ts';

/** Open alarms in the order of the wall: unacknowledged first, then priority, then who is there before what is out, then newest. */
export function inOrder(alarms: Iterable<Alarm>): Alarm[] {
  return [...alarms].sort(
    (a, b) =>
      Number(!!a.acked) - Number(!!b.acked) ||
      a.priority - b.priority ||
      Number(isOutage(a)) - Number(isOutage(b)) ||
      b.raisedAt - a.raisedAt ||
      b.id - a.id,
  );
}

/** What is open for everybody to know of: a figure must not tell of a silent call for help. */
export function openAlarms(state: ReadOnly<State>): Alarm[] {
  return [...state.alarms.values()].filter(({ covert }) => !covert);
}

/**
 * What the wall lists: everything open but maintenance (priority 4), which has a tab of its own and never sounds, and what was
 * shelved, of which it tells the number.
 */
export function wallAlarms(state: ReadOnly<State>): Alarm[] {
  return inOrder(state.alarms.values()).filter((a) => a.priority < 4 && !state.shelves.has(a.key));
}

/** Alarms raised after `seq` that this state knows of, whether still open or closed since. */
export function raisedSince(state: State, seq: number): number {
  let n = 0;
  for (const a of state.alarms.values()) if (a.id > seq && a.priority < 4) n++;
  for (const a of state.closed) if (a.id > seq && a.priority < 4 && !state.alarms.has(a.id)) n++;
  return n;
}

/** Everything the map draws of one zone. */
export interface ZonePicture {
  readonly zone: Zone;
  readonly mode: ArmMode;
  /** A guarding device is unreachable or was never heard, or where a wire belongs is not known yet: the zone is blind. */
  readonly blind: boolean;
  /** It is blind because it learns. */
  readonly learning: boolean;
  /** A gauge of the zone is beyond 70 % of its alarm limit. */
  readonly drift: boolean;
  /** Under walk test: what it would raise is counted instead. */
  readonly testing: boolean;
  /** It is judged by limits that hide what its fence ought to tell. */
  readonly loose?: LooseMark;
  /** When such limits end by themselves; who else stands for them. */
  readonly looseUntil?: Time;
  readonly looseBy?: string;
  /** The first alarm of the zone in wall order. */
  readonly alarm?: Alarm;
}

/** How a zone stands now. A zone no device guards is blind: nothing could report from it. */
export function zonePicture(
  site: Site,
  state: ReadOnly<State>,
  zone: Zone,
  gauges?: ReadonlyMap<string, ReadonlyMap<string, Gauge>>,
): ZonePicture {
  const guards = Object.values(site.devices).filter((d) => d.zones.includes(zone.id));
  const deaf = guards.length === 0 || guards.some((d) => state.devices.get(d.id)?.up !== true);
  const learning = !deaf && state.detections.get(zone.id)?.active.learning !== undefined;
  const blind = deaf || learning;
  const alarm = wallAlarms(state).find((a) => a.zone === zone.id);
  const loose = looseOf(site, state, zone.id);
  return {
    zone,
    mode: zoneMode(state, zone.id),
    blind,
    learning,
    drift: !blind && guards.some((d) => drifts(d, zone.id, gauges?.get(d.id))),
    testing: underTest(state, zone.id),
    ...(loose && { loose: markOf(loose) }),
    ...(loose?.until !== undefined && { looseUntil: loose.until }),
    ...(loose?.vouched && { looseBy: loose.vouched.by }),
    ...(alarm ? { alarm } : {}),
  };
}

function drifts(device: Device, zone: string, gauges: ReadonlyMap<string, Gauge> | undefined): boolean {
  if (!gauges) return false;
  return Object.values(device.points).some((p) => {
    const when = p.zone === zone ? p.alarm?.when : undefined;
    const value = gauges.get(p.key)?.value;
    return when !== undefined && 'above' in when && value !== undefined && value >= 0.7 * when.above;
  });
}

export interface Count {
  readonly good: number;
  readonly total: number;
}

/** Reachable and total devices of a family. */
export function familyCount(site: Site, state: State, family: Family): Count {
  const all = Object.values(site.devices).filter((d) => d.family === family);
  return { good: all.filter((d) => state.devices.get(d.id)?.up === true).length, total: all.length };
}

/** Zones that something can report from, and all zones. */
export function zoneCount(site: Site, state: State): Count {
  const all = Object.values(site.zones);
  return { good: all.filter((z) => !zonePicture(site, state, z).blind).length, total: all.length };
}

/** Checkpoints whose reader answers, and all that have one: a chip for batons answers nobody. */
export function checkpointCount(site: Site, state: State): Count {
  const all = Object.values(site.routes)
    .flatMap((r) => r.checkpoints)
    .filter((c) => lookup(site.devices, c.reader) !== undefined);
  return { good: all.filter((c) => state.devices.get(c.reader)?.up === true).length, total: all.length };
}
