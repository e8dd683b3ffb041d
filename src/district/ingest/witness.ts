/**
 * The district as a witness: a checkpoint of a school is cosigned where the tree that was grown here has the same root at that size, and only
 * then. It must never cosign a tree it has not seen every line of.
 */
import { cosign, openCheckpoint, readVerifierKey, type Signer } from '../../proof/signed-note.ts';
import type { Sql } from '../database/database.ts';
import { storable } from '../database/json-rows.ts';
import type { CursorRow } from './cursor-row.ts';
import { rootAt } from './tree-growth.ts';

/** What a checkpoint says, opened with the key of the school's log; undefined where that key did not sign it. */
export function openNote(note: string, log: string): { readonly size: number; readonly root: string } | undefined {
  const verifier = readVerifierKey(log);
  const head = verifier && openCheckpoint(note, verifier);
  return head && { size: head.size, root: head.root.toString('hex') };
}

/** The witness's line under the note, or that the tree is another. `known`: the root at that size where it was just passed. */
export async function witness(
  sql: Sql,
  row: CursorRow,
  note: string,
  { size, root }: { readonly size: number; readonly root: string },
  known: string | undefined,
  signer: Signer,
  now: number,
): Promise<{ readonly cosignature: string } | 'differs' | undefined> {
  if (size > row.seq) return undefined;
  const [before] = await sql.query<{ root: string; cosignature: string }>(
    'SELECT root, cosignature FROM checkpoint WHERE school = $1 AND epoch = $2 AND size = $3',
    [row.school, row.epoch, size],
  );
  if (before) return before.root === root ? { cosignature: before.cosignature } : 'differs';
  const own = known ?? (size === 0 ? undefined : await rootAt(sql, row, size));
  if (own !== root) return size === 0 ? undefined : 'differs';
  const cosignature = cosign(note, signer, Math.floor(now / 1_000)).slice(note.length);
  await sql.query(
    `INSERT INTO checkpoint (school, epoch, size, root, note, cosignature, at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [row.school, row.epoch, size, root, storable(note), cosignature, now],
  );
  if (size >= (row.cosigned_size ?? 0)) {
    row.cosigned_size = size;
    row.cosigned_at = now;
  }
  return { cosignature };
}
