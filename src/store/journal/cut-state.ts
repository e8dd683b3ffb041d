/**
 * The State that a journal is folded from when lines before it were cut: a snapshot, whole and signed, kept in the journal's own file and
 * written in the transaction that cuts. Any later version of the program folds on from it. It must never be of a line before one that was cut.
 */
import type Database from 'better-sqlite3';
import { emptyState } from '../../core/state.ts';
import type { Pruned, State } from '../../core/types.ts';
import type { Verifier } from '../../proof/signed-note.ts';
import { openSnapshot, type Snapshot, unsignedSnapshot } from '../snapshot/snapshot-files.ts';
import { stateOf } from '../snapshot/state-text.ts';

export const baseTable = `CREATE TABLE IF NOT EXISTS base (
  only INTEGER PRIMARY KEY CHECK (only = 1), seq INTEGER NOT NULL, file BLOB NOT NULL
);`;

/** The base as it lies there; undefined where nothing was cut. */
export function baseFile(db: Database.Database): { readonly seq: number; readonly file: Buffer } | undefined {
  const there = db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'base'").get();
  return there ? db.prepare<[], { seq: number; file: Buffer }>('SELECT seq, file FROM base').get() : undefined;
}

/** The base of a journal, as this log signed it or the journal itself names it; `spoilt` where it is neither. */
export function baseOf(db: Database.Database, log: Verifier): Snapshot | 'spoilt' | undefined {
  const kept = baseFile(db);
  if (!kept) return undefined;
  const found = openSnapshot(kept.file, log);
  return found !== 'spoilt' && found.seq === kept.seq ? found : (namedBase(db) ?? 'spoilt');
}

/**
 * The base held to what the journal says of it, for where the key is lost that signed it: a fact of cutting names it, the chain has its line, and no
 * line after it was cut. Undefined where that is not so.
 */
export function namedBase(db: Database.Database): Snapshot | undefined {
  const kept = baseFile(db);
  const found = kept && unsignedSnapshot(kept.file);
  if (!found || found === 'spoilt' || found.seq !== kept.seq) return undefined;
  const { seq, digest, chain } = found;
  const link = db.prepare<[number], string>('SELECT hash FROM events WHERE seq = ?').pluck().get(seq);
  const cutAfter = db.prepare<[number], 1>("SELECT 1 FROM events WHERE kind = 'cut' AND seq > ? LIMIT 1").get(seq);
  const facts = db.prepare<[number], string>("SELECT json FROM events WHERE kind = 'pruned' AND seq > ?").pluck();
  const named = facts.all(seq).some((json) => {
    const fact = JSON.parse(json) as Pruned;
    return fact.base === seq && fact.state === digest;
  });
  return named && link === chain && !cutAfter ? found : undefined;
}

/** State of a text that this or an earlier version wrote: a table that there was not yet is empty. */
export const stateOfBase = (text: string): State => ({ ...emptyState(), ...stateOf(text) });
