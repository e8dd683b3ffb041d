/**
 * Holds the tones to their table: which one, how often, how loud. What may sound at all is the core's word; here it is held
 * that nothing new is swallowed, and that a room quieted by itself speaks again.
 */
import { describe, expect, test } from 'vitest';
import {
  type Calling,
  deaf,
  type Hearing,
  listen,
  localMuteLeft,
  muteLocally,
  type PlayedTones,
  staleInPocketMs,
} from '../../src/core/view/tone-schedule.ts';

const alarm = (id: number, priority: Calling['priority'], over = false): Calling => ({ id, priority, over });

/** Seconds at which tones fell in `seconds` of listening, with their names. */
function heard(calling: readonly Calling[], seconds: number, more: Partial<PlayedTones> & { from?: Hearing } = {}) {
  const { from = deaf, stale = false, flood = false } = more;
  let hearing = from;
  const tones: [number, string, number][] = [];
  for (let at = 0; at < seconds * 1_000; at += 250) {
    const { next, tone, gainDb } = listen(hearing, { calling, stale, flood }, at);
    hearing = next;
    if (tone) tones.push([at / 1_000, tone, gainDb ?? 0]);
  }
  return { tones, hearing };
}
const times = (tones: readonly [number, string, number][]) => tones.map(([at]) => at);

describe('an alarm that calls', () => {
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
    expect(heard([alarm(1, 1, true)], 1).tones).toEqual([[0, 'p1', -6]]);
  });
  test('does not sound into the tone before', () => {
    expect(times(heard([alarm(1, 1), alarm(2, 2)], 1).tones)).toEqual([0, 0.75]);
  });
  test('gives way to a worse one', () => {
    expect(heard([alarm(1, 2), alarm(2, 1)], 1).tones[0]?.[1]).toBe('p1');
  });
  test('is no softer and no less loud for another of its priority', () => {
    expect(heard([alarm(1, 1, true), alarm(2, 1)], 1).tones).toEqual([[0, 'p1', 0]]);
    const { hearing } = heard([alarm(2, 1)], 61);
    expect(listen(hearing, { calling: [alarm(1, 1), alarm(2, 1)], stale: false, flood: false }, 63_000).gainDb).toBe(6);
  });
  test('that was quiet for a while sounds at once when it calls again', () => {
    const { hearing } = heard([alarm(1, 3)], 10);
    const quiet = listen(hearing, { calling: [], stale: false, flood: false }, 10_000).next;
    expect(listen(quiet, { calling: [alarm(1, 3)], stale: false, flood: false }, 20_000).tone).toBe('p3');
  });
});

describe('in a flood', () => {
  const many = Array.from({ length: 11 }, (_, i) => alarm(i + 1, i === 7 ? 1 : 3));
  test('there is at most one tone in ten seconds, the worst first', () => {
    const { tones } = heard(many, 25, { flood: true });
    expect(tones.map(([at, tone]) => [at, tone])).toEqual([
      [0, 'p1'],
      [10, 'p1'],
      [20, 'p1'],
    ]);
  });
  test('a lower tone never holds back a worse one: the climb sounds as soon as the tone before has ended', () => {
    const { hearing } = heard([alarm(1, 3)], 1, { flood: true });
    const { tones } = heard([alarm(1, 3), alarm(2, 2), alarm(9, 1)], 12, { flood: true, from: hearing });
    expect(tones.map(([at, tone]) => [at, tone])).toEqual([
      [0.75, 'p1'],
      [10.75, 'p1'],
    ]);
  });
  test('nor does the tone for stale data, nor the one for its end', () => {
    const stale = heard([], 1, { flood: true, stale: true }).hearing;
    expect(listen(stale, { calling: [alarm(1, 1)], stale: true, flood: true }, 1_000).tone).toBe('p1');
    const back = listen(stale, { calling: [], stale: false, flood: true }, 1_000).next;
    expect(listen(back, { calling: [alarm(1, 1)], stale: false, flood: true }, 1_750).tone).toBe('p1');
  });
  test('and no fewer when it is none', () => expect(heard(many, 8).tones.length).toBeGreaterThan(3));
});

describe('stale data', () => {
  test('sounds every fifteen seconds, and once when it is over', () => {
    const { tones, hearing } = heard([], 40, { stale: true });
    expect(tones.map(([at, tone]) => [at, tone])).toEqual([
      [0, 'stale'],
      [15, 'stale'],
      [30, 'stale'],
    ]);
    expect(listen(hearing, { calling: [], stale: false, flood: false }, 41_000).tone).toBe('recovered');
  });
  test('sounds once in five minutes in a pocket, however often the network goes', () => {
    let hearing = deaf;
    const told: number[] = [];
    for (let at = 0; at < 400_000; at += 250) {
      const heardNow = { calling: [], stale: at % 60_000 < 30_000, flood: false, staleEveryMs: staleInPocketMs };
      const { next, tone } = listen(hearing, heardNow, at);
      hearing = next;
      if (tone === 'stale') told.push(at);
    }
    expect(told).toEqual([0, 300_000]);
  });
  test('can be silenced in this room for two minutes, alarms and all', () => {
    const quiet = muteLocally(deaf, 0);
    expect(times(heard([alarm(1, 1)], 125, { stale: true, from: quiet }).tones)[0]).toBe(120);
    expect([localMuteLeft(quiet, true, 20_000), localMuteLeft(quiet, false, 20_000)]).toEqual([100_000, 0]);
  });
  test('silences nothing any more once the gateway is back', () => {
    const { hearing } = heard([alarm(1, 1)], 10, { stale: true, from: muteLocally(deaf, 0) });
    const back = { calling: [alarm(1, 1)], stale: false, flood: false };
    const { next, tone } = listen(hearing, back, 10_000);
    expect(tone).toBe('recovered');
    expect(listen(next, back, 10_750).tone).toBe('p1');
    expect(listen(next, { ...back, stale: true }, 10_750).tone).toBe('p1');
  });
});
