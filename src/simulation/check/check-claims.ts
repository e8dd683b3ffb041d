/**
 * What people at the desk say of an alarm, and how long they keep it quiet: an urgent alarm is closed as nothing only after somebody
 * looked or was sent, and no alarm is silenced more than three times before somebody takes it.
 */
import type { Event, Time } from '../../core/types.ts';
import { closedUnseen, silencedOn } from '../../words/check-desk-words.ts';
import { promises } from '../../words/night-words.ts';
import { checker } from './check.ts';

interface SeenAlarm {
  readonly priority: number;
  readonly quiet: boolean;
  readonly key: string;
  incident: number;
  /** Somebody looked at it, or was sent. */
  seen: boolean;
  acked: boolean;
  /** Until then whoever took it has time; then it calls again. */
  until: Time;
  silences: number;
}

/** An alarm as it was raised. */
const fresh = ({ seq, priority, covert, key }: Extract<Event, { kind: 'raised' }>): SeenAlarm => ({
  ...{ priority, quiet: covert === true, key, incident: seq, seen: false, acked: false },
  until: Number.POSITIVE_INFINITY,
  silences: 0,
});

/** As the desk is told: no more than this for one alarm. */
const silencesMax = 3;

export const closedAsClaimed = checker(() => ({
  name: 'closed-as-claimed',
  title: promises.closedAsClaimed,
  end({ evidence, test }) {
    const open = new Map<number, SeenAlarm>();
    for (const { event, at } of evidence.kept) {
      if (event.kind === 'raised') open.set(event.seq, fresh(event));
      const alarm = 'alarm' in event && typeof event.alarm === 'number' ? open.get(event.alarm) : undefined;
      if (event.kind === 'joined' && alarm) alarm.incident = event.incident;
      if ((event.kind === 'looked' || event.kind === 'dispatched' || event.kind === 'arrived') && alarm) {
        for (const one of open.values()) one.seen ||= one === alarm || one.incident === alarm.incident;
      }
      if (event.kind !== 'closed' || !alarm) continue;
      open.delete(event.alarm);
      if (alarm.priority === 1 && !alarm.quiet && /^[BC]/.test(event.reason))
        test(alarm.seen, at, closedUnseen(event.alarm));
    }
  },
}));

export const silenceEnds = checker(() => ({
  name: 'silence-ends',
  title: promises.silenceEnds,
  end({ evidence, test }) {
    const open = new Map<number, SeenAlarm>();
    for (const { event, at } of evidence.kept) {
      if (event.kind === 'raised') open.set(event.seq, fresh(event));
      const alarm = 'alarm' in event && typeof event.alarm === 'number' ? open.get(event.alarm) : undefined;
      if (event.kind === 'acknowledged' && alarm)
        Object.assign(alarm, { acked: true, until: Number.POSITIVE_INFINITY });
      if (event.kind === 'pledged' && alarm) Object.assign(alarm, { until: event.until, silences: 0 });
      if (event.kind === 'repeated' && alarm) Object.assign(alarm, { acked: false, silences: 0 });
      if (event.kind === 'unshelved') for (const one of open.values()) if (one.key === event.key) one.silences = 0;
      if (event.kind === 'closed') open.delete(event.alarm);
      if (event.kind !== 'silenced') continue;
      const calls = ({ priority, quiet, acked, until }: SeenAlarm) =>
        priority < 4 && !quiet && (!acked || until <= event.at);
      const calling = [...open.values()].filter(calls);
      test(calling.length === 0 || calling.some(({ silences }) => silences < silencesMax), at, silencedOn(event.by));
      for (const one of calling) one.silences += 1;
    }
  },
}));
