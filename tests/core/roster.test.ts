/**
 * Who is on duty at which moment: turns by the week and by the day, midnight, holidays, term ends, the turn of the year, temporary days,
 * and what covers and swaps make of them. Every case is an instant; nothing here waits.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crewBook, onDuty, signOnKey } from '../../src/core/duty/on-duty.ts';
import { shiftsAt, shiftsOn } from '../../src/core/duty/roster-days.ts';
import { localDay, timeOf } from '../../src/core/site/calendar.ts';
import { emptyState } from '../../src/core/state.ts';
import type { DutyShift, Roster, ShiftChange, ShiftMove, ShiftTurn, Site, State, Time } from '../../src/core/types.ts';
import { school } from './school.ts';

const words = (zh: string) => ({ zh, en: zh });
const at = (text: string): Time => Date.parse(`${text}:00+08:00`);
const day = (date: string): number => localDay(at(`${date}T12:00`), 480);
const daily = [0, 1, 2, 3, 4, 5, 6];

const shift = (id: string, from: number, until: number, more: Partial<DutyShift> = {}): DutyShift => ({
  ...{ id, title: words(id), days: daily, persons: 1 },
  ...{ from: from * 60, until: until * 60 },
  ...more,
});
const turn = (name: string, order: readonly (readonly string[])[], more: Partial<ShiftTurn> = {}): ShiftTurn => ({
  ...{ shift: name, days: daily, order, anchor: day('2026-09-07'), eachDays: 7 },
  ...more,
});
const usual: Roster = {
  shifts: { day: shift('day', 7, 19), night: shift('night', 19, 7) },
  turns: [turn('day', [['li'], ['zhang'], ['wang']]), turn('night', [['zhang'], ['wang'], ['li']])],
  temporary: [],
};
const people = Object.fromEntries(['li', 'zhang', 'wang', 'chen'].map((id) => [id, { id, name: id }]));
const place = (roster: Partial<Roster> = {}, more: Partial<Site> = {}): Site => ({
  ...school,
  people,
  roster: { ...usual, ...roster },
  ...more,
});

function changed(...all: readonly (readonly ShiftMove[])[]): State {
  const state = emptyState();
  for (const [n, moves] of all.entries()) {
    const change: ShiftChange = {
      ...{ id: n + 1, how: moves.length === 1 ? 'cover' : 'swap', moves, reason: '家里有事' },
      ...{ by: 'chen', at: 0 },
    };
    state.shiftChanges.set(change.id, change);
  }
  return state;
}
const names = (site: Site, text: string, state = emptyState()) =>
  onDuty(site, state, at(text)).map(({ shift: id, person, insteadOf }) =>
    [id, person, ...(insteadOf === undefined ? [] : [`instead of ${insteadOf}`])].join(' '),
  );

describe('who is on duty', () => {
  test('is nobody where the school has no roster', () => {
    expect(onDuty(school, emptyState(), at('2026-11-23T12:00'))).toEqual([]);
  });

  test.each([
    ['2026-09-07T07:00', ['day li']],
    ['2026-09-07T18:59', ['day li']],
    ['2026-09-07T19:00', ['night zhang']],
    ['2026-09-08T06:59', ['night zhang']],
    ['2026-09-13T23:00', ['night zhang']],
    // The night of Sunday belongs to the week it began in, also after midnight.
    ['2026-09-14T06:59', ['night zhang']],
    ['2026-09-14T07:00', ['day zhang']],
    ['2026-09-14T19:00', ['night wang']],
    ['2026-09-28T07:00', ['day li']],
    // Turns have no beginning: the week before the anchor is that of the last group.
    ['2026-09-06T12:00', ['day wang']],
    ['2026-12-31T23:59', ['night wang']],
    ['2027-01-01T00:00', ['night wang']],
    ['2027-01-01T06:59', ['night wang']],
  ])('at %s is %j', (text, who) => expect(names(place(), text)).toEqual(who));

  test('takes turns by the day where the roster says so: one day on, two off', () => {
    const turns = [turn('watch', [['li'], ['zhang'], ['wang']], { eachDays: 1 })];
    const site = place({ shifts: { watch: shift('watch', 8, 8) }, turns });
    expect(names(site, '2026-09-07T08:00')).toEqual(['watch li']);
    expect(names(site, '2026-09-08T07:59')).toEqual(['watch li']);
    expect(names(site, '2026-09-08T08:00')).toEqual(['watch zhang']);
    expect(names(site, '2026-09-10T08:00')).toEqual(['watch li']);
  });

  test('is each person once, also when two turns name him', () => {
    const turns = [turn('day', [['li', 'zhang']]), turn('day', [['zhang', 'wang']])];
    expect(names(place({ turns }), '2026-09-07T12:00')).toEqual(['day li', 'day zhang', 'day wang']);
  });

  test('goes by the calendar: school days, holidays, days outside terms, make-up days', () => {
    const calendar = {
      terms: [{ from: day('2026-09-01'), to: day('2027-01-22'), title: words('学期') }],
      holidays: [{ from: day('2026-10-01'), to: day('2026-10-07'), title: words('国庆') }],
      exceptions: [{ day: day('2026-10-10'), as: 3, title: words('补周三') }],
    };
    const shifts = {
      gate: shift('gate', 7, 9, { days: [1, 2, 3, 4, 5], only: 'term' }),
      festive: shift('festive', 8, 20, { only: 'holiday' }),
    };
    const turns = [turn('gate', [['li']], { days: [3] }), turn('gate', [['wang']], { days: [1, 2, 4, 5] })];
    const site = place({ shifts, turns: [...turns, turn('festive', [['chen']])] }, { calendar });
    expect(names(site, '2026-09-30T08:00')).toEqual(['gate li']);
    expect(names(site, '2026-10-01T08:00')).toEqual(['festive chen']);
    expect(names(site, '2026-10-08T08:00')).toEqual(['gate wang']);
    // A Saturday that is taught as a Wednesday.
    expect(names(site, '2026-10-10T08:00')).toEqual(['gate li']);
    expect(names(site, '2027-01-22T08:30')).toEqual(['gate wang']);
    expect(names(site, '2027-01-25T08:30')).toEqual(['festive chen']);
  });

  test('follows the temporary roster of a day, and what it falls back to', () => {
    const span = { id: 'exams', title: words('考试'), from: day('2026-11-10'), to: day('2026-11-11') };
    const own = [turn('night', [['chen']])];
    const with_ = (otherwise: 'usual' | 'nobody') => place({ temporary: [{ ...span, turns: own, otherwise }] });
    expect(names(with_('usual'), '2026-11-10T12:00')).toEqual(['day li']);
    expect(names(with_('nobody'), '2026-11-10T12:00')).toEqual([]);
    for (const site of [with_('usual'), with_('nobody')]) {
      // The night of the day before is still as usual, and that of the last day goes on past midnight.
      expect(names(site, '2026-11-10T06:59')).toEqual(['night zhang']);
      expect(names(site, '2026-11-10T19:00')).toEqual(['night chen']);
      expect(names(site, '2026-11-12T06:59')).toEqual(['night chen']);
      expect(names(site, '2026-11-12T07:00')).toEqual(['day li']);
    }
  });

  test('has who signed on, by person and shift', () => {
    const state = emptyState();
    const on = { shift: 'day', day: day('2026-09-07'), person: 'li', by: 'desk', at: at('2026-09-07T06:55') };
    state.signOns.set(signOnKey('day', on.day, 'li'), on);
    expect(onDuty(place(), state, at('2026-09-07T12:00'))).toEqual([
      {
        ...{ shift: 'day', person: 'li', from: at('2026-09-07T07:00'), until: at('2026-09-07T19:00') },
        signedOn: { by: 'desk', at: on.at },
      },
    ]);
    expect(onDuty(place(), state, at('2026-09-08T12:00'))[0]).not.toHaveProperty('signedOn');
  });
});

describe('a cover', () => {
  const date = day('2026-09-07');
  const cover = (out: string, comes: string, name = 'day', on = date): ShiftMove => ({
    shift: name,
    day: on,
    out,
    in: comes,
  });

  test('puts a name in the place of another on that day alone', () => {
    const state = changed([cover('li', 'chen')]);
    expect(names(place(), '2026-09-07T12:00', state)).toEqual(['day chen instead of li']);
    expect(names(place(), '2026-09-08T12:00', state)).toEqual(['day li']);
  });

  test('of a cover still names whose place it is by the turns', () => {
    const state = changed([cover('li', 'chen')], [cover('chen', 'wang')]);
    expect(names(place(), '2026-09-07T12:00', state)).toEqual(['day wang instead of li']);
  });

  test('back to the planned person is no cover any more', () => {
    const state = changed([cover('li', 'chen')], [cover('chen', 'li')]);
    expect(names(place(), '2026-09-07T12:00', state)).toEqual(['day li']);
  });

  test('has no effect where whoever shall go is not there, whoever shall come is, or is known no more', () => {
    for (const move of [cover('wang', 'chen'), cover('li', 'li'), cover('li', 'gone')]) {
      const state = changed([move]);
      expect(names(place(), '2026-09-07T12:00', state)).toEqual(['day li']);
      expect(crewBook(place(), state).effective.size).toBe(0);
    }
  });

  test('of a swap whose other half has no effect has none either', () => {
    const back = cover('wang', 'li', 'night', day('2026-09-09'));
    expect(names(place(), '2026-09-07T12:00', changed([cover('li', 'wang'), back]))).toEqual(['day li']);
    const right = { ...back, out: 'zhang', in: 'li' };
    const state = changed([cover('li', 'zhang'), right]);
    expect(names(place(), '2026-09-07T12:00', state)).toEqual(['day zhang instead of li']);
    expect(names(place(), '2026-09-09T20:00', state)).toEqual(['night li instead of zhang']);
  });
});

describe('for every roster and every change', () => {
  const who = fc.constantFrom('li', 'zhang', 'wang', 'chen');
  const shiftName = fc.constantFrom('a', 'b', 'c');
  const hour = fc.integer({ min: 0, max: 23 });
  const days = fc.subarray(daily, { minLength: 1 });
  const only = fc.constantFrom(undefined, 'term' as const, 'holiday' as const);
  const when = fc.record({ days, only }).map(({ days: on, only: kind }) => ({ days: on, ...(kind && { only: kind }) }));
  const shiftOf = (id: string) => fc.tuple(hour, hour, when).map(([from, until, on]) => shift(id, from, until, on));
  const turnAny = fc
    .tuple(shiftName, fc.array(fc.array(who, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 }), when)
    .chain(([name, order, on]) =>
      fc
        .tuple(fc.integer({ min: 20_000, max: 21_000 }), fc.integer({ min: 1, max: 9 }))
        .map(([anchor, eachDays]) => turn(name, order, { anchor, eachDays, ...on })),
    );
  // From a month before the turn of a year to a month after it, over the end of a term.
  const first = day('2026-12-01');
  const dayAny = fc.integer({ min: first, max: first + 62 });
  const move = fc.record({ shift: shiftName, day: dayAny, out: who, in: who });
  const temporary = fc
    .tuple(dayAny, fc.integer({ min: 0, max: 10 }), fc.array(turnAny, { maxLength: 2 }), fc.boolean())
    .map(([from, length, turns, asUsual]) => ({
      ...{ id: 'some', title: words('临时'), from, to: from + length, turns },
      otherwise: asUsual ? ('usual' as const) : ('nobody' as const),
    }));
  const calendar = {
    terms: [{ from: first - 60, to: day('2027-01-10'), title: words('学期') }],
    holidays: [{ from: day('2027-01-01'), to: day('2027-01-01'), title: words('元旦') }],
    exceptions: [{ day: day('2026-12-20'), as: 3, title: words('补周三') }],
  };
  const world = fc
    .tuple(
      fc.tuple(shiftOf('a'), shiftOf('b'), shiftOf('c')),
      fc.array(turnAny, { maxLength: 6 }),
      fc.array(temporary, { maxLength: 1 }),
      fc.array(fc.array(move, { minLength: 1, maxLength: 2 }), { maxLength: 12 }),
    )
    .map(([[a, b, c], turns, some, moves]) => ({
      site: place({ shifts: { a, b, c }, turns, temporary: some }, { calendar }),
      state: changed(...moves),
    }));
  const moment = fc.tuple(dayAny, fc.integer({ min: 0, max: 1_439 })).map(([on, minute]) => timeOf(on, minute, 480));

  test('nobody is named twice for one shift at one moment, and everybody named is known', () => {
    fc.assert(
      fc.property(world, moment, ({ site, state }, now) => {
        const rows = onDuty(site, state, now).map(({ shift: id, person }) => `${id} ${person}`);
        expect(new Set(rows).size).toBe(rows.length);
        for (const { person, from, until } of onDuty(site, state, now)) {
          expect(people).toHaveProperty(person);
          expect(from <= now && now < until).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
  });

  test('changes change names and never a span, nor how many there are', () => {
    fc.assert(
      fc.property(world, moment, ({ site, state }, now) => {
        const spans = (from: State) =>
          onDuty(site, from, now).map(({ shift: id, from: begin, until }) => [id, begin, until]);
        expect(spans(state)).toEqual(spans(emptyState()));
      }),
      { numRuns: 400 },
    );
  });

  test('a shift is the same seen from any moment of it, and begins and ends where the next is asked', () => {
    fc.assert(
      fc.property(
        world,
        dayAny,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        ({ site, state }, on, part) => {
          for (const {
            shift: { id },
            day: begun,
            from,
            until,
          } of shiftsOn(site, on)) {
            expect(until - from).toBeGreaterThan(0);
            expect(until - from).toBeLessThanOrEqual(86_400_000);
            const crew = crewBook(site, state)
              .crew(id, begun)
              .map(({ person }) => person);
            const seen = (now: Time) =>
              onDuty(site, state, now)
                .filter((one) => one.shift === id && one.from === from)
                .map(({ person }) => person);
            expect(seen(from)).toEqual(crew);
            expect(seen(from + Math.floor((until - from) * part))).toEqual(crew);
            expect(shiftsAt(site, until).some((one) => one.shift.id === id && one.from === from)).toBe(false);
            expect(shiftsAt(site, from - 1).some((one) => one.shift.id === id && one.from === from)).toBe(false);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
