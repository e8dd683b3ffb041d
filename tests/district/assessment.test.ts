/** The monthly assessment: points by the printed rules, nothing for what there was nothing of, and ranks that are what they say. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  assessed,
  assessmentRules,
  medianWait,
  ruleSaid,
  type SchoolMonth,
  weightLeast,
} from '../../src/district/report/assessment.ts';
import { lostTime } from '../../src/district/report/lost-time.ts';

const day = 86_400_000;
const month = (more: Partial<SchoolMonth> = {}): SchoolMonth => ({
  ...{ school: 'a', name: { zh: '甲校', en: 'A' }, street: '江川路', kind: 'school', lengthMs: 30 * day, lostMs: 0 },
  urgent: { raised: 20, inTime: 19, waits: [] },
  points: { due: 1_000, onTime: 980, missed: 20 },
  kitchen: { upMs: 98, dueMs: 100 },
  rectifications: { open: 3, overdue: 0 },
  nuisance: { closed: 4, zones: 4 },
  drills: { due: 1, done: 1 },
  ...more,
});
const nothing = month({
  urgent: { raised: 0, inTime: 0, waits: [] },
  points: { due: 0, onTime: 0, missed: 0 },
  kitchen: { upMs: 0, dueMs: 0 },
  rectifications: { open: 0, overdue: 0 },
  nuisance: { closed: 0 },
  drills: { due: 0, done: 0 },
});
const scoreOf = (more: Partial<SchoolMonth>) => assessed([month(more)])[0]?.score;

describe('the assessment of a month', () => {
  test('gives all points at the bounds that its rules print', () => expect(scoreOf({})).toBe(100));

  test('gives half of a rule half way between its bounds', () => {
    expect(scoreOf({ points: { due: 100, onTime: 89, missed: 11 } })).toBe(100 - 25 / 2);
    expect(scoreOf({ rectifications: { open: 9, overdue: 5 } })).toBe(85);
    expect(scoreOf({ rectifications: { open: 9, overdue: 50 } })).toBe(85);
  });

  test('takes nothing for what there was nothing of, and gives no score where too little is left', () => {
    expect(scoreOf({ kitchen: { upMs: 0, dueMs: 0 } })).toBe(100);
    const [alone] = assessed([nothing]);
    expect(alone).toMatchObject({ score: undefined, rank: undefined });
    expect(alone?.rules.every(({ points }) => points === undefined)).toBe(true);
    // Drills and patrol are worth 35 of a hundred.
    const little = { ...nothing, points: { due: 10, onTime: 10, missed: 0 }, drills: { due: 1, done: 1 } };
    expect(assessed([little])[0]?.score).toBeUndefined();
  });

  test('knows no nuisance per zone of a school whose zones it was not told, and none of the first day', () => {
    const figure = (more: Partial<SchoolMonth>) =>
      assessed([month(more)])[0]?.rules.find(({ id }) => id === 'nuisance')?.figure;
    expect(figure({ nuisance: { closed: 40 } })).toBeUndefined();
    expect(figure({ nuisance: { closed: 1, zones: 4 }, lengthMs: day / 2 })).toBeUndefined();
    expect(figure({ nuisance: { closed: 40, zones: 4 }, lengthMs: 15 * day })).toBe(20);
  });

  test('a drill too many makes up for nothing else', () =>
    expect(scoreOf({ drills: { due: 1, done: 7 }, urgent: { raised: 2, inTime: 0, waits: [] } })).toBe(75));

  test('schools that are equal share a rank, and the next one is counted on', () => {
    const worse = { points: { due: 10, onTime: 0, missed: 10 } };
    const all = assessed([
      month({ school: 'c', ...worse }),
      month({ school: 'b' }),
      { ...nothing, school: 'd' },
      month({ school: 'a' }),
    ]);
    expect(all.map((one) => [one.month.school, one.rank])).toEqual([
      ['a', 1],
      ['b', 1],
      ['c', 3],
      ['d', undefined],
    ]);
  });

  const counts = fc.nat({ max: 50 });
  const months = fc
    .record({ a: counts, b: counts, c: counts, d: counts, e: counts, f: counts })
    .map(({ a, b, c, d, e, f }) =>
      month({
        urgent: { raised: a + b, inTime: a, waits: [] },
        points: { due: c + d, onTime: c, missed: d },
        kitchen: { upMs: e, dueMs: e + f },
        rectifications: { open: a, overdue: Math.min(a, b) },
        nuisance: { closed: d, zones: f },
        drills: { due: e % 2, done: b },
      }),
    );
  test('every score lies between nothing and a hundred and is the sum of its points, whatever came', () => {
    fc.assert(
      fc.property(months, (one) => {
        const [{ score, rules }] = assessed([one]) as [ReturnType<typeof assessed>[number]];
        const weighed = assessmentRules
          .filter((rule) => rule.of(one) !== undefined)
          .reduce((sum, { weight }) => sum + weight, 0);
        expect(score === undefined).toBe(weighed < weightLeast);
        if (score === undefined) return;
        const points = rules.reduce((sum, rule) => sum + (rule.points ?? 0), 0);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(100);
        expect(Math.abs(score - (points / weighed) * 100)).toBeLessThan(1);
      }),
    );
  });

  test('doing better in one thing never costs points', () => {
    fc.assert(
      fc.property(months, fc.nat({ max: 20 }), (one, more) => {
        const { points } = one;
        fc.pre(points.missed >= more && points.due > 0);
        const better = { ...one, points: { ...points, onTime: points.onTime + more, missed: points.missed - more } };
        expect(assessed([better])[0]?.score ?? 0).toBeGreaterThanOrEqual(assessed([one])[0]?.score ?? 0);
      }),
    );
  });
});

test('the middle wait of an even number lies between the two in the middle, and of none there is none', () => {
  expect(medianWait(month({ urgent: { raised: 4, inTime: 4, waits: [9, 1, 5, 3] } }))).toBe(4);
  expect(medianWait(nothing)).toBeUndefined();
});

test('the rules print their own numbers, and the weights make a hundred', () => {
  expect(assessmentRules.reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
  for (const rule of assessmentRules) {
    const { zh, en } = ruleSaid(rule);
    expect(zh).toContain(`（${rule.weight} 分）`);
    const [full, none] = [rule.full, rule.none].map((x) =>
      rule.unit === 'share' ? `${Math.round(x * 100)}%` : String(x),
    );
    for (const text of [zh, en]) expect(text).toMatch(new RegExp(`${full}.*${none}`));
  }
});

describe('time in which a school was lost', () => {
  const silence = (since: number, until: number | null, school = 'a') => ({ school, since, until });
  const lost = (...all: readonly ReturnType<typeof silence>[]) => lostTime(all, 100, 200).get('a') ?? 0;
  test('is what lies within the span, once, however often it was written down', () => {
    expect(lost(silence(110, 120), silence(150, 160))).toBe(20);
    expect(lost(silence(90, 110), silence(190, 220))).toBe(20);
    expect(lost(silence(110, 130), silence(120, 140), silence(125, 128))).toBe(30);
    expect(lost(silence(180, null))).toBe(20);
    expect(lost(silence(10, 50), silence(250, null))).toBe(0);
  });
  test('is nothing where a clock made it end before it began, and takes nothing from another', () => {
    expect(lost(silence(150, 120), silence(110, 140))).toBe(30);
    expect(lost(silence(150, 120))).toBe(0);
  });
  test('is none while the district itself was away', () => {
    expect(lost(silence(110, 160), silence(120, 130, ''), silence(125, 140, ''))).toBe(30);
    expect(lost(silence(110, 120), silence(90, 210, ''))).toBe(0);
  });
  test('is never less than nothing nor more than the span, whatever was written', () => {
    const times = fc.record({
      school: fc.constantFrom('a', 'b', ''),
      since: fc.integer({ min: 0, max: 300 }),
      until: fc.option(fc.integer({ min: 0, max: 300 })),
    });
    fc.assert(
      fc.property(fc.array(times, { maxLength: 12 }), (all) => {
        for (const ms of lostTime(all, 100, 200).values()) {
          expect(ms).toBeGreaterThanOrEqual(0);
          expect(ms).toBeLessThanOrEqual(100);
        }
        // Each moment by itself is judged the same.
        const moments = Array.from({ length: 100 }, (_, i) => 100 + i);
        const within = (at: number, school: string) =>
          all.some((one) => one.school === school && one.since <= at && at < (one.until ?? 200));
        const counted = moments.filter((at) => within(at, 'a') && !within(at, '')).length;
        expect(lostTime(all, 100, 200).get('a') ?? 0).toBe(counted);
      }),
    );
  });
});
