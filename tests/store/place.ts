/** A data folder and events for the tests of the store; the folder is gone when the test is over. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Event } from '../../src/core/types.ts';
import type { Signer } from '../../src/proof/signed-note.ts';
import { canSign, type LogKey } from '../../src/store/checkpoint-files.ts';
import type { Log } from '../../src/world/world.ts';

export interface Said {
  readonly level: keyof Log;
  readonly message: string;
}

/** A log that remembers. */
export function listeningLog(): Log & { readonly said: readonly Said[] } {
  const said: Said[] = [];
  const at = (level: keyof Log) => (message: string) => void said.push({ level, message });
  return { said, info: at('info'), warn: at('warn'), error: at('error') };
}

export async function dataFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'gatehouse-store-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

export const startOfTime = Date.UTC(2026, 2, 2, 22, 0, 0);

/** `count` readings from `first` on, a second apart. */
export function readings(first: number, count: number): Event[] {
  return Array.from({ length: count }, (_, i) => reading(first + i));
}

export function reading(seq: number): Event {
  return {
    seq,
    at: startOfTime + seq * 1000,
    kind: 'read',
    device: `fence-${seq % 3}`,
    point: 'climb',
    value: seq % 2 === 0,
    id: `东墙-${seq}`,
  };
}

/** The key of a log that nobody has lost. */
export function signing(log: LogKey): Signer {
  if (!canSign(log)) throw new Error('the key is lost');
  return log;
}
