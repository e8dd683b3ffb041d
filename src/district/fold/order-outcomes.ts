/** What became of the district's orders, by the school's own lines: that it has one, and what came of it. It must never change what was ordered. */
import type { Event } from '../../core/types.ts';
import type { Sql, Statement } from '../database/database.ts';
import { jsonText } from '../database/json-rows.ts';

export async function orderOutcomes(sql: Sql, school: string, events: readonly Event[]): Promise<void> {
  for (const { text, params } of outcomeStatements(school, events)) await sql.query(text, params);
}

/** The same as statements, in their order. */
export function outcomeStatements(school: string, events: readonly Event[]): Statement[] {
  const taken = events.flatMap((event) =>
    event.kind === 'district-ordered' ? [{ id: event.order.id, at: event.at }] : [],
  );
  const done = events.flatMap((event) =>
    event.kind === 'district-answered'
      ? [{ id: event.order, at: event.at, how: event.how, by: event.by, detail: event }]
      : [],
  );
  return [
    ...(taken.length > 0 ? [{ text: TAKEN, params: [school, jsonText(taken)] }] : []),
    ...(done.length > 0 ? [{ text: DONE, params: [school, jsonText(done)] }] : []),
  ];
}

const TAKEN = `UPDATE command SET taken_at = coalesce(taken_at, r.at) FROM json_to_recordset($2::json) AS r(id text, at bigint)
  WHERE command.school = $1 AND command.id = r.id`;

const DONE = `UPDATE command SET taken_at = coalesce(taken_at, r.at), done_at = r.at, outcome = r.how, done_by = r.by, detail = r.detail::jsonb
  FROM json_to_recordset($2::json) AS r(id text, at bigint, how text, by text, detail json)
  WHERE command.school = $1 AND command.id = r.id AND done_at IS NULL`;
