/**
 * How old the lines of a journal are: never older than the gateway has lived since, whatever the clock was made to say.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ClockSet, JournalDays, oldDays } from '../../src/core/retention/journal-days.ts';
import { classOf, keepOf, kindsOf, leastDays } from '../../src/core/retention/record-classes.ts';
import { localDay } from '../../src/core/site/calendar.ts';
import type { Event } from '../../src/core/types.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** Noon in China. */
const start = Date.parse('2026-03-02T12:00:00+08:00');
type Line = readonly [at: number, kind: Event['kind']];

function daysOf(lines: readonly Line[]) {
  const sets: ClockSet[] = [];
  lines.forEach(([at, kind], i) => {
    if (kind === 'clock-stepped') sets.push({ seq: i + 1, ms: at - (lines[i - 1]?.[0] ?? at) });
  });
  const days = new JournalDays(sets, 480);
  lines.forEach(([at, kind], i) => {
    days.add(i + 1, at, kind);
  });
  return days.days;
}
const today = (at: number) => localDay(at, 480);
/** A line at each noon. */
const noons = (from: number, count: number): Line[] =>
  Array.from({ length: count }, (_, i) => [start + (from + i) * dayMs, 'read']);

test('of a journal of a hundred days, with ninety whole days to keep, the first nine may be cut on the hundredth', () => {
  const old = oldDays(daysOf(noons(0, 100)), today(start + 99 * dayMs), 90);
  expect(old).toHaveLength(9);
  expect(old.at(-1)?.last).toBe(9);
});

test('days on which the gateway was not there make nothing older', () => {
  const lines = [...noons(0, 10), ...noons(300, 50)];
  expect(oldDays(daysOf(lines), today(start + 350 * dayMs), 90)).toEqual([]);
  const more = [...noons(0, 10), ...noons(300, 90)];
  expect(oldDays(daysOf(more), today(start + 390 * dayMs), 90)).toHaveLength(10);
});

test('a clock that leaps by years makes nothing older, put right or not', () => {
  const leapt: Line[] = [
    ...noons(0, 20),
    [start + 900 * dayMs, 'clock-doubted'],
    [start + 900 * dayMs + hourMs, 'read'],
  ];
  expect(oldDays(daysOf(leapt), today(start + 900 * dayMs + hourMs), 90)).toEqual([]);
  const right: Line[] = [...leapt, [start + 20 * dayMs, 'clock-stepped'], ...noons(21, 20)];
  expect(oldDays(daysOf(right), today(start + 41 * dayMs), 90)).toEqual([]);
});

test('who starts the gateway at one in the night with a clock that is set on, day after day, makes nothing older', () => {
  const lines: Line[] = [[start, 'read']];
  for (let day = 1; day < 400; day += 2) {
    const midnight = start + day * dayMs - 12 * hourMs;
    lines.push([midnight, 'read'], [midnight + hourMs, 'read'], [midnight + 36 * hourMs, 'clock-doubted']);
  }
  expect(oldDays(daysOf(lines), today(start + 399 * dayMs), 90)).toEqual([]);
});

test('what was stamped by a clock years behind is as old as it is', () => {
  const behind: Line[] = [
    [start - 900 * dayMs, 'read'],
    [start - 900 * dayMs + hourMs, 'read'],
    [start, 'clock-stepped'],
    ...noons(1, 50),
  ];
  expect(oldDays(daysOf(behind), today(start + 51 * dayMs), 40).at(-1)?.last).toBe(13);
  expect(oldDays(daysOf(behind), today(start + 51 * dayMs), 60)).toEqual([]);
});

test('however the clock is set and however often, a line that may be cut was followed by as many days that were lived through', () => {
  const act = fc.oneof(
    { weight: 5, arbitrary: fc.record({ wait: fc.integer({ min: 1, max: 40 }) }) },
    { weight: 1, arbitrary: fc.record({ set: fc.integer({ min: -400, max: 400 }) }) },
  );
  fc.assert(
    fc.property(fc.array(act, { maxLength: 300 }), fc.integer({ min: 1, max: 30 }), (acts, keep) => {
      const lines: Line[] = [[start, 'started']];
      const lived: number[] = [0];
      let [at, passed] = [start, 0];
      for (const one of acts) {
        if ('wait' in one) {
          at += one.wait * hourMs;
          passed += one.wait * hourMs;
          lines.push([at, 'read']);
        } else {
          at += one.set * hourMs;
          lines.push([at, 'clock-stepped']);
        }
        lived.push(passed);
      }
      const last = oldDays(daysOf(lines), today(at), keep).at(-1)?.last ?? 0;
      for (let seq = 1; seq <= last; seq++) {
        expect(passed - lived[seq - 1]!).toBeGreaterThanOrEqual(keep * dayMs);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('every kind of fact has a class, what explains the others is kept for ever, and no setting goes below the least', () => {
  expect(classOf({ kind: 'account-changed' })).toBe('kept');
  expect(kindsOf('kept')).toEqual(expect.arrayContaining(['pruned', 'held', 'released', 'started', 'clock-stepped']));
  for (const of of ['alarm', 'patrol', 'access'] as const) {
    expect(keepOf({ [of]: 1 }, of)).toBe(leastDays[of]);
    expect(keepOf({}, of)).toBeUndefined();
  }
});
