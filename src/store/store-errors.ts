/**
 * Turns what SQLite and the file system say into one sentence for an operator: the thing, and what to do about it.
 * The sentences stand in the words room; every failure of the store leaves through here, and an error code alone must never reach a person.
 */
import { Contradiction } from '../core/assert.ts';
import { contradictsItself, storageFailed } from '../words/store-words.ts';
import { StoreError, StoreGone } from './store-types.ts';

/** What Node's file system says, told in SQLite's words. */
const asSqlite: Readonly<Record<string, string>> = {
  ENOSPC: 'SQLITE_FULL',
  EDQUOT: 'SQLITE_FULL',
  EFBIG: 'SQLITE_FULL',
  // No room for the index of the log.
  SQLITE_IOERR_SHMSIZE: 'SQLITE_FULL',
  EROFS: 'SQLITE_READONLY',
  EACCES: 'SQLITE_CANTOPEN',
  EPERM: 'SQLITE_CANTOPEN',
  ENOENT: 'SQLITE_CANTOPEN',
  EISDIR: 'SQLITE_CANTOPEN',
  ENOTDIR: 'SQLITE_CANTOPEN',
  EEXIST: 'SQLITE_CANTOPEN',
  EIO: 'SQLITE_IOERR',
  SQLITE_LOCKED: 'SQLITE_BUSY',
};

/** A mistake of ours: trying again would only repeat it, and a restart replays what is kept. */
function contradicted(error: Contradiction, path: string): StoreGone {
  return new StoreGone(contradictsItself(path, error.message), error);
}

/** The StoreError for whatever was thrown while working on the file at `path`. A StoreError passes unchanged. */
export function explain(error: unknown, path: string): StoreError {
  if (error instanceof StoreError) return error;
  if (error instanceof Contradiction) return contradicted(error, path);
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const key = asSqlite[code] ?? code;
  const text = error instanceof Error ? error.message : String(error);
  return new StoreError(storageFailed(key, path, text), error);
}
