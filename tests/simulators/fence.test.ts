/**
 * The physical fence: each act leaves the trace it is known by, sensors err as sensors do, and one seed is one fence.
 * The sky is the test's own wherever the weather itself is not the question; no clock takes part.
 */
import { describe, expect, test } from 'vitest';
import { type Act, acts, Fence, type FenceSpec, type Sky } from '../../simulators/fence/fence.ts';
import { Weather } from '../../simulators/fence/weather.ts';

const stillAir: Sky = { airC: () => 15, sun: () => 0, windMs: () => 0 };
const plain: FenceSpec = {
  zone: 'z1',
  side: 'east',
  lengthM: 40,
  bayM: 4,
  wires: 6,
  springs: true,
  restN: 150,
  frictionPerSupport: 0,
  fullScaleN: 196,
  stepN: 0.3,
  seed: 1,
};
const fenceOf = (more: Partial<FenceSpec> = {}, sky: Sky = stillAir) => new Fence({ ...plain, ...more }, sky);
const seeds = Array.from({ length: 40 }, (_, i) => i + 1);

/** Rise of each wire over its rest, every 50 ms from the beginning of an act. */
function trace(act: Act, ms: number, spec: Partial<FenceSpec> = {}, more = {}, sky: Sky = stillAir) {
  const fence = fenceOf(spec, sky);
  const rest = fence.trueN(0);
  const acting = fence.begin(act, 1_000, more);
  const rises: number[][] = [];
  for (let at = 1_000; at <= 1_000 + ms; at += 50)
    rises.push(fence.trueN(at).map((tension, wire) => tension - rest[wire]!));
  return { acting, rises, peaks: rest.map((_, wire) => Math.max(...rises.map((row) => row[wire]!))) };
}

const moved = (peaks: readonly number[], byN = 1) => peaks.flatMap((peak, wire) => (peak > byN ? [wire] : []));

describe('somebody', () => {
  test('who climbs loads a wire by 100 to 450 N within a second, and then the next wires up', () => {
    for (const seed of seeds) {
      const { acting, rises, peaks } = trace('climb', 45_000, { seed });
      const ms = acting.to - acting.from;
      expect(ms).toBeGreaterThanOrEqual(4_000);
      expect(ms).toBeLessThanOrEqual(40_000);
      const [first = 0] = acting.wires;
      const high = peaks[first]!;
      expect(high).toBeGreaterThan(90);
      expect(high).toBeLessThan(450);
      expect(rises.findIndex((row) => row[first]! > 0.7 * high) * 50).toBeLessThanOrEqual(1_000);
      const order = acting.wires.map((wire) => rises.findIndex((row) => row[wire]! > 50));
      expect(order).toEqual([...order].sort((a, b) => a - b));
      expect(acting.wires.at(-1)).toBe(5);
      expect(rises.at(-1)!.every((rise) => Math.abs(rise) < 1)).toBe(true);
    }
  });

  test('who steps through bends two neighbours at once and no other wire', () => {
    for (const seed of seeds) {
      const { acting, rises, peaks } = trace('step-through', 9_000, { seed });
      const [lower = 0, upper = 0] = acting.wires;
      expect(upper - lower).toBe(1);
      expect(moved(peaks)).toEqual([lower, upper]);
      const both = rises.filter((row) => row[lower]! > 4 && row[upper]! > 4).length;
      const either = rises.filter((row) => row[lower]! > 4 || row[upper]! > 4).length;
      expect(both / either).toBeGreaterThan(0.7);
    }
  });

  test.each([
    ['with springs', true, 3.7],
    ['without', false, 10.7],
  ])(
    'who pulls a wire of a fence %s 75 mm aside raises it by the reckoned newtons, again and again',
    (_, springs, newton) => {
      const { acting, rises, peaks } = trace('pull-aside', 20_000, { springs }, { wire: 2, bay: 0 });
      expect(acting.wires).toEqual([2]);
      expect(peaks[2]).toBeGreaterThan(newton * 0.9);
      expect(peaks[2]).toBeLessThan(newton * 1.1);
      const edges = rises.filter((row, i) => i > 0 && row[2]! > newton / 2 && rises[i - 1]![2]! <= newton / 2);
      expect(edges.length).toBeGreaterThanOrEqual(2);
    },
  );

  test('who pulls far from the sensor is felt less, by what each support keeps', () => {
    const spec = { frictionPerSupport: 0.05 };
    const felt = [0, 3, 6, 9].map((bay) => trace('pull-aside', 3_000, spec, { wire: 2, bay }).peaks[2]!);
    expect(felt).toEqual([...felt].sort((a, b) => b - a));
    expect(felt[3]! / felt[0]!).toBeLessThan(0.7);
  });

  test('who lays a ladder loads the top wire and nothing below', () => {
    for (const seed of seeds) {
      const { rises, peaks } = trace('ladder', 10_000, { seed });
      expect(moved(peaks)).toEqual([5]);
      // It stays: from the second second on.
      expect(Math.min(...rises.slice(30).map((row) => row[5]!))).toBeGreaterThan(25);
    }
  });

  test('who cuts a wire lets it fall under 10 N within a tenth of a second, and the neighbours tighten a little', () => {
    for (const springs of [true, false]) {
      const fence = fenceOf({ springs });
      const rest = fence.trueN(0);
      fence.begin('cut', 1_000, { wire: 3 });
      expect(fence.trueN(1_000)).toEqual(rest);
      const after = fence.trueN(1_100);
      expect(after[3]).toBeLessThanOrEqual(10);
      for (const wire of [0, 1, 2, 4, 5]) {
        expect(after[wire]! - rest[wire]!).toBeGreaterThan(0.1);
        expect(after[wire]! - rest[wire]!).toBeLessThan(2);
      }
      fence.begin('pull-aside', 2_000, { wire: 3, displacementMm: 300, ms: 3_000 });
      fence.begin('unscrew', 3_000, { wire: 3 });
      expect(fence.trueN(3_500)[3]).toBeLessThanOrEqual(10);
    }
  });

  test('who unscrews a tensioner takes 1 to 5 N a second, down to what the weight of the wire keeps', () => {
    for (const seed of seeds) {
      const fence = fenceOf({ seed });
      const { wires } = fence.begin('unscrew', 0);
      const [wire = 0] = wires;
      const [early = 0, late = 0] = [fence.trueN(1_000)[wire], fence.trueN(11_000)[wire]];
      expect((early - late) / 10).toBeGreaterThanOrEqual(0.99);
      expect((early - late) / 10).toBeLessThanOrEqual(5.01);
      expect(fence.trueN(200_000)[wire]).toBeLessThan(9.8);
    }
    const fence = fenceOf();
    const before = fence.trueN(0)[0]!;
    fence.begin('unscrew', 0, { wire: 0, rateNPerS: -2 });
    expect(before - fence.trueN(20_000)[0]!).toBeCloseTo(40, 0);
  });
});

