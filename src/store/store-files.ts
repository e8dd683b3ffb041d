/**
 * Where the store's files lie, who may read them, and that only one gateway writes them.
 * The data folder belongs to one running gateway at a time; nothing may open its files for writing without the lock.
 */
import { chmodSync, closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { folderInUse } from '../words/store-words.ts';
import { StoreError } from './store-types.ts';

/** The files of a data folder. */
export const files = {
  journal: (dir: string) => join(dir, 'journal.db'),
  series: (dir: string) => join(dir, 'series.db'),
  lock: (dir: string) => join(dir, 'gateway.lock'),
  influx: (dir: string) => join(dir, 'influx.cursor.json'),
};

/** Opens a database for writing, made 0600 before SQLite sees it; its -wal and -shm inherit that. */
export function openForWriting(path: string, synchronous: 'FULL' | 'NORMAL'): Database.Database {
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
  const db = new Database(path, { timeout: 1_000 });
  try {
    db.pragma('journal_mode = WAL');
    db.pragma(`synchronous = ${synchronous}`);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Opens a database for reading beside its writer. Throws when it does not exist. */
export function openForReading(path: string): Database.Database {
  return new Database(path, { readonly: true, fileMustExist: true, timeout: 1_000 });
}

/**
 * Takes the data folder for this process, until the returned database is closed or the process ends, however it ends.
 * The lock is SQLite's own on a file that holds nothing else: Node has no file locks, and a process number in a file
 * would outlive a kill. (The journal itself is not opened exclusively, because readers must be able to join.)
 * Throws StoreError, naming the process that has it.
 */
export function takeFolder(dir: string): Database.Database {
  const path = files.lock(dir);
  closeSync(openSync(path, 'a', 0o600));
  const db = new Database(path, { timeout: 0 });
  try {
    db.exec('BEGIN IMMEDIATE');
    db.exec('CREATE TABLE IF NOT EXISTS holder (only INTEGER PRIMARY KEY, pid INTEGER)');
    db.prepare('REPLACE INTO holder VALUES (1, ?)').run(process.pid);
    db.exec('COMMIT; BEGIN IMMEDIATE');
    return db;
  } catch (error) {
    const busy = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
    const pid = busy ? holder(db) : undefined;
    db.close();
    if (!busy) throw error;
    throw new StoreError(folderInUse(dir, pid), error);
  }
}

function holder(db: Database.Database): number | undefined {
  try {
    return db.prepare<[], number>('SELECT pid FROM holder').pluck().get();
  } catch {
    // The other process is just writing its number; the sentence says "unknown" then.
    return undefined;
  }
}
