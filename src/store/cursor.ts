/**
 * How far a follower has come, in a small JSON file that is replaced as a whole: after a power cut it is the old one or the
 * new one, never half. Losing it costs sending again what the other side knows already, never a gap.
 */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** The kept position, or undefined when there is none or it cannot be read as one. */
export function loadCursor(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // A damaged file is as good as none; any other failing of the disk is the caller's to hear.
    if (code === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Keeps a position; it is on disk when this returns. */
export function saveCursor(path: string, cursor: unknown): void {
  const fresh = `${path}.new`;
  const file = openSync(fresh, 'w', 0o600);
  try {
    writeSync(file, JSON.stringify(cursor));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(fresh, path);
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
