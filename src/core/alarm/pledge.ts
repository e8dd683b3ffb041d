/**
 * The pledge: whoever acknowledges an alarm has taken it on, and from then on something is owed by a time: somebody is sent,
 * says that he goes, is there, it is said what was found, and a head countersigns where one person may not decide. A person's word gives that time anew, a few times. It is said
 * as a fact, so that every screen counts down to the same moment; what comes of a pledge that is not kept is `escalation`'s.
 * It must never take an acknowledgement away: that somebody took it stays true.
 */

import type { Draft } from '../draft.ts';
import { needsCountersign } from '../site/reasons.ts';
import type { Alarm, By, PledgeLimits, PledgeStage, Site, State, Time } from '../types.ts';

const stages: readonly PledgeStage[] = ['send', 'accept', 'arrive', 'find', 'review'];
/** Whoever is sent to one alarm of an incident is sent to those that came so shortly after it, too. */
const togetherMs = 60_000;

/** The limits an alarm is held to; undefined for maintenance. */
export function limitsFor(
  site: Site,
  { priority, covert }: Pick<Alarm, 'priority' | 'covert'>,
): PledgeLimits | undefined {
  if (covert) return site.pledges[1];
  return priority === 4 ? undefined : site.pledges[priority];
}

/** What is owed next, and since when. */
type Owed = { readonly stage: PledgeStage; readonly since: Time };

/** The latest of what was done, not counting what belongs to an earlier finding. */
function done(crew: readonly Alarm[], own: Alarm, what: 'dispatched' | 'accepted' | 'arrived'): By | undefined {
  const counts = (alarm: Alarm): By | undefined => {
    const deed = alarm[what];
    const { disposed } = own;
    if (!deed || (disposed && deed.at <= disposed.at)) return undefined;
    // Another was sent to this one since: whether that one goes and is there is a new question.
    const from = Math.max(own.waitingSince - togetherMs, own.dispatched?.at ?? 0);
    return alarm.id === own.id || deed.at >= from ? deed : undefined;
  };
  return crew.map(counts).reduce((a, b) => ((b?.at ?? 0) > (a?.at ?? 0) ? b : a), undefined);
}

/** What is owed for an alarm that somebody took; undefined when nobody has, or once it was said what was found and nobody need countersign. */
function owedFor(alarm: Alarm, crew: readonly Alarm[]): Owed | undefined {
  const { acked, disposed, renewed, covert, waitingSince } = alarm;
  if (!acked) return undefined;
  if (disposed && disposed.at >= waitingSince) {
    // One person at the desk must not end it all by saying that nobody went.
    if (!needsCountersign(disposed.reason)) return undefined;
    return { stage: 'review', since: Math.max(disposed.at, renewed?.at ?? 0) };
  }
  const since = (deed?: By) => Math.max(acked.at, renewed?.at ?? 0, deed?.at ?? 0);
  const [sent, goes, there] = (['dispatched', 'accepted', 'arrived'] as const).map((what) => done(crew, alarm, what));
  // Who is sent to a silent call for help sees nothing of it on a screen, and can answer nothing there.
  if (there || (covert && sent)) return { stage: 'find', since: since(there ?? sent) };
  if (goes) return { stage: 'arrive', since: since(goes) };
  return sent ? { stage: 'accept', since: since(sent) } : { stage: 'send', since: since() };
}

/** The incident of an alarm; the one that an incident began with, like one that stands by itself, is that of its own number. */
const incidentOf = ({ id, incident = id }: Alarm): number => incident;

/** The alarms of each incident. */
function crews(state: State): ReadonlyMap<number, readonly Alarm[]> {
  const found = new Map<number, Alarm[]>();
  for (const alarm of state.alarms.values()) {
    const crew = found.get(incidentOf(alarm));
    if (crew) crew.push(alarm);
    else found.set(incidentOf(alarm), [alarm]);
  }
  return found;
}

/**
 * On every tick: says what is owed next for each alarm that somebody took. A step forward has its own time. Going back
 * (another is sent, another takes it) and asking for more time are words, and after the last of them the time that was given
 * stands: so nobody holds an alarm for ever by handing it round.
 */
export function keepPledges(draft: Draft): void {
  const { site, state } = draft;
  const together = crews(state);
  for (const alarm of state.alarms.values()) {
    const limits = alarm.acked && limitsFor(site, alarm);
    if (!limits || !alarm.acked) continue;
    const owed = owedFor(alarm, together.get(incidentOf(alarm)) ?? [alarm]);
    const { pledge } = alarm;
    if (!owed || (pledge?.stage === owed.stage && pledge.since === owed.since)) continue;
    const forward = !pledge || stages.indexOf(owed.stage) > stages.indexOf(pledge.stage);
    const words = (pledge?.words ?? 0) + (forward ? 0 : 1);
    if (words > limits.renewals) continue;
    const until = owed.since + limits.withinMs[owed.stage];
    draft.add({ kind: 'pledged', alarm: alarm.id, by: alarm.acked.by, ...owed, until, words });
  }
}
