/**
 * What the detector says of a zone's wires, one sentence a test: bands, dwells, the base that follows the weather and nobody
 * else, what ends a sign, and that no reading whatever confuses it.
 */
import { describe, expect, test } from 'vitest';
import { emptySenses } from '../../src/core/fence/signal.ts';
import { defaultLimits } from '../../src/core/fence/signal-types.ts';
import { hour, Loom, minute, on, second, step, still } from './wires.ts';

const warm = (wish: ConstructorParameters<typeof Loom>[0] = {}) => new Loom(wish).play(5 * minute);
const { upN, dwellMs, patientN, downN } = defaultLimits;

describe('a pull', () => {
  test('is a quick rise that lasts its dwell, told with its reading, its limit and since when', () => {
    const zone = warm();
    zone.play(4 * second, on(2, step(10, 0, 2_250)));
    expect(zone.told).toHaveLength(1);
    const [pull] = zone.told;
    expect(pull).toMatchObject({ detection: 'pull', active: true, wire: 2, sinceMs: 2_000 });
    expect(pull!.valueN).toBeCloseTo(162, 0);
    expect(pull!.limitN).toBeCloseTo(152 + upN, 0);
  });

  test('is not a touch of 1.75 s, however strong', () => {
    const zone = warm();
    zone.play(minute, on(2, step(200, 0, 1_750)));
    expect(zone.began()).toEqual([]);
  });

  test('is seen at 3 N and not at 1 N', () => {
    const zone = warm();
    zone.play(minute, on(1, step(1, 0, 20_000)));
    expect(zone.began()).toEqual([]);
    zone.play(minute, on(1, step(3.2, 0, 20_000)));
    expect(zone.began()).toEqual(['pull 1']);
  });

  test('ends when it is over, and not at the first reading that says so', () => {
    const zone = warm();
    const from = zone.at;
    zone.play(30 * second, on(2, step(10, 0, 10_000)));
    expect(zone.told.map(({ active }) => active)).toEqual([true, false]);
    expect(zone.told[1]!.at - from).toBeGreaterThanOrEqual(13_000);
  });

  test('is also a rise so slow that nobody could call it quick', () => {
    const zone = warm();
    zone.play(
      20 * minute,
      on(3, (ms) => (0.02 * ms) / second),
    );
    expect(zone.began()).toContain('pull 3');
    const pull = zone.told.find(({ detection }) => detection === 'pull')!;
    expect(pull.valueN! - 153).toBeGreaterThan(patientN * 0.9);
    expect(pull.valueN! - 153).toBeLessThan(patientN * 1.5);
  });

  test('is two held touches in a row, and not two swings', () => {
    const held = on(2, (ms) => step(5, 0, 1_500)(ms) + step(5, 3_000, 4_500)(ms));
    expect(warm().play(minute, held).began()).toEqual(['pull 2']);
    const swung = on(2, (ms) => (ms < 6_700 ? 2.5 * (1 - Math.cos((ms / 3_340) * 2 * Math.PI)) : 0));
    expect(warm().play(minute, swung).began()).toEqual([]);
  });

  test('is not two held touches on a wire that was beaten before', () => {
    const beaten = on(2, (ms) =>
      ms < 12_000 ? step(6, 0, 500)(ms % 2_000) : step(6, 0, 1_500)((ms - 14_000) % 3_000),
    );
    expect(
      warm()
        .play(20 * second, beaten)
        .began(),
    ).toEqual([]);
  });

  test('needs less time when two neighbouring wires are bent apart, and not when others are', () => {
    const both = (a: number, b: number) => (wire: number, ms: number) =>
      wire === a || wire === b ? step(12, 0, 1_500)(ms) : 0;
    expect(warm().play(minute, both(2, 3)).began().sort()).toEqual(['pull 2', 'pull 3']);
    expect(warm().play(minute, both(1, 4)).began()).toEqual([]);
  });

  test('of a gust that takes all wires along is none, and of more than any wind it is', () => {
    const all = (newton: number) => (_: number, ms: number) => step(newton, 0, 8_000)(ms);
    expect(warm().play(minute, all(4)).began()).toEqual([]);
    expect(warm().play(minute, all(15)).began()).toHaveLength(6);
  });

  test('is seen in a gust as well', () => {
    const gusty = (wire: number, ms: number) => 3 * Math.sin(ms / 1_500) + (wire === 4 ? step(6, 4_000, 9_000)(ms) : 0);
    expect(warm().play(minute, gusty).began()).toEqual(['pull 4']);
  });

  test('cannot be hidden by shaking the wire first', () => {
    const shaken = on(2, (ms) => (ms < 30 * minute ? 8 * Math.sin(ms / 160) : step(25, 30 * minute, 31 * minute)(ms)));
    const zone = warm().play(32 * minute, shaken);
    expect(zone.began(zone.at - 2 * minute)).toContain('pull 2');
  });

  test('is judged by a wider band on a noisy wire', () => {
    const zone = warm({ noiseN: 3, everyMs: 500 });
    zone.play(6 * hour);
    expect(zone.began()).toEqual([]);
    zone.play(minute, on(1, step(20, 0, 10_000)));
    expect(zone.began()).toEqual(['pull 1']);
  });

  test('on a wire that a ladder was left on is told again', () => {
    const zone = warm();
    zone.play(
      5 * minute,
      on(5, () => 20),
    );
    expect(zone.began()).toEqual(['pull 5']);
    zone.play(
      20 * second,
      on(5, (ms) => 20 + step(15, 5_000, 12_000)(ms)),
    );
    expect(zone.told.map(({ detection, active }) => `${detection} ${active}`)).toEqual([
      'pull true',
      'pull false',
      'pull true',
    ]);
    expect(zone.holding()).toEqual(['pull 5']);
    zone.play(minute);
    expect(zone.holding()).toEqual([]);
  });
});

