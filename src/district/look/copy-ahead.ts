/**
 * Open alarms of a school that overtook its backlog, for whoever looks at the copy: told beside the copy and marked, never folded into it. It must
 * never tell of a silent call for help whoever may not know of one, nor of an alarm that the copy has come to.
 */
import type { AheadWord } from '../../core/site/feed-codec.ts';
import type { AlarmAheadShown } from '../board/list-types.ts';
import type { Sql } from '../database/database.ts';

/** More than a strip above a page has room for; the others stand in the bureau's list. Ours. */
const SHOWN_MAX = 20;
/** Of one school; more than are kept. */
const ROWS_MAX = 2_000;
const TEXT_MAX = 60;
/** Alarms are of one to four. */
const LAST_LEVEL = 4;

/** As its row has it. */
export interface AheadOfCopy {
  readonly id: number;
  readonly kind: string;
  readonly priority: number;
  readonly zh: string;
  readonly en: string;
  readonly at: number;
  readonly acked_by: string | null;
  readonly acked_at: number | null;
  readonly covert: boolean;
}

/** What lies beyond the copy: what waits first, then by priority, then the newest. */
export async function readAhead(
  sql: Sql,
  school: string,
  { epoch, seq }: { readonly epoch: number; readonly seq: number },
): Promise<readonly AheadOfCopy[]> {
  return await sql.query<AheadOfCopy>(
    `SELECT id, kind, priority, place_zh AS zh, place_en AS en, raised_at AS at, acked_by, acked_at, covert FROM alarm
     WHERE school = $1 AND epoch = $2 AND ahead AND id > $3 AND closed_at IS NULL
     ORDER BY acked_at IS NOT NULL, priority, id DESC LIMIT ${ROWS_MAX}`,
    [school, epoch, seq],
  );
}

/** One of them by its number, whatever became of it meanwhile. */
export async function readAheadAlarm(
  sql: Sql,
  school: string,
  { id, full }: { readonly id: number; readonly full: boolean },
): Promise<AlarmAheadShown | undefined> {
  const [row] = await sql.query<AheadOfCopy & { readonly closed_by: string | null; readonly closed_at: number | null }>(
    `SELECT a.id, a.kind, a.priority, a.place_zh AS zh, a.place_en AS en, a.raised_at AS at, a.acked_by, a.acked_at, a.covert,
       a.closed_by, a.closed_at
     FROM alarm a JOIN school s USING (school, epoch) WHERE a.school = $1 AND a.ahead AND a.id = $2`,
    [school, id],
  );
  const [word] = row ? aheadWords([row], full) : [];
  if (!row || !word) return undefined;
  return {
    ...word,
    ...(row.acked_at !== null && { ackedAt: row.acked_at }),
    ...(row.closed_at !== null && { closedBy: clipped(row.closed_by ?? ''), closedAt: row.closed_at }),
  };
}

/** A school may write anything where a text should be. */
const clipped = (text: string): string => text.slice(0, TEXT_MAX);

/** In words for whoever sees all of it, or not. */
export function aheadWords(alarms: readonly AheadOfCopy[], full: boolean): readonly AheadWord[] {
  return alarms
    .filter(({ covert }) => full || !covert)
    .slice(0, SHOWN_MAX)
    .map(({ id, kind, priority, zh, en, at, acked_by: by, acked_at: ackedAt }) => ({
      ...{ id, kind: clipped(kind), at },
      priority: priority >= 1 && priority <= LAST_LEVEL ? priority : LAST_LEVEL,
      place: { zh: clipped(zh), en: clipped(en) },
      ...(ackedAt !== null && { ackedBy: clipped(by ?? '') }),
    }));
}
