/**
 * Escalation: who else hears of an alarm that nobody acknowledges, that no wall has shown, or that somebody took and did not
 * see to in time. Each step is a fact; what it sends is owed until it is sent, and is taken back by an acknowledgement, by
 * what was owed being done, or by a shelf. It never decides what a message says.
 */

import type { Draft } from '../draft.ts';
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
import { calls } from './sounding.ts';

/** A wall that works shows an alarm in well under two seconds and says so at once; after this long none does. */
export const paintedWithinMs = 10_000;
/** How a wall calls itself when it says what it painted. */
const wallPage = 'wall';

type Escalated = Extract<Fact, { kind: 'escalated' }>;

/** The chain an alarm goes up; undefined for maintenance. */
function chainOf({ site }: Draft, { priority, covert }: Alarm): Escalation | undefined {
  if (covert) return site.escalation.quiet;
  return priority === 4 ? undefined : site.escalation[priority];
}

/**
 * Why nobody can have seen the alarm in time: no wall has shown it, or, in a school without one, no page at all. Silent calls for help are not for walls, and in a flood a wall tells of what
 * is ordinary by its number alone; what was put aside, or left out by a flood, is given its time once it can be shown.
 */
function unpainted({ site, state, at }: Draft, alarm: Alarm): 'not-displayed' | 'no-screen' | undefined {
  const { flood, calmSince } = state;
  const ordinary = alarm.priority > 2;
  if (alarm.covert || (flood && ordinary)) return undefined;
  const showable = Math.max(alarm.waitingSince, ordinary ? calmSince : 0);
  if (at < showable + paintedWithinMs) return undefined;
  if (Object.keys(site.walls ?? {}).length === 0) return alarm.displayed.length === 0 ? 'no-screen' : undefined;
  return alarm.displayed.some(({ page }) => page === wallPage) ? undefined : 'not-displayed';
}

/** A step that is due, and why. */
type EscalationDue = Pick<Escalated, 'level' | 'why' | 'again' | 'takenBy'>;

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
  if (reached < steps.length || at < since + repeatMs) return undefined;
  return { ...repetition(alarm, chain), why: 'unacknowledged' };
}

const notDone: Readonly<Record<PledgeStage, EscalationReason>> = {
  send: 'not-sent',
  accept: 'not-accepted',
  arrive: 'not-arrived',
  find: 'not-found',
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
    const channels = site.escalation[priority].steps.at(-1)?.channels ?? [];
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
function spokenFor(draft: Draft, alarm: Alarm, channel: string): boolean {
  const first = speakerOf(draft, alarm);
  if (!first || first.id === alarm.id || first.priority > alarm.priority) return false;
  const from = alarm.pledge?.until ?? alarm.waitingSince;
  const told = first.notices.filter((one) => one.channel === channel);
  if (told.some(({ at }) => at >= from)) return true;
  if (alarm.priority === 1 && told.length > 0) return false;
  const steps = chainOf(draft, first)?.steps ?? [];
  const ahead = steps.slice(Math.min(first.escalated?.level ?? 0, steps.length - 1));
  return ahead.some(({ channels }) => channels.includes(channel));
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
    const passed = reached < chain.steps.length ? chain.steps.slice(reached, step.level) : chain.steps.slice(-1);
    const tells = (channel: string) => {
      const speaker = alarm.priority === 1 || alarm.covert ? undefined : speakers.get(channel);
      return (!speaker || speaker.id === alarm.id) && !spokenFor(draft, alarm, channel);
    };
    draft.add({
      kind: 'escalated',
      alarm: alarm.id,
      ...step,
      roles: each(passed.map(({ roles }) => roles)),
      channels: each(passed.map(({ channels }) => channels)).filter(tells),
    });
  }
}

/** A page says what it has painted: who has seen an alarm is kept once for each person and page. */
export function displayed(draft: Draft, { by, page, alarms }: Extract<Input, { kind: 'displayed' }>): void {
  for (const id of new Set(alarms)) {
    const alarm = alarmFor(draft, by, id);
    if (!alarm || alarm.displayed.some((one) => one.by === by.name && one.page === page)) continue;
    // However many have seen it, that a wall shows it must still be learned.
    const room =
      alarm.displayed.length < seenMax || (page === wallPage && !alarm.displayed.some((one) => one.page === wallPage));
    if (room) draft.add({ kind: 'displayed', alarm: id, by: by.name, page });
  }
}
