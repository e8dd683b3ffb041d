/** A curve is never drawn smoother than it was: whatever the columns, its extremes and its end are there. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { heldMs, Pen } from '../../src/core/fence/curve.ts';

interface Spot {
  readonly at: number;
  readonly value: number;
}

function columnsOf(all: readonly Spot[], from: number, to: number, columns: number) {
  const pen = new Pen({ from, to, columns });
  for (const { at, value } of all) pen.add(at, value);
  return pen.columns();
}

const spots = fc
  .array(
    fc.record({ at: fc.integer({ min: 0, max: 20_000 }), value: fc.double({ min: -50, max: 500, noNaN: true }) }),
    {
      maxLength: 200,
    },
  )
  .map((all) => all.sort((a, b) => a.at - b.at));

test('no peak and no value’s time is lost, in however few columns', () => {
  fc.assert(
    fc.property(spots, fc.integer({ min: 1, max: 50 }), (all, columns) => {
      const drawn = columnsOf(all, 5_000, 15_000, columns);
      const inside = all.filter(({ at }) => at >= 5_000 && at <= 15_000);
      const held = all.filter(({ at }) => at < 5_000).at(-1);
      const shown = held ? drawn.slice(1) : drawn;
      expect(shown.length).toBeLessThanOrEqual(columns);
      const values = inside.map(({ value }) => value);
      expect(shown.length > 0).toBe(inside.length > 0);
      if (inside.length === 0) return;
      expect(Math.max(...shown.map((column) => column[3]))).toBe(Math.max(...values));
      expect(Math.min(...shown.map((column) => column[2]))).toBe(Math.min(...values));
      expect(shown[0]?.[0]).toBe(inside[0]?.at);
      expect(shown.at(-1)?.slice(1)).toMatchObject({ 0: inside.at(-1)?.at, 3: inside.at(-1)?.value });
      for (const [from, to, low, high, last] of shown) {
        const own = inside.filter(({ at }) => at >= from && at <= to);
        expect([low, high, last]).toEqual([
          Math.min(...own.map(({ value }) => value)),
          Math.max(...own.map(({ value }) => value)),
          own.at(-1)?.value,
        ]);
      }
    }),
  );
});

test('the value that held when the picture begins comes first, unless it was too long ago', () => {
  const one = (at: number): Spot[] => [{ at, value: 3 }];
  expect(columnsOf(one(heldMs), 2 * heldMs, 3 * heldMs, 10)).toEqual([[heldMs, heldMs, 3, 3, 3]]);
  expect(columnsOf(one(heldMs - 1), 2 * heldMs, 3 * heldMs, 10)).toEqual([]);
  expect(columnsOf(one(3 * heldMs + 1), 2 * heldMs, 3 * heldMs, 10)).toEqual([]);
});
