/**
 * What the gateway knows of one camera by looking at its stills: the judge's memory, the references it goes by, whether anything is seen. It says
 * what came of each look and keeps nothing in the journal itself.
 */
import { isOpen } from '../../core/camera/camera-hours.ts';
import { judgeStill, learnStills, type StillJudged, showsSomething } from '../../core/camera/judge-still.ts';
import { type PictureMemory, pictureMemory } from '../../core/camera/picture-memory.ts';
import type { PictureReference, StillFeatures } from '../../core/camera/still-types.ts';
import type {
  CameraState,
  LearnReason,
  PictureFigures,
  PictureHours,
  PictureSaid,
  PictureSign,
  SeenReason,
  Site,
  Time,
} from '../../core/types.ts';
import type { ReferenceFiles } from '../../picture/reference-files.ts';

/** So many looks in a row without a picture before a camera counts as not seen: one lost still is no news. */
const missesMax = 3;
/** Bits of 256 by which what is learned after a loss may differ from what was lost. Ours. */
const unlikeFrom = 80;
/** By the clock, day is from six to six. */
const dayFromMin = 360;
const dayToMin = 1_080;
/** With one of these nothing is seen; of a blurred picture something is. */
const hiding: readonly PictureSign[] = ['covered', 'dark', 'moved', 'frozen', 'overexposed'];

/** What the last look came to, for the page. */
export interface LastLook {
  readonly at: Time;
  readonly hours: PictureHours;
  readonly figures: PictureFigures;
}

const known = { signs: {}, learned: {} } satisfies CameraState;
const apart = (one: string, other: string): number => {
  let bits = 0;
  for (let i = 0; i < one.length; i++) {
    for (let x = Number.parseInt(one[i]!, 16) ^ Number.parseInt(other[i] ?? '0', 16); x > 0; x >>= 1) bits += x & 1;
  }
  return bits;
};

export class CameraLook {
  readonly #camera: string;
  readonly #files: ReferenceFiles;
  #memory: PictureMemory | undefined;
  #dismissedAt: Time | undefined;
  #misses = 0;
  last: LastLook | undefined;
  /** What was learned after a loss is not like what was lost: a person has to look. */
  unlike = false;

  constructor(camera: string, files: ReferenceFiles) {
    this.#camera = camera;
    this.#files = files;
  }

  /** Stills of the reference that is being learned, and of how many it is made. */
  get learning(): { readonly hours: PictureHours; readonly stills: number; readonly of: number } | undefined {
    const learning = this.#memory?.learning;
    return learning && { hours: learning.hours, stills: learning.stills.length, of: learnStills };
  }

  get references(): ReadonlyMap<PictureHours, PictureReference> {
    return this.#memory?.references ?? new Map();
  }

  /** Nothing came, or nothing that can be read; or the line is down. */
  missed(state: CameraState | undefined, why: 'no-link' | 'no-still'): PictureSaid[] {
    this.#misses += 1;
    return this.#misses < missesMax ? [] : this.#seen(state, why);
  }

  /** What a still came to. `told`: the camera itself says that it is covered. Rejects when a reference cannot be written. */
  async take(
    site: Site,
    state: CameraState = known,
    still: StillFeatures,
    at: Time,
    told: boolean,
  ): Promise<PictureSaid[]> {
    const memory = await this.#remember(state);
    this.#misses = 0;
    const watch = site.cameras;
    const minute = Math.floor(at / 60_000 + site.utcOffsetMin) % 1_440;
    const moment = {
      day: minute >= dayFromMin && minute < dayToMin,
      open: watch !== undefined && watch.hours.length > 0 && isOpen(watch, site, at),
    };
    const judged = judgeStill(memory, still, moment);
    this.last = { at, hours: judged.hours, figures: judged.figures };
    const said: PictureSaid[] = judged.said.map(({ sign, active }) => {
      return {
        kind: 'picture-judged',
        camera: this.#camera,
        sign,
        active,
        hours: judged.hours,
        figures: judged.figures,
      };
    });
    const learned = await this.#learned(state, judged);
    const reason = hiding.find((sign) => memory.held.has(sign)) as SeenReason | undefined;
    const hidden = told ? 'covered' : reason;
    // With nothing to hold it against an empty picture may be a wall or a hand: a lens that was covered from the first must not count as seen.
    const clear = showsSomething(still) && [...memory.shown.values()].every((count) => count === 0);
    const fresh = memory.references.size > 0 || clear ? this.#seen(state, 'fresh') : [];
    return [...said, ...learned, ...(hidden ? this.#seen(state, hidden) : fresh)];
  }

  /** The memory, made anew when a person asked for it; the references of before, when their files are what the journal says. */
  async #remember(state: CameraState): Promise<PictureMemory> {
    const dismissedAt = state.dismissed?.at;
    if (this.#memory && dismissedAt === this.#dismissedAt) return this.#memory;
    const memory = pictureMemory(Object.keys(state.signs) as PictureSign[]);
    for (const [hours, { sha256 }] of Object.entries(state.learned) as [PictureHours, { readonly sha256: string }][]) {
      const reference = await this.#files.read(this.#camera, hours, sha256);
      if (reference) memory.references.set(hours, reference);
    }
    this.#dismissedAt = dismissedAt;
    this.unlike = false;
    this.#memory = memory;
    return memory;
  }

  async #learned(state: CameraState, { hours, learned, figures }: StillJudged): Promise<PictureSaid[]> {
    if (!learned) return [];
    const before = state.learned[hours];
    if (before && apart(before.dHash, learned.dHash) > unlikeFrom) {
      // Who takes the file away must not teach another picture in its place.
      this.#memory?.references.delete(hours);
      this.unlike = true;
      return [];
    }
    this.unlike = false;
    const why: LearnReason = before ? 'lost' : state.dismissed ? 'asked' : 'first';
    const sha256 = await this.#files.keep(this.#camera, hours, learned);
    const { dHash } = learned;
    return [{ kind: 'picture-learned', camera: this.#camera, hours, why, stills: learnStills, sha256, dHash, figures }];
  }

  #seen(state: CameraState | undefined, why: SeenReason): PictureSaid[] {
    if (state?.seen?.why === why) return [];
    return [{ kind: 'camera-seen', camera: this.#camera, seen: why === 'fresh', why }];
  }
}
