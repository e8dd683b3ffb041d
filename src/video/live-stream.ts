/**
 * The video of one camera for however many look at it: one ffmpeg while anybody looks and a little longer, started again with
 * growing pauses when it breaks. Whoever comes later gets the beginning and what followed the last key frame at once. It must
 * never wait for a viewer, and holds no more than one interval between key frames, to a bound.
 */
import type { VideoStream } from '../drivers/line.ts';
import { videoTroubles } from '../words/video/live-video-words.ts';
import { WordedError, wordsOf } from '../words/worded-error.ts';
import type { Words } from '../words/words.ts';
import type { World } from '../world/world.ts';
import { type VideoKind, videoKind } from './codec-name.ts';
import { AS_FRAGMENTS, Ffmpeg } from './ffmpeg-process.ts';
import { Fragments, type VideoPiece } from './fragments.ts';

/** Nobody looks any more: whoever changes the page comes back within this time. */
const LINGER_MS = 10_000;
/** From start to the first piece: a log-in, and an interval of key frames as long as "smart" encoders make it. Ours. */
const FIRST_MS = 25_000;
/** Between two pieces; they come five times a second. */
const SILENT_MS = 8_000;
/**
 * How long ffmpeg looks at a stream first, ms: enough where the camera describes it in its answer, as nearly all do; and if nothing
 * could be made of it, until a key frame of the slowest has come.
 */
const STUDY_MS = 200;
const STUDY_LONG_MS = 15_000;
/** Asking a camera where its video is. */
const WHERE_MS = 10_000;
const PAUSE_MIN_MS = 500;
const PAUSE_MAX_MS = 15_000;
/** One that played this long was well: the next break is followed by the shortest pause. */
const WELL_MS = 30_000;
/** What is kept since the last key frame; beyond it newcomers wait for the next one. */
const KEPT_MAX = 8 * 1024 ** 2;
/** With more than this waiting, a viewer is sent nothing until it has read, and then from a key frame on. */
const BEHIND_MAX = 3 * 1024 ** 2;
const CAUGHT_UP = 128 * 1024;
/** Behind for so long, it is let go. */
const BEHIND_MS = 20_000;

/** Somebody who looks; what it is told must return at once. */
export interface VideoViewer {
  /** Bytes that wait to be sent to it. */
  readonly waiting: number;
  /** A stream begins; again whenever it was started anew. */
  begin(kind: VideoKind, bytes: Buffer): void;
  /** `key`: pictures can begin with it. */
  fragment(bytes: Buffer, key: boolean): void;
  /** Nothing comes, for this reason; `begin` follows when it does. */
  broken(why: Words): void;
  /** It does not read, and is told nothing more. */
  tooSlow(): void;
}

interface Viewing {
  /** It waits for a key frame: it has just come, or it fell behind. */
  waits: boolean;
  behindSince: number | undefined;
}

export interface LiveStreamOptions {
  readonly world: World;
  /** Name or path of ffmpeg. */
  readonly program: string;
  /** Where the video is. Rejects with words. */
  readonly where: () => Promise<VideoStream>;
  /** Nobody looked for a while: it takes nobody more, and its process is about to go. */
  readonly over: () => void;
}

export class LiveStream {
  readonly #o: LiveStreamOptions;
  readonly #viewers = new Map<VideoViewer, Viewing>();
  readonly #stop = new AbortController();
  readonly #running: Promise<void>;
  #lingering: AbortController | undefined;
  #kind: VideoKind | undefined;
  #begin: Buffer | undefined;
  /** Since the last key frame, it first; empty while that would be too much. */
  #kept: Buffer[] = [];
  #keptBytes = 0;
  #why: Words | undefined;
  /** When the last key frame came, `elapsed`, and how far it was from the one before it. */
  #keyAt: number | undefined;
  #keyEvery: number | undefined;
  #pid: number | undefined;
  #studyMs = STUDY_MS;

  constructor(options: LiveStreamOptions) {
    this.#o = options;
    this.#running = this.#run();
    this.#lingerIfAlone();
  }

  get viewers(): number {
    return this.#viewers.size;
  }
  /** Of the ffmpeg that runs now. */
  get pid(): number | undefined {
    return this.#pid;
  }
  /** Between the last two key frames, ms. */
  get keyEveryMs(): number | undefined {
    return this.#keyEvery;
  }

  /** Joins; returns the way to leave. */
  join(viewer: VideoViewer): () => void {
    this.#lingering?.abort();
    const viewing: Viewing = { waits: true, behindSince: undefined };
    this.#viewers.set(viewer, viewing);
    if (this.#why) viewer.broken(this.#why);
    else this.#welcome(viewer, viewing);
    return () => {
      if (this.#viewers.delete(viewer)) this.#lingerIfAlone();
    };
  }

  /** Ends at once. Resolves when the process is gone. */
  async end(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  #welcome(viewer: VideoViewer, viewing: Viewing): void {
    if (!this.#kind || !this.#begin) return;
    viewer.begin(this.#kind, this.#begin);
    if (this.#kept.length === 0) return;
    viewing.waits = false;
    this.#kept.forEach((bytes, index) => {
      viewer.fragment(bytes, index === 0);
    });
  }

  #lingerIfAlone(): void {
    if (this.#viewers.size > 0) return;
    const waited = new AbortController();
    this.#lingering = waited;
    this.#o.world.sleep(LINGER_MS, waited.signal).then(
      () => {
        this.#stop.abort();
        this.#o.over();
      },
      () => undefined,
    );
  }

  async #run(): Promise<void> {
    const { world } = this.#o;
    const { signal } = this.#stop;
    let pause = PAUSE_MIN_MS;
    while (!signal.aborted) {
      const from = world.elapsed();
      const why = await this.#once();
      if (why === videoTroubles.strange) this.#studyMs = STUDY_LONG_MS;
      if (signal.aborted) break;
      this.#broke(why);
      if (world.elapsed() - from > WELL_MS) pause = PAUSE_MIN_MS;
      await world.sleep(pause * (0.5 + world.random()), signal).catch(() => undefined);
      pause = Math.min(pause * 2, PAUSE_MAX_MS);
    }
    this.#lingering?.abort();
  }

  #broke(why: Words): void {
    this.#why = why;
    this.#kind = undefined;
    this.#begin = undefined;
    this.#forget();
    this.#keyAt = undefined;
    for (const [viewer, viewing] of this.#viewers) {
      viewing.waits = true;
      viewer.broken(why);
    }
  }

