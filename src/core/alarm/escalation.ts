/**
 * Escalation: who else hears of an alarm that nobody acknowledges, that no wall has shown, or that somebody took and did not
 * see to in time. Each step is a fact; what it sends is owed until it is sent, and is taken back by an acknowledgement, by
 * what was owed being done, or by a shelf. A step that reaches nobody is passed at once, and beyond the last one stands the last
 * resort. It never decides what a message says.
 */

import type { Draft } from '../draft.ts';
import { isLifeSafety } from '../site/deafness.ts';
import { chainFor, namedBy } from '../tell/chains.ts';
import { channelsBeside, ladderChannels, tellingsOf } from '../tell/ladders.ts';
import { jitterOf } from '../tell/pace.ts';
import type {
  Alarm,
  Escalation,
  EscalationReason,
  Fact,
  Input,
  PledgeStage,
  Priority,
  Site,
  State,
  Time,
} from '../types.ts';
import { late } from './alarm-state.ts';
import { alarmFor } from './authorize.ts';
import { seenMax } from './evolve-alarm.ts';
import {
  answeredBy,
  fellEmpty,
  lastResortOf,
  type Passing,
  passing,
  saidWithinMs,
  showableSince,
  wallPage,
} from './reach.ts';
import { calls } from './sounding.ts';

type Escalated = Extract<Fact, { kind: 'escalated' }>;

const chainOf = ({ site }: Draft, alarm: Alarm): Escalation | undefined => chainFor(site, alarm);

/**
 * Why nobody can have seen the alarm in time: no wall has shown it, or, in a school without one, no page at all. Silent calls for help are not for walls, and in a flood a wall tells of what
 * is ordinary by its number alone; what was put aside, or left out by a flood, is given its time once it can be shown.
 */
function unpainted({ site, state, at }: Draft, alarm: Alarm): 'not-displayed' | 'no-screen' | undefined {
  if (alarm.covert || (state.flood && alarm.priority > 2)) return undefined;
  if (at < showableSince(state, alarm) + saidWithinMs(alarm)) return undefined;
  // What was shown before it waited anew says nothing of whether it is shown now.
  const seen = alarm.displayed.filter((one) => one.at >= alarm.waitingSince);
  if (Object.keys(site.walls ?? {}).length === 0) return seen.length === 0 ? 'no-screen' : undefined;
  return seen.some(({ page }) => page === wallPage) ? undefined : 'not-displayed';
}

/** A step that is due, and why. */
type EscalationDue = Pick<Escalated, 'level' | 'why' | 'again' | 'takenBy'>;
/** The same, gone on from what reaches nobody. */
type EscalationStepTaken = EscalationDue & Partial<Pick<Passing, 'nobody' | 'lastResort'>>;

/** How far an alarm has gone up its chain; versions before counted on beyond its end. */
const reachedOf = ({ escalated }: Alarm, { steps }: Escalation): number =>
  Math.min(escalated?.level ?? 0, steps.length);

/** The last step of the chain once more. */
const repetition = ({ escalated }: Alarm, { steps }: Escalation): Pick<EscalationDue, 'level' | 'again'> => ({
  level: steps.length,
  again: (escalated?.again ?? 0) + 1,
});

/** The level that is due now and was not reached yet, and why; at the end of the chain its last step is repeated. */
function due(draft: Draft, chain: Escalation, alarm: Alarm): EscalationDue | undefined {
  const { at } = draft;
  const { steps, repeatMs } = chain;
  if (alarm.acked) return dueAfterAll(chain, alarm, at);
  const reached = reachedOf(alarm, chain);
  const since = alarm.escalated?.at ?? alarm.waitingSince;
  const level = steps.filter(({ afterMs }) => at >= alarm.waitingSince + afterMs).length;
  if (level > reached) return { level, why: 'unacknowledged' };
  const unseen = reached === 0 ? unpainted(draft, alarm) : undefined;
  if (unseen) return { level: 1, why: unseen };
  const { site, state } = draft;
  const empty = fellEmpty(site, state, alarm, chain, reached, at);
  if (empty && reached < steps.length) return { level: reached + 1, why: 'unacknowledged' };
  if (!empty && (reached < steps.length || at < since + repeatMs)) return undefined;
  return { ...repetition(alarm, chain), why: 'unacknowledged' };
}

const notDone: Readonly<Record<PledgeStage, EscalationReason>> = {
  send: 'not-sent',
  accept: 'not-accepted',
  arrive: 'not-arrived',
  find: 'not-found',
  review: 'not-reviewed',
};

