/**
 * The series of a simulated gateway: samples that are on disk within a second, and lost with the process until then.
 * A follower reads it by a cursor that stays true for ever, as rows are never renumbered.
 */
import type { Sample, Time } from '../core/types.ts';
import type { Series } from '../store/types.ts';
import type { Alive, VirtualTime } from './time.ts';

const flushMs = 1_000;
const queryMax = 10_000;

export class Shelf {
  readonly samples: Sample[] = [];
  readonly #time: VirtualTime;

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  /** The series for one process. */
  open(process: Alive): Series {
    let buffer: Sample[] = [];
    const put = () => {
      this.samples.push(...buffer);
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

  /** Time of the oldest sample. */
  oldest(): Time | undefined {
    return this.samples[0]?.at;
  }
}
