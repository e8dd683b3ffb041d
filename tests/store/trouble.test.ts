/** What the journal does when the disk, the file or another program is in its way: a sentence, nothing lost, nothing kept twice. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { openJournal } from '../../src/store/journal/journal.ts';
import { verifyJournal } from '../../src/store/journal/verify.ts';
import { StoreError } from '../../src/store/store-types.ts';
import { dataFolder, listeningLog, readings } from './place.ts';

const root = process.getuid?.() === 0;

async function refusal(work: Promise<unknown>): Promise<StoreError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(StoreError);
  return error as StoreError;
}

/** Starts the appending child and resolves once it has said its first kept seq. */
async function appender(dir: string): Promise<{ kill(): Promise<number[]> }> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./appender.ts', import.meta.url)), dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const kept: number[] = [];
  const lines = createInterface(child.stdout);
  const closed = new Promise<void>((resolve) => lines.on('close', resolve));
  const started = new Promise<void>((resolve) => {
    lines.on('line', (line) => {
      kept.push(Number(line));
      if (kept.length === 30) resolve();
    });
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await Promise.race([started, closed]);
  return {
    async kill() {
      child.kill('SIGKILL');
      await closed;
      return kept;
    },
  };
}

test('killed under load again and again, every event that was said to be kept is there and the chain holds', async () => {
  const dir = await dataFolder();
  for (let round = 0; round < 4; round += 1) {
    const kept = await (await appender(dir)).kill();
    expect(kept.length).toBeGreaterThanOrEqual(30);
    const journal = await openJournal({ dir, log: listeningLog() });
    let last = 0;
    await journal.replay(({ seq }) => {
      last = seq;
    });
    await journal.close();
    expect(last).toBeGreaterThanOrEqual(kept.at(-1)!);
    expect(await verifyJournal(dir)).toEqual({ ok: true, checked: last });
  }
});

test('a second gateway on the same folder is refused with the number of the process that has it', async () => {
  const dir = await dataFolder();
  const child = await appender(dir);
  const { why } = await refusal(openJournal({ dir, log: listeningLog() }));
  expect(why.en).toMatch(/Another gateway \(process \d+\) is using the data folder .* Stop it first/);
  expect(why.zh).toMatch(/正被另一个网关使用（进程 \d+）/);
  await child.kill();
  await (await openJournal({ dir, log: listeningLog() })).close();
});

test('within one process, too, a folder has one journal at a time', async () => {
  const dir = await dataFolder();
  const first = await openJournal({ dir, log: listeningLog() });
  expect((await refusal(openJournal({ dir, log: listeningLog() }))).why.en).toContain(`process ${process.pid}`);
  await first.append(readings(1, 1));
  await first.close();
  await (await openJournal({ dir, log: listeningLog() })).close();
});

test.runIf(root)(
  'a full disk keeps nothing, says so, and the same events are kept once there is room again',
  async () => {
    const dir = await dataFolder();
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', dir]).status).toBe(0);
    try {
      const ballast = `${dir}/ballast`;
      const journal = await openJournal({ dir, log: listeningLog() });
      await journal.append(readings(1, 10));
      writeFileSync(ballast, Buffer.alloc(1_500_000));
      let seq = 11;
      let full: unknown;
      while (full === undefined && seq < 100_000) {
        await journal.append(readings(seq, 500)).then(
          () => {
            seq += 500;
          },
          (error: unknown) => {
            full = error;
          },
        );
      }
      expect(full).toBeInstanceOf(StoreError);
      expect((full as StoreError).why.en).toMatch(/disk is full: .*journal.db/);
      expect((full as StoreError).why.zh).toContain('磁盘已满');
      expect(journal.head().seq).toBe(seq - 1);
      expect(await journal.read(seq - 1, 10)).toEqual([]);
      rmSync(ballast);
      await journal.append(readings(seq, 500));
      await journal.close();
      expect(await verifyJournal(dir)).toEqual({ ok: true, checked: seq + 499 });
    } finally {
      spawnSync('umount', [dir]);
    }
  },
);

test.runIf(root)('a folder on a disk that is mounted read-only is refused with a sentence', async () => {
  const dir = await dataFolder();
  expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', dir]).status).toBe(0);
  try {
    await (await openJournal({ dir, log: listeningLog() })).close();
    expect(spawnSync('mount', ['-o', 'remount,ro', dir]).status).toBe(0);
    expect((await refusal(openJournal({ dir, log: listeningLog() }))).why.en).toMatch(/is read-only\. Check/);
  } finally {
    spawnSync('umount', [dir]);
  }
});

test('a file where the folder should be is refused with a sentence', async () => {
  const dir = `${await dataFolder()}/data`;
  writeFileSync(dir, 'not a folder');
  expect((await refusal(openJournal({ dir, log: listeningLog() }))).why.en).toMatch(/cannot be opened\. Check/);
});

test('a file that is no database is refused with a sentence and left as it is', async () => {
  const dir = await dataFolder();
  writeFileSync(`${dir}/journal.db`, 'just some text '.repeat(1000));
  expect((await refusal(openJournal({ dir, log: listeningLog() }))).why.en).toMatch(/is not a database of the gateway/);
  rmSync(`${dir}/journal.db`);
  mkdirSync(`${dir}/journal.db`);
  expect((await refusal(openJournal({ dir, log: listeningLog() }))).why.en).toMatch(/cannot be opened/);
});

test('after closing, an append is refused instead of waiting for ever', async () => {
  const journal = await openJournal({ dir: await dataFolder(), log: listeningLog() });
  await journal.close();
  expect((await refusal(journal.append(readings(1, 1)))).why.en).toMatch(/has stopped/);
});
