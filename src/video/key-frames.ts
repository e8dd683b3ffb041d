/**
 * Measures how far apart the key frames of a stream are, by looking at it for a while: a video opens that much later, and a clip begins with
 * the one before. It shows nobody a picture.
 */
import type { Words } from '../words/words.ts';
import type { World } from '../world/world.ts';
import type { VideoViewer } from './live-stream.ts';

/** As long as a stream is given for its first piece; of ten seconds, which "smart" encoders like, two intervals go into it. Ours. */
const LOOK_MS = 25_000;
/** Many encoders begin a connection with a key frame and go on in their own time, so the first interval may be short. */
const INTERVALS = 2;

/** The longest of those seen, ms; `atLeast`: so long and not a second key frame yet; `why`: no video came. */
export type KeyFrames = { readonly everyMs: number } | { readonly atLeastMs: number } | { readonly why: Words };

class KeyFrameGauge implements VideoViewer {
  readonly waiting = 0;
  readonly enough: Promise<void>;
  readonly #elapsed: () => number;
  readonly #done: () => void;
  readonly #gaps: number[] = [];
  #last: number | undefined;
  #came: number | undefined;
  #why: Words | undefined;
  /** What is told at once is what came before. */
  #joined = false;

  constructor(elapsed: () => number) {
    this.#elapsed = elapsed;
    const { promise, resolve } = Promise.withResolvers<void>();
    [this.enough, this.#done] = [promise, resolve];
  }

  joined(): void {
    this.#joined = true;
  }

  begin(): void {
    this.#why = undefined;
    this.#last = undefined;
  }

  fragment(_bytes: Buffer, key: boolean): void {
    if (!this.#joined) return;
    const now = this.#elapsed();
    this.#came ??= now;
    if (!key) return;
    if (this.#last !== undefined) this.#gaps.push(now - this.#last);
    this.#last = now;
    if (this.#gaps.length >= INTERVALS) this.#done();
  }

  broken(why: Words): void {
    this.#why = why;
    // It is begun anew by itself, which may come in time.
    this.#last = undefined;
  }

  tooSlow(): void {
    // It reads at once.
  }

  found(otherwise: Words): KeyFrames {
    if (this.#gaps.length > 0) return { everyMs: Math.max(...this.#gaps) };
    if (this.#came === undefined || this.#why) return { why: this.#why ?? otherwise };
    return { atLeastMs: this.#elapsed() - (this.#last ?? this.#came) };
  }
}

/** Looks at a stream by `watch` until it is known, or for 25 s. `nothing`: what is said where no picture came. Rejects where there is no place. */
export async function measureKeyFrames(
  watch: (viewer: VideoViewer) => () => void,
  world: Pick<World, 'elapsed' | 'sleep'>,
  nothing: Words,
): Promise<KeyFrames> {
  const gauge = new KeyFrameGauge(() => world.elapsed());
  const leave = watch(gauge);
  gauge.joined();
  const late = new AbortController();
  try {
    const waited = world.sleep(LOOK_MS, late.signal).catch(() => undefined);
    await Promise.race([gauge.enough, waited]);
    return gauge.found(nothing);
  } finally {
    late.abort();
    leave();
  }
}
