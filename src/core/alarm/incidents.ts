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
import type { Alarm, AlarmKind, Event, Joining, Site, Time } from '../types.ts';

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

/** What of an open alarm grouping looks at: State's own, or a working copy. `incident`: none while it stands by itself. */
type Grouped = Pick<Member, 'id' | 'kind' | 'device' | 'zone' | 'raisedAt' | 'times'> & {
  readonly incident?: number;
  readonly lost?: boolean;
};

/** An open alarm as a working copy; undefined for what belongs to no incident. */
function memberOf(alarm: Alarm): Member | undefined {
  const { id, kind, device, zone, raisedAt, times, incident = alarm.id, joining, covert } = alarm;
  if (covert || hints.has(kind)) return undefined;
  const why = joining === 'apart' ? undefined : joining;
  const place = zone === undefined ? {} : { zone };
  return { id, kind, device, lost: isLost(alarm), raisedAt, times, incident, why, ...place };
}

/** Folds what a step says of alarms into working copies of them; `standing` gives the copy of one from before the step. */
function foldStep(
  open: Map<number, Member>,
  events: readonly Event[],
  standing: (id: number) => Member | undefined,
): void {
  for (const e of events) {
    if (e.kind === 'raised' && !e.covert && !hints.has(e.alarm)) {
      const { seq: id, alarm: kind, device, zone, at } = e;
      const place = zone === undefined ? {} : { zone };
      const fresh = { lost: isLost(e), raisedAt: at, times: [at], incident: id, why: undefined };
      open.set(id, { id, kind, device, ...fresh, ...place });
    } else if (e.kind === 'repeated' || e.kind === 'joined') {
      const known = open.get(e.alarm) ?? standing(e.alarm);
      if (!known) continue;
      if (e.kind === 'repeated') open.set(known.id, { ...known, times: [...known.times, e.at] });
      else open.set(known.id, { ...known, incident: e.incident, why: e.why === 'apart' ? undefined : e.why });
    }
  }
}

/** Open alarms with what this step has made of them so far. Silent calls for help stay by themselves: a group would give them away. */
function openMembers(draft: Draft): Map<number, Member> {
  const open = new Map<number, Member>();
  for (const alarm of draft.state.alarms.values()) {
    const member = memberOf(alarm);
    if (member) open.set(member.id, member);
  }
  foldStep(open, draft.events, () => undefined);
  return open;
}

/** Of each step the alarms it has raised or changed, and how many of its events were looked at for that. */
const steps = new WeakMap<Draft, { readonly changed: Map<number, Member>; seen: number }>();

function changedIn(draft: Draft): ReadonlyMap<number, Member> {
  const step = steps.get(draft) ?? { changed: new Map<number, Member>(), seen: 0 };
  steps.set(draft, step);
  foldStep(step.changed, draft.events.slice(step.seen), (id) => {
    const alarm = draft.state.alarms.get(id);
    return alarm && memberOf(alarm);
  });
  step.seen = draft.events.length;
  return step.changed;
}

/** The zones an alarm speaks of: one, or all that its device guards. */
function zonesOf(site: Site, { kind, device, zone }: Pick<Grouped, 'kind' | 'device' | 'zone'>): readonly string[] {
  return zone === undefined || kind === 'comms' ? (lookup(site.devices, device)?.zones ?? []) : [zone];
}

/** By device, its line; as with the watchers. */
const linesOf = new WeakMap<Site, ReadonlyMap<string, string>>();

