/**
 * Walks the hash chain of a journal in a thread of its own, so that a running gateway does not notice.
 * A file rewritten as a whole, or taken back to an older state with its head, has a whole chain: it is held against what other
 * places in the folder know of it. Who rewrites those too is found out by InfluxDB alone, when the gateway starts.
 */
import { statSync } from 'node:fs';
import { files } from '../store-files.ts';
import type { Verified } from '../store-types.ts';
import { startThread } from '../thread.ts';

/** Whether somebody named a copy itself, whatever it is called. */
const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/**
 * Checks the journal of a data folder or of one file, which need not be writable, with a gateway running on it or without. `progress` hears how many links were checked
 * and how many there are. Rejects with StoreError when the file cannot be opened; a damaged file is a result, not an error.
 */
export async function verifyJournal(
  dir: string,
  progress: (checked: number, total: number) => void = () => undefined,
): Promise<Verified> {
  const tell = (told: unknown): void => {
    const { checked, total } = told as { checked: number; total: number };
    progress(checked, total);
  };
  const thread = await startThread(
    new URL('./verify-walk.ts', import.meta.url),
    { path: isFile(dir) ? dir : files.journal(dir) },
    { tell },
  );
  try {
    return await thread.ask<Verified>('walk');
  } finally {
    await thread.end();
  }
}
