/**
 * A batch of events as the text that is kept: one line of JSON for each, made once for all who need it, the journal and the screens.
 * It must never give the lines of another batch: whoever asks hands over the very list that was kept.
 */
import type { Event } from '../types.ts';

const made = new WeakMap<readonly Event[], readonly string[]>();

/** Each event of the batch as JSON, in its order. The batch must not change any more. */
export function linesOf(batch: readonly Event[]): readonly string[] {
  const known = made.get(batch);
  if (known) return known;
  const lines = batch.map((event) => JSON.stringify(event));
  made.set(batch, lines);
  return lines;
}
