/**
 * Files that schools send because an order asked for them. Only what was asked for is taken, once, of the school that was asked, of kinds that are
 * known by their first bytes; the oldest are forgotten. It must never be a place to put things.
 */
import { createHash } from 'node:crypto';
import type { Sql } from '../database/database.ts';
import { storable } from '../database/json-rows.ts';

/** Kept so long after they came; what has to last, an officer saves. Ours. */
const KEPT_MS = 180 * 86_400_000;
/** Of one school, the newest so many. Ours: a hundred pictures a day would be a gigabyte a week. */
const KEPT_MAX = 2_000;

/** By media type, how such a file begins. CSV is text and begins with the mark that spreadsheets ask for. */
const BEGINNINGS: Readonly<Record<string, readonly number[]>> = {
  'image/jpeg': [0xff, 0xd8, 0xff],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': [0x50, 0x4b, 0x03, 0x04],
  'application/pdf': [0x25, 0x50, 0x44, 0x46],
  'text/csv': [0xef, 0xbb, 0xbf],
};

export interface IncomingFile {
  readonly order: string;
  readonly name: string;
  /** The media type as it was said. */
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** unasked: no order of this school asks for a file; unfit: not what its type says. */
export type FileTaken = { readonly sha256: string } | { readonly fault: 'unasked' | 'unfit' };

/** Within one transaction. A file that is here already is answered as if it had just come. */
export async function takeFile(
  sql: Sql,
  school: string,
  { order, name, type, bytes }: IncomingFile,
  now: number,
): Promise<FileTaken> {
  const plain = type.split(';')[0]?.trim().toLowerCase() ?? '';
  const start = Object.hasOwn(BEGINNINGS, plain) ? BEGINNINGS[plain] : undefined;
  if (!start?.every((byte, i) => bytes[i] === byte)) return { fault: 'unfit' };
  const [asked] = await sql.query<{ kind: string }>(
    "SELECT kind FROM command WHERE school = $2 AND id = $1 AND kind IN ('still', 'report') FOR UPDATE",
    [order, school],
  );
  if (!asked || (asked.kind === 'still') !== (plain === 'image/jpeg')) return { fault: 'unasked' };
  const [here] = await sql.query<{ sha256: string }>('SELECT sha256 FROM sent_file WHERE school = $1 AND id = $2', [
    ...[school, order],
  ]);
  if (here) return { sha256: here.sha256 };
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await sql.query(
    'INSERT INTO sent_file (id, school, name, type, sha256, bytes, at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [order, school, nameOf(name), plain, sha256, bytes, now],
  );
  await sql.query(
    `DELETE FROM sent_file WHERE school = $1 AND (at < $2 OR id IN (
       SELECT id FROM sent_file WHERE school = $1 ORDER BY at DESC, id OFFSET ${KEPT_MAX}))`,
    [school, now - KEPT_MS],
  );
  return { sha256 };
}

/** A name as it may stand in a header and in a folder. */
const nameOf = (name: string): string => storable(name.replace(/[^\w.-]/g, '_').slice(0, 100)) || 'file';

/** The bytes of the file an order brought from its school. */
export async function readFileOf(sql: Sql, school: string, order: string): Promise<Uint8Array | undefined> {
  const [row] = await sql.query<{ bytes: Uint8Array }>('SELECT bytes FROM sent_file WHERE school = $1 AND id = $2', [
    ...[school, order],
  ]);
  return row?.bytes;
}
