/**
 * Every journal the district has, reckoned anew: each line against its leaf, the leaves against every root that was cosigned and against where the
 * district stands, and what has no content any more against what the trail says was cut. It must never trust what was reckoned before.
 */
import { GrowingTree, leafHash } from '../../proof/merkle-tree.ts';
import type { Sql } from '../database/database.ts';

const PAGE = 5_000;

/** What does not agree: a line, a root over so many lines, or lines whose content nobody said was cut. */
export type JournalFlaw =
  | { readonly what: 'line' | 'root' | 'gap'; readonly at: number }
  | { readonly what: 'cut'; readonly at: number; readonly said: number };

export interface JournalVerdict {
  readonly school: string;
  readonly epoch: number;
  readonly lines: number;
  readonly cut: number;
  readonly flaw?: JournalFlaw;
}

interface LeafRow {
  readonly seq: number;
  readonly leaf: string;
  readonly line: string | null;
  readonly cut: boolean;
}

/** One after the other. Rejects with DatabaseError. */
export async function* verifyJournals(sql: Sql): AsyncGenerator<JournalVerdict> {
  const all = await sql.query<{ school: string; epoch: number }>(
    'SELECT s.school, e.epoch FROM school s CROSS JOIN LATERAL generate_series(1, s.epoch) AS e(epoch) ORDER BY 1, 2',
  );
  for (const { school, epoch } of all) yield await verifyJournal(sql, school, epoch);
}

async function verifyJournal(sql: Sql, school: string, epoch: number): Promise<JournalVerdict> {
  const roots = await rootsOfJournal(sql, school, epoch);
  const tree = new GrowingTree();
  let cut = 0;
  const found = (flaw?: JournalFlaw) => ({ school, epoch, lines: tree.size, cut, ...(flaw && { flaw }) });
  for (;;) {
    const rows = await sql.query<LeafRow>(
      `SELECT seq, leaf, line, (line IS NULL AND at IS NOT NULL AND kind IS NULL) AS cut FROM journal
       WHERE school = $1 AND epoch = $2 AND seq > $3 ORDER BY seq LIMIT ${PAGE}`,
      [school, epoch, tree.size],
    );
    for (const row of rows) {
      if (row.seq !== tree.size + 1) return found({ what: 'gap', at: tree.size + 1 });
      if (row.line !== null && leafHash(row.line).toString('hex') !== row.leaf)
        return found({ what: 'line', at: row.seq });
      tree.appendLeaf(Buffer.from(row.leaf, 'hex'));
      if (row.cut) cut++;
      const root = roots.get(tree.size);
      if (root !== undefined && root !== tree.root().toString('hex')) return found({ what: 'root', at: tree.size });
    }
    if (rows.length < PAGE) break;
  }
  if (tree.size < Math.max(0, ...roots.keys())) return found({ what: 'gap', at: tree.size + 1 });
  const [told] = await sql.query<{ said: number }>(
    `SELECT coalesce(sum((body ->> 'lines')::bigint), 0)::bigint AS said FROM trail
     WHERE kind = 'lines-cut' AND school = $1 AND (body ->> 'journal')::integer = $2`,
    [school, epoch],
  );
  const said = told?.said ?? 0;
  return found(said === cut ? undefined : { what: 'cut', at: cut, said });
}

/** The roots that must come out, by number of lines: of checkpoints, and of where the district stands. */
async function rootsOfJournal(sql: Sql, school: string, epoch: number): Promise<ReadonlyMap<number, string>> {
  const rows = await sql.query<{ size: number; root: string }>(
    'SELECT size, root FROM checkpoint WHERE school = $1 AND epoch = $2',
    [school, epoch],
  );
  const roots = new Map(rows.map(({ size, root }) => [size, root]));
  const [stand] = await sql.query<{ seq: number; roots: readonly string[] }>(
    'SELECT seq, roots FROM cursor WHERE school = $1 AND epoch = $2',
    [school, epoch],
  );
  if (stand && stand.seq > 0) {
    const edge = { size: stand.seq, roots: stand.roots.map((root) => Buffer.from(root, 'hex')) };
    roots.set(stand.seq, new GrowingTree(edge).root().toString('hex'));
  }
  return roots;
}
