/**
 * The demonstration as a visitor runs it, through the same door as `npm run demo`: it ends by itself with balanced books,
 * ends cleanly on Ctrl-C, and leaves neither a process nor a file behind.
 */
import { expect, test } from 'vitest';
import { visit as started } from './visit.ts';

const demo = (...args: readonly string[]) => started('demo', ...args);

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
  await visit.said(/climbs the east fence/);
  visit.child.kill('SIGINT');
  expect(await visit.code, visit.output()).toBe(0);
  expect(visit.output()).toMatch(/hash chain: ✓ \d+/);
  expect(Object.values(missing(visit.output())).filter((n) => n !== 0)).toEqual([]);
  expect(await visit.left()).toEqual({ files: [], processes: false });
});
