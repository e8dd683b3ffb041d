/**
 * Opens a journal for reading wherever it lies: beside a gateway that runs, or as a copy on a medium. It must never write to where it lies.
 */
import { chmodSync, copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import { explain } from '../store-errors.ts';
import { openForReading } from '../store-files.ts';

/**
 * Opens a journal wherever it lies. On a medium or in a folder that cannot be written, SQLite finds no place for the index of
 * the log, even only to read: then a copy in the folder for temporary files is walked, and removed.
 */
export function openAnywhere(path: string): { db: Database.Database; close(): void } {
  try {
    const db = readable(path);
    return { db, close: () => void db.close() };
  } catch (error) {
    const unwritable = error instanceof Database.SqliteError && /^SQLITE_(CANTOPEN|READONLY)/.test(error.code);
    if (!unwritable || !existsSync(path)) throw error;
  }
  const aside = mkdtempSync(join(tmpdir(), 'gatehouse-verify-'));
  const remove = () => rmSync(aside, { recursive: true, force: true });
  try {
    const copy = join(aside, basename(path));
    for (const tail of ['', '-wal']) {
      if (!existsSync(path + tail)) continue;
      copyFileSync(path + tail, copy + tail);
      chmodSync(copy + tail, 0o600);
    }
    const db = readable(copy);
    return {
      db,
      close() {
        db.close();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw explain(error, aside);
  }
}

function readable(path: string): Database.Database {
  const db = openForReading(path);
  try {
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
