/**
 * The two families of fence hosts, rule by rule, on readings written down here and on the physical fence. What they get wrong
 * is tested as carefully as what they get right: a gateway has to live with it.
 */
import { describe, expect, test } from 'vitest';
import { type Controller, type ControllerSigns, controllerA, controllerB } from '../../simulators/fence/controllers.ts';
import { Fence } from '../../simulators/fence/fence.ts';

const sampleMs = 70;
/** One count of controller A above its sensors' zero, and of controller B, N. */
const countA = 196 / (1023 - 355);
const countB = 0.980665;

/** Feeds a controller at 70 ms and remembers what it said when. */
class Bench {
  now = 0;
  signs: ControllerSigns | undefined;
  /** Each change of what it says, and when. */
  readonly told: { at: number; says: string }[] = [];
  readonly controller: Controller;

  constructor(controller: Controller) {
    this.controller = controller;
  }

  run(ms: number, readings: (at: number) => readonly (number | undefined)[]): this {
    for (const end = this.now + ms; this.now < end; this.now += sampleMs) {
      const signs = this.controller.take(readings(this.now), this.now);
      const says = Object.entries(signs)
        .filter(([, holds]) => holds)
        .map(([sign]) => sign)
        .join('+');
      if (says !== (this.told.at(-1)?.says ?? '')) this.told.push({ at: this.now, says });
      this.signs = signs;
    }
    return this;
  }

  hold(ms: number, ...newtons: number[]): this {
    return this.run(ms, () => newtons);
  }

  /** When it began to say a word after a moment, in ms from there; undefined: never. */
  said(word: string, from: number): number | undefined {
    const found = this.told.find(({ at, says }) => at >= from && says.split('+').includes(word));
    return found && found.at - from;
  }
}

const still = { airC: () => 15, sun: () => 0, windMs: () => 0 };
const fenceOf = (restN = 120) =>
  new Fence(
    {
      zone: 'z1',
      side: 'east',
      lengthM: 40,
      bayM: 4,
      wires: 6,
      springs: true,
      restN,
      frictionPerSupport: 0.02,
      fullScaleN: 196,
      stepN: countA,
      seed: 11,
    },
    still,
  );

