/**
 * Accountability: alarms with who was told of them, who acted, and what the bureau asked, each from a line of the school's journal or the district's
 * own record. Silent calls for help are for those who may see them. It reads and judges nothing.
 */

import type { AccountAlarm, AccountAnswer, AccountDeed } from '../board/report-types.ts';
import type { Sql } from '../database/database.ts';
import { pageKey, pageParams } from './page-key.ts';

export interface AccountQuery {
  readonly from: number;
  readonly to: number;
  /** One school; absent: all of the streets. */
  readonly school?: string;
  /** This and what is more pressing. */
  readonly priority: number;
  /** Of none, all. */
  readonly streets: readonly string[];
  readonly covert: boolean;
  /** Where the page before ended. */
  readonly before?: string;
  readonly limit: number;
}

interface AlarmRow {
  readonly school: string;
  readonly epoch: number;
  readonly id: number;
  readonly name_zh: string;
  readonly name_en: string;
  readonly kind: string;
  readonly priority: number;
  readonly place_zh: string;
  readonly place_en: string;
  readonly raised_at: number;
  readonly acked_by: string | null;
  readonly acked_at: number | null;
  readonly first_acked_by: string | null;
  readonly first_acked_at: number | null;
  readonly dispatched_to: string | null;
  readonly arrived_at: number | null;
  readonly closed_by: string | null;
  readonly closed_at: number | null;
  readonly reason: string | null;
}
interface DeedRow {
  readonly school: string;
  readonly alarm: number;
  readonly at: number;
  readonly kind: string;
  readonly who: string | null;
  readonly channel: string | null;
  readonly outcome: string | null;
}
interface OrderRow extends Pick<DeedRow, 'school' | 'alarm' | 'at' | 'kind' | 'outcome'> {
  readonly officer: string;
  readonly done_by: string | null;
  readonly answer: string | null;
}
/** A field that is there where the column is not null. */
const opt = <K extends string, V>(key: K, value: V | null | undefined) =>
  (value === null || value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V };

const alarmsOf = `SELECT a.*, s.name_zh, s.name_en FROM alarm a JOIN school s USING (school, epoch)
  WHERE a.raised_at >= $1 AND a.raised_at < $2 AND a.priority <= $3 AND NOT a.ahead AND (NOT a.covert OR $4)
    AND ($5::jsonb = '[]'::jsonb OR $5::jsonb ? s.street) AND ($6::text IS NULL OR a.school = $6)
    AND ($7::bigint IS NULL OR (a.raised_at, a.school, a.id) < ($7, $8, $9))
  ORDER BY a.raised_at DESC, a.school DESC, a.id DESC LIMIT $10`;

/** The alarms of the query, the newest first. A `before` that is none begins at the newest. */
export async function accounts(sql: Sql, query: AccountQuery): Promise<AccountAnswer> {
  const { from, to, priority, covert, streets, school, limit } = query;
  const params = [from, to, priority, covert, JSON.stringify(streets), school ?? null, ...pageParams(query.before)];
  const rows = await sql.query<AlarmRow>(alarmsOf, [...params, limit + 1]);
  const shown = rows.slice(0, limit);
  const keys = JSON.stringify(shown.map((row) => ({ school: row.school, epoch: row.epoch, alarm: row.id })));
  const wanted = 'jsonb_to_recordset($1::jsonb) AS w(school text, epoch integer, alarm bigint)';
  const deeds = await sql.query<DeedRow>(
    `SELECT d.school, d.alarm, d.at, d.kind, d.who, d.channel, d.outcome
      FROM deed d JOIN ${wanted} USING (school, epoch, alarm) ORDER BY d.school, d.seq`,
    [keys],
  );
  const orders = await sql.query<OrderRow>(
    `SELECT c.school, w.alarm, c.kind, c.at, c.officer, c.outcome, c.done_by, c.detail ->> 'text' AS answer
      FROM command c JOIN ${wanted} ON c.school = w.school AND c.epoch = w.epoch AND (c.body->>'alarm')::bigint = w.alarm ORDER BY c.at`,
    [keys],
  );
  const last = shown.at(-1);
  const next = rows.length > limit && last && pageKey({ at: last.raised_at, school: last.school, id: last.id });
  return { alarms: shown.map((row) => alarmOf(row, deeds, orders)), ...(next && { next }) };
}

function alarmOf(row: AlarmRow, deeds: readonly DeedRow[], orders: readonly OrderRow[]): AccountAlarm {
  const { school, id, kind, priority } = row;
  const mine = (one: { readonly school: string; readonly alarm: number }) => one.school === school && one.alarm === id;
  return {
    ...{ school, name: { zh: row.name_zh, en: row.name_en }, id, kind, priority },
    place: { zh: row.place_zh, en: row.place_en },
    raisedAt: row.raised_at,
    ...opt('ackedBy', row.first_acked_by ?? row.acked_by),
    ...opt('ackedAt', row.first_acked_at ?? row.acked_at),
    ...opt('dispatchedTo', row.dispatched_to),
    ...opt('arrivedAt', row.arrived_at),
    ...opt('closedBy', row.closed_by),
    ...opt('closedAt', row.closed_at),
    ...opt('reason', row.reason),
    deeds: deeds.filter(mine).map((one): AccountDeed => {
      const who = { ...opt('who', one.who), ...opt('channel', one.channel), ...opt('outcome', one.outcome) };
      return { at: one.at, kind: one.kind, ...who };
    }),
    orders: orders.filter(mine).map(({ kind: asked, at, officer, outcome, done_by: doneBy, answer }) => ({
      ...{ kind: asked, at, officer, ...opt('outcome', outcome) },
      ...(answer !== null && { answer, ...opt('doneBy', doneBy) }),
    })),
  };
}
