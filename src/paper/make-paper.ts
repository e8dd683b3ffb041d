/**
 * Has a report printed in a thread of its own, which has a limit of memory and of time; one prints at a time, and whoever comes fourth is
 * refused. It must never take the process with it.
 */
import { Worker } from 'node:worker_threads';
import { reportFailed } from '../words/screens/audit-words.ts';
import { reportsBusy } from '../words/screens/paper-words.ts';
import { WordedError } from '../words/worded-error.ts';
import type { FromPaper, PaperOrder } from './paper-worker.ts';

/** MB, ms and how many may wait: a thousand rows took 90 MB and two seconds. Ours. */
const MEMORY_MB = 768;
const LIMIT_MS = 60_000;
const WAITING_MAX = 3;

let last: Promise<unknown> = Promise.resolve();
let waiting = 0;

/** The PDF. Rejects with WordedError; `failed` hears in English what went wrong inside. */
export async function makePaper(order: PaperOrder, failed: (error: string) => void): Promise<Uint8Array> {
  if (waiting >= WAITING_MAX) throw new WordedError(reportsBusy);
  waiting += 1;
  const mine = last.then(
    () => print(order, failed),
    () => print(order, failed),
  );
  last = mine.catch(() => undefined);
  try {
    return await mine;
  } finally {
    waiting -= 1;
  }
}

async function print(order: PaperOrder, failed: (error: string) => void): Promise<Uint8Array> {
  const worker = new Worker(new URL('./paper-worker.ts', import.meta.url), {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  const answer = Promise.withResolvers<Uint8Array>();
  const fail = (error: string) => {
    failed(error);
    answer.reject(new WordedError(reportFailed));
  };
  worker.on('message', (message: FromPaper) => {
    if ('file' in message) return answer.resolve(message.file);
    if (message.inside !== undefined) return fail(message.inside);
    return answer.reject(new WordedError(message.error));
  });
  worker.on('error', (error) => fail(String(error)));
  worker.on('exit', () => answer.reject(new WordedError(reportFailed)));
  const limit = setTimeout(() => fail('took too long'), LIMIT_MS);
  try {
    return await answer.promise;
  } finally {
    clearTimeout(limit);
    await worker.terminate();
  }
}
