/**
 * Who may look at State, and when: while it holds nothing that is not durable, and at no other time. The only place that
 * makes `Durable`. It costs the loop two marks a commit while nobody asks, and must never let anybody wait for ever.
 */
import { assert } from '../core/assert.ts';
import type { Durable, State, Words } from '../core/types.ts';
import { Untold } from '../core/untold.ts';
import { StoreError } from '../store/store-types.ts';
import { loopEnded, tooManyReaders, writingSlowly } from '../words/gateway-words.ts';
import type { World } from '../world/world.ts';

/** So many may wait for one commit; a school has fewer pages open. */
const waitingMax = 1_000;
/** A commit that takes longer than this is on an ill disk, whether it refuses in the end or not. */
const commitLimitMs = 5_000;

interface Asking {
  look(): void;
  refuse(why: Words): void;
}

export class Telling {
  readonly #state: State;
  readonly #world: World;
  #ahead = false;
  /** Why State stays ahead of the journal. */
  #refused: Words | undefined;
  #waiting: Asking[] = [];
  /** Aborted when nobody waits any more. */
  #over = new AbortController();

  constructor(state: State, world: World) {
    this.#state = state;
    this.#world = world;
  }

  /** From now on State may hold what is not durable. */
  ahead(): void {
    this.#ahead = true;
  }

  /** From now on it does not. */
  durable(): void {
    this.#ahead = false;
    this.#refused = undefined;
  }

  /** Lets all who wait look, before this returns. To be called while State is durable. */
  serve(): void {
    for (const one of this.#leaving()) one.look();
  }

  /** State stays ahead: whoever waits is told why, and so is whoever asks from now on until it is durable again. */
  refuse(why: Words): void {
    this.#refused = why;
    for (const one of this.#leaving()) one.refuse(why);
  }

  /** The loop has ended: what State is ahead by is never written any more. */
  end(error: unknown): void {
    this.refuse(error instanceof StoreError ? error.why : loopEnded);
  }

  /** See `Gateway.read`. */
  read<T>(look: (state: Durable<State>) => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const one: Asking = {
        look: () => {
          try {
            resolve(this.#look(look));
          } catch (error) {
            reject(error);
          }
        },
        refuse: (why) => reject(new Untold(why)),
      };
      if (!this.#ahead) one.look();
      else if (this.#refused) one.refuse(this.#refused);
      else if (this.#waiting.length >= waitingMax) one.refuse(tooManyReaders);
      else this.#wait(one);
    });
  }

  #look<T>(look: (state: Durable<State>) => T): T {
    const state = this.#state as unknown as Durable<State>;
    const told = look(state);
    assert(
      !(told instanceof Promise) && (told as unknown) !== state,
      'State was taken along from where it was durable',
    );
    return told;
  }

  #wait(one: Asking): void {
    this.#waiting.push(one);
    if (this.#waiting.length > 1) return;
    this.#over = new AbortController();
    const late = () => {
      for (const left of this.#leaving()) left.refuse(writingSlowly);
    };
    void this.#world.sleep(commitLimitMs, this.#over.signal).then(late, () => undefined);
  }

  #leaving(): readonly Asking[] {
    if (this.#waiting.length === 0) return this.#waiting;
    const all = this.#waiting;
    this.#waiting = [];
    this.#over.abort();
    return all;
  }
}
