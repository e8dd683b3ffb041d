/**
 * The demonstration as a visitor runs it, through the same door as `npm run demo`: it ends by itself with balanced books,
 * ends cleanly on Ctrl-C, and leaves neither a process nor a file behind.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { patiently } from '../patience.ts';

const setUp = join(import.meta.dirname, '../../src/commands/setup.mjs');

interface Visit {
  readonly child: ChildProcess;
  readonly output: () => string;
  said(text: string): Promise<void>;
  readonly code: Promise<number | null>;
  /** Files it left and whether any process of its group still runs. */
  left(): Promise<{ files: string[]; processes: boolean }>;
}

async function demo(...args: string[]): Promise<Visit> {
  const place = await mkdtemp(join(tmpdir(), 'gatehouse-visit-'));
  const env = { ...process.env, TMPDIR: place };
  // A process group of its own, so that a child left behind can be seen.
  const child = spawn(process.execPath, [setUp, 'demo', ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const group = () => {
    try {
      return process.kill(-child.pid!, 0);
    } catch {
      // Nobody is left in it.
      return false;
    }
  };
  onTestFinished(async () => {
    if (group()) process.kill(-child.pid!, 'SIGKILL');
    await rm(place, { recursive: true, force: true });
  });
  let output = '';
  const waiting = new Set<() => void>();
  const keep = (bytes: Buffer) => {
    output += bytes.toString();
    for (const look of waiting) look();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const code = once(child, 'close').then(([ended]) => ended as number | null);
  return {
    child,
    output: () => output,
    code,
    said(text) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const look = () => output.includes(text) && resolve();
      waiting.add(look);
      look();
      return patiently(promise, () => `the demo did not say ${text}:\n${output}`).finally(() => waiting.delete(look));
    },
    left: async () => ({
      // Building the pages may leave Node's own cache of compiled code, which is nobody's.
      files: (await readdir(place)).filter((name) => name !== 'node-compile-cache'),
      processes: group(),
    }),
  };
}

/** The last column of the ledger: what is unaccounted for, by line. */
function missing(output: string): Record<string, number> {
  const table = output.split('conservation ledger')[1]?.split('\n\n')[0] ?? '';
  const rows = table.split('\n').slice(2);
  return Object.fromEntries(rows.map((row) => [row.split('\t')[0]!.trim(), Number(row.split('\t').at(-1))]));
}

test('the demonstration ends by itself after its seconds, with every input accounted for and every scripted alarm told', async () => {
  const visit = await demo('--seconds', '25');
  expect(await visit.code, visit.output()).toBe(0);
  const output = visit.output();
  expect(output).toMatch(/wall\s+http:\/\/127\.0\.0\.1:\d+\/wall/);
  expect(output).toMatch(/z4\/pull\s+\d+\.\d s/);
  expect(output).toMatch(/canteen-1\/masked\s+\d+\.\d s/);
  expect(output).toMatch(/hash chain: ✓ \d+/);
  const books = missing(output);
  expect(Object.keys(books).length).toBeGreaterThanOrEqual(6);
  expect(Object.values(books).filter((n) => n !== 0)).toEqual([]);
  expect(await visit.left()).toEqual({ files: [], processes: false });
});

test('Ctrl-C ends the demonstration cleanly, with its books and exit code 0', async () => {
  const visit = await demo();
  await visit.said('climbs the east fence');
  visit.child.kill('SIGINT');
  expect(await visit.code, visit.output()).toBe(0);
  expect(visit.output()).toMatch(/hash chain: ✓ \d+/);
  expect(Object.values(missing(visit.output())).filter((n) => n !== 0)).toEqual([]);
  expect(await visit.left()).toEqual({ files: [], processes: false });
});
