/**
 * Chance for a simulated school: a generator for each purpose, all from one seed, so that what one part draws never
 * changes what another gets. It must never use the machine's own randomness.
 */
import { seeded } from '../fence/random.ts';

export class Chance {
  readonly #seed: string;
  readonly #next: () => number;

  /** The same seed is the same sequence. */
  constructor(seed: string) {
    this.#seed = seed;
    this.#next = seeded(hashOf(seed));
  }

  /** A generator of its own for a purpose. */
  for(purpose: string): Chance {
    return new Chance(`${this.#seed}/${purpose}`);
  }

  /** In [0, 1). */
  readonly random = (): number => this.#next();

  /** In [from, to). */
  between(from: number, to: number): number {
    return from + (to - from) * this.#next();
  }

  /** Happens with this probability. */
  happens(probability: number): boolean {
    return this.#next() < probability;
  }

  /** One of them; there must be one. */
  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.#next() * list.length)]!;
  }
}

/** 32 bits of a text (FNV-1a). */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193);
  return hash >>> 0;
}
