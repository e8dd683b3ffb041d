/**
 * School days, holidays, terms and make-up days as they decide what is armed. The dates are the autumn of 2026 in China;
 * every case is an instant, nothing here waits.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayKind, localDay, scheduled, stretches, weekday } from '../../src/core/site/calendar.ts';
import type { Calendar, Schedule, Window } from '../../src/core/types.ts';
import { minute } from './school.ts';

const offset = 480;
const words = (zh: string) => ({ zh, en: zh });
const day = (date: string) => localDay(Date.parse(`${date}T12:00:00+08:00`), offset);
const time = (text: string) => Date.parse(`${text}:00+08:00`);

const calendar: Calendar = {
  terms: [{ from: day('2026-09-01'), to: day('2027-01-22'), title: words('秋季学期') }],
  holidays: [{ from: day('2026-10-01'), to: day('2026-10-07'), title: words('国庆') }],
  exceptions: [
    { day: day('2026-10-10'), as: 3, title: words('补周三') },
    { day: day('2026-10-23'), as: 'holiday', title: words('运动会') },
    { day: day('2026-10-05'), as: 1, title: words('开放日') },
  ],
};
const workdays = [1, 2, 3, 4, 5];
/** Closed at night and at weekends; at noon on Wednesdays for an hour. */
const nights: Schedule = {
  id: 'nights',
  armed: [
    { days: [0, 6], from: 0, to: 0 },
    { days: workdays, from: 0, to: 6 * 60 },
    { days: workdays, from: 18 * 60, to: 0 },
    { days: [3], from: 12 * 60, to: 13 * 60 },
  ],
};
const mode = (text: string, schedule = nights) => scheduled(schedule, { calendar, utcOffsetMin: offset }, time(text));
const site = { calendar, utcOffsetMin: offset };

describe('a day', () => {
  test.each([
    ['2026-09-30', { as: 3, why: 'plan' }],
    ['2026-10-01', { as: 'holiday', why: 'holiday', title: words('国庆') }],
    ['2026-10-07', { as: 'holiday', why: 'holiday', title: words('国庆') }],
    ['2026-10-08', { as: 4, why: 'plan' }],
    ['2026-10-10', { as: 3, why: 'exception', title: words('补周三') }],
    ['2026-10-23', { as: 'holiday', why: 'exception', title: words('运动会') }],
    ['2026-10-05', { as: 1, why: 'exception', title: words('开放日') }],
    ['2026-08-31', { as: 'holiday', why: 'outside-term' }],
    ['2027-01-22', { as: 5, why: 'plan' }],
    ['2027-01-23', { as: 'holiday', why: 'outside-term' }],
  ] as const)('%s counts as %j', (date, kind) => expect(dayKind(calendar, day(date))).toEqual(kind));

  test('is always in term where no term is written', () => {
    expect(dayKind({ ...calendar, terms: [] }, day('2026-08-31'))).toEqual({ as: 1, why: 'plan' });
  });
});

