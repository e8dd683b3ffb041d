/**
 * The feed: every page gets one snapshot, then every batch of events after it without a gap, gauges as latest-wins, and a
 * beat every two seconds. On any doubt a new snapshot. It must never tell what is not durable, never wait for a page, and
 * never hold more for a slow one than its limit: that page is closed and comes back for a snapshot.
 */
import { z } from 'zod';
import type { PageFrame } from '../core/frames.ts';
import { gaugeRows } from '../core/frames.ts';
import type { Role } from '../core/types.ts';
import type { World } from '../world.ts';
import { beatFrame, bySight, eventsFrame, gaugeChanges, gaugesFrame, snapshotBody, snapshotHead } from './frames.ts';
import type { Batch, House } from './house.ts';
import type { FeedFigures } from './metrics.ts';
import type { Session, Sessions } from './session.ts';

/** Biggest frame a page may send, bytes. */
export const FRAME_MAX = 16_384;
export const BEAT_MS = 2_000;
const GAUGES_MS = 300;
/** A socket with more than this waiting beside its snapshot is closed, bytes. */
export const BEHIND_MAX = 1_048_576;
/** Gauges are left out for a socket with more than this waiting, bytes. */
const BEHIND_THIN = 65_536;
/** A socket that had more than `BEHIND_THIN` waiting at so many beats in a row is closed. */
const BEHIND_BEATS = 10;
const PING_BEATS = 5;
const FAREWELL_MS = 2_000;
const FRAMES_BURST = 40;
const FRAMES_A_SECOND = 10;
/** A frame that cannot be read costs as much as this many good ones. */
const BAD_COST = 8;
const SOCKETS_MAX = 1_000;
const SOCKETS_A_PERSON = 200;

/** Why the server closed a feed; `feed.md` explains each. */
export const CODES = { ended: 4001, slow: 4008, often: 4009, silent: 4010, leaving: 1001 } as const;

const PAGE: z.ZodType<PageFrame> = z.strictObject({
  t: z.literal('page'),
  page: z.string().max(40),
  seq: z.number().int().min(0),
  painted: z.array(z.number().int().positive()).max(500),
  visible: z.boolean(),
  sound: z.enum(['running', 'blocked', 'none']),
  heapMB: z.number().min(0).max(1e6).exactOptional(),
  nodes: z.number().int().min(0).max(1e9),
});

/** What the feed needs of a WebSocket; `ws` fills it. */
export interface FeedSocket {
  readonly bufferedAmount: number;
  readonly readyState: number;
  send(data: Buffer | string, options: { binary: false; fin?: boolean }): void;
  close(code: number, reason: string): void;
  terminate(): void;
  ping(): void;
  on(event: 'message', listener: (data: unknown, binary: boolean) => void): unknown;
  on(event: 'close' | 'pong', listener: () => void): unknown;
}

interface Page {
  readonly socket: FeedSocket;
  readonly session: Session;
  /** Everything up to here was sent; undefined while it waits for a snapshot. */
  seq: number | undefined;
  n: number;
  /** Bytes of the snapshot that may wait beside `BEHIND_MAX`, until they are gone. */
  allowance: number;
  beatsBehind: number;
  beatsSincePing: number;
  answered: boolean;
  missedGauges: boolean;
  tokens: number;
  tokensAt: number;
  closing: boolean;
}

export interface Feed {
  /** Whether there is room for one more page of this person. */
  room(name: string): boolean;
  join(socket: FeedSocket, session: Session): void;
  /** Closes the pages of a session that was ended. */
  end(session: Session): void;
  figures(): FeedFigures;
  /** Says goodbye to every page and waits a short while for them to go. */
  close(): Promise<void>;
}

