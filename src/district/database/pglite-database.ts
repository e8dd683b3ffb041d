/**
 * PostgreSQL within the process, in a folder of its own: for forty schools and one node, with nothing to install. It has one connection, so
 * transactions stand in line. Two processes on one folder would destroy it: a lock that ends with its process keeps the second one out.
 */
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import Sqlite from 'better-sqlite3';
import { makeFolder } from '../../world/durable-file.ts';
import type { Database, Sql } from './database.ts';
import { asDatabaseError, DatabaseError } from './database-error.ts';

/** OIDs of PostgreSQL's own types: they never change. */
const INT8 = 20;
const NUMERIC = 1700;

/** Takes the folder until the returned way is called or the process ends. The lock is SQLite's on a file that holds nothing else. */
function takeFolder(folder: string): () => void {
  const path = join(folder, 'district.lock');
  closeSync(openSync(path, 'a', 0o600));
  const lock = new Sqlite(path, { timeout: 0 });
  try {
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
    return () => lock.close();
  } catch (cause) {
    lock.close();
    throw new DatabaseError('taken', folder, '', 'SQLITE_BUSY', cause);
  }
}

/** How PGlite is to read numbers that are wider than JavaScript's integers. */
export const pgliteParsers = { [INT8]: Number, [NUMERIC]: Number };

/** A PostgreSQL within the process as the district sees one. `where` names it in errors; `closed` is called when it has ended. */
export function pgliteDatabase(db: PGlite, where: string, closed: () => void = () => undefined): Database {
  const worded = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw asDatabaseError(error, where);
    }
  };
  const asking = (from: Pick<PGlite, 'query'>): Sql => ({
    query: async <T>(text: string, params: readonly unknown[] = []) =>
      (
        await worded(
          from.query<T>(
            text,
            params.map((value) => value ?? null),
          ),
        )
      ).rows,
  });
  const both: Database['urgent'] = {
    ...asking(db),
    transaction: (work) => worded(db.transaction((inside) => work(asking(inside as Pick<PGlite, 'query'>)))),
  };
  return {
    ...both,
    urgent: both,
    width: 1,
    script: (text) => worded(db.transaction(async (inside) => void (await inside.exec(text)))),
    listen: async (channel, heard) => {
      const stop = await worded(db.listen(channel, heard));
      return () => stop();
    },
    close: async () => {
      await db.close();
      closed();
    },
  };
}

/** `folder` undefined: in memory, gone with the process. Rejects with DatabaseError. */
export async function openPglite(folder: string | undefined): Promise<Database> {
  const where = folder ?? 'memory';
  if (folder !== undefined) makeFolder(folder);
  const release = folder === undefined ? () => undefined : takeFolder(folder);
  const files = folder === undefined ? {} : { dataDir: join(folder, 'postgresql') };
  const db = await PGlite.create({ ...files, parsers: pgliteParsers }).catch((error: unknown) => {
    release();
    const text = error instanceof Error ? error.message : String(error);
    throw new DatabaseError('other', where, text.slice(0, 200), 'PGLITE', error);
  });
  return pgliteDatabase(db, where, release);
}
