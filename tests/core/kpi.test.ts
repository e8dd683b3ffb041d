/**
 * The alarm figures at their edges: the moment a target is just met, a window that touches, a wait that a new trigger began
 * anew. What whole days add up to is held against an independent reckoning elsewhere.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KpiTally } from '../../src/core/report/kpi.ts';
import { figure, figureRows, spread } from '../../src/core/report/kpi-figures.ts';
import { FloodTime, Windows } from '../../src/core/report/kpi-load.ts';
import type { FigureId, Kpi } from '../../src/core/report/kpi-types.ts';
import type { Event, Fact, Priority, Time } from '../../src/core/types.ts';
import { minute, monday } from './school.ts';

const hour = 60 * minute;
const day = 24 * hour;
type Dated = readonly [at: number, fact: Fact];

/** The figures of a day from what happened at which ms of it; facts before it are carried where they raise. */
function of(facts: readonly Dated[], lengthMs = day): Kpi {
  const events = facts.map(([at, fact], i): Event => ({ ...fact, seq: i + 1, at: monday + at }));
  const carried = events.filter((e) => e.kind === 'raised' && e.at < monday) as Extract<Event, { kind: 'raised' }>[];
  const tally = new KpiTally({ from: monday, to: monday + lengthMs, utcOffsetMin: 480 }, carried);
  for (const event of events) tally.take(event);
  return tally.result();
}

const raised = (key: string, priority: Priority = 1, zone = key): Fact => ({
  kind: 'raised',
  key,
  alarm: 'climb',
  priority,
  device: 'm1',
  cause: 'm1/climb',
  active: true,
  zone,
});
const about = { device: 'm1', cause: 'm1/climb' } as const;
const repeated = (alarm: number, priority: Priority = 1): Fact => ({
  kind: 'repeated',
  alarm,
  ...about,
  active: true,
  priority,
});
const returned = (alarm: number): Fact => ({ kind: 'returned-to-normal', alarm, cause: 'm1/climb' });
const acked = (alarm: number, by = 'wang'): Fact => ({ kind: 'acknowledged', alarm, by });
const closed = (alarm: number, reason = 'B1'): Fact => ({ kind: 'closed', alarm, by: 'wang', reason });
const value = (kpi: Kpi, id: FigureId) => kpi.figures.find((one) => one.id === id)?.value;

describe('a figure', () => {
  test.each([
    ['perHour', 6, 'within'],
    ['perHour', 6.01, 'near'],
    ['perHour', 12, 'near'],
    ['perHour', 12.01, 'beyond'],
    ['windowsOver', 0.01, 'beyond'],
    ['windowsOver', 0.0099, 'within'],
    ['stale', 4, 'within'],
    ['stale', 5, 'beyond'],
    ['priority3', 0.8, 'within'],
    ['priority3', 0.79, 'beyond'],
    ['suppression', 1, 'beyond'],
    ['topTen', null, 'none'],
  ] as const)('%s of %d is %s', (id, number, judged) => {
    expect(figure(id, number).judged).toBe(judged);
  });

  test('has a target of its own for each row, named in both languages', () => {
    const rows = Object.values(figureRows);
    expect(new Set(rows.map(({ title }) => title.zh)).size).toBe(rows.length);
    for (const { title } of rows)
      expect([/[\u4e00-\u9fff]/.test(title.zh), /[\u4e00-\u9fff]/.test(title.en)]).toEqual([true, false]);
    expect(of([]).figures.map(({ id }) => id)).toEqual(Object.keys(figureRows));
  });

  test('is a percentile by nearest rank', () => {
    expect(spread([])).toEqual({ count: 0, medianMs: null, p90Ms: null });
    expect(spread([7])).toEqual({ count: 1, medianMs: 7, p90Ms: 7 });
    expect(spread([4, 1, 3, 2])).toEqual({ count: 4, medianMs: 2, p90Ms: 4 });
    expect(spread([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])).toEqual({ count: 10, medianMs: 5, p90Ms: 9 });
  });
});

