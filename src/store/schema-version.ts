/**
 * Which files and facts this version understands. A file that a newer version made, or a fact of a kind it does not know, is
 * refused with a sentence: read with half an understanding it would be shown wrong, or quietly passed over.
 */
import type Database from 'better-sqlite3';
import { mayOwe } from '../core/alarm/duties.ts';
import type { Event } from '../core/types.ts';
import { factUnknown, madeByNewer } from '../words/store-words.ts';
import { StoreError } from './store-types.ts';

/** Raised when the tables of a file change in a way that an older version must not write to. 0: made before it was counted. */
const versions = { journal: 2, series: 1 } as const;
/** What a fresh file is marked with; one that holds more is marked by whoever writes that. */
const plainest = 1;

/** To be asked before anything is changed. Throws StoreError when the file is newer than this version. */
export function refuseNewer(db: Database.Database, of: keyof typeof versions, path: string): void {
  if (Number(db.pragma('user_version', { simple: true })) > versions[of]) throw new StoreError(madeByNewer(path));
}

/** Marks a file as one of at least this version; to be called when its tables are made, or are given a new meaning. */
export function markVersion(db: Database.Database, of: keyof typeof versions, version: number = plainest): void {
  const marked = Number(db.pragma('user_version', { simple: true }));
  if (marked < version) db.pragma(`user_version = ${Math.min(version, versions[of])}`);
}

/** Throws StoreError when the fact is of a kind that this version does not know. */
export function refuseUnknown(event: Event, path: string): void {
  if (!Object.hasOwn(mayOwe, event.kind)) throw new StoreError(factUnknown(path, event.seq, event.kind));
}
