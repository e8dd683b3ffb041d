/**
 * The detector against the physical fence: every act in every build of fence, several seeds each, is told as what it is or not
 * at all. How often it fails over thousands of acts is measured elsewhere; here each kind of act must be right every time.
 */
import { describe, expect, test } from 'vitest';
import { type Act, type Acting, Fence, type FenceSpec } from '../../simulators/fence/fence.ts';
import { Weather } from '../../simulators/fence/weather.ts';
import { emptySenses, sense } from '../../src/core/fence/signal.ts';
import { type Detection, defaultLimits, type Finding } from '../../src/core/fence/signal-types.ts';
import { minute, second } from './wires.ts';

const build: Omit<FenceSpec, 'seed' | 'springs'> = {
  zone: 'z1',
  side: 'south',
  lengthM: 36,
  bayM: 4,
  wires: 6,
  restN: 150,
  frictionPerSupport: 0.02,
  fullScaleN: 196,
  stepN: 0.980665,
};
const builds = [
  ['with springs', true],
  ['without springs', false],
] as const;
const seeds = [1, 2, 3, 4, 5, 6];
const everyMs = 250;

interface Heard {
  readonly acting: Acting;
  readonly told: readonly { readonly detection: Detection; readonly wire?: number; readonly afterMs: number }[];
}

function hear(act: Act, springs: boolean, seed: number, more: { ms?: number; restS?: number } = {}): Heard {
  const fence = new Fence({ ...build, springs, seed }, new Weather({ season: 'spring', seed }));
  const senses = emptySenses();
  const zone = { id: 'z1', limits: defaultLimits };
  let at = 10 * 60 * minute;
  const listen = (until: number, hear: (finding: Finding) => void) => {
    for (; at < until; at += everyMs) for (const one of sense(senses, zone, fence.read(at), at)) hear(one);
  };
  listen(at + 10 * minute, () => undefined);
  const acting = fence.begin(act, at, more.ms === undefined ? {} : { ms: more.ms });
  const told: Heard['told'][number][] = [];
  listen(Math.min(acting.to, at + 3 * minute) + (more.restS ?? 20) * second, (one) => {
    if (one.kind !== 'detection' || !one.active) return;
    told.push({
      detection: one.detection,
      afterMs: at - acting.from,
      ...(one.wire !== undefined && { wire: one.wire }),
    });
  });
  return { acting, told };
}

describe.each(builds)('on a fence %s', (_, springs) => {
  const all = (act: Act, more?: { ms?: number; restS?: number }) => seeds.map((seed) => hear(act, springs, seed, more));

  test('a climb is told within 3 s of its first hold, and as a climb before it is over', () => {
    for (const { acting, told } of all('climb')) {
      expect(told[0]!.afterMs).toBeLessThanOrEqual(3 * second);
      expect(told.map(({ detection }) => detection)).toContain('climb');
      for (const { detection } of told) expect(['climb', 'pull']).toContain(detection);
      expect(told.every(({ afterMs }) => afterMs <= acting.to - acting.from + 3 * second)).toBe(true);
    }
  });

  test('stepping through is a pull on the wires bent apart, and no climb', () => {
    for (const { acting, told } of all('step-through')) {
      expect(told[0]!.afterMs).toBeLessThanOrEqual(3 * second);
      expect(new Set(told.map(({ detection, wire }) => `${detection} ${wire}`))).toEqual(
        new Set(acting.wires.map((wire) => `pull ${wire}`)),
      );
    }
  });

  test('a ladder is a pull on the top wire', () => {
    for (const { told } of all('ladder')) expect(told[0]).toMatchObject({ detection: 'pull', wire: 5 });
  });

  test('a wire held 75 mm aside for three seconds is a pull', () => {
    for (const { acting, told } of all('pull-aside', { ms: 3_500 })) {
      expect(told).toMatchObject([{ detection: 'pull', wire: acting.wires[0]! }]);
    }
  });

  test('a cut is a cut within a second', () => {
    for (const { acting, told } of all('cut')) {
      expect(told[0]).toMatchObject({ detection: 'cut', wire: acting.wires[0]! });
      expect(told[0]!.afterMs).toBeLessThanOrEqual(second);
    }
  });

  test('a tensioner that is unscrewed is a slack wire before it passes the floor', () => {
    for (const { acting, told } of all('unscrew')) {
      const signs = told.filter(({ wire }) => wire === acting.wires[0]).map(({ detection }) => detection);
      expect(signs.slice(0, 2)).toEqual(['slack', 'static']);
    }
  });

  test.each(['cat', 'bird', 'branch'] as const)('a %s is nothing', (act) => {
    for (const { told } of all(act)) expect(told).toEqual([]);
  });

  test('wires that cannot be read are nothing', () => {
    for (const { told } of all('comms-loss', { ms: 5 * minute, restS: 120 })) expect(told).toEqual([]);
  });
});
