/**
 * What the places beside the journal know of it: asked at the start, and told once a minute. It reports; only an empty journal
 * beside a folder that knows of events keeps the gateway from starting, until a person says to go on.
 */
import type { JournalGap, RecordDoubt } from '../core/types.ts';
import type { Checkpoints } from '../store/checkpoint-keeping.ts';
import { gapOf, type KnownHead } from '../store/journal-gap.ts';
import { knownHeads, noteHead } from '../store/known-heads.ts';
import { type Journal, type Series, StoreError } from '../store/store-types.ts';
import { journalEmpty, journalLacks } from '../words/store-words.ts';
import type { World } from '../world/world.ts';
import type { Gateway } from './gateway.ts';
import type { StateSnapshots } from './record/snapshot-keeping.ts';
import type { Troubles } from './troubles.ts';

/** What the journal lacks. When it is empty, should not be, and nobody said to go on, closes both and rejects with StoreError. */
export async function askKnownHeads(
  dir: string,
  journal: Journal,
  series: Series,
  accepted: boolean,
  witnesses: readonly KnownHead[],
): Promise<JournalGap | undefined> {
  const linkOf = (seq: number) => journal.link(seq).catch(() => undefined);
  const gap = await gapOf(journal.head(), [...knownHeads(dir), ...witnesses], linkOf);
  if (gap?.how !== 'empty' || accepted) return gap;
  await series.close();
  await journal.close();
  throw new StoreError(journalEmpty(dir, gap));
}

/** Says what the journal lacks: as a fact, and on every screen unless a person knows already. */
export function gapSayer(gateway: Gateway, troubles: Troubles, accepted: boolean): (gap: JournalGap) => void {
  return (gap) => {
    if (!accepted) troubles.set('journal-gap', journalLacks(gap));
    // Without room for it now, the trouble stands all the same.
    void gateway.offer({ kind: 'journal-gap', ...gap, accepted }).catch(() => undefined);
  };
}

/** Says that something does not agree with the journal; without room for it now, the trouble stands all the same. */
export function doubtSayer(gateway: Gateway): (doubt: RecordDoubt) => void {
  return (doubt) => void gateway.offer({ kind: 'record-doubted', ...doubt }).catch(() => undefined);
}

/** Says how many samples InfluxDB will never get; with a full inbox they are told with the next. */
export function lossSayer(gateway: Gateway): (count: number) => void {
  let owed = 0;
  return (count) => {
    const all = owed + count;
    owed = 0;
    gateway.offer({ kind: 'lost', line: 'influx', reason: 'overtaken', count: all }).catch(() => {
      owed += all;
    });
  };
}

export interface HeadKeeping {
  readonly dir: string;
  readonly journal: Journal;
  readonly series: Series;
  readonly world: World;
  readonly checkpoints: Checkpoints;
  readonly snapshots: StateSnapshots;
}

/**
 * Tells the places in the folder how far the journal is. While it lacks something that nobody has accepted, what they know is kept, or
 * the next start would know of nothing that is missing.
 */
export function headNoter(
  { dir, journal, series, world, checkpoints, snapshots }: HeadKeeping,
  lacks: boolean,
): () => Promise<void> {
  return async () => {
    const head = journal.head();
    if (head.seq === 0 || lacks) return;
    await series.noteHead(head, world.now());
    await noteHead(dir, head, world.now());
    // A witness that hangs holds up neither the heads above nor the rest of the housekeeping; what fails is told as a trouble.
    void checkpoints.keep();
    // What was signed a minute ago, so that neither waits for the other.
    snapshots.keep(checkpoints.newest());
  };
}
