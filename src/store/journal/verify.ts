/**
 * Walks the hash chain of a journal in a thread of its own, so that a running gateway does not notice.
 * A file rewritten as a whole, or taken back to an older state with its head, has a whole chain: it is held against what other
 * places in the folder know of it. Who rewrites those too is found out by InfluxDB alone, when the gateway starts.
 */
import { statSync } from 'node:fs';
import type { SnapshotHead } from '../snapshot/snapshot-files.ts';
import { files } from '../store-files.ts';
import type { Verified } from '../store-types.ts';
import { startThread } from '../thread.ts';

/** Whether somebody named a copy itself, whatever it is called. */
const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/** A walk beside a running gateway that must not be felt; it leaves the tables out. */
export interface QuietWalk {
  /** Of the processor's time. */
  readonly share: number;
  /** What the State of the running gateway was made from. */
  readonly begun?: Pick<SnapshotHead, 'seq' | 'digest'>;
}

export interface WalkOptions {
  /** Hears how many links were checked and how many there are. */
  progress?(checked: number, total: number): void;
  readonly quiet?: QuietWalk;
  /** Aborted, the walk ends at once and is rejected. */
  readonly signal?: AbortSignal;
}

/**
 * Checks the journal of a data folder or of one file, which need not be writable, with a gateway running on it or without.
 * Rejects with StoreError when the file cannot be opened; a damaged file is a result, not an error.
 */
export async function verifyJournal(dir: string, { progress, quiet, signal }: WalkOptions = {}): Promise<Verified> {
  const tell = (told: unknown): void => {
    const { checked, total } = told as { checked: number; total: number };
    progress?.(checked, total);
  };
  const path = isFile(dir) ? dir : files.journal(dir);
  const thread = await startThread(
    new URL('./verify-walk.ts', import.meta.url),
    { path, ...(quiet && { quiet }) },
    { tell },
  );
  const kill = () => thread.kill();
  signal?.addEventListener('abort', kill);
  if (signal?.aborted) kill();
  try {
    return await thread.ask<Verified>('walk');
  } finally {
    signal?.removeEventListener('abort', kill);
    await thread.end();
  }
}