describe('controller A', () => {
  const warm = (options: Partial<Parameters<typeof controllerA>[0]> = {}, newtons = [120]) =>
    new Bench(controllerA({ wires: newtons.length, ...options })).hold(20_000, ...newtons);

  test('waits five seconds, takes 32 points for its base, and puts its limits at 0.3125 of it and D above', () => {
    const bench = new Bench(controllerA({ wires: 1 }));
    bench.hold(4_760, 40).hold(8_800, 120);
    expect(bench.controller.bases).toEqual([0]);
    bench.hold(1_500, 120);
    const { bases, lows, highs } = bench.controller;
    expect(Math.abs(bases[0]! - 120)).toBeLessThan(countA);
    expect(lows[0]).toBeCloseTo(bases[0]! * 0.3125, 6);
    expect(highs[0]! - bases[0]!).toBeCloseTo(50 * countA, 6);
    expect(bench.told).toEqual([]);
  });

  test('alarms on four points outside, about 1.1 s, and not on three', () => {
    const bench = warm();
    bench.hold(3 * 280, 160).hold(5_000, 120);
    expect(bench.told).toEqual([]);
    const from = bench.now;
    bench.hold(3_000, 160);
    expect(bench.said('pull', from)).toBeGreaterThan(800);
    expect(bench.said('pull', from)).toBeLessThan(1_500);
  });

  test('takes the alarmed value for its base, clears by itself, and holds its output ten seconds, or three in another build', () => {
    for (const [holdMs, options] of [
      [10_000, {}],
      [3_000, { holdMs: 3_000 }],
    ] as const) {
      const bench = warm(options);
      bench.hold(30_000, 170);
      expect(bench.told.map(({ says }) => says)).toEqual(['pull', '']);
      const [began, ended] = bench.told;
      expect(ended!.at - began!.at).toBeGreaterThanOrEqual(holdMs);
      expect(ended!.at - began!.at).toBeLessThan(holdMs + 500);
      expect(bench.controller.bases[0]).toBeCloseTo(170, 0);
    }
  });

  test('needs four points inside to clear', () => {
    const bench = warm({ holdMs: 0 });
    bench.hold(20_000, 170);
    const [began, ended] = bench.told;
    expect(ended!.at - began!.at).toBeGreaterThanOrEqual(3 * 280);
    expect(ended!.at - began!.at).toBeLessThan(6 * 280);
  });

  test('follows a slackening wire by half of the way every two points, a tightening one by one count in 3.4 s', () => {
    const down = warm();
    const bases = [down.controller.bases[0]!];
    for (let i = 0; i < 40; i++) {
      down.hold(sampleMs, 100);
      if (down.controller.bases[0] !== bases.at(-1)) bases.push(down.controller.bases[0]!);
    }
    // The first point may hold samples of both tensions.
    for (const i of [1, 2, 3])
      expect(Math.abs(bases[i + 1]! - 100 - (bases[i]! - 100) / 2)).toBeLessThanOrEqual(countA);
    const up = warm();
    const base = up.controller.bases[0]!;
    up.hold(34_000, 130);
    const counts = Math.round((up.controller.bases[0]! - base) / countA);
    expect(counts).toBeGreaterThanOrEqual(9);
    expect(counts).toBeLessThanOrEqual(10);
    expect([...down.told, ...up.told]).toEqual([]);
  });

  test('has its static check off from the factory, and warns of a base outside a window that was set', () => {
    expect(warm({}, [5]).told).toEqual([]);
    const set = warm({ staticLow: 200, staticHigh: 500 }, [120]);
    expect(set.told).toEqual([]);
    // Slowly: no alarm, only the window tells.
    set.run(200_000, (at) => [Math.max(40, 120 - (at - 20_000) / 2_000)]);
    expect(set.told.map(({ says }) => says)).toEqual(['fixed']);
  });

  test('tells climbing on its own pole apart from the wires', () => {
    const bench = new Bench(controllerA({ wires: 1, pole: true })).hold(20_000, 120, 50).hold(3_000, 120, 90);
    expect(bench.told.map(({ says }) => says)).toEqual(['climb']);
    expect(bench.controller.bases.length).toBe(1);
  });

  test('passes over a wire that cannot be read', () => {
    const bench = warm({}, [120, 120]);
    const from = bench.now;
    bench.run(5_000, () => [undefined, 160]);
    expect(bench.said('pull', from)).toBeLessThan(1_500);
    expect(bench.controller.bases[0]).toBeCloseTo(120, 0);
  });

  describe('on the fence', () => {
    const watch = (fence: Fence) => new Bench(controllerA({ wires: 6 })).run(20_000, (at) => fence.read(at));

    test('tells a cut within 1.5 s and is quiet again seconds later, though the wire still hangs', () => {
      const fence = fenceOf();
      const bench = watch(fence);
      const from = bench.now;
      fence.begin('cut', from, { wire: 2 });
      bench.run(120_000, (at) => fence.read(at));
      expect(bench.said('cut', from)).toBeLessThan(1_500);
      expect(bench.told.at(-1)!.says).toBe('');
      expect(bench.told.at(-1)!.at - from).toBeLessThan(13_000);
      expect(fence.read(bench.now)[2]).toBeLessThan(12);
    });

    test.each([1, 2])('follows a wire that is unscrewed at %i N/s all the way down without a word', (rateNPerS) => {
      const fence = fenceOf();
      const bench = watch(fence);
      fence.begin('unscrew', bench.now, { wire: 4, rateNPerS });
      bench.run(200_000, (at) => fence.read(at));
      expect(fence.read(bench.now)[4]).toBeLessThan(10);
      expect(bench.told).toEqual([]);
      expect(bench.controller.bases[4]).toBeLessThan(12);
    });

    test.each([
      ['absorbs a pull of 60 N that takes its time', 0.06, []],
      ['sees the same pull within a second', 60, ['pull', '']],
    ])('%s', (_, risesNPerS, says) => {
      const fence = fenceOf();
      const bench = watch(fence);
      const from = bench.now;
      bench.run(60_000 / risesNPerS + 20_000, (at) => {
        const more = Math.min(60, ((at - from) / 1_000) * risesNPerS);
        return fence.read(at).map((reading, wire) => (reading ?? 0) + (wire === 1 ? more : 0));
      });
      expect(bench.told.map((one) => one.says)).toEqual(says);
    });

    test('tells a climber, wire after wire', () => {
      const fence = fenceOf();
      const bench = watch(fence);
      const from = bench.now;
      fence.begin('climb', from, { bay: 2, ms: 12_000 });
      bench.run(60_000, (at) => fence.read(at));
      expect(bench.said('pull', from)).toBeLessThan(2_500);
      expect(bench.told.at(-1)!.says).toBe('');
    });
  });
});

