/**
 * Drills across schools: who has held one in his month or quarter, who is due, who is overdue, and what was held. It goes by the rule that the
 * school's own page goes by, and by the school's calendar where it has sent one. It reads and judges nothing else.
 */
import { drillDue, type HeldDrill } from '../../core/drill/drill-due.ts';
import type { Calendar, DaySpan, DrillKind } from '../../core/types.ts';
import type { DrillCounts, DrillStand, HeldDrillRow, SchoolDrills } from '../board/drill-count-types.ts';
import type { Sql } from '../database/database.ts';

/** Two quarters and a little: what a quarter and the one before may hold. */
const backMs = 190 * 86_400_000;
const recentMax = 200;
/** A school that sends more is not believed further. Ours. */
const daysMax = 400;

interface SchoolLine {
  readonly school: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly street: string;
  readonly kind: 'school' | 'kindergarten';
  readonly joined_at: number;
  readonly calendar: unknown;
}
interface DrillLine {
  readonly school: string;
  readonly id: number;
  readonly started_at: number;
  readonly kind: string;
  readonly ended_at: number | null;
  readonly broken_at: number | null;
  readonly all_present_at: number | null;
  readonly present: number;
  readonly due: number;
  readonly problems: number;
}

export interface DrillCountQuery {
  /** Of none, all. */
  readonly streets: readonly string[];
  readonly now: number;
  readonly utcOffsetMin: number;
}

const isDay = (day: unknown): day is number => Number.isSafeInteger(day);
const spansOf = (said: unknown): DaySpan[] =>
  (Array.isArray(said) ? said : [])
    .slice(0, daysMax)
    .filter((one): one is DaySpan => isDay(one?.from) && isDay(one?.to));

/** A calendar as a school sent it, as far as it is one. It came from outside. */
export function soundCalendar(said: unknown): Calendar | undefined {
  if (typeof said !== 'object' || said === null) return undefined;
  const { terms, holidays, exceptions } = said as Partial<Record<keyof Calendar, unknown>>;
  const days = (Array.isArray(exceptions) ? exceptions : []).slice(0, daysMax);
  return {
    ...{ terms: spansOf(terms), holidays: spansOf(holidays) },
    exceptions: days.filter((one) => isDay(one?.day) && (one.as === 'holiday' || isDay(one.as))),
  };
}

/** As the rule takes it: seen through, broken off, or running, and whether somebody was counted. */
const heldOf = ({ started_at: at, ended_at: endedAt, broken_at: brokenAt, present, due }: DrillLine): HeldDrill => ({
  at,
  ...(endedAt !== null && { over: { at: endedAt, how: brokenAt === null ? 'ended' : 'broken-off' } }),
  classes: [{ id: '', title: { zh: '', en: '' }, due, taps: 1, count: { present, due, at } }],
});

const order: Readonly<Record<DrillStand, number>> = { overdue: 0, due: 1, exempt: 2, held: 3 };
const nameOf = ({ name_zh: zh, name_en: en }: SchoolLine) => ({ zh, en });

function standing(
  line: SchoolLine,
  drills: readonly DrillLine[],
  { now, utcOffsetMin }: DrillCountQuery,
): SchoolDrills {
  const { school, street, kind, joined_at: joinedAt } = line;
  const every = kind === 'kindergarten' ? 'quarter' : 'month';
  const plan = { every, calendar: soundCalendar(line.calendar), utcOffsetMin } as const;
  const { stands, held, daysLeft, lastAt } = drillDue(plan, drills.map(heldOf), joinedAt, now);
  const running = drills.find(({ ended_at: endedAt }) => endedAt === null);
  return {
    ...{ school, name: nameOf(line), street, kind, stands, held, daysLeft },
    ...(lastAt !== undefined && { lastAt }),
    ...(running && { runningSince: running.started_at }),
  };
}

function rowOf(drill: DrillLine, line: SchoolLine): HeldDrillRow {
  const { school, id, started_at: startedAt, kind, all_present_at: allAt, present, due, problems } = drill;
  const how = drill.broken_at !== null ? 'broken-off' : drill.ended_at === null ? 'running' : 'ended';
  return {
    ...{ school, name: nameOf(line), id, startedAt, exercise: kind as DrillKind, how, present, due, problems },
    ...(allAt !== null && { tookMs: Math.max(0, allAt - startedAt) }),
  };
}

const seen = `s.left_at IS NULL AND ($1::jsonb = '[]'::jsonb OR $1::jsonb ? s.street)`;

/** How all schools of these streets stand, and what was held. */
export async function drillCounts(sql: Sql, query: DrillCountQuery): Promise<DrillCounts> {
  const { streets, now } = query;
  const scope = JSON.stringify(streets);
  const lines = await sql.query<SchoolLine>(
    `SELECT s.school, s.name_zh, s.name_en, s.street, s.kind, s.joined_at, i.body -> 'calendar' AS calendar
      FROM school s LEFT JOIN site i ON i.school = s.school WHERE ${seen} ORDER BY s.name_zh, s.school`,
    [scope],
  );
  const drills = await sql.query<DrillLine>(
    `SELECT d.school, d.id, d.started_at, d.kind, d.ended_at, d.broken_at, d.all_present_at, d.present, d.due,
        jsonb_array_length(d.problems) AS problems
      FROM drill d JOIN school s USING (school, epoch) WHERE ${seen} AND d.started_at >= $2 ORDER BY d.started_at DESC, d.school, d.id`,
    [scope, now - backMs],
  );
  const bySchool = new Map<string, DrillLine[]>();
  for (const drill of drills) bySchool.set(drill.school, [...(bySchool.get(drill.school) ?? []), drill]);
  const schools = lines.map((line) => standing(line, bySchool.get(line.school) ?? [], query));
  const known = new Map(lines.map((line) => [line.school, line]));
  const counts: Record<DrillStand, number> = { held: 0, due: 0, overdue: 0, exempt: 0 };
  for (const { stands } of schools) counts[stands]++;
  return {
    ...{ now, counts, schools: schools.sort((a, b) => order[a.stands] - order[b.stands]) },
    recent: drills.slice(0, recentMax).flatMap((drill) => {
      const line = known.get(drill.school);
      return line ? [rowOf(drill, line)] : [];
    }),
  };
}
