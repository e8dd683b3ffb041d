/**
 * The series: what gauges measured in the last days, in a local SQLite file written by a thread of its own.
 * This side only gathers samples into columns and hands them over a few times a second. It must never wait for the disk
 * and never hold more than its buffer: what has no room is counted and refused.
 */
import type { Sample } from '../../core/types.ts';
import type { Log } from '../../world/world.ts';
import { type LastingThread, startLasting } from '../lasting-thread.ts';
import { type Series, StoreError } from '../store-types.ts';

import { kindOf, stringKind } from './samples.ts';
import type { SampleColumns, SeriesQuestion } from './series-writer.ts';

const dayMs = 86_400_000;
/** Samples held at most between `write` and the disk: some seconds of the busiest site. */
const bufferMax = 200_000;
const flushMs = 250;
const limitDefault = 10_000;
const limitMax = 100_000;

export interface SeriesOptions {
  readonly dir: string;
  /** Days a sample is kept. Default 7. */
  readonly days?: number;
  readonly log: Log;
}

/** Opens the series of a data folder. Rejects with StoreError: no permission, not a database, damaged, disk full. */
export async function openSeries({ dir, days = 7, log }: SeriesOptions): Promise<Series> {
  const data = { dir, keepMs: days * dayMs };
  const thread = await startLasting(new URL('./series-writer.ts', import.meta.url), data, { log });
  // What is wrong at the start is for a person to mend; later the same is waited out.
  await thread.ready();
  return series(thread, log);
}

function series(thread: LastingThread, log: Log): Series {
  const names = nameBook();
  const keep = keeper(thread, names);
  let waiting: Sample[] = [];
  /** What the thread has not yet kept. Kept here until it has, so that a full disk costs nothing but time. */
  let sending: { readonly columns: SampleColumns; readonly count: number } | undefined;
  let timer: NodeJS.Timeout | undefined;
  let flushing: Promise<void> | undefined;
  let trouble: StoreError | undefined;

  const send = async (): Promise<void> => {
    if (!sending) {
      sending = { columns: columnsOf(waiting, names), count: waiting.length };
      waiting = [];
    }
    try {
      await keep(sending.columns);
      sending = undefined;
      if (trouble) log.info('The series is being written again.');
      trouble = undefined;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      if (trouble?.why.en !== error.why.en) log.error(error.why.en);
      trouble = error;
    }
  };
  const schedule = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      void flush();
    }, flushMs);
  };
  const flush = async (): Promise<void> => {
    flushing ??= send().finally(() => {
      flushing = undefined;
      if (waiting.length > 0 || sending) schedule();
    });
    await flushing;
  };
  /** Everything written before the call is on disk, or the trouble is thrown. */
  const drain = async (): Promise<void> => {
    await flush();
    while ((waiting.length > 0 || sending) && !trouble) await flush();
    if (trouble) throw trouble;
  };

  return {
    write(samples) {
      const room = bufferMax - waiting.length - (sending?.count ?? 0);
      const taken = samples
        .filter(({ value }) => typeof value !== 'number' || Number.isFinite(value))
        .slice(0, Math.max(0, room));
      for (const sample of taken) waiting.push(sample);
      if (taken.length > 0) schedule();
      return samples.length - taken.length;
    },
    query(q) {
      const limit = Math.max(1, Math.min(q.limit ?? limitDefault, limitMax));
      return thread.ask({ query: { ...q, limit } } satisfies SeriesQuestion);
    },
    read: (after, limit) => thread.ask({ read: { after, limit } } satisfies SeriesQuestion),
    noteHead: (head, at) => thread.ask({ noteHead: { ...head, at } } satisfies SeriesQuestion),
    trouble: () => trouble?.why,
    flush: drain,
    async close() {
      try {
        await drain();
      } finally {
        clearTimeout(timer);
        await thread.end();
      }
    },
  };
}

/** Hands columns to the thread; to one that was started anew with every name, since it has been told none. */
function keeper(thread: LastingThread, names: NameBook): (columns: SampleColumns) => Promise<void> {
  let named = 1;
  return async (columns) => {
    const now = await thread.ready();
    const write = now === named ? columns : { ...columns, names: names.all() };
    await thread.ask({ write } satisfies SeriesQuestion);
    named = now;
  };
}

/** Numbers for device and point, and which of them the thread has not heard of yet. */
interface NameBook {
  numberOf(device: string, point: string): number;
  takeNew(): readonly (readonly [string, string])[];
  /** All of them, in the order of their numbers. */
  all(): readonly (readonly [string, string])[];
}

function nameBook(): NameBook {
  const numbers = new Map<string, Map<string, number>>();
  let nextNumber = 0;
  let fresh: [string, string][] = [];
  const known: [string, string][] = [];
  return {
    all: () => known,
    numberOf(device, point) {
      const points = numbers.get(device) ?? new Map<string, number>();
      const found = points.get(point);
      if (found !== undefined) return found;
      const number = nextNumber;
      nextNumber += 1;
      numbers.set(device, points.set(point, number));
      fresh.push([device, point]);
      known.push([device, point]);
      return number;
    },
    takeNew() {
      const taken = fresh;
      fresh = [];
      return taken;
    },
  };
}

function columnsOf(samples: readonly Sample[], names: NameBook): SampleColumns {
  const name = new Uint32Array(samples.length);
  const at = new Float64Array(samples.length);
  const kind = new Uint8Array(samples.length);
  const value = new Float64Array(samples.length);
  const texts: string[] = [];
  for (const [i, sample] of samples.entries()) {
    name[i] = names.numberOf(sample.device, sample.point);
    at[i] = sample.at;
    kind[i] = kindOf(sample.value);
    if (kind[i] === stringKind) value[i] = texts.push(String(sample.value)) - 1;
    else value[i] = Number(sample.value);
  }
  return { names: names.takeNew(), name, at, kind, value, texts };
}
