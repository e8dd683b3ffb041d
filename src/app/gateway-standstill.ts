/**
 * What follows when the process itself stood still: silence is counted anew, because devices were not silent and nobody
 * listened, and a person learns that the machine is too slow. It has a beat of its own, since the gateway's tick waits for a
 * journal that refuses. It must never take a busy moment, nor a full disk, for a standstill.
 */
import { waitsKept } from '../core/condition/comms-loss.ts';
import type { Live, Words } from '../core/types.ts';
import { stoodStill } from '../words/gateway-words.ts';
import type { World } from '../world/world.ts';
import type { Waiting } from './gateway-batch.ts';

const beatMs = 1_000;
/** A beat this late means that the process stood still. */
const standstillMs = 2_000;
const toldMs = 60_000;
/** Commits take this long on a bad disk, and messages less on a good one. Ours. */
const waitMs = 500;

export class Pulse {
  readonly #world: Pick<World, 'elapsed' | 'sleep'>;
  readonly #live: Live;
  readonly #trouble: (why: Words | undefined) => void;
  /** When it last beat, monotonic. */
  #at: number;

  /** `trouble` is told of the machine, and when it is well again. */
  constructor(world: Pick<World, 'elapsed' | 'sleep'>, live: Live, trouble: (why: Words | undefined) => void) {
    this.#world = world;
    this.#live = live;
    this.#trouble = trouble;
    this.#at = world.elapsed();
  }

  /** Beats until it is aborted. */
  async beat(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.#at = this.#world.elapsed();
      await this.#world.sleep(beatMs, signal).catch(() => undefined);
      this.heed(this.#world.elapsed());
      if (this.#at - this.#live.listeningSince > toldMs) this.#trouble(undefined);
    }
  }

  /**
   * These have waited for the journal until now. A driver holds back what comes while it waits for an answer, so nobody of its line was
   * listened to: no silence of theirs is known.
   */
  waited(inputs: readonly Waiting[]): void {
    const now = this.#world.elapsed();
    // They stand in the order in which they came: on a disk that is well it ends here.
    if (now - (inputs[0]?.heard ?? now) < waitMs) return;
    const late = inputs.flatMap(({ line, heard }) => (line !== undefined && now - heard >= waitMs ? [line] : []));
    for (const line of new Set(late)) {
      const waits = this.#live.waited?.get(line) ?? [];
      waits.push(now);
      if (waits.length > waitsKept) waits.shift();
      this.#live.waited?.set(line, waits);
    }
  }

  /** To be asked before anybody is called silent at `now`, monotonic: after a standstill whatever comes first may come before the beat. */
  heed(now: number): void {
    const lateMs = now - this.#at - beatMs;
    if (lateMs < standstillMs) return;
    this.#at = now;
    this.#live.listeningSince = now;
    this.#trouble(stoodStill(Math.round(lateMs / 1_000)));
  }
}
