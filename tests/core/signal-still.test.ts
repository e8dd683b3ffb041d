/**
 * Readings that are no measurement: a host that froze, one that follows nothing, one that plays a record. Each is told, its healthy
 * neighbours are not blamed, and a calm night is none of it.
 */
import { describe, expect, test } from 'vitest';
import { emptySenses } from '../../src/core/fence/signal.ts';
import { hour, Loom, minute, type Shape, second, still } from './wires.ts';

const everyMs = second;
/** Whole newtons of a wire that stands at `newton`, as a host tells them. */
type Host = (wire: number, ms: number, noise: number) => number;
const whole =
  (shape: Shape = still): Host =>
  (wire, ms, noise) =>
    Math.round(150 + wire * 1.3 + (shape(wire, ms) ?? 0) + noise);

/** Zones of a side, each behind a host of its own. */
class Side {
  readonly zones: Loom[];
  #at = 0;
  /** `ways`: the sides of the zones, in turn; two zones of a side of their own may have one host. */
  constructor(count: number, ways: readonly string[] = ['north']) {
    const senses = emptySenses();
    this.zones = Array.from({ length: count }, (_, seed) => {
      const side = ways[seed % ways.length]!;
      return new Loom({ id: `z${seed}`, senses, side, everyMs, seed: seed + 11, limits: { floorN: 20 } });
    });
  }

  play(ms: number, hosts: readonly Host[], noiseN = 0.5): this {
    for (const end = this.#at + ms; this.#at < end; this.#at += everyMs)
      for (const [index, zone] of this.zones.entries()) {
        zone.at += everyMs;
        const host = hosts[index] ?? hosts.at(-1)!;
        zone.read(Array.from({ length: 6 }, (_, wire) => host(wire, this.#at, zone.noise(noiseN))));
      }
    return this;
  }

  holding(): string[][] {
    return this.zones.map((zone) => zone.holding().filter((one) => one !== 'weather'));
  }
}

/** The sun comes and goes over the whole side: 15 N either way in three hours. */
const sun: Shape = (_, ms) => 15 * Math.sin((ms / (3 * hour)) * 2 * Math.PI);
const live = whole(sun);
/** A host that stands still from a moment on, and shows what it showed then. */
const frozenFrom = (from: number, host = live): Host => {
  const kept: number[] = [];
  return (wire, ms, noise) => {
    if (ms < from) return host(wire, ms, noise);
    kept[wire] ??= host(wire, ms, noise);
    return kept[wire];
  };
};

describe('a host that froze', () => {
  test.each([2, 3, 4])(
    'is told within ten minutes on a side of %d zones, and its neighbours are not blamed',
    (count) => {
      const side = new Side(count).play(30 * minute, [live]);
      const host = frozenFrom(30 * minute);
      side.play(10 * minute, [host, live]);
      expect(side.holding()).toEqual([['frozen'], ...Array.from({ length: count - 1 }, () => [])]);
      side.play(6 * hour, [host, live]);
      expect(side.zones.flatMap((zone) => zone.began()).filter((one) => /pull|slack|climb|cut/.test(one))).toEqual([]);
    },
  );

  test('is told that froze before the gateway looked at it, once its side moved', () => {
    const side = new Side(2).play(hour, [frozenFrom(0), live]);
    expect(side.holding()).toEqual([['frozen'], []]);
  });

  test('that has a side to itself is told within ten minutes by what the other sides do', () => {
    const ways = ['north', 'east', 'north', 'east', 'south', 'south'];
    const side = new Side(6, ways).play(30 * minute, [live]);
    const host = frozenFrom(30 * minute);
    side.play(10 * minute, [host, live, host, live]);
    expect(side.holding()).toEqual([['frozen'], [], ['frozen'], [], [], []]);
  });

  test('and froze again soon after is told as quickly as the first time', () => {
    const side = new Side(2).play(30 * minute, [live]).play(3 * hour, [frozenFrom(30 * minute), live]);
    side.play(6 * minute, [live]);
    expect(side.holding()).toEqual([[], []]);
    const again = 3 * hour + 36 * minute;
    expect(side.play(10 * minute, [frozenFrom(again), live]).holding()).toEqual([['frozen'], []]);
  });

  test('is told when its zone stands alone, for it was never still before', () => {
    const side = new Side(1).play(hour, [live]);
    expect(side.play(40 * minute, [frozenFrom(hour)]).holding()).toEqual([['frozen']]);
  });

  test('that shows its wires again is compared with its side since then: only what was done is told', () => {
    const freeze = frozenFrom(30 * minute);
    for (const [act, told] of [
      [0, []],
      [-40, ['slack 1', 'slack 2']],
    ] as const) {
      const side = new Side(3).play(30 * minute, [live]).play(3 * hour, [freeze, live]);
      const after = whole((wire, ms) => sun(wire, ms)! + (wire === 1 || wire === 2 ? act : 0));
      side.play(minute, [after, live]);
      expect(side.holding()).toEqual([told, [], []]);
      expect(side.zones[0]!.told.filter(({ detection, active }) => active && detection === 'slack')).toEqual(
        told.map(() => expect.objectContaining({ foundSo: true })),
      );
    }
  });
});

test('a zone that trembles and does not follow its side is frozen as well', () => {
  const side = new Side(3).play(6 * hour, [whole(), live]);
  expect(side.holding()).toEqual([['frozen'], [], []]);
});

describe('a calm fence is not frozen', () => {
  test('when a night is so still that nothing changes, though it changed by day', () => {
    const evening: Shape = (_, ms) => (ms < 4 * hour ? sun(0, ms)! * Math.max(0, 1 - ms / (4 * hour)) : 0);
    expect(new Side(3).play(12 * hour, [whole(evening)], 0).holding()).toEqual([[], [], []]);
  });

  test('when a branch beats its neighbour for minutes', () => {
    const branch = whole((wire, ms) => (wire === 2 ? 6 * Math.abs(Math.sin(ms / 800)) : 0));
    const side = new Side(2).play(hour, [whole()], 0).play(5 * minute, [whole(), branch], 0);
    expect(side.holding()[0]).toEqual([]);
  });

  test('when with springs it follows a side without by a third', () => {
    const sprung = whole((wire, ms) => sun(wire, ms)! / 3);
    expect(new Side(3).play(6 * hour, [sprung, live]).holding()).toEqual([[], [], []]);
  });
});

describe('a record', () => {
  const record = (from: number, ms: number): Host => {
    const kept = new Map<number, number>();
    return (wire, at, noise) => {
      const place = ((at - from) % ms) * 10 + wire;
      if (at < from + ms) kept.set(place, live(wire, at, noise));
      return kept.get(place)!;
    };
  };

  test('that is played again is told in the second round, and over when the wires are shown', () => {
    const side = new Side(1).play(90 * minute, [record(0, 40 * minute)]);
    expect(side.holding()).toEqual([['replayed']]);
    expect(side.play(30 * minute, [live]).holding()).toEqual([[]]);
  });

  test('is none of a day of weather and noise', () => {
    expect(new Side(2).play(24 * hour, [live], 0.5).holding()).toEqual([[], []]);
    expect(new Side(1).play(24 * hour, [live], 0).holding()).toEqual([[]]);
  });
});
