/**
 * That the matrix reckons rightly: its cells whole, its ranges of seeds apart, the same piece always the same, a run broken off
 * goes on, and each act really is what its name says. What is found is not judged here.
 */
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { upperBound } from './detection-score.ts';
import { attackPlays } from './matrix-attacks.ts';
import type { Quiet } from './matrix-days.ts';
import {
  attackScenarios,
  betweenOf,
  type Cell,
  cells,
  fenceOf,
  firstSeed,
  full,
  hostOf,
  type Job,
  plan,
  type SeedRange,
} from './matrix-plan.ts';
import { playJob } from './matrix-play.ts';
import { reach } from './matrix-reach.ts';
import { columns, Matrix } from './matrix-score.ts';
import { dayOf, Stage, skyOf } from './matrix-stage.ts';
import { everyCell, matrixReport } from './matrix-table.ts';

const ranges = Object.keys(firstSeed) as SeedRange[];
const jobOf = (kind: Job['kind'], only?: string) =>
  plan({ each: 1, faults: 0.05, days: 0.01 }, 'checking', only ? [only] : []).find((job) => job.kind === kind)!;

describe('the plan', () => {
  test('has seeds for tuning, scoring and checking that never meet, each piece its own', () => {
    const seeds = ranges.map((range) => new Set(plan(full, range).map(({ seed }) => seed)));
    for (const [at, one] of seeds.entries()) {
      expect(one.size).toBe(plan(full, ranges[at]!).length);
      for (const other of seeds.slice(at + 1)) expect([...one].filter((seed) => other.has(seed))).toEqual([]);
    }
  });

  test('tries every cell as often as every other, and each column is a part of all cells', () => {
    expect(cells).toHaveLength(72);
    const tried = new Map<unknown, number>();
    for (const { kind, cell } of plan({ each: 3, faults: 0, days: 0 }, 'checking'))
      if (kind === 'attacks') tried.set(cell, (tried.get(cell) ?? 0) + 1);
    expect(new Set(tried.values())).toEqual(new Set([3]));
    const few = plan({ each: 1, faults: 0, days: 0 }, 'checking').slice(0, 12);
    for (const { has } of columns) expect(few.filter(({ cell }) => has(cell)).length).toBeGreaterThan(0);
    expect(columns.map(({ has }) => cells.filter(has).length)).toEqual([
      72, 18, 18, 18, 18, 36, 36, 24, 24, 24, 24, 24, 24,
    ]);
  });

  test('may be asked for single scenarios, or for the quiet days alone', () => {
    expect(new Set(plan(full, 'checking', ['cut']).map(({ kind }) => kind))).toEqual(new Set(['attacks']));
    expect(new Set(plan(full, 'checking', ['weather']).map(({ kind }) => kind))).toEqual(new Set(['days']));
    expect(new Set(plan(full, 'checking', ['frozen']).map(({ kind }) => kind))).toEqual(new Set(['fault']));
  });
});

test('every figure of a fence is a range: two fences of a cell share nothing but the cell', () => {
  const cell = cells.find(({ friction, springs }) => friction === '1–3 N' && springs === 'rigid')!;
  const fences = Array.from({ length: 60 }, (_, seed) => fenceOf(cell, 'z0', 'south', seed));
  for (const key of ['lengthM', 'bayM', 'restN', 'apartK', 'sunK', 'flutterN', 'creepNPerDay'] as const)
    expect(new Set(fences.map((one) => one[key])).size).toBe(60);
  for (const { lengthM, bayM, wires, springs, grip } of fences) {
    expect(lengthM).toBeLessThanOrEqual(40);
    expect(bayM).toBeGreaterThanOrEqual(3);
    expect([4, 5, 6]).toContain(wires);
    expect(springs).toBe(false);
    expect(grip?.supportN).toEqual([1, 3]);
    expect(grip?.bends).toBeLessThanOrEqual(2);
  }
  const hosts = fences.map(({ seed }) => hostOf(cell, seed));
  expect(new Set(hosts.map(({ quantumN }) => quantumN))).toEqual(new Set([1, 0.980665, 0.1]));
});

test('a night is dark and still, a storm blows, and ice grows by night and is gone in the afternoon', () => {
  for (let seed = 1; seed < 20; seed++) {
    const [night, storm] = [skyOf('night', seed), skyOf('storm', seed)];
    expect(night.sky.sun('south', night.from)).toBe(0);
    expect(night.sky.windMs(night.from)).toBeLessThan(3);
    expect(storm.sky.windMs(storm.from)).toBeGreaterThanOrEqual(4);
    const { sky, from } = dayOf('ice', seed);
    expect(sky.iceMm?.(from + 9 * 3_600_000)).toBeGreaterThan(0.9);
    expect(sky.iceMm?.(from + 15 * 3_600_000)).toBe(0);
  }
});

