/**
 * "What would these limits have done": what the detector says of stored samples, with the limits of now and with others,
 * held against what was raised at the time and what people found. Pure; it computes on the side and changes nothing.
 */

import { alarmOf, whileArmed } from '../condition/detection.ts';
import type { WireName } from '../fence/curve.ts';
import { watching, zoneMode } from '../site/watched.ts';
import type {
  AlarmKind,
  ArmMode,
  Detection,
  Event,
  Priority,
  ReadOnly,
  Rehearsed,
  SignalLimits,
  Site,
  State,
  Time,
} from '../types.ts';

/** An alarm of the zone as it was raised at the time; `reason` once it was closed. */
export interface PastAlarm {
  readonly id: number;
  readonly kind: AlarmKind;
  readonly raisedAt: Time;
  /** When it was last triggered. */
  readonly lastAt: Time;
  readonly reason?: string;
}

/** From then on, until the next one, signs of the zone were alarms or were not. */
export interface WatchSpan {
  readonly from: Time;
  readonly watched: boolean;
}

/** What happened while the samples were stored. */
export interface RaisedBefore {
  readonly alarms: readonly PastAlarm[];
  /** In order of time; before the first one the zone was watched. */
  readonly spans: readonly WatchSpan[];
}

/** Signs that follow each other closely enough to be one alarm to a person. */
export interface Episode {
  readonly from: Time;
  readonly to: Time;
  readonly signs: readonly Detection[];
  /** Indexes of the wires it was said of, lowest first. */
  readonly wires: readonly number[];
  /** The reading farthest from the base, N. */
  readonly peakN?: number;
  /** The alarm that was raised at the time, and what it was closed with. */
  readonly alarm?: number;
  readonly reason?: string;
}

/** How often, by what the alarm was closed with; `open`: not closed yet; `none`: nothing was raised at the time. */
export interface ReasonRow {
  readonly reason: string;
  /** Alarms that were raised. */
  readonly was: number;
  /** Alarms that the limits of now, and the other ones, would raise. */
  readonly now: number;
  readonly would: number;
}

export interface Rehearsal {
  /** How many alarms were raised, and how many the limits of now and the other ones would have. */
  readonly was: number;
  readonly now: number;
  readonly would: number;
  readonly reasons: readonly ReasonRow[];
  /** Alarms confirmed as true (A1 …) that the gateway's detection would not have raised with the other limits, or does not now. */
  readonly missed: readonly PastAlarm[];
  readonly missedNow: number;
  /** Of how many alarms that were confirmed as true. */
  readonly confirmed: number;
  /** Signs while nobody watched the zone (disarmed, under test): no alarms, with the other limits. */
  readonly unwatched: number;
  /** Maintenance notes the other limits would have made, by sign. */
  readonly maintenance: Readonly<Partial<Record<Detection, number>>>;
  /** What the other limits would have raised, newest first, bounded. */
  readonly episodes: readonly Episode[];
  /** How many older ones are not listed. */
  readonly unlisted: number;
}

/** What to rehearse: the wires of a zone, lowest first, and the limits of now beside the other ones. */
export interface RehearsalQuery {
  readonly wires: readonly WireName[];
  readonly from: Time;
  readonly to: Time;
  readonly now: SignalLimits;
  readonly would: SignalLimits;
  readonly past: RaisedBefore;
}

/** A rehearsal, and what it had to go by: how many samples there were, and for how long of the time there was none. */
export interface Played extends Rehearsal {
  readonly samples: number;
  readonly unknownMs: number;
}

/** Signs closer than this are one alarm: within it a repeat joins the alarm that is there. */
const joinMs = 60_000;
/** An alarm belongs to what was seen this long before or after it. */
const nearMs = 30_000;
const episodesMax = 500;
/** A sign of this priority or a graver one calls a person. */
const calling: Priority = 2;

/** The kinds of alarm that stored samples of wires can tell of. */
export const rehearsable: ReadonlySet<AlarmKind> = new Set(['climb', 'pull', 'cut', 'slack', 'static']);

/** Whether a sign counted as an alarm at any moment it held. */
function counted({ detection, from, to }: Rehearsed, spans: readonly WatchSpan[]): boolean {
  if (!whileArmed(detection)) return true;
  const first = spans.findLastIndex((span) => span.from <= from);
  if (spans[first]?.watched ?? true) return true;
  return spans.slice(first + 1).some((span) => span.watched && span.from <= to);
}

function near(alarm: PastAlarm, from: Time, to: Time): boolean {
  return alarm.raisedAt - nearMs <= to && alarm.lastAt + nearMs >= from;
}