describe('a schedule', () => {
  test.each([
    ['2026-09-30T12:30', 'away', 'Wednesday at noon'],
    ['2026-09-30T14:00', 'disarmed', 'an ordinary afternoon'],
    ['2026-10-02T10:00', 'away', 'a holiday: nobody should be there'],
    ['2026-10-05T10:00', 'disarmed', 'a day in the holidays that counts as a Monday'],
    ['2026-10-10T10:00', 'disarmed', 'a Saturday that counts as a Wednesday'],
    ['2026-10-10T12:30', 'away', 'and has the Wednesday’s noon'],
    ['2026-10-11T10:00', 'away', 'the Sunday after it'],
    ['2026-10-23T10:00', 'away', 'a sports day counts as a holiday'],
    ['2026-08-31T10:00', 'away', 'the day before the term'],
  ])('at %s wants %s: %s', (text, wanted) => expect(mode(text).mode).toBe(wanted));

  test('has one edge from the last school night through the holiday to the next school morning', () => {
    expect(mode('2026-10-04T09:00')).toEqual({ mode: 'away', edge: time('2026-09-30T18:00') });
    expect(mode('2026-10-08T06:00')).toEqual({ mode: 'disarmed', edge: time('2026-10-08T06:00') });
  });

  test('has windows of its own for holidays where they are written', () => {
    const holiday: Window[] = [{ days: [0, 1, 2, 3, 4, 5, 6], from: 20 * 60, to: 7 * 60 }];
    const open = { ...nights, holiday };
    expect(mode('2026-10-02T10:00', open).mode).toBe('disarmed');
    expect(mode('2026-10-02T21:00', open).mode).toBe('away');
    expect(mode('2026-10-03T06:59', open).mode).toBe('away');
    expect(mode('2026-10-02T21:00', { ...nights, holiday: [] }).mode).toBe('disarmed');
  });

  test('sets stay in a window that says so, and away where another window overlaps it', () => {
    const dormitory: Schedule = {
      id: 'dormitory',
      armed: [
        { days: [1], from: 21 * 60, to: 6 * 60, mode: 'stay' },
        { days: [1], from: 23 * 60, to: 1 * 60 },
      ],
    };
    const plan = stretches(dormitory, site, day('2026-09-07'), day('2026-09-08'));
    expect(plan.map(({ from, mode: wanted }) => [new Date(from).toISOString().slice(5, 16), wanted])).toEqual([
      ['09-06T16:00', 'disarmed'],
      ['09-07T13:00', 'stay'],
      ['09-07T15:00', 'away'],
      ['09-07T16:00', 'away'],
      ['09-07T17:00', 'stay'],
      ['09-07T22:00', 'disarmed'],
    ]);
  });
});

describe('whatever the windows are', () => {
  const clock = fc.integer({ min: 0, max: 95 }).map((quarter) => quarter * 15);
  const window = fc.record(
    {
      days: fc.subarray([0, 1, 2, 3, 4, 5, 6], { minLength: 1 }),
      from: clock,
      to: clock,
      mode: fc.constant('stay' as const),
    },
    { requiredKeys: ['days', 'from', 'to'] },
  );
  const schedule: fc.Arbitrary<Schedule> = fc.record(
    { id: fc.constant('any'), armed: fc.array(window, { maxLength: 6 }), holiday: fc.array(window, { maxLength: 3 }) },
    { requiredKeys: ['id', 'armed'] },
  );
  const instant = fc
    .integer({ min: 0, max: 60 * 24 * 4 })
    .map((quarter) => time('2026-09-20T00:00') + quarter * 15 * minute);

  /** The plain reading of the rule, minute by minute: is any window of today or yesterday over this minute? */
  function plain(one: Schedule, at: number): string {
    const number = localDay(at, offset);
    const minutes = (at - time('2026-09-20T00:00')) / minute - (number - day('2026-09-20')) * 1440;
    const over = [number - 1, number].flatMap((each) => {
      const { as } = dayKind(calendar, each);
      const all: Window[] = [{ days: [0, 1, 2, 3, 4, 5, 6], from: 0, to: 0 }];
      const windows = as === 'holiday' ? (one.holiday ?? all) : one.armed;
      const name = as === 'holiday' ? weekday(each) : as;
      const passed = minutes + (number - each) * 1440;
      return windows.filter(
        ({ days, from, to }) => days.includes(name) && from <= passed && passed < (to <= from ? to + 1440 : to),
      );
    });
    if (over.some((w) => w.mode === undefined)) return 'away';
    return over.length > 0 ? 'stay' : 'disarmed';
  }

  test('a schedule wants what a plain reading of its windows says', () => {
    fc.assert(fc.property(schedule, instant, (one, at) => scheduled(one, site, at).mode === plain(one, at)));
  });

  test('its edge is where it began to want that, and nothing changed since', () => {
    fc.assert(
      fc.property(schedule, instant, (one, at) => {
        const { mode: wanted, edge } = scheduled(one, site, at);
        if (edge === 0) return plain(one, at - 8 * 1440 * minute) === wanted;
        expect(edge).toBeLessThanOrEqual(at);
        for (let t = edge; t <= at; t += 15 * minute) expect(plain(one, t)).toBe(wanted);
        expect(plain(one, edge - 15 * minute)).not.toBe(wanted);
        return true;
      }),
    );
  });
});
