/**
 * Keeping: events go into the journal, however long that takes. A journal that refuses (a full disk, a file that was taken away)
 * is tried again each second, and it is said why. It must never give a batch up, and never say that one is kept that is not.
 */
import { assert } from '../core/assert.ts';
import type { Event, Words } from '../core/types.ts';
import { type Journal, StoreError, StoreGone } from '../store/store-types.ts';
import type { World } from '../world/world.ts';

const retryMs = 1_000;
/** With nothing to keep, the journal is asked this often whether it still is in its place: a quiet night must not hide that. */
const proofMs = 5_000;

export interface KeepingParts {
  readonly journal: Pick<Journal, 'append' | 'head'>;
  readonly world: Pick<World, 'elapsed' | 'sleep'>;
  /** The journal refuses; undefined when it no longer does. */
  trouble(why: Words | undefined): void;
  /** State stays ahead of the journal for now. */
  refuse(why: Words): void;
  /** Aborted when the gateway is told to stop. */
  readonly signal: AbortSignal;
}

export class Keeping {
  readonly #parts: KeepingParts;
  #stuck = false;
  /** When the journal last answered, monotonic. */
  #provedAt = Number.NEGATIVE_INFINITY;

  constructor(parts: KeepingParts) {
    this.#parts = parts;
  }

  /** The journal refuses. */
  get stuck(): boolean {
    return this.#stuck;
  }

  /** Whether the journal should be asked for its place though there is nothing to keep. */
  get proofDue(): boolean {
    return this.#parts.world.elapsed() - this.#provedAt >= proofMs;
  }

  /**
   * Resolves when the journal has the events, or without any when it is in its place. Rejects when it is gone for good, or
   * refuses while the gateway is told to stop: nothing of the batch was told then, so its senders still have it.
   */
  async keep(events: readonly Event[]): Promise<void> {
    const { journal, world, trouble, refuse, signal } = this.#parts;
    const first = events[0]?.seq;
    const { seq } = journal.head();
    assert(first === undefined || first === seq + 1, `event ${first} is to be kept after ${seq}`);
    for (;;) {
      try {
        await journal.append(events);
        if (this.#stuck) trouble(undefined);
        this.#stuck = false;
        this.#provedAt = world.elapsed();
        return;
      } catch (error) {
        if (!(error instanceof StoreError) || error instanceof StoreGone) throw error;
        this.#stuck = true;
        trouble(error.why);
        refuse(error.why);
        await world.sleep(retryMs, signal).catch(() => {
          throw error;
        });
      }
    }
  }
}
