/**
 * The last stills of each camera: what is found of before, and what is forgotten so that memory stays bounded.
 */
import { expect, test } from 'vitest';
import { RecentStills } from '../../src/app/record/recent-stills.ts';

const still = (bytes = 1, mark = 0) => new Uint8Array(bytes).fill(mark);

test('the still found is the last one taken before the time asked for', () => {
  const stills = new RecentStills();
  for (const at of [1_000, 3_000, 5_000]) stills.note('gate', at, still(1, at / 1_000));
  expect(stills.nearest('gate', 4_999)).toEqual({ at: 3_000, jpeg: still(1, 3) });
  expect(stills.nearest('gate', 999)).toBeUndefined();
  expect(stills.nearest('yard', 4_999)).toBeUndefined();
});

test('a still of more than half a minute before is of something else', () => {
  const stills = new RecentStills();
  stills.note('gate', 1_000, still());
  expect(stills.nearest('gate', 31_000)).toBeDefined();
  expect(stills.nearest('gate', 31_001)).toBeUndefined();
});

test('of one camera at most twelve are kept, and none for longer than forty seconds', () => {
  const stills = new RecentStills();
  for (let at = 0; at < 20_000; at += 1_000) stills.note('gate', at, still());
  expect(stills.nearest('gate', 7_999)).toBeUndefined();
  expect(stills.nearest('gate', 8_000)?.at).toBe(8_000);
  stills.note('gate', 60_000, still());
  expect(stills.nearest('gate', 20_000)).toBeUndefined();
});

test('large stills push out those of the camera nobody looked at for longest', () => {
  const stills = new RecentStills();
  const large = 20 * 1024 ** 2;
  stills.note('old', 1_000, still(large));
  for (let i = 1; i <= 4; i++) stills.note(`new-${i}`, 1_000 + i, still(large));
  expect(stills.nearest('old', 2_000)).toBeUndefined();
  expect(stills.nearest('new-1', 2_000)).toBeDefined();
});

test('a clock that was set back forgets what was taken in the other time', () => {
  const stills = new RecentStills();
  stills.note('gate', 90_000_000, still());
  stills.note('gate', 1_000, still(1, 7));
  expect(stills.nearest('gate', 1_500)).toEqual({ at: 1_000, jpeg: still(1, 7) });
});
