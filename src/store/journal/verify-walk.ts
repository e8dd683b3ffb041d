/**
 * The thread that walks the whole chain of a journal, beside a running gateway or without one. It reads in small pieces,
 * so that the writer is never held up, and stops at the first link that does not hold. It must never write or repair.
 */
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { Words } from '../../core/types.ts';
import { GrowingTree } from '../../proof/merkle-tree.ts';
import type { TreeHead } from '../../proof/signed-note.ts';
import { changed, gapWords, gone, noHead, otherThanSigned, surplus, wrongHead } from '../../words/store-words.ts';
import { pacer, stepBack } from '../background.ts';
import { chainOfHead, keptHeads } from '../checkpoint-files.ts';
import { gapOf, type KnownHead } from '../journal-gap.ts';
import { knownHeads } from '../known-heads.ts';
import { explain } from '../store-errors.ts';
import type { Head, Verified } from '../store-types.ts';
import { type Served, serve } from '../thread.ts';
import { genesis, link } from './chain.ts';
import { cutKind, cutOf, leafOfRow } from './cut-lines.ts';
import { openAnywhere } from './open-anywhere.ts';
import type { QuietWalk } from './verify.ts';
import { CutCheck, knownBase } from './verify-cuts.ts';
import { openRecordCheck, type RecordCheck } from './verify-records.ts';
import { SnapshotCheck } from './verify-snapshots.ts';

interface LinkRow {
  readonly seq: number;
  readonly at: number;
  readonly kind: string;
  readonly device: string | null;
  readonly hash: string;
  readonly json: string;
}

/** Links checked between two looks at the file; also how often progress is told. */
const chunk = 10_000;
/** Of a walk that must not be felt: some hundredths of a second. */
const quietChunk = 2_000;

/** What the lines are held against on the way, and how they are walked. */
interface Walking {
  readonly records: RecordCheck | undefined;
  readonly snapshots: SnapshotCheck;
  readonly cuts: CutCheck;
  readonly heads: readonly TreeHead[];
  readonly chunk: number;
  /** After each chunk. */
  pause(checked: number, total: number): Promise<void>;
}

function openWalk(path: string, quiet: QuietWalk | undefined, tell: (message: unknown) => void): Served<'walk'> {
  const { db, close } = openAnywhere(path);
  if (quiet) stepBack();
  const rest = pacer(quiet?.share ?? 1);
  return {
    async answer() {
      // Before the walk: a running gateway writes on, and remembers more than the walk will have seen.
      const known = knownHeads(dirname(path));
      const heads = signedHeads(dirname(path));
      const base = knownBase(db, dirname(path));
      const snapshots = new SnapshotCheck(path, quiet?.begun, base === 'spoilt' ? undefined : base);
      const cuts = new CutCheck(base);
      // A second set of tables is too much to have lying about beside a running gateway.
      const records = quiet ? undefined : openRecordCheck(db);
      const pause = async (checked: number, total: number) => {
        tell({ checked, total });
        await rest();
      };
      try {
        const how = { records, snapshots, cuts, heads, chunk: quiet ? quietChunk : chunk, pause };
        const found = await walk(db, path, how);
        if (!found.ok) return found;
        const more = await againstKnown(db, found, known);
        const all = more.ok && records ? againstRecords(db, more, records) : more;
        const differs = all.ok ? snapshots.differs() : undefined;
        return differs ? { ok: false, checked: all.checked, ...differs } : all;
      } finally {
        records?.close();
      }
    },
    close,
  };
}

async function walk(db: Database.Database, path: string, how: Walking): Promise<Verified> {
  const { records, snapshots, cuts, heads, chunk, pause } = how;
  let previous: Head = { seq: 0, hash: genesis };
  const signed = new SignedHeads(heads);
  const broken = (seq: number, why: Words): Verified => ({ ok: false, checked: previous.seq, broken: seq, why });
  try {
    const { head, last } = ends(db);
    if (!head) return broken(1, noHead);
    const read = db.prepare<[number, number, number], LinkRow>(
      'SELECT seq, at, kind, device, hash, json FROM events WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?',
    );
    while (previous.seq < head.seq) {
      const rows = read.all(previous.seq, head.seq, chunk);
      for (const row of rows) {
        const why = flaw(previous, row);
        if (why) return broken(previous.seq + 1, why);
        previous = { seq: row.seq, hash: row.hash };
        cuts.row(row, cutOf(row.json));
        if (!signed.agree(row)) return broken(row.seq, otherThanSigned(row.seq));
      }
      if (rows.length === 0) return broken(previous.seq + 1, gone(previous.seq + 1));
      const lines = rows.flatMap(({ kind, json }) => (kind === cutKind ? [] : [json]));
      records?.fold(lines);
      snapshots.fold(lines);
      await pause(previous.seq, head.seq);
    }
    if (previous.hash !== head.hash) return broken(head.seq, wrongHead);
    if (last > head.seq) return broken(head.seq + 1, surplus(head.seq + 1));
    const cut = cuts.differs();
    if (cut) return broken(cut.seq, cut.why);
    return { ok: true, checked: previous.seq };
  } catch (error) {
    if (error instanceof Database.SqliteError && /CORRUPT|NOTADB/.test(error.code)) {
      return broken(previous.seq + 1, explain(error, path).why);
    }
    throw error;
  }
}

