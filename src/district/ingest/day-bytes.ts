/**
 * How much a school may bring in one day. Whoever holds its key can otherwise fill the disk of all the others, one batch after the other. It must never
 * drop a line: what is beyond stays at the school until a person has decided.
 */
import type { CursorRow } from './cursor-row.ts';
import type { ReadLine } from './read-line.ts';

/**
 * Bytes of lines a day, of one school. Ours: a usual day is 2 MB, so a school that was away for a year brings its backlog on one day and is not held.
 */
export const DAY_BYTES_MAX = 1_000_000_000;
/** What a line takes besides its letters, with its indexes: number, leaf, times. */
const LINE_BYTES = 150;
const DAY_MS = 86_400_000;

/** Counts what is appended; true where that is more than a day may bring. */
export function floods(row: CursorRow, fresh: readonly ReadLine[], now: number, most: number): boolean {
  const day = Math.floor(now / DAY_MS);
  if (row.day !== day) Object.assign(row, { day, day_bytes: 0 });
  for (const { text = '' } of fresh) row.day_bytes += Buffer.byteLength(text) + LINE_BYTES;
  return row.day_bytes > most;
}
