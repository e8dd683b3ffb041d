/**
 * Holds the tables of alarms, rounds and scans, which pages and exports show, against what the events give. The chain says nothing of
 * them, so a row changed in a table would be believed while every link holds. It must never write to the journal.
 */
import Database from 'better-sqlite3';
import type { Event, Words } from '../../core/types.ts';
import { upcast } from '../../core/upcast.ts';
import { recordsDiffer } from '../../words/store-words.ts';
import { recorder, recordsVersion, resetRecords } from './projections.ts';
import { columns } from './record-columns.ts';

/** What a walk over the events adds up to, beside the tables. */
export interface RecordCheck {
  /** Folds the next events, as JSON, in their order. */
  fold(lines: readonly string[]): void;
  /** What differs, once all events of `db` were folded; to be called inside one transaction of it. */
  compare(): { readonly id: unknown; readonly why: Words } | undefined;
  close(): void;
}

/** Undefined where the tables are those of another version, which makes them anew when it starts. */
export function openRecordCheck(db: Database.Database): RecordCheck | undefined {
  if (db.prepare<[], number>('SELECT records FROM head').pluck().get() !== recordsVersion) return undefined;
  // An empty name: SQLite keeps it in memory, and in a file of its own when it grows.
  const own = new Database('');
  resetRecords(own);
  const record = recorder(own);
  const fold = own.transaction((lines: readonly string[]) => {
    for (const line of lines) record(upcast(JSON.parse(line) as Event));
  });
  return {
    fold,
    compare() {
      for (const table of Object.keys(columns) as (keyof typeof columns)[]) {
        const [key = ''] = Object.keys(columns[table]);
        const rows = (of: Database.Database) => of.prepare(`SELECT * FROM ${table} ORDER BY ${key}`).raw().iterate();
        const [kept, folded] = [rows(db), rows(own)];
        try {
          for (;;) {
            const [one, other] = [kept.next(), folded.next()];
            if (one.done && other.done) break;
            if (JSON.stringify(one.value) === JSON.stringify(other.value)) continue;
            const [id] = (other.done ? one.value : other.value) as unknown[];
            return { id, why: recordsDiffer(table, String(id)) };
          }
        } finally {
          kept.return?.();
          folded.return?.();
        }
      }
      return undefined;
    },
    close: () => void own.close(),
  };
}
