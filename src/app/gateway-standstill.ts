/**
 * What follows when the process itself stood still: silence is counted anew, because devices were not silent and nobody
 * listened, and a person learns that the machine is too slow. It has a beat of its own, since the gateway's tick waits for a
 * journal that refuses. It must never take a busy moment, nor a full disk, for a standstill.
 */
import { waitsKept } from '../core/condition/comms-loss.ts';
import type { Live, Words } from '../core/types.ts';
import { notListened, stoodStill } from '../words/gateway-words.ts';
import type { World } from '../world/world.ts';
import type { Waiting } from './gateway-batch.ts';

const beatMs = 1_000;
/** A beat this late means that the process stood still. */
const standstillMs = 2_000;
const toldMs = 60_000;
/** Commits take this long on a bad disk, and messages less on a good one. Ours. */
const waitMs = 500;
/** The shortest time a device may be silent is no shorter, so a shorter wait hides no silence. */
const hidesMs = 5_000;
/** A sentence names so many lines. */
const namedMax = 6;

export class Pulse {
  readonly #world: Pick<World, 'elapsed' | 'sleep'>;
  readonly #live: Live;
  readonly #trouble: (part: 'machine' | 'silence', why: Words | undefined) => void;
  /** When it last beat, monotonic. */
  #at: number;
  /** When it was last said that silences are unknown, monotonic. */
  #unknownAt: number | undefined;

  /** `trouble` is told of the machine and of silences that nobody knows, and when either is over. */
  constructor(
    world: Pick<World, 'elapsed' | 'sleep'>,
    live: Live,
    trouble: (part: 'machine' | 'silence', why: Words | undefined) => void,
  ) {
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
      if (this.#at - this.#live.listeningSince > toldMs) this.#trouble('machine', undefined);
      if (this.#unknownAt !== undefined && this.#at - this.#unknownAt > toldMs) {
        this.#unknownAt = undefined;
        this.#trouble('silence', undefined);
      }
    }
  }

  /**
   * These have waited for the journal until now. A driver holds back what comes while it waits for an answer, so nobody of its line was
   * listened to: no silence of theirs is known, and where one may have been that is said.
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
    const waited = (line: string): number =>
      Math.max(...inputs.flatMap((one) => (one.line === line ? [now - one.heard] : [])));
    const deaf = [...new Set(late)].filter((line) => waited(line) >= hidesMs);
    if (deaf.length === 0) return;
    this.#unknownAt = now;
    const named = deaf.slice(0, namedMax);
    const longestMs = Math.max(...deaf.map(waited));
    this.#trouble('silence', notListened(Math.round(longestMs / 1_000), named, deaf.length - named.length));
  }

  /** To be asked before anybody is called silent at `now`, monotonic: after a standstill whatever comes first may come before the beat. */
  heed(now: number): void {
    const lateMs = now - this.#at - beatMs;
    if (lateMs < standstillMs) return;
    this.#at = now;
    this.#live.listeningSince = now;
    this.#trouble('machine', stoodStill(Math.round(lateMs / 1_000)));
  }
}
