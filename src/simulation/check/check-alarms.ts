/**
 * What was told of alarms against what was true: every condition that an armed zone had to report is raised in time, no
 * alarm is without a cause, none is said to be over while it stands, and a device that cannot be heard is an alarm in
 * every arm state.
 */
import type { Condition } from '../../../simulators/virtual/truth.ts';
import type { Time } from '../../core/types.ts';
import {
  alarmedForNothing,
  alarmedUnarmed,
  cardLost,
  deafNotUrgent,
  notTold,
  offlineUntold,
  overTooSoon,
  overUntold,
} from '../../words/check-words.ts';
import { promises } from '../../words/night-words.ts';
import { checker, type Desk } from './check.ts';
import { type Alarming, felt, senseOf } from './check-detection.ts';
import { type Evidence, type TimeSpan, touchKinds } from './evidence.ts';

/** From a sensor's word to the wall: a poll of 250 ms, a commit, and room for a busy one. */
const raiseMs = 2_000;
/** Gauges are told every twenty seconds at the slowest. */
const gaugeMs = 22_000;
/** A camera may be found to be gone only at the end of a held pull. */
const holdMs = 26_000;
/** Ticks come every second. */
const tickMs = 1_000;
/** A camera is doubted after 300 s without a word, twice, each time up to one held pull of 20 s later. */
const deafMs = 660_000;

/** When each cause stood, as the journal tells it; a pulse stands for its moment. */
function standing({ kept, endedAt }: Evidence): Map<string, TimeSpan[]> {
  const spans = new Map<string, TimeSpan[]>();
  const open = new Map<string, Time>();
  const causes = new Map<number, Set<string>>();
  const close = (cause: string, to: Time) => {
    const from = open.get(cause);
    if (from === undefined) return;
    open.delete(cause);
    spans.set(cause, [...(spans.get(cause) ?? []), { from, to }]);
  };
  for (const { event, at } of kept) {
    if (event.kind === 'raised' || event.kind === 'repeated') {
      const id = event.kind === 'raised' ? event.seq : event.alarm;
      if (!open.has(event.cause)) open.set(event.cause, at);
      if (event.active) causes.set(id, (causes.get(id) ?? new Set()).add(event.cause));
      else close(event.cause, at);
    } else if (event.kind === 'returned-to-normal') close(event.cause, at);
    else if (event.kind === 'closed') for (const cause of causes.get(event.alarm) ?? []) close(cause, at);
  }
  for (const cause of [...open.keys()]) close(cause, endedAt);
  return spans;
}

/** When each zone was armed, as the journal tells it. */
function armed({ kept, endedAt, site }: Evidence, zone: string): TimeSpan[] {
  const spans: TimeSpan[] = [];
  let from: Time | undefined = site.zones[zone] ? (kept[0]?.at ?? 0) : undefined;
  for (const { event, at } of kept) {
    if (event.kind !== 'zone-armed' || event.zone !== zone) continue;
    if (event.mode === 'armed' || (event.mode === 'disarmed' && site.zones[zone]?.always)) from ??= at;
    else if (from !== undefined) {
      spans.push({ from, to: at });
      from = undefined;
    }
  }
  if (from !== undefined) spans.push({ from, to: endedAt });
  return spans;
}

const touches = (spans: readonly TimeSpan[] | undefined, from: Time, to: Time): boolean =>
  spans?.some((span) => span.from <= to && span.to >= from) ?? false;

function overlap(a: TimeSpan, b: TimeSpan): TimeSpan | undefined {
  const span = { from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) };
  return span.from < span.to ? span : undefined;
}

/** What of the spans lies in none of the others. */
function outside(spans: readonly TimeSpan[], others: readonly TimeSpan[]): TimeSpan[] {
  let rest = [...spans];
  for (const { from, to } of others)
    rest = rest.flatMap((span) =>
      [
        { from: span.from, to: Math.min(span.to, from) },
        { from: Math.max(span.from, to), to: span.to },
      ].filter((one) => one.from < one.to),
    );
  return rest;
}