describe('a climb', () => {
  /** From wire to wire, each taken before the last is let go. */
  const climber = (eachMs: number) => (wire: number, ms: number) =>
    ms > wire * eachMs && ms < (wire + 1.4) * eachMs ? 45 : 0;

  test('is a body’s force on one wire after another, also when it rests on none for a dwell', () => {
    const zone = warm({ limits: { fullScaleN: 1_000 } });
    zone.play(20 * second, climber(1_000));
    expect(zone.began()).toEqual(['climb']);
    expect(zone.told.map(({ active }) => active)).toEqual([true, false]);
  });

  test('is told beside the pull that was first, and nothing is told of the wires that follow', () => {
    const zone = warm();
    zone.play(40 * second, climber(5_000));
    expect(zone.began()).toEqual(['pull 0', 'climb']);
  });

  test('is not a strong pull on one wire, nor two wires at once', () => {
    const strong = on(3, step(45, 0, 8_000));
    expect(warm().play(minute, strong).began()).toEqual(['pull 3']);
    const two = (wire: number, ms: number) => (wire === 3 || wire === 4 ? step(45, 0, 8_000)(ms) : 0);
    expect(warm().play(minute, two).began().sort()).toEqual(['pull 3', 'pull 4']);
  });

  test('is a moving force on one wire that no animal has', () => {
    const moving = on(3, (ms) => (ms < 10_000 ? 250 + 30 * Math.sin(ms / 130) : 0));
    const zone = warm({ limits: { fullScaleN: 1_000 } });
    expect(zone.play(minute, moving).began()).toContain('climb');
  });
});

