/**
 * Where the store's files lie, who may read them, and that only one gateway writes them.
 * The data folder belongs to one running gateway at a time; nothing may open its files for writing without the lock.
 */
import { chmodSync, closeSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { folderInUse, storageFailed } from '../words/store-words.ts';
import { asideEnd } from '../world/durable-file.ts';
import { explain } from './store-errors.ts';
import { StoreError } from './store-types.ts';

/** The files of a data folder. */
export const files = {
  journal: (dir: string) => join(dir, 'journal.db'),
  series: (dir: string) => join(dir, 'series.db'),
  lock: (dir: string) => join(dir, 'gateway.lock'),
  head: (dir: string) => join(dir, 'journal.head.json'),
  influx: (dir: string) => join(dir, 'influx.cursor.json'),
  proofKey: (dir: string) => join(dir, 'proof.key'),
  proofPublicKey: (dir: string) => join(dir, 'proof.vkey'),
  checkpoints: (dir: string) => join(dir, 'checkpoints'),
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
 * Opens a database that nobody else has open and nobody else will: then it needs no index beside it, for which a full disk
 * has no room. For reading only, and only until there is room again. Throws when it does not exist.
 */
export function openAlone(path: string): Database.Database {
  const db = new Database(path, { fileMustExist: true, timeout: 0 });
  try {
    db.pragma('locking_mode = EXCLUSIVE');
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** What opening a database takes: its log and the index of that. */
const roomBytes = 65_536;

/** Whether the disk of a folder has no room to open a database: found by trying, because SQLite has many names for it. */
export function hasNoRoom(dir: string): boolean {
  const probe = join(dir, `room.${process.pid}${asideEnd}`);
  try {
    writeFileSync(probe, Buffer.alloc(roomBytes), { mode: 0o600 });
    return false;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG';
  } finally {
    rmSync(probe, { force: true });
  }
}

/** That a file cannot be written because its disk is full. */
export const noRoom = (path: string): StoreError => new StoreError(storageFailed('SQLITE_FULL', path, ''));

/**
 * Takes the data folder for this process, until the returned database is closed or the process ends, however it ends.
 * The lock is SQLite's own on a file that holds nothing else: Node has no file locks, and a process number in a file
 * would outlive a kill. (The journal itself is not opened exclusively, because readers must be able to join.)
 * Throws StoreError, naming the process that has it.
 */
export function takeFolder(dir: string): Database.Database {
  const path = files.lock(dir);
  const db = openLock(path);
  try {
    // The log of this file stays in memory: on a full disk there is room for none, and the lock needs none.
    db.pragma('journal_mode = MEMORY');
    db.exec('BEGIN IMMEDIATE');
    sign(db);
    db.exec('BEGIN IMMEDIATE');
    return db;
  } catch (error) {
    const busy = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
    const pid = busy ? holder(db) : undefined;
    db.close();
    if (!busy) throw explain(error, path);
    throw new StoreError(folderInUse(dir, pid), error);
  }
}

function openLock(path: string): Database.Database {
  try {
    closeSync(openSync(path, 'a', 0o600));
    return new Database(path, { timeout: 0 });
  } catch (error) {
    throw explain(error, path);
  }
}

/** Writes who has it, for whoever is refused. Without room for that the lock holds all the same. */
function sign(db: Database.Database): void {
  try {
    db.exec('CREATE TABLE IF NOT EXISTS holder (only INTEGER PRIMARY KEY, pid INTEGER)');
    db.prepare('REPLACE INTO holder VALUES (1, ?)').run(process.pid);
    db.exec('COMMIT');
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    if (!(error instanceof Database.SqliteError && /^SQLITE_(FULL|IOERR)/.test(error.code))) throw error;
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
