/**
 * One page that looks at a live video: it says what for, is told what the stream is and gets the pieces. It is closed when its
 * session ends, when it does not answer and when it does not read. It must never hold up the camera or another page, nor show
 * anything before it is said what for.
 */
import { z } from 'zod';
import type { Words } from '../../core/types.ts';
import type { World } from '../../world/world.ts';
import type { VideoAbout, VideoWatcher } from './video-port.ts';

/** A page says at once what it wants. */
const SAY_MS = 10_000;
const LOOK_MS = 2_000;
const PING_LOOKS = 3;
const FAREWELL_MS = 2_000;
const OPEN = 1;
const REASON_LEAST = 2;

/** Why the server closed a video; `feed.md` explains each. */
export const VIDEO_CODES = {
  ended: 4001,
  reason: 4003,
  slow: 4008,
  often: 4009,
  silent: 4010,
  full: 4013,
  leaving: 1001,
} as const;
export type VideoGone = keyof typeof VIDEO_CODES;

/** What a page says first: what it looks for. */
const LOOK = z.strictObject({
  t: z.literal('look'),
  /** An alarm that is open. */
  alarm: z.number().int().positive().optional(),
  reason: z.string().trim().min(REASON_LEAST).max(200).optional(),
});
export type VideoLook = z.infer<typeof LOOK>;

/** What this needs of a WebSocket; `ws` fills it. */
export interface VideoWire {
  readonly bufferedAmount: number;
  readonly readyState: number;
  send(data: Buffer | string, options: { binary: boolean }): void;
  close(code: number, reason: string): void;
  terminate(): void;
  ping(): void;
  on(event: 'message', listener: (data: unknown, binary: boolean) => void): unknown;
  on(event: 'close' | 'pong', listener: () => void): unknown;
}

export interface VideoSocketOptions {
  readonly world: World;
  /** The session is still good. */
  readonly lives: () => boolean;
}

export class VideoSocket implements VideoWatcher {
  /** Resolves when the socket is gone. */
  readonly gone: Promise<void>;
  /** Resolves with what it wants; rejects when it is gone before it said so. */
  readonly look: Promise<VideoLook>;
  readonly #socket: VideoWire;
  readonly #world: World;
  #closing = false;

  constructor(socket: VideoWire, { world, lives }: VideoSocketOptions) {
    this.#socket = socket;
    this.#world = world;
    const over = new AbortController();
    this.gone = new Promise((resolve) =>
      socket.on('close', () => {
        over.abort();
        resolve();
      }),
    );
    this.look = new Promise((resolve, reject) => {
      void this.gone.then(() => reject(new Error('gone')));
      socket.on('message', (data, binary) => {
        const read = binary ? undefined : readLook(String(data));
        // It has one thing to say; whatever else it says is a mistake, and much of it an attack.
        if (read) resolve(read);
        else this.leave('often');
      });
    });
    this.look.catch(() => undefined);
    void this.#watch(lives, over.signal);
  }

  get waiting(): number {
    return this.#socket.bufferedAmount;
  }
  begin(about: VideoAbout, bytes: Buffer): void {
    this.#say({ t: 'begin', ...about });
    this.#send(bytes);
  }
  fragment(bytes: Buffer): void {
    this.#send(bytes);
  }
  broken({ zh, en }: Words): void {
    this.#say({ t: 'broken', zh, en });
  }
  tooSlow(): void {
    this.leave('slow');
  }

  /** Says why nothing will come, and closes. */
  refuse(why: VideoGone, { zh, en }: Words): void {
    this.#say({ t: 'refused', zh, en });
    this.leave(why);
  }

  /** Closes; a peer that does not read will not read the farewell either, so it is cut soon after. */
  leave(why: VideoGone): void {
    if (this.#closing) return;
    this.#closing = true;
    this.#socket.close(VIDEO_CODES[why], why);
    const waited = new AbortController();
    const cut = this.#world.sleep(FAREWELL_MS, waited.signal).then(
      () => this.#socket.terminate(),
      () => undefined,
    );
    void Promise.race([this.gone, cut]).then(() => waited.abort());
  }

  #say(what: object): void {
    if (!this.#closing && this.#socket.readyState === OPEN) this.#socket.send(JSON.stringify(what), { binary: false });
  }

  #send(bytes: Buffer): void {
    if (!this.#closing && this.#socket.readyState === OPEN) this.#socket.send(bytes, { binary: true });
  }

  /** Looks every two seconds whether the session is still good and the page still there. */
  async #watch(lives: () => boolean, over: AbortSignal): Promise<void> {
    let [answered, said, looks] = [true, false, 0];
    this.#socket.on('pong', () => {
      answered = true;
    });
    this.look.then(
      () => {
        said = true;
      },
      () => undefined,
    );
    while (!over.aborted) {
      await this.#world.sleep(LOOK_MS, over).catch(() => undefined);
      if (over.aborted) return;
      looks += 1;
      if (!lives()) this.leave('ended');
      else if (!said && looks * LOOK_MS >= SAY_MS) this.leave('silent');
      else if (looks % PING_LOOKS === 0) {
        if (!answered) this.leave('silent');
        answered = false;
        if (!this.#closing) this.#socket.ping();
      }
    }
  }
}

function readLook(text: string): VideoLook | undefined {
  try {
    const read = LOOK.safeParse(JSON.parse(text));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}
