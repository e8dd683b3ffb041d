/**
 * Wires that stick and slip: what friction forbids and what it leaves behind. Each law of Coulomb friction that a fence shows
 * is a test; without friction the wire must be the one of the published figures.
 */
import { describe, expect, test } from 'vitest';
import { Fence, type FenceSpec, type Grip, type Sky } from '../../simulators/fence/fence.ts';
import { type Along, GrippedWire } from '../../simulators/fence/fence-grip.ts';
import { baySag } from '../../simulators/fence/fence-wire.ts';

const bayMm = 4_000;
const still = { outNear: 0, outFar: 0, cut: undefined, sagging: baySag(bayMm, 0, 0) };

function wireOf(breakN: number, { springs = true, slideShare = 1, bays = 10 } = {}) {
  const supports = Array.from({ length: bays - 1 }, () => breakN);
  const wire = new GrippedWire({ bays, bayMm, springs, breakN: supports, slideShare }, Array(bays).fill(150));
  const settle = (along: Partial<Along> = {}) => {
    wire.settle({ ...still, warmerK: new Float64Array(bays), loads: [], ...along });
    return [...wire.tensions];
  };
  settle();
  const push = (mm: number, bay: number) =>
    settle({ loads: [{ bay, share: 0.5, by: 'displacement', amount: mm }] })[0]! - 150;
  return { wire, settle, push };
}

describe('a wire without friction', () => {
  test.each([
    ['with a spring', true, 3.7, 44],
    ['rigid', false, 10.7, 86],
  ])('%s is the one of the published figures, wherever it is touched', (_, springs, asideN, catN) => {
    for (const bay of [0, 5, 9]) {
      expect(wireOf(0, { springs }).push(75, bay) / asideN).toBeCloseTo(1, 0);
      const { settle } = wireOf(0, { springs });
      const cat = settle({ loads: [{ bay, share: 0.5, by: 'force', amount: 50 }] })[0]! - 150;
      expect(cat / catN).toBeGreaterThan(0.9);
      expect(cat / catN).toBeLessThan(1.1);
    }
  });

  test('comes back to where it was when the hand lets go', () => {
    const { push } = wireOf(0);
    push(200, 4);
    expect(push(0, 4)).toBeCloseTo(0, 2);
  });
});

describe('a wire whose supports hold by friction', () => {
  test('has no more than that between two neighbouring bays, whatever bears on it', () => {
    const { settle } = wireOf(3);
    for (const amount of [10, 80, 300, 120, 0, 250]) {
      const tensions = settle({ loads: [{ bay: 6, share: 0.4, by: 'force', amount }] });
      for (const [bay, tension] of tensions.slice(1).entries())
        expect(Math.abs(tension - tensions[bay]!)).toBeLessThanOrEqual(3 + 1e-6);
    }
  });

  test('passes less of a push on, the more supports lie between', () => {
    const felt = [0, 3, 6, 9].map((bay) => wireOf(2).push(125, bay));
    expect(felt).toEqual([...felt].sort((a, b) => b - a));
    expect(felt[3]).toBeLessThan(felt[0]! / 2);
    expect(wireOf(20).push(75, 9)).toBeCloseTo(0, 6);
  });

  test('keeps a trace of what was: pushed and let go, it is tighter or looser at the sensor than before', () => {
    const { push } = wireOf(2);
    push(300, 3);
    const after = push(0, 3);
    expect(Math.abs(after)).toBeGreaterThan(0.5);
    // The same way there and back once more changes nothing.
    push(300, 3);
    expect(push(0, 3)).toBeCloseTo(after, 3);
  });

  test('moves by jerks when less holds a wire that slides: steps as warmth creeps on', () => {
    // A short rigid stretch in the shade, the rest in the sun.
    const jerks = (slideShare: number) => {
      const { settle } = wireOf(3, { slideShare });
      let before = 150;
      let most = 0;
      for (let warmer = 0; warmer < 10; warmer += 0.01) {
        const warmerK = Float64Array.from({ length: 10 }, (_, bay) => (bay < 4 ? 0 : warmer));
        const now = settle({ warmerK })[0]!;
        most = Math.max(most, Math.abs(now - before));
        before = now;
      }
      return most;
    };
    expect(jerks(0.5)).toBeGreaterThan(0.3);
    expect(jerks(1)).toBeLessThan(0.1);
  });

  test('cut far away still hangs on the supports in between', () => {
    const { settle } = wireOf(3);
    expect(settle({ cut: { bay: 5, leftN: 0 } })[0]).toBeCloseTo(15, 3);
    expect(wireOf(3).settle({ cut: { bay: 0, leftN: 0 } })[0]).toBe(0);
    expect(wireOf(0).settle({ cut: { bay: 9, leftN: 0 } })[0]).toBeLessThan(0.1);
  });

  test('let out at the far end is felt at the sensor only beyond what the supports hold', () => {
    const { settle } = wireOf(3);
    expect(150 - settle({ outFar: 10 })[0]!).toBeLessThan(1);
    expect(150 - settle({ outFar: 60 })[0]!).toBeGreaterThan(30);
  });
});

