/**
 * Cuts lines out of a journal, inside one transaction: their content, the rows of records made of them, and the State that the journal
 * is folded from afterwards. What a fact `pruned` names is cut, to the letter, or nothing is. It must never cut a line that no fact names,
 * nor one that is kept for ever.
 */
import { readFileSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { classOf } from '../../core/retention/record-classes.ts';
import type { Event, Pruned } from '../../core/types.ts';
import { upcast } from '../../core/upcast.ts';
import { leafHash } from '../../proof/merkle-tree.ts';
import { readVerifierKey } from '../../proof/signed-note.ts';
import { cutRefused } from '../../words/proof/retention-words.ts';
import { markVersion } from '../schema-version.ts';
import { openSnapshot } from '../snapshot/snapshot-files.ts';
import { files } from '../store-files.ts';
import { type CutOrder, StoreError } from '../store-types.ts';
import { CutDigest, cutKind, cutText, prunedAt } from './cut-lines.ts';
import { baseFile, baseTable } from './cut-state.ts';

/** A journal with lines cut out is refused by versions that know no such lines. */
const cutVersion = 2;

interface UncutRow {
  readonly seq: number;
  readonly at: number;
  readonly hash: string;
  readonly json: string;
}

/** Takes away the rows that are made of a line; rounds and posts are cut whole, so the first of their lines takes the row. */
function recordCutter(db: Database.Database): (event: Event) => void {
  const drop = (table: string, key: string) => db.prepare<[number | string]>(`DELETE FROM ${table} WHERE ${key} = ?`);
  const alarm = drop('alarms', 'id');
  const scan = drop('scans', 'seq');
  const touch = drop('touches', 'seq');
  const round = drop('rounds', 'id');
  const post = drop('posts', 'id');
  return (event) => {
    switch (event.kind) {
      case 'raised':
        return void alarm.run(event.seq);
      case 'touched':
        return void touch.run(event.seq);
      case 'checked':
        scan.run(event.seq);
        return void round.run(event.round);
      case 'opened':
      case 'round-changed':
      case 'completed':
      case 'unchecked':
        return void round.run(event.round);
      case 'post-opened':
      case 'post-completed':
        return void post.run(event.watch);
      default:
    }
  };
}

/** To be called inside a transaction of the journal in this folder. Throws StoreError, and nothing may be kept then. */
export function cutLines(db: Database.Database, dir: string, { cuts, base }: CutOrder): void {
  const rows = db.prepare<[number, number], UncutRow>(
    `SELECT seq, at, hash, json FROM events WHERE seq >= ? AND seq <= ? AND kind <> '${cutKind}' ORDER BY seq`,
  );
  const cut = db.prepare('UPDATE events SET kind = ?, device = NULL, json = ? WHERE seq = ?');
  const dropRecords = recordCutter(db);
  for (const { fact, ranges } of cuts) {
    const named = prunedAt(db, fact);
    if (!named) throw new StoreError(cutRefused(fact));
    const digest = new CutDigest();
    for (const [from, to] of ranges) {
      for (const { seq, at, hash, json } of rows.all(from, to)) {
        const event = upcast(JSON.parse(json) as Event);
        if (classOf(event) !== named.class) throw new StoreError(cutRefused(fact));
        const leaf = leafHash(json).toString('hex');
        digest.add({ seq, at, leaf, hash });
        cut.run(cutKind, cutText({ fact, leaf }), seq);
        dropRecords(event);
      }
    }
    if (digest.hex() !== named.digest || digest.lines !== named.lines) throw new StoreError(cutRefused(fact));
    keepBase(db, dir, named, fact, base);
  }
  markVersion(db, 'journal', cutVersion);
}

/** The State beyond what is cut, as the fact names it. */
function keepBase(db: Database.Database, dir: string, named: Pruned, fact: number, file: Uint8Array): void {
  db.exec(baseTable);
  if (baseFile(db)?.seq === named.base) return;
  const log = readVerifierKey(readFileSync(files.proofPublicKey(dir), 'utf8'));
  const found = log ? openSnapshot(Buffer.from(file), log) : 'spoilt';
  const chain = db.prepare<[number], string>('SELECT hash FROM events WHERE seq = ?').pluck().get(named.base);
  const sound =
    found !== 'spoilt' &&
    found.seq === named.base &&
    found.digest === named.state &&
    found.chain === chain &&
    named.base > named.to;
  if (!sound) throw new StoreError(cutRefused(fact));
  db.prepare('REPLACE INTO base (only, seq, file) VALUES (1, ?, ?)').run(named.base, Buffer.from(file));
}
