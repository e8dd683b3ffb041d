/** The database a configuration names, brought to what this program needs. It must never begin an empty one where another was meant: the address alone decides. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Database, Sql } from './database.ts';
import { DatabaseError } from './database-error.ts';
import { migrate } from './migrate.ts';
import { openPglite } from './pglite-database.ts';
import { openPostgres, shownAddress } from './postgres-database.ts';

/** A PostgreSQL by its address, or a folder for one within the process; neither: in memory. */
export interface DatabasePlace {
  readonly url?: string | undefined;
  readonly folder?: string | undefined;
  readonly connections?: number | undefined;
}

/** Rejects with DatabaseError. */
export async function openDatabase({ url, folder, connections }: DatabasePlace): Promise<Database> {
  const db =
    url === undefined
      ? await openPglite(folder)
      : openPostgres({ url, ...(connections !== undefined && { connections }) });
  try {
    await migrate(db, url === undefined ? (folder ?? 'memory') : shownAddress(url));
    return db;
  } catch (error) {
    await db.close().catch(() => undefined);
    throw error;
  }
}

const CLASHES = 4;

/** A transaction that is tried again where it got into another's way. `work` must begin anew each time. */
export async function persisting<T>(db: Pick<Database, 'transaction'>, work: (sql: Sql) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await db.transaction(work);
    } catch (error) {
      if (!(error instanceof DatabaseError && error.fault === 'clash') || tries >= CLASHES) throw error;
      await delay(10 * tries * (1 + Math.random()));
    }
  }
}
