/**
 * Whether the files the writer has open are still those that stand in the data folder. A file that was deleted, moved, replaced
 * or whose disk was unmounted takes every write without a murmur, and all of it is gone when the process ends: so it is asked
 * before and after each commit. Four looks at the file system, some microseconds; no flush of its own.
 *
 * Of a journal that was taken away while its folder stands, a copy is made at once from the files that are still open: they
 * hold the only record there is. It must never put that copy in place by itself: what became of the journal, a person has to say.
 */
import { existsSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type Database from 'better-sqlite3';
import { journalOverwritten, journalTaken } from '../../words/store-words.ts';
import { explain } from '../store-errors.ts';
import { openForReading } from '../store-files.ts';
import { type Head, StoreError } from '../store-types.ts';
import { link } from './chain.ts';
import { cutOf } from './cut-lines.ts';

/** Links looked at when another program has written to the file: what was copied over it is older by more than that or whole. */
const tailLinks = 1_000;

/** Which file stands at a path; undefined: none. */
function identity(path: string): string | undefined {
  try {
    const { dev, ino } = statSync(path, { bigint: true });
    return `${dev}:${ino}`;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ESTALE') return undefined;
    throw explain(error, path);
  }
}

/** When the journal and its log were last written, and how long they are; the writer's own folding of the log changes all of it. */
function trace(path: string): string {
  const of = (file: string): string => {
    const { mtimeNs, size } = statSync(file, { bigint: true });
    return `${mtimeNs}:${size}`;
  };
  return `${of(path)} ${of(`${path}-wal`)}`;
}

/** Whether the file still gives the last links of the chain up to `head`, as somebody who opens it now reads it. */
function holds(path: string, head: Head): boolean {
  const db = openForReading(path);
  try {
    if (db.pragma('quick_check(1)', { simple: true }) !== 'ok') return false;
    const kept = db.prepare<[], Head>('SELECT seq, hash FROM head').get();
    if (kept?.seq !== head.seq || kept.hash !== head.hash) return false;
    const rows = db
      .prepare<[number], { hash: string; json: string }>('SELECT hash, json FROM events WHERE seq > ? ORDER BY seq')
      .all(Math.max(0, head.seq - tailLinks));
    if (rows.length !== Math.min(head.seq, tailLinks)) return false;
    return rows.every(
      ({ hash, json }, i) => i === 0 || cutOf(json) !== undefined || link(rows[i - 1]!.hash, json) === hash,
    );
  } catch {
    return false;
  } finally {
    db.close();
  }
}

export class JournalPlace {
  readonly #db: Database.Database;
  readonly #path: string;
  /** The file itself, its log and the index of that: losing any of them loses commits. */
  readonly #files: readonly (readonly [path: string, identity: string | undefined])[];
  readonly #folder: string | undefined;
  #trace: string;
  #copy: string | undefined;

  /** To be made when the writer has written once: then all its files are there. */
  constructor(db: Database.Database, path: string) {
    this.#db = db;
    this.#path = path;
    this.#files = ['', '-wal', '-shm'].map((tail) => [path + tail, identity(path + tail)]);
    this.#folder = identity(dirname(path));
    this.#trace = trace(path);
  }

  /** Throws StoreError when what is written to is not the journal of the folder any more; `head` is what it must hold. */
  prove(head: Head): void {
    this.#proveThere();
    const now = trace(this.#path);
    if (now === this.#trace) return;
    if (!holds(this.#path, head)) throw new StoreError(journalOverwritten(this.#path));
    this.#trace = now;
  }

  /** The same after a commit of our own, which may have folded the log into the file. */
  proveAfterCommit(): void {
    this.#proveThere();
    this.#trace = trace(this.#path);
  }

  #proveThere(): void {
    if (this.#files.every(([path, known]) => identity(path) === known)) {
      if (this.#copy !== undefined) rmSync(this.#copy, { force: true });
      this.#copy = undefined;
      return;
    }
    this.#copy ??= this.#rescue();
    throw new StoreError(journalTaken(this.#path, this.#copy));
  }

  /** Copies what the open files hold; undefined when the folder itself is gone, or has no room. */
  #rescue(): string | undefined {
    const folder = dirname(this.#path);
    if (this.#folder === undefined || identity(folder) !== this.#folder) return undefined;
    const copy = join(folder, `journal.rescued-${Date.now()}.db`);
    try {
      this.#db.prepare('VACUUM INTO ?').run(copy);
      return copy;
    } catch {
      // The trouble is said without a copy; the next commit tries again.
      if (existsSync(copy)) rmSync(copy, { force: true });
      return undefined;
    }
  }
}
