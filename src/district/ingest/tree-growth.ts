/**
 * The tree of a school's journal as the district grows it, line by line as the school does: its root at each size that is asked for, and the
 * edges from which any earlier root can be reckoned. It must never skip a line.
 */
import { GrowingTree } from '../../proof/merkle-tree.ts';
import type { Sql } from '../database/database.ts';
import { jsonText } from '../database/json-rows.ts';
import type { CursorRow } from './cursor-row.ts';

/** Lines between two edges that are kept: some milliseconds of hashing. */
const EDGE_EVERY = 4_096;
const LEAVES_AT_ONCE = 10_000;

export const treeOf = (size: number, roots: readonly string[]): GrowingTree =>
  new GrowingTree({ size, roots: roots.map((root) => Buffer.from(root, 'hex')) });

export const rootsOf = (tree: GrowingTree): string[] => tree.edge().roots.map((root) => root.toString('hex'));

/** A grown tree, the edges to be kept on the way, and its root at one size, hex, where it passed there. */
export interface Growth {
  readonly tree: GrowingTree;
  readonly edges: readonly { readonly size: number; readonly roots: readonly string[] }[];
  readonly rootAt: string | undefined;
}

export function grow(tree: GrowingTree, leaves: readonly Buffer[], wanted: number | undefined): Growth {
  const edges: { size: number; roots: string[] }[] = [];
  let rootAt = tree.size === wanted ? tree.root().toString('hex') : undefined;
  for (const leaf of leaves) {
    tree.appendLeaf(leaf);
    if (tree.size === wanted) rootAt = tree.root().toString('hex');
    if (tree.size % EDGE_EVERY === 0) edges.push({ size: tree.size, roots: rootsOf(tree) });
  }
  return { tree, edges, rootAt };
}

type Place = Pick<CursorRow, 'school' | 'epoch'>;

export async function keepEdges(sql: Sql, { school, epoch }: Place, edges: Growth['edges']): Promise<void> {
  if (edges.length === 0) return;
  await sql.query(
    `INSERT INTO edge (school, epoch, size, roots)
     SELECT $1, $2, r.size, r.roots::jsonb FROM json_to_recordset($3::json) AS r(size bigint, roots json)
     ON CONFLICT DO NOTHING`,
    [school, epoch, jsonText(edges)],
  );
}

/** The root over the first `size` lines, all of which are here, hex. */
export async function rootAt(sql: Sql, { school, epoch }: Place, size: number): Promise<string> {
  const [edge] = await sql.query<{ size: number; roots: readonly string[] }>(
    'SELECT size, roots FROM edge WHERE school = $1 AND epoch = $2 AND size <= $3 ORDER BY size DESC LIMIT 1',
    [school, epoch, size],
  );
  const tree = treeOf(edge?.size ?? 0, edge?.roots ?? []);
  while (tree.size < size) {
    const rows = await sql.query<{ leaf: string }>(
      'SELECT leaf FROM journal WHERE school = $1 AND epoch = $2 AND seq > $3 AND seq <= $4 ORDER BY seq LIMIT $5',
      [school, epoch, tree.size, size, LEAVES_AT_ONCE],
    );
    if (rows.length === 0) throw new Error(`line ${tree.size + 1} of ${school} is not there`);
    for (const { leaf } of rows) tree.appendLeaf(Buffer.from(leaf, 'hex'));
  }
  return tree.root().toString('hex');
}
