/**
 * The alarm figures of a period, computed from its events as they stream by: what the one at the desk had to bear, how fast
 * it was answered, and what troubled nobody but the sensor. It keeps counts, the open alarms, and one number for each thing
 * a person did; never the events. Alarms of priority 1 to 3 count; silent calls for help are in no figure.
 * What is said of acknowledgements is said of alarms raised in the period; what is said of closings, of all closed in it.
 */

import { floodAbove } from '../alarm/flood.ts';
import { localDay } from '../site/calendar.ts';
import type { Event, Time } from '../types.ts';
import { figure, sharesFrom } from './kpi-figures.ts';
import { HandlingTally } from './kpi-handling.ts';
import type { Uncounted } from './kpi-kinds.ts';
import { FloodTime, Windows, windowMs } from './kpi-load.ts';
import { Keys, Reasons } from './kpi-places.ts';
import { Quieting } from './kpi-quieting.ts';
import type { Figure, KeyFigures, Kpi, KpiPeriod, OpenKpi } from './kpi-types.ts';

/** The ten most frequent are looked at one by one. */
const topMax = 10;
const chatteringMax = 100;
/** Over again this soon after it was raised is faster than anybody can look. Our own number; no source gives one. */
const fleetingMs = 3_000;
const staleMs = 86_400_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;

/** Events from this long before a period are wanted too: they tell whether it began in a flood. */
export const kpiLeadMs = dayMs;

type Raised = Extract<Event, { kind: 'raised' }>;

const share = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
/** How many there are in `ofMs`; null of less than that: two alarms in two minutes are not a thousand a day. */
const rate = (total: number, ofMs: number, lengthMs: number): number | null =>
  lengthMs >= ofMs ? (total * ofMs) / lengthMs : null;
const largest = (numbers: readonly number[]): number | null =>
  numbers.length > 0 ? numbers.reduce((a, b) => Math.max(a, b)) : null;

export class KpiTally {
  readonly #period: KpiPeriod;
  readonly #windows: Windows;
  readonly #flood: FloodTime;
  readonly #handling: HandlingTally;
  readonly #keys = new Keys();
  readonly #reasons = new Reasons();
  readonly #quieting = new Quieting();
  readonly #open = new Map<number, OpenKpi>();
  readonly #staleDays: number[];
  readonly #raised = { 1: 0, 2: 0, 3: 0, 4: 0 };
  #tests = 0;
  #fleeting = 0;
  #starts = 0;

  /** `carried`: the `raised` events of alarms that were open when the period began. */
  constructor(period: KpiPeriod, carried: readonly Raised[]) {
    this.#period = period;
    const { from, to, utcOffsetMin } = period;
    this.#windows = new Windows(from, to, utcOffsetMin);
    this.#flood = new FloodTime(from, to);
    this.#handling = new HandlingTally(to);
    const days = to > from ? this.#day(to - 1) - this.#day(from) + 1 : 0;
    this.#staleDays = new Array<number>(days).fill(0);
    for (const raised of carried) this.#follow(raised, false);
  }

  #day(at: Time): number {
    return localDay(at, this.#period.utcOffsetMin);
  }

  /** Takes the next event, in the journal's order, beginning `kpiLeadMs` before the period. What comes after it is passed over. */
  take(event: Event): void {
    const { from, to } = this.#period;
    if (event.at >= to) return;
    if (event.kind === 'raised' && event.priority < 4 && !event.covert) this.#flood.take(event.at);
    if (event.at >= from) this.#count(event);
  }

