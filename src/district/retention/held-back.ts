/**
 * What of a journal must not go yet, however old its lines are: incidents that are open or whose last word is young, rounds that are not over,
 * rectifications and orders nothing has come of. It must never be asked by age alone.
 */
import { CutUnits } from '../../core/retention/cut-units.ts';
import { classOf } from '../../core/retention/record-classes.ts';
import type { Event } from '../../core/types.ts';
import type { CutBefore } from '../board/keep-rules.ts';
import type { Sql } from '../database/database.ts';
import { rectificationIn } from '../fold/ledger-row.ts';

/** A journal of a school; `present`: the one it goes on with. */
export interface KeptJournal {
  readonly school: string;
  readonly epoch: number;
  readonly present: boolean;
}

/** Alarms, each with its incident, that have to stay: in an earlier journal nothing is open any more. `$1` school, `$2` epoch, `$3` time, `$4` present. */
export const heldIncidents = `
  SELECT coalesce(h.incident, h.id) FROM alarm h WHERE h.school = $1 AND h.epoch = $2
    AND (greatest(h.closed_at, h.received_at) >= $3 OR ($4 AND h.closed_at IS NULL))
  UNION SELECT coalesce(a.incident, a.id) FROM deed d JOIN alarm a ON a.school = d.school AND a.epoch = d.epoch AND a.id = d.alarm
    WHERE d.school = $1 AND d.epoch = $2 AND d.at >= $3`;

/** Whether a line may go now; `later`: not yet. */
export type CutVerdict = 'cut' | 'stays' | 'later';

/** Rejects with DatabaseError. */
export async function heldBack(
  sql: Sql,
  { school, epoch, present }: KeptJournal,
  before: Pick<CutBefore, 'alarm' | 'patrol'>,
): Promise<(event: Event) => CutVerdict> {
  const one = [school, epoch];
  const ties = await sql.query<{ id: number; incident: number | null; round: string | null }>(
    'SELECT id, incident, round FROM alarm WHERE school = $1 AND epoch = $2 AND (incident IS NOT NULL OR round IS NOT NULL)',
    one,
  );
  const alarms = await sql.query<{ id: number }>(
    `SELECT id FROM alarm WHERE school = $1 AND epoch = $2 AND coalesce(incident, id) IN (${heldIncidents})`,
    [...one, finite(before.alarm), present],
  );
  const rounds = await sql.query<{ id: string }>(
    `SELECT id FROM round WHERE school = $1 AND epoch = $2 AND (start >= $3 OR ($4 AND result IS NULL AND NOT cancelled))`,
    [...one, finite(before.patrol), present],
  );
  const ledger = await sql.query<{ id: number }>(
    'SELECT id FROM rectification WHERE school = $1 AND epoch = $2 AND (coalesce(closed_at, opened_at) >= $3 OR ($4 AND closed_at IS NULL))',
    [...one, finite(before.patrol), present],
  );
  const orders = await sql.query<{ id: string }>(
    'SELECT id FROM command WHERE school = $1 AND epoch = $2 AND done_at IS NULL',
    one,
  );
  const units = new CutUnits(ties);
  units.hold({ alarms: alarms.map(({ id }) => id), rounds: rounds.map(({ id }) => id), watches: [] });
  const items = new Set(ledger.map(({ id }) => id));
  const asked = new Set(orders.map(({ id }) => id));
  return (event) => {
    // A kind that nobody here knows is of no class: it goes as what alarms left does, or it would stay for ever.
    const of: ReturnType<typeof classOf> | undefined = classOf(event);
    if (of === undefined) return event.at < before.alarm ? 'cut' : 'later';
    if (of === 'kept') return 'stays';
    if (event.at >= before[of === 'patrol' ? 'patrol' : 'alarm']) return 'later';
    const item = rectificationIn(event);
    if (item !== undefined && items.has(item)) return 'later';
    if (event.kind === 'district-ordered' && asked.has(event.order.id)) return 'later';
    return units.mayCut(event, all) === true ? 'cut' : 'later';
  };
}

/** Ages were looked at before. */
const all = { alarm: Number.MAX_SAFE_INTEGER, patrol: Number.MAX_SAFE_INTEGER, access: Number.MAX_SAFE_INTEGER };
/** A time as the database can hold it: nothing is older than the first moment. */
const finite = (at: number): number => Math.max(0, Math.floor(at));
