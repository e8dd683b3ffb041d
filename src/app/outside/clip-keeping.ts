/**
 * Keeps the seconds around alarms as video: it looks at the chosen cameras all the time, holds their last seconds in memory, and cuts a clip
 * when one is owed. A camera whose video does not come costs its clip and nothing else. It must never decide whether one is owed.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Time } from '../../core/types.ts';
import type { Config } from '../../site/load-site.ts';
import { type ClipFiles, openClipFiles } from '../../video/clip-files.ts';
import { ClipRing } from '../../video/clip-ring.ts';
import type { LiveVideos } from '../../video/live-videos.ts';
import { noClip, noClipCamera } from '../../words/video/clip-words.ts';
import { WordedError } from '../../words/worded-error.ts';
import type { World } from '../../world/world.ts';

/** From ten seconds before to twenty after; our own numbers. */
const beforeMs = 10_000;
const afterMs = 20_000;
/** A camera that found no place, or was added, is looked at again so often. */
const againMs = 5_000;
const gigabyte = 1e9;

export interface ClipKeepingOptions {
  readonly dir: string;
  readonly world: World;
  readonly config: () => Config;
  readonly videos: Pick<LiveVideos, 'watch'>;
  /** The gateway's time, which alarms are stamped with. */
  readonly now: () => Time;
  /** The alarms that are open now. */
  readonly openAlarms: () => Promise<readonly number[]>;
}

export class ClipKeeping {
  readonly #o: ClipKeepingOptions;
  readonly #rings = new Map<string, { readonly ring: ClipRing; readonly leave: () => void }>();
  readonly #files: ClipFiles;
  #open: ReadonlySet<number> = new Set();

  constructor(options: ClipKeepingOptions) {
    this.#o = options;
    this.#files = openClipFiles(
      join(options.dir, 'clips'),
      () => options.config().video.clipsGb * gigabyte,
      (alarm) => this.#open.has(alarm),
    );
  }

  /** Looks at the chosen cameras until the signal ends it. */
  async run(signal: AbortSignal): Promise<void> {
    const { world, openAlarms } = this.#o;
    while (!signal.aborted) {
      this.#follow();
      // While the journal refuses, what was open is taken for open still. Where no camera is chosen, nothing is written nor thrown away.
      if (this.#rings.size > 0) this.#open = new Set(await openAlarms().catch(() => [...this.#open]));
      await world.sleep(againMs, signal).catch(() => undefined);
    }
    for (const { leave } of this.#rings.values()) leave();
    this.#rings.clear();
  }

  /** Cuts and keeps the clip of an alarm; resolves with the name of its file, its SHA-256, hex, and when it ends. Rejects with words. */
  async keep(
    camera: string,
    alarm: number,
    raisedAt: Time,
  ): Promise<{ readonly brought: string; readonly sha256: string; readonly until: Time }> {
    const ring = this.#rings.get(camera)?.ring;
    if (!ring) throw new WordedError(noClipCamera);
    const cut = ring.cut(raisedAt - beforeMs, raisedAt + afterMs);
    if (!cut) throw new WordedError(ring.why ?? noClip);
    const brought = await this.#files.keep(alarm, cut.from, cut.bytes);
    return { brought, sha256: createHash('sha256').update(cut.bytes).digest('hex'), until: cut.to };
  }

  read(name: string): Promise<Buffer | undefined> {
    return this.#files.read(name);
  }

  #follow(): void {
    const { config, videos, now } = this.#o;
    const chosen = config().video.clips;
    for (const [camera, { leave }] of this.#rings) {
      if (chosen.includes(camera)) continue;
      leave();
      this.#rings.delete(camera);
    }
    for (const camera of chosen) {
      if (this.#rings.has(camera)) continue;
      const ring = new ClipRing(now);
      try {
        this.#rings.set(camera, { ring, leave: videos.watch(camera, 'small', ring) });
      } catch {
        // No place among the videos that play; asked for again.
      }
    }
  }
}
