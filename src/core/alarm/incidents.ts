/**
 * Which alarms one cause may have set off: told as one incident, so that a person at night has one thing to see to and not
 * nine. Grouping only adds facts. It must never lose, merge or quieten an alarm: each keeps its own life, and an incident of
 * one needs no fact.
 * What nobody hears is an incident apart from what somebody does: a cut wire among a dozen silent devices is overlooked.
 * Alarms hang together in pairs (beside each other, at one place, on one line) or as a crowd (weather), and what hangs
 * together through others does too; so the order in which simultaneous alarms arrive makes no difference. Times are those of
 * the gateway: the clocks of two devices are never held against each other.
 */
import type { Draft } from '../draft.ts';
import { isLost } from '../site/deafness.ts';
import { neighbours } from '../site/layout.ts';
import { lookup } from '../site/lookup.ts';
import type { Alarm, AlarmKind, Joining, Site, Time } from '../types.ts';

/** Neighbouring zones within this time are one incident: a person needs longer for one fence, a gust passes faster. */
const neighbourMs = 10_000;
/** Devices of one line that fall silent within this time have lost the line. */
const lineMs = 10_000;
/** So many lines lost within this time have lost a switch, or the power: pollers find out one after the other. */
const networkMs = 30_000;
const networkLines = 3;
/** Fence, camera and patrol at one place tell of one thing within this time. */
const placeMs = 60_000;
/** So many zones that move the same way within this time have met the weather, unless a wire was cut. */
const weatherMs = 60_000;
const weatherZones = 4;

/** Which way an alarm says the wires of its zone moved. What says nothing of that is no sign of weather. */
const directions: Partial<Readonly<Record<AlarmKind, 'up' | 'down'>>> = { climb: 'up', pull: 'up', slack: 'down' };
/** Maintenance that the gateway finds by itself: hints, and part of nothing. */
const hints: ReadonlySet<AlarmKind> = new Set(['drift', 'weather']);

/** Whether the weather alone can have raised an alarm of this kind. */
export const windy = (kind: AlarmKind): boolean => directions[kind] !== undefined;

/** An open alarm as grouping sees it: a working copy, thrown away with the step. */
interface Member {
  readonly id: number;
  readonly kind: AlarmKind;
  readonly device: string;
  readonly zone?: string;
  /** A device that cannot be heard, and not the wires of one that can. */
  readonly lost: boolean;
  readonly raisedAt: Time;
  /** When it was triggered lately, as far as is remembered. */
  readonly times: readonly Time[];
  /** Its own id while it stands by itself. */
  incident: number;
  why: Joining | undefined;
}

/** Open alarms with what this step has made of them so far. Silent calls for help stay by themselves: a group would give them away. */
function openMembers(draft: Draft): Map<number, Member> {
  const open = new Map<number, Member>();
  const put = (m: Member) => void (hints.has(m.kind) || open.set(m.id, m));
  for (const alarm of draft.state.alarms.values()) {
    const { id, kind, device, zone, raisedAt, times, incident, joining, covert } = alarm;
    if (covert) continue;
    const lost = isLost(alarm);
    const why = joining === 'apart' ? undefined : joining;
    put({
      id,
      kind,
      device,
      lost,
      raisedAt,
      times,
      incident: incident ?? id,
      why,
      ...(zone !== undefined && { zone }),
    });
  }
  for (const e of draft.events) {
    if (e.kind === 'raised' && !e.covert) {
      const { seq: id, alarm: kind, device, zone, at } = e;
      const place = zone === undefined ? {} : { zone };
      put({ id, kind, device, lost: isLost(e), raisedAt: at, times: [at], incident: id, why: undefined, ...place });
    }
    const known = 'alarm' in e && typeof e.alarm === 'number' ? open.get(e.alarm) : undefined;
    if (known && e.kind === 'repeated') open.set(known.id, { ...known, times: [...known.times, e.at] });
    if (known && e.kind === 'joined') {
      open.set(known.id, { ...known, incident: e.incident, why: e.why === 'apart' ? undefined : e.why });
    }
  }
  return open;
}

/** The zones an alarm speaks of: one, or all that its device guards. */
function zonesOf(site: Site, { kind, device, zone }: Pick<Alarm, 'kind' | 'device' | 'zone'>): readonly string[] {
  return zone === undefined || kind === 'comms' ? (lookup(site.devices, device)?.zones ?? []) : [zone];
}

/** By camera or reader, the zones it looks at or stands at, for each site; a site never changes, and a storm asks often. */
const watchersOf = new WeakMap<Site, ReadonlyMap<string, readonly string[]>>();

function watchers(site: Site): ReadonlyMap<string, readonly string[]> {
  const known = watchersOf.get(site);
  if (known) return known;
  const table = new Map<string, string[]>();
  for (const { id, camera, reader } of Object.values(site.zones)) {
    for (const device of [camera, reader]) {
      if (device !== undefined) table.set(device, [...(table.get(device) ?? []), id]);
    }
  }
  watchersOf.set(site, table);
  return table;
}

/** The zones where it happens: those it speaks of, and the ones its camera looks at or its reader stands at. */
export function placesOf(site: Site, alarm: Pick<Alarm, 'kind' | 'device' | 'zone'>): readonly string[] {
  const seen = watchers(site).get(alarm.device);
  return seen ? [...zonesOf(site, alarm), ...seen] : zonesOf(site, alarm);
}

