/**
 * How the tests are run: in processes of their own, four at a time on the two cores that are counted on, since nearly half of
 * their time is waiting for timeouts, disks and other programs; the longest first; each wait with a limit.
 * A test that fails is not tried again; there must be no way here to make a flaky test look sound.
 */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import LongestFirst from './longest-first.ts';
import { PATIENCE_MS, TEST_LIMIT_MS } from './patience.ts';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['tests/**/*.test.ts'],
    environment: 'node',
    pool: 'forks',
    maxWorkers: 4,
    sequence: { sequencer: LongestFirst },
    retry: 0,
    testTimeout: TEST_LIMIT_MS,
    hookTimeout: TEST_LIMIT_MS,
    teardownTimeout: PATIENCE_MS,
    expect: { poll: { timeout: PATIENCE_MS } },
    reporters: ['default', fileURLToPath(new URL('./closing.ts', import.meta.url))],
  },
});
