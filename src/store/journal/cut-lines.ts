/**
 * Lines whose content was cut because they were kept long enough. Row, number, time and link stay where they are; in the place of the JSON
 * stands the hash of its leaf in the tree, and the number of the fact `pruned` that says so. So the tree is the same as before, to the
 * letter, and each line that is kept is proved as before. The fact names a hash over all of its lines: what it does not name was not cut
 * but altered. It must never be taken for an event.
 */
import { createHash, type Hash } from 'node:crypto';
import type Database from 'better-sqlite3';
import type { Pruned } from '../../core/types.ts';
import { leafHash } from '../../proof/merkle-tree.ts';

/** What stands in the column of kinds: no question for a kind finds it. */
export const cutKind = 'cut';

export interface CutLine {
  /** The number of the fact that says why. */
  readonly fact: number;
  /** Hex. */
  readonly leaf: string;
}

/** What stands in the place of the JSON. */
export const cutText = ({ fact, leaf }: CutLine): string => `{"cut":${fact},"leaf":"${leaf}"}`;

const pattern = /^\{"cut":([1-9]\d{0,15}),"leaf":"([0-9a-f]{64})"\}$/;

/** What a row says of a line that was cut; undefined for an event. */
export function cutOf(json: string): CutLine | undefined {
  if (!json.startsWith('{"cut":')) return undefined;
  const [, fact, leaf] = pattern.exec(json) ?? [];
  return leaf === undefined ? undefined : { fact: Number(fact), leaf };
}

/** The hash of a row's line in the tree, whether it was cut or not. */
export function leafOfRow(json: string): Buffer {
  const cut = cutOf(json);
  return cut ? Buffer.from(cut.leaf, 'hex') : leafHash(json);
}

/** Rows that are events. */
export const isEvent = `kind <> '${cutKind}'`;

/** The hash that a fact `pruned` names its lines by. */
export class CutDigest {
  readonly #hash: Hash = createHash('sha256');
  lines = 0;

  add(row: { readonly seq: number; readonly at: number; readonly leaf: string; readonly hash: string }): void {
    this.#hash.update(`${row.seq} ${row.at} ${row.leaf} ${row.hash}\n`);
    this.lines += 1;
  }

  /** Once, when all lines were added. */
  hex(): string {
    return this.#hash.digest('hex');
  }
}

/** The fact at a number, where it is one of these. */
export function prunedAt(db: Database.Database, seq: number): Pruned | undefined {
  const json = db
    .prepare<[number], string>("SELECT json FROM events WHERE seq = ? AND kind = 'pruned'")
    .pluck()
    .get(seq);
  return json === undefined ? undefined : (JSON.parse(json) as Pruned);
}