describe('controller B', () => {
  const warm = (options: Partial<Parameters<typeof controllerB>[0]> = {}, newtons = [120]) =>
    new Bench(controllerB({ wires: newtons.length, ...options })).hold(5_000, ...newtons);

  test('learns its base and puts its limits five kilogram-force either side', () => {
    const { bases, lows, highs } = warm().controller;
    expect(bases[0]).toBeCloseTo(120, 6);
    expect(highs[0]! - bases[0]!).toBeCloseTo(50 * countB, 6);
    expect(bases[0]! - lows[0]!).toBeCloseTo(50 * countB, 6);
  });

  test('tells intrusion above base + 5.0 kgf, not at it, and goes on while it stands', () => {
    const at = (counts: number) => 122 * countB + counts * countB;
    const quiet = warm({}, [at(0)]);
    quiet.hold(20_000, at(50));
    expect(quiet.told).toEqual([]);
    const bench = warm({}, [at(0)]);
    const from = bench.now;
    bench.hold(300_000, at(52)).hold(1_000, at(0));
    expect(bench.told.map(({ says }) => says)).toEqual(['pull', '']);
    expect(bench.told[1]!.at - from).toBeGreaterThanOrEqual(300_000);
    expect(bench.controller.bases[0]).toBeCloseTo(at(0), 6);
  });

  test.each([
    [1, 500],
    [4, 2_000],
    [10, 5_000],
  ])('confirms at sensitivity %i for %i ms', (sensitivity, ms) => {
    const short = warm({ sensitivity });
    short.hold(ms - sampleMs, 180).hold(10_000, 120);
    expect(short.told).toEqual([]);
    const bench = warm({ sensitivity });
    const from = bench.now;
    bench.hold(8_000, 180);
    expect(bench.said('pull', from)).toBeGreaterThanOrEqual(ms);
    expect(bench.said('pull', from)).toBeLessThanOrEqual(ms + 2 * sampleMs);
  });

  test('tells slack below base − 5.0 kgf after two seconds whatever its sensitivity', () => {
    for (const sensitivity of [1, 10]) {
      const bench = warm({ sensitivity });
      const from = bench.now;
      bench.hold(6_000, 60);
      expect(bench.told.map(({ says }) => says)).toEqual(['slack']);
      expect(bench.said('slack', from)).toBeLessThanOrEqual(2_000 + 2 * sampleMs);
    }
  });

  test('tells a wire under 1.0 kgf cut, and then not slack', () => {
    const bench = warm();
    bench.hold(60_000, 9 * countB);
    expect(bench.told.map(({ says }) => says)).toEqual(['cut']);
    const loose = warm();
    loose.hold(60_000, 10 * countB);
    expect(loose.told.map(({ says }) => says)).toEqual(['slack']);
  });

  test.each([
    [97, 'fixed'],
    [99, ''],
    [146, ''],
    [149, 'fixed'],
  ])('warns of a base outside 10 to 15 kgf: %i N says "%s"', (newton, says) => {
    expect(warm({}, [newton]).told.at(-1)?.says ?? '').toBe(says);
  });

  test('takes margins and window from the full scale, when that is set', () => {
    const bench = warm({ fullScaleKgf: 20 }, [100]);
    expect(bench.controller.highs[0]! - bench.controller.bases[0]!).toBeCloseTo(20 * countB, 6);
    expect(bench.told).toEqual([]);
    expect(warm({ fullScaleKgf: 20 }, [120]).told.at(-1)?.says).toBe('fixed');
  });

  test('follows the weather by a count a minute, and not what stands outside its margins', () => {
    const bench = warm();
    bench.hold(10 * 60_000, 150);
    expect(bench.controller.bases[0]! - 120).toBeCloseTo(10 * countB, 1);
    const base = bench.controller.bases[0]!;
    bench.hold(10 * 60_000, 190);
    expect(bench.controller.bases[0]).toBe(base);
  });

  test('on the fence tells a cut and keeps telling it, and tells an unscrewed wire slack long before it is loose', () => {
    const fence = fenceOf();
    const bench = new Bench(controllerB({ wires: 6 })).run(5_000, (at) => fence.read(at));
    const from = bench.now;
    fence.begin('cut', from, { wire: 2 });
    bench.run(60_000, (at) => fence.read(at));
    expect(bench.told.map(({ says }) => says)).toEqual(['cut']);
    fence.mend(bench.now);
    bench.run(5_000, (at) => fence.read(at));
    const loosening = bench.now;
    fence.begin('unscrew', loosening, { wire: 4, rateNPerS: 2 });
    bench.run(200_000, (at) => fence.read(at));
    expect(bench.said('slack', loosening)).toBeLessThan(30_000);
    expect(bench.said('cut', loosening)).toBeGreaterThan(50_000);
  });

  test('cannot see a wire of a sprung fence pulled 75 mm aside', () => {
    const fence = fenceOf();
    const bench = new Bench(controllerB({ wires: 6 })).run(5_000, (at) => fence.read(at));
    fence.begin('pull-aside', bench.now, { bay: 0 });
    bench.run(30_000, (at) => fence.read(at));
    expect(bench.told).toEqual([]);
  });
});