describe('a day without an alarm', () => {
  test('has all its windows, nothing beyond a target, and no share of nothing', () => {
    const kpi = of([]);
    expect(kpi.windows).toEqual({ from: monday, counts: new Array(144).fill(0) });
    expect(kpi.figures.filter(({ judged }) => judged === 'beyond')).toEqual([]);
    expect(kpi.figures.filter(({ value: none }) => none === null).map(({ id }) => id)).toEqual([
      'topTen',
      'priority1',
      'priority2',
      'priority3',
    ]);
    expect([kpi.people, kpi.zones, kpi.top]).toEqual([[], [], []]);
  });

  test('of no length has no figure at all', () => {
    const kpi = of([], 0);
    expect(kpi.windows.counts).toEqual([]);
    expect(kpi.stale).toEqual([]);
    expect([value(kpi, 'perHour'), value(kpi, 'windowsOver'), value(kpi, 'stale')]).toEqual([null, null, null]);
  });
});

test('a period of no length meets no target and misses none', () => {
  expect(of([], 0).figures.filter(({ judged }) => judged !== 'none')).toEqual([]);
});

describe('windows', () => {
  test('stand on the school’s clock, and one that the period only touches counts', () => {
    const windows = new Windows(monday + 9 * minute, monday + 20 * minute + 1, 480);
    expect([windows.from, windows.counts.length]).toEqual([monday, 3]);
    for (const at of [9, 9.9, 10, 19.9, 20]) windows.take(monday + at * minute);
    expect(windows.counts).toEqual([2, 2, 1]);
    expect(new Windows(monday, monday + 20 * minute, 480).counts).toHaveLength(2);
    expect(new Windows(monday, monday + 20 * minute, 475).from).toBe(monday - 5 * minute);
  });
});

describe('time in flood', () => {
  /** Looks at every minute; only right for raises at whole minutes. */
  function asked(raises: readonly Time[], from: Time, to: Time): number {
    let on = false;
    let sum = 0;
    for (let at = 0; at < to; at += minute) {
      const count = raises.filter((time) => time > at - 10 * minute && time <= at).length;
      on = on ? count >= 5 : count > 10;
      if (on && at >= from) sum += minute;
    }
    return sum;
  }

  test('is what looking at every minute says', () => {
    const wide = fc.array(fc.constantFrom(0, 0, 0, 1, 1, 2, 5, 9, 10, 11, 30), { maxLength: 60 });
    const onTheEdge = fc.array(fc.constantFrom(0, 0, 0, 0, 0, 5), { minLength: 10, maxLength: 40 });
    const gaps = fc.oneof(wide, onTheEdge);
    fc.assert(
      fc.property(gaps, fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 200 }), (waits, a, b) => {
        let at = 0;
        const raises = waits.map((wait) => {
          at += wait * minute;
          return at;
        });
        const [from, to] = [Math.min(a, b) * minute, Math.max(a, b) * minute];
        const flood = new FloodTime(from, to);
        for (const time of raises) if (time < to) flood.take(time);
        expect(flood.total()).toBe(asked(raises, from, to));
      }),
      { numRuns: 1_000 },
    );
  });

  test('began with a flood before the period', () => {
    const before = Array.from({ length: 12 }, (_, i): Dated => [-minute + i, raised(`z${i}`)]);
    const kpi = of([...before, ...before.map((_, i): Dated => [-1, closed(i + 1)])]);
    expect(kpi.floodMs).toBe(9 * minute + 7);
    expect(kpi.raised).toBe(0);
  });
});

