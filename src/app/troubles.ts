/**
 * What is wrong just now, by part, for the log, the health view and the strip on the wall: one place, so that none of
 * them says less than another.
 */
import type { Trouble, Words } from '../core/types.ts';
import type { World } from '../world/world.ts';

export class Troubles {
  readonly #list = new Map<string, Trouble>();
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** Sets the trouble of a part, or clears it with undefined. What is new is logged once. */
  readonly set = (part: string, why: Words | undefined): void => {
    const known = this.#list.get(part);
    if (!why) {
      if (this.#list.delete(part)) this.#world.log.info(`${part}: well again`);
      return;
    }
    if (known?.why.en === why.en) return;
    this.#list.set(part, { part, why, since: known?.since ?? this.#world.now() });
    this.#world.log.warn(`${part}: ${why.en}`);
  };

  /** Takes a trouble off the list without a word: it is not known to be over. */
  readonly forget = (part: string): void => {
    this.#list.delete(part);
  };

  all(): readonly Trouble[] {
    return [...this.#list.values()];
  }
}
