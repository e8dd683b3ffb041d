/**
 * PostgreSQL as a service: some connections that are lent out one at a time, each to one statement or one transaction. What waits for one is
 * bounded in number and in time. It must never log what it sends or its address's password.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Database, Sql } from './database.ts';
import { DatabaseError } from './database-error.ts';
import { type LaneOptions, PostgresLane } from './postgres-lane.ts';

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`. */
  readonly url: string;
  /** Connections of this node at most, beside the one that listens. */
  readonly connections?: number;
  /** Longest a statement may take, ms. Ours: a batch takes some tens. */
  readonly statementMs?: number;
  /** A connection on which nothing moves for so long is ended, ms; beyond the longest statement. */
  readonly silentMs?: number;
}

const CONNECTIONS = 10;
/** One of so many connections is lent to nothing but what is urgent. Ours: of ten three. */
const URGENT_OF = 3;
const STATEMENT_MS = 20_000;
const SILENT_MS = 30_000;
/** Who waits for a connection: beyond so many nobody, and nobody for longer. */
const WAITING_MAX = 2_000;
const WAITS_MS = 15_000;
const LISTEN_AGAIN_MS = 1_000;

/** The address without its password, for people. */
export function shownAddress(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  return parsed ? `${parsed.host || 'localhost'}${parsed.pathname}` : 'PostgreSQL';
}

interface LaneAsker {
  readonly urgent: boolean;
  readonly take: (lane: PostgresLane | DatabaseError) => void;
}

/** The connections. What is urgent is served first, and some of them serve nothing else. */
class Lanes {
  readonly #options: LaneOptions;
  readonly #most: number;
  readonly #kept: number;
  readonly #idle: PostgresLane[] = [];
  readonly #waiting: LaneAsker[] = [];
  #lent = 0;
  #closed = false;

  constructor(options: LaneOptions, most: number) {
    this.#options = options;
    this.#most = most;
    this.#kept = most < 3 ? 0 : Math.max(1, Math.floor(most / URGENT_OF));
  }

  /** Whether one may be lent now. */
  #room(urgent: boolean): boolean {
    return this.#lent < (urgent ? this.#most : this.#most - this.#kept);
  }

  #slow(): DatabaseError {
    return new DatabaseError('slow', this.#options.where, '', 'NO_CONNECTION');
  }

  #free(): PostgresLane {
    for (let lane = this.#idle.pop(); lane; lane = this.#idle.pop()) if (!lane.dead) return lane;
    return new PostgresLane(this.#options);
  }

  async take(urgent: boolean): Promise<PostgresLane> {
    if (this.#closed) throw new DatabaseError('away', this.#options.where, 'closed', 'CONNECTION_ENDED');
    if (this.#room(urgent)) {
      this.#lent++;
      return this.#free();
    }
    if (this.#waiting.length >= WAITING_MAX) throw this.#slow();
    const { promise, resolve: take } = Promise.withResolvers<PostgresLane | DatabaseError>();
    const own: LaneAsker = { urgent, take };
    this.#waiting.push(own);
    const late = setTimeout(() => {
      const place = this.#waiting.indexOf(own);
      if (place < 0) return;
      this.#waiting.splice(place, 1);
      take(this.#slow());
    }, WAITS_MS);
    const lane = await promise;
    clearTimeout(late);
    if (lane instanceof DatabaseError) throw lane;
    return lane;
  }

  give(lane: PostgresLane): void {
    if (this.#closed) lane.end();
    this.#lent--;
    const first = this.#waiting.findIndex(({ urgent }) => urgent);
    const place = first >= 0 ? first : this.#room(false) ? 0 : -1;
    const [next] = place < 0 ? [] : this.#waiting.splice(place, 1);
    if (!next) {
      if (!lane.dead) this.#idle.push(lane);
      return;
    }
    this.#lent++;
    next.take(lane.dead ? this.#free() : lane);
  }

  close(): void {
    this.#closed = true;
    for (const lane of this.#idle.splice(0)) lane.end();
  }
}

const READS = /^\s*SELECT\b/;

/**
 * One transaction on a connection. What reads first is sent along with BEGIN, which saves a way there and back; nothing that writes is sent before
 * it is known that the transaction has begun.
 */
async function transacted<T>(
  lane: PostgresLane,
  work: (sql: Sql & Pick<PostgresLane, 'script'>) => Promise<T>,
): Promise<T> {
  let [open, waits] = [false, false];
  const begun = lane.query('BEGIN').then(() => {
    open = true;
  });
  begun.catch(() => undefined);
  const inside: Sql & Pick<PostgresLane, 'script'> = {
    query: async (text, params) => {
      if (open || (!waits && READS.test(text))) return await lane.query(text, params);
      // Whatever comes after it keeps its place behind it.
      waits = true;
      return await begun.then(() => lane.query(text, params));
    },
    script: async (text) => {
      await begun;
      await lane.script(text);
    },
  };
  try {
    const done = await work(inside);
    await begun;
    await lane.query('COMMIT');
    return done;
  } catch (error) {
    // One that cannot be rolled back is given up, and the server rolls it back.
    if (!lane.dead) await lane.query('ROLLBACK').catch(() => lane.end());
    throw error;
  }
}

/** Nothing is asked yet: whoever asks first learns whether the database is there. */
export function openPostgres({
  url,
  connections = CONNECTIONS,
  statementMs = STATEMENT_MS,
  silentMs = SILENT_MS,
}: PostgresOptions): Database {
  const options: LaneOptions = { url, where: shownAddress(url), statementMs, silentMs };
  const lanes = new Lanes(options, connections);
  const asking = (urgent: boolean) => {
    const lent = async <T>(work: (lane: PostgresLane) => Promise<T>): Promise<T> => {
      const lane = await lanes.take(urgent);
      try {
        return await work(lane);
      } finally {
        lanes.give(lane);
      }
    };
    const query: Database['query'] = (text, params) => lent((lane) => lane.query(text, params));
    const transaction = <T>(work: (sql: Sql & Pick<PostgresLane, 'script'>) => Promise<T>) =>
      lent((lane) => transacted(lane, work));
    return { query, transaction };
  };
  const usual = asking(false);
  const closing = new AbortController();
  return {
    ...usual,
    urgent: asking(true),
    width: connections,
    script: (text) => usual.transaction((inside) => inside.script(text)),
    listen: (channel, heard) => listenLastingly(options, channel, heard, closing.signal),
    close: async () => {
      closing.abort();
      lanes.close();
    },
  };
}

/** Listens on a connection of its own, however often it breaks. Resolves with the way to stop, whether the database is there or not. */
async function listenLastingly(
  options: LaneOptions,
  channel: string,
  heard: (payload: string | undefined) => void,
  closing: AbortSignal,
): Promise<() => Promise<void>> {
  const stopping = new AbortController();
  const signal = AbortSignal.any([closing, stopping.signal]);
  let before = false;
  const listen = async () => {
    const { promise: dead, resolve: onDead } = Promise.withResolvers<void>();
    const lane = new PostgresLane({ ...options, onNotify: (_channel, payload) => heard(payload), onDead });
    const stop = () => lane.end();
    signal.addEventListener('abort', stop);
    try {
      await lane.query(`LISTEN ${channel}`);
      if (before) heard(undefined);
      before = true;
      await dead;
    } catch {
      // It is away; the next try comes in a second.
    } finally {
      signal.removeEventListener('abort', stop);
    }
  };
  void (async () => {
    while (!signal.aborted) {
      await listen();
      await delay(LISTEN_AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
  })();
  return async () => stopping.abort();
}