  #forget(): void {
    this.#kept = [];
    this.#keptBytes = 0;
  }

  /** One ffmpeg from start to end; why it ended. */
  async #once(): Promise<Words> {
    const { world, program } = this.#o;
    try {
      const source = await this.#whereInTime();
      if (this.#stop.signal.aborted) return videoTroubles.ended;
      return await this.#play(new Ffmpeg(source, { world, program, gives: AS_FRAGMENTS, studyMs: this.#studyMs }));
    } catch (error) {
      return wordsOf(error);
    }
  }

  async #whereInTime(): Promise<VideoStream> {
    const waited = new AbortController();
    const stop = () => waited.abort();
    this.#stop.signal.addEventListener('abort', stop, { once: true });
    const late = this.#o.world.sleep(WHERE_MS, waited.signal).then(
      () => undefined,
      () => undefined,
    );
    try {
      const where = this.#o.where();
      where.catch(() => undefined);
      const source = await Promise.race([where, late]);
      if (source) return source;
      throw new WordedError(videoTroubles.unreachable);
    } finally {
      this.#stop.signal.removeEventListener('abort', stop);
      waited.abort();
    }
  }

  async #play(ffmpeg: Ffmpeg): Promise<Words> {
    this.#pid = ffmpeg.pid;
    const fragments = new Fragments();
    let lastAt = this.#o.world.elapsed();
    let limit = FIRST_MS;
    let fault: Words | undefined;
    const give = (why: Words) => {
      fault ??= why;
      ffmpeg.kill();
    };
    ffmpeg.output.on('data', (chunk: Buffer) => {
      try {
        for (const piece of fragments.push(chunk)) {
          lastAt = this.#o.world.elapsed();
          limit = SILENT_MS;
          this.#take(piece, give);
        }
      } catch {
        give(videoTroubles.strange);
      }
    });
    const over = new AbortController();
    void this.#watch(over.signal, () => this.#o.world.elapsed() - lastAt > limit && give(videoTroubles.silent));
    const stop = () => void ffmpeg.end();
    this.#stop.signal.addEventListener('abort', stop, { once: true });
    if (this.#stop.signal.aborted) stop();
    const why = await ffmpeg.ended;
    over.abort();
    this.#stop.signal.removeEventListener('abort', stop);
    this.#pid = undefined;
    return fault ?? why;
  }

  /** Looks each second whether something still comes. */
  async #watch(signal: AbortSignal, look: () => void): Promise<void> {
    while (!signal.aborted) {
      await this.#o.world.sleep(1_000, signal).catch(() => undefined);
      if (!signal.aborted) look();
    }
  }

  #take(piece: VideoPiece, give: (why: Words) => void): void {
    if (piece.kind === 'begin') {
      this.#kind = videoKind(piece.bytes);
      if (!this.#kind) return give(videoTroubles.strange);
      this.#begin = piece.bytes;
      this.#why = undefined;
      for (const [viewer, viewing] of this.#viewers) this.#welcome(viewer, viewing);
      return;
    }
    if (piece.key) this.#noteKey();
    this.#keep(piece.bytes, piece.key);
    for (const [viewer, viewing] of [...this.#viewers]) this.#tell(viewer, viewing, piece.bytes, piece.key);
  }

  #noteKey(): void {
    const now = this.#o.world.elapsed();
    if (this.#keyAt !== undefined) this.#keyEvery = now - this.#keyAt;
    this.#keyAt = now;
  }

  #keep(bytes: Buffer, key: boolean): void {
    if (key) this.#forget();
    else if (this.#kept.length === 0) return;
    this.#kept.push(bytes);
    this.#keptBytes += bytes.length;
    if (this.#keptBytes > KEPT_MAX) this.#forget();
  }

  #tell(viewer: VideoViewer, viewing: Viewing, bytes: Buffer, key: boolean): void {
    const { waiting } = viewer;
    if (viewing.behindSince === undefined && waiting > BEHIND_MAX) {
      viewing.behindSince = this.#o.world.elapsed();
      viewing.waits = true;
    } else if (viewing.behindSince !== undefined) {
      if (waiting < CAUGHT_UP) viewing.behindSince = undefined;
      else if (this.#o.world.elapsed() - viewing.behindSince > BEHIND_MS) {
        this.#viewers.delete(viewer);
        viewer.tooSlow();
        return this.#lingerIfAlone();
      }
    }
    if (viewing.behindSince !== undefined || (viewing.waits && !key)) return;
    viewing.waits = false;
    viewer.fragment(bytes, key);
  }
}
