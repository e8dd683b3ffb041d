/**
 * The gateway's own time. It runs at the pace of the monotonic clock, so that every deadline takes as long as it should whatever
 * is done to the machine's clock, and it is drawn so slowly towards that clock that nobody who waits can tell. A machine's clock
 * that is farther away was set: this clock then says so and goes on as before, until it is told to follow. It never runs
 * back by itself.
 */
import type { Time } from '../core/types.ts';
import type { World } from './world.ts';

/**
 * While the machine's clock is a little off, ours gains or loses this part of the time that passes: faster than a time server
 * ever slews (0.05 %), and a second's escalation is off by a hundredth.
 */
const slew = 0.01;
/** A machine's clock that is off by this much was set, and has not merely drifted, ms. Our own number. */
const stepMs = 2_000;
/**
 * A clock that was merely put right is not off by more than this, ms. A journal that ends farther in the future was written
 * by a wrong clock, or the machine's is wrong now; only a person can tell which. Our own number.
 */
export const putRightMs = 600_000;

export class Clock {
  readonly #world: Pick<World, 'now' | 'elapsed'>;
  #at: Time;
  #elapsed: number;
  /** The machine's clock is so far behind what is known to have happened that a person is asked which of the two is right. */
  #asks = false;
  /** How far the machine's clock was off when it was last looked at, while that is too far. */
  #off: number | undefined;

  constructor(world: Pick<World, 'now' | 'elapsed'>) {
    this.#world = world;
    this.#at = world.now();
    this.#elapsed = world.elapsed();
  }

  /** Whether a person is asked which clock is right. */
  get asks(): boolean {
    return this.#asks;
  }

  /** Goes on from `at`, the last thing known to have happened, if that is later than what the machine's clock says. */
  from(at: Time): void {
    const wall = this.#world.now();
    this.follow(Math.max(wall, at));
    this.#asks = at > wall + putRightMs;
  }

  now(): Time {
    const elapsed = this.#world.elapsed();
    const ms = elapsed - this.#elapsed;
    this.#elapsed = elapsed;
    this.#at += ms;
    const off = this.#world.now() - this.#at;
    if (Math.abs(off) < stepMs) this.#at += Math.max(-ms * slew, Math.min(ms * slew, off));
    return Math.round(this.#at);
  }

  /** What people read off a clock, for schedules and rounds: ours, or the machine's while nobody knows which is right. */
  wall(): Time {
    return this.#asks ? this.#world.now() : this.now();
  }

  /**
   * To be asked once a second: what the machine's clock was set to, once it has said so twice. While a person is asked, only a
   * clock that has come near again.
   */
  setTo(): Time | undefined {
    const off = this.#world.now() - this.now();
    if (this.#asks) return off >= -putRightMs ? this.#world.now() : undefined;
    const before = this.#off;
    this.#off = Math.abs(off) < stepMs ? undefined : off;
    const again = this.#off !== undefined && before !== undefined && Math.abs(off - before) < stepMs;
    return again ? this.#world.now() : undefined;
  }

  /** Says `at` from now on: it was decided, and kept, that this is the time. */
  follow(at: Time): void {
    this.#at = at;
    this.#elapsed = this.#world.elapsed();
    this.#asks = false;
    this.#off = undefined;
  }
}