describe('a wire that loosens', () => {
  test('is slack below its base by the limit, and taut again', () => {
    const zone = warm();
    zone.play(minute, on(0, step(-downN - 3, 0, 20_000)));
    expect(zone.told.map(({ detection, active }) => `${detection} ${active}`)).toEqual(['slack true', 'slack false']);
  });

  test('is slack under a third of its base, whatever else is allowed', () => {
    const zone = warm({ limits: { downN: 300, floorN: 20 } });
    zone.play(minute, on(0, step(-95, 0, 20_000)));
    expect(zone.began()).toEqual([]);
    // At once it would be a cut whose supports keep the rest.
    zone.play(
      minute,
      on(0, (ms) => -105 * Math.min(1, ms / 20_000)),
    );
    expect(zone.began()).toEqual(['slack 0']);
  });

  test('is slack although it loosens slowly, because a base follows one wire only as fast as it may drift', () => {
    const zone = warm();
    zone.play(
      10 * minute,
      on(0, (ms) => (-0.1 * ms) / second),
    );
    expect(zone.began()[0]).toBe('slack 0');
  });

  test('that is cut does not hide who climbs past it', () => {
    const zone = warm();
    zone.play(
      minute,
      on(3, () => -150),
    );
    const [low, high] = [step(120, 10 * second, 12 * second), step(120, 13 * second, 14_600)];
    zone.play(30 * second, (wire, ms) => (wire === 3 ? -150 : wire === 0 ? low(ms) : wire === 5 ? high(ms) : 0));
    expect(zone.began()).toEqual(['cut 3', 'climb']);
  });

  test('is cut at once when its tension is gone, and only cut', () => {
    const zone = warm();
    zone.play(
      minute,
      on(3, () => -150),
    );
    expect(zone.told).toMatchObject([{ detection: 'cut', active: true, wire: 3, sinceMs: 500, limitN: 10 }]);
  });

  test('is cut and nothing else though it was read once while it let go', () => {
    const zone = warm();
    zone.play(
      minute,
      on(3, (ms) => (ms <= 250 ? -80 : -150)),
    );
    expect(zone.began()).toEqual(['cut 3']);
  });

  test('is slack first and cut at the end when it is unscrewed to nothing', () => {
    const zone = warm();
    zone.play(
      5 * minute,
      on(3, (ms) => Math.max(-150, (-2 * ms) / second)),
    );
    expect(zone.began()).toEqual(['slack 3', 'static 3', 'cut 3']);
    expect(zone.holding()).toEqual(['cut 3', 'slack 3', 'static 3']);
  });

  test('has its base back when it is mended, and what is done to it then is seen', () => {
    const zone = warm();
    zone
      .play(
        10 * minute,
        on(3, () => -150),
      )
      .play(minute);
    expect(zone.holding()).toEqual([]);
    expect(zone.base(3)).toBeCloseTo(153, 0);
    zone.play(10 * second, on(3, step(5, 0, 5_000)));
    expect(zone.began()).toEqual(['cut 3', 'pull 3']);
  });
});

describe('the static window', () => {
  test('has the floor of the standard, and a wire is back inside it only by some way', () => {
    const zone = warm({ restN: 101.5 });
    zone.play(30 * second, (wire) => (wire === 0 ? -3.5 : 0));
    expect(zone.began()).toEqual(['static 0']);
    expect(zone.told[0]).toMatchObject({ limitN: 100 });
    zone.play(20 * second);
    expect(zone.holding()).toEqual(['static 0']);
    zone.play(20 * second, () => 1.8);
    expect(zone.holding()).toEqual([]);
  });

  test('ends where the sensor ends: a wire that stands there shows no pull', () => {
    const zone = new Loom({ restN: 189 }).play(minute);
    expect(zone.began()).toEqual(['static 5']);
    expect(zone.told[0]!.limitN).toBe(defaultLimits.fullScaleN - upN);
    expect(new Loom({ restN: 189, limits: { fullScaleN: 1_000 } }).play(minute).began()).toEqual([]);
    expect(new Loom({ restN: 460, limits: { fullScaleN: 1_000 } }).play(minute).began()).toHaveLength(6);
  });

  test('is not left by somebody on the wire', () => {
    const zone = warm();
    zone.play(30 * second, on(2, step(46, 0, 20_000)));
    expect(zone.began()).toEqual(['pull 2']);
  });
});