describe('an act of the matrix', () => {
  const cell = cells[0]!;
  const stageOf = (seed: number) => {
    const { sky, from } = skyOf('night', seed);
    const stage = new Stage(cell, 1, sky, from, seed);
    stage.until(from + 30_000, 250);
    return stage;
  };

  test.each(attackScenarios.filter((one) => !/restart|gap|75 mm|post|near/.test(one)))(
    '“%s” really bears on a wire: some tension leaves its place by more than noise',
    (scenario) => {
      const stage = stageOf(7);
      const { fence } = stage.posts[0]!;
      const rest = fence.trueN(stage.at);
      let most = 0;
      const read = fence.read.bind(fence);
      fence.read = (at) => {
        most = Math.max(most, ...fence.trueN(at).map((tension, wire) => Math.abs(tension - rest[wire]!)));
        return read(at);
      };
      attackPlays[scenario](stage, betweenOf(3));
      expect(most).toBeGreaterThan(4);
    },
  );

  test('comes out the same again, for every algorithm', () => {
    const job = jobOf('attacks', 'free-hand climb, mid-bay');
    const once = playJob(job);
    expect(playJob(job)).toEqual(once);
    expect(once.trials).toHaveLength(1);
    expect(once.trials[0]!.found).toHaveLength(3);
  });
});

test('a host that deceives is watched beside two neighbours, and a quiet day counts its alarms by their cause', () => {
  const { faults } = playJob({ ...jobOf('fault', 'supply'), id: 'x' });
  expect(faults).toHaveLength(1);
  const { quiets } = playJob(jobOf('days', 'weather'));
  expect(quiets.map(({ by, days }) => [by, days])).toEqual([0, 1, 2].map((by) => [by, 0.02]));
});

test('a report of a small run is whole, and a piece that is added twice counts once', () => {
  const matrix = new Matrix();
  const job = jobOf('attacks', 'cut');
  for (let twice = 0; twice < 2; twice++) matrix.add(playJob(job));
  matrix.add(playJob(jobOf('days', 'weather')));
  expect(matrix.trials).toHaveLength(1);
  const text = matrixReport(matrix) + everyCell(matrix);
  for (const word of ['controller A', 'gatehouse', 'frozen host', '1–3 N', 'sun and cloud', 'Aims', 'worst cell'])
    expect(text).toContain(word);
  expect(text).not.toContain('NaN');
  expect(text).not.toContain('undefined');
});

describe('an aim of alarms', () => {
  const quiet = (friction: Cell['friction'], days: number, weather: number): Quiet => ({
    ...{ cell: { ...cells[0]!, friction }, sky: 'summer', by: 2, days, hints: {} },
    alarms: { weather, cat: 0, bird: 0, branch: 0, ball: 0 },
  });
  const aims = (...quiets: Quiet[]) => {
    const matrix = new Matrix();
    matrix.quiets.push(...quiets);
    return matrixReport(matrix)
      .split('\n')
      .filter((line) => line.includes('weather alarms'));
  };

  test('is not reached by a few days without one: the most they may have been is held against it', () => {
    const [calm, rough] = aims(quiet('linear', 3, 0), quiet('1–3 N', 1, 0));
    expect(calm).toContain('**not reached**');
    expect(calm).toContain('≤ 30 (seen 0 in 3 zone-days)');
    expect(rough).toContain('**not reached**');
  });

  test('is reached by enough days with few, and no more by days with too many', () => {
    expect(aims(quiet('linear', 91, 0), quiet('1–3 N', 24, 1)).join()).not.toContain('not reached');
    expect(
      aims(quiet('linear', 91, 1), quiet('1–3 N', 23, 1))
        .join()
        .match(/not reached/g),
    ).toHaveLength(2);
  });

  test('is not tried where there were no days', () => {
    expect(aims(quiet('linear', 91, 0))[1]).toContain('not tried');
  });
});

test.each([
  [0, 2.996],
  [1, 4.744],
  [5, 10.513],
  [30, 40.69],
])('%d alarms seen mean %d at most, by the exact bound', (seen, most) => {
  expect(upperBound(seen)).toBeCloseTo(most, 2);
});

test('what reaches the sensor is reckoned for each act, friction and kind of fence: a hand at mid-bay always does', () => {
  const text = reach(4);
  expect(text).toMatch(/free-hand climb, mid-bay( +\d+\.\d \/ \d+\.\d, 0 %){8}/);
  for (const word of ['two wires spread 125 mm', '1–3 N, sprung', 'cut']) expect(text).toContain(word);
  expect(text).not.toContain('NaN');
});

test('a run that was broken off goes on: what is written down is not played again', async () => {
  const out = join(await mkdtemp(join(tmpdir(), 'matrix-')), 'out.jsonl');
  const { runMatrix } = await import('./matrix.ts');
  const words = ['--each', '0', '--days', '0', '--faults', '0.02', '--only', 'supply', '--out', out, '--threads', '1'];
  await runMatrix(words);
  const first = await readFile(out, 'utf8');
  expect(first.trim().split('\n')).toHaveLength(1);
  await runMatrix(words);
  expect(await readFile(out, 'utf8')).toBe(first);
});
