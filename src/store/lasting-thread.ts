/**
 * A thread that lasts: when it dies it is started anew, and when it could not be opened that is tried again, at each question
 * and whenever somebody asks how it is. For threads that hold nothing of their own; the journal's writer is not one of them.
 * It must never let a question fail for ever without saying why, and never start a thread that dies at once in a circle.
 */
import type { Words } from '../core/types.ts';
import { threadRestarted } from '../words/store-words.ts';
import type { Log } from '../world/world.ts';
import { StoreError, StoreGone } from './store-types.ts';
import { startThread, type Thread } from './thread.ts';

/** One that died sooner after its start is not started again by itself, but only when it is asked for. */
const steadyMs = 1_000;

export interface LastingThread {
  /** The answer, or a StoreError; the next question may be answered all the same. */
  ask<A>(question: unknown): Promise<A>;
  /** Resolves when there is a thread, with how many there have been; rejects with why there is none. */
  ready(): Promise<number>;
  /** Why there is no thread at the moment; asking tries once more. */
  trouble(): Words | undefined;
  end(): Promise<void>;
}

export interface LastingListening {
  readonly log: Log;
  tell?(message: unknown): void;
}

/** Starts a thread. Resolves also when it could not be opened: `trouble` says why then. */
export async function startLasting(file: URL, data: unknown, { log, tell }: LastingListening): Promise<LastingThread> {
  let thread: Promise<Thread> | undefined;
  let trouble: StoreError | undefined;
  let starts = 0;
  let startedAt = 0;
  let ended = false;

  const died = (why: StoreError): void => {
    thread = undefined;
    trouble = why;
    log.error(threadRestarted(why.why).en);
    if (!ended && performance.now() - startedAt > steadyMs) void begin().catch(() => undefined);
  };
  const begin = (): Promise<Thread> => {
    startedAt = performance.now();
    const starting = startThread(file, data, { log, died, ...(tell && { tell }) });
    thread = starting;
    starting.then(
      () => {
        starts += 1;
        trouble = undefined;
      },
      (error: unknown) => {
        if (thread === starting) thread = undefined;
        trouble = error instanceof StoreError ? error : undefined;
      },
    );
    return starting;
  };
  const current = (): Promise<Thread> => thread ?? begin();

  await begin().catch((error: unknown) => {
    if (!(error instanceof StoreError)) throw error;
  });
  return {
    async ask<A>(question: unknown): Promise<A> {
      try {
        return await (await current()).ask<A>(question);
      } catch (error) {
        // Gone is this thread, and not what it serves.
        throw error instanceof StoreGone ? new StoreError(error.why, error) : error;
      }
    },
    async ready() {
      await current();
      return starts;
    },
    trouble() {
      if (!thread && !ended) void begin().catch(() => undefined);
      return trouble?.why;
    },
    async end() {
      ended = true;
      const last = await thread?.catch(() => undefined);
      await last?.end();
    },
  };
}
