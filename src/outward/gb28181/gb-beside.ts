/**
 * Work that goes on beside the telling of alarms, one of each name at a time, and what went wrong with it last. It must never be waited for.
 */

import { wordsOf } from '../../words/worded-error.ts';
import type { Words } from '../../words/words.ts';

export class GbBeside {
  readonly #under = new Set<string>();
  readonly #amiss = new Map<string, Words>();

  /** Begins it, where it is not under way. */
  begin(name: string, work: () => Promise<void>): void {
    if (this.#under.has(name)) return;
    this.#under.add(name);
    void work()
      .then(
        () => void this.#amiss.delete(name),
        (error: unknown) => void this.#amiss.set(name, wordsOf(error)),
      )
      .finally(() => this.#under.delete(name));
  }

  /** Why one of them was in vain the last time; undefined where none was. */
  trouble(): Words | undefined {
    return this.#amiss.values().next().value;
  }
}
