/**
 * One connection to PostgreSQL, by postgres.js, given up for good with its first doubt. postgres.js heals connections by itself, and that is just
 * what may not be: healed between two statements of a transaction, the second would run outside it; and one that broke is asked to roll back,
 * which ends the process. So each connection is a client of its own, and nothing is sent on it once it was seen to fail.
 */
import { createConnection, type Socket } from 'node:net';
import postgres from 'postgres';
import { asDatabaseError, DatabaseError } from './database-error.ts';

export interface LaneOptions {
  readonly url: string;
  /** The address without its password, for people. */
  readonly where: string;
  /** Longest a statement may take, ms. */
  readonly statementMs: number;
  /** A connection on which nothing moves for so long is ended, ms; beyond the longest statement. */
  readonly silentMs: number;
  /** Hears what is announced on channels this lane listens to. */
  readonly onNotify?: (channel: string, payload: string) => void;
  readonly onDead?: () => void;
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
/** bigint and numeric as numbers; JSON text given for jsonb goes as it is, and not as a string within JSON. OIDs are PostgreSQL's own. */
const types = {
  bigint: { to: 20, from: [20], serialize: String, parse: Number },
  numeric: { to: 1700, from: [1700], serialize: String, parse: Number },
  json: { to: 114, from: [114, 3802], serialize: asText, parse: (text: string) => JSON.parse(text) as unknown },
};

/** An array as PostgreSQL reads one. */
const arrayText = (values: readonly unknown[]): string =>
  `{${values.map((value) => (value === null || value === undefined ? 'NULL' : `"${String(value).replace(/["\\]/g, '\\$&')}"`)).join()}}`;

/** A session that waits so long for another's lock gets in nobody's way any more, ms. */
const LOCK_MS = 10_000;

/** What the server itself says, and stays connected after; everything else is the end of the connection. */
const isStatement = (error: unknown): boolean =>
  error instanceof postgres.PostgresError && error.severity !== 'FATAL' && error.severity !== 'PANIC';

export class PostgresLane {
  readonly #options: LaneOptions;
  readonly #sql: postgres.Sql;
  #socket: Socket | undefined;
  #dead = false;
  /** Who waits for an answer: of what is queued behind a statement that fails postgres.js may never say anything. */
  readonly #asking = new Set<(gone: DatabaseError) => void>();

  constructor(options: LaneOptions) {
    this.#options = options;
    const { url, statementMs, silentMs, onNotify } = options;
    this.#sql = postgres(url, {
      // Asking for the types of arrays by itself, postgres.js leaves a rejection that nobody hears when the connection breaks then.
      ...{ max: 1, max_lifetime: null, connect_timeout: 10, fetch_types: false, types, onnotice: () => undefined },
      // postgres.js knows both, and its types only one.
      ...(onNotify && { onnotify: onNotify }),
      socket: (parsed: postgres.ParsedOptions) => this.#dial(parsed, silentMs),
      onclose: () => this.end(),
      connection: {
        application_name: 'gatehouse district',
        statement_timeout: statementMs,
        lock_timeout: Math.min(statementMs, LOCK_MS),
        // A node that dies in mid-transaction without its machine saying so.
        idle_in_transaction_session_timeout: silentMs,
      },
    } as unknown as Parameters<typeof postgres>[1]);
  }

  get dead(): boolean {
    return this.#dead;
  }

  /** The socket is handed out before it stands: what is written to it meanwhile it keeps, and who waits for it is told when it fails. */
  #dial({ host, port, path }: postgres.ParsedOptions, silentMs: number): Socket & { host?: string } {
    const first = host[0] ?? 'localhost';
    const socket = path ? createConnection(path) : createConnection({ host: first, port: port[0] ?? 5432 });
    socket.setTimeout(silentMs, () => socket.destroy(Object.assign(new Error('silent'), { code: 'ETIMEDOUT' })));
    this.#socket = socket;
    // Healing itself it would come here again.
    if (this.#dead) socket.destroy();
    return Object.assign(socket, { host: first });
  }

  /** Rows of a statement. Rejects with DatabaseError. */
  async query<T>(text: string, params: readonly unknown[] = []): Promise<readonly T[]> {
    const given = params.map((value) => (Array.isArray(value) ? arrayText(value) : (value ?? null))) as never[];
    return await this.#asked(() => this.#sql.unsafe(text, given, { prepare: true }) as unknown as Promise<T[]>);
  }

  /** Several statements without parameters. */
  async script(text: string): Promise<void> {
    await this.#asked(() => this.#sql.unsafe(text).simple() as unknown as Promise<unknown>);
  }

  async #asked<T>(ask: () => Promise<T>): Promise<T> {
    const { where } = this.#options;
    if (this.#dead) throw this.#closed();
    const { promise: gone, reject } = Promise.withResolvers<never>();
    this.#asking.add(reject);
    try {
      return await Promise.race([ask(), gone]);
    } catch (error) {
      if (!isStatement(error)) this.end();
      throw asDatabaseError(error, where);
    } finally {
      this.#asking.delete(reject);
    }
  }

  #closed(): DatabaseError {
    return new DatabaseError('away', this.#options.where, 'closed', 'CONNECTION_CLOSED');
  }

  /** Gives it up. What it was doing is rolled back by the server. */
  end(): void {
    if (this.#dead) return;
    this.#dead = true;
    for (const reject of this.#asking) reject(this.#closed());
    void this.#sql.end({ timeout: 0 }).catch(() => undefined);
    // Not before postgres.js has said good-bye, where anybody listens.
    setImmediate(() => this.#socket?.destroySoon());
    this.#options.onDead?.();
  }
}
