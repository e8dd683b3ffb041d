/**
 * A school of six routes and forty guards for a term of eighteen weeks, told twice: as the product's own site, and as the plain
 * text that the independent reckoning reads. It decides no verdict and knows no rule of the product.
 */
import type { Checkpoint, RoundPlan, Route, Site, Time } from '../../src/core/types.ts';
import { minute, school } from '../core/school.ts';

export const dayMs = 86_400_000;
export const utcOffsetMin = 480;
/** Tuesday 2026-09-01, 00:00 in China. */
export const termBegins: Time = Date.parse('2026-09-01T00:00:00+08:00');
export const termDays = 18 * 7;

const everyDay = [0, 1, 2, 3, 4, 5, 6];
const schoolDays = [1, 2, 3, 4, 5];
export const guards = Array.from({ length: 40 }, (_, i) => `g${String(i + 1).padStart(2, '0')}`);
export const cardOf = (guard: string): string => `C${guard.slice(1)}`;

/** A local date, `2026-09-01`, as the days since 1970-01-01 that the product counts in. */
const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / dayMs;

interface Leg {
  readonly after: number;
  readonly early: number;
  readonly late: number;
  readonly miss: number;
}

const legs = (count: number, apart: number, early: number, late: number, miss: number): Leg[] =>
  Array.from({ length: count }, (_, i) => ({ after: (i + 1) * apart, early, late, miss }));

interface Way {
  readonly id: string;
  readonly ordered: boolean;
  readonly uploadBy?: number;
  readonly legs: readonly Leg[];
  readonly rounds: readonly RoundPlan[];
}

/** One guard for each day of the week, out of a team, so that a week has everybody. */
const roster = (team: number, start: number, days: readonly number[], more: Partial<RoundPlan> = {}): RoundPlan[] =>
  days.map((day, i) => ({ days: [day], start, person: guards[(team + i) % guards.length]!, ...more }));

const ways: readonly Way[] = [
  {
    ...{ id: 'a', ordered: true, legs: legs(8, 5, 2, 3, 8) },
    rounds: [...roster(0, 22 * 60, everyDay), ...roster(3, 2 * 60, everyDay)],
  },
  {
    // Windows so wide that those of two points overlap, one point that is narrower, and a round beside that of route a.
    ...{ id: 'b', ordered: true, legs: [...legs(5, 4, 5, 6, 9), { after: 30, early: 0, late: 1, miss: 2 }] },
    rounds: [...roster(7, 19 * 60 + 30, everyDay), { days: everyDay, start: 21 * 60 + 50 }],
  },
  {
    ...{ id: 'c', ordered: true, legs: legs(6, 7, 3, 3, 10) },
    rounds: roster(14, 23 * 60 + 40, everyDay).map((plan, i) => ({ ...plan, second: guards[21 + i]! })),
  },
  {
    ...{ id: 'd', ordered: false, legs: legs(5, 6, 4, 4, 12) },
    rounds: [...roster(28, 7 * 60 + 20, schoolDays, { only: 'term' }), ...roster(30, 16 * 60 + 30, schoolDays)],
  },
  {
    ...{ id: 'e', ordered: true, uploadBy: 8 * 60, legs: legs(7, 6, 3, 5, 10) },
    rounds: [...roster(33, 23 * 60 + 30, everyDay), ...roster(34, 3 * 60 + 30, everyDay)],
  },
  {
    ...{ id: 'f', ordered: true, uploadBy: 8 * 60, legs: legs(6, 5, 2, 4, 7) },
    rounds: [
      ...roster(36, 21 * 60, everyDay, { to: dayOf('2026-10-31') }),
      ...roster(38, 20 * 60 + 30, everyDay, { from: dayOf('2026-11-01') }),
    ],
  },
];
/** Ten points are on two routes each: one reader, two plans. */
const shared = new Map([
  ['b1', 'a2'],
  ['b3', 'a5'],
  ['d2', 'a7'],
  ['f4', 'e6'],
]);
export const readerOf = (point: string): string => `r-${shared.get(point) ?? point}`;

