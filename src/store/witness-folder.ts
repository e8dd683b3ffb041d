/**
 * A folder of a witness as something that may hang: a share whose server is gone, a stick that has a bad contact. Whoever asks gets
 * an answer within ten seconds. What hangs holds one of the few threads with which the gateway reads and writes files, so a
 * folder that has not come back is not asked again, and no folder is while two hang. It must never wait longer than it says.
 */
import type { TreeHead, Verifier } from '../proof/signed-note.ts';
import type { World } from '../world/world.ts';
import { giveWitness, witnessed } from './checkpoint-files.ts';

/** Ours: a sleeping disk needs some seconds to turn. */
const patienceMs = 10_000;
/** Of the four threads Node has for files; ours. */
const mostHanging = 2;
const hanging = new Set<string>();

const timedOut = (): NodeJS.ErrnoException =>
  Object.assign(new Error('the folder did not answer'), { code: 'ETIMEDOUT' });

/** Who waits, and for how long: a world's own sleep. */
type Sleeper = Pick<World, 'sleep'>;

/** Rejects with `ETIMEDOUT` when the folder does not answer, or has not answered yet what it was asked before. */
async function bounded<T>({ sleep }: Sleeper, folder: string, ask: () => Promise<T>): Promise<T> {
  if (hanging.has(folder) || hanging.size >= mostHanging) throw timedOut();
  const asked = ask();
  const answered = new AbortController();
  const late = async (): Promise<never> => {
    await sleep(patienceMs, answered.signal);
    hanging.add(folder);
    const back = () => void hanging.delete(folder);
    asked.then(back, back);
    throw timedOut();
  };
  return await Promise.race([asked, late()]).finally(() => answered.abort());
}

/** The newest checkpoint that a witness holds, as `witnessed` gives it. Rejects as the file system does, or with `ETIMEDOUT`. */
export const askWitness = (
  waits: Sleeper,
  folder: string,
  log: Verifier,
): Promise<TreeHead | 'unreadable' | undefined> => bounded(waits, folder, () => witnessed(folder, log));

/** Gives a witness the newest note. Rejects as the file system does, or with `ETIMEDOUT`. */
export const tellWitness = (waits: Sleeper, folder: string, log: Verifier, note: string): Promise<void> =>
  bounded(waits, folder, () => giveWitness(folder, log, note));
