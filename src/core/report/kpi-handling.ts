/**
 * The part of the alarm figures that tells of people: how long alarms waited for an acknowledgement, how long who was sent
 * was on the way, how long until they were closed. It keeps one number for each thing a person did.
 */

import { ackTargetMs } from '../site/targets.ts';
import type { Event, Time } from '../types.ts';
import { ackShare, spread } from './kpi-figures.ts';
import type { Judged, Kpi, OpenKpi, PersonFigures, Waits } from './kpi-types.ts';

type WatchedPriority = 1 | 2 | 3;
const watched: readonly WatchedPriority[] = [1, 2, 3];

/** Lengths in ms, as they come. */
interface Lengths {
  readonly waits: Readonly<Record<WatchedPriority, number[]>>;
  readonly arrivals: number[];
  readonly closings: number[];
}

const noLengths = (): Lengths => ({ waits: { 1: [], 2: [], 3: [] }, arrivals: [], closings: [] });

function waitsOf(lengths: Lengths, priority: WatchedPriority): PersonFigures['waits'][number] {
  const targetMs = ackTargetMs[priority];
  const all = lengths.waits[priority];
  return { priority, targetMs, ...spread(all), inTime: all.filter((ms) => ms <= targetMs).length };
}

export class HandlingTally {
  readonly #to: Time;
  readonly #all = noLengths();
  readonly #people = new Map<string, Lengths>();

  /** `to`: when the period ends, for what is waiting still. */
  constructor(to: Time) {
    this.#to = to;
  }

  /** Both the lengths of all and those of one person. */
  #of(name: string): readonly Lengths[] {
    const own = this.#people.get(name) ?? noLengths();
    this.#people.set(name, own);
    return [this.#all, own];
  }

  /** Takes what was done about an alarm. Of alarms from before the period nobody knows here since when they waited. */
  take(alarm: OpenKpi, event: Extract<Event, { kind: 'acknowledged' | 'dispatched' | 'arrived' }>): void {
    if (event.kind === 'dispatched') {
      alarm.dispatchedAt = event.at;
      return;
    }
    if (event.kind === 'acknowledged') {
      alarm.acked = true;
      const { fresh, shelved, priority, waitingSince } = alarm;
      if (!fresh || shelved || priority === 4) return;
      for (const lengths of this.#of(event.by)) lengths.waits[priority].push(event.at - waitingSince);
      return;
    }
    if (alarm.dispatchedAt === undefined) return;
    for (const lengths of this.#of(event.by)) lengths.arrivals.push(event.at - alarm.dispatchedAt);
    delete alarm.dispatchedAt;
  }

  closed(alarm: OpenKpi, event: Extract<Event, { kind: 'closed' }>): void {
    for (const lengths of this.#of(event.by)) lengths.closings.push(event.at - alarm.raised.at);
  }

  #waits(priority: WatchedPriority, open: readonly OpenKpi[]): Waits {
    const waiting = open.filter(
      (alarm) => alarm.fresh && !alarm.acked && !alarm.shelved && alarm.priority === priority,
    );
    const own = waitsOf(this.#all, priority);
    const overdue = waiting.filter(({ waitingSince }) => this.#to - waitingSince > own.targetMs).length;
    const due = own.count + overdue;
    let judged: Judged = 'none';
    if (due > 0) judged = own.inTime / due >= ackShare ? 'within' : 'beyond';
    return { ...own, waiting: waiting.length, overdue, judged };
  }

  /** The figures; `open`: the alarms that nobody has closed. */
  result(open: readonly OpenKpi[]): Pick<Kpi, 'waits' | 'arrivals' | 'closings' | 'people'> {
    const people = [...this.#people].map(([name, lengths]) => ({
      name,
      waits: watched.map((priority) => waitsOf(lengths, priority)),
      arrivals: spread(lengths.arrivals),
      closings: spread(lengths.closings),
    }));
    return {
      waits: watched.map((priority) => this.#waits(priority, open)),
      arrivals: spread(this.#all.arrivals),
      closings: spread(this.#all.closings),
      people: people.sort((a, b) => (a.name < b.name ? -1 : 1)),
    };
  }
}
