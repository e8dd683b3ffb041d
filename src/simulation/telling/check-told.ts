/**
 * Nobody who should know stays untold, nor is told twice without a word of it: each step and rung of a chain, held against what really
 * arrived by any channel. It reads what was decided to be told, and what was delivered, and nothing of how messages are queued.
 */
import type { Duty, Event, Priority, Time } from '../../core/types.ts';
import { leftUntold, takenUnsaid, tellPromises, toldTwice } from '../../words/reach/check-tell-words.ts';
import { checker, type Desk } from '../check/check.ts';
import { type Wait, waitsOf } from '../check/check-escalation.ts';

type TellMessage = Extract<Duty, { do: 'notify' }>;

/** A channel that fails or hangs gives way within this time; then a tick, two commits and an answer. */
const giveWayMs = 15_000;
const sendMs = 4_000;
/** What is not urgent waits at most so long for room in a channel that is counted, and is told with what else waits. */
const roomMs = 62_000;

/** What arrived, and of whom it told what. */
interface Arrival {
  readonly at: Time;
  readonly duty: TellMessage;
}

/** Alarms a message tells of. */
const speaksOf = ({ duty }: Arrival, alarm: number): boolean =>
  duty.alarm.id === alarm || duty.others.some(({ id }) => id === alarm);

/** How long a message of this urgency may take when its channel fails. */
const withinMs = (priority: Priority): number => giveWayMs + sendMs + (priority === 1 ? 0 : roomMs);

interface OwedTelling {
  readonly level: number;
  readonly channel: string;
  readonly people: readonly string[];
  readonly from: Time;
  readonly due: Time;
}

function owedBy({ steps }: Wait): OwedTelling[] {
  return steps.flatMap(({ event, at: from }) => {
    const { level, channels, tell = [], laterMs = 0 } = event;
    const all = [...channels.map((channel) => ({ channel, people: [], afterMs: 0 })), ...tell];
    return all.map(({ channel, people, afterMs }) => ({ level, channel, people, from, due: from + laterMs + afterMs }));
  });
}

export const nobodyUntold = checker(() => {
  const arrivals: Arrival[] = [];
  /** When a try came to nothing that may have arrived, or a process ended, by true time. */
  const doubts: Time[] = [];
  const judge = ({ evidence, test }: Desk, wait: Wait, { level, channel, people, from, due }: OwedTelling) => {
    const until = evidence.due(due, withinMs(wait.priority));
    if (until >= wait.to || until > evidence.endedAt || evidence.clockSetAt > 0) return;
    // What is not urgent and may have arrived is not sent again.
    if (wait.priority > 2 && doubts.some((at) => at >= from && at <= until)) return;
    const told = arrivals.filter((one) => one.at >= from && one.at <= until && speaksOf(one, wait.alarm));
    if (people.length === 0) test(told.length > 0, due, leftUntold(wait.alarm, level, channel, channel));
    for (const person of people)
      test(
        told.some(({ duty }) => duty.to?.includes(person)),
        due,
        leftUntold(wait.alarm, level, channel, person),
      );
  };
  return {
    name: 'nobody-untold',
    title: tellPromises.nobodyUntold,
    see(seen) {
      if (seen.what === 'delivered' && !seen.duty.taken) arrivals.push({ at: seen.at, duty: seen.duty });
      if (seen.what === 'life') doubts.push(seen.at);
      if (seen.what === 'outcome' && seen.untaken === 'unknown') doubts.push(seen.at);
    },
    end(desk) {
      if (!desk.evidence.site.ladder) return;
      for (const wait of waitsOf(desk.evidence).waits)
        if (!wait.quiet) for (const owed of owedBy(wait)) judge(desk, wait, owed);
    },
  };
});

export const toldOnce = checker(() => {
  const came = new Map<string, number>();
  return {
    name: 'told-once',
    title: tellPromises.toldOnce,
    see(seen, { test }) {
      if (seen.what !== 'delivered') return;
      const [notice = ''] = seen.duty.id.split('~');
      const before = came.get(notice) ?? 0;
      came.set(notice, before + 1);
      // What is not urgent and may have arrived is not sent again at all.
      const marked = seen.duty.again === true && seen.duty.alarm.priority <= 2;
      test(before === 0 || marked, seen.at, toldTwice(notice));
    },
  };
});

export const takenSaid = checker(() => {
  const arrivals: Arrival[] = [];
  return {
    name: 'taken-said',
    title: tellPromises.takenSaid,
    see(seen) {
      if (seen.what === 'delivered') arrivals.push({ at: seen.at, duty: seen.duty });
    },
    end({ evidence, test }) {
      if (!evidence.site.ladder || evidence.clockSetAt > 0) return;
      const later = (from: Time, alarm: number) => (one: { readonly event: Event; readonly at: Time }) =>
        one.at >= from && 'alarm' in one.event && one.event.alarm === alarm;
      for (const wait of waitsOf(evidence).waits) {
        const ack = evidence.facts('acknowledged').find(({ event, at }) => event.alarm === wait.alarm && at >= wait.to);
        if (!ack || wait.quiet || Math.abs(ack.at - wait.to) > sendMs) continue;
        const until = evidence.due(ack.at, withinMs(3));
        // It is closed, or waits anew: what was to be said of it is said otherwise.
        const over = evidence.kept
          .filter(later(ack.at, wait.alarm))
          .some(({ event, at }) => at <= until && ['closed', 'repeated', 'shelved'].includes(event.kind));
        if (over || until > evidence.endedAt) continue;
        const own = arrivals.filter(({ duty, at }) => !duty.taken && duty.alarm.id === wait.alarm && at >= wait.from);
        for (const channel of new Set(own.filter(({ at }) => at < ack.at).map(({ duty }) => duty.channel))) {
          const { alarmsOnly, each } = evidence.site.channels[channel] ?? {};
          if (alarmsOnly || each !== undefined) continue;
          const said = arrivals.some(
            (one) => one.duty.taken && one.at >= ack.at - sendMs && one.at <= until && speaksOf(one, wait.alarm),
          );
          test(said, ack.at, takenUnsaid(wait.alarm, channel));
        }
      }
    },
  };
});
