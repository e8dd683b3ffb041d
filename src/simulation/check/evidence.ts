/**
 * What is known of a night when it is judged: the truth, everything that came to be on the disk with the time it did, and
 * when the gateway could not work. Checkers share it, so that they agree on when what was the gateway's to do.
 */
import type { Condition, Outage, Truth } from '../../../simulators/virtual/truth.ts';
import { evolve } from '../../core/evolve.ts';
import { emptyState } from '../../core/state.ts';
import type { AlarmKind, Event, Point, Site, State, Time } from '../../core/types.ts';
import type { Seen } from '../observed.ts';
import type { Disk } from '../sim-disk.ts';
import type { SimulatedInflux } from '../sim-influx.ts';
import type { SimSeries } from '../sim-series.ts';

export interface Kept {
  readonly event: Event;
  /** True time of its commit, and what the machine's clock said then. */
  readonly at: Time;
  readonly wall: Time;
  /** When it happened by the gateway's own time without the steps of its clock: differences of these are lengths. */
  readonly ran: Time;
}

export interface TimeSpan {
  readonly from: Time;
  readonly to: Time;
}

/** What lies on the disk, on the shelf and in InfluxDB. */
export interface Stores {
  readonly disk: Pick<Disk, 'lines' | 'links' | 'head'>;
  readonly shelf: Pick<SimSeries, 'samples'>;
  readonly influx: Pick<SimulatedInflux, 'points' | 'refused' | 'wellSince'>;
}

/** What somebody who walks along a fence brings about. */
export const touchKinds: ReadonlySet<AlarmKind> = new Set(['climb', 'pull', 'slack', 'cut', 'intrusion', 'motion']);

/** After a restart lines come up and devices connect within this time. */
const restartGraceMs = 10_000;
/** After a device can be heard again its line is tried within this time: the supervisor's longest pause and a half. */
const outageGraceMs = 50_000;

export class Evidence {
  readonly site: Site;
  readonly truth: Truth;
  readonly stores: Stores;
  /** The fold of the journal. */
  readonly state: State = emptyState();
  readonly kept: Kept[] = [];
  readonly #unwell: TimeSpan[] = [];
  /** How far the gateway has said that its clock was set, all in all, ms. */
  #moved = 0;
  /** Since when no process has been up. */
  #downFrom: Time | undefined;
  /** When the night was over, true time and by the clock of the machine. */
  endedAt: Time = Number.POSITIVE_INFINITY;
  endedWall: Time = Number.POSITIVE_INFINITY;
  /** When the machine's clock was last set, true time. */
  clockSetAt: Time = 0;
  #offset: number | undefined;

  constructor(site: Site, truth: Truth, stores: Stores, startedAt: Time) {
    this.site = site;
    this.truth = truth;
    this.stores = stores;
    this.#downFrom = startedAt;
  }

  see(seen: Seen): void {
    if (this.#offset !== seen.wall - seen.at) {
      if (this.#offset !== undefined) this.clockSetAt = seen.at;
      this.#offset = seen.wall - seen.at;
    }
    if (seen.what === 'kept') {
      for (const event of seen.events) {
        evolve(this.state, event);
        if (event.kind === 'clock-stepped') this.#moved += event.to - event.from;
        this.kept.push({ event, at: seen.at, wall: seen.wall, ran: event.at - this.#moved });
      }
    } else if (seen.what === 'unwell') this.#unwell.push({ from: seen.from, to: seen.at + 2_000 });
    else if (seen.what === 'life') {
      if (seen.is !== 'begun') this.#downFrom ??= seen.at;
      else if (this.#downFrom !== undefined) {
        this.#unwell.push({ from: this.#downFrom, to: seen.at + restartGraceMs });
        this.#downFrom = undefined;
      }
    }
  }

  /** The kept facts of a kind. */
  facts<K extends Event['kind']>(kind: K): (Kept & { readonly event: Extract<Event, { kind: K }> })[] {
    return this.kept.filter((one): one is Kept & { event: Extract<Event, { kind: K }> } => one.event.kind === kind);
  }

  /**
   * When something that needs `withinMs` had to be told at the latest, if it began at `from`: later when the gateway could
   * not work or the device could not be heard meanwhile.
   */
  due(from: Time, withinMs: number, device?: string): Time {
    const spans = [...this.#unwell, ...(device === undefined ? [] : this.#outagesOf(device))].sort(
      (a, b) => a.from - b.from,
    );
    let due = from + withinMs;
    for (const span of spans) if (span.from < due && span.to > from) due = Math.max(due, span.to + withinMs);
    return due;
  }

  /** Whether the gateway could not work, or the device not be heard, at some time of the span. */
  disturbed(from: Time, to: Time, device?: string): boolean {
    const spans = device === undefined ? this.#unwell : [...this.#unwell, ...this.#outagesOf(device)];
    return spans.some((span) => span.from <= to && span.to >= from);
  }

  /** Whether the device could not be heard at some time of the span, or only just can again. */
  muted(from: Time, to: Time, device: string): boolean {
    return this.#outagesOf(device).some((span) => span.from <= to && span.to >= from);
  }

  /** When something happened, as a time whose differences are lengths whatever was done to the clock. */
  ran({ seq }: Event): Time {
    return this.kept[seq - 1]?.ran ?? 0;
  }

  /** When the gateway made up its mind, true time: its own clock says so, unless somebody set that. */
  decidedAt(event: Event, keptAt: Time): Time {
    return this.clockSetAt === 0 ? event.at : keptAt;
  }

  /** The point a cause of an alarm names. */
  pointOf(cause: string): Point | undefined {
    const [device = '', point = ''] = cause.split('/');
    return this.site.devices[device]?.points[point];
  }

  /** When a zone was under walk test, as the journal tells it. */
  walks(zone: string): TimeSpan[] {
    const spans: TimeSpan[] = [];
    for (const { event, at } of this.kept) {
      if (event.kind === 'walk-started' && event.zones.includes(zone))
        spans.push({ from: at, to: at + event.until - event.at });
      const last = spans.at(-1);
      if (event.kind === 'walk-ended' && last && at < last.to) spans[spans.length - 1] = { from: last.from, to: at };
    }
    return spans;
  }

  conditionsOf(cause: string): Condition[] {
    return this.truth.conditions.filter(({ device, point }) => `${device}/${point}` === cause);
  }

  outagesOf(device: string): readonly Outage[] {
    return this.truth.outages.filter((one) => one.device === device);
  }

  #outagesOf(device: string): TimeSpan[] {
    return this.outagesOf(device).map(({ from, to, how }) => ({
      from,
      // What a camera saw while it was deaf nobody learns.
      to: to === undefined ? Number.POSITIVE_INFINITY : to + (how === 'deaf' ? 2 : 1) * outageGraceMs,
    }));
  }
}