describe('an alarm', () => {
  test('chatters with three triggers within sixty seconds, however many alarms they are', () => {
    const two = (last: number) =>
      of([
        [0, raised('z1')],
        [1, repeated(1)],
        [last, repeated(1)],
      ]);
    expect(two(minute).chattering).toEqual([{ key: 'z1', kind: 'climb', device: 'm1', zone: 'z1', count: 3 }]);
    expect(two(minute + 1).chattering).toEqual([]);
    const reopened = of([
      [0, raised('z1')],
      [1, closed(1)],
      [2, raised('z1')],
      [3, repeated(3)],
    ]);
    expect(value(reopened, 'chattering')).toBe(1);
  });

  test('is fleeting when it is over within three seconds, untouched and triggered once', () => {
    const flicker = (...facts: Dated[]) => value(of([[0, raised('z1')], ...facts]), 'fleeting');
    expect(flicker([3_000, returned(1)])).toBe(1);
    expect(flicker([3_001, returned(1)])).toBe(0);
    expect(flicker([1, acked(1)], [2, returned(1)])).toBe(0);
    expect(flicker([1, repeated(1)], [2, returned(1)])).toBe(0);
    expect(
      value(
        of([
          [-1, raised('z1')],
          [1, returned(1)],
        ]),
        'fleeting',
      ),
    ).toBe(0);
  });

  test('is stale on each day on which it was open for more than a day', () => {
    const open = (at: number, until?: number) => {
      const end: readonly Dated[] = until === undefined ? [] : [[until, closed(1)]];
      return of([[at, raised('z1')], ...end], 3 * day).stale.map(({ count }) => count);
    };
    expect(open(0)).toEqual([0, 1, 1]);
    expect(open(0, day)).toEqual([0, 0, 0]);
    expect(open(0, day + 1)).toEqual([0, 1, 0]);
    expect(open(1, 2 * day)).toEqual([0, 1, 0]);
    expect(open(1, 2 * day + 1)).toEqual([0, 1, 1]);
    expect(open(-5 * day, 5)).toEqual([1, 0, 0]);
  });

  test('of maintenance, and one that only heads may see, is in no figure, nor is anything said of it', () => {
    const life = (n: number): Dated[] => [
      [2, repeated(n)],
      [3, returned(n)],
      [4, acked(n)],
      [5, closed(n)],
    ];
    const kpi = of([[0, raised('z1', 4)], [0, { ...raised('z2'), covert: true } as Fact], ...life(1), ...life(2)]);
    expect({ ...kpi, maintenance: 0 }).toEqual(of([]));
    expect(kpi.maintenance).toBe(1);
  });
});

describe('an acknowledgement', () => {
  const waits = (facts: readonly Dated[]) => of(facts).waits[0];

  test('is in time at its target and late a moment after', () => {
    const at = (ms: number) =>
      waits([
        [0, raised('z1')],
        [ms, acked(1)],
      ]);
    expect(at(30_000)).toMatchObject({ count: 1, medianMs: 30_000, inTime: 1, judged: 'within' });
    expect(at(30_001)).toMatchObject({ count: 1, inTime: 0, judged: 'beyond' });
  });

  test('is timed from the trigger that took the one before away', () => {
    const kpi = of([
      [0, raised('z1')],
      [1_000, acked(1)],
      [hour, repeated(1)],
      [hour + 5_000, repeated(1)],
      [hour + 7_000, acked(1, 'li')],
    ]);
    expect(kpi.waits[0]).toMatchObject({ count: 2, medianMs: 1_000, p90Ms: 7_000 });
    expect(kpi.people.map(({ name, waits: [first] }) => [name, first?.medianMs])).toEqual([
      ['li', 7_000],
      ['wang', 1_000],
    ]);
  });

  test('is held against the priority the alarm had by then, from when it had it', () => {
    const kpi = of([
      [0, raised('z1', 3)],
      [10 * minute, repeated(1, 1)],
      [10 * minute + 1_000, repeated(1, 3)],
      [10 * minute + 20_000, acked(1)],
    ]);
    expect(kpi.waits.map(({ count }) => count)).toEqual([1, 0, 0]);
    expect(kpi.waits[0]).toMatchObject({ medianMs: 20_000, inTime: 1, judged: 'within' });
    expect(value(kpi, 'priority3')).toBe(1);
  });

  test('is timed from the return of what was put aside; what lies there waits for nobody', () => {
    const shelved: Fact = { kind: 'shelved', key: 'z1', alarm: 1, by: 'wang', reason: 'x', until: 2 * hour };
    const back: Fact = { kind: 'unshelved', key: 'z1', by: 'schedule', why: 'time' };
    const second = (...more: Dated[]) => of([[0, raised('z1', 2)], [minute, shelved], ...more]).waits[1];
    expect(second()).toMatchObject({ count: 0, waiting: 0, overdue: 0, judged: 'none' });
    expect(second([hour, back])).toMatchObject({ waiting: 1, overdue: 1 });
    expect(second([hour, back], [hour + 9_000, acked(1)])).toMatchObject({ medianMs: 9_000, inTime: 1 });
    expect(second([hour, acked(1)], [2 * hour, back])).toMatchObject({ count: 0, waiting: 0 });
  });

  test('that nobody gave counts against the target once it is overdue, and not before', () => {
    const end = (at: number) =>
      waits([
        [0, raised('z1')],
        [1, acked(1)],
        [at, raised('z2')],
      ]);
    expect(end(day - 30_000)).toMatchObject({ waiting: 1, overdue: 0, judged: 'within' });
    expect(end(day - 30_001)).toMatchObject({ waiting: 1, overdue: 1, judged: 'beyond' });
  });

  test('of an alarm from before the period is timed by nobody here', () => {
    const kpi = of([
      [-hour, raised('z1')],
      [1, acked(1)],
      [2, closed(1)],
    ]);
    expect(kpi.waits[0]).toMatchObject({ count: 0, waiting: 0 });
    expect(kpi.closings).toEqual({ count: 1, medianMs: hour + 2, p90Ms: hour + 2 });
  });
});

