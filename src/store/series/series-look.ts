/**
 * Looking at the stored samples of a zone: its curves, and what the detector would have said of them. Both happen in threads
 * of their own, so that neither the gateway nor the writing of samples waits for them.
 */
import type { CurveQuery, Curves } from '../../core/fence/curve.ts';
import type { Played, RehearsalQuery } from '../../core/report/rehearsal.ts';
import type { Words } from '../../core/types.ts';
import { rehearsalGivenUp } from '../../words/store-words.ts';
import type { Log } from '../../world/world.ts';
import { restingThread } from '../resting-thread.ts';
import { files } from '../store-files.ts';
import { StoreError } from '../store-types.ts';
import { startThread } from '../thread.ts';
import type { HourSpan, SeriesReaderQuestion, StoredHours } from './series-reader.ts';

const reader = new URL('./series-reader.ts', import.meta.url);
/** A rehearsal that takes longer is given up: a week of a zone takes seconds. */
const rehearsalMaxMs = 180_000;

export interface SeriesLook {
  /** Rejects with StoreError. */
  curves(q: CurveQuery): Promise<Curves>;
  /** Hourly figures of every gauge. Rejects with StoreError. */
  hours(span: HourSpan): Promise<StoredHours>;
  /** Why nothing can be looked at just now. */
  trouble(): Words | undefined;
  close(): Promise<void>;
}

/** Opens the series of a data folder for looking. The series must have been opened for writing before. */
export function openSeriesLook({ dir, log }: { dir: string; log: Log }): SeriesLook {
  const thread = restingThread(reader, { path: files.series(dir) }, { log });
  return {
    trouble: () => thread.trouble(),
    curves: (curves) => thread.ask({ curves } satisfies SeriesReaderQuestion),
    hours: (hours) => thread.ask({ hours } satisfies SeriesReaderQuestion),
    close: () => thread.end(),
  };
}

/**
 * Plays the stored samples of a zone to the detector. `progress` hears how much of the work is done; `signal` gives it up.
 * Rejects with StoreError when the file cannot be read, when it was given up, or when it took too long.
 */
export async function rehearseSeries(
  dir: string,
  q: RehearsalQuery,
  progress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<Played> {
  const tell = (told: unknown): void => {
    const { done, total } = told as { done: number; total: number };
    progress(done, total);
  };
  const thread = await startThread(reader, { path: files.series(dir) }, { tell });
  const over = AbortSignal.any([signal, AbortSignal.timeout(rehearsalMaxMs)]);
  const stop = (): void => thread.kill();
  over.addEventListener('abort', stop, { once: true });
  try {
    if (over.aborted) stop();
    return await thread.ask<Played>({ rehearse: q } satisfies SeriesReaderQuestion);
  } catch (error) {
    throw over.aborted ? new StoreError(rehearsalGivenUp, error) : error;
  } finally {
    over.removeEventListener('abort', stop);
    await thread.end();
  }
}
