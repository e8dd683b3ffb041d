/**
 * What a person decides over a school in quarantine: to go on with the history that is here, which the school has to bring back, or to give it
 * up and begin the next epoch. The old lines stay either way. It must never be done by anything but a person.
 */
import type { Database, Sql } from '../database/database.ts';
import { persisting } from '../database/open-database.ts';
import { beginEpoch } from './begin-epoch.ts';
import { lockCursor, saveCursor } from './cursor-row.ts';

/** `keep`: the school mends itself and goes on; `begin-anew`: another journal begins. */
export type Settlement = 'keep' | 'begin-anew';

/** Resolves with whether the school was held. Rejects with SchoolRefused where there is none, or with DatabaseError. */
export async function settleSchool(
  db: Database,
  { school, how, officer }: { readonly school: string; readonly how: Settlement; readonly officer: string },
  now: number,
  /** Written with it or not at all: who decided. */
  noted: (sql: Sql) => Promise<void> = async () => undefined,
): Promise<boolean> {
  return await persisting(db, async (sql) => {
    const row = await lockCursor(sql, school);
    if (row.held === null) return false;
    // Whoever speaks next is the one.
    // Whoever was held for what came in one day may bring as much again.
    Object.assign(row, { held: null, held_at: null, boot: null, boots: [], day_bytes: 0 });
    await sql.query(
      `UPDATE quarantine SET settled_at = $2, settled_by = $3, settled_how = $4
       WHERE school = $1 AND settled_at IS NULL AND code <> 'line'`,
      [school, now, officer, how],
    );
    if (how === 'begin-anew') await beginEpoch(sql, row, officer, now);
    await saveCursor(sql, row);
    await noted(sql);
    return true;
  });
}
