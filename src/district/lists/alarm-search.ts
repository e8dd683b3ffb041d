/**
 * Alarms over all schools by what an officer looks for, newest first and a page at a time. Silent calls for help are found by those alone who may
 * know of them. Statements are built of our own pieces; what was typed is a parameter.
 */
import { kinds } from '../../words/trade-words.ts';
import { inSight, sightOf } from '../access/street-sight.ts';
import type { FoundAlarm, FoundAlarms } from '../board/list-types.ts';
import type { Sql } from '../database/database.ts';
import { pageKey, pageParams } from '../report/page-key.ts';

export interface AlarmQuestion {
  /** Words of which each must be found somewhere. */
  readonly text?: string | undefined;
  readonly kind?: string | undefined;
  readonly priority?: number | undefined;
  readonly street?: string | undefined;
  readonly school?: string | undefined;
  /** Raised in [from, to). */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly state: 'open' | 'closed' | 'all';
  /** The letter of its class, or the whole code, of the reason it was closed for. */
  readonly reason?: string | undefined;
  readonly before?: string | undefined;
}

/** Whose question it is. */
export interface AlarmSight {
  readonly streets: readonly string[];
  readonly covert: boolean;
}

interface FoundRow {
  readonly school: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly street: string;
  readonly id: number;
  readonly kind: string;
  readonly priority: number;
  readonly place_zh: string;
  readonly place_en: string;
  readonly why_zh: string | null;
  readonly why_en: string | null;
  readonly raised_at: number;
  readonly count: number;
  readonly acked_by: string | null;
  readonly acked_at: number | null;
  readonly arrived_at: number | null;
  readonly closed_by: string | null;
  readonly closed_at: number | null;
  readonly reason: string | null;
  readonly covert: boolean;
  readonly ahead: boolean;
}

const WORDS_MAX = 5;
/** Everything of an alarm that a word is looked for in. */
const haystack = `concat_ws(' ', '#' || a.id, s.name_zh, s.name_en, s.street, a.place_zh, a.place_en, a.why_zh, a.why_en, a.device,
  a.acked_by, a.first_acked_by, a.dispatched_to, a.arrived_by, a.closed_by, a.note, a.reason)`;

const like = (word: string): string => `%${word.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

/** Kinds of alarm that are called something with this word, in either language. */
const kindsCalled = (word: string): readonly string[] =>
  Object.entries(kinds).flatMap(([kind, { zh, en }]) =>
    `${zh} ${en}`.toLowerCase().includes(word.toLowerCase()) ? [kind] : [],
  );

/** Conditions with their parameters, numbered as they come. */
function conditions({ streets, covert }: AlarmSight, asked: AlarmQuestion) {
  const params: unknown[] = [sightOf({ streets })];
  const where = [inSight(1, 'a.school')];
  const add = (value: unknown, condition: (n: string) => string) => {
    params.push(value);
    where.push(condition(`$${params.length}`));
  };
  if (!covert) where.push('NOT a.covert');
  if (asked.state !== 'all') where.push(`a.closed_at IS ${asked.state === 'open' ? '' : 'NOT '}NULL`);
  if (asked.kind !== undefined) add(asked.kind, (n) => `a.kind = ${n}`);
  if (asked.priority !== undefined) add(asked.priority, (n) => `a.priority = ${n}`);
  if (asked.street !== undefined) add(asked.street, (n) => `s.street = ${n}`);
  if (asked.school !== undefined) add(asked.school, (n) => `a.school = ${n}`);
  if (asked.from !== undefined) add(asked.from, (n) => `a.raised_at >= ${n}`);
  if (asked.to !== undefined) add(asked.to, (n) => `a.raised_at < ${n}`);
  if (asked.reason !== undefined) add(like(asked.reason).slice(1), (n) => `a.reason LIKE ${n}`);
  const words = (asked.text ?? '').split(/\s+/).filter(Boolean).slice(0, WORDS_MAX);
  for (const word of words) {
    const called = kindsCalled(word);
    add(like(word), (n) => {
      params.push(JSON.stringify(called));
      return `(${haystack} ILIKE ${n} OR a.kind IN (SELECT jsonb_array_elements_text($${params.length}::jsonb)))`;
    });
  }
  const end = pageParams(asked.before);
  if (end[0] !== null) {
    params.push(...end);
    const [at, school, id] = [2, 1, 0].map((back) => `$${params.length - back}`);
    where.push(`(a.raised_at, a.school, a.id) < (${at}::bigint, ${school}::text, ${id}::bigint)`);
  }
  return { where: where.join(' AND '), params };
}

/** At most `limit` rows of the journals that schools have now. */
export async function findAlarms(
  sql: Sql,
  sight: AlarmSight,
  asked: AlarmQuestion,
  limit: number,
): Promise<FoundAlarms> {
  const { where, params } = conditions(sight, asked);
  const rows = await sql.query<FoundRow>(
    `SELECT a.*, s.name_zh, s.name_en, s.street FROM alarm a JOIN school s ON s.school = a.school AND s.epoch = a.epoch
      WHERE s.left_at IS NULL AND ${where} ORDER BY a.raised_at DESC, a.school DESC, a.id DESC LIMIT ${Math.floor(limit) + 1}`,
    params,
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    rows: shown.map(foundOf),
    ...(rows.length > limit && last && { next: pageKey({ at: last.raised_at, school: last.school, id: last.id }) }),
  };
}

function foundOf(row: FoundRow): FoundAlarm {
  const { school, street, id, kind, priority, count, covert, ahead } = row;
  return {
    ...{ school, name: { zh: row.name_zh, en: row.name_en }, street, id, kind, priority, count, covert, ahead },
    ...{ place: { zh: row.place_zh, en: row.place_en }, raisedAt: row.raised_at },
    ...(row.why_zh !== null && { why: { zh: row.why_zh, en: row.why_en ?? row.why_zh } }),
    ...(row.acked_by !== null && { ackedBy: row.acked_by }),
    ...(row.acked_at !== null && { ackedAt: row.acked_at }),
    ...(row.arrived_at !== null && { arrivedAt: row.arrived_at }),
    ...(row.closed_by !== null && { closedBy: row.closed_by }),
    ...(row.closed_at !== null && { closedAt: row.closed_at }),
    ...(row.reason !== null && { reason: row.reason }),
  };
}
