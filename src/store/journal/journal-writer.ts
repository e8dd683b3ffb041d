/**
 * The thread that writes the journal: one append is one SQLite transaction with its events, their chain and the records
 * folded from them, on disk (WAL, synchronous=FULL) before the answer is given. It must never keep half an append, and
 * never keep an event that does not follow the last one: what the gateway promises of numbers and times is checked here again.
 */
import type Database from 'better-sqlite3';
import { assert } from '../../core/assert.ts';
import type { Event } from '../../core/types.ts';
import { upcast } from '../../core/upcast.ts';
import { madeByNewer, misplaced } from '../../words/store-words.ts';
import { makeFolder } from '../../world/durable-file.ts';
import type { Log } from '../../world/world.ts';
import { markVersion, refuseNewer, refuseUnknown } from '../schema-version.ts';
import { explain } from '../store-errors.ts';
import { files, hasNoRoom, noRoom, openAlone, openForWriting, takeFolder } from '../store-files.ts';
import { type CutOrder, type Head, StoreError, StoreGone } from '../store-types.ts';
import { type Served, serve } from '../thread.ts';
import { genesis, link } from './chain.ts';
import { isEvent } from './cut-lines.ts';
import { cutLines } from './journal-cut.ts';
import { JournalPlace } from './journal-place.ts';
import { recorder, recordsVersion, resetRecords } from './projections.ts';
import { rareIndexes } from './rare-facts.ts';

/**
 * What the writer is asked. The events are JSON, one a line: one string crosses threads far faster than objects. `prove`:
 * that what it writes to is still the journal of the folder.
 */
export type WriterQuestion = { readonly append: string } | { readonly cut: CutOrder } | 'head' | 'prove';

/**
 * Events have no index but their number, and those of rare kinds. An index by device would touch a page for nearly every event
 * of a batch and more than double the time of a commit; a question by device walks the rows of its time span instead, in the
 * reading thread.
 */
const schema = `
  CREATE TABLE IF NOT EXISTS events (
    seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL, device TEXT, hash TEXT NOT NULL, json TEXT NOT NULL
  );
  CREATE TABLE IF NOT EXISTS head (
    only INTEGER PRIMARY KEY CHECK (only = 1), seq INTEGER NOT NULL, hash TEXT NOT NULL, records INTEGER NOT NULL
  );
  ${rareIndexes}
`;
/** Events folded between two looks at the table while the records are made anew. */
const chunk = 5_000;

function openWriter(dir: string, anew: boolean, log: Log): Served<WriterQuestion> {
  makeFolder(dir);
  const lock = takeFolder(dir);
  const closing = (served: Served<WriterQuestion>): Served<WriterQuestion> => ({
    answer: served.answer,
    close() {
      void served.close();
      lock.close();
    },
  });
  try {
    return closing(openTables(dir, anew, log));
  } catch (error) {
    try {
      if (hasNoRoom(dir)) return closing(waitingWriter(dir, anew, log));
    } catch {
      // What it could not be opened with at first says more.
    }
    lock.close();
    throw error;
  }
}

