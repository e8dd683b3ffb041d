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

  test('follows a clock set ahead at once', () => {
    const { world, clock } = machine();
    clock.now();
    world.wall += 48 * hour;
    expect(clock.now()).toBe(world.wall);
  });

  test('goes on at half pace behind a clock set back, and has caught up in twice that time', () => {
    const { world, pass, clock } = machine();
    const before = clock.now();
    world.wall -= 2 * hour;
    expect(clock.now()).toBe(before);
    pass(hour);
    expect(clock.now()).toBe(before + hour / 2);
    pass(3 * hour);
    expect(clock.now()).toBe(world.wall);
    pass(1);
    expect(clock.now()).toBe(world.wall);
  });

  test('goes on from the last event of the journal', () => {
    const { world, pass, clock } = machine();
    clock.from(world.wall + 8 * hour);
    expect(clock.now()).toBe(world.wall + 8 * hour);
    pass(2_000);
    expect(clock.now()).toBe(world.wall - 2_000 + 8 * hour + 1_000);
  });
});
