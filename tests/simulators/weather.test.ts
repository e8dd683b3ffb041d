/**
 * The simulated weather over many days of each season, against the normals it is made of. It is a function of time: asked
 * twice, or out of order, it says the same.
 */
import { describe, expect, test } from 'vitest';
import { type Season, Weather } from '../../simulators/fence/weather.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Midnight at the school. */
const midnight = Date.UTC(2026, 3, 1) - 8 * hourMs;
const skies = (season: Season) => Array.from({ length: 15 }, (_, seed) => new Weather({ season, seed: seed + 100 }));
const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;

/** Values at every ten minutes of `days` days, one array a day. */
const daily = (of: (at: number) => number, days = 20) =>
  Array.from({ length: days }, (_, day) =>
    Array.from({ length: 144 }, (_, step) => of(midnight + day * dayMs + step * 600_000)),
  );

describe.each([
  ['winter', 4.6, 7],
  ['spring', 15, 8.2],
  ['summer', 28.5, 6.6],
  ['autumn', 18.9, 7.5],
] as const)('a %s', (season, meanC, rangeC) => {
  test('is as warm as the normals, swings by day as they do, and never beyond what 15 °C and a front make', () => {
    const days = skies(season).flatMap((sky) => daily((at) => sky.airC(at)));
    expect(Math.abs(mean(days.flat()) - meanC)).toBeLessThan(1);
    const ranges = days.map((day) => Math.max(...day) - Math.min(...day));
    expect(mean(ranges) / rangeC).toBeGreaterThan(0.9);
    expect(mean(ranges) / rangeC).toBeLessThan(1.15);
    expect(Math.max(...ranges)).toBeLessThan(18);
    expect(Math.max(...ranges)).toBeGreaterThan(9);
  });

  test('has its sun by day only: the east in the morning, the west in the afternoon, the south more than the north', () => {
    for (const sky of skies(season)) {
      const sum = (side: string, from: number, to: number) =>
        mean(daily((at) => sky.sun(side, at)).flatMap((day) => day.slice(from * 6, to * 6)));
      expect(sum('south', 0, 4)).toBe(0);
      expect(sum('south', 21, 24)).toBe(0);
      expect(sum('east', 7, 10)).toBeGreaterThan(sum('west', 7, 10));
      expect(sum('west', 14, 17)).toBeGreaterThan(sum('east', 14, 17));
      if (season === 'winter') expect(sum('south', 9, 15)).toBeGreaterThan(2 * sum('north', 9, 15));
    }
  });
});

test('wind is about 3 m/s, sometimes a storm, and gusts within seconds', () => {
  const blows = skies('autumn').flatMap((sky) => daily((at) => sky.windMs(at)).flat());
  expect(mean(blows)).toBeGreaterThan(2.5);
  expect(mean(blows)).toBeLessThan(4);
  expect(Math.max(...blows)).toBeGreaterThan(14);
  expect(Math.max(...blows)).toBeLessThan(40);
  expect(Math.min(...blows)).toBeGreaterThanOrEqual(0);
  const sky = new Weather({ season: 'autumn', seed: 1 });
  const seconds = Array.from({ length: 120 }, (_, i) => sky.windMs(midnight + i * 1_000));
  expect(Math.max(...seconds) / Math.min(...seconds)).toBeGreaterThan(1.5);
});

test('it is a function of time and seed', () => {
  const [one, same, other] = [7, 7, 8].map((seed) => new Weather({ season: 'spring', seed }));
  const at = midnight + 9.5 * hourMs;
  one!.airC(at + dayMs);
  for (const ask of [
    (sky: Weather) => sky.airC(at),
    (sky: Weather) => sky.sun('east', at),
    (sky: Weather) => sky.windMs(at),
  ]) {
    expect(ask(one!)).toBe(ask(same!));
    expect(ask(one!)).not.toBe(ask(other!));
  }
});

test('the day follows the clocks of the school', () => {
  const [here, there] = [480, 0].map((utcOffsetMin) => new Weather({ season: 'spring', seed: 3, utcOffsetMin }));
  expect(here!.sun('south', midnight + 12 * hourMs)).toBeGreaterThan(0);
  expect(there!.sun('south', midnight + 12 * hourMs)).toBe(0);
});
