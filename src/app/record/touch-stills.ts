/**
 * The stills of touches: when a reader tells a touch at once, the camera that looks there is asked for a picture, which is kept for a while, for
 * nobody knows yet whether the touch will be asked about. What an exception rests on is then copied to the evidence of alarms. A touch of which no
 * still came costs nothing but the still; it must never hold up a touch, nor ask a camera more often than once for those of one moment.
 */
import { toldAtOnce } from '../../core/round/exception-still.ts';
import { cameraOfReader } from '../../core/site/checkpoint-camera.ts';
import type { Event, Site, Time } from '../../core/types.ts';
import type { NumberedPictures } from '../../perform/pictures.ts';
import type { World } from '../../world/world.ts';
import type { RecentStills } from './recent-stills.ts';

/** Five weeks of some two hundred touches a day, which is as far back as exceptions look; beyond that the oldest go. Our own numbers. */
export const touchStillBounds = { count: 8_000, bytes: 400 * 1024 ** 2, ageMs: 35 * 86_400_000 };
/** One that was taken so shortly before shows the same moment. */
const sameMomentMs = 2_000;
/** So many cameras are asked at a time, and so many touches wait; one that waits longer has no still. */
const atOnce = 4;
const waitingMax = 64;
const waitsMs = 10_000;
const answerMs = 15_000;

export interface TouchStillParts {
  readonly world: World;
  readonly site: () => Site;
  /** Where they are kept, each by the number of its touch. */
  readonly pictures: NumberedPictures;
  readonly recent: Pick<RecentStills, 'nearest'>;
  /** A fresh JPEG. */
  readonly snapshot: (camera: string) => Promise<Uint8Array>;
}

interface WaitingTouch {
  /** Once its still was taken, or none is. */
  readonly settle: () => void;
  readonly touch: number;
  readonly camera: string;
  /** Monotonic. */
  readonly since: number;
}

export class TouchStills {
  readonly #parts: TouchStillParts;
  readonly #asked = new Set<string>();
  /** Touches whose still is not there yet: what the last touch of a round is asked about is asked at once. */
  readonly #coming = new Map<number, Promise<void>>();
  #waiting: WaitingTouch[] = [];

  constructor(parts: TouchStillParts) {
    this.#parts = parts;
  }

  /** Hears what became durable. */
  heed(events: readonly Event[]): void {
    const { site, world } = this.#parts;
    const told = events.filter((event) => event.kind === 'touched');
    for (const { seq, at, reader, source, sourceTime, picture } of told) {
      if (picture !== undefined || !toldAtOnce({ source, sourceTime, learned: at })) continue;
      const camera = cameraOfReader(site(), reader);
      if (camera === undefined || this.#waiting.length >= waitingMax) continue;
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#coming.set(seq, promise);
      const settle = () => {
        this.#coming.delete(seq);
        resolve();
      };
      this.#waiting.push({ touch: seq, camera, since: world.elapsed(), settle });
    }
    if (this.#waiting.length > 0) this.#turn();
  }

  /** The still of a touch, by the number of its fact; undefined where there is none. */
  async of(touch: number): Promise<{ readonly at: Time; readonly jpeg: Uint8Array } | undefined> {
    await this.#coming.get(touch);
    const name = this.#parts.pictures.nameOf(touch);
    const jpeg = name === undefined ? undefined : await this.#parts.pictures.read(name);
    return jpeg && name !== undefined ? { at: Number.parseInt(name, 10), jpeg } : undefined;
  }

  #turn(): void {
    const now = this.#parts.world.elapsed();
    for (const late of this.#waiting.filter(({ since }) => now - since > waitsMs)) late.settle();
    this.#waiting = this.#waiting.filter(({ since }) => now - since <= waitsMs);
    for (const one of [...this.#waiting]) {
      if (this.#asked.size >= atOnce) return;
      if (this.#asked.has(one.camera)) continue;
      this.#waiting.splice(this.#waiting.indexOf(one), 1);
      this.#asked.add(one.camera);
      void this.#take(one).finally(() => {
        this.#asked.delete(one.camera);
        one.settle();
        this.#turn();
      });
    }
  }

  async #take({ touch, camera }: WaitingTouch): Promise<void> {
    const { pictures, recent, world } = this.#parts;
    const now = world.now();
    const near = recent.nearest(camera, now);
    try {
      const still = near && now - near.at <= sameMomentMs ? near : await this.#fresh(camera);
      await pictures.keep(touch, still.at, still.jpeg);
    } catch (error) {
      world.log.warn('no still of a touch', { touch, camera, error: String(error) });
    }
  }

  async #fresh(camera: string): Promise<{ readonly at: Time; readonly jpeg: Uint8Array }> {
    const { snapshot, world } = this.#parts;
    const answered = new AbortController();
    const late = world.sleep(answerMs, answered.signal).then(() => {
      throw new Error(`camera ${camera} gave no picture in ${answerMs / 1_000} s`);
    });
    try {
      const jpeg = await Promise.race([snapshot(camera), late]);
      return { at: world.now(), jpeg };
    } finally {
      answered.abort();
      late.catch(() => undefined);
    }
  }
}
