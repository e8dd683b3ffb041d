/**
 * The lines of one batch: those that are here already held against what is here, the others appended to journal and tree. It must never append a
 * line that does not follow, nor one after a history that is another.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import type { GrowingTree } from '../../proof/merkle-tree.ts';
import type { IngestRequest } from '../../uplink/protocol.ts';
import type { Sql } from '../database/database.ts';
import { isStorable, jsonText } from '../database/json-rows.ts';
import type { CursorRow } from './cursor-row.ts';
import { type ReadLine, readLine } from './read-line.ts';
import { grow, keepEdges, rootsOf, treeOf } from './tree-growth.ts';

export type LinesTaken =
  /**
   * `fresh`: what is appended, oldest first; `rootAt`: the root at the size that was asked for, where the tree passed there, hex; `kept`: when the
   * database has it.
   */
  | { readonly fresh: readonly ReadLine[]; readonly rootAt: string | undefined; readonly kept: Promise<unknown> }
  /** The history is another; the number of the first line that shows it. */
  | { readonly differsAt: number };

/** Moves `row.seq`, `row.roots` and `row.told_at` along. */
export async function takeLines(
  sql: Sql,
  row: CursorRow,
  { from, before, lines }: Pick<IngestRequest, 'from' | 'before' | 'lines'>,
  wanted: number | undefined,
  now: number,
): Promise<LinesTaken> {
  const tree = treeOf(row.seq, row.roots);
  const kept = Promise.resolve();
  // Lines are missing between what is here and these: the answer says from where to send.
  if (from > row.seq + 1) return { fresh: [], rootAt: rootOf(tree, wanted), kept };
  if (from === row.seq + 1 && tree.root().toString('hex') !== before) return { differsAt: row.seq };
  const read = await readAll(lines, from);
  const known = read.filter(({ seq }) => seq <= row.seq);
  const differsAt = await firstDifference(sql, row, known);
  if (differsAt !== undefined) return { differsAt };
  const fresh = read.slice(known.length);
  if (fresh.length === 0) return { fresh, rootAt: rootOf(tree, wanted), kept };
  // The database takes one part in while the next is made.
  const parts: Promise<unknown>[] = [];
  let rootAt = rootOf(tree, wanted);
  for (let i = 0; i < fresh.length; i += SLICE) {
    if (i > 0) await breathe();
    const part = fresh.slice(i, i + SLICE);
    const grown = grow(
      tree,
      part.map(({ leaf }) => leaf),
      wanted,
    );
    rootAt ??= grown.rootAt;
    parts.push(append(sql, row, part, now), keepEdges(sql, row, grown.edges));
  }
  const all = Promise.all(parts);
  // Whoever waits for it hears of what went wrong.
  all.catch(() => undefined);
  row.seq = tree.size;
  row.roots = rootsOf(tree);
  row.told_at = fresh.findLast(({ at }) => at !== undefined)?.at ?? row.told_at;
  row.head = Math.max(row.head, row.seq);
  return { fresh, rootAt, kept: all };
}

/** Lines that are read and hashed without letting anybody else have a turn: some milliseconds. */
const SLICE = 200;

async function readAll(lines: IngestRequest['lines'], from: number): Promise<ReadLine[]> {
  const read: ReadLine[] = [];
  for (const [i, line] of lines.entries()) {
    if (i % SLICE === SLICE - 1) await breathe();
    read.push(readLine(line, from + i));
  }
  return read;
}

const rootOf = (tree: GrowingTree, wanted: number | undefined): string | undefined =>
  tree.size === wanted ? tree.root().toString('hex') : undefined;

async function firstDifference(
  sql: Sql,
  { school, epoch }: CursorRow,
  known: readonly ReadLine[],
): Promise<number | undefined> {
  const [first] = known;
  const last = known.at(-1);
  if (!first || !last) return undefined;
  const rows = await sql.query<{ seq: number; leaf: string }>(
    'SELECT seq, leaf FROM journal WHERE school = $1 AND epoch = $2 AND seq >= $3 AND seq <= $4',
    [school, epoch, first.seq, last.seq],
  );
  const leaves = new Map(rows.map(({ seq, leaf }) => [seq, leaf]));
  return known.find(({ seq, leaf }) => leaves.get(seq) !== leaf.toString('hex'))?.seq;
}

async function append(sql: Sql, { school, epoch }: CursorRow, fresh: readonly ReadLine[], now: number): Promise<void> {
  const rows = fresh.map(({ seq, leaf, text, at, kind }) => ({
    ...{ seq, leaf: leaf.toString('hex'), at, kind },
    ...(text !== undefined && isStorable(text) && { line: text }),
  }));
  await sql.query(
    `INSERT INTO journal (school, epoch, seq, leaf, at, kind, line, received_at)
     SELECT $1, $2, r.seq, r.leaf, r.at, r.kind, r.line, $3
     FROM json_to_recordset($4::json) AS r(seq bigint, leaf text, at bigint, kind text, line text)`,
    [school, epoch, now, jsonText(rows)],
  );
}