test('a wire that was loosened gives way further to the same push, and is felt all the more', () => {
  const pushed = (loosened: number) => {
    const fence = fenceOf();
    fence.trueN(0);
    fence.begin('unscrew', 0, { wire: loosened, rateNPerS: 5 });
    const { to } = fence.begin('cat', 20_000, { wire: 1, bay: 4, ms: 1_000 });
    const during = fence.trueN(20_500)[1]!;
    return during - fence.trueN(to + 1)[1]! - (loosened === 1 ? 2.5 : 0);
  };
  expect(pushed(1)).toBeGreaterThan(pushed(0) + 3);
});

describe('what is nobody', () => {
  test.each([
    ['cat', 60],
    ['bird', 12],
  ] as const)('a %s touches one wire once, for less than two seconds', (act, mostN) => {
    for (const seed of seeds) {
      const { acting, rises, peaks } = trace(act, 3_000, { seed });
      expect(acting.to - acting.from).toBeLessThan(2_000);
      const [wire = 0] = acting.wires;
      expect(moved(peaks, 0.1)).toEqual([wire]);
      expect(peaks[wire]).toBeLessThan(mostN);
      expect(rises.at(-1)![wire]).toBeCloseTo(0, 3);
    }
  });

  test('a branch beats with the wind, a third of a hertz to a hertz, in bursts', () => {
    const beaten = (windMs: number, seed: number) =>
      trace('branch', 60_000, { seed }, { ms: 60_000 }, { ...stillAir, windMs: () => windMs });
    for (const seed of seeds.slice(0, 10)) {
      const [calm, strong] = [beaten(2, seed), beaten(12, seed)];
      const wire = calm.acting.wires[0]!;
      expect(strong.peaks[wire]).toBeGreaterThan(3 * calm.peaks[wire]!);
      const half = strong.peaks[wire]! / 2;
      const beats = strong.rises.filter((row, i) => i > 0 && row[wire]! > half && strong.rises[i - 1]![wire]! <= half);
      expect(beats.length).toBeGreaterThan(3);
      expect(beats.length).toBeLessThan(60);
      const quiet = strong.rises.filter((row) => Math.abs(row[wire]!) < 0.01).length;
      expect(quiet / strong.rises.length).toBeGreaterThan(0.2);
    }
  });
});

