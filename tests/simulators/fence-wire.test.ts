/**
 * The mechanics of a wire against figures reckoned elsewhere from the published relations of tension fences: a 1.2 mm
 * stainless wire of 40 m over supports 4 m apart, tensioned to 150 N, with a 2 N/mm spring or rigid.
 */
import { describe, expect, test } from 'vitest';
import {
  aside,
  elongation,
  holding,
  perKelvin,
  sag,
  settled,
  type Wire,
  wireOf,
} from '../../simulators/fence/fence-wire.ts';

const restN = 150;
const bayMm = 4_000;
const sprung = wireOf(40, 4, true, 0);
const rigid = wireOf(40, 4, false, 0);

/** Ten per cent either way, as the figures are rounded. */
function near(actual: number, figure: number): void {
  expect(actual).toBeGreaterThanOrEqual(figure * 0.9);
  expect(actual).toBeLessThanOrEqual(figure * 1.1);
}

const rise = (wire: Wire, asideMm: number) => wire.stiffness * elongation(bayMm, asideMm);
const pushed = (wire: Wire, forceN: number) => aside(restN, wire.stiffness, bayMm, forceN);

test('a zone of 40 m is 1.3 N/mm stiff with springs and 3.8 N/mm without', () => {
  near(sprung.stiffness, 1.3);
  near(rigid.stiffness, 3.8);
});

describe('a load in the middle of a bay', () => {
  test.each([
    ['a bird of 10 N', 10, { sprung: [65, 3], rigid: [63, 8] }],
    ['a cat of 50 N', 50, { sprung: [260, 44], rigid: [213, 86] }],
    ['a pull of 100 N', 100, { sprung: [401, 104], rigid: [308, 179] }],
    ['a climber of 300 N', 300, { sprung: [695, 307], rigid: [501, 468] }],
  ] as const)('%s moves the wire and raises its tension as reckoned', (_, forceN, figures) => {
    for (const [wire, [mm, newton]] of [
      [sprung, figures.sprung],
      [rigid, figures.rigid],
    ] as const) {
      const way = pushed(wire, forceN);
      near(way, mm);
      near(rise(wire, way), newton);
    }
  });

  test.each([
    ['with a spring', sprung, 274, 54],
    ['rigid', rigid, 161, 32],
  ])('a rise of 49 N (5 kgf) takes %s this way and this force', (_, wire, mm, newton) => {
    near(rise(wire, mm), 49);
    near(holding(restN + rise(wire, mm), bayMm, mm), newton);
    near(pushed(wire, newton), mm);
  });

  test.each([
    ['3.7 N with a spring', sprung, 3.7],
    ['10.7 N rigid', rigid, 10.7],
  ])('75 mm aside raise the tension by %s, at a push of 12 N', (_, wire, newton) => {
    near(rise(wire, 75), newton);
    near(holding(restN + rise(wire, 75), bayMm, 75), 12);
  });

  test('the wire pushes back with 2·T·sin θ', () => {
    near(holding(100, bayMm, 75), 7.5);
    near(holding(200, bayMm, 75), 15);
    near(holding(450, bayMm, 75), 33.7);
  });

  test('nearer to a support the same force moves the wire less and is felt less', () => {
    const middle = aside(restN, sprung.stiffness, bayMm, 100, 0.5);
    const nearer = aside(restN, sprung.stiffness, bayMm, 100, 0.1);
    expect(nearer).toBeLessThan(middle / 2);
    expect(elongation(bayMm, nearer, 0.1)).toBeLessThan(elongation(bayMm, middle, 0.5));
  });
});

test('warmth takes 36 N with a spring and 105 N without of a wire that warms by 40 °C; 14 and 39 N at 15 °C', () => {
  near(perKelvin(sprung) * 40, 36);
  near(perKelvin(rigid) * 40, 105);
  near(perKelvin(sprung) * 15, 14);
  near(perKelvin(rigid) * 15, 39);
});

test('a steady wind of 20 m/s on the bare wire adds 0.2 N with a spring and 0.6 N without', () => {
  const blown = (wire: Wire) =>
    settled(restN, wire.stiffness, sag(wire, 20)) - settled(restN, wire.stiffness, sag(wire, 0));
  near(blown(sprung), 0.2);
  near(blown(rigid), 0.6);
});

test('a wire without any hold keeps a few newtons by its own weight', () => {
  const floorN = settled(-20, sprung.stiffness, sag(sprung, 0));
  expect(floorN).toBeGreaterThan(1);
  expect(floorN).toBeLessThan(9.8);
  const solved = floorN - (-20 + (sprung.stiffness * sag(sprung, 0)) / floorN ** 2);
  expect(Math.abs(solved)).toBeLessThan(1e-3);
});

test('what sticks at the supports makes a wire stiffer where it is loaded, and lets less of it arrive', () => {
  const sticky = wireOf(40, 4, true, 0.05);
  expect(sticky.stiffnessAt.every((stiffness) => stiffness > sprung.stiffness)).toBe(true);
  expect(sticky.arrives[0]).toBe(1);
  expect(sticky.arrives[9]).toBeCloseTo(0.95 ** 9);
  expect(sprung.stiffnessAt.every((stiffness) => Math.abs(stiffness - sprung.stiffness) < 1e-9)).toBe(true);
});
