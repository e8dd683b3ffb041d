/**
 * What is small, slow or held on wires that stick and slip: two wires drawn apart at any pace, a pull that is held as long as it is,
 * a wire that falls at once, a cut whose supports keep the rest; and slips, which are none of it.
 */
import { describe, expect, test } from 'vitest';
import { StickyFence } from './sticky-fence.ts';
import { hour, Loom, minute, on, type Shape, second, step } from './wires.ts';

/** Whole newtons, as a host tells them. */
const warm = (wires = 6) => new Loom({ wires, noiseN: 0.6, everyMs: 500 }).play(15 * minute);

describe('two neighbouring wires drawn apart by 125 mm on a fence with springs', () => {
  const apart =
    (riseMs: number, holdMs: number): Shape =>
    (wire, ms) =>
      (wire === 2 || wire === 3) && ms < riseMs + holdMs ? 10 * Math.min(1, ms / riseMs) : 0;

  test.each([1, 10, 60, 300, 600, 1_200, 2_400])('in %d s and held are told', (riseS) => {
    const zone = warm();
    zone.play(riseS * second + 6 * second, apart(riseS * second, 6 * second));
    expect(zone.began().sort()).toEqual(['pull 2', 'pull 3']);
  });

  test('are told while the wires tremble by 8 N, and trembled before', () => {
    const zone = warm();
    const tremble = (ms: number) => 8 * Math.sin(ms / 140);
    zone.play(10 * minute, (wire, ms) => (wire === 2 || wire === 3 ? tremble(ms + 300 * wire) : 0));
    expect(zone.began()).toEqual([]);
    zone.play(10 * second, (wire, ms) =>
      wire === 2 || wire === 3 ? tremble(ms + 300 * wire) + step(10, 0, 8_000)(ms) : 0,
    );
    expect(zone.began()).toEqual(expect.arrayContaining(['pull 2']));
  });
});

describe('a pull', () => {
  test.each([3.2, 10, 30])(
    'of %d N that is held still lasts as long as it is held, and ends when it is let go',
    (newton) => {
      const zone = warm();
      zone.play(
        3 * hour,
        on(2, () => newton),
      );
      expect(zone.holding()).toEqual(['pull 2']);
      expect(zone.began()).toEqual(['pull 2']);
      zone.play(minute);
      expect(zone.holding()).toEqual([]);
    },
  );
});

describe('a wire that falls at once and stays', () => {
  test('by 14 N is slack, until it is back', () => {
    const zone = warm();
    zone.play(
      30 * minute,
      on(1, () => -14),
    );
    expect(zone.holding()).toEqual(['slack 1']);
    zone.play(minute);
    expect(zone.holding()).toEqual([]);
  });

  test('and comes back before it is told is forgotten: what sinks by the weather of an hour later is not slack', () => {
    const zone = warm();
    zone.play(
      6 * second,
      on(1, () => -12),
    );
    zone.play(minute);
    zone.play(
      hour,
      on(1, (ms) => (-7 * ms) / hour),
    );
    expect(zone.began()).toEqual([]);
  });

  test('is slack by more where wires slip, because a support lets go as suddenly', () => {
    const zone = warm();
    const levels = [0, 0, 0, 0, 0, 0];
    for (let n = 0; n < 12; n++) {
      const wire = n % 3;
      levels[wire] = levels[wire] === 0 ? 4 : 0;
      zone.play(2 * minute, (one) => levels[one]);
    }
    const slipped = zone.at;
    zone.play(5 * minute, (one) => levels[one]! - (one === 4 ? 11 : 0));
    expect(zone.began(slipped)).toEqual([]);
    zone.play(minute, (one) => levels[one]! - (one === 4 ? 11 : 0) - (one === 5 ? 17 : 0));
    expect(zone.began(slipped)).toEqual(['slack 5']);
  });

  test.each([
    [true, 3],
    [false, 3],
    [true, 1],
  ])('is cut though the supports between keep some of it (springs %s, %d N each)', (springs, frictionN) => {
    for (let bay = 1; bay < 9; bay++) {
      const fence = new StickyFence({ springs, frictionN, seed: bay });
      const zone = new Loom({ everyMs: 500, from: 10 * hour });
      const listen = (ms: number) => {
        for (const end = zone.at + ms; zone.at < end; ) {
          zone.at += zone.everyMs;
          zone.read(fence.read(zone.at));
        }
      };
      listen(2 * minute);
      fence.cut.set(3, bay);
      listen(4 * second);
      expect(zone.began(), `bay ${bay}`).toContain('cut 3');
    }
  });

  test('slowly, because somebody turns its tensioner, is slack and no cut', () => {
    const zone = warm();
    zone.play(
      15 * second,
      on(1, (ms) => -(5 * ms) / second),
    );
    expect(zone.began()).toEqual(['slack 1']);
  });
});

describe('where sun, ice and slips part all wires of a zone', () => {
  /** Each wire goes its way in so long, and stays. */
  const parting =
    (ways: readonly number[], riseMs: number): Shape =>
    (wire, ms) =>
      ways[wire]! * Math.min(1, ms / riseMs);

  test('two neighbours that go no farther than the others are no slow spread, and two that do are', () => {
    const ways = [9, -9, 7, 7, -9, 0, 0];
    const zone = warm(7).play(90 * minute, parting(ways, hour));
    expect(zone.began()).toEqual([]);
    const spread = [9, -9, 18, 18, -9, 0, 0];
    const hand: Shape = (wire, ms) => ways[wire]! + (spread[wire]! - ways[wire]!) * Math.min(1, ms / (10 * minute));
    zone.play(10 * minute + 10 * second, hand);
    expect(zone.began().sort()).toEqual(['pull 2', 'pull 3']);
  });

  test('one wire is pulled by what it goes beyond the others', () => {
    const played = (ways: readonly number[]) =>
      warm()
        .play(30 * minute, parting(ways, 20 * minute))
        .began();
    expect(played([-12, 20, 0, 12, 0, -12])).toEqual([]);
    expect(played([0, 20, 0, 0, 0, 0])).toEqual(['pull 1']);
    expect(played([-12, 30, 0, 12, 0, -12])).toContain('pull 1');
  });
});

test('after one slip another as far on another wire is none', () => {
  const zone = warm();
  zone.play(2 * minute, on(0, step(3, 0, hour)));
  const learned = zone.at;
  zone.play(5 * minute, (wire) => (wire === 0 || wire === 4 ? 3 : 0));
  expect(zone.began(learned)).toEqual([]);
});

test('a zone whose wires slip learns how far, and still sees a hand that is on two wires', () => {
  const zone = warm();
  // A slip of 1 to 3 N now on this wire and now on that, each to stay.
  const levels = [0, 0, 0, 0, 0, 0];
  const play = (slips: number) => {
    for (let n = 0; n < slips; n++) {
      const wire = (n * 5) % 6;
      const size = 1 + ((n * 7) % 9) / 4;
      levels[wire] = levels[wire]! + (levels[wire]! > 0 ? -size : size);
      zone.play(4 * minute, (one) => levels[one]);
    }
  };
  play(12);
  const learned = zone.at;
  play(60);
  expect(zone.began(learned)).toEqual([]);
  zone.play(4 * second, (wire) => levels[wire]! + (wire === 2 || wire === 3 ? 4 : 0));
  expect(zone.began(learned).sort()).toEqual(['pull 2', 'pull 3']);
});
