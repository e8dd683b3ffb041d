/**
 * The videos that are being looked at, one for each camera and use, and no more at once than a machine can bear. What only
 * lingers makes room for whoever comes. It must never start one that nobody asked for.
 */
import type { StreamUse, VideoStream } from '../drivers/line.ts';
import { videosFull, viewersFull } from '../words/video/live-video-words.ts';
import { WordedError } from '../words/worded-error.ts';
import type { World } from '../world/world.ts';
import { LiveStream, type VideoViewer } from './live-stream.ts';

export interface LiveVideosOptions {
  readonly world: World;
  /** Name or path of ffmpeg; `ffmpeg` where nothing is said. */
  readonly program?: string;
  /** Videos at once, each one process. */
  readonly most: () => number;
  /** Where the video of a camera is. Rejects with words. */
  readonly where: (camera: string, use: StreamUse) => Promise<VideoStream>;
}

/** How one video is. */
export interface LiveVideoStatus {
  readonly camera: string;
  readonly use: StreamUse;
  readonly viewers: number;
  readonly pid: number | undefined;
  readonly keyEveryMs: number | undefined;
}

export class LiveVideos {
  readonly #o: LiveVideosOptions;
  readonly #streams = new Map<
    string,
    { readonly camera: string; readonly use: StreamUse; readonly stream: LiveStream }
  >();
  readonly #ending = new Set<Promise<void>>();
  #closed = false;

  constructor(options: LiveVideosOptions) {
    this.#o = options;
  }

  /** Lets somebody look; returns the way to leave. Throws WordedError when there is no place. */
  watch(camera: string, use: StreamUse, viewer: VideoViewer): () => void {
    if (this.#closed) throw new WordedError(viewersFull);
    const key = JSON.stringify([camera, use]);
    const known = this.#streams.get(key);
    if (known) return known.stream.join(viewer);
    this.#makeRoom();
    const { world, program = 'ffmpeg', where } = this.#o;
    const stream: LiveStream = new LiveStream({
      ...{ world, program },
      where: () => where(camera, use),
      over: () => {
        if (this.#streams.get(key)?.stream === stream) this.#streams.delete(key);
        this.#end(stream);
      },
    });
    this.#streams.set(key, { camera, use, stream });
    return stream.join(viewer);
  }

  status(): readonly LiveVideoStatus[] {
    return [...this.#streams.values()].map(({ camera, use, stream }) => {
      const { viewers, pid, keyEveryMs } = stream;
      return { camera, use, viewers, pid, keyEveryMs };
    });
  }

  /** Ends all, for good. Resolves when no process is left. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { stream } of this.#streams.values()) this.#end(stream);
    await Promise.all(this.#ending);
  }

  /** Until it is gone its process counts. */
  #end(stream: LiveStream): void {
    const ending = stream.end().finally(() => this.#ending.delete(ending));
    this.#ending.add(ending);
  }

  #makeRoom(): void {
    const most = this.#o.most();
    // Those that are ending still have their process.
    if (this.#streams.size + this.#ending.size < most) return;
    const idle = [...this.#streams].find(([, { stream }]) => stream.viewers === 0);
    if (!idle || this.#ending.size >= most) throw new WordedError(videosFull(most));
    this.#streams.delete(idle[0]);
    this.#end(idle[1].stream);
  }
}
