/**
 * The series of a simulated gateway: samples that are on disk within a second, and lost with the process until then.
 * A follower reads it by a cursor that stays true for ever, as rows are never renumbered.
 */
import type { Sample, Time } from '../core/types.ts';
import type { Minute } from '../store/influx/influx-points.ts';
import type { Series } from '../store/store-types.ts';
import type { Alive, VirtualTime } from './virtual-time.ts';

const flushMs = 1_000;
const queryMax = 10_000;
const minuteMs = 60_000;

export class SimSeries {
  readonly samples: Sample[] = [];
  readonly #time: VirtualTime;
  /** The same samples by their minute, as an index of the file. */
  readonly #minutes = new Map<Time, Sample[]>();

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  /** The series for one process. */
  open(process: Alive): Series {
    let buffer: Sample[] = [];
    const put = () => {
      for (const sample of buffer) this.#put(sample);
      buffer = [];
    };
    const flush = () => {
      if (!process.alive) return;
      put();
      this.#time.after(flushMs, flush);
    };
    this.#time.after(flushMs, flush);
    return {
      write: (samples) => {
        const fit = samples.filter(({ value }) => typeof value !== 'number' || Number.isFinite(value));
        buffer.push(...fit);
        return samples.length - fit.length;
      },
      noteHead: async () => undefined,
      query: async ({ device, point, from, to, limit = queryMax }) =>
        this.samples
          .filter((one) => one.device === device && one.point === point && one.at >= from && one.at < to)
          .slice(-limit),
      read: async (after, limit) => ({ ...this.page(after, limit), missed: 0 }),
      trouble: () => undefined,
      flush: async () => put(),
      close: async () => put(),
    };
  }

  /** Samples after a cursor and the cursor behind the last of them. */
  page(after: number, limit: number): { samples: readonly Sample[]; cursor: number } {
    const samples = this.samples.slice(after, after + limit);
    return { samples, cursor: after + samples.length };
  }

  /** Figures of every minute and gauge in [from, to). */
  minutes(from: Time, to: Time): Minute[] {
    const figures: Minute[] = [];
    for (let minute = from; minute < to; minute += minuteMs) {
      const values = new Map<string, { device: string; point: string; values: number[] }>();
      for (const { device, point, value } of this.#minutes.get(minute) ?? []) {
        if (typeof value !== 'number') continue;
        const of = values.get(`${device}/${point}`) ?? { device, point, values: [] };
        of.values.push(value);
        values.set(`${device}/${point}`, of);
      }
      for (const { device, point, values: all } of values.values()) {
        const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
        figures.push({ device, point, minute, mean, min: Math.min(...all), max: Math.max(...all), count: all.length });
      }
    }
    return figures;
  }

  #put(sample: Sample): void {
    this.samples.push(sample);
    const minute = Math.floor(sample.at / minuteMs) * minuteMs;
    const same = this.#minutes.get(minute);
    if (same) same.push(sample);
    else this.#minutes.set(minute, [sample]);
  }

  /** Time of the oldest sample. */
  oldest(): Time | undefined {
    return this.samples[0]?.at;
  }
}
