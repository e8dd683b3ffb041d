/**
 * What a journal lacks of what other places know of it. Pure, so that the start, `verify` and the follower of InfluxDB cannot
 * come to different answers.
 */
import type { HeadPlace, JournalGap } from '../core/types.ts';
import type { Head } from './store-types.ts';

/** A head as some place remembers it; without a hash where only the number is known. */
export interface KnownHead {
  readonly place: HeadPlace;
  readonly seq: number;
  readonly hash?: string;
}

/** What a journal lacks of what is known; undefined when it holds all of it. `linkOf` gives the hash of a fact it holds. */
export async function gapOf(
  head: Head,
  known: readonly KnownHead[],
  linkOf: (seq: number) => Promise<string | undefined> | string | undefined,
): Promise<JournalGap | undefined> {
  // The one that knows most first; of those that know the same, one that can tell what it was.
  const byMost = [...known].sort(
    (a, b) => b.seq - a.seq || Number(b.hash !== undefined) - Number(a.hash !== undefined),
  );
  for (const { place, seq, hash } of byMost) {
    const gap = { place, known: seq, head: head.seq };
    if (seq > head.seq) return { ...gap, how: head.seq === 0 ? 'empty' : 'behind' };
    if (hash === undefined) continue;
    const link = await linkOf(seq);
    if (link !== undefined && link !== hash) return { ...gap, how: 'differs' };
  }
  return undefined;
}
