/**
 * Stills in, figures out, by a thread of its own and a queue of fixed size. Whatever a camera sends, the gateway goes on: what is too large is not
 * looked at, what takes too long is given up with its thread, and a thread that died is made anew for the next still.
 */
import { Worker } from 'node:worker_threads';
import type { StillFeatures } from '../core/camera/still-types.ts';
import { stillLate, stillsBusy, stillTooLarge, stillUnreadable } from '../words/camera/still-words.ts';
import { WordedError } from '../words/worded-error.ts';
import type { World } from '../world/world.ts';

/** More than these wait for nobody: twenty cameras at once are within it. */
const queueMax = 32;
const lateMs = 10_000;
/** A still of more bytes is none of a camera's. */
const bytesMax = 16 * 1024 ** 2;

interface WaitingStill {
  readonly jpeg: Uint8Array;
  readonly done: PromiseWithResolvers<StillFeatures>;
}
type WorkerAnswer = { readonly still: StillFeatures } | { readonly fault: string };

export class PictureReader {
  readonly #world: World;
  readonly #queue: WaitingStill[] = [];
  #worker: Worker | undefined;
  #busy = false;
  #closed = false;

  constructor(world: World) {
    this.#world = world;
  }

  /** The figures of a still. Rejects with a WordedError that says why there are none. */
  read(jpeg: Uint8Array): Promise<StillFeatures> {
    if (jpeg.length > bytesMax) return Promise.reject(new WordedError(stillTooLarge(jpeg.length)));
    if (this.#closed || this.#queue.length >= queueMax) return Promise.reject(new WordedError(stillsBusy));
    const waiting = { jpeg, done: Promise.withResolvers<StillFeatures>() };
    this.#queue.push(waiting);
    if (!this.#busy) void this.#work();
    return waiting.done.promise;
  }

  /** Ends the thread; what waits is told no. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { done } of this.#queue.splice(0)) done.reject(new WordedError(stillsBusy));
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  async #work(): Promise<void> {
    this.#busy = true;
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      try {
        next.done.resolve(await this.#ask(next.jpeg));
      } catch (error) {
        next.done.reject(error);
      }
    }
    this.#busy = false;
  }

  async #ask(jpeg: Uint8Array): Promise<StillFeatures> {
    this.#worker ??= new Worker(new URL('./picture-worker.ts', import.meta.url));
    const worker = this.#worker;
    const answered = new AbortController();
    const answer = Promise.withResolvers<WorkerAnswer>();
    const died = () => answer.resolve({ fault: 'the thread ended' });
    worker.once('message', answer.resolve).once('error', died).once('exit', died);
    const late = this.#world.sleep(lateMs, answered.signal).then(
      () => 'late' as const,
      () => 'late' as const,
    );
    try {
      worker.postMessage(jpeg);
      const said = await Promise.race([answer.promise, late]);
      if (said !== 'late' && 'still' in said) return said.still;
      if (said === 'late' || said.fault === 'the thread ended') await this.#drop(worker);
      if (said !== 'late') this.#world.log.warn('a still cannot be read', { why: said.fault.slice(0, 200) });
      throw new WordedError(said === 'late' ? stillLate : stillUnreadable);
    } finally {
      answered.abort();
      worker.off('message', answer.resolve).off('error', died).off('exit', died);
    }
  }

  /** A thread that hangs or has died is given up; the next still makes another. */
  async #drop(worker: Worker): Promise<void> {
    if (this.#worker === worker) this.#worker = undefined;
    worker.once('error', () => undefined);
    await worker.terminate();
  }
}
