/**
 * Incidents and floods: grouping adds and never takes away, what happens in one place within a minute is one incident, and
 * too many alarms for one person are said to be, and said to be over. Worked out again from what was raised.
 */
import type { AlarmKind, Event, Time } from '../../core/types.ts';
import { incidents } from '../../core/view/view-incidents.ts';
import {
  alarmLostInGroup,
  cutAmongUnheard,
  floodEndUntold,
  floodUntold,
  floodWrong,
  networkApart,
  samePlaceApart,
  triggersMissing,
} from '../../words/check-words.ts';
import { promises } from '../../words/night-words.ts';
import type { Seen } from '../observed.ts';
import { checker, type Desk } from './check.ts';

/** What the journal says of an open alarm, folded anew. */
interface OpenIncident {
  readonly device: string;
  readonly kind: AlarmKind;
  readonly zone: string | undefined;
  readonly quiet: boolean;
  readonly raisedAt: Time;
  readonly causes: Set<string>;
  count: number;
}

/** Alarms of one zone within this time are one incident. */
const placeMs = 60_000;
/** Maintenance hints are part of nothing. */
const hints: ReadonlySet<AlarmKind> = new Set(['drift', 'weather']);
/** What must not disappear among devices that nobody hears. */
const intruding: readonly AlarmKind[] = ['cut', 'climb'];
/** So many lines lost within this time have lost one thing. */
const networkMs = 30_000;
const networkLines = 3;
const tellsOfZone = ({ kind, quiet, zone }: OpenIncident): boolean =>
  zone !== undefined && !quiet && !hints.has(kind) && kind !== 'comms';

function fold(open: Map<number, OpenIncident>, event: Event, ran: Time): void {
  if (event.kind === 'raised') {
    const { seq, device, alarm: kind, zone, covert = false, active, cause } = event;
    const causes = new Set(active ? [cause] : []);
    open.set(seq, { device, kind, zone, quiet: covert, raisedAt: ran, causes, count: 1 });
  }
  const one = 'alarm' in event && typeof event.alarm === 'number' ? open.get(event.alarm) : undefined;
  if (!one || !('alarm' in event)) return;
  if (event.kind === 'repeated') {
    one.count += 1;
    if (event.active) one.causes.add(event.cause);
  } else if (event.kind === 'returned-to-normal') one.causes.delete(event.cause);
  else if (event.kind === 'closed') open.delete(event.alarm);
}

export const incidentsWhole = checker(() => {
  const open = new Map<number, OpenIncident>();
  const together = (desk: Desk, id: number, at: Time) => {
    const mine = open.get(id);
    const { alarms } = desk.evidence.state;
    if (!mine || !tellsOfZone(mine)) return;
    for (const [other, one] of open) {
      if (other >= id || one.zone !== mine.zone || !tellsOfZone(one) || mine.raisedAt - one.raisedAt > placeMs)
        continue;
      const same = (alarms.get(id)?.incident ?? id) === (alarms.get(other)?.incident ?? other);
      desk.test(same, at, samePlaceApart(other, id));
    }
  };
  /** When the third line is lost, all that were within half a minute are one incident. */
  const networkTogether = (desk: Desk, id: number, at: Time) => {
    const mine = open.get(id);
    const { site, state } = desk.evidence;
    const lost = [...open].filter(
      ([other, { device, raisedAt }]) =>
        other <= id &&
        state.alarms.get(other)?.key === `${device}/comms` &&
        mine &&
        mine.raisedAt - raisedAt <= networkMs,
    );
    if (new Set(lost.map(([, { device }]) => site.devices[device]?.line)).size < networkLines) return;
    const incidentsOf = new Set(lost.map(([other]) => state.alarms.get(other)?.incident ?? other));
    desk.test(incidentsOf.size === 1, at, networkApart(lost.map(([other]) => other).join()));
  };
  const keeps = (desk: Desk, at: Time) => {
    const { state } = desk.evidence;
    const shown = incidents(state).flatMap(({ alarms }) => alarms);
    for (const { id, alarms } of incidents(state)) {
      const told = new Set(alarms.map(({ kind }) => kind));
      desk.test(!(told.has('comms') && intruding.some((kind) => told.has(kind))), at, cutAmongUnheard(id));
    }
    const once = shown.length === open.size && new Set(shown.map(({ id }) => id)).size === open.size;
    desk.test(once, at, alarmLostInGroup);
    for (const alarm of shown) {
      const known = open.get(alarm.id);
      const own =
        known?.device === alarm.device &&
        known.count === alarm.count &&
        [...known.causes].sort().join() === [...alarm.causes].sort().join();
      desk.test(own, at, triggersMissing(alarm.id));
    }
  };
  return {
    name: 'incidents-whole',
    title: promises.incidentsWhole,
    see(seen, desk) {
      if (seen.what !== 'kept') return;
      for (const event of seen.events) fold(open, event, desk.evidence.ran(event));
      for (const event of seen.events) {
        if (event.kind !== 'raised') continue;
        together(desk, event.seq, seen.at);
        if (event.key === `${event.device}/comms`) networkTogether(desk, event.seq, seen.at);
      }
      if (seen.events.some(({ kind }) => kind === 'raised' || kind === 'joined')) keeps(desk, seen.at);
    },
  };
});

const floodMs = 600_000;
const floodAbove = 10;
const floodBelow = 5;
/** A tick and a commit. */
const tickMs = 3_000;
/** How often the night is looked at. */
const momentMs = 5_000;

export const floodsSaid = checker(() => {
  let raises: Time[] = [];
  let on = false;
  /** Times, true time, in which a flood was told although there were few alarms. */
  const calm: { readonly from: Time; to: Time | undefined }[] = [];
  const count = (now: Time) => raises.filter((at) => at > now - floodMs).length;
  const kept = (event: Event, at: Time, { evidence, test }: Desk) => {
    if (event.kind === 'raised' && event.priority < 4 && !event.covert)
      raises = [...raises, evidence.ran(event)].slice(-200);
    if (event.kind !== 'flooded') return;
    const many = count(evidence.ran(event));
    const right = event.on !== on && (event.on ? many > floodAbove : many < floodBelow);
    test(right, at, floodWrong(many, event.on ? 'begin' : 'end'));
    ({ on } = event);
  };
  const moment = ({ at, wall }: Seen) => {
    const few = on && count(wall) < floodBelow;
    const last = calm.at(-1);
    if (few && (!last || last.to !== undefined)) calm.push({ from: at, to: undefined });
    else if (!few && last) last.to ??= at;
  };
  return {
    name: 'floods-said',
    title: promises.floodsSaid,
    see(seen, desk) {
      if (seen.what === 'moment') moment(seen);
      if (seen.what !== 'kept') return;
      for (const event of seen.events) kept(event, seen.at, desk);
      const last = seen.events.at(-1);
      if (!last || !seen.events.some(({ kind }) => kind === 'raised')) return;
      const many = count(desk.evidence.ran(last));
      if (many > floodAbove) desk.test(on, seen.at, floodUntold(many));
    },
    end({ evidence, test }) {
      // By a clock that was set, ten minutes are not ten minutes.
      if (evidence.clockSetAt > 0) return;
      for (const { from, to = evidence.endedAt } of calm) {
        const told = to <= evidence.due(from, tickMs + momentMs);
        test(told, from, floodEndUntold);
      }
    },
  };
});
