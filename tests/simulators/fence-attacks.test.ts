/**
 * People who know the fence, as they are played: their holds, ways and weights stay within the ranges they are drawn from, so
 * that a figure measured with them means what it says.
 */
import { describe, expect, test } from 'vitest';
import { Fence, type FenceSpec, type Sky } from '../../simulators/fence/fence.ts';

const stillAir: Sky = { airC: () => 15, sun: () => 0, windMs: () => 0 };
const spec: FenceSpec = {
  zone: 'z1',
  side: 'east',
  lengthM: 40,
  bayM: 4,
  wires: 6,
  springs: false,
  restN: 130,
  frictionPerSupport: 0,
  fullScaleN: 196,
  stepN: 0.1,
  seed: 1,
};
const seeds = Array.from({ length: 40 }, (_, i) => i + 1);

function played(seed: number, more: Partial<FenceSpec> = {}) {
  const fence = new Fence({ ...spec, seed, ...more }, stillAir);
  const rest = fence.trueN(0);
  return { fence, rises: (at: number) => fence.trueN(at).map((tension, wire) => tension - rest[wire]!) };
}

describe('who climbs with free hands', () => {
  test('needs three seconds to about ten, passes at least three wires and leaves them as they were', () => {
    for (const seed of seeds) {
      const { fence, rises } = played(seed);
      const { from, to, wires } = fence.begin('free-hand', 1_000);
      expect(to - from).toBeGreaterThanOrEqual(2_000);
      expect(to - from).toBeLessThanOrEqual(12_000);
      expect(wires.length).toBeGreaterThanOrEqual(3);
      for (const rise of rises(to + 1_000)) expect(Math.abs(rise)).toBeLessThan(0.5);
    }
  });

  test('leaves every wire free between two holds for as long as was said', () => {
    for (const seed of seeds) {
      const { fence, rises } = played(seed);
      const { to } = fence.begin('free-hand', 1_000, { ms: 6_000, holdMs: [800, 800], freeMs: [300, 300] });
      const held: boolean[] = [];
      for (let at = 1_000; at < to; at += 20) held.push(Math.max(...rises(at)) > 2);
      const gaps = held
        .map((on) => (on ? '#' : '.'))
        .join('')
        .split(/#+/)
        .filter((gap) => gap.length > 3);
      expect(gaps.length).toBeGreaterThanOrEqual(3);
      for (const gap of gaps) expect(gap.length * 20).toBeLessThan(500);
    }
  });
});

describe('two wires spread', () => {
  test('rise together, each by what 125 mm are worth, at the speed that was said', () => {
    for (const riseMs of [1_000, 60_000, 2_400_000]) {
      const { fence, rises } = played(7);
      const { wires, to, from } = fence.begin('spread', 1_000, { riseMs, ms: 5_000, wire: 2, bay: 4, share: 0.5 });
      expect(wires).toEqual([2, 3]);
      expect(to - from).toBeGreaterThanOrEqual(riseMs + 5_000);
      const half = rises(from + riseMs / 2);
      const held = rises(from + riseMs + 2_000);
      for (const wire of wires) {
        expect(held[wire]! / 29.7).toBeGreaterThan(0.85);
        expect(held[wire]! / 29.7).toBeLessThan(1.15);
        expect(half[wire]).toBeLessThan(held[wire]! / 2);
      }
      expect(Math.abs(held[0]!)).toBeLessThan(1);
    }
  });

  test('stay apart when propped, until somebody mends', () => {
    const { fence, rises } = played(7);
    const { wires, to } = fence.begin('prop', 1_000);
    expect(to).toBe(Number.POSITIVE_INFINITY);
    for (const wire of wires) expect(rises(3_600_000)[wire]).toBeGreaterThan(15);
    fence.mend(3_600_000);
    for (const rise of rises(3_601_000)) expect(Math.abs(rise)).toBeLessThan(0.5);
  });
});

test('who goes over the post weighs on the pole, and hardly on the wires', () => {
  let unseen = 0;
  for (const seed of seeds) {
    const { fence, rises } = played(seed);
    const { from, to } = fence.begin('post', 1_000);
    expect(fence.poleN(from - 10)).toBe(0);
    expect(fence.poleN((from + to) / 2)).toBeGreaterThan(150);
    expect(fence.poleN((from + to) / 2)).toBeLessThan(1_300);
    let most = 0;
    for (let at = from; at < to; at += 50) most = Math.max(most, ...rises(at));
    if (most < 2) unseen += 1;
    expect(fence.poleN(to + 10)).toBe(0);
  }
  expect(unseen).toBeGreaterThan(5);
});

test('tensioners are turned by so much and stay so, out or in, one wire or all', () => {
  for (const amountN of [42, -40]) {
    const { fence, rises } = played(3);
    fence.begin('loosen', 1_000, { wires: [0, 1, 2, 3, 4, 5], amountN });
    for (const rise of rises(30_000)) expect(rise).toBeCloseTo(-amountN, -1);
    fence.mend(31_000);
    for (const rise of rises(31_000)) expect(Math.abs(rise)).toBeLessThan(0.5);
  }
});

test('a fence that is shaken trembles on all wires by so much either way, and a ball is gone in two seconds', () => {
  const { fence, rises } = played(5);
  const { to } = fence.begin('tremble', 1_000, { amountN: 8, ms: 60_000 });
  const rows = Array.from({ length: 400 }, (_, i) => rises(10_000 + i * 50));
  for (const wire of [0, 3, 5]) {
    expect(Math.max(...rows.map((row) => row[wire]!))).toBeCloseTo(8, 0);
    expect(Math.min(...rows.map((row) => row[wire]!))).toBeCloseTo(-8, 0);
  }
  const hit = fence.begin('ball', to + 1_000);
  expect(hit.to - hit.from).toBeLessThan(2_000);
  for (const rise of rises(hit.to + 100)) expect(Math.abs(rise)).toBeLessThan(0.5);
});
