/**
 * Alarms that a backlog has not come to, as rows of their own mark, taken from their lines alone. They are written without the lock of the school's
 * cursor, since a batch of the backlog holds that for long; so they must never touch a row that the fold has written.
 */
import type { Event, Site } from '../../core/types.ts';
import type { Sql } from '../database/database.ts';
import { jsonText } from '../database/json-rows.ts';
import type { CursorRow } from '../ingest/cursor-row.ts';
import { eventOf } from '../ingest/read-line.ts';
import { type AlarmEnd, placeWords } from './alarm-book.ts';
import { aheadTable } from './book-tables.ts';
import { RowBook } from './row-book.ts';

/** A line and its number. */
export type AheadLines = readonly { readonly seq: number; readonly l: string }[];

/** Alarms of one school that overtook its backlog, the newest, and characters of a line at most. Ours: those of a morning without a line. */
const KEPT = 2_000;
const CHARS = 20_000;

interface AheadSaid {
  readonly acked?: { readonly by: string; readonly at: number };
  readonly end?: AlarmEnd;
}

function saidIn(event: Event): AheadSaid | undefined {
  if (event.kind === 'acknowledged') return { acked: { by: event.by, at: event.at } };
  if (event.kind !== 'closed') return undefined;
  const { by, at, reason, note } = event;
  return { end: { by, at, reason, ...(note !== undefined && { note }) } };
}

/** What the lines say: alarms raised, and what became of alarms, by their number. Lines that cannot be read say nothing. */
function readAhead(lines: AheadLines) {
  const raised = new Map<number, Extract<Event, { kind: 'raised' }>>();
  const said = new Map<number, AheadSaid>();
  for (const { seq, l } of lines.toSorted((a, b) => a.seq - b.seq)) {
    const event = l.length <= CHARS ? eventOf(l, seq) : 'length';
    if (typeof event === 'string') continue;
    if (event.kind === 'raised') raised.set(seq, event);
    const more = saidIn(event);
    if (more && 'alarm' in event && Number.isSafeInteger(event.alarm))
      said.set(event.alarm as number, { ...said.get(event.alarm as number), ...more });
  }
  return { raised, said };
}

const saidColumns = ({ acked, end }: AheadSaid) => ({
  ...{ acked_by: acked?.by, acked_at: acked?.at, first_acked_by: acked?.by, first_acked_at: acked?.at },
  ...{ closed_by: end?.by, closed_at: end?.at, reason: end?.reason, note: end?.note },
});

function rowOf(site: Site, event: Extract<Event, { kind: 'raised' }>, said: AheadSaid, now: number) {
  const place = placeWords(site, event);
  return {
    ...{ id: event.seq, key: event.key, kind: event.alarm, priority: event.priority, device: event.device },
    ...{ zone: event.zone, round: event.round, checkpoint: event.checkpoint, place_zh: place.zh, place_en: place.en },
    ...{ why_zh: event.why?.zh, why_en: event.why?.en, covert: event.covert ?? false, raised_at: event.at },
    ...{ last_at: event.at, count: 1, ...saidColumns(said), received_at: now, ahead: true },
  };
}

/** Writes what lines beyond `seq` say of alarms. Said again, it changes nothing. */
export async function writeAhead(
  sql: Sql,
  { school, epoch, seq }: Pick<CursorRow, 'school' | 'epoch' | 'seq'>,
  site: Site,
  lines: AheadLines,
  now: number,
): Promise<void> {
  const { raised, said } = readAhead(lines.filter((line) => line.seq > seq));
  const book = new RowBook<number>(aheadTable);
  for (const [id, event] of raised) book.set(id, rowOf(site, event, said.get(id) ?? {}, now));
  await book.write(sql, school, epoch);
  await tell(
    sql,
    school,
    epoch,
    [...said].filter(([id]) => !raised.has(id)),
  );
  if (raised.size === 0) return;
  await sql.query(
    `DELETE FROM alarm WHERE school = $1 AND epoch = $2 AND ahead AND id <=
       (SELECT id FROM alarm WHERE school = $1 AND epoch = $2 AND ahead ORDER BY id DESC OFFSET ${KEPT} LIMIT 1)`,
    [school, epoch],
  );
}

/** What became of alarms that overtook with an earlier message. */
async function tell(sql: Sql, school: string, epoch: number, said: readonly (readonly [number, AheadSaid])[]) {
  if (said.length === 0) return;
  await sql.query(
    `UPDATE alarm a SET acked_by = coalesce(r.acked_by, a.acked_by), acked_at = coalesce(r.acked_at, a.acked_at),
       first_acked_by = coalesce(r.acked_by, a.first_acked_by), first_acked_at = coalesce(r.acked_at, a.first_acked_at),
       closed_by = coalesce(r.closed_by, a.closed_by), closed_at = coalesce(r.closed_at, a.closed_at),
       reason = coalesce(r.reason, a.reason), note = coalesce(r.note, a.note)
     FROM json_to_recordset($3::json) AS r(id bigint, acked_by text, acked_at bigint, closed_by text, closed_at bigint, reason text, note text)
     WHERE a.school = $1 AND a.epoch = $2 AND a.ahead AND a.id = r.id`,
    [school, epoch, jsonText(said.map(([id, one]) => ({ id, ...saidColumns(one) })))],
  );
}

/** The backlog has come to `seq`: what was said to be there and is not, a gateway that went on from an old backup lost, or made up. */
export async function passAhead(sql: Sql, { school, epoch, seq }: Pick<CursorRow, 'school' | 'epoch' | 'seq'>) {
  await sql.query('DELETE FROM alarm WHERE school = $1 AND epoch = $2 AND ahead AND id <= $3', [school, epoch, seq]);
}
