/**
 * What the read models say of every school in one month, for the assessment. Only the journal a school has now counts; one that was given up does
 * not. Every statement is one pass grouped by school. Nothing is judged here.
 */
import type { Sql } from '../database/database.ts';
import { answerMs, type SchoolMonth } from './assessment.ts';
import { lostTime, type WrittenSilence } from './lost-time.ts';

/** A month, as far as it is over. Times in ms; days as `2026-11-30`, the last one included. */
export interface MonthSpan {
  readonly from: number;
  readonly to: number;
  /** The first and last day that are over. */
  readonly days: readonly [string, string];
  /** Beginning of the quarter that ends with the month; undefined where it goes on. */
  readonly quarterFrom?: number;
}

const dayText = (at: number, offsetMs: number): string => new Date(at + offsetMs).toISOString().slice(0, 10);

/** The span of `2026-11` by the district's clock; undefined where it has not begun or is none. */
export function monthSpan(month: string, utcOffsetMin: number, now: number): MonthSpan | undefined {
  const match = /^(20\d\d)-(0[1-9]|1[0-2])$/.exec(month);
  if (!match) return undefined;
  const [year, number] = [Number(match[1]), Number(match[2])];
  const offset = utcOffsetMin * 60_000;
  const begin = (m: number): number => Date.UTC(year, m - 1, 1) - offset;
  const from = begin(number);
  const to = Math.min(begin(number + 1), now);
  if (to <= from) return undefined;
  const days = [dayText(from, offset), dayText(to - 1, offset)] as const;
  return { from, to, days, ...(number % 3 === 0 && { quarterFrom: begin(number - 2) }) };
}

interface SumsRow {
  readonly school: string;
  readonly [column: string]: unknown;
}
const bySchool = (rows: readonly SumsRow[]): ReadonlyMap<string, SumsRow> =>
  new Map(rows.map((row) => [row.school, row]));
const num = (row: SumsRow | undefined, column: string): number => Number(row?.[column] ?? 0);

/** Of the journal that a school has now. */
const current = 'JOIN school USING (school, epoch)';

const statements = {
  urgent: `SELECT school, count(*) AS raised,
      count(*) FILTER (WHERE first_acked_at - raised_at <= $3) AS in_time,
      coalesce(jsonb_agg(first_acked_at - raised_at) FILTER (WHERE first_acked_at IS NOT NULL), '[]') AS waits
    FROM alarm ${current} WHERE priority = 1 AND NOT covert AND NOT ahead AND raised_at >= $1 AND raised_at < $2 GROUP BY school`,
  points: `SELECT school, sum(due) AS due, sum(on_time) AS on_time, sum(missed) AS missed
    FROM round ${current} WHERE completed_at IS NOT NULL AND NOT cancelled AND day BETWEEN $1 AND $2 GROUP BY school`,
  kitchen: `SELECT school, sum(up_ms) AS up, sum(due_ms) AS due
    FROM camera_day ${current} WHERE kitchen AND day BETWEEN $1 AND $2 GROUP BY school`,
  rectify: `SELECT school, count(*) AS open,
      count(*) FILTER (WHERE due_at < $2 AND (answered_at IS NULL OR answered_at >= $2) AND (closed_at IS NULL OR closed_at >= $2)) AS overdue
    FROM rectification ${current} WHERE opened_at < $2 AND (closed_at IS NULL OR closed_at >= $1) GROUP BY school`,
  nuisance: `SELECT school, count(*) AS closed
    FROM alarm ${current} WHERE NOT covert AND closed_at >= $1 AND closed_at < $2 AND (reason LIKE 'B%' OR reason LIKE 'C%') GROUP BY school`,
  zones: `SELECT school, (SELECT count(*) FROM jsonb_object_keys(body->'zones')) AS zones FROM site WHERE jsonb_typeof(body->'zones') = 'object'`,
  drills: `SELECT school, count(*) FILTER (WHERE started_at >= $1) AS month, count(*) AS quarter
    FROM drill ${current} WHERE ended_at IS NOT NULL AND broken_at IS NULL AND present > 0 AND started_at >= $3 AND started_at < $2 GROUP BY school`,
} as const;
const silences = 'SELECT school, since, until FROM outage WHERE since < $2 AND coalesce(until, $2) > $1';

async function figures(sql: Sql, { from, to, days, quarterFrom }: MonthSpan) {
  const ask = async (name: keyof typeof statements, params: readonly unknown[]) =>
    bySchool(await sql.query<SumsRow>(statements[name], params));
  return {
    urgent: await ask('urgent', [from, to, answerMs]),
    points: await ask('points', days),
    kitchen: await ask('kitchen', days),
    rectify: await ask('rectify', [from, to]),
    nuisance: await ask('nuisance', [from, to]),
    zones: await ask('zones', []),
    drills: await ask('drills', [from, to, quarterFrom ?? from]),
    lost: lostTime(await sql.query<WrittenSilence>(silences, [from, to]), from, to),
  };
}

interface SchoolRow {
  readonly school: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly street: string;
  readonly kind: 'school' | 'kindergarten';
}

/** `streets`: whose schools; of none, all. Schools that left before the month, or joined after it, are not in it. */
export async function gatherMonths(
  sql: Sql,
  span: MonthSpan,
  streets: readonly string[],
): Promise<readonly SchoolMonth[]> {
  const schools = await sql.query<SchoolRow>(
    `SELECT school, name_zh, name_en, street, kind FROM school
      WHERE joined_at < $2 AND (left_at IS NULL OR left_at >= $1) AND ($3::jsonb = '[]'::jsonb OR $3::jsonb ? street) ORDER BY school`,
    [span.from, span.to, JSON.stringify(streets)],
  );
  const of = await figures(sql, span);
  return schools.map(({ school, name_zh: zh, name_en: en, street, kind }): SchoolMonth => {
    const [urgent, points, kitchen] = [of.urgent.get(school), of.points.get(school), of.kitchen.get(school)];
    const [rectify, zones, drills] = [of.rectify.get(school), of.zones.get(school), of.drills.get(school)];
    const quarterly = kind === 'kindergarten';
    return {
      ...{
        school,
        name: { zh, en },
        street,
        kind,
        lengthMs: span.to - span.from,
        lostMs: of.lost.get(school) ?? 0,
      },
      urgent: {
        raised: num(urgent, 'raised'),
        inTime: num(urgent, 'in_time'),
        waits: (urgent?.waits ?? []) as readonly number[],
      },
      points: { due: num(points, 'due'), onTime: num(points, 'on_time'), missed: num(points, 'missed') },
      kitchen: { upMs: num(kitchen, 'up'), dueMs: num(kitchen, 'due') },
      rectifications: { open: num(rectify, 'open'), overdue: num(rectify, 'overdue') },
      nuisance: { closed: num(of.nuisance.get(school), 'closed'), ...(zones && { zones: num(zones, 'zones') }) },
      drills: {
        due: quarterly && span.quarterFrom === undefined ? 0 : 1,
        done: num(drills, quarterly ? 'quarter' : 'month'),
      },
    };
  });
}
