/** A journal that is taken away under its writer: nothing is said to be kept that is not in the folder, and nothing kept is lost. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openJournal } from '../../src/store/journal/journal.ts';
import { verifyJournal } from '../../src/store/journal/verify.ts';
import { type Journal, StoreError, StoreGone } from '../../src/store/store-types.ts';
import { dataFolder, listeningLog, readings } from './place.ts';

const root = process.getuid?.() === 0;

async function opened(dir: string): Promise<Journal> {
  const journal = await openJournal({ dir, log: listeningLog() });
  onTestFinished(() => journal.close());
  await journal.append(readings(1, 100));
  return journal;
}

/** What an append is refused with: something to wait out, not the end. */
async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(StoreError);
  expect(error).not.toBeInstanceOf(StoreGone);
  return (error as StoreError).why.en;
}

const all = ['', '-wal', '-shm'];

test.each([
  ['the journal', ''],
  ['its log', '-wal'],
  ['the index of its log', '-shm'],
])('with %s deleted nothing more is said to be kept, and what was is saved beside it', async (_what, tail) => {
  const dir = await dataFolder();
  const journal = await opened(dir);
  rmSync(`${dir}/journal.db${tail}`);
  expect(await refusal(journal.append(readings(101, 1)))).toMatch(/was moved, deleted or replaced; .* is saved as /);
  expect(await refusal(journal.append([]))).toMatch(/was moved, deleted or replaced/);
  expect(journal.head().seq).toBe(100);

  const saved = readdirSync(dir).filter((name) => name.startsWith('journal.rescued-'));
  expect(saved).toHaveLength(1);
  const other = await dataFolder();
  copyFileSync(join(dir, saved[0]!), `${other}/journal.db`);
  expect(await verifyJournal(other)).toEqual({ ok: true, checked: 100 });
  const again = await openJournal({ dir: other, log: listeningLog() });
  await again.append(readings(101, 1));
  await again.close();
});

test('with another journal in its place nothing more is kept, and with the right one back the same events are', async () => {
  const dir = await dataFolder();
  const journal = await opened(dir);
  const aside = join(dir, 'aside');
  mkdirSync(aside);
  for (const tail of all) renameSync(`${dir}/journal.db${tail}`, `${aside}/journal.db${tail}`);
  const backup = await dataFolder();
  await (await openJournal({ dir: backup, log: listeningLog() })).close();
  copyFileSync(`${backup}/journal.db`, `${dir}/journal.db`);
  expect(await refusal(journal.append(readings(101, 2)))).toMatch(/was moved, deleted or replaced/);

  for (const tail of all) renameSync(`${aside}/journal.db${tail}`, `${dir}/journal.db${tail}`);
  await journal.append(readings(101, 2));
  expect(await journal.read(100, 10)).toEqual(readings(101, 2));
  expect(readdirSync(dir).filter((name) => name.includes('rescued'))).toEqual([]);
});

test('with its whole folder moved away nothing more is kept until it is back', async () => {
  const dir = `${await dataFolder()}/data`;
  const journal = await opened(dir);
  renameSync(dir, `${dir}.old`);
  mkdirSync(dir);
  expect(await refusal(journal.append(readings(101, 1)))).toMatch(/unmounted.* Do not restart the gateway/);
  expect(readdirSync(dir)).toEqual([]);
  rmSync(dir, { recursive: true });
  renameSync(`${dir}.old`, dir);
  await journal.append(readings(101, 1));
  expect(journal.head().seq).toBe(101);
});

test('with an old backup copied over it, the same file on the disk, nothing more is kept', async () => {
  const dir = await dataFolder();
  const backup = await dataFolder();
  const before = await openJournal({ dir, log: listeningLog() });
  await before.append(readings(1, 50));
  await before.close();
  copyFileSync(`${dir}/journal.db`, `${backup}/journal.db`);
  const journal = await openJournal({ dir, log: listeningLog() });
  // So much that most of it has gone from the log into the file.
  for (let seq = 51; seq < 20_000; seq += 1_000) await journal.append(readings(seq, 1_000));
  copyFileSync(`${backup}/journal.db`, `${dir}/journal.db`);
  expect(await refusal(journal.append(readings(20_051, 1)))).toMatch(/was overwritten by another program/);
  await journal.close();
});

test.each([
  ['emptied', () => ''],
  ['written over by one of the same length', (log: Buffer) => Buffer.alloc(log.length, 7)],
])('with its log %s in its place, the same file on the disk, nothing more is kept', async (_, other) => {
  const dir = await dataFolder();
  const journal = await opened(dir);
  const log = `${dir}/journal.db-wal`;
  writeFileSync(log, other(readFileSync(log)));
  expect(await refusal(journal.append([]))).toMatch(/was overwritten by another program/);
  expect(await refusal(journal.append(readings(101, 1)))).toMatch(/was overwritten by another program/);
  expect(journal.head().seq).toBe(100);
});

test('a program that only folds the log into the file, as a database tool does, disturbs nothing', async () => {
  const dir = await dataFolder();
  const journal = await opened(dir);
  const { default: Database } = await import('better-sqlite3');
  const tool = new Database(`${dir}/journal.db`);
  tool.pragma('wal_checkpoint(PASSIVE)');
  tool.close();
  await journal.append(readings(101, 1));
  expect(journal.head().seq).toBe(101);
});

test.runIf(root)('with its disk unmounted nothing more is kept, and mounted again it goes on', async () => {
  const dir = await dataFolder();
  const [image, mount] = [`${await dataFolder()}/image`, (...args: string[]) => spawnSync('mount', args).status];
  expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', dir]).status).toBe(0);
  mkdirSync(image);
  expect(mount('--bind', dir, image)).toBe(0);
  onTestFinished(() => {
    spawnSync('umount', ['-l', dir]);
    spawnSync('umount', ['-l', image]);
  });
  const journal = await opened(dir);
  expect(spawnSync('umount', ['-l', dir]).status).toBe(0);
  expect(await refusal(journal.append(readings(101, 1)))).toMatch(/its disk was unmounted/);
  expect(mount('--bind', image, dir)).toBe(0);
  await journal.append(readings(101, 1));
  await journal.close();
  expect(await verifyJournal(dir)).toEqual({ ok: true, checked: 101 });
});
