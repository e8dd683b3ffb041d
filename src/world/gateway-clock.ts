/**
 * The gateway's own time: never backwards and never still, so that `at` keeps its order and pauses come to an end
 * whatever is done to the machine's clock. What people read off a clock (schedules, rounds) follows the machine's instead.
 */
import type { Time } from '../core/types.ts';
import type { World } from './world.ts';

/** While the machine's clock is behind, ours goes at this part of its pace, until the other has caught up. */
const pace = 0.5;

export class Clock {
  readonly #world: Pick<World, 'now' | 'elapsed'>;
  #at: Time = 0;
  #elapsed: number;

  constructor(world: Pick<World, 'now' | 'elapsed'>) {
    this.#world = world;
    this.#elapsed = world.elapsed();
  }

  /** Goes on from `at`, the last thing known to have happened, if that is later. */
  from(at: Time): void {
    this.#at = Math.max(this.#at, at);
  }

  now(): Time {
    const elapsed = this.#world.elapsed();
    this.#at = Math.max(this.#world.now(), this.#at + (elapsed - this.#elapsed) * pace);
    this.#elapsed = elapsed;
    return Math.round(this.#at);
  }
}
