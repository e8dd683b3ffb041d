/**
 * The journal: what happened, append-only, in one SQLite file. This side only sends events to the thread that writes and
 * questions to the thread that reads; it must never say that something is kept before the writer says so.
 */
import { dirname } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { assert } from '../../core/assert.ts';
import type { AuditCheck } from '../../core/report/audit-types.ts';
import type { Event } from '../../core/types.ts';
import { upcast } from '../../core/upcast.ts';
import { linesOf } from '../../core/view/event-lines.ts';
import { cutNeedsBase } from '../../words/proof/retention-words.ts';
import { eventUnreadable } from '../../words/store-words.ts';
import type { Log } from '../../world/world.ts';
import type { LastingThread } from '../lasting-thread.ts';
import { restingThread } from '../resting-thread.ts';
import { refuseUnknown } from '../schema-version.ts';
import { explain } from '../store-errors.ts';
import { files, hasNoRoom, openAlone, openForReading } from '../store-files.ts';
import { type Head, type JournalTree, type LeavingLine, type ProvenJournal, StoreError } from '../store-types.ts';
import { startThread, type Thread } from '../thread.ts';
import { cutOf } from './cut-lines.ts';
import { baseFile, namedBase } from './cut-state.ts';
import type { ReaderQuestion } from './journal-reader.ts';
import type { WriterQuestion } from './journal-writer.ts';

/** Rows read at once in a replay: large enough that asking costs nothing, small enough to hear signals in between. */
const chunk = 10_000;

/**
 * Opens the journal of a data folder, made if need be (0700, its files 0600), and takes the folder for this process.
 * `anew`: the tables of records are made from the events once more, whatever they say.
 * Rejects with StoreError: folder used by another gateway, no permission, not a database, damaged, disk full.
 */
export async function openJournal({
  dir,
  log,
  anew = false,
}: {
  dir: string;
  log: Log;
  anew?: boolean;
}): Promise<ProvenJournal> {
  const path = files.journal(dir);
  const writer = await startThread(new URL('./journal-writer.ts', import.meta.url), { dir, anew }, { log });
  try {
    // Not being able to read takes nothing from recording; it is said, and tried again.
    const reader = restingThread(new URL('./journal-reader.ts', import.meta.url), { path }, { log });
    const head = await writer.ask<Head>('head' satisfies WriterQuestion);
    return journal(path, head, writer, reader);
  } catch (error) {
    await writer.end();
    throw error;
  }
}

function journal(path: string, opened: Head, writer: Thread, reader: LastingThread): ProvenJournal {
  let head = opened;
  const ask = async <A>(question: ReaderQuestion): Promise<A> => JSON.parse(await reader.ask<string>(question)) as A;
  const events = async (question: ReaderQuestion): Promise<Event[]> => (await ask<Event[]>(question)).map(upcast);
  return {
    async append(events) {
      if (events.length === 0) return void (await writer.ask<Head>('prove' satisfies WriterQuestion));
      const append = linesOf(events).join('\n');
      const next = await writer.ask<Head>({ append } satisfies WriterQuestion);
      assert(next.seq === events.at(-1)?.seq, `event ${events.at(-1)?.seq} was appended, and the head is ${next.seq}`);
      head = next;
    },
    replay: (each, after = 0) => replay(path, head, each, after),
    read: (after, limit) => events({ read: { after, limit } }),
    pick: (pick) => events({ pick }),
    openAt: (openAt) => events({ openAt }),
    head: () => head,
    link: async (link) => (await ask<string | null>({ link })) ?? undefined,
    trouble: () => reader.trouble(),
    query: async (query) =>
      query.table === 'events' ? (await events({ query })).map((row) => ({ ...row })) : await ask({ query }),
    async grow({ size, roots }, upTo) {
      const grown = await ask<JournalTree | null>({ grow: { size, roots }, upTo });
      if (!grown) throw new StoreError(eventUnreadable(path, size + 1));
      return grown;
    },
    async leaving(leaving) {
      const lines = await ask<LeavingLine[] | null>({ leaving });
      if (!lines) throw new StoreError(eventUnreadable(path, leaving.after + 1));
      return lines;
    },
    linesAt: (linesAt) => ask({ linesAt }),
    base: () => reading(path, async (db) => baseFile(db)?.file),
    namedBase: () => reading(path, async (db) => namedBase(db)),
    cut: async (cut) => void (await writer.ask<Head>({ cut } satisfies WriterQuestion)),
    async holds({ seq, hash }) {
      if (seq > head.seq) return false;
      return reading(path, async (db) => db.prepare('SELECT hash FROM events WHERE seq = ?').pluck().get(seq) === hash);
    },
    checksOf: (checksOf) => ask<AuditCheck[]>({ checksOf }),
    async close() {
      // The writer last: the last to leave folds the write-ahead log into the file, and the reader may not write.
      await reader.end();
      await writer.end();
    },
  };
}

/** A full disk has no room for the index that readers share; at the start nobody shares it. */
function openForReplay(path: string): Database.Database {
  const db = openForReading(path);
  try {
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return db;
  } catch (error) {
    db.close();
    if (!hasNoRoom(dirname(path))) throw error;
    return openAlone(path);
  }
}

/** Reads in this thread: at the start there is nothing else to do, and every other way adds a copy of each event. */
async function reading<A>(path: string, look: (db: Database.Database) => Promise<A>): Promise<A> {
  try {
    const db = openForReplay(path);
    try {
      return await look(db);
    } finally {
      db.close();
    }
  } catch (error) {
    // A failing fold is the fold's own mistake and must not be reported as a failing disk.
    throw error instanceof Database.SqliteError ? explain(error, path) : error;
  }
}

async function replay(path: string, head: Head, each: (event: Event) => void, after: number): Promise<Head> {
  let seq = after;
  await reading(path, async (db) => {
    const read = db
      .prepare<[number, number, number], string>(
        'SELECT json FROM events WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?',
      )
      .pluck();
    while (seq < head.seq) {
      const lines = read.all(seq, head.seq, chunk);
      if (lines.length === 0) throw new StoreError(eventUnreadable(path, seq + 1));
      for (const line of lines) {
        if (cutOf(line)) throw new StoreError(cutNeedsBase(path));
        const event = parsed(line);
        if (event?.seq !== seq + 1) throw new StoreError(eventUnreadable(path, seq + 1));
        refuseUnknown(event, path);
        seq += 1;
        each(event);
      }
      await breathe();
    }
  });
  return head;
}

function parsed(line: string): Event | undefined {
  try {
    return upcast(JSON.parse(line) as Event);
  } catch {
    // Told by the caller, who knows which event it is.
    return undefined;
  }
}