function openTables(dir: string, anew: boolean, log: Log): Served<WriterQuestion> {
  const db = openForWriting(files.journal(dir), 'FULL');
  try {
    prepareTables(db, files.journal(dir), anew, log);
    return writer(db, new JournalPlace(db, files.journal(dir)), dir);
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * The writer on a full disk: it knows how far the journal is, refuses everything else, and opens the journal when there is room.
 * So a gateway that is started on a full disk shows what is so, takes what comes, and says what it lacks.
 */
function waitingWriter(dir: string, anew: boolean, log: Log): Served<WriterQuestion> {
  const path = files.journal(dir);
  const head = headAlone(path);
  let served: Served<WriterQuestion> | undefined;
  return {
    answer(question) {
      if (!served && question === 'head') return head;
      try {
        served ??= openTables(dir, anew, log);
      } catch (error) {
        throw hasNoRoom(dir) ? noRoom(path) : error;
      }
      return served.answer(question);
    },
    close: () => served?.close(),
  };
}

function headAlone(path: string): Head {
  const db = openAlone(path);
  try {
    return db.prepare<[], Head>('SELECT seq, hash FROM head').get() ?? { seq: 0, hash: genesis };
  } finally {
    db.close();
  }
}

function prepareTables(db: Database.Database, path: string, anew: boolean, log: Log): void {
  refuseNewer(db, 'journal', path);
  db.transaction(() => {
    db.exec(schema);
    markVersion(db, 'journal');
    db.prepare('INSERT OR IGNORE INTO head VALUES (1, 0, ?, 0)').run(genesis);
    const version = db.prepare<[], number>('SELECT records FROM head').pluck().get();
    if (version === recordsVersion && !anew) return;
    if (version !== undefined && version > recordsVersion) throw new StoreError(madeByNewer(path));
    const count = rebuild(db, path);
    if (count > 0) log.info(`Made the tables of alarms, rounds and scans anew from ${count} events.`);
  }).immediate();
}

/** Makes the records anew from the events and returns how many those were; to be called inside a transaction. */
function rebuild(db: Database.Database, path: string): number {
  resetRecords(db);
  const record = recorder(db);
  const read = db
    .prepare<[number, number], string>(`SELECT json FROM events WHERE seq > ? AND ${isEvent} ORDER BY seq LIMIT ?`)
    .pluck();
  let count = 0;
  let after = 0;
  for (let lines = read.all(0, chunk); lines.length > 0; lines = read.all(after, chunk)) {
    for (const line of lines) {
      const event = upcast(JSON.parse(line) as Event);
      refuseUnknown(event, path);
      record(event);
      after = event.seq;
    }
    count += lines.length;
  }
  db.prepare('UPDATE head SET records = ?').run(recordsVersion);
  return count;
}

function writer(db: Database.Database, place: JournalPlace, dir: string): Served<WriterQuestion> {
  let head = db.prepare<[], Head>('SELECT seq, hash FROM head').get() as Head;
  const lastAt = db.prepare<[], number>('SELECT at FROM events ORDER BY seq DESC LIMIT 1').pluck();
  const insert = db.prepare('INSERT INTO events (seq, at, kind, device, hash, json) VALUES (?, ?, ?, ?, ?, ?)');
  const setHead = db.prepare('UPDATE head SET seq = ?, hash = ? WHERE seq = ? AND hash = ?');
  const record = recorder(db);

  const keep = db.transaction((lines: readonly string[]): Head => {
    let { seq, hash } = head;
    let at = lastAt.get() ?? 0;
    for (const json of lines) {
      const event = JSON.parse(json) as Event;
      seq += 1;
      if (event.seq !== seq) throw new StoreGone(misplaced(seq, event.seq));
      assert(event.at >= at || event.kind === 'clock-stepped', `time ran backwards at event ${seq}`);
      at = event.at;
      hash = link(hash, json);
      insert.run(seq, event.at, event.kind, 'device' in event ? event.device : null, hash, json);
      record(event);
    }
    assert(setHead.run(seq, hash, head.seq, head.hash).changes === 1, `the head is not at ${head.seq} any more`);
    return { seq, hash };
  });
  /** What was committed to a file that was not in its place afterwards: the same events must not be written twice. */
  let unproven: { readonly append: string; readonly head: Head } | undefined;
  const append = (events: string): void => {
    if (unproven?.append !== events) {
      place.prove(head);
      unproven = { append: events, head: keep.immediate(events.split('\n')) };
    }
    place.proveAfterCommit();
    // The head moves only when the transaction is on disk and in its place: after a failure the same events can come again.
    head = unproven.head;
    unproven = undefined;
  };
  const cut = db.transaction((order: CutOrder) => cutLines(db, dir, order));
  const cutAway = (order: CutOrder): void => {
    place.prove(unproven?.head ?? head);
    // What is cut is overwritten where it lies, and does not stay in the log; copies that SQLite left in unused parts of a page may.
    db.pragma('secure_delete = ON');
    try {
      cut.immediate(order);
      db.pragma('wal_checkpoint(TRUNCATE)');
    } finally {
      db.pragma('secure_delete = OFF');
    }
    place.proveAfterCommit();
  };
  return {
    answer(question) {
      if (question === 'prove') place.prove(unproven?.head ?? head);
      else if (question !== 'head' && 'cut' in question) cutAway(question.cut);
      else if (question !== 'head') append(question.append);
      return head;
    },
    close: () => void db.close(),
  };
}

await serve(
  ({ dir, anew }: { dir: string; anew: boolean }, _tell, log) => openWriter(dir, anew, log),
  (error, { dir }) => explain(error, files.journal(dir)),
);
