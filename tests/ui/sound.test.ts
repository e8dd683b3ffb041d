/**
 * Holds the tones to their table: which one, how often, how loud, and that silence never swallows something new.
 */
import { describe, expect, test } from 'vitest';
import { deaf, type Hearing, hush, listen, silenceLeft, type Waiting } from '../../src/ui/sound.ts';

const alarm = (id: number, priority: Waiting['priority'], more: Partial<Waiting> = {}): Waiting => ({
  id,
  priority,
  raisedAt: 0,
  over: false,
  ...more,
});

/** Seconds at which tones fell in `seconds` of listening, with their names. */
function heard(waiting: readonly Waiting[], seconds: number, stale = false, from: Hearing = deaf) {
  let hearing = from;
  const tones: [number, string, number][] = [];
  for (let at = 0; at < seconds * 1_000; at += 250) {
    const { next, tone, gainDb } = listen(hearing, waiting, stale, at, 1e9);
    hearing = next;
    if (tone) tones.push([at / 1_000, tone, gainDb ?? 0]);
  }
  return { tones, hearing };
}
const times = (tones: readonly [number, string, number][]) => tones.map(([at]) => at);

describe('an alarm that waits', () => {
  test('of priority 1 sounds every three seconds, louder after a minute', () => {
    const { tones } = heard([alarm(1, 1)], 64);
    expect(times(tones).slice(0, 3)).toEqual([0, 3, 6]);
    expect(tones.filter(([, , db]) => db === 6).map(([at]) => at)).toEqual([60, 63]);
  });
  test('of priority 2 sounds every ten seconds for a minute, then every thirty', () => {
    expect(times(heard([alarm(1, 2)], 130).tones)).toEqual([0, 10, 20, 30, 40, 50, 60, 90, 120]);
  });
  test('of priority 3 sounds once, and again after ten minutes', () => {
    expect(times(heard([alarm(1, 3)], 700).tones)).toEqual([0, 600]);
  });
  test('of priority 4 never sounds', () => expect(heard([alarm(1, 4)], 700).tones).toEqual([]));
  test('is softer once its condition is over', () => {
    expect(heard([alarm(1, 1, { over: true })], 1).tones).toEqual([[0, 'p1', -6]]);
  });
  test('does not sound into the tone before', () => {
    expect(times(heard([alarm(1, 1), alarm(2, 2)], 1).tones)).toEqual([0, 0.75]);
  });
  test('gives way to a worse one', () => {
    expect(heard([alarm(1, 2), alarm(2, 1)], 1).tones[0]?.[1]).toBe('p1');
  });
});

describe('silence', () => {
  test('lasts two minutes for what waits', () => {
    const waiting = [alarm(1, 1)];
    const { tones } = heard(waiting, 125, false, hush(deaf, waiting, false, 0));
    expect(times(tones)[0]).toBe(120);
  });
  test('is broken by a new alarm', () => {
    const hushed = hush(deaf, [alarm(1, 1)], false, 0);
    expect(heard([alarm(1, 1)], 1, false, hushed).tones).toEqual([]);
    expect(heard([alarm(1, 1), alarm(2, 3)], 1, false, hushed).tones[0]).toEqual([0, 'p1', 0]);
    expect(silenceLeft(hushed, [alarm(1, 1), alarm(2, 3)], false, 10)).toBe(0);
  });
  test('is broken by an outage', () => {
    expect(heard([], 1, true, hush(deaf, [], false, 0)).tones[0]?.[1]).toBe('stale');
  });
});

describe('stale data', () => {
  test('sounds every fifteen seconds, and once when it is over', () => {
    const { tones, hearing } = heard([], 40, true);
    expect(tones.map(([at, tone]) => [at, tone])).toEqual([
      [0, 'stale'],
      [15, 'stale'],
      [30, 'stale'],
    ]);
    expect(listen(hearing, [], false, 41_000, 0).tone).toBe('recovered');
  });
});

test('a flood sounds at most once in ten seconds', () => {
  const many = Array.from({ length: 11 }, (_, i) => alarm(i + 1, 1, { raisedAt: 1e9 }));
  expect(times(heard(many, 25).tones)).toEqual([0, 10, 20]);
});
