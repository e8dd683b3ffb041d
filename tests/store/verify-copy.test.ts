/** Copies of a journal as an auditor has them: on a medium that cannot be written, with the log still beside it, under another name. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { openJournal } from '../../src/store/journal/journal.ts';
import { verifyJournal } from '../../src/store/journal/verify.ts';
import { dataFolder, listeningLog, readings } from './place.ts';

const root = process.getuid?.() === 0;
const aside = () => readdirSync(tmpdir()).filter((name) => name.startsWith('gatehouse-verify-'));

test.runIf(root)(
  'verify reads a copy on a read-only medium, closed in order or taken in the midst, and leaves nothing behind',
  async () => {
    const dir = await dataFolder();
    const medium = await dataFolder();
    const before = aside();
    const mount = (...args: string[]) => expect(spawnSync('mount', args).status).toBe(0);
    mount('-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', medium);
    onTestFinished(() => void spawnSync('umount', ['-l', medium]));
    const journal = await openJournal({ dir, log: listeningLog() });
    await journal.append(readings(1, 40));
    for (const tail of ['', '-wal']) copyFileSync(`${dir}/journal.db${tail}`, `${medium}/journal.db${tail}`);
    await journal.close();
    copyFileSync(`${dir}/journal.db`, `${medium}/evidence.db`);
    mount('-o', 'remount,ro', medium);
    expect(await verifyJournal(medium)).toEqual({ ok: true, checked: 40 });
    expect(await verifyJournal(`${medium}/evidence.db`)).toEqual({ ok: true, checked: 40 });
    expect(aside()).toEqual(before);
  },
);

test('a file that is not there is said, and nothing is made of it', async () => {
  const dir = await dataFolder();
  await expect(verifyJournal(dir)).rejects.toThrow(/journal\.db cannot be opened/);
  expect(readdirSync(dir)).toEqual([]);
});