describe('the base', () => {
  const day = (newton: number) => (_: number, ms: number) =>
    (newton / 2) * (1 - Math.cos((ms / (24 * hour)) * 2 * Math.PI));

  test('follows a day that moves all wires by 39 N, with clouds of 10 N in ten minutes, and tells nothing but weather', () => {
    const zone = warm({ restN: 155, everyMs: second });
    const clouds = (wire: number, ms: number) => day(-39)(wire, ms) + 5 * Math.sin((ms / (20 * minute)) * 2 * Math.PI);
    zone.play(24 * hour, clouds);
    expect(new Set(zone.told.map(({ detection }) => detection))).toEqual(new Set(['weather']));
    expect(Math.abs(zone.base(0) - 155)).toBeLessThan(2);
  });

  test('does not move while a sign holds', () => {
    const zone = warm({ noiseN: 0 });
    zone.play(
      10 * second,
      on(2, () => 30),
    );
    const before = zone.base(2);
    zone.play(
      hour,
      on(2, () => 30),
    );
    expect(zone.base(2)).toBe(before);
  });

  test('follows the weather of the others while a sign holds, so that the wire is not lost by morning', () => {
    const zone = warm();
    zone.play(
      minute,
      on(2, () => 30),
    );
    zone.play(3 * hour, (wire, ms) => (10 * ms) / (3 * hour) + (wire === 2 ? 30 : 0));
    expect(zone.holding()).toEqual(['pull 2']);
    zone.play(minute, () => 10);
    expect(zone.holding()).toEqual([]);
    expect(Math.abs(zone.base(2) - 162)).toBeLessThan(2);
  });

  test('is learned from wires at rest, not from somebody who is on them', () => {
    const zone = new Loom({ limits: { fullScaleN: 1_000 } });
    zone.play(
      30 * second,
      on(1, (ms) => 80 + 20 * Math.sin(ms / 150)),
    );
    zone.play(minute);
    expect(zone.base(1)).toBeCloseTo(151, 0);
    expect(zone.holding()).toEqual([]);
  });

  test('is learned anew when a person says so, and what stood against the old one ends', () => {
    const zone = warm();
    const tighter = on(4, () => 20);
    zone.play(10 * minute, tighter);
    expect(zone.holding()).toEqual(['pull 4']);
    zone.relearn().play(minute, tighter);
    expect(zone.holding()).toEqual([]);
    expect(zone.base(4)).toBeCloseTo(174, 0);
    zone.play(
      10 * second,
      on(4, (ms) => 20 + step(5, 0, 10_000)(ms)),
    );
    expect(zone.holding()).toEqual(['pull 4']);
  });

  test('is not what the first reading after a restart shows: that may be noise', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const zone = new Loom({ noiseN: 1, everyMs: second, seed }).play(10 * minute).restart();
      expect(zone.play(3 * minute).began(), `seed ${seed}`).toEqual([]);
    }
  });

  test('is told once it is known, and again when a wire moved among the others', () => {
    const zone = warm({ everyMs: second });
    expect(zone.learned).toHaveLength(1);
    zone.play(2 * hour);
    expect(zone.learned).toHaveLength(1);
    zone.play(
      hour,
      on(1, (ms) => (6 * ms) / hour),
    );
    zone.play(
      hour,
      on(1, () => 6),
    );
    expect(zone.learned.length).toBeGreaterThan(1);
    expect(zone.learned.at(-1)![1]! - zone.learned[0]![1]!).toBeGreaterThan(2);
  });
});

