/**
 * What the house looks after every ten seconds: the room on the disk, and how the parts that can say so are. Once a minute
 * what lines dropped becomes a fact. It reports; it never repairs.
 */
import { statfs } from 'node:fs/promises';
import type { Words } from '../core/types.ts';
import { diskNearlyFull, freeSpaceUnknown } from '../words/gateway-words.ts';
import type { World } from '../world/world.ts';
import type { Gateway } from './gateway.ts';
import { openFilesTrouble } from './gateway-files.ts';

const everyMs = 10_000;
const lostEveryMs = 60_000;
/** Under this much room the journal of a busy day may not fit. */
const roomBytes = 1024 ** 3;
const mb = 1024 ** 2;

export interface Housekeeping {
  readonly gateway: Gateway;
  readonly world: World;
  readonly dir: string;
  /** Parts that can say how they are; undefined when well. */
  readonly parts: Readonly<Record<string, () => Words | undefined>>;
  /** Tells the places that remember it how far the journal is. May reject: it is told again a minute later. */
  noteHead(): Promise<void>;
  trouble(part: string, why: Words | undefined): void;
}

async function disk(dir: string): Promise<Words | undefined> {
  let left: number;
  try {
    const { bavail, bsize } = await statfs(dir);
    left = bavail * bsize;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    return freeSpaceUnknown(dir, code);
  }
  if (left >= roomBytes) return undefined;
  return diskNearlyFull(dir, Math.floor(left / mb));
}

/** Drops since the last call become facts, one for each line and reason. Repeated messages are no loss. */
function sayLost(gateway: Gateway, told: Map<string, number>): void {
  for (const [line, ledger] of gateway.ledgers) {
    for (const [reason, count] of Object.entries(ledger.dropped)) {
      const key = `${line}/${reason}`;
      const fresh = count - (told.get(key) ?? 0);
      told.set(key, count);
      if (fresh === 0 || reason === 'duplicate') continue;
      // With a full inbox the count is told again next time.
      gateway.offer({ kind: 'lost', line, reason, count: fresh }).catch(() => told.set(key, count - fresh));
    }
  }
}

/** Runs until the signal. */
export async function housekeep(
  { gateway, world, dir, parts, noteHead, trouble }: Housekeeping,
  signal: AbortSignal,
): Promise<void> {
  const told = new Map<string, number>();
  for (let round = 0; !signal.aborted; round++) {
    trouble('disk', await disk(dir));
    trouble('files', await openFilesTrouble());
    for (const [part, ask] of Object.entries(parts)) trouble(part, ask());
    if ((round * everyMs) % lostEveryMs === 0) {
      sayLost(gateway, told);
      await noteHead().catch(() => undefined);
    }
    await world.sleep(everyMs, signal).catch((error) => {
      if (!signal.aborted) throw error;
    });
  }
  sayLost(gateway, told);
}
