/**
 * What the server is given of live video: whether whoever looks has to say why, and the way to look. It knows of no process and
 * no camera's address.
 */
import type { Words } from '../../core/types.ts';

/** What a stream is, so that a browser can be asked whether it plays it. */
export interface VideoAbout {
  /** `video/mp4; codecs="avc1.64001f"` */
  readonly mime: string;
  readonly h265: boolean;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** Somebody who looks; what it is told must return at once. */
export interface VideoWatcher {
  /** Bytes that wait to be sent to it. */
  readonly waiting: number;
  /** A stream begins, with the beginning of an MP4; again whenever it was started anew. */
  begin(about: VideoAbout, bytes: Buffer): void;
  /** A piece of it, `moof` and `mdat`. */
  fragment(bytes: Buffer): void;
  /** Nothing comes, for this reason; `begin` follows when it does. */
  broken(why: Words): void;
  /** It does not read, and is told nothing more. */
  tooSlow(): void;
}

/** How far apart key frames are, ms; that no second one came for so long; or why there was no video. */
export type MeasuredKeyFrames = { readonly everyMs: number } | { readonly atLeastMs: number } | { readonly why: Words };

export interface VideoPort {
  /** Looks at a stream for at most 25 s. Rejects with a WordedError when there is no place. */
  keyFrames(camera: string, use: 'large' | 'small'): Promise<MeasuredKeyFrames>;
  /** Whoever looks has to say why. */
  reasons(): boolean;
  /** Lets somebody look; returns the way to leave. Throws a WordedError when there is no place. */
  watch(camera: string, use: 'large' | 'small', watcher: VideoWatcher): () => void;
}