describe('after a restart', () => {
  test('with the bases told before, somebody who is on the fence is found within a dwell', () => {
    const body = on(2, () => 40);
    const zone = warm()
      .play(10 * second, body)
      .restart();
    const since = zone.at;
    zone.play(10 * second, body);
    expect(zone.began(since)).toEqual(['pull 2']);
    expect(zone.told.find(({ at }) => at > since)!.at - since).toBeLessThanOrEqual(dwellMs + 2 * zone.everyMs);
  });

  test('the weather of the pause is no sign, and an act in the same moment is', () => {
    const zone = warm().restart();
    zone.at += 8 * hour;
    zone.play(2 * hour, () => 22);
    expect(zone.began()).toEqual([]);
    const other = warm().restart();
    other.at += 8 * hour;
    other.play(10 * second, (wire) => (wire === 1 ? 62 : 22));
    expect(other.began()).toEqual(['pull 1']);
  });

  test('a wire that was cut meanwhile is found cut', () => {
    const zone = warm().restart();
    zone.at += hour;
    zone.play(
      10 * second,
      on(0, () => -150),
    );
    expect(zone.began()).toEqual(['cut 0']);
  });

  test('bases of another number of wires are used as far as they go', () => {
    const zone = new Loom({ wires: 4 }).play(5 * minute).restart();
    const wider = new Loom({ senses: zone.senses, wires: 6 });
    wider.at = zone.at;
    wider.play(5 * second);
    expect([0, 1, 2, 3].map((wire) => Math.round(wider.base(wire)))).toEqual([150, 151, 152, 153]);
    expect(wider.base(4)).toBeNaN();
    wider.play(minute);
    expect(wider.base(4)).toBeCloseTo(154, 0);
  });
});

describe('maintenance', () => {
  test('a wire that moves away from the others drifts, with its rate; all wires together do not', () => {
    const zone = warm();
    zone.play(
      4 * hour,
      on(2, (ms) => (-18 * ms) / hour),
    );
    const drift = zone.told.find(({ detection }) => detection === 'drift')!;
    expect(drift).toMatchObject({ wire: 2, active: true, limitN: defaultLimits.driftNPerHour });
    expect(drift.valueN).toBeLessThan(-defaultLimits.driftNPerHour);
    expect(drift.valueN).toBeGreaterThan(-19);
    const all = warm({ restN: 185, everyMs: second }).play(4 * hour, (_, ms) => (-18 * ms) / hour);
    expect(all.began()).toEqual([]);
  });

  test('most wires of a zone that are held aside are pulled once each, and none of them is stuck for it', () => {
    const zone = warm({ wires: 5 });
    const held = (wire: number, ms: number) => ([0, 2, 3].includes(wire) && ms > (wire + 1) * 2 * minute ? 9 : 0);
    zone.play(40 * minute, held);
    expect(zone.began().sort()).toEqual(['pull 0', 'pull 2', 'pull 3']);
    expect(zone.holding()).toEqual(['pull 0', 'pull 2', 'pull 3']);
  });

  test('a sensor is stuck when the others moved and it did not, and well again when it moves', () => {
    const zone = warm({ everyMs: second });
    const warmer = (stuck: number) => (wire: number, ms: number) =>
      wire === stuck ? 0 : (10 * Math.min(ms, hour)) / hour;
    zone.play(1.2 * hour, warmer(3));
    expect(zone.began().filter((one) => one !== 'weather')).toEqual(['stuck 3']);
    zone.play(minute, (wire) => (wire === 3 ? 7 : 10));
    expect(zone.holding()).toEqual([]);
    expect(
      warm()
        .play(1.2 * hour, still)
        .began(),
    ).toEqual([]);
  });

  test('a wire that cannot be read is no sign, and neither is its return', () => {
    const zone = warm();
    zone.play(10 * minute, (wire) => (wire === 2 ? undefined : 0)).play(minute);
    expect(zone.began()).toEqual([]);
    zone.play(10 * minute, () => undefined).play(minute);
    expect(zone.began()).toEqual([]);
  });
});

