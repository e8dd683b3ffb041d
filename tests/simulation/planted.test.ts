/**
 * A checker that catches no planted bug is decoration: each bug a maintainer could make is planted in turn, and the checker
 * that must find it does. Without a bug the same nights leave nothing to find.
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { TEST_LIMIT_MS } from '../patience.ts';
import { bugs } from './bugs.ts';
import type { Caught } from './plant.ts';

const plant = fileURLToPath(new URL('./plant.ts', import.meta.url));

describe('a planted bug', () => {
  let caught: ReadonlyMap<number, Caught>;
  beforeAll(async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [plant], { timeout: TEST_LIMIT_MS });
    const lines = stdout.trim().split('\n');
    caught = new Map(lines.map((line) => JSON.parse(line) as Caught).map((one) => [one.bug, one]));
  });

  test('that is not there is not found', () => expect(caught.get(-1)?.by).toEqual([]));

  test.each(bugs.map((bug, number) => ({ ...bug, number })))('is found: $what', ({ number, caughtBy }) => {
    const one = caught.get(number);
    // Where the text it breaks has changed, the same mistake has to be made in the text as it is now.
    expect(one?.lost).toEqual([]);
    expect(one?.by).toContain(caughtBy);
  });
});
