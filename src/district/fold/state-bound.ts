/**
 * How much one school may make its district hold in mind. What State is as a text is measured when so much was said since that it may have grown: a
 * school that raises a million alarms is found before its State costs others, and one that goes on as schools do is hardly ever measured.
 */
import { stateText } from '../../store/snapshot/state-text.ts';
import type { ReadLine } from '../ingest/read-line.ts';
import type { FoldedSchool } from './state-cache.ts';

/** Characters of one school's State as text. Ours: a campus of three hundred devices has 0.1 million. */
export const STATE_MAX = 8_000_000;
/** Characters of lines after which it is measured again at the least. */
const MEASURE_MIN = 1_000_000;

/** Whether State is longer than that by now; measures it where it may be. */
export function outgrows(known: FoldedSchool, fresh: readonly ReadLine[], most: number): boolean {
  for (const { text } of fresh) known.grown += text?.length ?? 0;
  // Each line adds about as much to State as it is long.
  if (known.grown < Math.min(MEASURE_MIN, most / 8)) return known.size > most;
  try {
    known.size = stateText(known.state).length;
  } catch {
    // No text can be so long.
    known.size = Number.MAX_SAFE_INTEGER;
  }
  known.grown = 0;
  return known.size > most;
}
