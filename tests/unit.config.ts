/**
 * The quick tests alone; see `unit.ts` for which they are. Run like all tests, but in processes that take one file after
 * another: `npm test` gives each file its own. It must not loosen anything.
 */
import { defineConfig, mergeConfig } from 'vitest/config';
import { HEAVY, LONG, PEERED } from './unit.ts';
import all from './vitest.config.ts';

export default mergeConfig(
  all,
  defineConfig({
    test: { isolate: false, exclude: [...PEERED, ...LONG, ...HEAVY.map((folder) => `${folder}**`)] },
  }),
);