describe('who was sent', () => {
  test('is timed from the last time somebody was, and only once', () => {
    const sent = (to: string): Fact => ({ kind: 'dispatched', alarm: 1, by: 'wang', to });
    const arrived: Fact = { kind: 'arrived', alarm: 1, by: 'li', how: 'scan' };
    const kpi = of([
      [0, raised('z1')],
      [0, arrived],
      [minute, sent('wei')],
      [hour, sent('li')],
      [hour + 5, arrived],
      [hour + 9, arrived],
    ]);
    expect(kpi.arrivals).toEqual({ count: 1, medianMs: 5, p90Ms: 5 });
    expect(kpi.people).toMatchObject([{ name: 'li', arrivals: { count: 1 } }]);
  });
});

describe('a zone', () => {
  test('has its closings by code, and nuisance and malfunction apart, per month', () => {
    const codes = ['B1', 'B1', 'B4', 'C2', 'A1', 'D1', 'E1'];
    const kpi = of(
      codes.flatMap((code, i): Dated[] => [
        [i, raised(`k${i}`, 2, 'z1')],
        [i, closed(2 * i + 1, code)],
      ]),
      15 * day,
    );
    expect(kpi.zones).toEqual([
      {
        zone: 'z1',
        raised: 7,
        closed: 7,
        byCode: { B1: 2, B4: 1, C2: 1, A1: 1, D1: 1, E1: 1 },
        nuisance: 3,
        malfunction: 1,
        nuisancePerMonth: 6,
        malfunctionPerMonth: 2,
      },
    ]);
    expect(kpi.tests).toBe(1);
  });
});

describe('the ten most frequent', () => {
  const many = (keys: number) =>
    of(Array.from({ length: keys }, (_, i): Dated => [i, raised(`k${String(i).padStart(2, '0')}`)]));

  test('say nothing where there are no more than ten', () => {
    expect(many(10).figures.find(({ id }) => id === 'topTen')).toEqual({ id: 'topTen', value: 1, judged: 'none' });
    expect(many(20).figures.find(({ id }) => id === 'topTen')).toEqual({ id: 'topTen', value: 0.5, judged: 'beyond' });
    expect(many(20).top.map(({ key }) => key)).toEqual([
      'k00',
      'k01',
      'k02',
      'k03',
      'k04',
      'k05',
      'k06',
      'k07',
      'k08',
      'k09',
    ]);
  });
});
