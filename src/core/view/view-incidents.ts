/**
 * What a screen shows of incidents: the open alarms in the groups they belong to, each group with its zones, its age and the
 * priority it is shown with. Pure queries beside `view`; every open alarm stands in exactly one group.
 */

import { late } from '../alarm/alarm-state.ts';
import { windy } from '../alarm/incidents.ts';
import { isOutage } from '../site/deafness.ts';
import type { Alarm, Priority, Site, State, Time } from '../types.ts';

/** What one cause may have set off. */
export interface Incident {
  /** Id of the alarm it began with, which may be closed by now. */
  readonly id: number;
  /** In the order in which they were raised; at least one. */
  readonly alarms: readonly [Alarm, ...Alarm[]];
  /** Every zone of its alarms once, in the order in which they were touched. */
  readonly zones: readonly string[];
  readonly since: Time;
  /** The strongest of its alarms; what looks like weather is shown as important, whatever each alarm says by itself. */
  readonly priority: Priority;
  /** Wind or a change of temperature may explain it. It must be acknowledged all the same. */
  readonly weather: boolean;
  /** How many of its alarms nobody has acknowledged. */
  readonly waiting: number;
}

/** What the weather does not do: another kind of alarm, or a climb that the gateway saw on the wires itself. */
const serious = (alarm: Alarm): boolean =>
  !windy(alarm.kind) || (alarm.kind === 'climb' && alarm.decidedBy.includes('gateway'));

const strongest = (alarms: readonly Alarm[]): Priority => Math.min(4, ...alarms.map((a) => a.priority)) as Priority;

function incident(id: number, alarms: readonly [Alarm, ...Alarm[]]): Incident {
  const weather = alarms.some((a) => a.joining === 'weather');
  const beyond = strongest(alarms.filter(serious));
  return {
    id,
    alarms,
    zones: [...new Set(alarms.flatMap((a) => a.zone ?? []))],
    since: Math.min(...alarms.map((a) => a.raisedAt)),
    priority: weather ? (Math.min(2, beyond) as Priority) : strongest(alarms),
    weather,
    waiting: alarms.filter((a) => !a.acked).length,
  };
}

/** What people have to leave a building for, then what says that somebody is on his way in; of alarms equally urgent these come first. Ours. */
const intruding: readonly Alarm['kind'][] = ['fire', 'gas', 'cut', 'climb', 'intrusion'];
const rank = ({ kind }: Alarm): number => (intruding.indexOf(kind) + intruding.length + 1) % (intruding.length + 1);

/** An incident as a person must read it: what is most urgent by itself, and what there is besides. */
export interface Front {
  /** The alarm that stands for the incident: what waits before what is in hand, then the strongest, then an intruder's, then the oldest. */
  readonly lead: Alarm;
  /** Every alarm that says the same as the lead, itself first; of what looks like weather, all that does. */
  readonly front: readonly Alarm[];
  /** The others, most urgent first. */
  readonly rest: readonly Alarm[];
}

/** Alarms of one place or incident, most urgent first: what waits, then the strongest, then an intruder's, then the oldest. */
export function mostUrgentFirst(alarms: readonly Alarm[]): Alarm[] {
  return [...alarms].sort(
    (a, b) => Number(!!a.acked) - Number(!!b.acked) || a.priority - b.priority || rank(a) - rank(b) || a.id - b.id,
  );
}

/** What of an incident comes first: never a cut wire as one of many. */
export function frontOf({ alarms, weather }: Incident): Front {
  const inTurn = mostUrgentFirst(alarms);
  const lead = inTurn[0] ?? alarms[0];
  const windswept = weather && !serious(lead);
  const same = (a: Alarm) =>
    windswept ? !serious(a) : a.kind === lead.kind && a.priority === lead.priority && !a.acked === !lead.acked;
  return { lead, front: inTurn.filter(same), rest: inTurn.filter((a) => !same(a)) };
}

/** The incidents of all open alarms: those with something to acknowledge first, then by priority, then who is there before what is out, then newest. */
export function incidents(state: State): Incident[] {
  return grouped(state.alarms.values());
}

/** These alarms in the incidents they belong to, in the same order. */
export function grouped(alarms: Iterable<Alarm>): Incident[] {
  const groups = new Map<number, [Alarm, ...Alarm[]]>();
  for (const alarm of [...alarms].sort((a, b) => a.id - b.id)) {
    const id = alarm.incident ?? alarm.id;
    const group = groups.get(id);
    if (group) group.push(alarm);
    else groups.set(id, [alarm]);
  }
  return inOrder(
    [...groups].map(([id, members]) => incident(id, members)),
    ({ waiting }) => waiting > 0,
  );
}

const outage = ({ alarms }: Incident): boolean => alarms.every(isOutage);

function inOrder(all: Incident[], first: (one: Incident) => boolean): Incident[] {
  return all.sort(
    (a, b) =>
      Number(first(b)) - Number(first(a)) ||
      a.priority - b.priority ||
      Number(outage(a)) - Number(outage(b)) ||
      b.since - a.since ||
      b.id - a.id,
  );
}

const overdue = (one: Incident, now: Time) => one.alarms.some((alarm) => late(alarm, now) !== undefined);

/** The same at `now`: where somebody was sent who is late, it stands again with what nobody has acknowledged. */
export function pressing(all: readonly Incident[], now: Time): readonly Incident[] {
  if (!all.some((one) => one.waiting === 0 && overdue(one, now))) return all;
  return inOrder([...all], (one) => one.waiting > 0 || overdue(one, now));
}

/** The numbers of zones as runs, for a title like `4–5区`: `[[4, 5], [7, 7]]`. Zones the site no longer has are left out. */
export function zoneRuns(site: Site, zones: readonly string[]): (readonly [from: number, to: number])[] {
  const numbers = zones.flatMap((id) => site.zones[id]?.number ?? []).sort((a, b) => a - b);
  const runs: [number, number][] = [];
  for (const n of numbers) {
    const last = runs.at(-1);
    if (last && n <= last[1] + 1) last[1] = n;
    else runs.push([n, n]);
  }
  return runs;
}
