/**
 * Climbers who let go between two wires, on fences whose wires stick and slip: wires passed in order are a climb however short
 * the holds; animals, branches and a tree that falls on all wires at once are none.
 */
import { describe, expect, test } from 'vitest';
import { seeded } from '../../simulators/fence/random.ts';
import { climbing, StickyFence } from './sticky-fence.ts';
import { hour, Loom, minute, second, step } from './wires.ts';

/** Holds and pauses between them, each drawn from its bounds, ms. */
type Pattern = readonly [hold: readonly [number, number], free: readonly [number, number]];
const quick: Pattern = [
  [700, 1_000],
  [300, 300],
];
const any: Pattern = [
  [300, 2_000],
  [0, 500],
];

function climb(springs: boolean, frictionN: number, everyMs: number, [hold, free]: Pattern, seed: number): string[] {
  const fence = new StickyFence({ springs, frictionN, seed });
  const zone = new Loom({ everyMs, from: 10 * hour });
  const listen = (ms: number) => {
    for (const end = zone.at + ms; zone.at < end; ) {
      zone.at += everyMs;
      zone.read(fence.read(zone.at));
    }
  };
  listen(2 * minute);
  const chance = seeded(seed ^ 77);
  const between = ([low, high]: readonly [number, number]) => low + (high - low) * chance();
  const act = climbing(fence, zone.at + 1_000 * chance(), {
    ms: 3_000 + 5_000 * chance(),
    holdMs: () => between(hold),
    freeMs: () => between(free),
    seed,
  });
  fence.loads = act.loads;
  listen(act.to - zone.at + 2 * second);
  return zone.began();
}

describe('a climber who lets go between two wires', () => {
  test.each([
    ['with springs, without friction', true, 0],
    ['with springs that stick', true, 3],
    ['without springs, without friction', false, 0],
    ['without springs that stick', false, 3],
  ])('is told as a climb on a fence %s', (_, springs, frictionN) => {
    for (const pattern of [quick, any])
      for (let seed = 1; seed <= 4; seed++)
        for (const everyMs of [250, 500])
          expect(climb(springs, frictionN, everyMs, pattern, seed), `${everyMs} ms, seed ${seed}`).toContain('climb');
  });

  test('is told while on the fence, since the first hold, and is over when the wires are free', () => {
    const zone = new Loom({ limits: { fullScaleN: 1_000 } }).play(5 * minute);
    const holds = (wire: number, ms: number) => step(150, 1_300 * wire, 1_300 * wire + 1_000)(ms);
    const from = zone.at;
    zone.play(20 * second, (wire, ms) => (wire < 4 ? holds(wire, ms) : 0));
    expect(zone.told.map(({ detection, active }) => `${detection} ${active}`)).toEqual(['climb true', 'climb false']);
    const [told] = zone.told;
    expect(told!.at - from).toBeLessThanOrEqual(3 * second);
    expect(told!.at - told!.sinceMs! - from).toBeLessThanOrEqual(250);
    expect(told!.valueN).toBeGreaterThan(30);
  });

  test('is told going down as well, and by a slow host that sees every other hold', () => {
    const down = (wire: number, ms: number) => step(150, 1_000 * (5 - wire), 1_000 * (5 - wire) + 700)(ms);
    expect(
      new Loom()
        .play(5 * minute)
        .play(20 * second, down)
        .began(),
    ).toContain('climb');
    const slow = new Loom({ everyMs: second }).play(5 * minute);
    slow.play(20 * second, (wire, ms) =>
      wire === 1 ? step(150, 500, 1_500)(ms) : wire === 4 ? step(150, 2_500, 3_500)(ms) : 0,
    );
    expect(slow.began()).toContain('climb');
  });
});

describe('wires touched otherwise are no climb', () => {
  const began = (shape: (wire: number, ms: number) => number, everyMs = 250) =>
    new Loom({ everyMs, limits: { fullScaleN: 1_000 } })
      .play(5 * minute)
      .play(minute, shape)
      .began();

  test.each([250, 1_000])('an animal that jumps from one wire to another, read every %d ms', (everyMs) => {
    const cat = (wire: number, ms: number) =>
      wire === 2 ? step(80, 1_000, 1_900)(ms) : wire === 5 ? step(80, 2_500, 4_000)(ms) : 0;
    expect(began(cat, everyMs)).toEqual([]);
  });

  test('a branch that beats two wires in a storm, one after the other and again', () => {
    const beat = (wire: number, ms: number) =>
      wire < 2 && ms < 40_000 ? step(60, 0, 600)((ms + 1_000 * wire) % 2_100) : 0;
    expect(began(beat)).not.toContain('climb');
  });

  test('a tree that falls on all wires at once and is blown off again', () => {
    expect(began((_, ms) => step(120, 1_000, 2_500)(ms))).not.toContain('climb');
  });
});
