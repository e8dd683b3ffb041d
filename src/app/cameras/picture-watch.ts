/**
 * Looks at every camera about every thirty seconds, one after the other so that their stills are spread, and hands what came of it to the gateway.
 * Every ten minutes it says which cameras are seen, so that the record knows that somebody watched. It never raises an alarm itself.
 */
import { isJudged } from '../../core/camera/picture-signs.ts';
import type { StillFeatures } from '../../core/camera/still-types.ts';
import type { CameraState, Durable, Input, SeenReason, Site, State, Time, Words } from '../../core/types.ts';
import { PictureReader } from '../../picture/picture-reader.ts';
import { ReferenceFiles } from '../../picture/reference-files.ts';
import type { LookedCamera } from '../../server/gateway-port.ts';
import { referenceNotKept, referencesUnlike, stillNone } from '../../words/camera/still-words.ts';
import { WordedError } from '../../words/worded-error.ts';
import type { World } from '../../world/world.ts';
import { CameraLook } from './camera-look.ts';

const everyMs = 30_000;
const turnMs = 500;
/** No camera that works needs longer for a still. */
const waitMs = 20_000;
/** A slow camera must not keep the others waiting; so many are asked at once. */
const atOnce = 4;
const watchedEveryMs = 600_000;

export interface PictureWatchParts {
  readonly world: World;
  readonly dir: string;
  readonly site: () => Site;
  readonly now: () => Time;
  readonly read: <T>(look: (state: Durable<State>) => T) => Promise<T>;
  readonly offer: (input: Input) => Promise<void>;
  /** A fresh JPEG. */
  readonly snapshot: (camera: string) => Promise<Uint8Array>;
  /** Whether the line of a camera can give a still at all. Of one that cannot, nothing is said: it is neither seen nor unseen. */
  readonly givesStills: (camera: string) => boolean;
  readonly trouble: (part: string, why: Words | undefined) => void;
}

/** What is known of a camera at the moment of a look. */
interface CameraNow {
  readonly up: boolean;
  readonly state: CameraState | undefined;
  /** The camera itself says so. */
  readonly masked: boolean;
  readonly lost: boolean;
}

export class PictureWatch {
  readonly #parts: PictureWatchParts;
  readonly #reader: PictureReader;
  readonly #files: ReferenceFiles;
  readonly #looks = new Map<string, CameraLook>();
  /** Monotonic: when each camera is looked at next. */
  readonly #due = new Map<string, number>();
  readonly #busy = new Set<string>();
  #watchedAt = 0;

  constructor(parts: PictureWatchParts) {
    this.#parts = parts;
    this.#reader = new PictureReader(parts.world);
    this.#files = new ReferenceFiles(parts.dir);
  }

  /** What is known of each camera that is judged, for the page. */
  shown(): readonly LookedCamera[] {
    const { site, givesStills } = this.#parts;
    const blind = this.#judged().filter((id) => !givesStills(id));
    const looked = [...this.#looks].filter(([id]) => isJudged(site(), id) && !blind.includes(id));
    const none = blind.map((camera): LookedCamera => ({ camera, noStills: true, references: {} }));
    const known = looked.map(([camera, { last, learning, references }]) => ({
      camera,
      ...(last && { last }),
      ...(learning && { learning }),
      references: Object.fromEntries(
        [...references].map(([hours, { light }]) => [hours, Buffer.from(light).toString('base64')]),
      ),
    }));
    return [...known, ...none];
  }

  #judged(): readonly string[] {
    const site = this.#parts.site();
    return Object.keys(site.devices).filter((id) => isJudged(site, id));
  }

  /** Runs until the signal. */
  async run(signal: AbortSignal): Promise<void> {
    const { world } = this.#parts;
    this.#watchedAt = world.elapsed();
    try {
      while (!signal.aborted) {
        this.#turn();
        await world.sleep(turnMs, signal).catch((error) => {
          if (!signal.aborted) throw error;
        });
      }
    } finally {
      await this.#reader.close();
    }
  }