describe('the weather', () => {
  test.each([
    ['with springs', true, 14],
    ['without', false, 39],
  ])('takes of a fence %s what 15 °C are worth, from every wire alike', (_, springs, newton) => {
    const fence = fenceOf({ springs }, { ...stillAir, airC: (at) => 15 + (15 * at) / 3_600_000 });
    const cold = fence.trueN(0);
    const lost = fence.trueN(3_600_000).map((tension, wire) => cold[wire]! - tension);
    for (const one of lost) {
      expect(one).toBeGreaterThan(newton * 0.9);
      expect(one).toBeLessThan(newton * 1.1);
    }
  });

  test('moves two zones of one side together by 2 to 10 N within half an hour as clouds pass', () => {
    const sky = new Weather({ season: 'spring', seed: 4 });
    const [one, two] = [fenceOf({ seed: 1, springs: false }, sky), fenceOf({ seed: 2, springs: false }, sky)];
    const noon = Date.UTC(2026, 3, 14, 3);
    const rows = Array.from({ length: 180 }, (_, minute) => {
      const at = noon + minute * 60_000;
      return [one.trueN(at)[0]!, two.trueN(at)[3]!] as const;
    });
    const apart = rows.map(([a, b]) => a - b);
    expect(Math.max(...apart) - Math.min(...apart)).toBeLessThan(0.1);
    const within = rows.slice(30).map(([now], i) => Math.abs(now - rows[i]![0]));
    expect(Math.max(...within)).toBeGreaterThan(2);
    expect(Math.max(...within)).toBeLessThan(11);
  });

  test('and the settling of poles are told apart by time: creep goes on by the day until somebody mends', () => {
    const fence = fenceOf({ creepNPerDay: -0.5 });
    const first = fence.trueN(0);
    const tenDays = 10 * 86_400_000;
    expect(first[0]! - fence.trueN(tenDays)[0]!).toBeCloseTo(5, 1);
    fence.mend(tenDays);
    expect(fence.trueN(tenDays)).toEqual(first);
  });
});

describe('a sensor', () => {
  test('shows noise in steps of its converter, around the truth and its own zero error', () => {
    const fence = fenceOf({ stepN: 0.98, offsetN: 7 });
    const truth = fence.trueN(0)[0]!;
    const readings = Array.from({ length: 400 }, (_, i) => fence.read(i * 250)[0]!);
    expect(new Set(readings).size).toBeGreaterThan(1);
    for (const reading of readings) expect(Math.abs(reading / 0.98 - Math.round(reading / 0.98))).toBeLessThan(1e-9);
    const mean = readings.reduce((sum, one) => sum + one, 0) / readings.length;
    expect(mean - truth).toBeCloseTo(7, 0);
  });

  test('ends at its full scale, however heavy the climber', () => {
    const fence = fenceOf();
    fence.begin('climb', 0);
    const readings: number[] = [];
    let truth = 0;
    for (let at = 0; at < 5_000; at += 100) {
      readings.push(fence.read(at)[0]!);
      truth = Math.max(truth, fence.trueN(at)[0]!);
    }
    expect(truth).toBeGreaterThan(230);
    expect(Math.max(...readings)).toBeLessThanOrEqual(196.2);
    expect(Math.max(...readings)).toBeGreaterThan(195);
  });

  test('that is stuck shows its last value, whatever happens to the wire, until it is mended', () => {
    const fence = fenceOf();
    fence.begin('sensor-stuck', 1_000, { wire: 1 });
    const held = fence.read(1_000)[1];
    expect(Math.abs(held! - fence.trueN(1_000)[1]!)).toBeLessThan(2);
    fence.begin('pull-aside', 2_000, { wire: 1, displacementMm: 300, ms: 5_000 });
    const later = [2_500, 3_500, 4_500].map((at) => fence.read(at)[1]);
    expect(new Set([held, ...later]).size).toBe(1);
    fence.mend(60_000);
    const well = Array.from({ length: 50 }, (_, i) => fence.read(60_000 + i * 250)[1]);
    expect(new Set(well).size).toBeGreaterThan(1);
  });

  test('that lost its zero is off by a step, and one that cannot be reached shows nothing', () => {
    const fence = fenceOf();
    fence.begin('sensor-offset', 1_000, { wire: 2, ms: 4_000 });
    const off = fence.read(1_000)[2]! - fence.trueN(1_000)[2]!;
    expect(Math.abs(off)).toBeGreaterThan(12);
    expect(Math.abs(fence.read(5_000)[2]! - fence.trueN(5_000)[2]!)).toBeLessThan(2);
    fence.begin('comms-loss', 6_000, { ms: 1_000 });
    expect(fence.read(6_000)).toEqual(Array.from({ length: 6 }));
    expect(fence.read(7_000).every((reading) => reading !== undefined)).toBe(true);
  });
});

test('the same seed is the same fence to the last reading, and another seed is another', () => {
  const play = (seed: number) => {
    const fence = fenceOf({ seed }, new Weather({ season: 'autumn', seed: 9 }));
    const told: unknown[] = [];
    let at = 0;
    for (const act of acts) {
      told.push(fence.begin(act, at + 500));
      for (let i = 0; i < 20; i++) {
        at += 250;
        told.push(fence.read(at));
      }
      fence.mend(at);
    }
    return told;
  };
  expect(play(5)).toEqual(play(5));
  expect(play(5)).not.toEqual(play(6));
});

test('looking at the truth changes nothing of what the sensors show', () => {
  const [watched, alone] = [fenceOf(), fenceOf()];
  for (let at = 0; at < 10_000; at += 250) {
    watched.trueN(at);
    expect(watched.read(at)).toEqual(alone.read(at));
  }
});
