/**
 * Escalation: who else hears of an alarm that nobody acknowledges, and that no wall has shown. Each step is a fact; what it
 * sends is owed until it is sent, and is taken back by an acknowledgement or a shelf. It never decides what a message says.
 */

import type { Draft } from '../draft.ts';
import type { Alarm, Escalation, Fact, Input, Priority, Site, State } from '../types.ts';
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

/** The level that is due now and was not reached yet, and why; the last step is repeated beyond the end of the chain. */
function due(draft: Draft, chain: Escalation, alarm: Alarm): Pick<Escalated, 'level' | 'why'> | undefined {
  const { at } = draft;
  const { steps, repeatMs } = chain;
  const { level: reached, at: since } = alarm.escalated ?? { level: 0, at: alarm.waitingSince };
  const level = steps.filter(({ afterMs }) => at >= alarm.waitingSince + afterMs).length;
  if (level > reached) return { level, why: 'unacknowledged' };
  const unseen = reached === 0 ? unpainted(draft, alarm) : undefined;
  if (unseen) return { level: 1, why: unseen };
  if (reached < steps.length || at < since + repeatMs) return undefined;
  return { level: reached + 1, why: 'unacknowledged' };
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

/**
 * Whether a message about the alarm that began its incident speaks for this one too, by this channel: one cause is one
 * message. One that went out before this alarm came does not, nor does a channel that it no longer tells by.
 */
function spokenFor(draft: Draft, alarm: Alarm, channel: string): boolean {
  const first = draft.state.alarms.get(alarm.incident ?? alarm.id);
  if (!first || first.id === alarm.id || first.priority > alarm.priority || !calls(draft.state, first)) return false;
  const steps = chainOf(draft, first)?.steps ?? [];
  const ahead = steps.slice(Math.min(first.escalated?.level ?? 0, steps.length - 1));
  const since = first.notices.some((one) => one.channel === channel && one.at >= alarm.waitingSince);
  return since || ahead.some(({ channels }) => channels.includes(channel));
}

const each = <T>(lists: readonly (readonly T[])[]): T[] => [...new Set(lists.flat())];

/** On every tick: takes every alarm that nobody answers one step further, or several after the gateway was away. */
export function keepEscalation(draft: Draft): void {
  const { state } = draft;
  const speakers = speakersInFlood(draft.site, state);
  for (const alarm of state.alarms.values()) {
    const chain = chainOf(draft, alarm);
    if (!chain || chain.steps.length === 0 || alarm.acked || state.shelves.has(alarm.key)) continue;
    const step = due(draft, chain, alarm);
    if (!step) continue;
    const reached = alarm.escalated?.level ?? 0;
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
