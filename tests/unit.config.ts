/** The quick tests alone, otherwise run like all tests; see `unit.ts` for which they are. It must not loosen anything. */
import { defineConfig, mergeConfig } from 'vitest/config';
import { HEAVY, LONG, PEERED } from './unit.ts';
import all from './vitest.config.ts';

export default mergeConfig(
  all,
  defineConfig({ test: { exclude: [...PEERED, ...LONG, ...HEAVY.map((folder) => `${folder}**`)] } }),
);
