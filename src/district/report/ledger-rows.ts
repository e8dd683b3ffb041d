/** The ledger of rectifications across schools: what is open, whose, and until when. It reads and judges nothing but whether a date is past. */

import type { LedgerAnswer, LedgerRow } from '../board/report-types.ts';
import type { Sql } from '../database/database.ts';
import { pageKey, pageParams } from './page-key.ts';

export interface LedgerQuery {
  readonly state: 'open' | 'overdue' | 'all';
  readonly school?: string;
  /** Of none, all. */
  readonly streets: readonly string[];
  readonly now: number;
  readonly before?: string;
  readonly limit: number;
}

interface RectificationRow {
  readonly school: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly street: string;
  readonly id: number;
  readonly state: string;
  readonly kind: string | null;
  readonly place_zh: string | null;
  readonly place_en: string | null;
  readonly what: string | null;
  readonly opened_at: number;
  readonly due_at: number | null;
  readonly taken_by: string | null;
  readonly answered_at: number | null;
  readonly closed_at: number | null;
  readonly closed_by: string | null;
}

/** Past its date and neither closed nor answered in time. */
const late = 'r.closed_at IS NULL AND r.answered_at IS NULL AND r.due_at < $3';
const seen = `($1::jsonb = '[]'::jsonb OR $1::jsonb ? s.street) AND ($2::text IS NULL OR r.school = $2)`;

/** The rows of the query, the newest first, and how many are open and overdue in all of them. */
export async function ledgerRows(sql: Sql, query: LedgerQuery): Promise<LedgerAnswer> {
  const { state, school, streets, now, limit } = query;
  const scope = [JSON.stringify(streets), school ?? null, now];
  const which = { open: 'r.closed_at IS NULL', overdue: late, all: '$3::bigint IS NOT NULL' }[state];
  const rows = await sql.query<RectificationRow>(
    `SELECT r.*, s.name_zh, s.name_en, s.street FROM rectification r JOIN school s USING (school, epoch)
      WHERE ${seen} AND $3::bigint IS NOT NULL AND ${which} AND ($4::bigint IS NULL OR (r.opened_at, r.school, r.id) < ($4, $5, $6))
      ORDER BY r.opened_at DESC, r.school DESC, r.id DESC LIMIT $7`,
    [...scope, ...pageParams(query.before), limit + 1],
  );
  const [counts] = await sql.query<{ open: number; overdue: number }>(
    `SELECT count(*) FILTER (WHERE r.closed_at IS NULL) AS open, count(*) FILTER (WHERE ${late}) AS overdue
      FROM rectification r JOIN school s USING (school, epoch) WHERE ${seen}`,
    scope,
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    now,
    rows: shown.map((row) => rowOf(row, now)),
    open: Number(counts?.open ?? 0),
    overdue: Number(counts?.overdue ?? 0),
    ...(rows.length > limit && last && { next: pageKey({ at: last.opened_at, school: last.school, id: last.id }) }),
  };
}

function rowOf(row: RectificationRow, now: number): LedgerRow {
  const { school, street, id, state, opened_at: openedAt } = row;
  return {
    ...{ school, name: { zh: row.name_zh, en: row.name_en }, street, id, state, openedAt },
    ...(row.kind !== null && { kind: row.kind }),
    ...(row.place_zh !== null && { place: { zh: row.place_zh, en: row.place_en ?? row.place_zh } }),
    ...(row.what !== null && { what: row.what }),
    ...(row.due_at !== null && { dueAt: row.due_at }),
    ...(row.taken_by !== null && { takenBy: row.taken_by }),
    ...(row.answered_at !== null && { answeredAt: row.answered_at }),
    ...(row.closed_at !== null && { closedAt: row.closed_at }),
    ...(row.closed_by !== null && { closedBy: row.closed_by }),
    overdue: row.closed_at === null && row.answered_at === null && row.due_at !== null && row.due_at < now,
  };
}
