/**
 * That the patrol bench reckons rightly: its seeds apart, the same month always the same, every plant marked, honest months whole,
 * and a report without holes. How much is found is not judged here.
 */
import { expect, test } from 'vitest';
import { cares, fraudKinds, frauds } from './patrol-frauds.ts';
import { Month } from './patrol-month.ts';
import { firstSeed, patrolReport, planPatrol, playMonth } from './patrol-score.ts';

test('has seeds for tuning, scoring and checking that never meet', () => {
  const ranges = Object.values(firstSeed).map((first) => new Set(planPatrol(60, first).map(({ seed }) => seed)));
  expect(new Set(ranges.flatMap((one) => [...one])).size).toBe(ranges.reduce((sum, { size }) => sum + size, 0));
});

test.each(fraudKinds)('“%s” marks what it forged, however it is done, and leaves the rest as it was', (kind) => {
  for (const [n, care] of cares.entries()) {
    const month = new Month(firstSeed.checking + n, 'usual');
    const honest = new Month(firstSeed.checking + n, 'usual').delivered().length;
    expect(month.delivered().some(({ id }) => id.startsWith('forged'))).toBe(false);
    frauds[kind](month, care);
    const ids = month.delivered().map(({ id }) => id);
    expect(ids.filter((id) => id.startsWith('forged')).length).toBeGreaterThan(1);
    expect(ids.filter((id) => id.startsWith('honest')).length).toBeGreaterThan(honest * 0.9);
  }
});

test('two months of one irregularity share nothing but it, and one seed is always the same month', () => {
  const months = Array.from({ length: 8 }, (_, n) => new Month(firstSeed.checking + n, 'wild').delivered());
  expect(new Set(months.map((touches) => touches[0]!.taken)).size).toBe(8);
  expect(new Month(firstSeed.checking, 'wild').delivered()).toEqual(months[0]);
});

test('a report of a small run is whole', () => {
  const played = planPatrol(1, firstSeed.checking)
    .filter((_, n) => n % 10 === 0)
    .map(playMonth);
  const text = patrolReport(played);
  for (const word of [...fraudKinds, 'accused', 'by the letter', 'wild']) expect(text).toContain(word);
  expect(text).not.toContain('NaN');
  expect(text).not.toContain('undefined');
});
