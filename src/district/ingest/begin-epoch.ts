/**
 * A school's journal is given up and another begins: after a person decided so, or because the school joined again. What came of the old one
 * stays, under its epoch; what was asked of it ends with words. It must never touch a line.
 */
import type { Sql } from '../database/database.ts';
import type { CursorRow } from './cursor-row.ts';

/** What an order says that ended with the journal it was asked of. No school says that. */
const GIVEN_UP = 'given-up';

/** Ends what nothing has come of yet, of one journal or of all that the school had. */
export async function endOrders(sql: Sql, school: string, by: string, now: number, epoch?: number): Promise<void> {
  await sql.query(
    `UPDATE command SET done_at = $2, outcome = '${GIVEN_UP}', done_by = $3
     WHERE school = $1 AND done_at IS NULL AND ($4::integer IS NULL OR epoch = $4)`,
    [school, now, by, epoch],
  );
}

/** Moves school and orders to the next epoch, and empties the row, which the caller saves. `by`: whose decision it is. */
export async function beginEpoch(sql: Sql, row: CursorRow, by: string, now: number): Promise<void> {
  const { school } = row;
  await sql.query('UPDATE school SET epoch = epoch + 1 WHERE school = $1', [school]);
  await sql.query('UPDATE cursor SET epoch = epoch + 1 WHERE school = $1', [school]);
  for (const table of ['fold', 'tile'] as const) await sql.query(`DELETE FROM ${table} WHERE school = $1`, [school]);
  // What still waits is asked of the new journal, which knows nothing of it; the numbers of alarms and rectifications mean others there.
  await sql.query(
    `UPDATE command SET epoch = epoch + 1, taken_at = NULL WHERE school = $1 AND epoch = $2 AND done_at IS NULL AND until > $3
     AND body -> 'alarm' IS NULL AND body -> 'rectification' IS NULL`,
    [school, row.epoch, now],
  );
  await endOrders(sql, school, by, now, row.epoch);
  Object.assign(row, { epoch: row.epoch + 1, seq: 0, roots: [], log: null, head: 0, told_at: null, level_at: null });
  Object.assign(row, { mark_head: null, mark_at: null, cosigned_size: null, cosigned_at: null });
}
