/**
 * Virtual time: a queue of what is due, and a hand that moves from one entry to the next. Between two entries everything
 * that promises still have to do is done, so that the order of a run depends on its seed and on nothing else. It must
 * never read a real clock.
 *
 * Why one turn of the event loop is enough: Node runs an immediate only when no microtask is left, and nothing in a
 * simulation waits for anything but promises and this queue. No number of awaits is counted anywhere.
 */
import type { Time } from '../core/types.ts';
import type { Log, World } from '../world/world.ts';

interface Due {
  readonly at: number;
  readonly order: number;
  work: (() => void) | undefined;
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export class VirtualTime {
  /** When the run began, true time. */
  readonly start: Time;
  #elapsed = 0;
  #offset = 0;
  #order = 0;
  readonly #heap: Due[] = [];

  constructor(start: Time) {
    this.start = start;
  }

  /** Ms since the run began; what a monotonic clock says. */
  get elapsed(): number {
    return this.#elapsed;
  }
  /** The true time of day, which nobody can set. */
  get truth(): Time {
    return Math.floor(this.start + this.#elapsed);
  }
  /** What the clock of the gateway's machine says. */
  get wall(): Time {
    return Math.floor(this.start + this.#elapsed + this.#offset);
  }
  /** How far the machine's clock is off, ms. */
  get offset(): number {
    return this.#offset;
  }

  /** Somebody, or a time server, sets the clock of the gateway's machine. */
  stepClock(ms: number): void {
    this.#offset += Math.round(ms);
  }

  /** The machine stands still: time goes on and nothing runs. What was due meanwhile runs late. */
  stall(ms: number): void {
    this.#elapsed += ms;
  }

  /** Does `work` after `ms`; what is due at the same moment runs in the order in which it was asked for. Returns the way to call it off. */
  after(ms: number, work: () => void): () => void {
    const due: Due = { at: this.#elapsed + ms, order: this.#order++, work };
    this.#push(due);
    return () => {
      due.work = undefined;
    };
  }

  /** Runs until `elapsed` has reached `until` and everything due by then is done. */
  async run(until: number): Promise<void> {
    for (;;) {
      await settled();
      const next = this.#heap[0];
      if (!next || next.at > until) break;
      this.#pop();
      this.#elapsed = Math.max(this.#elapsed, next.at);
      next.work?.();
    }
    this.#elapsed = Math.max(this.#elapsed, until);
  }

  #before(a: Due, b: Due): boolean {
    return a.at < b.at || (a.at === b.at && a.order < b.order);
  }

  #push(due: Due): void {
    const heap = this.#heap;
    let i = heap.length;
    heap.push(due);
    while (i > 0) {
      const up = (i - 1) >> 1;
      const parent = heap[up]!;
      if (!this.#before(due, parent)) break;
      heap[i] = parent;
      i = up;
    }
    heap[i] = due;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && this.#before(heap[child + 1]!, heap[child]!)) child += 1;
      if (!this.#before(heap[child]!, last)) break;
      heap[i] = heap[child]!;
      i = child;
    }
    heap[i] = last;
  }
}

/** Whether a process lives; what belongs to a dead one never goes on. */
export interface Alive {
  alive: boolean;
}

/** The world as one process of the simulation sees it. When the process dies, nothing it waits for ever comes. */
export function worldOf(time: VirtualTime, random: () => number, process: Alive, log: Log): World {
  return {
    now: () => time.wall,
    elapsed: () => time.elapsed,
    random,
    log,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const onAbort = () => {
          callOff();
          if (process.alive) reject(signal?.reason);
        };
        // A real timer takes a millisecond at least.
        const callOff = time.after(Math.max(1, ms), () => {
          signal?.removeEventListener('abort', onAbort);
          if (process.alive) resolve();
        });
        signal?.addEventListener('abort', onAbort, { once: true });
      }),
  };
}