  #count(event: Event): void {
    switch (event.kind) {
      case 'raised':
        return this.#raise(event);
      case 'repeated':
        return this.#repeat(event);
      case 'returned-to-normal':
        return this.#return(event);
      case 'acknowledged':
      case 'dispatched':
      case 'arrived': {
        const alarm = this.#open.get(event.alarm);
        if (alarm) this.#handling.take(alarm, event);
        return;
      }
      case 'closed':
        return this.#close(event);
      case 'shelved': {
        const aside = this.#open.get(event.alarm);
        if (aside) aside.shelved = true;
        return this.#quieting.take(event);
      }
      case 'unshelved':
        return this.#unshelve(event);
      case 'zone-armed':
      case 'refused':
        return this.#quieting.take(event);
      case 'started':
        this.#starts += 1;
        return;
      case 'clock-stepped':
        return this.#step(event);
      default:
        event.kind satisfies Uncounted;
    }
  }

  /** The clock was set: what is waited for goes on as long as it has taken so far. */
  #step({ from, to }: Extract<Event, { kind: 'clock-stepped' }>): void {
    const ms = to - from;
    this.#flood.move(ms);
    for (const alarm of this.#open.values()) {
      alarm.raised = { ...alarm.raised, at: alarm.raised.at + ms };
      alarm.waitingSince += ms;
      if (alarm.dispatchedAt !== undefined) alarm.dispatchedAt += ms;
    }
  }

  /** Maintenance and silent calls for help are not followed, so that nothing that is said of them later counts. */
  #follow(raised: Raised, fresh: boolean): void {
    if (raised.covert || raised.priority === 4) return;
    const { seq, at, priority, active, cause } = raised;
    const causes = new Set(active ? [cause] : []);
    this.#open.set(seq, { raised, fresh, priority, count: 1, causes, acked: false, shelved: false, waitingSince: at });
  }

  #raise(event: Raised): void {
    if (event.covert) return;
    this.#raised[event.priority] += 1;
    if (event.priority === 4) return;
    this.#follow(event, true);
    this.#windows.take(event.at);
    this.#reasons.raised(event.zone);
    this.#keys.take(event, event.at, true);
  }

  #repeat(event: Extract<Event, { kind: 'repeated' }>): void {
    const alarm = this.#open.get(event.alarm);
    if (!alarm) return;
    this.#keys.take(alarm.raised, event.at, false);
    alarm.count += 1;
    if (event.active) alarm.causes.add(event.cause);
    const worse = event.priority < alarm.priority;
    if (worse) alarm.priority = event.priority;
    if (alarm.acked || worse) alarm.waitingSince = event.at;
    alarm.acked = false;
  }

  /** Back from the shelf, and it waits anew. */
  #unshelve({ key, at }: Extract<Event, { kind: 'unshelved' }>): void {
    for (const alarm of this.#open.values()) {
      if (alarm.raised.key !== key) continue;
      alarm.shelved = false;
      if (!alarm.acked) alarm.waitingSince = at;
    }
  }

  #return(event: Extract<Event, { kind: 'returned-to-normal' }>): void {
    const alarm = this.#open.get(event.alarm);
    if (!alarm?.causes.delete(event.cause) || alarm.causes.size > 0) return;
    const soon = event.at - alarm.raised.at <= fleetingMs;
    if (alarm.fresh && soon && alarm.count === 1 && !alarm.acked) this.#fleeting += 1;
  }

  #close(event: Extract<Event, { kind: 'closed' }>): void {
    const alarm = this.#open.get(event.alarm);
    if (!alarm) return;
    this.#open.delete(event.alarm);
    this.#markStale(alarm, event.at);
    this.#handling.closed(alarm, event);
    this.#reasons.closed(alarm.raised.zone, event.reason);
    if (event.reason.startsWith('D')) this.#tests += 1;
  }

  /** Marks the days on which an alarm was open for more than 24 hours. */
  #markStale({ raised }: OpenKpi, end: Time): void {
    const { from } = this.#period;
    const since = Math.max(from, raised.at + staleMs);
    if (end <= since) return;
    const first = this.#day(from);
    for (let day = this.#day(since); day <= this.#day(end - 1); day++) {
      this.#staleDays[day - first] = (this.#staleDays[day - first] ?? 0) + 1;
    }
  }

  /** The figures; nothing may be taken afterwards. */
  result(): Kpi {
    const { from, to } = this.#period;
    const open = [...this.#open.values()];
    for (const alarm of open) this.#markStale(alarm, to);
    const keys = this.#keys.raised();
    const chattering = this.#keys.chattering();
    const floodMs = this.#flood.total();
    const first = this.#day(from);
    return {
      from,
      to,
      figures: this.#figures(keys, chattering.length, floodMs),
      windows: { from: this.#windows.from, counts: this.#windows.counts },
      floodMs,
      raised: this.#total(),
      maintenance: this.#raised[4],
      tests: this.#tests,
      keys: keys.length,
      top: keys.slice(0, topMax),
      chattering: chattering.slice(0, chatteringMax),
      stale: this.#staleDays.map((count, i) => ({ day: first + i, count })),
      suppression: this.#quieting.result(),
      ...this.#handling.result(open),
      zones: this.#reasons.result(to - from),
      starts: this.#starts,
    };
  }

  #total(): number {
    return this.#raised[1] + this.#raised[2] + this.#raised[3];
  }

  #figures(keys: readonly KeyFigures[], chattering: number, floodMs: number): Figure[] {
    const lengthMs = this.#period.to - this.#period.from;
    const total = this.#total();
    const some = lengthMs > 0;
    const { counts } = this.#windows;
    const over = counts.filter((n) => n > floodAbove).length;
    const top = keys.slice(0, topMax).reduce((sum, { count }) => sum + count, 0);
    return [
      figure('perHour', rate(total, hourMs, lengthMs)),
      figure('perTenMinutes', rate(total, windowMs, lengthMs)),
      figure('perDay', rate(total, dayMs, lengthMs)),
      figure('windowsOver', share(over, counts.length)),
      figure('windowMax', largest(counts)),
      figure('floodTime', share(floodMs, lengthMs)),
      // Where there are ten kinds or fewer, the ten most frequent are all of them and say nothing.
      figure('topTen', share(top, total), keys.length > topMax),
      figure('chattering', chattering, some),
      figure('fleeting', this.#fleeting, some),
      figure('stale', largest(this.#staleDays)),
      figure('priority1', share(this.#raised[1], total), total >= sharesFrom),
      figure('priority2', share(this.#raised[2], total), total >= sharesFrom),
      figure('priority3', share(this.#raised[3], total), total >= sharesFrom),
      figure('suppression', this.#quieting.result().unauthorised, some),
    ];
  }
}
