/**
 * Keeps within what the configuration says: once a day, on whichever node comes first, what is old enough goes. What keeps it from that is a trouble
 * of the bureau's pages. It must never hold up a start, nor give up because one school could not be cut.
 */
import { retentionFails } from '../../words/district/kept-record-words.ts';
import { wordsOf } from '../../words/worded-error.ts';
import type { World } from '../../world/world.ts';
import type { OfficerTrail } from '../access/trail.ts';
import { cutBefore, type KeepFor } from '../board/keep-rules.ts';
import type { Database } from '../database/database.ts';
import type { DistrictFaults } from '../service/district-faults.ts';
import { cutLines } from './cut-old-lines.ts';
import { cutRows } from './cut-rows.ts';
import type { KeptJournal } from './held-back.ts';

/** How often a node looks whether a day is over, ms; the first time after its start as well. */
const LOOK_MS = 3_600_000;
const DAY_MS = 86_400_000;

export interface KeepWithinParts {
  readonly db: Database;
  readonly trail: OfficerTrail;
  readonly keep: KeepFor;
  readonly world: Pick<World, 'now' | 'sleep' | 'log'>;
  readonly faults: Pick<DistrictFaults, 'say'>;
  readonly signal: AbortSignal;
  /** Lines of one transaction; as many as are usual where it is not said. */
  readonly atOnce?: number;
}

/** What one run came to. */
export interface RetentionRun {
  readonly lines: number;
  readonly rows: number;
  /** Schools of which something could not be cut. */
  readonly failed: readonly string[];
}

/** Cuts once, all schools. Rejects where the database cannot even say which there are. */
export async function keepWithin(parts: KeepWithinParts): Promise<RetentionRun> {
  const { db, trail, keep, world, signal, atOnce } = parts;
  const now = world.now();
  const before = cutBefore(keep, now);
  const places = await db.query<KeptJournal & { readonly epoch: number }>(
    `SELECT s.school, e.epoch, (e.epoch = s.epoch AND s.left_at IS NULL) AS present
     FROM school s CROSS JOIN LATERAL generate_series(1, s.epoch) AS e(epoch) ORDER BY s.school, e.epoch`,
  );
  const failed: string[] = [];
  let [lines, rows] = [0, 0];
  for (const school of new Set(places.map((one) => one.school))) {
    const mine = places.filter((one) => one.school === school);
    try {
      for (const place of mine) {
        const cut = await cutLines({ db, trail, signal, ...(atOnce !== undefined && { atOnce }) }, place, before, now);
        lines += cut.lines;
        if (cut.altered > 0 || cut.unkept) failed.push(school);
      }
      rows += Object.values(await cutRows(db, trail, school, mine, before)).reduce((all, one) => all + one, 0);
    } catch (error) {
      signal.throwIfAborted();
      world.log.warn('records of a school could not be cut', { school, error: wordsOf(error).en });
      failed.push(school);
    }
  }
  return { lines, rows, failed: [...new Set(failed)] };
}

/** Whether this node is the one that cuts now: at most one does in a day. */
async function claimed(db: Database, now: number): Promise<boolean> {
  const rows = await db.query(
    `INSERT INTO setting (name, value) VALUES ('cut-at', $1)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE setting.value::bigint < $2 OR setting.value::bigint > $3 RETURNING name`,
    // One that lies ahead was written by a clock that has been set back since.
    [String(now), now - DAY_MS, now + DAY_MS],
  );
  return rows.length > 0;
}

/** Goes on until the signal. */
export async function watchRetention(parts: KeepWithinParts): Promise<void> {
  const { db, world, faults, signal } = parts;
  while (!signal.aborted) {
    await world.sleep(LOOK_MS, signal).catch(() => undefined);
    if (signal.aborted) return;
    try {
      if (!(await claimed(db, world.now()))) continue;
      const run = await keepWithin(parts);
      world.log.info('old records were cut', { lines: run.lines, rows: run.rows });
      faults.say(
        'retention',
        run.failed.length > 0 ? retentionFails(run.failed.length, run.failed[0] ?? '') : undefined,
      );
    } catch (error) {
      if (!signal.aborted) faults.say('retention', wordsOf(error));
    }
  }
}
