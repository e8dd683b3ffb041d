/**
 * What the desk asks of State about the handling of alarms: which list an alarm stands in, whom one could send, what has
 * become too many. Pure queries beside `view`; they hold no rule about what may be done.
 */

import { handlingOf, memoryOf } from '../alarm/alarm-state.ts';
import { floodMs } from '../alarm/flood.ts';
import type { Alarm, Checkpoint, Person, Round, Site, State, Time, Zone } from '../types.ts';
import { inOrder } from './view.ts';

/** Somebody who scanned no longer ago than this is on duty, though his round is over. */
const onDutyMs = 7_200_000;

/** The lists of the desk. Every open alarm is in exactly one. */
export interface DeskLists {
  readonly waiting: readonly Alarm[];
  /** Acknowledged, and the condition stands or somebody is under way. */
  readonly handled: readonly Alarm[];
  /** Over, and nothing is missing but a reason or a countersignature. */
  readonly toClose: readonly Alarm[];
  readonly shelved: readonly Alarm[];
  /** Maintenance hints, priority 4. */
  readonly maintenance: readonly Alarm[];
}

function listOf(state: State, alarm: Alarm): keyof DeskLists {
  if (state.shelves.has(alarm.key)) return 'shelved';
  if (alarm.priority === 4) return 'maintenance';
  if (!alarm.acked) return 'waiting';
  const underWay = ['dispatched', 'accepted', 'arrived'].includes(handlingOf(alarm));
  return memoryOf(alarm) === 'latched' && !underWay ? 'toClose' : 'handled';
}

/** All open alarms by what they wait for, each list in the order of the wall. */
export function deskLists(state: State): DeskLists {
  const lists: { [K in keyof DeskLists]: Alarm[] } = {
    waiting: [],
    handled: [],
    toClose: [],
    shelved: [],
    maintenance: [],
  };
  for (const alarm of inOrder(state.alarms.values())) lists[listOf(state, alarm)].push(alarm);
  return lists;
}

/** How many alarms were raised in the last ten minutes. */
export function raisedLately(raises: State['raises'], at: Time): number {
  return raises.filter((time) => time > at - floodMs).length;
}

/** Somebody one could send. */
export interface Candidate {
  readonly person: Person;
  /** Walks a round now, or scanned not long ago. */
  readonly onDuty: boolean;
  readonly scan?: { readonly checkpoint: Checkpoint; readonly at: Time };
  /** From the last scan to the place of the alarm, in map units. */
  readonly away?: number;
  /** Another open alarm he was sent to and has not dealt with. */
  readonly busy?: number;
}

/** Everybody of the site, best first: on duty, free, and with the last scan nearest to the place. */
export function candidates(site: Site, state: State, alarm: Alarm): Candidate[] {
  const place = placeOf(site, alarm);
  const rounds = [...state.rounds.values()];
  const all = Object.values(site.people).map((person): Candidate => {
    const scan = lastScan(site, rounds, person.id);
    const walking = rounds.some((r) => !r.counts && r.person === person.id);
    const busy = [...state.alarms.values()].find(
      (a) => a.id !== alarm.id && a.dispatched?.to === person.id && !a.disposed,
    );
    const away = scan?.checkpoint.at && place.length > 0 ? distance(scan.checkpoint.at, place) : undefined;
    return {
      person,
      onDuty: walking || (scan !== undefined && state.at - scan.at <= onDutyMs),
      ...(scan && { scan }),
      ...(away !== undefined && { away }),
      ...(busy && { busy: busy.id }),
    };
  });
  return all.sort(
    (a, b) =>
      Number(b.onDuty) - Number(a.onDuty) ||
      Number(a.busy !== undefined) - Number(b.busy !== undefined) ||
      (a.away ?? Number.MAX_VALUE) - (b.away ?? Number.MAX_VALUE) ||
      (b.scan?.at ?? 0) - (a.scan?.at ?? 0),
  );
}

type MapSpot = readonly [number, number];

/** Where an alarm is, as a line on the map; empty when nobody drew it. */
function placeOf(site: Site, alarm: Alarm): readonly MapSpot[] {
  const zone: Zone | undefined = alarm.zone === undefined ? undefined : site.zones[alarm.zone];
  if (zone) return zone.path;
  const points = Object.values(site.routes).flatMap((route) => route.checkpoints);
  const at = points.find((c) => c.id === alarm.checkpoint)?.at ?? site.devices[alarm.device]?.at;
  return at ? [at] : [];
}

/** From a spot to the nearest piece of a line. */
function distance([x, y]: MapSpot, line: readonly MapSpot[]): number {
  return Math.min(
    ...line.map(([ax, ay], i) => {
      const [bx, by] = line[i + 1] ?? [ax, ay];
      const length = (bx - ax) ** 2 + (by - ay) ** 2;
      const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length));
      return Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay));
    }),
  );
}

/** Where a person scanned last, on whatever round. */
function lastScan(site: Site, rounds: readonly Round[], person: string): Candidate['scan'] {
  let last: Candidate['scan'];
  for (const round of rounds) {
    for (const checkpoint of site.routes[round.route]?.checkpoints ?? []) {
      const check = round.checks[checkpoint.id];
      if (check?.sourceTime === undefined || (check.person ?? round.person) !== person) continue;
      if (!last || check.sourceTime > last.at) last = { checkpoint, at: check.sourceTime };
    }
  }
  return last;
}
