/**
 * Tension and displacement held against the reckoned figures of the trade: a wire of 150 N, bays of 4 m, zones of 40 m,
 * with a spring of 2 N/mm and without.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  displacementMm,
  displacementOf,
  farRiseOf,
  pushOf,
  riseOf,
  usualRiseN,
  usualSpan,
  usualSpringNPerMm,
} from '../../src/core/fence/midspan.ts';

const rigid = usualSpan;
const sprung = { ...usualSpan, springNPerMm: usualSpringNPerMm };

test('75 mm at mid-span are 3.7 N with springs and 10.7 N without, for a push of 12 N', () => {
  expect(riseOf(displacementMm, sprung)).toBeCloseTo(3.7, 1);
  expect(riseOf(displacementMm, rigid)).toBeCloseTo(10.7, 1);
  expect([pushOf(75, 150, sprung), pushOf(75, 150, rigid)].map(Math.round)).toEqual([12, 12]);
});

test('5 kgf are 274 mm with springs and 161 mm without, for pushes of 54 N and 32 N', () => {
  expect([displacementOf(usualRiseN, sprung), displacementOf(usualRiseN, rigid)].map(Math.round)).toEqual([274, 161]);
  expect([pushOf(274, 150, sprung), pushOf(161, 150, rigid)].map(Math.round)).toEqual([54, 32]);
});

test.each([
  [100, 7.5],
  [200, 15],
  [450, 33.7],
])('on a wire of %d N it takes %d N to hold 75 mm, before it tightens', (baseN, pushN) => {
  const slackest = { bayM: 4, lengthM: 1e9 };
  expect(pushOf(75, baseN, slackest)).toBeCloseTo(pushN, 0);
});

test('the two ways between newtons and millimetres are each other’s inverse', () => {
  const span = fc.record({
    bayM: fc.double({ min: 1, max: 10, noNaN: true }),
    lengthM: fc.double({ min: 5, max: 100, noNaN: true }),
    springNPerMm: fc.double({ min: 0.1, max: 20, noNaN: true }),
  });
  fc.assert(
    fc.property(span, fc.double({ min: 1, max: 900, noNaN: true }), (one, mm) => {
      expect(displacementOf(riseOf(mm, one), one)).toBeCloseTo(mm, 3);
    }),
  );
  expect(displacementOf(0, rigid)).toBe(0);
});

test('from the farthest of ten bays a wire must rise by what nine supports keep besides', () => {
  expect(farRiseOf(2, { bayM: 4, lengthM: 40 }, 3)).toBe(29);
  expect(farRiseOf(2, { bayM: 4, lengthM: 4 }, 3)).toBe(2);
});