  /** Begins the looks that are due, and says every ten minutes that somebody looks. */
  #turn(): void {
    const { givesStills, world } = this.#parts;
    const elapsed = world.elapsed();
    const cameras = this.#judged().filter(givesStills);
    for (const id of this.#looks.keys()) if (!cameras.includes(id)) this.#forget(id);
    for (const [n, id] of cameras.entries()) {
      // At first they are spread over the thirty seconds; then each keeps its place.
      if (!this.#due.has(id)) this.#due.set(id, elapsed + (n * everyMs) / cameras.length);
    }
    // Who has waited longest comes first: cameras that hang must not take every turn of those behind them.
    const due = cameras.filter((id) => this.#due.get(id)! <= elapsed && !this.#busy.has(id));
    due.sort((one, other) => this.#due.get(one)! - this.#due.get(other)!);
    for (const id of due.slice(0, Math.max(0, atOnce - this.#busy.size))) {
      this.#due.set(id, elapsed + everyMs);
      this.#busy.add(id);
      void this.look(id).finally(() => this.#busy.delete(id));
    }
    if (cameras.length === 0 || elapsed - this.#watchedAt < watchedEveryMs) return;
    this.#watchedAt = elapsed;
    void this.#sayWatched(cameras);
  }

  #forget(camera: string): void {
    this.#looks.delete(camera);
    this.#due.delete(camera);
    this.#parts.trouble(`picture:${camera}`, undefined);
  }

  /** Looks at one camera once. It never throws: what goes wrong is said of the camera. */
  async look(camera: string): Promise<void> {
    const { site, now, read, offer, trouble, world } = this.#parts;
    const look = this.#looks.get(camera) ?? new CameraLook(camera, this.#files);
    this.#looks.set(camera, look);
    try {
      const before = await read((state) => this.#now(state, camera));
      const still = before.up && !before.lost ? await this.#still(camera).catch(() => undefined) : undefined;
      // While the picture was on its way, a person may have asked for it to be learned anew, or the camera may have been taken away.
      if (!isJudged(site(), camera)) return this.#forget(camera);
      const { state, masked } = await read((durable) => this.#now(durable, camera));
      const said = still
        ? await look.take(site(), state, still, now(), masked)
        : look.missed(state, before.up ? 'no-still' : 'no-link');
      for (const one of said) await offer({ kind: 'pictured', said: one });
      const title = site().devices[camera]?.title;
      trouble(`picture:${camera}`, look.unlike && title ? referencesUnlike(title) : undefined);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code !== undefined) trouble(`picture:${camera}`, referenceNotKept(code));
      world.log.warn('a camera could not be looked at', { camera, error: String(error) });
    }
  }

  #now(state: Durable<State>, camera: string): CameraNow {
    const device = state.devices.get(camera);
    const says = (point: string) => device?.values[point]?.value === true;
    return {
      up: device?.up === true,
      state: state.cameras.get(camera) as CameraState | undefined,
      masked: says('masked'),
      lost: says('video_lost'),
    };
  }

  async #still(camera: string): Promise<StillFeatures> {
    const { snapshot, world } = this.#parts;
    const answered = new AbortController();
    const late = world.sleep(waitMs, answered.signal).then(() => {
      throw new WordedError(stillNone);
    });
    try {
      return await this.#reader.read(await Promise.race([snapshot(camera), late]));
    } finally {
      answered.abort();
      late.catch(() => undefined);
    }
  }

  async #sayWatched(cameras: readonly string[]): Promise<void> {
    const { read, offer, world } = this.#parts;
    try {
      const words = await read((state) => cameras.map((id) => [id, state.cameras.get(id)?.seen?.why] as const));
      const unseen: Record<string, SeenReason> = {};
      for (const [id, why] of words) if (why !== undefined && why !== 'fresh') unseen[id] = why;
      const seen = words.flatMap(([id, why]) => (why === 'fresh' ? [id] : []));
      await offer({ kind: 'pictured', said: { kind: 'cameras-watched', seen, unseen } });
    } catch (error) {
      world.log.warn('nobody could be told that cameras are watched', { error: String(error) });
    }
  }
}
