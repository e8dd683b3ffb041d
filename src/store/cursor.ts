/**
 * How far a follower has come, in a small JSON file that is replaced as a whole: after a power cut it is the old one or the
 * new one, never half. Losing it costs sending again what the other side knows already, never a gap.
 */
import { readFileSync } from 'node:fs';
import { writeDurably } from '../world/durable-file.ts';

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

/** Keeps a position; resolves when it is on disk. */
export async function saveCursor(path: string, cursor: unknown): Promise<void> {
  await writeDurably(path, JSON.stringify(cursor));
}