/** The spans of a condition in which somebody had to be told of it. */
function demands(evidence: Evidence, condition: Condition): TimeSpan[] {
  const point = evidence.site.devices[condition.device]?.points[condition.point];
  if (!point?.alarm) return [];
  const whole = { from: condition.from, to: condition.to ?? evidence.endedAt };
  if (point.alarm.always || point.zone === undefined) return [whole];
  const walks = touchKinds.has(point.alarm.kind) ? evidence.walks(point.zone) : [];
  const spans = outside(armed(evidence, point.zone), walks);
  // A pulse is over at once: what was not armed then heard nothing.
  if (point.keep === 'pulse') return touches(spans, condition.from, condition.from) ? [whole] : [];
  return spans.flatMap((span) => overlap(span, whole) ?? []);
}

export const raisedInTime = checker(() => ({
  name: 'raised-in-time',
  title: promises.raisedInTime,
  end(desk) {
    const { evidence } = desk;
    const stood = standing(evidence);
    for (const condition of evidence.truth.conditions) {
      const cause = `${condition.device}/${condition.point}`;
      const { device } = condition;
      const keep = evidence.pointOf(cause)?.keep;
      const gauge = keep === 'gauge';
      // Of what a camera saw while nobody listened it later tells how things stand, and not what was over at once.
      const unheard =
        keep === 'pulse' &&
        evidence.site.devices[device]?.family === 'camera' &&
        evidence.disturbed(condition.from - holdMs, condition.from, device);
      for (const { from, to } of demands(evidence, condition)) {
        if (unheard && from === condition.from) continue;
        const due = evidence.due(from, gauge ? gaugeMs : raiseMs, device);
        // What was over, or no longer watched, before it had to be told may have gone unseen.
        if (due > to || due > evidence.endedAt) continue;
        const told = touches(stood.get(cause), from - tickMs, due);
        desk.test(told, from, notTold(cause));
      }
    }
  },
}));

export const keptEventsTold = checker(() => ({
  name: 'kept-by-device',
  title: promises.keptEventsTold,
  end(desk) {
    const { evidence } = desk;
    const facts = evidence.facts('read');
    for (const touch of evidence.truth.touches) {
      if (evidence.endedAt - touch.at < 20 * 60_000) continue;
      const found = facts.some(
        ({ event }) => event.device === touch.reader && event.value === touch.card && event.sourceTime === touch.at,
      );
      desk.test(found, touch.at, cardLost(touch.reader));
    }
  },
}));

/** Whether a condition of this cause held when the event says it did, give or take what the wire needs. */
function explained({ evidence }: Desk, cause: string, at: Time, taken: Time | undefined): boolean {
  const [device = ''] = cause.split('/');
  return evidence.conditionsOf(cause).some(({ from, to }) => {
    if (taken !== undefined && from <= taken + 1 && taken <= (to ?? taken) + 1) return true;
    if (from > at + 1) return false;
    return to === undefined || at <= to + raiseMs || evidence.disturbed(to, at, device);
  });
}

export const noAlarmWithoutCause = checker(() => ({
  name: 'no-alarm-without-cause',
  title: promises.noAlarmWithoutCause,
  end(desk) {
    const { evidence } = desk;
    for (const { event, at } of evidence.kept) {
      if (event.kind !== 'raised' && event.kind !== 'repeated') continue;
      const reason = reasonOf(desk, event, at);
      if (reason !== undefined) desk.test(reason, at, alarmedForNothing(event.cause));
    }
  },
}));

/** Whether the truth explains it; undefined for what another checker judges. */
function reasonOf(desk: Desk, event: Alarming, at: Time): boolean | undefined {
  const [device = '', name = ''] = event.cause.split('/');
  if (name === 'link') return desk.evidence.muted(desk.evidence.decidedAt(event, at) - tickMs, at, device);
  const sense = senseOf(event.cause);
  if (sense) return felt(desk, sense, event, at);
  return desk.evidence.pointOf(event.cause) ? explained(desk, event.cause, at, event.sourceTime) : undefined;
}

export const armedOnly = checker(() => ({
  name: 'armed-only',
  title: promises.armedOnly,
  end(desk) {
    const { evidence } = desk;
    const spans = new Map<string, TimeSpan[]>();
    for (const { event, at } of evidence.kept) {
      if (event.kind !== 'raised' && event.kind !== 'repeated') continue;
      const point = evidence.pointOf(event.cause);
      if (!point?.alarm || point.alarm.always || point.zone === undefined) continue;
      const known = spans.get(point.zone) ?? armed(evidence, point.zone);
      spans.set(point.zone, known);
      desk.test(touches(known, at, at), at, alarmedUnarmed(point.zone, event.cause));
    }
  },
}));