/** What the school's log signed, kept beside the journal; without a key beside it, nothing. */
function signedHeads(dir: string): readonly TreeHead[] {
  try {
    return keptHeads(dir);
  } catch {
    return [];
  }
}

/** Checkpoints, oldest first, held against the lines as they are walked. */
class SignedHeads {
  readonly #heads: TreeHead[];
  readonly #tree = new GrowingTree();

  constructor(heads: readonly TreeHead[]) {
    this.#heads = [...heads];
  }

  /** False where a checkpoint of just so many lines was signed of others. */
  agree({ json, hash }: Pick<LinkRow, 'json' | 'hash'>): boolean {
    if (this.#heads.length === 0) return true;
    this.#tree.appendLeaf(leafOfRow(json));
    for (let head = this.#heads[0]; head && head.size === this.#tree.size; head = this.#heads[0]) {
      this.#heads.shift();
      if (!head.root.equals(this.#tree.root()) || (chainOfHead(head) ?? hash) !== hash) return false;
    }
    return true;
  }
}

/** The chain is whole: is it all that is known elsewhere to have been? */
async function againstKnown(db: Database.Database, found: Verified, known: readonly KnownHead[]): Promise<Verified> {
  const link = db.prepare<[number], string>('SELECT hash FROM events WHERE seq = ?').pluck();
  const head = { seq: found.checked, hash: '' };
  const gap = await gapOf(head, known, (seq) => link.get(seq));
  if (!gap) return found;
  const broken = gap.how === 'differs' ? gap.known : found.checked + 1;
  return { ok: false, checked: found.checked, broken, why: gapWords(gap) };
}

/** Chain and heads are whole: do the tables that pages show say what the events say? A gateway may have written on meanwhile. */
function againstRecords(db: Database.Database, found: Verified, records: RecordCheck): Verified {
  return db.transaction(() => {
    const rest = db.prepare<[number], string>('SELECT json FROM events WHERE seq > ? ORDER BY seq').pluck();
    records.fold(rest.all(found.checked));
    const differs = records.compare();
    if (!differs) return found;
    const { id, why } = differs;
    return { ok: false, checked: found.checked, ...(typeof id === 'number' && { broken: id }), why };
  })();
}

/** The head the journal says it has and the last row it holds, both of one moment. */
function ends(db: Database.Database): { head: Head | undefined; last: number } {
  return db.transaction(() => ({
    head: db.prepare<[], Head>('SELECT seq, hash FROM head').get(),
    last: db.prepare<[], number | null>('SELECT max(seq) FROM events').pluck().get() ?? 0,
  }))();
}

/** What is wrong with the row that follows `previous`, if anything. */
function flaw(previous: Head, row: LinkRow): Words | undefined {
  const seq = previous.seq + 1;
  if (row.seq !== seq) return gone(seq);
  // Nothing is left to make the link of; that it is the one there was is held against the fact that names it.
  if (cutOf(row.json)) return row.kind === cutKind && row.device === null ? undefined : changed(seq);
  if (row.kind === cutKind || link(previous.hash, row.json) !== row.hash) return changed(seq);
  // The columns beside the JSON are not hashed; the pages filter by them, so they must say the same.
  const event = JSON.parse(row.json) as { seq: number; at: number; kind: string; device?: string };
  const same =
    event.seq === seq && event.at === row.at && event.kind === row.kind && (event.device ?? null) === row.device;
  return same ? undefined : changed(seq);
}

await serve(
  ({ path, quiet }: { path: string; quiet?: QuietWalk }, tell) => openWalk(path, quiet, tell),
  (error, { path }) => explain(error, path),
);
