/**
 * The thread that makes snapshots: it folds the journal's lines itself, from the newest snapshot that agrees with them or from the first
 * line, and keeps the State they give. So a snapshot holds nothing the journal does not say, and the gateway's loop never stops
 * for it. Each line is held against the chain on the way. It must never take anything from the State of a running gateway.
 */
import type Database from 'better-sqlite3';
import { evolve } from '../../core/evolve.ts';
import { emptyState } from '../../core/state.ts';
import type { Event, State } from '../../core/types.ts';
import { upcast } from '../../core/upcast.ts';
import { GrowingTree } from '../../proof/merkle-tree.ts';
import { baseFalse } from '../../words/proof/retention-words.ts';
import { changed, eventUnreadable, otherThanSigned } from '../../words/store-words.ts';
import { pacer, stepBack } from '../background.ts';
import { canSign, type LogKey, logKey, proofKeyGone } from '../checkpoint-files.ts';
import { foldVersion } from '../snapshot/fold-version.ts';
import { keepSnapshot, readSnapshot, snapshotPaths } from '../snapshot/snapshot-files.ts';
import { stateOf, stateText } from '../snapshot/state-text.ts';
import { explain } from '../store-errors.ts';
import { files, openForReading } from '../store-files.ts';
import { StoreError } from '../store-types.ts';
import { type Served, serve } from '../thread.ts';
import { genesis, link } from './chain.ts';
import { baseOf, stateOfBase } from './cut-state.ts';

export interface FoldQuestion {
  /** How far to fold: a line that a checkpoint was signed for. */
  readonly upTo: number;
  /** The root that was signed, hex. */
  readonly root: string;
  /** With more lines than this to fold, none is made. */
  readonly most: number;
  /** Share of the processor's time, up to 1. */
  readonly share: number;
}

/** What came of it: kept, kept before, or too far to go. */
export type Folded = 'kept' | 'there' | 'too-far';

/** Lines folded between two pauses: some hundredths of a second. */
const chunk = 2_000;

/** State, tree and chain at one line. */
interface FoldPoint {
  readonly state: State;
  readonly tree: GrowingTree;
  hash: string;
}

async function openFold({ dir, name }: { dir: string; name: string }): Promise<Served<FoldQuestion>> {
  const log = await logKey(dir, name);
  const path = files.journal(dir);
  return {
    async answer(question): Promise<Folded> {
      // At a stop somebody waits for it.
      if (question.share < 1) stepBack();
      const db = openForReading(path);
      try {
        return await fold(db, path, dir, log, question);
      } finally {
        db.close();
      }
    },
    close: () => undefined,
  };
}

async function fold(
  db: Database.Database,
  path: string,
  dir: string,
  log: LogKey,
  { upTo, root, most, share }: FoldQuestion,
): Promise<Folded> {
  if (!canSign(log)) throw proofKeyGone(dir);
  const point = begin(db, dir, log, upTo);
  if (point.state.seq === upTo) return 'there';
  if (upTo - point.state.seq > most) return 'too-far';
  const read = db.prepare<[number, number, number], { seq: number; hash: string; json: string }>(
    'SELECT seq, hash, json FROM events WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?',
  );
  const pause = pacer(share);
  while (point.state.seq < upTo) {
    const rows = read.all(point.state.seq, upTo, chunk);
    if (rows.length === 0) throw new StoreError(eventUnreadable(path, point.state.seq + 1));
    for (const { seq, hash, json } of rows) {
      if (seq !== point.state.seq + 1) throw new StoreError(eventUnreadable(path, point.state.seq + 1));
      if (link(point.hash, json) !== hash) throw new StoreError(changed(seq));
      point.hash = hash;
      point.tree.append(json);
      evolve(point.state, upcast(JSON.parse(json) as Event));
    }
    await pause();
  }
  if (point.tree.root().toString('hex') !== root) throw new StoreError(otherThanSigned(upTo));
  const roots = point.tree.edge().roots.map((one) => one.toString('hex'));
  const kept = { seq: upTo, chain: point.hash, roots, fold: foldVersion(), text: stateText(point.state) };
  await keepSnapshot(dir, log, kept);
  return 'kept';
}

/** The newest snapshot that the lines up to `upTo` agree with; where there is none, the State at the cut, or the first line. */
function begin(db: Database.Database, dir: string, log: LogKey, upTo: number): FoldPoint {
  const base = baseOf(db, log);
  const linkAt = db.prepare<[number], string>('SELECT hash FROM events WHERE seq = ?').pluck();
  for (const path of snapshotPaths(dir)) {
    const found = readSnapshot(path, log);
    if (!found || found === 'spoilt' || found.fold !== foldVersion() || found.seq > upTo) continue;
    if (base && base !== 'spoilt' && found.seq < base.seq) continue;
    if (linkAt.get(found.seq) !== found.chain) continue;
    const roots = found.roots.map((one) => Buffer.from(one, 'hex'));
    return { state: stateOf(found.text), tree: new GrowingTree({ size: found.seq, roots }), hash: found.chain };
  }
  if (base === 'spoilt') throw new StoreError(baseFalse);
  if (!base) return { state: emptyState(), tree: new GrowingTree(), hash: genesis };
  const roots = base.roots.map((one) => Buffer.from(one, 'hex'));
  return { state: stateOfBase(base.text), tree: new GrowingTree({ size: base.seq, roots }), hash: base.chain };
}

await serve(openFold, (error, { dir }) => explain(error, files.journal(dir)));
