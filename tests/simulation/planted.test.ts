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

/** Processes that search at the same time, for the minutes it takes: one would keep a whole run waiting at its end. */
const shares = 2;
const plant = fileURLToPath(new URL('./plant.ts', import.meta.url));

describe('a planted bug', () => {
  let caught: ReadonlyMap<number, Caught>;
  beforeAll(async () => {
    const played = await Promise.all(
      Array.from({ length: shares }, (_, share) =>
        promisify(execFile)(process.execPath, [plant, String(share), String(shares)], { timeout: TEST_LIMIT_MS }),
      ),
    );
    const lines = played.flatMap(({ stdout }) => stdout.trim().split('\n'));
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
