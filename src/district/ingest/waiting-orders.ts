/** Orders that wait for a school, and which of them its journal has. It must never change what an order says: it is signed. */
import { LOST_MS, type Order, type PollRequest, type SignedOrder } from '../../uplink/protocol.ts';
import type { Sql } from '../database/database.ts';

/** With one answer. The next ones come with the next. */
const ORDERS_MAX = 50;

interface BesideRow {
  readonly site: string | null;
  readonly orders: readonly { readonly body: Order; readonly signature: string }[] | null;
}

/** `$1`: the school; `$2`: now. */
const BESIDE = `(SELECT hash FROM site WHERE school = $1) AS site, (SELECT json_agg(o) FROM (SELECT body, signature FROM command
  WHERE school = $1 AND epoch = (SELECT epoch FROM school WHERE school = $1) AND taken_at IS NULL AND until > $2
  ORDER BY at, id LIMIT ${ORDERS_MAX}) o) AS orders`;

/** What an answer says beside how far the district is: orders that wait, and the hash of the site it has, empty where it has none. */
export interface BesideAnswer {
  readonly orders: SignedOrder[];
  readonly site: string;
}

const beside = ({ site, orders }: BesideRow): BesideAnswer => ({
  orders: (orders ?? []).map(({ body, signature }) => ({ order: body, signature })),
  site: site ?? '',
});

export async function besideAnswer(sql: Sql, school: string, now: number): Promise<BesideAnswer> {
  const [row] = await sql.query<BesideRow>(`SELECT ${BESIDE}`, [school, now]);
  return row ? beside(row) : { orders: [], site: '' };
}

/**
 * A sign of life of the process that spoke last, where there is nothing to judge and nothing missing: one statement, which waits for nobody. Resolves with undefined
 * where there is, or where a batch of the school is being taken.
 */
export async function signOfLife(
  sql: Sql,
  { school, boot, head, version, clock }: Pick<PollRequest, 'school' | 'boot' | 'head' | 'version' | 'clock'>,
  now: number,
): Promise<(BesideAnswer & { readonly have: number }) | undefined> {
  const [row] = await sql.query<BesideRow & { seq: number }>(
    `WITH free AS (SELECT school FROM cursor WHERE school = $1 AND boot = $3 AND held IS NULL AND seen_at > $2::bigint - ${LOST_MS}
       AND seq >= greatest(head, $4::bigint) FOR UPDATE SKIP LOCKED)
     UPDATE cursor c SET seen_at = greatest(c.seen_at, $2::bigint), head = greatest(c.head, $4::bigint), version = $5, clock_off = $6,
       level_at = $2, mark_head = NULL, mark_at = NULL
     FROM free WHERE c.school = free.school AND c.school = $1
     RETURNING c.seq, ${BESIDE}`,
    [school, now, boot, head, version, clock - now],
  );
  return row && { ...beside(row), have: row.seq };
}

/** Resolves with whether anything changed. */
export async function ordersTaken(sql: Sql, school: string, ids: readonly string[], now: number): Promise<boolean> {
  if (ids.length === 0) return false;
  const rows = await sql.query(
    'UPDATE command SET taken_at = $3 WHERE school = $1 AND id = ANY($2::text[]) AND taken_at IS NULL RETURNING id',
    [school, ids, now],
  );
  return rows.length > 0;
}
