/**
 * Messages beyond the screens: what a step of the chain sends is owed until it has reached somebody, through a crash and a
 * channel that fails, and is owed no longer once the alarm is acknowledged. Held against what really arrived.
 */
import type { Duty, Event, Time } from '../../core/types.ts';
import { channelLeftOut, messageForNothing, messageNotSent } from '../../words/check-words.ts';
import { promises } from '../../words/night-words.ts';
import { checker, type Desk } from './check.ts';
import { chainOf, type Step, type Wait, waitsOf } from './check-escalation.ts';

type OwedMessage = Extract<Duty, { do: 'notify' }>;

/** A tick, a commit and a channel that works. */
const sendMs = 4_000;
/** After a try that failed or hung the next one comes within this time: a request's own limit, and the longest pause. */
const retryMs = 50_000;
/** After so many tries the next step of the chain is as soon. */
const triesMax = 5;

/** What names a message: the alarm, the step, its repetition and the channel. */
const nameOf = (alarm: number, level: number, again: number | undefined, channel: string): string =>
  `${alarm} ${level}.${again ?? 0} ${channel}`;

interface SentMessages {
  readonly tries: Time[];
  readonly arrived: Time[];
  failures: number;
}

/** Whether a flood was on when the step was taken. */
function flooded({ evidence }: Desk, { event }: Step): boolean {
  const last = evidence.facts('flooded').findLast((one) => one.event.seq < event.seq);
  return last?.event.on === true;
}

export const messagesSent = checker(() => {
  const sendings = new Map<string, SentMessages>();
  const sent = new Set<string>();
  const of = ({ alarm, level, channel }: OwedMessage): SentMessages => {
    const name = nameOf(alarm.id, level, alarm.escalated?.again, channel);
    const sending = sendings.get(name) ?? { tries: [], arrived: [], failures: 0 };
    sendings.set(name, sending);
    return sending;
  };
  const judge = (desk: Desk, wait: Wait, step: Step, i: number, channel: string) => {
    const { evidence, test } = desk;
    const sending = sendings.get(nameOf(wait.alarm, step.event.level, step.event.again, channel));
    // Whoever acknowledges takes it back, and the next message by the same channel says it better.
    const next = wait.steps.slice(i + 1).find(({ event }) => event.channels.includes(channel));
    const until = Math.min(wait.to, next?.at ?? wait.to, evidence.endedAt);
    if (sending && sending.failures >= triesMax) return;
    const tries = sending?.tries.filter((at) => at >= step.at && at < until) ?? [];
    const due = Math.max(evidence.due(step.at, sendMs), ...tries.map((at) => evidence.due(at, retryMs)));
    if (due >= until) return;
    const arrived = sending?.arrived.some((at) => at >= step.at && at <= due) ?? false;
    test(arrived, step.at, messageNotSent(wait.alarm, step.event.level, channel));
  };
  return {
    name: 'messages-sent',
    title: promises.messagesSent,
    see(seen, desk) {
      if (seen.what === 'kept') for (const event of seen.events) if (isSent(event)) sent.add(event.duty);
      // News that it was taken is another checker's.
      if ('duty' in seen && seen.duty.do === 'notify' && seen.duty.taken) return;
      if (seen.what === 'delivered') of(seen.duty).arrived.push(seen.at);
      if (seen.what === 'outcome' && seen.duty.do === 'notify' && !seen.ok) of(seen.duty).failures += 1;
      if (seen.what !== 'undertaken' || seen.duty.do !== 'notify') return;
      of(seen.duty).tries.push(seen.at);
      const { alarm, channel, id } = seen.duty;
      const open = desk.evidence.state.alarms.get(alarm.id);
      const waits =
        open?.acked === undefined || (open.pledge !== undefined && open.pledge.until <= desk.evidence.state.at);
      desk.test(waits && !sent.has(id), seen.at, messageForNothing(alarm.id, channel));
    },
    end(desk) {
      const { evidence } = desk;
      for (const wait of waitsOf(evidence).waits) {
        for (const [i, step] of wait.steps.entries()) {
          const { event, at } = step;
          // Where channels are counted and give way to others it is another checker's.
          if (!evidence.site.ladder) for (const channel of event.channels) judge(desk, wait, step, i, channel);
          // One message speaks for what belongs together, and in a flood for more than that.
          const steps = chainOf(evidence, wait)?.steps ?? [];
          if (step.joined || steps.length === 0 || flooded(desk, step)) continue;
          const named = steps[Math.min(event.level, steps.length) - 1]?.channels ?? [];
          const told = [...event.channels, ...(event.tell ?? []).map((one) => one.channel)];
          const all = named.every((channel) => told.includes(channel));
          desk.test(all, at, channelLeftOut(wait.alarm));
        }
      }
    },
  };
});

const isSent = (event: Event): event is Extract<Event, { kind: 'done' }> => event.kind === 'done' && event.ok;
