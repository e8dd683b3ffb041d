/**
 * Limits rehearsed on stored samples: thinned as the series keeps them, they say what the detector said when it happened.
 */
import { describe, expect, test } from 'vitest';
import { Fence } from '../../simulators/fence/fence.ts';
import { Weather } from '../../simulators/fence/weather.ts';
import { emptySenses, sense } from '../../src/core/fence/signal.ts';
import { rehearse, type ZoneSamples } from '../../src/core/fence/signal-rehearse.ts';
import { defaultLimits, type SignalLimits } from '../../src/core/fence/signal-types.ts';
import { minute, second } from './wires.ts';

const wires = 6;
const deadbandN = 0.5;
const heartbeatMs = minute;

/** A night on the fence as it was told live, and as the series kept it. */
function night(acts: (fence: Fence, at: number) => void, minutes: number) {
  const fence = new Fence(
    {
      zone: 'z1',
      side: 'north',
      lengthM: 40,
      bayM: 4,
      wires,
      springs: false,
      restN: 150,
      frictionPerSupport: 0.02,
      fullScaleN: 196,
      stepN: 0.980665,
      seed: 5,
    },
    new Weather({ season: 'autumn', seed: 5 }),
  );
  const samples: ZoneSamples[] = [];
  const kept = Array.from({ length: wires }, () => ({ value: Number.NaN, at: Number.NEGATIVE_INFINITY }));
  const senses = emptySenses();
  const live: string[] = [];
  const begin = 5 * 60 * minute;
  acts(fence, begin);
  for (let at = begin; at < begin + minutes * minute; at += 250) {
    const readings = fence.read(at);
    for (const one of sense(senses, { id: 'z1', limits: defaultLimits }, readings, at)) {
      if (one.kind === 'detection' && one.active) live.push(`${one.detection} ${one.wire ?? ''}`.trim());
    }
    const thinned = readings.map((value, wire) => {
      const last = kept[wire]!;
      const stays = Math.abs(value! - last.value) < deadbandN && at - last.at < heartbeatMs;
      if (stays) return undefined;
      kept[wire] = { value: value!, at };
      return value;
    });
    if (thinned.some((one) => one !== undefined)) samples.push({ at, wires: thinned });
  }
  const play = (limits: Partial<SignalLimits> = {}) =>
    rehearse({ id: 'z1', limits: { ...defaultLimits, ...limits } }, samples);
  return { begin, live, play };
}

const busy = night((fence, at) => {
  fence.begin('pull-aside', at + 10 * minute, { wire: 1, bay: 2, ms: 4_000 });
  fence.begin('cat', at + 15 * minute, { wire: 2, bay: 1, ms: 1_500 });
  fence.begin('ladder', at + 20 * minute, { bay: 3, ms: 20_000 });
  fence.begin('cut', at + 30 * minute, { wire: 3 });
}, 35);
const said = (all: ReturnType<typeof busy.play>) =>
  all.map(({ detection, wire }) => `${detection} ${wire ?? ''}`.trim());

describe('stored samples', () => {
  test('say what was told live, in the order it began', () => {
    expect(busy.live).toEqual(['pull 1', 'pull 5', 'cut 3']);
    expect(said(busy.play())).toEqual(busy.live);
  });

  test('say where each began and ended, and how far it went', () => {
    const [pull, ladder, cut] = busy.play();
    expect(pull!.from - busy.begin).toBeGreaterThan(10 * minute);
    expect(pull!.from - busy.begin).toBeLessThan(10 * minute + 2 * second);
    expect(pull!.to - pull!.from).toBeGreaterThan(3 * second);
    expect(pull!.to - pull!.from).toBeLessThan(10 * second);
    expect(pull!.peakN! - 150).toBeGreaterThan(5);
    expect(ladder!.peakN).toBeGreaterThan(195);
    expect(cut!.peakN).toBeLessThan(10);
    // Nobody mended it: it stands until the samples end.
    expect(cut!.to - busy.begin).toBeGreaterThan(34 * minute);
  });

  test('say less with wider limits, and more with a shorter dwell', () => {
    expect(said(busy.play({ upN: 30, patientN: 35, climbN: 40 }))).toEqual(['pull 5', 'cut 3']);
    expect(said(busy.play({ dwellMs: 300 }))).toContain('pull 2');
  });

  test('are none, one, or out of order, and nothing comes of it', () => {
    const zone = { id: 'z1', limits: defaultLimits };
    expect(rehearse(zone, [])).toEqual([]);
    expect(rehearse(zone, [{ at: 5, wires: [150] }])).toEqual([]);
    expect(
      rehearse(
        zone,
        [5, 4, Number.NaN, 6].map((at) => ({ at, wires: [150, 0] })),
      ),
    ).toEqual([]);
  });

  test('that stop are not held for ever', () => {
    const quiet = Array.from({ length: 600 }, (_, i) => ({ at: i * second, wires: [150, 150, 150] }));
    const gone = { at: 600 * second, wires: [0, undefined, undefined] };
    const back = { at: 36_000 * second, wires: [150, 150, 150] };
    const [cut, ...others] = rehearse({ id: 'z1', limits: defaultLimits }, [...quiet, gone, back]);
    expect(cut).toMatchObject({ detection: 'cut', wire: 0, from: 600 * second, to: 36_000 * second });
    expect(others.map(({ detection }) => detection)).not.toContain('pull');
  });
});
