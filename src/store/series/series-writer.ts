/**
 * The thread that keeps the samples of the last days in one SQLite file. A power cut may cost the last second of samples
 * (synchronous=NORMAL), never the file. What it forgets is said by `series-retention`.
 */
import { existsSync, renameSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Sample, Time, Value } from '../../core/types.ts';
import { makeFolder } from '../../world/durable-file.ts';
import type { Log } from '../../world/world.ts';
import { headTable } from '../known-heads.ts';
import { markVersion, refuseNewer } from '../schema-version.ts';
import { explain } from '../store-errors.ts';
import { files, hasNoRoom, noRoom, openForWriting } from '../store-files.ts';
import type { Head } from '../store-types.ts';
import { type Served, serve } from '../thread.ts';
import { sampleReader, sampleSchema, stringKind, valueFrom } from './samples.ts';
import { forgetter } from './series-retention.ts';

/** Samples as columns: numbers cross threads without being copied one by one. */
export interface SampleColumns {
  /** Names met for the first time, `[device, point]`; the first has the number that comes after all earlier ones. */
  readonly names: readonly (readonly [string, string])[];
  readonly name: Uint32Array;
  readonly at: Float64Array;
  /** 0 number, 1 boolean, 2 text. */
  readonly kind: Uint8Array;
  /** The number; 0 or 1 for a boolean; for a text its place in `texts`. */
  readonly value: Float64Array;
  readonly texts: readonly string[];
}
export interface SampleQuery {
  readonly device: string;
  readonly point: string;
  readonly from: Time;
  readonly to: Time;
  readonly limit: number;
}
export type SeriesQuestion =
  | { readonly write: SampleColumns }
  | { readonly query: SampleQuery }
  | { readonly noteHead: Head & { readonly at: Time } }
  | { readonly read: { readonly after: number; readonly limit: number } };

/** Files of an earlier damage that are kept at most; a disk that damages more needs a person, not another try. */
const damagedMax = 9;

function isDamage(error: unknown): boolean {
  return error instanceof Database.SqliteError && /^SQLITE_(NOTADB|CORRUPT)/.test(error.code);
}

/**
 * Moves a damaged series aside and begins anew: a week of samples is worth less than a gateway that starts. The journal is
 * never treated so.
 */
function openOrBeginAnew(dir: string, keepMs: number, log: Log): Served<SeriesQuestion> {
  const path = files.series(dir);
  try {
    return openSeriesWriter(dir, keepMs);
  } catch (error) {
    if (hasNoRoom(dir)) return openLater(dir, keepMs, log);
    const free = Array.from({ length: damagedMax }, (_, i) => `${path}.damaged-${i + 1}`).find(
      (name) => !existsSync(name),
    );
    if (!isDamage(error) || free === undefined) throw error;
    renameSync(path, free);
    for (const tail of ['-wal', '-shm']) rmSync(`${path}${tail}`, { force: true });
    log.error(
      `The series ${path} was damaged. It was moved to ${free}, and a new one was begun; older curves are missing.`,
    );
    return openSeriesWriter(dir, keepMs);
  }
}

/** On a full disk: samples and questions wait, and each of them tries again to open the file. */
function openLater(dir: string, keepMs: number, log: Log): Served<SeriesQuestion> {
  let served: Served<SeriesQuestion> | undefined;
  return {
    answer(question) {
      if (!served && hasNoRoom(dir)) throw noRoom(files.series(dir));
      served ??= openOrBeginAnew(dir, keepMs, log);
      return served.answer(question);
    },
    close: () => served?.close(),
  };
}

function openSeriesWriter(dir: string, keepMs: number): Served<SeriesQuestion> {
  makeFolder(dir);
  const db = openForWriting(files.series(dir), 'NORMAL');
  try {
    refuseNewer(db, 'series', files.series(dir));
    db.exec(sampleSchema);
    markVersion(db, 'series');
    db.exec(headTable);
    return seriesWriter(db, dir, keepMs);
  } catch (error) {
    db.close();
    throw error;
  }
}

function seriesWriter(db: Database.Database, dir: string, keepMs: number): Served<SeriesQuestion> {
  const write = columnWriter(db);
  const forget = forgetter(db, keepMs, files.series(dir));
  const query = sampleQuery(db);
  const read = sampleReader(db);
  const note = db.prepare('REPLACE INTO journalHead VALUES (1, ?, ?, ?)');
  return {
    answer(question) {
      if ('noteHead' in question) {
        const { seq, hash, at } = question.noteHead;
        note.run(seq, hash, at);
        return undefined;
      }
      if ('query' in question) return query(question.query);
      if ('read' in question) return read(question.read.after, question.read.limit);
      write(question.write);
      forget(question.write.at);
      return undefined;
    },
    close: () => void db.close(),
  };
}

function columnWriter(db: Database.Database): (columns: SampleColumns) => void {
  /** Row of `names` by the number the gateway's side gave the name. */
  let ids: readonly number[] = [];
  const add = db.prepare('INSERT OR IGNORE INTO names (device, point) VALUES (?, ?)');
  const idOf = db.prepare<[string, string], number>('SELECT id FROM names WHERE device = ? AND point = ?').pluck();
  const insert = db.prepare('INSERT INTO samples (name, at, kind, value) VALUES (?, ?, ?, ?)');
  const keep = db.transaction((columns: SampleColumns): readonly number[] => {
    const added = columns.names.map(([device, point]) => {
      add.run(device, point);
      return idOf.get(device, point) as number;
    });
    const all = added.length > 0 ? [...ids, ...added] : ids;
    for (let i = 0; i < columns.at.length; i += 1) {
      const kind = columns.kind[i]!;
      const value = columns.value[i]!;
      insert.run(all[columns.name[i]!], columns.at[i], kind, kind === stringKind ? columns.texts[value] : value);
    }
    return all;
  });
  return (columns) => {
    ids = keep.immediate(columns);
  };
}

function sampleQuery(db: Database.Database): (q: SampleQuery) => readonly Sample[] {
  const find = db.prepare<[string, string, Time, Time, number], { at: Time; kind: number; value: number | string }>(
    `SELECT at, kind, value FROM samples
     WHERE name = (SELECT id FROM names WHERE device = ? AND point = ?) AND at >= ? AND at <= ?
     ORDER BY at DESC, row DESC LIMIT ?`,
  );
  return ({ device, point, from, to, limit }) =>
    find
      .all(device, point, from, to, limit)
      .reverse()
      .map(({ at, kind, value }): { device: string; point: string; value: Value; at: Time } => ({
        device,
        point,
        value: valueFrom(kind, value),
        at,
      }));
}

interface SeriesWriting {
  readonly dir: string;
  readonly keepMs: number;
}
await serve(
  ({ dir, keepMs }: SeriesWriting, _tell, log) => openOrBeginAnew(dir, keepMs, log),
  (error, { dir }) => explain(error, files.series(dir)),
);
