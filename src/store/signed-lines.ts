/**
 * Lines of the journal with what shows that the newest checkpoint was signed over them. What is not signed for yet is signed first, where
 * this gateway signs at all. It must never give a line that the checkpoint does not hold.
 */
import { readFile } from 'node:fs/promises';
import { openCheckpoint, readVerifierKey } from '../proof/signed-note.ts';
import { linesOtherwise, linesUnsigned } from '../words/proof/case-words.ts';
import type { World } from '../world/world.ts';
import type { Checkpoints } from './checkpoint-keeping.ts';
import type { ProvedLines } from './journal/prove-walk.ts';
import { files } from './store-files.ts';
import { StoreError } from './store-types.ts';
import { startThread } from './thread.ts';

export interface SignedLines extends Pick<ProvedLines, 'lines'> {
  readonly note: string;
  readonly vkey: string;
  readonly size: number;
}

/** How long signing may take before the one of before has to do: a witness can hang. */
const signMs = 15_000;

/** `seqs`: ascending, each once. Rejects with StoreError. */
export async function signedLines(
  dir: string,
  checkpoints: Pick<Checkpoints, 'newest' | 'publish'>,
  world: World,
  seqs: readonly number[],
): Promise<SignedLines> {
  const last = seqs.at(-1) ?? 0;
  const known = checkpoints.newest();
  if (known && known.size < last) {
    const answered = new AbortController();
    const late = world.sleep(signMs, answered.signal).catch(() => undefined);
    await Promise.race([checkpoints.publish(), late]);
    answered.abort();
  }
  const newest = checkpoints.newest();
  const vkey = await readFile(files.proofPublicKey(dir), 'utf8').catch(() => '');
  const log = readVerifierKey(vkey);
  const head = newest && log && openCheckpoint(newest.note, log);
  if (!newest || !head || head.size < last) throw new StoreError(linesUnsigned);
  const order = { path: files.journal(dir), size: head.size, seqs };
  const thread = await startThread(new URL('./journal/prove-walk.ts', import.meta.url), order);
  try {
    const { root, lines } = await thread.ask<ProvedLines>('prove');
    if (root !== head.root.toString('base64')) throw new StoreError(linesOtherwise);
    return { note: newest.note, vkey: `${vkey.trim()}\n`, size: head.size, lines };
  } finally {
    await thread.end();
  }
}
