/**
 * Patrol and canteen figures of schools, by day and over all days that were asked for: sums of what the read models hold, of the journals that
 * schools have now. It counts and judges nothing; a day of which nothing was due has no rate.
 */
import { inSight, sightOf } from '../access/street-sight.ts';
import type { CanteenRates, PatrolRates, RatesAnswer } from '../board/list-types.ts';
import type { Sql } from '../database/database.ts';

export interface RatesQuestion {
  readonly streets: readonly string[];
  /** `2026-11-30`; both days are in it. */
  readonly from: string;
  readonly to: string;
  readonly street?: string | undefined;
  readonly school?: string | undefined;
  /** The school after which the page begins. */
  readonly after?: string | undefined;
  readonly limit: number;
  /** The district's time, for what is overdue. */
  readonly now: number;
  /** The times at which the days begin and end, for what was closed in them. */
  readonly span: readonly [from: number, to: number];
}

const DAY_MS = 86_400_000;

/** Every day from one to the other. */
export function daysFrom(from: string, to: string): readonly string[] {
  const [first, last] = [Date.parse(from), Date.parse(to)];
  const count = Math.max(0, Math.round((last - first) / DAY_MS) + 1);
  return Array.from({ length: count }, (_, i) => new Date(first + i * DAY_MS).toISOString().slice(0, 10));
}

interface RatedSchool {
  readonly school: string;
  readonly epoch: number;
  readonly name_zh: string;
  readonly name_en: string;
  readonly street: string;
}

/** One page of schools, by name in addresses. */
async function schoolsOf(sql: Sql, asked: RatesQuestion): Promise<readonly RatedSchool[]> {
  return await sql.query<RatedSchool>(
    `SELECT school, epoch, name_zh, name_en, street FROM school WHERE left_at IS NULL AND ${inSight(1)}
       AND ($2::text IS NULL OR street = $2) AND ($3::text IS NULL OR school = $3) AND ($4::text IS NULL OR school > $4)
     ORDER BY school LIMIT ${Math.floor(asked.limit) + 1}`,
    [sightOf(asked), asked.street ?? null, asked.school ?? null, asked.after ?? null],
  );
}

/** Sums of one table by school and day. `statement` is ours: parameters 1 schools, 2 and 3 days. */
async function sums<T extends { readonly school: string }>(
  sql: Sql,
  statement: string,
  params: readonly unknown[],
): Promise<ReadonlyMap<string, readonly T[]>> {
  const found = new Map<string, T[]>();
  for (const row of await sql.query<T>(statement, params))
    found.set(row.school, [...(found.get(row.school) ?? []), row]);
  return found;
}

const total = <T>(rows: readonly T[], of: (row: T) => number): number => rows.reduce((sum, row) => sum + of(row), 0);
const page = <T>(asked: RatesQuestion, schools: readonly RatedSchool[], rows: readonly T[]): RatesAnswer<T> => {
  const last = schools[asked.limit - 1];
  return {
    days: daysFrom(asked.from, asked.to),
    rows,
    ...(schools.length > asked.limit && last && { next: last.school }),
  };
};
const mine = '(SELECT jsonb_array_elements_text($1::jsonb))';

interface PatrolSums {
  readonly school: string;
  readonly day: string;
  readonly rounds: number;
  readonly due: number;
  readonly reached: number;
  readonly on_time: number;
  readonly missed: number;
}

export async function patrolRates(sql: Sql, asked: RatesQuestion): Promise<RatesAnswer<PatrolRates>> {
  const schools = await schoolsOf(sql, asked);
  const shown = schools.slice(0, asked.limit);
  const days = await sums<PatrolSums>(
    sql,
    `SELECT school, day, count(*)::int AS rounds, sum(due)::int AS due, sum(reached)::int AS reached, sum(on_time)::int AS on_time, sum(missed)::int AS missed
       FROM round JOIN school USING (school, epoch)
      WHERE school IN ${mine} AND day BETWEEN $2 AND $3 AND completed_at IS NOT NULL AND NOT cancelled
      GROUP BY school, day ORDER BY day`,
    [JSON.stringify(shown.map(({ school }) => school)), asked.from, asked.to],
  );
  const rows = shown.map(({ school, street, name_zh: zh, name_en: en }): PatrolRates => {
    const of = days.get(school) ?? [];
    return {
      ...{ school, name: { zh, en }, street },
      rounds: total(of, ({ rounds }) => rounds),
      due: total(of, ({ due }) => due),
      reached: total(of, ({ reached }) => reached),
      onTime: total(of, (row) => row.on_time),
      missed: total(of, ({ missed }) => missed),
      days: of.map(({ day, reached: good, due }) => ({ day, good, of: due })),
    };
  });
  return page(asked, schools, rows);
}

interface CameraSums {
  readonly school: string;
  readonly day: string;
  readonly cameras: number;
  readonly up: number;
  readonly due: number;
}
interface LedgerSums {
  readonly school: string;
  readonly open: number;
  readonly overdue: number;
  readonly closed: number;
}

export async function canteenRates(sql: Sql, asked: RatesQuestion): Promise<RatesAnswer<CanteenRates>> {
  const schools = await schoolsOf(sql, asked);
  const shown = schools.slice(0, asked.limit);
  const names = JSON.stringify(shown.map(({ school }) => school));
  const days = await sums<CameraSums>(
    sql,
    `SELECT school, day, count(*)::int AS cameras, sum(up_ms)::bigint AS up, sum(due_ms)::bigint AS due
       FROM camera_day JOIN school USING (school, epoch)
      WHERE school IN ${mine} AND kitchen AND day BETWEEN $2 AND $3 GROUP BY school, day ORDER BY day`,
    [names, asked.from, asked.to],
  );
  const ledger = await sums<LedgerSums>(
    sql,
    `SELECT school, count(*) FILTER (WHERE closed_at IS NULL)::int AS open,
        count(*) FILTER (WHERE closed_at IS NULL AND answered_at IS NULL AND due_at < $2)::int AS overdue,
        count(*) FILTER (WHERE closed_at >= $3 AND closed_at < $4)::int AS closed
       FROM rectification JOIN school USING (school, epoch) WHERE school IN ${mine} GROUP BY school`,
    [names, asked.now, ...asked.span],
  );
  const rows = shown.map(({ school, street, name_zh: zh, name_en: en }): CanteenRates => {
    const of = days.get(school) ?? [];
    const { open = 0, overdue = 0, closed = 0 } = ledger.get(school)?.[0] ?? {};
    return {
      ...{ school, name: { zh, en }, street, open, overdue, closed },
      cameras: Math.max(0, ...of.map(({ cameras }) => cameras)),
      upMs: total(of, ({ up }) => up),
      dueMs: total(of, ({ due }) => due),
      days: of.map(({ day, up, due }) => ({ day, good: up, of: due })),
    };
  });
  return page(asked, schools, rows);
}
