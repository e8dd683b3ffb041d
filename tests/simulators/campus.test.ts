/**
 * The simulated school's fences as its hosts show them: the hosts have learned before they are first asked, sample at their
 * own pace, and say what their family says. No clock and no socket take part.
 */
import { expect, test } from 'vitest';
import { Campus, wireCount } from '../../simulators/campus.ts';

const began = Date.UTC(2026, 9, 12, 14);
const beatMs = 250;
const campusOf = (seed = 1) =>
  new Campus(
    [
      { zone: 'z4', side: 'east', host: 'b' },
      { zone: 'z6', side: 'west', host: 'b', springs: false },
      { zone: 'z7', side: 'west', host: 'a' },
    ],
    seed,
  );

/** When a zone's host first says a sign, ms after `from`; undefined: not within `ms`. */
function first(campus: Campus, zone: string, sign: 'climb' | 'pull' | 'cut' | 'slack', from: number, ms: number) {
  for (let at = from; at <= from + ms; at += beatMs) if (campus.look(zone, at).signs[sign]) return at - from;
  return undefined;
}

test('a host knows its bases and limits when it is first asked', () => {
  const campus = campusOf();
  for (const zone of campus.zones) {
    const { tensions, bases, lows, highs, signs } = campus.look(zone, began);
    expect(tensions.length).toBe(wireCount);
    for (const [wire, tension] of tensions.entries()) {
      expect(Math.abs(tension! - bases[wire]!)).toBeLessThan(4);
      expect(lows[wire]).toBeLessThan(tension!);
      expect(highs[wire]).toBeGreaterThan(tension!);
    }
    expect(Object.values(signs)).toEqual([false, false, false, false, false]);
  }
});

test.each(Array.from({ length: 30 }, (_, i) => i + 1))(
  'with seed %i a climber is told within four seconds, and a cut',
  (seed) => {
    const campus = campusOf(seed);
    for (const zone of campus.zones) campus.look(zone, began);
    campus.begin('z4', 'climb', began, { ms: 9_000 });
    expect(first(campus, 'z4', 'pull', began, 4_000)).toBeDefined();
    campus.begin('z7', 'cut', began, { wire: 2 });
    expect(first(campus, 'z7', 'cut', began, 4_000)).toBeDefined();
    expect(first(campus, 'z6', 'pull', began, 9_000)).toBeUndefined();
  },
);

test('who goes over the post is told as a climb by a host that listens to its pole, and by no other as one', () => {
  for (let seed = 1; seed <= 10; seed++) {
    const campus = campusOf(seed);
    for (const zone of ['z4', 'z7']) {
      campus.look(zone, began);
      campus.begin(zone, 'post', began, { ms: 5_000 });
    }
    expect(first(campus, 'z7', 'climb', began, 4_000)).toBeDefined();
    expect(first(campus, 'z4', 'climb', began, 9_000)).toBeUndefined();
  }
});

test('a mended fence is whole, and its host of family B has nothing to say', () => {
  const campus = campusOf();
  campus.look('z4', began);
  campus.begin('z4', 'cut', began, { wire: 0 });
  expect(first(campus, 'z4', 'cut', began, 4_000)).toBeDefined();
  campus.mend('z4', began + 10_000);
  expect(Object.values(campus.look('z4', began + 10_100).signs)).toEqual([false, false, false, false, false]);
  expect(campus.look('z4', began + 10_200).tensions[0]).toBeGreaterThan(100);
});

test('a host that was not asked for hours has sampled all the same, and does not take hours to say so', () => {
  const campus = campusOf();
  campus.look('z4', began);
  campus.begin('z4', 'climb', began + 5_000, { ms: 5_000 });
  const late = campus.look('z4', began + 6 * 3_600_000);
  expect(Object.values(late.signs)).toEqual([false, false, false, false, false]);
  expect(campus.look('z4', began + 6 * 3_600_000)).toEqual(late);
});

test('the same seed is the same school', () => {
  const play = (seed: number) => {
    const campus = campusOf(seed);
    campus.begin('z6', 'step-through', began + 1_000);
    return Array.from({ length: 40 }, (_, i) => campus.look('z6', began + i * beatMs));
  };
  expect(play(3)).toEqual(play(3));
  expect(play(3)).not.toEqual(play(4));
});
