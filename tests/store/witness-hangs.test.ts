/** A witness's folder that hangs, as a share whose server is gone does: here its note is a pipe into which nobody writes. */
import { spawnSync } from 'node:child_process';
import { closeSync, constants, openSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { newSigner, signCheckpoint } from '../../src/proof/signed-note.ts';
import { witnessHeads } from '../../src/store/checkpoint-keeping.ts';
import { askWitness, tellWitness } from '../../src/store/witness-folder.ts';
import { realWorld } from '../../src/world/world.ts';
import { until } from '../patience.ts';
import { dataFolder, listeningLog } from './place.ts';

const log = newSigner('gatehouse/school');
const note = signCheckpoint({ origin: log.name, size: 7, root: Buffer.alloc(32), more: [] }, log);
const real = realWorld(listeningLog());
/** Patience that ends at once. */
const hasty = { sleep: async () => undefined };

/** A folder whose note answers only when it is let. */
async function hangs() {
  const folder = await dataFolder();
  await tellWitness(real, folder, log, note);
  const [name = ''] = readdirSync(folder);
  const pipe = join(folder, name);
  rmSync(pipe);
  expect(spawnSync('mkfifo', [pipe]).status).toBe(0);
  return { folder, answer: () => closeSync(openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK)) };
}

test('a folder that hangs is told as such, is not asked again before it comes back, and two of them leave the others unasked', async () => {
  const [one, two] = [await hangs(), await hangs()];
  const good = await dataFolder();
  await tellWitness(real, good, log, note);
  // What is still read at the end would keep the process.
  onTestFinished(() => {
    one.answer();
    two.answer();
  });

  await expect(askWitness(hasty, one.folder, log)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  expect(await witnessHeads([one.folder, good], log, real)).toMatchObject([{ place: 'witness', seq: 7 }]);

  await expect(askWitness(hasty, two.folder, log)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  await expect(tellWitness(real, good, log, note)).rejects.toMatchObject({ code: 'ETIMEDOUT' });

  one.answer();
  await until('the first has come back', async () => (await witnessHeads([good], log, real)).length === 1);
});
