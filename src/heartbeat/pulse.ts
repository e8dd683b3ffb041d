/**
 * Whether the gateway is well enough to say so: its journal is not refusing, what was last decided is durable and can be looked at
 * (so its loop turns), and the disk of its data takes a write, which a quiet night would not find out. It must always come to an
 * end, and a doubt counts as unwell.
 */
import { join } from 'node:path';
import type { Words } from '../core/types.ts';
import { diskTakesNothing, loopSilent } from '../words/heartbeat/heartbeat-words.ts';
import { wordsOf } from '../words/worded-error.ts';
import { writeDurably } from '../world/durable-file.ts';
import type { World } from '../world/world.ts';

/** Longer than a busy commit, shorter than the shortest time between two beats. */
const answerMs = 5_000;
/** What a commit of some events needs, so that a crumb of room is not taken for room; 23 MB a day, which no disk minds. */
const probe = new Uint8Array(16_384);

export interface PulseParts {
  readonly world: World;
  readonly dir: string;
  /** Resolves once State and journal agree; rejects while the journal refuses. */
  read(look: () => void): Promise<void>;
  /** What is known to be wrong with the journal. */
  known(): Words | undefined;
}

async function disk(dir: string): Promise<Words | undefined> {
  try {
    await writeDurably(join(dir, 'heartbeat.probe'), probe);
    return undefined;
  } catch (error) {
    return diskTakesNothing(dir, (error as NodeJS.ErrnoException).code ?? String(error));
  }
}

/** What is wrong, or undefined. */
export async function takePulse({ world, dir, read, known }: PulseParts): Promise<Words | undefined> {
  const answered = new AbortController();
  const late = world.sleep(answerMs, answered.signal).then(
    () => loopSilent(answerMs / 1_000),
    () => undefined,
  );
  const turns = read(() => undefined).then(
    () => disk(dir),
    (error: unknown) => wordsOf(error),
  );
  try {
    return known() ?? (await Promise.race([turns, late]));
  } finally {
    answered.abort();
  }
}
