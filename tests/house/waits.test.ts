/**
 * Two promises of the tests themselves: a quick test, as `npm run unit` runs it, needs no other process; and no test has a
 * limit of its own for waiting, which would make it a judge of how fast the machine is.
 */
import { describe, expect, test } from 'vitest';
import { LONGEST } from '../longest-first.ts';
import { HEAVY, isUnit, LONG, LONG_MEANS, PEERED } from '../unit.ts';
import { imports } from './import-table.ts';
import { type Source, sources } from './sources.ts';

const PEER = /^(node:(child_process|cluster)|playwright-core)$/;
const LIMITS: readonly RegExp[] = [
  /\bvi\.(setConfig|waitFor|waitUntil)\b/,
  /\bsetDefault(Navigation)?Timeout\((?!PATIENCE_MS)/,
  /\b(test|hook)?[tT]imeout: ?\d/,
  /\bAbortSignal\.timeout\(\d/,
  /^\}, ?\d[\d_]{3,}\);/,
  /\b(const|let) (limit|start|stop|within)\w* = \d[\d_]{3,}/i,
  /\bsetTimeout\(.*, \d?\d?\d_?\d\d\d\)/,
];

/** What of other processes a file of the tests reaches, by way of tests and simulators; empty: nothing. */
function peers(path: string, files: ReadonlyMap<string, Source>, seen = new Set<string>()): string[] {
  const file = files.get(path);
  if (!file || seen.has(path)) return [];
  seen.add(path);
  return imports(file).flatMap(({ target, ours, type }) => {
    if (type) return [];
    if (!ours) return PEER.test(target) ? [`${path} uses ${target}`] : [];
    return [...(target.startsWith('tests/peers/') ? [`${path} uses ${target}`] : []), ...peers(target, files, seen)];
  });
}

/** Whether a file of the tests comes, by its imports, to one of those named. */
function reaches(path: string, named: readonly string[], seen = new Set<string>()): boolean {
  const file = files.get(path);
  if (!file || seen.has(path)) return false;
  seen.add(path);
  return imports(file).some(
    ({ target, ours, type }) => ours && !type && (named.includes(target) || reaches(target, named, seen)),
  );
}

/** Limits that a file sets for waiting. */
const limits = ({ path, text }: Source): string[] =>
  text.split('\n').flatMap((line, i) => (LIMITS.some((limit) => limit.test(line)) ? [`${path}:${i + 1}${line}`] : []));

const files = new Map(sources(['tests', 'simulators'], ['.ts', '.mjs']).map((file) => [file.path, file]));
const tests = [...files.keys()].filter((path) => path.endsWith('.test.ts'));

describe('a quick test', () => {
  test('needs no other process: who does is named in tests/unit.ts', () =>
    expect(tests.filter(isUnit).flatMap((path) => peers(path, files).slice(0, 1))).toEqual([]));
  test('is everyone that needs none', () =>
    expect(PEERED.filter((path) => !files.has(path) || peers(path, files).length === 0)).toEqual([]));
  test('opens no database of a district and simulates no night: who does is named among the long ones', () =>
    expect(tests.filter((path) => isUnit(path) && reaches(path, LONG_MEANS))).toEqual([]));
  test.each(LONG_MEANS)('and %s is what a long one comes to', (means) =>
    expect(LONG.filter((path) => reaches(path, [means]))).not.toEqual([]),
  );
  test('is not named among the long ones in vain, or twice', () => {
    expect(LONG.filter((path) => !files.has(path))).toEqual([]);
    const named = [...PEERED, ...LONG];
    expect(named.filter((path, i) => named.indexOf(path) !== i)).toEqual([]);
    expect(named.filter((path) => HEAVY.some((folder) => path.startsWith(folder)))).toEqual([]);
  });
  test('and no test is named in vain among those that begin first', () =>
    expect(LONGEST.filter((path) => !files.has(path))).toEqual([]));
  test('is not in a folder that is there for something else', () =>
    expect(HEAVY.filter((folder) => !tests.some((path) => path.startsWith(folder)))).toEqual([]));

  test.each([
    ['node:child_process', "import { spawn } from 'node:child_process';"],
    ['a browser', "import { chromium } from 'playwright-core';"],
    ['a peer', "import { openChromium } from '../peers/chromium.ts';"],
    ['one that uses a peer', "import { openWall } from '../wire/wall.ts';"],
    ['one that is fetched later', `const { startPymodbus } = await ${'import'}('../wire/pymodbus.ts');`],
  ])('that used %s would be seen', (_, text) => {
    const path = 'tests/core/planted.test.ts';
    expect(peers(path, new Map([...files, [path, { path, text }]]))).not.toEqual([]);
  });
  test('may speak of their types', () => {
    const path = 'tests/core/planted.test.ts';
    const text = "import type { Page } from 'playwright-core';";
    expect(peers(path, new Map([[path, { path, text }]]))).toEqual([]);
  });
});

describe('no test judges how fast the machine is', () => {
  const own = ['tests/patience.ts', 'tests/house/waits.test.ts'];
  const waiting = [...files.values()].filter(
    ({ path }) =>
      path.endsWith('.ts') && path.startsWith('tests/') && !path.startsWith('tests/bench/') && !own.includes(path),
  );
  test('by a limit of its own', () => expect(waiting.flatMap(limits)).toEqual([]));
  test.each([
    'vi.setConfig({ testTimeout: 60_000 });',
    "await page.waitForSelector('.banner', { timeout: 12_000 });",
    '}, 60_000);',
    'const limitMs = 30_000;',
    'const limit = setTimeout(late, 15_000);',
    'await vi.waitFor(() => expect(a).toBe(1));',
  ])('and %s would be seen', (text) => expect(limits({ path: 'a.ts', text })).toHaveLength(1));
});