/** What is due for an alarm that somebody took and has not seen to in time: the next step of its chain, then on at its pace. */
function dueAfterAll(chain: Escalation, alarm: Alarm, at: Time): EscalationDue | undefined {
  const { steps, repeatMs } = chain;
  const { pledge, escalated } = alarm;
  const broken = late(alarm, at);
  if (!alarm.acked || !pledge || !broken) return undefined;
  const reached = reachedOf(alarm, chain);
  const [last, next] = [steps[reached - 1]?.afterMs ?? 0, steps[reached]?.afterMs];
  if (escalated && escalated.at >= pledge.until) {
    const paceMs = next === undefined ? repeatMs : next - last;
    if (at < escalated.at + paceMs) return undefined;
  }
  const step = reached < steps.length ? { level: reached + 1 } : repetition(alarm, chain);
  return { ...step, why: notDone[broken], takenBy: alarm.acked.by };
}

/** The step that is due, gone on from until it reaches somebody. */
function onwards(draft: Draft, chain: Escalation, alarm: Alarm, due: EscalationDue): EscalationStepTaken {
  const { site, state, at } = draft;
  // A repetition is one of the last step; else the step an alarm stands at may have come to reach nobody since.
  const from = due.again !== undefined ? chain.steps.length - 1 : reachedOf(alarm, chain);
  const fell = due.again === undefined && fellEmpty(site, state, alarm, chain, from, at);
  const { nobody, ...on } = passing(site, state, alarm, chain, {
    reached: fell ? from - 1 : from,
    level: due.level,
    at,
  });
  return { ...due, ...on, ...(nobody.length > 0 && { nobody }) };
}

/**
 * In a flood, by channel, the alarm whose messages speak for all that is not urgent: of those that wait, and are told by the
 * channel for as long as they do, the most urgent, then the oldest.
 */
export function speakersInFlood(site: Site, state: State): ReadonlyMap<string, Alarm> {
  const speakers = new Map<string, Alarm>();
  if (!state.flood) return speakers;
  const oldest = new Map<Priority, Alarm>();
  for (const alarm of state.alarms.values()) {
    if (calls(state, alarm) && !oldest.has(alarm.priority)) oldest.set(alarm.priority, alarm);
  }
  for (const priority of [1, 2, 3] as const) {
    const alarm = oldest.get(priority);
    const steps = alarm ? (chainFor(site, alarm)?.steps ?? []) : [];
    const persons = steps.some(({ people, onDuty }) => people !== undefined || onDuty);
    const channels = [
      ...(steps.at(-1)?.channels ?? []),
      ...lastResortOf(site, false).channels,
      ...(persons ? ladderChannels(site) : []),
    ];
    for (const channel of channels) if (alarm && !speakers.has(channel)) speakers.set(channel, alarm);
  }
  return speakers;
}

/** Whose messages speak for an incident: of what waits in it, the most urgent, then the oldest. */
function speakerOf({ state, at }: Draft, { id, incident = id }: Alarm): Alarm | undefined {
  let speaker: Alarm | undefined;
  for (const one of state.alarms.values()) {
    if ((one.incident ?? one.id) !== incident) continue;
    if (!calls(state, one) && late(one, at) === undefined) continue;
    if (!speaker || one.priority < speaker.priority) speaker = one;
  }
  return speaker;
}

/**
 * Whether a message about another alarm of its incident speaks for this one too, by this channel: one cause is one message.
 * One that went out before this alarm came does not, nor does a channel that it no longer tells by; and what is urgent does
 * not wait for the next message of another.
 */
function spokenFor(draft: Draft, alarm: Alarm, channel: string, person?: string): boolean {
  const first = isLifeSafety(alarm) ? undefined : speakerOf(draft, alarm);
  if (!first || first.id === alarm.id || first.priority > alarm.priority) return false;
  const from = alarm.pledge?.until ?? alarm.waitingSince;
  const told = first.notices.filter(
    (one) => one.channel === channel && (person === undefined ? !one.people : one.people?.includes(person)),
  );
  if (told.some(({ at }) => at >= from)) return true;
  if (alarm.priority === 1 && told.length > 0) return false;
  const chain = chainOf(draft, first);
  if (!chain) return false;
  const { site, state, at } = draft;
  const reached = Math.min(first.escalated?.level ?? 0, chain.steps.length - 1);
  if (person !== undefined)
    return chain.steps.slice(reached).some((step) => namedBy(site, state, step, at).people.includes(person));
  if (chain.steps.slice(reached).some(({ channels }) => channels.includes(channel))) return true;
  const level = reached + 1;
  const last = passing(site, state, first, chain, { reached, level, at }).lastResort !== undefined;
  return last && lastResortOf(site, first.covert === true).channels.includes(channel);
}

const each = <T>(lists: readonly (readonly T[])[]): T[] => [...new Set(lists.flat())];

