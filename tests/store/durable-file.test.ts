/**
 * Small files that a power cut must not take back: what the program asks of the kernel, and in which order, before it says
 * that a person may log in, and where a file stands that is only made once.
 */
import { spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { makeDurably, writeDurably } from '../../src/world/durable-file.ts';
import { PATIENCE_MS } from '../patience.ts';
import { dataFolder } from './place.ts';

const start = fileURLToPath(new URL('../../src/commands/start.mjs', import.meta.url));

/** What a command asked the kernel, one line a call, oldest first; descriptors with their paths. */
function calls(input: string, cwd: string, ...args: string[]): string[] {
  const trace = join(cwd, 'trace');
  const watch = [
    '-f',
    '-y',
    '-s',
    '200',
    '-e',
    'trace=fsync,fdatasync,rename,renameat,renameat2,link,write',
    '-o',
    trace,
  ];
  const { status, stderr } = spawnSync('strace', [...watch, process.execPath, start, ...args], {
    encoding: 'utf8',
    timeout: PATIENCE_MS,
    cwd,
    input,
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return readFileSync(trace, 'utf8').split('\n');
}

test('"may log in" is said when the file, its name and the names of its folders are on the disk, in this order', () => {
  const cwd = mkdtempSync(join(tmpdir(), 'gatehouse-durable-'));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  const seen = calls('kept-by-the-tests\n', cwd, 'user', 'add', 'wang', '--role', 'operator', '--data', 'deep/data');
  const at = (what: RegExp, from = 0): number => {
    const found = seen.findIndex((line, i) => i >= from && what.test(line));
    expect([String(what), found]).not.toEqual([String(what), -1]);
    return found;
  };
  const folders = Math.max(at(/fsync\(\d+<[^>]*\/gatehouse-durable-\w+>\)/), at(/fsync\(\d+<[^>]*\/deep>\)/));
  const file = at(/fsync\(\d+<[^>]*users\.json\.[^>]*\.part>\)/, folders);
  const renamed = at(/rename.*users\.json\.[^"]*\.part".*users\.json"/, file);
  const named = at(/fsync\(\d+<[^>]*\/deep\/data>\)/, renamed);
  at(/write\(1.*may log in/, named);
  expect(readdirSync(join(cwd, 'deep/data'))).toEqual(['users.json']);
});

test('a file is replaced whole and closed to others, and what cannot be replaced stays with nothing left beside it', async () => {
  const dir = await dataFolder();
  const path = join(dir, 'one');
  await writeDurably(path, 'first');
  await Promise.all(['second', 'third'].map((text) => writeDurably(path, text)));
  expect(['second', 'third']).toContain(readFileSync(path, 'utf8'));
  expect(statSync(path).mode & 0o777).toBe(0o600);
  await expect(writeDurably(join(dir, 'one/two'), 'x')).rejects.toThrow('ENOTDIR');
  await expect(writeDurably(dir, 'x')).rejects.toThrow();
  expect(readdirSync(dir)).toEqual(['one']);
});

test('a file that is made once is not put over one that is there', async () => {
  const dir = await dataFolder();
  const path = join(dir, 'users.json');
  const made = await Promise.all(['a', 'b', 'c'].map((text) => makeDurably(path, text)));
  expect(made.filter(Boolean)).toHaveLength(1);
  writeFileSync(path, 'somebody');
  expect(await makeDurably(path, 'nobody')).toBe(false);
  expect(readFileSync(path, 'utf8')).toBe('somebody');
  expect(readdirSync(dir)).toEqual(['users.json']);
});

test.runIf(process.getuid?.() === 0)(
  'what root writes belongs to whom the file or its folder belonged to, so that the gateway still reads it',
  async () => {
    const dir = await dataFolder();
    const gateway = 65_534;
    chownSync(dir, gateway, gateway);
    const path = join(dir, 'users.json');
    await writeDurably(path, 'first');
    expect(statSync(path)).toMatchObject({ uid: gateway, gid: gateway });
    chownSync(path, gateway - 1, gateway - 1);
    await writeDurably(path, 'second');
    expect(statSync(path)).toMatchObject({ uid: gateway - 1, gid: gateway - 1 });
    expect(await makeDurably(join(dir, 'key'), 'made')).toBe(true);
    expect(statSync(join(dir, 'key')).uid).toBe(gateway);
  },
);
