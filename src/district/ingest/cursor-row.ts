/**
 * How far the district is with a school: one row, locked by whoever takes something of that school in, and always the first thing a transaction
 * locks. It must never be written without that lock.
 */
import type { RefusalCode } from '../../uplink/protocol.ts';
import type { Sql } from '../database/database.ts';
import { jsonText, storable } from '../database/json-rows.ts';
import { SchoolRefused } from './refuse.ts';

/** A process that spoke before, and the school's time when another did. */
export interface EarlierBoot {
  readonly boot: string;
  readonly until: number;
}

/** As the table has it. Times are ms since 1970. */
export interface CursorRow {
  school: string;
  epoch: number;
  seq: number;
  roots: readonly string[];
  log: string | null;
  boot: string | null;
  boots: readonly EarlierBoot[];
  head: number;
  seen_at: number | null;
  told_at: number | null;
  /** By the district's clock: all that the school had then is here. */
  level_at: number | null;
  /** While lines are missing: how many it said to have, and when, by the district's clock. */
  mark_head: number | null;
  mark_at: number | null;
  clock_off: number | null;
  version: string | null;
  filter: string | null;
  held: RefusalCode | null;
  held_at: number | null;
  cosigned_size: number | null;
  cosigned_at: number | null;
  /** The day of the district's clock, days since 1970, and the bytes by which the school's journal grew on it. */
  day: number | null;
  day_bytes: number;
}

/** The row, and the hash of the site that is here, empty where there is none. */
export type LockedCursor = CursorRow & { readonly site: string };

const ROW = 'SELECT * FROM cursor WHERE school = $1';
const SITE = 'SELECT hash FROM site WHERE school = $1';

/**
 * The row, locked until the transaction ends; undefined where the school never spoke. The site is asked for by a statement of its own, which sees
 * what was kept while this one waited for the lock.
 */
export async function knownCursor(sql: Sql, school: string): Promise<LockedCursor | undefined> {
  const [[row], [site]] = await Promise.all([
    sql.query<CursorRow>(`${ROW} FOR UPDATE`, [school]),
    sql.query<{ hash: string }>(SITE, [school]),
  ]);
  return row && { ...row, site: site?.hash ?? '' };
}

/** The row, locked until the transaction ends. Rejects with SchoolRefused where there is no such school. */
export async function lockCursor(sql: Sql, school: string): Promise<LockedCursor> {
  const row = await knownCursor(sql, school);
  if (row) return row;
  const [known] = await sql.query<{ epoch: number }>('SELECT epoch FROM school WHERE school = $1 AND left_at IS NULL', [
    school,
  ]);
  if (!known) throw new SchoolRefused('school-unknown', school);
  await sql.query('INSERT INTO cursor (school, epoch) VALUES ($1, $2) ON CONFLICT DO NOTHING', [school, known.epoch]);
  const fresh = await knownCursor(sql, school);
  if (!fresh) throw new SchoolRefused('school-unknown', school);
  return fresh;
}

/** The row as it was kept last, without waiting for whoever has it locked; undefined where there is none yet. */
export async function readCursor(sql: Sql, school: string): Promise<CursorRow | undefined> {
  const [row] = await sql.query<CursorRow>(ROW, [school]);
  return row;
}

/** The row, locked, where nobody has it locked and it is there. */
export async function lockFreeCursor(sql: Sql, school: string): Promise<CursorRow | undefined> {
  const [row] = await sql.query<CursorRow>(`${ROW} FOR UPDATE SKIP LOCKED`, [school]);
  return row;
}

export async function saveCursor(sql: Sql, row: CursorRow): Promise<void> {
  await sql.query(
    `UPDATE cursor SET seq = $2, roots = $3::jsonb, log = $4, boot = $5, boots = $6::jsonb, head = $7, seen_at = $8, told_at = $9,
     clock_off = $10, version = $11, filter = $12, held = $13, held_at = $14, cosigned_size = $15, cosigned_at = $16,
     level_at = $17, mark_head = $18, mark_at = $19, day = $20, day_bytes = $21 WHERE school = $1`,
    [
      ...[row.school, row.seq, jsonText(row.roots), row.log, row.boot, jsonText(row.boots), row.head, row.seen_at],
      ...[row.told_at, row.clock_off, row.version, row.filter, row.held, row.held_at, row.cosigned_size],
      ...[row.cosigned_at, row.level_at, row.mark_head, row.mark_at, row.day, row.day_bytes],
    ],
  );
}

/** What was not folded in. `id` names it for ever: the same thing put aside again changes nothing. */
export interface SetAside {
  readonly id: string;
  readonly code: string;
  readonly seq: number;
  readonly why: { readonly zh: string; readonly en: string };
  readonly body: string;
}

const BODY_MAX = 100_000;

export async function setAside(
  sql: Sql,
  { school, epoch }: Pick<CursorRow, 'school' | 'epoch'>,
  rows: readonly SetAside[],
  now: number,
): Promise<void> {
  if (rows.length === 0) return;
  const text = jsonText(
    rows.map(({ why, body, ...row }) => ({ ...row, ...why, body: storable(body.slice(0, BODY_MAX)) })),
  );
  await sql.query(
    `INSERT INTO quarantine (school, id, at, code, epoch, seq, zh, en, body)
     SELECT $1, r.id, $3, r.code, $2, r.seq, r.zh, r.en, r.body
     FROM json_to_recordset($4::json) AS r(id text, code text, seq bigint, zh text, en text, body text)
     ON CONFLICT DO NOTHING`,
    [school, epoch, now, text],
  );
}