export const overWhenOver = checker(() => ({
  name: 'over-when-over',
  title: promises.overWhenOver,
  end(desk) {
    const { evidence } = desk;
    for (const { event, at } of evidence.facts('returned-to-normal')) {
      // With a reason it ended for another cause: disarmed, or no longer part of the site.
      if (event.why !== undefined || !evidence.pointOf(event.cause)) continue;
      const [device = ''] = event.cause.split('/');
      const stands = evidence
        .conditionsOf(event.cause)
        .some(({ from, to }) => from < at - raiseMs && (to === undefined || to > at));
      desk.test(!stands || evidence.disturbed(at - raiseMs, at, device), at, overTooSoon(event.cause));
    }
  },
}));

export const overInTime = checker(() => ({
  name: 'over-in-time',
  title: promises.overInTime,
  end(desk) {
    const { evidence } = desk;
    const stood = standing(evidence);
    for (const { device, point, to } of evidence.truth.conditions) {
      if (to === undefined) continue;
      const cause = `${device}/${point}`;
      const gauge = evidence.pointOf(cause)?.keep === 'gauge';
      const due = evidence.due(to, gauge ? gaugeMs : raiseMs, device);
      // It may have begun anew before that.
      if (due > evidence.endedAt || touches(evidence.conditionsOf(cause).map(spanOf), to + 1, due)) continue;
      const stands = touches(stood.get(cause), due, due);
      desk.test(!stands, to, overUntold(cause));
    }
  },
}));

const spanOf = ({ from, to = Number.POSITIVE_INFINITY }: Condition): TimeSpan => ({ from, to });

export const silenceIsAlarm = checker(() => ({
  name: 'silence-is-alarm',
  title: promises.silenceIsAlarm,
  end(desk) {
    const { evidence } = desk;
    const stood = standing(evidence);
    for (const { device, how, from, to } of evidence.truth.outages) {
      const staleMs = evidence.site.devices[device]?.staleMs ?? 0;
      const due = evidence.due(from, (how === 'deaf' ? deafMs : staleMs + tickMs) + raiseMs);
      if (due > (to ?? evidence.endedAt) || due > evidence.endedAt) continue;
      // A deaf camera answers, and is believed again as soon as it does.
      // A gateway that began anew meanwhile never heard it speak, and cannot tell it from one that has nothing to say.
      if (how === 'deaf' && evidence.disturbed(from, due)) continue;
      const told = touches(stood.get(`${device}/link`), how === 'deaf' ? from : due, due);
      desk.test(told, from, offlineUntold(device));
    }
  },
}));

/** A tick and a commit after it fell silent, or was armed. */
const settledMs = 3_000;

/**
 * A fence that watches and cannot be heard: as long as that lasts there is an urgent alarm about it, and it is not put aside. Looked at
 * every few seconds, from what the journal folds to.
 */
export const deafIsUrgent = checker(() => {
  /** Since when each host has been deaf while a zone of its watches. */
  const since = new Map<string, Time>();
  return {
    name: 'deaf-is-urgent',
    title: promises.deafIsUrgent,
    see(seen, { evidence, test }) {
      if (seen.what !== 'moment') return;
      const { site, state } = evidence;
      for (const { id, family, zones } of Object.values(site.devices)) {
        const watches = zones.some((zone) => (state.zones.get(zone)?.mode ?? 'armed') === 'armed');
        if (family !== 'fence' || !watches || state.devices.get(id)?.up !== false) {
          since.delete(id);
          continue;
        }
        const from = since.get(id) ?? seen.at;
        since.set(id, from);
        if (seen.at - from < settledMs || evidence.disturbed(from, seen.at)) continue;
        const key = `${id}/comms`;
        const alarm = state.alarms.get(state.keys.get(key) ?? 0);
        test(alarm?.priority === 1 && !state.shelves.has(key), seen.at, deafNotUrgent(id));
      }
    },
  };
});
