/**
 * A thread that is there while somebody asks: it begins with the first question and goes when there was none for a while. For threads that only
 * read, of which most schools need none for most of the day, and each holds some megabytes. It must never go while a question is open.
 */
import type { Words } from '../core/types.ts';
import { threadStopped } from '../words/store-words.ts';
import { type LastingListening, type LastingThread, startLasting } from './lasting-thread.ts';
import { StoreError } from './store-types.ts';

/** Long enough for whoever leafs through a history; the checkpoint of the start and those of the hours keep it no longer. Ours. */
const restMs = 15_000;

/** As a lasting thread, which whoever asks after its end does not begin again; what it cannot open is known from the first question on. */
export function restingThread(file: URL, data: unknown, listening: LastingListening): LastingThread {
  let starting: Promise<LastingThread> | undefined;
  let running: LastingThread | undefined;
  let open = 0;
  let rest: NodeJS.Timeout | undefined;
  let leaving = Promise.resolve();
  let ended = false;

  const current = (): Promise<LastingThread> => {
    starting ??= startLasting(file, data, listening).then((thread) => {
      running = thread;
      return thread;
    });
    return starting;
  };
  const letGo = (): void => {
    const last = starting;
    starting = undefined;
    running = undefined;
    leaving = leaving.then(async () => (await last)?.end());
  };
  const asking = async <A>(ask: (thread: LastingThread) => Promise<A>): Promise<A> => {
    if (ended) throw new StoreError(threadStopped('ended'));
    open += 1;
    clearTimeout(rest);
    try {
      return await ask(await current());
    } finally {
      open -= 1;
      if (open === 0 && !ended) rest = setTimeout(letGo, restMs).unref();
    }
  };
  return {
    ask: <A>(question: unknown) => asking((thread) => thread.ask<A>(question)),
    ready: () => asking((thread) => thread.ready()),
    trouble: (): Words | undefined => running?.trouble(),
    async end() {
      ended = true;
      clearTimeout(rest);
      letGo();
      await leaving;
    },
  };
}
