/**
 * The district's store as the rest of it sees one: PostgreSQL, or PostgreSQL within the process where nothing is to be installed. What is written
 * is plain SQL that both take, and that a cluster distributed by `school` takes too. It must never build a statement out of what somebody sent.
 */
export interface Sql {
  /**
   * Rows of one statement; `$1` and on are its parameters, undefined is NULL. bigint and numeric come as number, jsonb as what it holds,
   * bytea as Uint8Array. Give jsonb as JSON text with `::jsonb`, and many rows as one JSON text (`json-rows.ts`): a statement takes at most 65 534
   * parameters. Rejects with DatabaseError, whose `fault` is `away` where the database cannot be reached.
   */
  query<T = Record<string, unknown>>(text: string, params?: readonly unknown[]): Promise<readonly T[]>;
}

/** One statement with its parameters, to be asked later. */
export interface Statement {
  readonly text: string;
  readonly params: readonly unknown[];
}

export interface Database extends Sql {
  /** All of it or nothing. Two that get into each other's way: one rejects with the fault `clash`, and `persisting` tries it again. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** Several statements without parameters, from a file of ours, in one transaction. */
  script(text: string): Promise<void>;
  /** Hears what any node announces on a channel (`NOTIFY`); resolves with the way to stop. After an outage `heard` is called with `undefined`: anything may have been missed. */
  listen(channel: string, heard: (payload: string | undefined) => void): Promise<() => Promise<void>>;
  /** The same database over connections that are kept for what must not wait: signs of life, live alarms, the board. */
  readonly urgent: Pick<Database, 'query' | 'transaction'>;
  /** Transactions that run beside each other at most. */
  readonly width: number;
  close(): Promise<void>;
}