/** What binds an alarm to each of those before it, two by two. */
function bonds(site: Site, open: ReadonlyMap<number, Member>, mine: Member): Map<number, Joining> {
  const line = mine.lost ? lookup(site.devices, mine.device)?.line : undefined;
  const places = new Set(placesOf(site, mine));
  const beside = new Set(
    zonesOf(site, mine).flatMap((id) => {
      const zone = lookup(site.zones, id);
      return zone ? neighbours(site, zone).map((z) => z.id) : [];
    }),
  );
  const bond = (other: Member, apartMs: number): Joining | undefined => {
    if ((mine.kind === 'comms') !== (other.kind === 'comms')) return undefined;
    const sameLine = line !== undefined && other.lost && lookup(site.devices, other.device)?.line === line;
    if (sameLine && apartMs <= lineMs) return 'same-line';
    if (apartMs <= neighbourMs && zonesOf(site, other).some((id) => beside.has(id))) return 'neighbour';
    return placesOf(site, other).some((id) => places.has(id)) ? 'same-place' : undefined;
  };
  const found = new Map<number, Joining>();
  for (const other of open.values()) {
    const apartMs = mine.raisedAt - other.raisedAt;
    // The longest of the three windows, and the only one of a place.
    const why = other.id < mine.id && apartMs <= placeMs ? bond(other, apartMs) : undefined;
    if (why) found.set(other.id, why);
  }
  return found;
}

/** Alarms that the weather explains together with this one; empty when there are too few, or a wire was cut meanwhile. */
function crowd(open: ReadonlyMap<number, Member>, mine: Member): Member[] {
  const way = directions[mine.kind];
  const cuts = [...open.values()].filter((m) => m.kind === 'cut').flatMap((m) => m.times);
  const calm = (m: Member) => !cuts.some((at) => Math.abs(at - m.raisedAt) <= weatherMs);
  if (!way || mine.zone === undefined || !calm(mine)) return [];
  const found = [...open.values()].filter(
    (m) =>
      m.id < mine.id &&
      directions[m.kind] === way &&
      m.zone !== undefined &&
      mine.raisedAt - m.raisedAt <= weatherMs &&
      calm(m),
  );
  return new Set([mine, ...found].map((m) => m.zone)).size >= weatherZones ? found : [];
}

/** Devices of other lines that were lost together with this one; empty when there are too few lines for a switch or the power. */
function outage(site: Site, open: ReadonlyMap<number, Member>, mine: Member): Member[] {
  if (!mine.lost) return [];
  const lineOf = ({ device }: Member) => lookup(site.devices, device)?.line ?? device;
  const lost = [...open.values()].filter((m) => m.lost && m.id < mine.id && mine.raisedAt - m.raisedAt <= networkMs);
  return new Set([mine, ...lost].map(lineOf)).size >= networkLines ? lost : [];
}

/** Puts an alarm into the incident it belongs to, and makes one of several incidents that it ties together. */
function attach(site: Site, open: ReadonlyMap<number, Member>, mine: Member): void {
  const ties = bonds(site, open, mine);
  const others = crowd(open, mine);
  for (const other of others) ties.set(other.id, 'weather');
  const lost = outage(site, open, mine);
  for (const other of lost) ties.set(other.id, 'network');
  if (ties.size === 0) return;
  const groups = new Set([...ties.keys()].map((id) => open.get(id)?.incident ?? id));
  const first = Math.min(...groups);
  const why = others.length > 0 ? 'weather' : lost.length > 0 ? 'network' : [...ties.values()][0];
  for (const member of open.values()) {
    if (!groups.has(member.incident) || member.incident === first) continue;
    member.incident = first;
    member.why ??= ties.get(member.id) ?? why;
  }
  mine.incident = first;
  mine.why = why;
}

/** A wire was cut: what had been taken for weather within the same time is judged once more. */
function doubtWeather(site: Site, open: ReadonlyMap<number, Member>, cutAt: Time): void {
  const doubted = new Set<number>();
  for (const m of open.values()) {
    if (m.why === 'weather' && cutAt - m.raisedAt <= weatherMs) doubted.add(m.incident);
  }
  const again = [...open.values()].filter((m) => doubted.has(m.incident)).sort((a, b) => a.id - b.id);
  for (const m of again) {
    m.incident = m.id;
    m.why = undefined;
  }
  for (const m of again) attach(site, open, m);
}

/**
 * Says to which incident an alarm belongs that this step has raised, or triggered again. Of alarms triggered again only a
 * cut wire matters: where an alarm belongs is told by when it was raised.
 */
export function gather(draft: Draft, id: number): void {
  const open = openMembers(draft);
  const mine = open.get(id);
  if (!mine) return;
  const before = new Map([...open.values()].map((m) => [m.id, { incident: m.incident, why: m.why }]));
  if (mine.kind === 'cut') doubtWeather(draft.site, open, draft.at);
  if (id > draft.state.seq) attach(draft.site, open, mine);
  for (const { id: alarm, incident, why } of open.values()) {
    const was = before.get(alarm);
    if (was?.incident === incident && was.why === why) continue;
    draft.add({ kind: 'joined', alarm, incident, why: why ?? 'apart' });
  }
}