describe('the zones of a side', () => {
  const pair = () => {
    const senses = emptySenses();
    const zones = ['a', 'b', 'c'].map(
      (id, seed) => new Loom({ id, senses, side: 'north', seed, limits: { floorN: 20 } }),
    );
    const play = (ms: number, shapes: readonly ((wire: number, ms: number) => number)[]) => {
      for (let at = 0; at < ms; at += 250) zones.forEach((zone, i) => void zone.once(shapes[i] ?? still, at));
    };
    play(5 * minute, []);
    return { zones, play };
  };
  const sinking = (_: number, ms: number) => (-0.04 * ms) / second;

  test('tell weather when the whole side moves, each of them, and its end', () => {
    const { zones, play } = pair();
    play(10 * minute, [sinking, sinking, sinking]);
    expect(zones.map((zone) => zone.began())).toEqual([['weather'], ['weather'], ['weather']]);
    play(hour, [() => -24, () => -24, () => -24]);
    expect(zones.map((zone) => zone.holding())).toEqual([[], [], []]);
  });

  test('tell clouds that come and go for hours as one weather, over half an hour after the last of them', () => {
    const { zones, play } = pair();
    const clouds = (_: number, ms: number) => 9 * Math.sin((ms / (24 * minute)) * 2 * Math.PI);
    play(4 * hour, [clouds, clouds, clouds]);
    expect(zones.map((zone) => zone.began())).toEqual([['weather'], ['weather'], ['weather']]);
    play(hour, []);
    expect(zones.map((zone) => zone.told.map(({ active }) => active))).toEqual([
      [true, false],
      [true, false],
      [true, false],
    ]);
  });

  test('make no weather of one zone alone, whose wires are slack when somebody loosens its post', () => {
    const { zones, play } = pair();
    play(15 * minute, [sinking]);
    expect(zones[0]!.began()).toHaveLength(6);
    expect(new Set(zones[0]!.told.map(({ detection }) => detection))).toEqual(new Set(['slack']));
    expect(zones.slice(1).flatMap((zone) => zone.began())).toEqual([]);
  });

  test('leave no trace on a side they left', () => {
    const { zones } = pair();
    const { senses } = zones[0]!;
    for (const zone of zones) {
      const moved = new Loom({ id: zone.id, senses, side: 'south', from: zone.at });
      moved.play(second);
    }
    expect([...senses.sides.keys()]).toEqual(['south']);
  });
});

describe('readings of any kind', () => {
  test.each([100, 250, 500, 1_000])('every %d ms give the same signs', (everyMs) => {
    const zone = new Loom({ everyMs }).play(5 * minute);
    zone.play(20 * second, on(1, step(10, 0, 10_000)));
    zone.play(
      20 * second,
      on(2, () => -150),
    );
    expect(zone.began()).toEqual(['pull 1', 'cut 2']);
  });

  test.each([
    ['no number', Number.NaN],
    ['without end', Number.POSITIVE_INFINITY],
    ['huge', 1e300],
    ['missing', undefined],
  ])('%s count as not read', (_, bad) => {
    const zone = warm();
    const before = structuredClone(zone.senses);
    zone.at += 250;
    expect(zone.read(Array.from({ length: 6 }, () => bad))).toEqual([]);
    expect(zone.senses).toEqual(before);
    zone.play(3 * second, (wire) => (wire === 1 ? 10 : 0));
    expect(zone.began()).toEqual(['pull 1']);
  });

  test('that are not later than the last one say nothing', () => {
    const zone = warm();
    const before = structuredClone(zone.senses);
    for (const at of [zone.at, zone.at - 1, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(zone.read([0, 0, 0, 0, 0, 0], at)).toEqual([]);
    }
    expect(zone.senses).toEqual(before);
  });

  test('with a pause in between do not make a dwell: nobody looked', () => {
    const zone = warm();
    const high = on(1, () => 10);
    zone.play(second, high);
    zone.at += 20 * second;
    zone.play(second, high);
    expect(zone.began()).toEqual([]);
    zone.play(2 * second, high);
    expect(zone.began()).toEqual(['pull 1']);
  });

  test('of a thousand wires take the room of sixty-four', () => {
    const zone = new Loom({ wires: 1_000 }).play(10 * second);
    expect(zone.senses.zones.get('z1')!.wires).toHaveLength(64);
  });

  test('of a single wire are judged as well, by what it did itself', () => {
    const zone = warm({ wires: 1 });
    zone.play(20 * second, step2);
    expect(zone.began()).toEqual(['pull 0']);
  });
  const step2 = (_: number, ms: number) => step(5, 0, 8_000)(ms);
});