/** The chip beside a reader, for a baton to be held to. */
export const chipOf = (reader: string): string => `C0${reader.slice(2).toUpperCase()}`;

const checkpoint = (id: string, { after, early, late, miss }: Leg): Checkpoint => ({
  ...{ id, title: { zh: `${id}号点`, en: `Point ${id}` }, reader: readerOf(id), chip: chipOf(readerOf(id)) },
  ...{ afterMs: after * minute },
  ...{ earlyMs: early * minute, lateMs: late * minute, missMs: miss * minute },
});

const routeOf = ({ id, ordered, uploadBy, legs: own, rounds }: Way): Route => ({
  ...{ id, ordered, rounds, title: { zh: `${id}线`, en: `Route ${id}` } },
  checkpoints: own.map((leg, i) => checkpoint(`${id}${i + 1}`, leg)),
  ...(uploadBy !== undefined && { uploadBy }),
});

const calendar = {
  terms: [{ from: '2026-09-01', to: '2026-12-25' }],
  holidays: [{ from: '2026-10-01', to: '2026-10-07' }],
  makeUp: [
    { day: '2026-10-10', as: 'thu' },
    { day: '2026-09-27', as: 'mon' },
  ],
};
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const readers = new Set(ways.flatMap(({ id, legs: own }) => own.map((_, i) => readerOf(`${id}${i + 1}`))));

const spanOf = ({ from, to }: { readonly from: string; readonly to: string }) => ({
  ...{ from: dayOf(from), to: dayOf(to), title: { zh: '校历', en: 'Calendar' } },
});

export const termSite: Site = {
  ...school,
  roundsPerDay: 5,
  utcOffsetMin,
  routes: Object.fromEntries(ways.map((way) => [way.id, routeOf(way)])),
  devices: Object.fromEntries([...readers].map((id) => [id, { ...school.devices.r1!, id }])),
  people: Object.fromEntries(guards.map((id) => [id, { id, name: `卫${id}`, card: cardOf(id) }])),
  calendar: {
    terms: calendar.terms.map(spanOf),
    holidays: calendar.holidays.map(spanOf),
    exceptions: calendar.makeUp.map(({ day, as }) => ({
      ...{ day: dayOf(day), as: weekdays.indexOf(as), title: { zh: '补课', en: 'Make-up' } },
    })),
  },
};

const two = (n: number) => String(n).padStart(2, '0');
const clock = (minutes: number) => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
const dateOf = (day: number | undefined) =>
  day === undefined ? null : new Date(day * dayMs).toISOString().slice(0, 10);
/** A moment with the school's offset and milliseconds. */
export const stampOf = (at: Time): string => new Date(at + utcOffsetMin * minute).toISOString().replace('Z', '+08:00');

/** The same plan as plain text. */
export const plainPlan = {
  utcOffsetMin,
  calendar,
  devices: Object.fromEntries([...readers].map((id) => [id, { ...school.devices.r1!, id }])),
  people: Object.fromEntries(guards.map((id) => [id, [cardOf(id)]])),
  routes: ways.map(({ id, ordered, uploadBy, legs: own, rounds }) => ({
    ...{ id, ordered, uploadBy: uploadBy === undefined ? null : clock(uploadBy) },
    points: own.map(({ after, early, late, miss }, i) => ({
      ...{ id: `${id}${i + 1}`, reader: readerOf(`${id}${i + 1}`) },
      ...{ afterMin: after, earlyMin: early, lateMin: late, missMin: miss },
    })),
    rounds: rounds.map(({ days, start, person, second, from, to, only }) => ({
      ...{ start: clock(start), days: days.map((day) => weekdays[day]), from: dateOf(from), to: dateOf(to) },
      ...{ only: only ?? null, person: person ?? null, second: second ?? null },
    })),
  })),
};
