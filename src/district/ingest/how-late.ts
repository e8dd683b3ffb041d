/**
 * How late a school's data is, by the district's clock: until when all that the school had is here. It must never ask the school's own clock,
 * which may be hours ahead and would make what is old look new.
 */
import type { CursorRow } from './cursor-row.ts';

type LevelPart = Pick<CursorRow, 'seq' | 'head' | 'level_at' | 'mark_head' | 'mark_at'>;

/** To be called once `seq` and `head` are what they are after a message that came at `now`, ms by the district's clock. */
export function noteLevel(row: LevelPart, now: number): void {
  if (row.seq >= row.head) {
    Object.assign(row, { level_at: now, mark_head: null, mark_at: null });
    return;
  }
  // What it had when the mark was set is here by now.
  if (row.mark_head !== null && row.seq < row.mark_head) return;
  if (row.mark_head !== null) row.level_at = row.mark_at;
  Object.assign(row, { mark_head: row.head, mark_at: now });
}
