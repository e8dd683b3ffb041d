/**
 * How samples lie in the series file, for the thread that writes them and for those that follow it.
 * A device and point is a number in every row, because the names are longer than what is measured.
 */
import type Database from 'better-sqlite3';
import type { Sample, Time, Value } from '../../core/types.ts';

export const numberKind = 0;
export const booleanKind = 1;
export const stringKind = 2;

/** AUTOINCREMENT, so that a row's number is never used again and a follower's cursor stays true after deleting. */
export const sampleSchema = `
  CREATE TABLE IF NOT EXISTS names (
    id INTEGER PRIMARY KEY, device TEXT NOT NULL, point TEXT NOT NULL, UNIQUE (device, point)
  );
  CREATE TABLE IF NOT EXISTS samples (
    row INTEGER PRIMARY KEY AUTOINCREMENT, name INTEGER NOT NULL, at INTEGER NOT NULL, kind INTEGER NOT NULL, value NOT NULL
  );
  CREATE INDEX IF NOT EXISTS samplesByName ON samples (name, at);
`;

export function kindOf(value: Value): number {
  if (typeof value === 'number') return numberKind;
  return typeof value === 'boolean' ? booleanKind : stringKind;
}

export function valueFrom(kind: number, value: number | string): Value {
  return kind === booleanKind ? value === 1 : value;
}

/** Samples after a cursor, the cursor behind the last of them, and how many before the first were deleted unread. */
export interface SamplePage {
  readonly samples: readonly Sample[];
  readonly cursor: number;
  readonly missed: number;
}

/** Reads samples in the order they were written. */
export function sampleReader(db: Database.Database): (after: number, limit: number) => SamplePage {
  const read = db.prepare<
    [number, number],
    { row: number; device: string; point: string; at: Time; kind: number; value: number | string }
  >(
    `SELECT row, device, point, at, kind, value FROM samples JOIN names ON names.id = samples.name
     WHERE row > ? ORDER BY row LIMIT ?`,
  );
  return (after, limit) => {
    const rows = read.all(after, limit);
    return {
      samples: rows.map(({ device, point, at, kind, value }) => ({ device, point, value: valueFrom(kind, value), at })),
      cursor: rows.at(-1)?.row ?? after,
      missed: (rows[0]?.row ?? after + 1) - after - 1,
    };
  };
}
