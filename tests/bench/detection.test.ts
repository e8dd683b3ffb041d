/**
 * That the detection bench reckons rightly: its bounds against the tables of the exact binomial, its seeds apart, and the same
 * piece of work always the same, so that a reported figure can be had again.
 */
import { describe, expect, test } from 'vitest';
import { firstSeed, full, plan } from './detection-plan.ts';
import { play } from './detection-play.ts';
import { lowerBound, Outcome, score, spread } from './detection-score.ts';
import { report } from './detection-table.ts';

describe('an exact lower bound', () => {
  test.each([
    [19, 19, 0.85],
    [29, 29, 0.9],
    [45, 46, 0.9],
    [59, 59, 0.95],
    [92, 93, 0.95],
    [299, 299, 0.99],
    [472, 473, 0.99],
    [626, 628, 0.99],
    [770, 773, 0.99],
  ])('of %d in %d trials just proves %d, and one trial fewer does not', (hits, trials, least) => {
    expect(lowerBound(hits, trials)).toBeGreaterThanOrEqual(least);
    expect(lowerBound(hits - 1, trials - 1)).toBeLessThan(least);
  });

  test('of 30 in 30 is 0.905, of 29 in 30 is 0.851, and of nothing nothing', () => {
    expect(lowerBound(30, 30)).toBeCloseTo(0.905, 3);
    expect(lowerBound(29, 30)).toBeCloseTo(0.851, 3);
    expect(lowerBound(0, 1_000)).toBe(0);
    expect(lowerBound(40, 1_200)).toBeCloseTo(0.0254, 3);
  });
});

test('the seeds of a full report and those of tuning never meet', () => {
  const seeds = (first: number) => new Set(plan(full, first).map(({ seed }) => seed));
  const reported = seeds(firstSeed.report);
  expect(reported.size).toBe(plan(full, firstSeed.report).length);
  expect([...seeds(firstSeed.tuning)].filter((seed) => reported.has(seed))).toEqual([]);
});

test('a plan holds the attacks of each kind and the days of each zone that were asked for, whole', () => {
  const jobs = plan({ attacks: 13, days: 2 }, 1);
  expect(jobs.reduce((sum, one) => sum + (one.kind === 'attacks' ? one.each : 0), 0)).toBe(13);
  expect(jobs.filter(({ kind }) => kind === 'days')).toHaveLength(4 * 3);
});

test('percentiles are of what was found, and of nothing they are none', () => {
  expect(spread([3, 1, Number.NaN, 2])).toEqual({ p50: 2, p99: 3 });
  expect(spread([]).p50).toBeNaN();
  expect(score([]).hits).toBe(0);
});

test('the same piece of work comes out the same, with every attack tried by every algorithm', () => {
  const job = plan({ attacks: 1, days: 0 }, 3).find(({ kind }) => kind === 'attacks')!;
  const once = play(job);
  expect(play(job)).toEqual(once);
  expect(once.trials).toHaveLength(6 * 3);
});

test('a report of a small run is whole: every act, every algorithm, every aim', () => {
  const outcome = new Outcome();
  for (const job of plan({ attacks: 1, days: 0.02 }, 3)) outcome.add(play(job));
  const text = report(outcome);
  for (const word of ['climb', 'unscrew', 'controller A', 'gatehouse', 'branches', 'Aims', 'reached']) {
    expect(text).toContain(word);
  }
  expect(text).not.toContain('NaN');
  expect(text).not.toContain('undefined');
});
