/** A process that is killed in the midst of writing a snapshot leaves those before it whole, and nothing that lasts. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { logKey } from '../../src/store/checkpoint-files.ts';
import { readSnapshot, seqOfPath, snapshotPaths } from '../../src/store/snapshot/snapshot-files.ts';
import { until } from '../patience.ts';
import { dataFolder } from './place.ts';

const script = fileURLToPath(new URL('./snapshot-keeper.ts', import.meta.url));
const parts = (dir: string) => {
  const folder = join(dir, 'snapshots');
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.part')) : [];
};

test('killed in the midst of writing again and again, what was said to be kept can be read, and no half file stays', async () => {
  const dir = await dataFolder();
  const log = await logKey(dir, 'gatehouse/school');
  let last = 1;
  for (let kill = 0; kill < 4; kill++) {
    const child = spawn(process.execPath, [script, dir, String(last * 2)], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    let said = 0;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said = Number(text.trim().split('\n').at(-1));
    });
    await until('one was kept and the next is being written', () => said > 0 && parts(dir).length > 0);
    child.kill('SIGKILL');
    await once(child, 'close');
    const [newest = ''] = snapshotPaths(dir);
    expect(seqOfPath(newest)).toBeGreaterThanOrEqual(said);
    for (const path of snapshotPaths(dir)) expect(readSnapshot(path, log)).toMatchObject({ seq: seqOfPath(path) });
    expect(snapshotPaths(dir).length).toBeLessThanOrEqual(3);
    expect(parts(dir).length).toBeLessThanOrEqual(2);
    last = seqOfPath(newest);
  }
});
