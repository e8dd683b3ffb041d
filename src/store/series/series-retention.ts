/**
 * What the series forgets: samples older than its days, and the oldest when the file or the disk has no room for more. It deletes in
 * small steps, so that it is never busy with the past for long. No clock can empty it: however far one jumps, what is forgotten
 * moves along no faster than a few times the time that truly passes. The journal's disk comes first: with little room left the file
 * grows no more, whatever it forgets for that.
 */
import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'better-sqlite3';

/** Rows deleted at most in one step, beyond twice what was written since the last: deleting must outrun writing. */
const deleteStep = 2_000;
/** After a week without power there is a week to catch up with; a clock that is years ahead for an hour costs four. */
const paceMost = 4;
/** A school of two hundred wires at four samples a second writes about so much in a week, bytes. */
const bytesMax = 8 * 1024 ** 3;
/** With less room than this on its disk the series grows no more: the journal of a busy week needs less. Of a small disk a twentieth. */
const reserveBytes = 512 * 1024 ** 2;
const reserveShare = 0.05;
/** How often the file and the disk are looked at, ms. */
const lookMs = 5_000;

export interface RetentionParts {
  /** What time it is, and how much time has passed, ms. */
  readonly now?: () => number;
  readonly elapsed?: () => number;
  readonly bytes?: number;
  /** Whether the disk has so little room left that the journal needs it. */
  readonly tight?: () => boolean;
}

function tightDisk(path: string): boolean {
  try {
    const { bavail, blocks, bsize } = statfsSync(dirname(path));
    return bavail * bsize < Math.min(reserveBytes, reserveShare * blocks * bsize);
  } catch {
    // Nobody can say; whoever writes the journal will.
    return false;
  }
}

/** Forgets what is due, after so many samples were written. */
export function forgetter(
  db: Database.Database,
  keepMs: number,
  path: string,
  {
    now = Date.now,
    elapsed = () => performance.now(),
    bytes = bytesMax,
    tight = () => tightDisk(path),
  }: RetentionParts = {},
): (written: Float64Array) => void {
  const first = 'SELECT row FROM samples ORDER BY row LIMIT ?';
  const removeOld = db.prepare(`DELETE FROM samples WHERE row IN (${first}) AND at < ?`);
  const removeFirst = db.prepare(`DELETE FROM samples WHERE row IN (${first})`);
  const oldest = db.prepare<[], number>('SELECT at FROM samples ORDER BY row LIMIT 1').pluck();
  let horizon = Number.NaN;
  let last = elapsed();
  let lookedAt = Number.NEGATIVE_INFINITY;
  let full = false;
  let yields = false;
  const used = () => {
    const pages = db.pragma('page_count', { simple: true }) as number;
    const spare = db.pragma('freelist_count', { simple: true }) as number;
    return (pages - spare) * (db.pragma('page_size', { simple: true }) as number);
  };
  return (written) => {
    const newest = written.at(-1);
    if (newest === undefined) return;
    const at = elapsed();
    // Samples bear the gateway's time: a machine's clock that is ahead of them counts no more than they do.
    const due = Math.min(now(), newest) - keepMs;
    if (Number.isNaN(horizon)) horizon = oldest.get() ?? due;
    horizon = Math.min(due, horizon + paceMost * Math.max(0, at - last));
    last = at;
    const step = deleteStep + 2 * written.length;
    removeOld.run(step, horizon);
    if (at - lookedAt >= lookMs) {
      lookedAt = at;
      full = used() > bytes;
      yields = tight();
    }
    // What is deleted makes room in the file for what comes, and none on the disk: so no more goes than came.
    if (full || yields) removeFirst.run(full ? step : written.length);
  };
}
