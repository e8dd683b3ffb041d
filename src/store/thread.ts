/**
 * A worker thread that is asked questions and gives one answer to each, in order of asking.
 * It exists so that SQLite's waiting for the disk never stops the gateway's loop. It must never swallow a failure:
 * when the thread dies, every open and every later question is rejected.
 */
import { parentPort, type Transferable, Worker, workerData } from 'node:worker_threads';
import type { Words } from '../core/types.ts';
import { threadStopped } from '../words/store-words.ts';
import type { Log } from '../world/world.ts';
import { StoreError, StoreGone } from './store-types.ts';

type Level = keyof Log;
type FromThread =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly error: Words; readonly gone: boolean }
  | { readonly tell: unknown }
  | { readonly log: Level; readonly message: string; readonly fields: Record<string, unknown> | undefined };
interface ToThread {
  readonly id: number;
  readonly question: unknown;
}

export interface Thread {
  /** The answer of the thread, or its StoreError. */
  ask<A>(question: unknown, transfer?: readonly Transferable[]): Promise<A>;
  /** Asks the thread to close what it holds and to end; waits until it has. */
  end(): Promise<void>;
  /** Stops the thread in the midst of what it does: open questions are rejected. Only for threads that read. */
  kill(): void;
}

/** Question number of the opening itself: answered when the thread has opened what it serves. */
const opening = 0;
/** An ending thread finishes its current question; one that does not end in this time is stopped. */
const endMs = 10_000;

/** Who hears what a thread says unasked. */
export interface Listening {
  readonly log?: Log;
  tell?(message: unknown): void;
  /** It has opened what it serves, and then died without being told to end. */
  died?(why: StoreError): void;
}

/** Starts a thread and waits until it has opened what it serves. Rejects with its StoreError when it could not. */
export async function startThread(file: URL, data: unknown, listening: Listening = {}): Promise<Thread> {
  const worker = new Worker(file, { workerData: data });
  const open = new Map<number, { resolve: (answer: unknown) => void; reject: (why: StoreError) => void }>();
  let dead: StoreError | undefined;
  let next = opening;
  let opened = false;

  const die = (why: string): void => {
    if (dead) return;
    dead = new StoreGone(threadStopped(why));
    for (const waiting of open.values()) waiting.reject(dead);
    open.clear();
    if (opened) listening.died?.(dead);
  };
  worker.on('error', (error) => die(error instanceof Error ? error.message : String(error)));
  const exited = new Promise<void>((resolve) => {
    worker.on('exit', () => {
      die('ended');
      resolve();
    });
  });
  worker.on('message', (message: FromThread) => {
    if ('log' in message) return listening.log?.[message.log](message.message, message.fields);
    if ('tell' in message) return listening.tell?.(message.tell);
    const waiting = open.get(message.id);
    open.delete(message.id);
    if ('error' in message) waiting?.reject(new (message.gone ? StoreGone : StoreError)(message.error));
    else waiting?.resolve(message.answer);
  });
  const expect = (id: number): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (dead) reject(dead);
      else open.set(id, { resolve, reject });
    });

  const end = async (): Promise<void> => {
    opened = false;
    worker.postMessage('end');
    const timer = setTimeout(() => void worker.terminate(), endMs);
    await exited;
    clearTimeout(timer);
  };
  try {
    await expect(opening);
    opened = true;
  } catch (error) {
    await end();
    throw error;
  }
  return {
    ask: <A>(question: unknown, transfer: readonly Transferable[] = []) => {
      next += 1;
      const answer = expect(next) as Promise<A>;
      worker.postMessage({ id: next, question } satisfies ToThread, transfer);
      return answer;
    },
    end,
    kill: () => void worker.terminate(),
  };
}

/** What a thread serves: answers to questions, and how to close. */
export interface Served<Q> {
  answer(question: Q): unknown;
  close(): void | Promise<void>;
}

/** Called once by a worker's file: opens, then answers until it is told to end. `failed` words an error. */
export async function serve<D, Q>(
  open: (data: D, tell: (message: unknown) => void, log: Log) => Served<Q> | Promise<Served<Q>>,
  failed: (error: unknown, data: D) => StoreError,
): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error('this file is a worker thread of the store');
  const data = workerData as D;
  const say = (message: FromThread): void => port.postMessage(message);
  const written =
    (level: Level): Log['info'] =>
    (message, fields) =>
      say({ log: level, message, fields });
  const sayFailed = (id: number, error: unknown): void => {
    const known = failed(error, data);
    say({ id, error: known.why, gone: known instanceof StoreGone });
  };
  const log: Log = { info: written('info'), warn: written('warn'), error: written('error') };

  let served: Served<Q> | undefined;
  port.on('message', async (message: ToThread | 'end') => {
    if (message === 'end') {
      await served?.close();
      port.close();
      return;
    }
    try {
      say({ id: message.id, answer: await served?.answer(message.question as Q) });
    } catch (error) {
      sayFailed(message.id, error);
    }
  });
  try {
    served = await open(data, (told) => say({ tell: told }), log);
    say({ id: opening, answer: undefined });
  } catch (error) {
    sayFailed(opening, error);
  }
}
