/**
 * The last seconds of a camera's video in memory, so that what came before an alarm can be kept: fragments with the time they came, and
 * the beginning they need. A viewer like any other, but one that never falls behind. It must never hold more than its bounds.
 */
import type { Time } from '../core/types.ts';
import type { Words } from '../words/words.ts';
import type { VideoViewer } from './live-stream.ts';

/** A clip reaches ten seconds back and is cut twenty after, with an interval of key frames before: older ones are not needed. Ours. */
const keptMs = 50_000;
/** Some fifty seconds at 4 Mbit/s; of a camera that sends more, the ring is shorter. */
const bytesMax = 24 * 1024 ** 2;

interface RingPiece {
  readonly at: Time;
  readonly key: boolean;
  readonly bytes: Buffer;
}

/** What was cut: an MP4 that plays by itself, and from when to when it reaches. */
export interface CutClip {
  readonly from: Time;
  readonly to: Time;
  readonly bytes: Buffer;
}

export class ClipRing implements VideoViewer {
  readonly waiting = 0;
  readonly #now: () => Time;
  #begin: Buffer | undefined;
  #pieces: RingPiece[] = [];
  #bytes = 0;
  #why: Words | undefined;

  constructor(now: () => Time) {
    this.#now = now;
  }

  /** Why nothing comes; undefined while something does. */
  get why(): Words | undefined {
    return this.#why;
  }

  /** A stream that was started anew has another beginning: what came before does not go with it. */
  begin(_kind: unknown, bytes: Buffer): void {
    this.#begin = bytes;
    this.#why = undefined;
    this.#pieces = [];
    this.#bytes = 0;
  }

  fragment(bytes: Buffer, key: boolean): void {
    const at = this.#now();
    this.#pieces.push({ at, key, bytes });
    this.#bytes += bytes.length;
    while (this.#pieces[0] && (this.#bytes > bytesMax || Math.abs(at - this.#pieces[0].at) > keptMs)) {
      this.#bytes -= this.#pieces.shift()?.bytes.length ?? 0;
    }
  }

  broken(why: Words): void {
    this.#why = why;
  }

  tooSlow(): void {
    // It takes everything at once, and so is never behind.
  }

  /** What came between the two times, from the key frame before on; it begins later where there is none. Undefined where nothing came. */
  cut(from: Time, to: Time): CutClip | undefined {
    const before = this.#pieces.findLastIndex(({ at, key }) => key && at <= from);
    const first = before >= 0 ? before : this.#pieces.findIndex(({ key }) => key);
    if (!this.#begin || first < 0) return undefined;
    const taken = this.#pieces.slice(first).filter(({ at }) => at <= to);
    const [opens, ends] = [taken[0], taken.at(-1)];
    if (!opens || !ends) return undefined;
    return { from: opens.at, to: ends.at, bytes: Buffer.concat([this.#begin, ...taken.map(({ bytes }) => bytes)]) };
  }
}
