/**
 * One page that listens to the feed: what it was sent, how far it lags, how much it talks. It must never hold more for a
 * page that does not read than its limits allow; such a page is closed and comes back for a snapshot.
 */
import { z } from 'zod';
import type { AskFrame, HereFrame, PageFrame } from '../../core/site/feed-codec.ts';
import { pageNames } from '../../core/site/pages.ts';
import type { World } from '../../world/world.ts';
import type { UserSession } from '../auth/session.ts';

/** Biggest frame a page may send, bytes. */
export const FRAME_MAX = 16_384;
/** A socket with more than this waiting beside its snapshot is closed, bytes. */
export const BEHIND_MAX = 1_048_576;
/** Gauges are left out for a socket with more than this waiting, bytes. */
const BEHIND_THIN = 65_536;
/** A socket that lagged at so many beats in a row is closed. */
const BEHIND_BEATS = 10;
const PING_BEATS = 3;
const FAREWELL_MS = 2_000;
const FRAMES_BURST = 40;
const FRAMES_A_SECOND = 10;
/** A frame that cannot be read costs as much as this many good ones. */
const BAD_COST = 8;
const OPEN = 1;

/** Why the server closed a feed; `feed.md` explains each. */
export const CODES = { ended: 4001, slow: 4008, often: 4009, silent: 4010, leaving: 1001 } as const;
export type Why = keyof typeof CODES;

const REASONS: Readonly<Record<Why, string>> = {
  ended: 'the session has ended',
  slow: 'the page does not keep up',
  often: 'too many frames, or frames that cannot be read',
  silent: 'the page does not answer',
  leaving: 'the gateway is stopping',
};

const ASK: z.ZodType<AskFrame> = z.strictObject({ t: z.literal('ask') });
const HERE: HereFrame = { t: 'here' };
const PAGE: z.ZodType<PageFrame> = z.strictObject({
  t: z.literal('page'),
  page: z.string().refine((name) => pageNames.has(name)),
  seq: z.number().int().min(0),
  displayed: z.array(z.number().int().positive()).max(500),
  visible: z.boolean(),
  sound: z.enum(['running', 'blocked', 'none']),
  heapMB: z.number().min(0).max(1e6).exactOptional(),
  nodes: z.number().int().min(0).max(1e9),
});

/** What the feed needs of a WebSocket; `ws` fills it. */
export interface FeedSocket {
  readonly bufferedAmount: number;
  readonly readyState: number;
  send(data: Buffer | string, options: { binary: false; fin: boolean }): void;
  close(code: number, reason: string): void;
  terminate(): void;
  ping(): void;
  on(event: 'message', listener: (data: unknown, binary: boolean) => void): unknown;
  on(event: 'close' | 'pong', listener: () => void): unknown;
}

export class FeedListener {
  readonly session: UserSession;
  /** Everything up to here was sent; undefined while it waits for a snapshot. */
  seq: number | undefined;
  /** It missed gauges while it lagged, and needs all of them once it has caught up. */
  missedGauges = false;
  /** Resolves when the socket is gone. */
  readonly gone: Promise<void>;
  readonly #socket: FeedSocket;
  readonly #world: World;
  readonly #left: (why: Why) => void;
  #closing = false;
  #n = 0;
  /** Bytes of the snapshot that may wait beside `BEHIND_MAX`, until they are gone. */
  #allowance = 0;
  #beatsBehind = 0;
  #beatsSincePing = 0;
  #answered = true;
  #tokens = FRAMES_BURST;
  #tokensAt: number;

  /** `left` is called once, when the server closes the page. */
  constructor(socket: FeedSocket, session: UserSession, world: World, left: (why: Why) => void) {
    this.session = session;
    this.#socket = socket;
    this.#world = world;
    this.#left = left;
    this.#tokensAt = world.elapsed();
    this.gone = new Promise((resolve) => socket.on('close', resolve));
    socket.on('pong', () => {
      this.#answered = true;
    });
  }

  /** Calls back with each page report that is worth believing, and answers by itself whoever asks whether the connection lives. */
  hear(report: (frame: PageFrame) => void): void {
    this.#socket.on('message', (data, binary) => {
      if (this.#closing) return;
      const frame = binary ? undefined : readPage(String(data));
      if (!this.#pay(frame ? 1 : BAD_COST) || !frame) return;
      if (frame.t === 'ask') this.send(JSON.stringify(HERE));
      else report(frame);
    });
  }

  /** Too much waits for anything to be sent that can be left out. */
  get lags(): boolean {
    return this.#socket.bufferedAmount > BEHIND_THIN;
  }

  send(data: Buffer | string, fin = true): void {
    if (this.#closing || this.#socket.readyState !== OPEN) return;
    this.#socket.send(data, { binary: false, fin });
    if (!this.lags) this.#allowance = 0;
    else if (this.#socket.bufferedAmount > BEHIND_MAX + this.#allowance) this.leave('slow');
  }

  /** Two parts of one message, so that the second, which many pages share, is never copied. */
  sendSnapshot(seq: number, head: Buffer, body: Buffer): void {
    this.seq = seq;
    this.missedGauges = false;
    this.send(head, false);
    this.#allowance += body.length;
    this.send(body);
  }

  /** Sends a beat and looks whether the page still lives and keeps up. */
  beat(frame: (n: number) => string): void {
    this.#beatsBehind = this.lags ? this.#beatsBehind + 1 : 0;
    if (this.#beatsBehind > BEHIND_BEATS) return this.leave('slow');
    if (this.seq !== undefined) this.send(frame(++this.#n));
    if (++this.#beatsSincePing < PING_BEATS || this.#closing) return;
    if (!this.#answered) return this.leave('silent');
    this.#answered = false;
    this.#beatsSincePing = 0;
    this.#socket.ping();
  }

  /** Closes the page; a peer that does not read will not read the farewell either, so it is cut soon after. */
  leave(why: Why): void {
    if (this.#closing) return;
    this.#closing = true;
    this.#left(why);
    this.#socket.close(CODES[why], REASONS[why]);
    const waited = new AbortController();
    const cut = this.#world.sleep(FAREWELL_MS, waited.signal).then(
      () => this.#socket.terminate(),
      () => undefined,
    );
    void Promise.race([this.gone, cut]).then(() => waited.abort());
  }

  #pay(cost: number): boolean {
    const now = this.#world.elapsed();
    this.#tokens = Math.min(FRAMES_BURST, this.#tokens + ((now - this.#tokensAt) / 1_000) * FRAMES_A_SECOND);
    this.#tokensAt = now;
    this.#tokens -= cost;
    if (this.#tokens < 0) this.leave('often');
    return this.#tokens >= 0;
  }
}

const FRAME = z.union([PAGE, ASK]);

function readPage(text: string): PageFrame | AskFrame | undefined {
  try {
    const read = FRAME.safeParse(JSON.parse(text));
    return read.success ? read.data : undefined;
  } catch {
    // Not JSON: as unreadable as any other frame that is not a page's.
    return undefined;
  }
}