test('ice weighs a wire down: it gets tighter by newtons, and a coat of a millimetre hardly tells', () => {
  const iced = (mm: number) => wireOf(0, { springs: false }).settle({ sagging: baySag(bayMm, 0, mm) })[0]! - 150;
  expect(iced(1)).toBeLessThan(1);
  expect(iced(8)).toBeGreaterThan(5);
  expect(iced(8)).toBeLessThan(60);
});

const grip: Grip = { supportN: [1, 3], slideShare: [0.5, 0.9], bends: 2, bendN: [2, 8], catchN: [5, 20] };
const spec: FenceSpec = {
  zone: 'z1',
  side: 'south',
  lengthM: 40,
  bayM: 4,
  wires: 6,
  springs: true,
  restN: 130,
  frictionPerSupport: 0,
  grip,
  apartK: 3,
  fullScaleN: 196,
  stepN: 0.1,
  seed: 1,
};
const stillAir: Sky = { airC: () => 15, sun: () => 0, windMs: () => 0 };

describe('a fence that grips', () => {
  test('feels a body that hangs on it in the middle, on the wire it hangs on', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const fence = new Fence({ ...spec, seed }, stillAir);
      const rest = fence.trueN(0);
      fence.begin('ladder', 1_000, { wire: 3, bay: 4 });
      const during = fence.trueN(5_000);
      expect(during[3]! - rest[3]!).toBeGreaterThan(10);
      expect(Math.abs(during[1]! - rest[1]!)).toBeLessThan(2);
    }
  });

  test('is the same to the last reading when its seed is, and hardly another when it is read more often', () => {
    const play = (seed: number, everyMs: number) => {
      const fence = new Fence({ ...spec, seed }, stillAir);
      fence.trueN(0);
      fence.begin('free-hand', 1_000, { bay: 5 });
      for (let at = 0; at < 20_000; at += everyMs) fence.trueN(at);
      return fence.trueN(20_000);
    };
    expect(play(3, 250)).toEqual(play(3, 250));
    expect(play(3, 250)).not.toEqual(play(4, 250));
    for (const [wire, tension] of play(3, 250).entries()) expect(tension).toBeCloseTo(play(3, 1_000)[wire]!, 0);
  });

  test('has wires and bays apart in sun and shade, and together at night', () => {
    const sunny: Sky = { airC: () => 15, sun: (_, at) => (at > 0 ? 1 : 0), windMs: () => 0 };
    const apart = (sky: Sky) => {
      const fence = new Fence({ ...spec, springs: false, grip: { supportN: [0, 0.2], slideShare: [1, 1] } }, sky);
      const rest = fence.trueN(0);
      let most = 0;
      for (let at = 0; at <= 3_600_000; at += 10_000) {
        const moved = fence.trueN(at).map((tension, wire) => tension - rest[wire]!);
        most = Math.max(most, Math.max(...moved) - Math.min(...moved));
      }
      return most;
    };
    expect(apart(stillAir)).toBeLessThan(0.5);
    expect(apart(sunny)).toBeGreaterThan(2);
    expect(apart(sunny)).toBeLessThan(20);
  });

  test('that was cut and mended is as it was commissioned', () => {
    const fence = new Fence(spec, stillAir);
    const rest = fence.trueN(0);
    fence.begin('cut', 1_000, { wire: 2, bay: 7 });
    expect(fence.trueN(3_000)[2]).toBeLessThan(60);
    fence.mend(4_000);
    for (const [wire, tension] of fence.trueN(4_000).entries()) expect(tension).toBeCloseTo(rest[wire]!, 2);
  });
});