export function openFeed(house: House, world: World, sessions: Sessions): Feed {
  const pages = new Set<Page>();
  const stopped = new AbortController();
  const changes = gaugeChanges();
  let bodies: (role: Role) => Buffer;
  let bodiesSeq: number;
  let slow = 0;
  let bytes = 0;

  /** Forgets the encoded snapshots; they are made again when somebody needs one. */
  function renew(): void {
    bodies = bySight((role) => snapshotBody(house, role));
    bodiesSeq = house.view().state.seq;
  }
  renew();

  function leave(page: Page, code: number, reason: string): void {
    if (page.closing) return;
    page.closing = true;
    pages.delete(page);
    page.socket.close(code, reason);
    // A peer that does not read will not read the farewell either.
    world.sleep(FAREWELL_MS, stopped.signal).then(
      () => page.socket.terminate(),
      () => page.socket.terminate(),
    );
  }

  function send(page: Page, data: Buffer | string, fin = true): void {
    if (page.closing || page.socket.readyState !== 1) return;
    page.socket.send(data, { binary: false, fin });
    bytes += data.length;
    const waiting = page.socket.bufferedAmount;
    if (waiting <= BEHIND_THIN) page.allowance = 0;
    else if (waiting > BEHIND_MAX + page.allowance) {
      slow++;
      leave(page, CODES.slow, 'the page does not keep up');
    }
  }

  /** State may be ahead of the journal by the batch in flight; what is told must be durable. */
  const agreed = () => house.head().seq === house.view().state.seq;

  function snapshot(page: Page): void {
    const { seq } = house.view().state;
    if (seq !== bodiesSeq) renew();
    const body = bodies(page.session.user.role);
    page.seq = seq;
    page.missedGauges = false;
    send(page, snapshotHead(house, page.session.user), false);
    page.allowance += body.length;
    send(page, body);
  }

  function serveWaiting(): void {
    if (!agreed()) return;
    for (const page of pages) if (page.seq === undefined) snapshot(page);
  }

  function batch(b: Batch): void {
    const frame = bySight((role) => eventsFrame(house, b, role));
    for (const page of pages) {
      if (page.seq === undefined || page.seq >= b.seq) continue;
      if (page.seq === b.after) {
        page.seq = b.seq;
        send(page, frame(page.session.user.role));
      } else page.seq = undefined;
    }
    serveWaiting();
  }

  function site(): void {
    renew();
    for (const page of pages) page.seq = undefined;
    serveWaiting();
  }

  function tellGauges(): void {
    if (pages.size === 0) return;
    const { gauges } = house.view().live;
    const rows = changes(gauges);
    if (rows.length > 0) renew();
    const some = rows.length > 0 ? gaugesFrame(rows) : undefined;
    let all: Buffer | undefined;
    for (const page of pages) {
      if (page.seq === undefined) continue;
      if (page.socket.bufferedAmount > BEHIND_THIN) page.missedGauges ||= some !== undefined;
      else if (page.missedGauges) {
        page.missedGauges = false;
        all ??= gaugesFrame(gaugeRows(gauges));
        send(page, all);
      } else if (some) send(page, some);
    }
  }

  function beat(): void {
    serveWaiting();
    const frame = beatFrame(house);
    for (const page of pages) {
      if (!sessions.lives(page.session)) {
        leave(page, CODES.ended, 'the session has ended');
        continue;
      }
      page.beatsBehind = page.socket.bufferedAmount > BEHIND_THIN ? page.beatsBehind + 1 : 0;
      if (page.beatsBehind > BEHIND_BEATS) {
        slow++;
        leave(page, CODES.slow, 'the page does not keep up');
        continue;
      }
      if (page.seq !== undefined) send(page, frame(++page.n));
      if (++page.beatsSincePing < PING_BEATS) continue;
      if (!page.answered) leave(page, CODES.silent, 'the page does not answer');
      else {
        page.answered = false;
        page.beatsSincePing = 0;
        page.socket.ping();
      }
    }
  }

  function pay(page: Page, cost: number): boolean {
    const now = world.elapsed();
    page.tokens = Math.min(FRAMES_BURST, page.tokens + ((now - page.tokensAt) / 1_000) * FRAMES_A_SECOND);
    page.tokensAt = now;
    page.tokens -= cost;
    if (page.tokens >= 0) return true;
    leave(page, CODES.often, 'too many frames, or frames that cannot be read');
    return false;
  }

  function hear(page: Page, data: unknown, binary: boolean): void {
    if (page.closing) return;
    const frame = binary ? undefined : readPage(String(data));
    if (!pay(page, frame ? 1 : BAD_COST) || !frame) return;
    // What a hidden page laid out, nobody saw.
    house.painted(page.session.user, frame.page, frame.seq, frame.visible ? frame.painted : []);
  }

  const forget = house.listen({ batch, site });
  repeat(world, GAUGES_MS, stopped.signal, tellGauges);
  repeat(world, BEAT_MS, stopped.signal, beat);

  return {
    room(name) {
      if (pages.size >= SOCKETS_MAX) return false;
      let own = 0;
      for (const page of pages) if (page.session.user.name === name) own++;
      return own < SOCKETS_A_PERSON;
    },
    join(socket, session) {
      const page: Page = {
        socket,
        session,
        seq: undefined,
        n: 0,
        allowance: 0,
        beatsBehind: 0,
        beatsSincePing: 0,
        answered: true,
        missedGauges: false,
        tokens: FRAMES_BURST,
        tokensAt: world.elapsed(),
        closing: false,
      };
      pages.add(page);
      socket.on('message', (data, binary) => hear(page, data, binary));
      socket.on('pong', () => {
        page.answered = true;
      });
      socket.on('close', () => void pages.delete(page));
      if (agreed()) snapshot(page);
    },
    end(session) {
      for (const page of pages) if (page.session.id === session.id) leave(page, CODES.ended, 'the session has ended');
    },
    figures: () => ({ clients: pages.size, slow, bytes }),
    async close() {
      forget();
      stopped.abort();
      const gone = [...pages].map(({ socket }) => {
        socket.close(CODES.leaving, 'the gateway is stopping');
        return new Promise<void>((resolve) => socket.on('close', resolve));
      });
      const waited = new AbortController();
      const late = world.sleep(FAREWELL_MS, waited.signal).catch(() => undefined);
      await Promise.race([Promise.all(gone), late]);
      waited.abort();
      for (const { socket } of pages) socket.terminate();
    },
  };
}

function readPage(text: string): PageFrame | undefined {
  try {
    const read = PAGE.safeParse(JSON.parse(text));
    return read.success ? read.data : undefined;
  } catch {
    // Not JSON: as unreadable as any other frame that is not a page's.
    return undefined;
  }
}

/** Does something again and again until stopped. */
function repeat(world: World, ms: number, signal: AbortSignal, work: () => void): void {
  const run = async () => {
    while (!signal.aborted) {
      try {
        await world.sleep(ms, signal);
      } catch (error) {
        if (signal.aborted) return;
        throw error;
      }
      work();
    }
  };
  void run();
}