const isTrue = (alarm: PastAlarm): boolean => alarm.reason?.startsWith('A') ?? false;

/** The alarm at that time; a confirmed one, if there was one among several. */
function alarmAt(alarms: readonly PastAlarm[], from: Time, to: Time): PastAlarm | undefined {
  const there = alarms.filter((alarm) => near(alarm, from, to));
  return there.find(isTrue) ?? there[0];
}

function episodeOf(signs: readonly Rehearsed[], alarms: readonly PastAlarm[]): Episode {
  const from = Math.min(...signs.map((one) => one.from));
  const to = Math.max(...signs.map((one) => one.to));
  const peaks = signs.flatMap((one) => one.peakN ?? []);
  const alarm = alarmAt(alarms, from, to);
  return {
    from,
    to,
    signs: [...new Set(signs.map((one) => one.detection))],
    wires: [...new Set(signs.flatMap((one) => one.wire ?? []))].sort((a, b) => a - b),
    ...(peaks.length > 0 && { peakN: Math.max(...peaks) }),
    ...(alarm && { alarm: alarm.id }),
    ...(alarm?.reason !== undefined && { reason: alarm.reason }),
  };
}

/** The alarms that signs, in order of their beginnings, would have been. */
function episodes(signs: readonly Rehearsed[], { alarms, spans }: RaisedBefore): Episode[] {
  const groups: Rehearsed[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const one of signs) {
    if (alarmOf(one.detection).priority > calling || !counted(one, spans)) continue;
    if (one.from - end <= joinMs) groups.at(-1)?.push(one);
    else groups.push([one]);
    end = Math.max(end, one.to);
  }
  return groups.map((group) => episodeOf(group, alarms));
}

const reasonOf = ({ alarm, reason }: Episode): string => reason ?? (alarm === undefined ? 'none' : 'open');

function reasonRows(alarms: readonly PastAlarm[], now: readonly Episode[], would: readonly Episode[]): ReasonRow[] {
  const was = alarms.map(({ reason }) => reason ?? 'open');
  const [is, then] = [now.map(reasonOf), would.map(reasonOf)];
  const count = (list: readonly string[], reason: string) => list.filter((one) => one === reason).length;
  return [...new Set([...was, ...is, ...then])]
    .sort()
    .map((reason) => ({ reason, was: count(was, reason), now: count(is, reason), would: count(then, reason) }));
}

/** Holds what the limits of now and others say of the same samples against what was raised at the time. */
export function judgeRehearsal(past: RaisedBefore, now: readonly Rehearsed[], would: readonly Rehearsed[]): Rehearsal {
  const [is, then] = [episodes(now, past), episodes(would, past)];
  const confirmed = past.alarms.filter(isTrue);
  const missing = (all: readonly Episode[]) =>
    confirmed.filter((alarm) => !all.some(({ from, to }) => near(alarm, from, to)));
  const notes = would.filter(({ detection }) => alarmOf(detection).priority > calling);
  const maintenance: Partial<Record<Detection, number>> = {};
  for (const { detection } of notes) maintenance[detection] = (maintenance[detection] ?? 0) + 1;
  const listed = then.slice(-episodesMax);
  return {
    was: past.alarms.length,
    now: is.length,
    would: then.length,
    reasons: reasonRows(past.alarms, is, then),
    missed: missing(then),
    missedNow: missing(is).length,
    confirmed: confirmed.length,
    unwatched: would.filter((one) => alarmOf(one.detection).priority <= calling && !counted(one, past.spans)).length,
    maintenance,
    episodes: listed.reverse(),
    unlisted: then.length - listed.length,
  };
}

/**
 * When the signs of a zone were alarms, from the facts of arming and walk tests, oldest first. Without any fact of arming the
 * zone stands as it does now.
 */
export function watchSpans(site: Site, state: ReadOnly<State>, zone: string, facts: readonly Event[]): WatchSpan[] {
  let mode: ArmMode | undefined;
  let tested = false;
  const spans: WatchSpan[] = [];
  for (const fact of facts) {
    if (fact.kind === 'zone-armed' && fact.zone === zone) mode = fact.mode;
    else if (fact.kind === 'walk-started') tested = fact.zones.includes(zone);
    else if (fact.kind === 'walk-ended') tested = false;
    else continue;
    // A test that the facts begin in the midst of is known by its end alone, and then it makes no difference any more.
    spans.push({ from: fact.at, watched: !tested && watching(site, zone, mode ?? zoneMode(state, zone)) });
  }
  return spans.length > 0 ? spans : [{ from: 0, watched: watching(site, zone, zoneMode(state, zone)) }];
}