function lineOf(site: Site): ReadonlyMap<string, string> {
  const known = linesOf.get(site);
  if (known) return known;
  const lines = new Map(Object.values(site.devices).map(({ id, line }) => [id, line]));
  linesOf.set(site, lines);
  return lines;
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
export function placesOf(site: Site, alarm: Pick<Grouped, 'kind' | 'device' | 'zone'>): readonly string[] {
  const seen = watchers(site).get(alarm.device);
  return seen ? [...zonesOf(site, alarm), ...seen] : zonesOf(site, alarm);
}

/** What binds an alarm to one before it, by themselves; `lost`: the other is a device that cannot be heard. */
function bondOf(site: Site, mine: Member): (other: Grouped, lost: boolean, apartMs: number) => Joining | undefined {
  const lines = lineOf(site);
  const line = mine.lost ? lines.get(mine.device) : undefined;
  const places = new Set(placesOf(site, mine));
  const beside = new Set(
    zonesOf(site, mine).flatMap((id) => {
      const zone = lookup(site.zones, id);
      return zone ? neighbours(site, zone).map((z) => z.id) : [];
    }),
  );
  return (other, lost, apartMs) => {
    if ((mine.kind === 'comms') !== (other.kind === 'comms')) return undefined;
    const sameLine = line !== undefined && lost && lines.get(other.device) === line;
    if (sameLine && apartMs <= lineMs) return 'same-line';
    if (beside.size > 0 && apartMs <= neighbourMs && zonesOf(site, other).some((id) => beside.has(id)))
      return 'neighbour';
    if (places.size === 0) return undefined;
    return placesOf(site, other).some((id) => places.has(id)) ? 'same-place' : undefined;
  };
}

/** Alarms that the weather explains together with this one; empty when there are too few, or a wire was cut meanwhile. */
function crowd(sameWay: readonly Grouped[], cuts: readonly Time[], mine: Member): readonly Grouped[] {
  if (sameWay.length === 0) return [];
  const calm = ({ raisedAt }: Grouped) => !cuts.some((at) => Math.abs(at - raisedAt) <= weatherMs);
  if (!calm(mine)) return [];
  const found = cuts.length > 0 ? sameWay.filter(calm) : sameWay;
  const zones = new Set([mine.zone]);
  for (const { zone } of found) if (zones.add(zone).size >= weatherZones) return found;
  return [];
}

/** Devices of other lines that were lost together with this one; empty when there are too few lines for a switch or the power. */
function outage(site: Site, open: readonly Grouped[], mine: Member): readonly Grouped[] {
  const lines = lineOf(site);
  let last = lines.get(mine.device) ?? mine.device;
  const found = new Set([last]);
  for (const { device } of open) {
    const line = lines.get(device) ?? device;
    if (line === last) continue;
    last = line;
    if (found.add(line).size >= networkLines) return open;
  }
  return [];
}

/** What a new alarm hangs together with. */
interface Ties {
  /** The incidents of those it is tied to. */
  readonly groups: ReadonlySet<number>;
  /** What it is told of as; undefined when it stands by itself. */
  readonly why: Joining | undefined;
  /** What ties one of those that were looked at to it. */
  of(other: Member): Joining | undefined;
}

/** Shows every open alarm, and whether it is a device that cannot be heard as far as that matters to the new one. */
type ShowAll = (see: (one: Grouped, lost: boolean) => void) => void;

/**
 * Looks once over the open alarms. A thousand may be raised in one instant beside a thousand that stand, so it makes nothing for each:
 * State's alarms are looked at as they are, and what is of an incident that is bound already is not asked for its bond.
 */
function tiesOf(site: Site, show: ShowAll, mine: Member): Ties {
  const bond = bondOf(site, mine);
  const way = mine.zone === undefined ? undefined : directions[mine.kind];
  const groups = new Set<number>();
  const [sameWay, cuts, open]: [Grouped[], Time[], Grouped[]] = [[], [], []];
  let first: Joining | undefined;
  show((other, lost) => {
    if (way && other.kind === 'cut') cuts.push(...other.times);
    const apartMs = mine.raisedAt - other.raisedAt;
    // The longest of the windows, and the only one of a place.
    if (apartMs > placeMs || other.id >= mine.id) return;
    const incident = other.incident ?? other.id;
    const why = groups.has(incident) ? undefined : bond(other, lost, apartMs);
    if (why) groups.add(incident);
    first ??= why;
    if (way && other.zone !== undefined && directions[other.kind] === way) sameWay.push(other);
    if (lost && apartMs <= networkMs) open.push(other);
  });
  const others = crowd(sameWay, cuts, mine);
  const lost = outage(site, open, mine);
  for (const { id, incident = id } of others) groups.add(incident);
  for (const { id, incident = id } of lost) groups.add(incident);
  const why = others.length > 0 ? 'weather' : lost.length > 0 ? 'network' : first;
  return {
    ...{ groups, why },
    of(other) {
      const apartMs = mine.raisedAt - other.raisedAt;
      if (apartMs > placeMs || other.id >= mine.id) return undefined;
      if (lost.some(({ id }) => id === other.id)) return 'network';
      if (others.some(({ id }) => id === other.id)) return 'weather';
      return bond(other, other.lost, apartMs);
    },
  };
}

/** Puts an alarm into the incident it belongs to, and makes one of several incidents that it ties together. */
function attach(site: Site, open: ReadonlyMap<number, Member>, mine: Member): void {
  const show: ShowAll = (see) => {
    for (const one of open.values()) see(one, mine.lost && one.lost);
  };
  const ties = tiesOf(site, show, mine);
  if (ties.groups.size === 0) return;
  const first = Math.min(...ties.groups);
  for (const member of open.values()) {
    if (!ties.groups.has(member.incident) || member.incident === first) continue;
    member.incident = first;
    member.why ??= ties.of(member) ?? ties.why;
  }
  mine.incident = first;
  mine.why = ties.why;
}

/** The open alarms that may be of an incident, as this step leaves them: those of State as they are. */
function openAlarms({ state }: Draft, changed: ReadonlyMap<number, Member>, mine: Member): ShowAll {
  const before = [...changed.keys()].some((id) => id <= state.seq);
  return (see) => {
    for (const alarm of state.alarms.values()) {
      const now = before ? changed.get(alarm.id) : undefined;
      if (now) see(now, mine.lost && now.lost);
      else if (!alarm.covert && !hints.has(alarm.kind)) see(alarm, mine.lost && isLost(alarm));
    }
    for (const one of changed.values()) if (one.id > state.seq) see(one, mine.lost && one.lost);
  };
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
  const changed = changedIn(draft);
  const raised = id > draft.state.seq ? changed.get(id) : undefined;
  if (raised && raised.kind !== 'cut') {
    const { groups, why } = tiesOf(draft.site, openAlarms(draft, changed, raised), raised);
    const [incident] = groups;
    if (incident === undefined) return;
    // Nothing but the new one moves; where incidents become one, a working copy of all is needed.
    if (groups.size === 1) return draft.add({ kind: 'joined', alarm: id, incident, why: why ?? 'apart' });
  }
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
