/**
 * Rows of the read models, files, orders and silences that are old enough go, one school after the other, each with one line in the trail. It must never
 * take a row that is open: an alarm nobody closed, an order nobody answered, a rectification, a drill.
 */
import type { OfficerTrail } from '../access/trail.ts';
import type { CutBefore, KeptClass } from '../board/keep-rules.ts';
import type { Database } from '../database/database.ts';
import { persisting } from '../database/open-database.ts';
import { knownCursor } from '../ingest/cursor-row.ts';
import { heldIncidents, type KeptJournal } from './held-back.ts';

interface RowRule {
  readonly table: string;
  readonly of: KeptClass;
  /** `$1` school, `$2` epoch, `$3` time, `$4` whether it is the present journal. Ours, never what somebody sent. */
  readonly where: string;
}

const ofJournal = 'school = $1 AND epoch = $2';
const closed = (at: string, else_: string): string => `coalesce(${at}, CASE WHEN $4 THEN NULL ELSE ${else_} END) < $3`;
const journal = 'SELECT received_at FROM journal j WHERE j.school = $1 AND j.epoch = $2';
/** Times are the school's, whose clock may have been years behind: a row is no older than the line it came by. */
const came = (seq: string): string => `(${journal} AND j.seq = ${seq}) < $3`;
/** Where no line is known, no older than the journal. */
const journalCame = `(${journal} ORDER BY j.seq LIMIT 1) < $3`;

/** Of each journal, in this order: deeds after the alarms they belong to. */
const journalRules: readonly RowRule[] = [
  {
    ...{ table: 'alarm', of: 'alarm' },
    where: `${ofJournal} AND NOT ahead AND coalesce(incident, id) NOT IN (${heldIncidents})`,
  },
  {
    ...{ table: 'deed', of: 'alarm' },
    where: `${ofJournal} AND $4::boolean IS NOT NULL AND at < $3 AND ${came('deed.seq')} AND (alarm IS NULL OR NOT EXISTS
      (SELECT 1 FROM alarm a WHERE a.school = $1 AND a.epoch = $2 AND a.id = deed.alarm))`,
  },
  {
    table: 'round',
    of: 'patrol',
    where: `${ofJournal} AND start < $3 AND ${journalCame} AND (NOT $4 OR result IS NOT NULL OR cancelled)`,
  },
  {
    ...{ table: 'camera_day', of: 'patrol' },
    where: `${ofJournal} AND $4::boolean IS NOT NULL AND ${journalCame} AND day < to_char(to_timestamp($3::bigint / 1000.0) AT TIME ZONE 'UTC', 'YYYY-MM-DD')`,
  },
  {
    ...{ table: 'rectification', of: 'patrol' },
    where: `${ofJournal} AND ${closed('closed_at', 'opened_at')} AND ${came('rectification.id')}`,
  },
  {
    ...{ table: 'drill', of: 'patrol' },
    where: `${ofJournal} AND ${closed('coalesce(ended_at, broken_at)', 'started_at')} AND ${came('drill.id')}`,
  },
  {
    table: 'command',
    of: 'orders',
    where: `${ofJournal} AND $4::boolean IS NOT NULL AND at < $3 AND coalesce(done_at, CASE WHEN taken_at IS NULL THEN until END) < $3`,
  },
];

/** Of a school, whatever its journals. */
const schoolRules: readonly RowRule[] = [
  { table: 'sent_file', of: 'files', where: 'school = $1 AND at < $2' },
  { table: 'outage', of: 'alarm', where: 'school = $1 AND until < $2' },
  { table: 'quarantine', of: 'alarm', where: "school = $1 AND at < $2 AND (settled_at IS NOT NULL OR code = 'line')" },
  { table: 'school_trouble', of: 'alarm', where: 'school = $1 AND last_at < $2' },
];

/** Rows that went, by table. */
export type RowsCut = Readonly<Record<string, number>>;

/** Of one school and all its journals, in one transaction. Rejects with DatabaseError. */
export async function cutRows(
  db: Database,
  trail: OfficerTrail,
  school: string,
  places: readonly KeptJournal[],
  before: CutBefore,
): Promise<RowsCut> {
  return await persisting(db, async (sql) => {
    await knownCursor(sql, school);
    const went: Record<string, number> = {};
    const cut = async ({ table, where }: RowRule, params: readonly unknown[]) => {
      const [row] = await sql.query<{ n: number }>(
        `WITH gone AS (DELETE FROM ${table} WHERE ${where} RETURNING 1) SELECT count(*) AS n FROM gone`,
        params,
      );
      if (row && row.n > 0) went[table] = (went[table] ?? 0) + row.n;
    };
    const limit = (of: KeptClass) => Math.floor(before[of]);
    const goes = ({ of }: RowRule) => limit(of) > 0 && Number.isFinite(limit(of));
    for (const { epoch, present } of places)
      for (const rule of journalRules.filter(goes)) await cut(rule, [school, epoch, limit(rule.of), present]);
    for (const rule of schoolRules.filter(goes)) await cut(rule, [school, limit(rule.of)]);
    if (Object.keys(went).length > 0) await trail.appendIn(sql, { officer: '-', kind: 'rows-cut', school, body: went });
    return went;
  });
}
