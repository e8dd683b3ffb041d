/** That the bench of sensors reckons rightly: seeds apart, a month that can be repeated, failures that are due, a report without holes. */
import { expect, test } from 'vitest';
import { coldStore } from '../../simulators/store/cold-store.ts';
import { firstStore, playStore, storeReport } from './sensors-score.ts';

test('the same seed is the same store, another is another', () => {
  const air = (seed: number) => [...coldStore(seed, 1, 'none', 0, 0)].map((one) => one.air);
  expect(air(firstStore.checking)).toEqual(air(firstStore.checking));
  expect(air(firstStore.checking)).not.toEqual(air(firstStore.checking + 1));
});

test('a store that is well is cold, and one whose compressor is dead is not', () => {
  const mean = (air: readonly number[]) => air.reduce((sum, one) => sum + one, 0) / air.length;
  const well = [...coldStore(firstStore.checking, 2, 'none', 0, 0)].map((one) => one.air);
  const dead = [...coldStore(firstStore.checking, 2, 'compressor', 60, 2_820)].map((one) => one.air);
  expect(mean(well)).toBeLessThan(-17);
  expect(dead.at(-1)).toBeGreaterThan(0);
});

test('a dead compressor is due and told, and the report says so', () => {
  const month = playStore(firstStore.checking, 'compressor');
  expect(month).toMatchObject({ due: true, found: true });
  const text = storeReport([month, playStore(firstStore.checking + 1, 'none')]);
  expect(text).toContain('| compressor | 1 | 1 of 1 |');
  expect(text).not.toMatch(/NaN|undefined/);
});
