/**
 * The last stills of each camera, in memory: every still that a screen, the judging of pictures or an alarm asked for, for as long as a
 * picture of "just before" may be wanted. It asks no camera by itself; of a camera nobody looked at it has nothing, and says so.
 */
import type { Time } from '../../core/types.ts';

/** Older ones are no picture of "just before"; our own number. */
const keptMs = 40_000;
/** Tiles come every two seconds, so this reaches back over twenty. */
const eachMax = 12;
const bytesMax = 96 * 1024 ** 2;
/** A still that is farther from the time asked for is of something else. */
const apartMs = 30_000;

interface RecentStill {
  readonly at: Time;
  readonly jpeg: Uint8Array;
}

export class RecentStills {
  readonly #of = new Map<string, RecentStill[]>();
  #bytes = 0;

  /** A still was taken at this time. */
  note(camera: string, at: Time, jpeg: Uint8Array): void {
    const own = this.#of.get(camera) ?? [];
    this.#of.delete(camera);
    this.#of.set(camera, own);
    own.push({ at, jpeg });
    this.#bytes += jpeg.length;
    while (own.length > eachMax || (own[0] && Math.abs(at - own[0].at) > keptMs)) this.#forget(own);
    // Whoever was looked at longest ago gives way first.
    for (const oldest of this.#of.values()) {
      while (this.#bytes > bytesMax && oldest.length > 0) this.#forget(oldest);
      if (this.#bytes <= bytesMax) break;
    }
  }

  /** The still taken nearest before this time, at most half a minute before it; undefined where there is none. */
  nearest(camera: string, at: Time): RecentStill | undefined {
    return this.#of.get(camera)?.findLast((still) => still.at <= at && at - still.at <= apartMs);
  }

  #forget(stills: RecentStill[]): void {
    this.#bytes -= stills.shift()?.jpeg.length ?? 0;
  }
}
