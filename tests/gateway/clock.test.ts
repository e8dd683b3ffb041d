/**
 * The gateway's own time on machines whose clock is set, and silence, which no clock may fake or hide.
 */
import { describe, expect, test } from 'vitest';
import { Clock } from '../../src/world/gateway-clock.ts';

const hour = 3_600_000;

function machine() {
  const world = { wall: 1_000 * hour, up: 0, now: () => world.wall, elapsed: () => world.up };
  const pass = (ms: number) => {
    world.wall += ms;
    world.up += ms;
  };
  return { world, pass, clock: new Clock(world) };
}

describe('the gateway’s own time', () => {
  test('is the machine’s while nobody sets that', () => {
    const { world, pass, clock } = machine();
    for (const ms of [0, 1, 1_000, hour]) {
      pass(ms);
      expect(clock.now()).toBe(world.wall);
    }
  });

  test.each([
    ['ahead', 48],
    ['back', -2],
  ])(
    'takes as long for an hour when the clock is set %s, says what it was set to, and follows only then',
    (_way, hours) => {
      const { world, pass, clock } = machine();
      const before = clock.now();
      world.wall += hours * hour;
      expect([clock.now(), clock.setTo()]).toEqual([before, undefined]);
      pass(1_000);
      expect([clock.now(), clock.setTo()]).toEqual([before + 1_000, world.wall]);
      pass(hour);
      expect(clock.now()).toBe(before + 1_000 + hour);
      clock.follow(world.wall);
      expect(clock.now()).toBe(world.wall);
      pass(hour);
      expect([clock.now(), clock.setTo()]).toEqual([world.wall, undefined]);
    },
  );

  test('takes no notice of a clock that is wrong for a moment', () => {
    const { world, pass, clock } = machine();
    world.wall += hour;
    expect(clock.setTo()).toBeUndefined();
    world.wall -= hour;
    pass(1_000);
    expect([clock.setTo(), clock.now()]).toEqual([undefined, world.wall]);
  });

  test('is drawn towards a clock that is a little off, by no more than a hundredth of what passes', () => {
    const { world, pass, clock } = machine();
    const before = clock.now();
    world.wall -= 1_500;
    pass(100_000);
    expect([clock.now() - before, clock.setTo()]).toEqual([99_000, undefined]);
    pass(100_000);
    expect(clock.now()).toBe(world.wall);
  });

  test('goes on at full pace from a journal that ends in the future, until the machine’s clock has come near', () => {
    const { world, pass, clock } = machine();
    const last = world.wall + 8 * hour;
    clock.from(last);
    expect(clock.asks).toBe(true);
    pass(2_000);
    expect([clock.now(), clock.wall(), clock.setTo()]).toEqual([last + 2_000, world.wall, undefined]);
    world.wall += 8 * hour;
    expect(clock.setTo()).toBe(world.wall);
    clock.follow(world.wall);
    expect([clock.asks, clock.now()]).toEqual([false, world.wall]);
  });
});
