/**
 * Alarms and events of one school in the shape in which its own gateway gives them, newest first and a page at a time. It must never give what the
 * officer's sight withholds, nor more lines than a page.
 */
import { sight } from '../../core/site/rights.ts';
import { maySee, redact } from '../../core/site/sight-facts.ts';
import type { Event, Role, Site } from '../../core/types.ts';
import { Problem } from '../../server/http/problem.ts';
import { cursorWrong } from '../../words/server-words.ts';
import type { Sql } from '../database/database.ts';
import { eventOf } from '../ingest/read-line.ts';

/** What a page of the school asks. Times are the school's, ms since 1970. */
export interface CopyQuestion {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly kind?: string | undefined;
  readonly device?: string | undefined;
  /** Events alone. */
  readonly alarm?: number | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** A page of rows, newest first; `next` is absent on the last one. */
export interface CopyPage {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly next?: string;
}

/** Whose rows they are. */
interface WhoseRows {
  readonly school: string;
  readonly epoch: number;
  readonly role: Role;
}

const LATEST = Number.MAX_SAFE_INTEGER;

/** Time and number of the last row of the page before. */
function keyOf(cursor: string | undefined): readonly [at: number, id: number] {
  if (cursor === undefined) return [LATEST, LATEST];
  const found = /^(\d{1,15})\.(\d{1,15})$/.exec(cursor);
  if (!found) throw new Problem(400, 'bad-cursor', cursorWrong);
  return [Number(found[1]), Number(found[2])];
}

/** Columns of `alarm` by the names they have at the school. */
const alarmColumns = [
  ...['id', 'key', 'kind', 'priority', 'device', 'zone', 'round', 'checkpoint', 'raised_at AS "raisedAt"'],
  ...['last_at AS "lastAt"', 'count', 'returned_at AS "returnedAt"', 'acked_by AS "ackedBy"', 'acked_at AS "ackedAt"'],
  ...['first_acked_by AS "firstAckedBy"', 'first_acked_at AS "firstAckedAt"', 'dispatched_to AS "dispatchedTo"'],
  ...['dispatched_at AS "dispatchedAt"', 'arrived_by AS "arrivedBy"', 'arrived_at AS "arrivedAt"', 'level', 'incident'],
  ...['finding', 'disposed_by AS "disposedBy"', 'disposed_at AS "disposedAt"', 'closed_by AS "closedBy"'],
  ...['closed_at AS "closedAt"', 'reason', 'note'],
].join(', ');

export async function copyAlarms(sql: Sql, { school, epoch, role }: WhoseRows, asked: CopyQuestion): Promise<CopyPage> {
  const [at, id] = keyOf(asked.cursor);
  const rows = await sql.query<{ id: number; raisedAt: number }>(
    `SELECT ${alarmColumns} FROM alarm WHERE school = $1 AND epoch = $2 AND ($3 OR NOT covert) AND NOT ahead
       AND raised_at >= $4 AND raised_at <= $5 AND (raised_at, id) < ($6, $7)
       AND ($8::text IS NULL OR kind = $8) AND ($9::text IS NULL OR device = $9)
     ORDER BY raised_at DESC, id DESC LIMIT $10`,
    [
      ...[school, epoch, sight(role) === 'full', asked.from ?? 0, asked.to ?? LATEST, at, id],
      ...[asked.kind ?? null, asked.device ?? null, asked.limit + 1],
    ],
  );
  const shown = rows.slice(0, asked.limit);
  const last = shown.at(-1);
  return {
    rows: shown.map((row) => ({ causes: [], ...row })),
    ...(rows.length > shown.length && last && { next: `${last.raisedAt}.${last.id}` }),
  };
}

/** Lines that speak of an alarm: its own, those the fold noted as deeds of it, and those that name it. */
const ofAlarm = (event: Event, alarm: number): boolean =>
  event.seq === alarm ||
  ('alarm' in event && (event as { readonly alarm?: unknown }).alarm === alarm) ||
  (event.kind === 'done' && event.duty.split('/')[1] === String(alarm));

/** Lines looked through for one page of an alarm. Ours. */
const LOOK_MAX = 2_000;

export async function copyEvents(
  sql: Sql,
  { school, epoch, role, site }: WhoseRows & { readonly site: Site },
  asked: CopyQuestion,
): Promise<CopyPage> {
  const { alarm } = asked;
  if (alarm !== undefined && sight(role) !== 'full' && (await isCovert(sql, school, epoch, alarm))) return { rows: [] };
  const [, before] = keyOf(asked.cursor);
  const rows = await sql.query<{ seq: number; line: string }>(
    `SELECT seq, line FROM journal WHERE school = $1 AND epoch = $2 AND seq < $3 AND seq >= $4 AND line IS NOT NULL
       AND at >= $5 AND at <= $6 AND ($7::text IS NULL OR kind = $7) AND ($8::text IS NULL OR seq = $4 OR position('"alarm":' || $8 in line) > 0 OR position('/' || $8 in line) > 0)
     ORDER BY seq DESC LIMIT $9`,
    [
      ...[school, epoch, before, alarm ?? 1, asked.from ?? 0, asked.to ?? LATEST, asked.kind ?? null],
      ...[alarm === undefined ? null : String(alarm), alarm === undefined ? asked.limit + 1 : LOOK_MAX],
    ],
  );
  const found: Event[] = [];
  for (const { seq, line } of rows) {
    const event = eventOf(line, seq);
    if (typeof event === 'string') continue;
    if ((alarm === undefined || ofAlarm(event, alarm)) && maySee(role, event)) found.push(event);
    if (found.length > asked.limit) break;
  }
  const shown = found.slice(0, asked.limit);
  const more = found.length > shown.length || rows.length > (alarm === undefined ? asked.limit : LOOK_MAX - 1);
  const last = more ? (found.length > shown.length ? shown : rows).at(-1)?.seq : undefined;
  return {
    rows: shown.map((event) => ({ ...redact(role, site, event) })),
    ...(last !== undefined && { next: `0.${last}` }),
  };
}

async function isCovert(sql: Sql, school: string, epoch: number, alarm: number): Promise<boolean> {
  const [row] = await sql.query<{ covert: boolean }>(
    'SELECT covert FROM alarm WHERE school = $1 AND epoch = $2 AND id = $3',
    [school, epoch, alarm],
  );
  // Of what the district does not know yet nothing is said to whoever might not see it.
  return row?.covert ?? true;
}
