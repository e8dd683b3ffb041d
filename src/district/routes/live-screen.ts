/**
 * One page that listens to the board: what it may see, how far it lags. It must never hold more for a page that does not read than its
 * limits allow; such a page is closed and comes back for the whole board.
 */
import type { World } from '../../world/world.ts';
import type { BoardViewer } from '../board/board-types.ts';

/** A socket with more than this waiting beside its board is closed, bytes. */
export const WAITING_MAX = 1_048_576;
/** A socket with more than this waiting is told no changes, and gets the whole board once it has caught up, bytes. */
const WAITING_THIN = 65_536;
/** A socket that lagged at so many beats in a row is closed. */
const WAITING_BEATS = 10;
const PING_BEATS = 3;
const FAREWELL_MS = 2_000;
/** A page has nothing to say; whoever says so much is none. */
const WORDS_MAX = 20;
const OPEN = 1;

/** Why the district closed a page's socket. */
export const liveCodes = { ended: 4001, slow: 4008, often: 4009, silent: 4010, leaving: 1001 } as const;
export type LiveEnd = keyof typeof liveCodes;

const reasons: Readonly<Record<LiveEnd, string>> = {
  ended: 'the session has ended',
  slow: 'the page does not keep up',
  often: 'a page has nothing to say here',
  silent: 'the page does not answer',
  leaving: 'the district is stopping',
};

/** What is needed of a WebSocket; `ws` fills it. */
export interface LiveSocket {
  readonly bufferedAmount: number;
  readonly readyState: number;
  send(data: string): void;
  close(code: number, reason: string): void;
  terminate(): void;
  ping(): void;
  on(event: 'message' | 'close' | 'pong', listener: () => void): unknown;
}

/** Whose page it is. */
export interface LiveSession {
  /** The account, for the number of sockets one may have. */
  readonly name: string;
  readonly you: BoardViewer;
  /** Whether the session still stands; asked at every beat. */
  lives(): boolean;
}

export class LiveScreen {
  readonly session: LiveSession;
  /** It has the board and every change since. */
  current = false;
  /** Resolves when the socket is gone. */
  readonly gone: Promise<void>;
  readonly #socket: LiveSocket;
  readonly #world: World;
  readonly #left: (why: LiveEnd) => void;
  #closing = false;
  #n = 0;
  /** Bytes of the board that may wait beside `WAITING_MAX`, until they are gone. */
  #allowance = 0;
  #behind = 0;
  #sincePing = 0;
  #answered = true;
  #words = 0;

  /** `left` is called once, when the district closes the page. */
  constructor(socket: LiveSocket, session: LiveSession, world: World, left: (why: LiveEnd) => void) {
    this.session = session;
    this.#socket = socket;
    this.#world = world;
    this.#left = left;
    this.gone = new Promise((resolve) => socket.on('close', resolve));
    socket.on('pong', () => {
      this.#answered = true;
    });
    socket.on('message', () => {
      if (++this.#words > WORDS_MAX) this.leave('often');
    });
  }

  /** Too much waits for anything to be sent that the next board makes good. */
  get lags(): boolean {
    return this.#socket.bufferedAmount > WAITING_THIN;
  }

  sendBoard(frame: string): void {
    this.current = true;
    this.#allowance += Buffer.byteLength(frame);
    this.#send(frame);
  }

  /** Tells a change, or remembers that it missed one. */
  change(frame: string): void {
    if (this.lags) this.current = false;
    else this.#send(frame);
  }

  /** Sends a beat and looks whether the page still lives and keeps up. `rest` is the frame without its number and its beginning. */
  beat(rest: string): void {
    this.#behind = this.lags ? this.#behind + 1 : 0;
    if (this.#behind > WAITING_BEATS) return this.leave('slow');
    this.#send(`{"beat":${++this.#n},${rest}`);
    if (++this.#sincePing < PING_BEATS || this.#closing) return;
    if (!this.#answered) return this.leave('silent');
    this.#answered = false;
    this.#sincePing = 0;
    this.#socket.ping();
  }

  /** Closes the page; a peer that does not read will not read the farewell either, so it is cut soon after. */
  leave(why: LiveEnd): void {
    if (this.#closing) return;
    this.#closing = true;
    this.#left(why);
    this.#socket.close(liveCodes[why], reasons[why]);
    const waited = new AbortController();
    const cut = this.#world.sleep(FAREWELL_MS, waited.signal).then(
      () => this.#socket.terminate(),
      () => undefined,
    );
    void Promise.race([this.gone, cut]).then(() => waited.abort());
  }

  #send(frame: string): void {
    if (this.#closing || this.#socket.readyState !== OPEN) return;
    this.#socket.send(frame);
    if (!this.lags) this.#allowance = 0;
    else if (this.#socket.bufferedAmount > WAITING_MAX + this.#allowance) this.leave('slow');
  }
}
