/**
 * What changes while nobody looks, and how a wire gets a base: the side is asked how far the weather went, what goes beyond is
 * told as found so, and no change of state leaves a zone without a base to be judged by.
 */
import { describe, expect, test } from 'vitest';
import { emptySenses } from '../../src/core/fence/signal.ts';
import { hour, Loom, minute, on, type Shape, second, step, still } from './wires.ts';

const all =
  (newton: number, wires = 6): Shape =>
  (wire) =>
    wire < wires ? newton : 0;

/** Three zones of a side; the first is not heard for a while, and comes back as it is said. */
function away(ms: number, back: Shape, sideN = 0): Loom {
  const senses = emptySenses();
  const zones = ['a', 'b', 'c'].map((id, seed) => new Loom({ id, senses, side: 'north', seed, everyMs: second }));
  const [first, ...others] = zones as [Loom, Loom, Loom];
  for (let at = 0; at < 10 * minute; at += second) for (const zone of zones) zone.once(still, at);
  for (let at = 0; at < ms; at += second) {
    first.at += second;
    for (const zone of others) zone.once(() => (sideN * at) / ms, at);
  }
  for (let at = 0; at < 30 * second; at += second) {
    first.once(back, at);
    for (const zone of others) zone.once(() => sideN, at);
  }
  return first;
}

describe('after more than a minute without readings', () => {
  test.each([
    ['loosened', -42, 'slack'],
    ['tightened', 40, 'pull'],
  ])('all wires %s while their side stayed are told, each, as found so', (_, newton, sign) => {
    for (const ms of [61 * second, 20 * minute, 3 * hour]) {
      const zone = away(ms, all(newton));
      expect(zone.holding()).toEqual([0, 1, 2, 3, 4, 5].map((wire) => `${sign} ${wire}`));
      expect(zone.told.every(({ foundSo }) => foundSo === true)).toBe(true);
    }
  });

  test('of four wires that were loosened the two that were not are not blamed', () => {
    for (const zone of [away(61 * second, all(-42, 4)), away(2 * hour, all(-42, 4))]) {
      expect(zone.holding()).toEqual([0, 1, 2, 3].map((wire) => `slack ${wire}`));
    }
    const alone = new Loom().play(10 * minute);
    alone.at += 2 * minute;
    expect(alone.play(30 * second, all(-42, 4)).holding()).toEqual([0, 1, 2, 3].map((wire) => `slack ${wire}`));
  });

  test('wires that went with their side are told of nothing, and one that did more is', () => {
    expect(away(3 * hour, all(-20), -20).holding()).toEqual([]);
    expect(away(3 * hour, (wire) => (wire === 2 ? -10 : -25), -20).holding()).toEqual(['pull 2']);
  });

  test('a zone without a side may go as far as the weather can in that time, and no farther', () => {
    const alone = (ms: number, newton: number) => {
      const zone = new Loom().play(10 * minute);
      zone.at += ms;
      return zone.play(30 * second, all(newton)).holding();
    };
    expect(alone(61 * second, -42)).toHaveLength(6);
    expect(alone(61 * second, -5)).toEqual([]);
    expect(alone(3 * hour, -30)).toEqual([]);
  });

  test('a side that comes back after the zone is asked then', () => {
    const senses = emptySenses();
    const zones = ['a', 'b', 'c'].map((id, seed) => new Loom({ id, senses, side: 'north', seed, everyMs: second }));
    for (let at = 0; at < 10 * minute; at += second) for (const zone of zones) zone.once(still, at);
    for (const zone of zones) zone.at += hour;
    for (let at = 0; at < minute; at += second)
      for (const [index, zone] of zones.entries())
        if (index === 0 || at > 20 * second) zone.once(all(index === 0 ? -40 : -3), at);
        else zone.at += second;
    expect(zones.slice(1).flatMap((zone) => zone.holding())).toEqual([]);
    expect(zones[0]!.holding()).toHaveLength(6);
  });
});

describe('while a base is renewed by a person’s word', () => {
  test('the old one counts: a climb in the same second is told', () => {
    const zone = new Loom({ limits: { fullScaleN: 1_000 } }).play(10 * minute).relearn();
    const climber: Shape = (wire, ms) => step(150, 900 * wire, 900 * wire + 600)(ms);
    expect(zone.play(8 * second, climber).began()).toContain('climb');
  });

  test('a wire that trembles has the mean of its trembling, and is not blind meanwhile', () => {
    const tremble = (ms: number) => 4 * Math.sin(ms / 180);
    const zone = new Loom().play(10 * minute).relearn();
    zone.play(30 * second, on(2, tremble));
    expect(zone.base(2)).toBeCloseTo(152, 0);
    expect(zone.began()).toEqual([]);
  });

  test('what stands differently is judged by the old base until it rests, and by the new one then', () => {
    const zone = new Loom().play(10 * minute);
    const tighter = on(4, () => 20);
    zone.play(minute, tighter).relearn();
    zone.play(5 * second, tighter);
    expect(zone.holding()).toEqual(['pull 4']);
    zone.play(30 * second, tighter);
    expect(zone.holding()).toEqual([]);
  });

  test('a wire that somebody moves on never becomes the base, and after seconds it is told that it is not learned', () => {
    const zone = new Loom({ limits: { fullScaleN: 1_000 } }).play(10 * minute).relearn();
    zone.play(
      5 * minute,
      on(1, (ms) => 60 + 25 * Math.sin(ms / 150)),
    );
    expect(zone.base(1)).toBeCloseTo(151, 0);
    expect(zone.holding()).toContain('learning');
    expect(zone.told.find(({ detection }) => detection === 'learning')).toMatchObject({ sinceMs: 25_000 });
    zone.play(30 * second);
    expect(zone.holding()).toEqual([]);
  });
});

test('a new zone sees a climber before it has learned its bases', () => {
  const climber: Shape = (wire, ms) => step(150, 2_000 + 900 * wire, 2_600 + 900 * wire)(ms);
  expect(new Loom({ limits: { fullScaleN: 1_000 } }).play(8 * second, climber).began()).toContain('climb');
});