/** On every tick: takes every alarm that nobody answers one step further, or several after the gateway was away. */
export function keepEscalation(draft: Draft): void {
  const { state } = draft;
  const speakers = speakersInFlood(draft.site, state);
  const inTime = new Set(draft.events.flatMap((event) => (event.kind === 'pledged' ? [event.alarm] : [])));
  for (const alarm of state.alarms.values()) {
    // What was owed was done just in time, and this very step says what is owed next.
    if (inTime.has(alarm.id)) continue;
    const chain = chainOf(draft, alarm);
    if (!chain || chain.steps.length === 0 || state.shelves.has(alarm.key)) continue;
    const step = due(draft, chain, alarm);
    if (!step) continue;
    const reached = reachedOf(alarm, chain);
    const taken = onwards(draft, chain, alarm, step);
    const { level, lastResort } = taken;
    const on = reached < chain.steps.length ? chain.steps.slice(reached, level) : chain.steps.slice(-1);
    const { site, at } = draft;
    const steps = on.map((one) => namedBy(site, state, one, at));
    const named = lastResort ? [...steps, lastResortOf(site, alarm.covert === true)] : steps;
    const speaks = (channel: string) => {
      const speaker = alarm.priority === 1 || alarm.covert || isLifeSafety(alarm) ? undefined : speakers.get(channel);
      return !speaker || speaker.id === alarm.id;
    };
    const answered = answeredBy(site, alarm);
    const people = each(named.map(({ people: all }) => all)).filter((person) => !answered.has(person));
    const tell = tellingsOf(site, people, {
      priority: alarm.priority,
      at,
      covert: alarm.covert,
      books: state.replyBooks,
    }).flatMap((one) => {
      const unspoken = one.people.filter((person) => !spokenFor(draft, alarm, one.channel, person));
      return unspoken.length > 0 && speaks(one.channel) ? [{ ...one, people: unspoken }] : [];
    });
    const channels = channelsBeside(each(named.map(({ channels }) => channels)), tell).filter(
      (channel) => speaks(channel) && !spokenFor(draft, alarm, channel),
    );
    const laterMs = jitterOf(site, alarm, [...channels, ...tell.map(({ channel }) => channel)], at);
    draft.add({
      kind: 'escalated',
      alarm: alarm.id,
      ...taken,
      roles: each(named.map(({ roles }) => roles)),
      channels,
      ...(on.some(({ needs }) => needs) && { needs: 2 as const }),
      ...(tell.length > 0 && { tell }),
      ...(laterMs > 0 && { laterMs }),
    });
  }
}

/** What the steps an alarm has taken name, by channel and person. */
function namedSoFar(draft: Draft, alarm: Alarm): ReadonlySet<string> {
  const { site, state, at } = draft;
  const { priority, covert } = alarm;
  const steps = chainOf(draft, alarm)?.steps.slice(0, alarm.escalated?.level ?? 0) ?? [];
  const people = each(steps.map((step) => namedBy(site, state, step, at).people));
  const tell = tellingsOf(site, people, { priority, at, covert, books: state.replyBooks });
  return new Set(tell.flatMap((one) => one.people.map((person) => `${one.channel} ${person}`)));
}

/**
 * An alarm that spoke for others of its incident is taken: the rungs it had still to send become those of the next that waits, as far as
 * its own steps name them, or whoever took the first would have silenced the second.
 */
export function passOnRungs(draft: Draft, taken: Alarm): void {
  const { state, at } = draft;
  const incident = taken.incident ?? taken.id;
  const waiting = [...state.alarms.values()].filter(
    (one) => one.id !== taken.id && (one.incident ?? one.id) === incident && calls(state, one) && one.escalated,
  );
  const [next] = waiting.sort((a, b) => a.priority - b.priority || a.id - b.id);
  if (!next) return;
  const named = namedSoFar(draft, next);
  const owes = (channel: string, person: string) =>
    next.notices.some((one) => one.channel === channel && one.people?.includes(person) && one.at >= next.waitingSince);
  const tell = taken.notices.flatMap(({ channel, people = [], sentAt, tryAt, taken: news, at: due }) => {
    if (sentAt !== undefined || tryAt !== undefined || news) return [];
    const whom = people.filter((person) => named.has(`${channel} ${person}`) && !owes(channel, person));
    return whom.length > 0 ? [{ channel, people: whom, afterMs: Math.max(0, due - at) }] : [];
  });
  if (tell.length > 0) draft.add({ kind: 'passed-on', alarm: next.id, from: taken.id, tell });
}

/** A page says what it has painted: who has seen an alarm is kept once for each person and page. */
export function displayed(draft: Draft, { by, page, alarms }: Extract<Input, { kind: 'displayed' }>): void {
  for (const id of new Set(alarms)) {
    const alarm = alarmFor(draft, by, id);
    if (!alarm) continue;
    const before = alarm.displayed.find((one) => one.by === by.name && one.page === page);
    // Since it waits anew, it is a new question whether anybody sees it.
    if (before && before.at >= alarm.waitingSince) continue;
    // However many have seen it, that a wall shows it must still be learned.
    const room =
      before ||
      alarm.displayed.length < seenMax ||
      (page === wallPage && !alarm.displayed.some((one) => one.page === wallPage));
    if (room) draft.add({ kind: 'displayed', alarm: id, by: by.name, page });
  }
}
