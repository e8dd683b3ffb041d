/**
 * Drills across schools on a real database: each school by its own period and calendar, streets as the officer has them, nothing believed of a
 * calendar that is none, and the file with a line in the trail.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DrillCounts } from '../../src/district/board/drill-count-types.ts';
import type { Database } from '../../src/district/database/database.ts';
import { drillCounts, soundCalendar } from '../../src/district/report/drill-counts.ts';
import { openBureau } from './bureau.ts';
import { embedded } from './embedded-store.ts';

let db: Database;
beforeAll(async () => {
  ({ db } = await embedded.open());
});
afterAll(() => db?.close());

const at = (text: string) => Date.parse(`${text}+08:00`);
const now = at('2026-11-20T10:00');
const term = { terms: [{ from: 20_698, to: 20_850, title: { zh: '上', en: 'a' } }], holidays: [], exceptions: [] };

async function school(id: string, street: string, kind = 'school', calendar: unknown = term, epoch = 1): Promise<void> {
  await db.query(
    `INSERT INTO school (school, name_zh, name_en, short_zh, short_en, street, kind, joined_at, epoch) VALUES ($1, $1, $1, $1, $1, $2, $3, 0, $4)`,
    [id, street, kind, epoch],
  );
  await db.query('INSERT INTO site (school, hash, body, at) VALUES ($1, $2, $3::jsonb, 0)', [
    ...[id, 'x', JSON.stringify({ calendar })],
  ]);
}
interface Said {
  readonly ended?: string;
  readonly broken?: string;
  readonly all?: string;
  readonly present?: number;
  readonly epoch?: number;
  readonly problems?: unknown[];
}
let last = 0;
async function drill(
  of: string,
  began: string,
  { ended, broken, all, present = 40, epoch = 1, problems = [] }: Said = {},
) {
  const time = (text: string | undefined) => (text === undefined ? null : at(text));
  await db.query(
    `INSERT INTO drill (school, epoch, id, started_at, started_by, kind, ended_at, broken_at, all_present_at, due, present, problems)
     VALUES ($1, $2, $3, $4, 'x', 'fire', $5, $6, $7, 40, $8, $9::jsonb)`,
    [of, epoch, ++last, at(began), time(ended ?? broken), time(broken), time(all), present, JSON.stringify(problems)],
  );
}
beforeEach(async () => {
  for (const table of ['school', 'site', 'drill', 'trail']) await db.query(`DELETE FROM ${table}`);
});
const counted = (streets: readonly string[] = [], when = now) =>
  drillCounts(db, { streets, now: when, utcOffsetMin: 480 });
const stands = ({ schools }: DrillCounts) => Object.fromEntries(schools.map((one) => [one.school, one.stands]));

describe('how schools stand', () => {
  test('is by the month, of kindergartens by the quarter, with those overdue first', async () => {
    for (const id of ['held', 'due', 'late']) await school(id, '江川路');
    for (const id of ['kita-held', 'kita-due']) await school(id, '江川路', 'kindergarten');
    await drill('held', '2026-11-03T10:00', { ended: '2026-11-03T10:05', all: '2026-11-03T10:01' });
    await drill('due', '2026-10-30T10:00', { ended: '2026-10-30T10:05' });
    await drill('late', '2026-09-30T10:00', { ended: '2026-09-30T10:05' });
    await drill('kita-held', '2026-10-01T10:00', { ended: '2026-10-01T10:05' });
    await drill('kita-due', '2026-09-28T10:00', { ended: '2026-09-28T10:05' });
    const all = await counted();
    expect(stands(all)).toEqual({ late: 'overdue', due: 'due', 'kita-due': 'due', held: 'held', 'kita-held': 'held' });
    expect(all.schools[0]).toMatchObject({ school: 'late', daysLeft: 11, lastAt: at('2026-09-30T10:00') });
    expect(all.counts).toEqual({ overdue: 1, due: 2, held: 2, exempt: 0 });
    expect(all.recent[0]).toMatchObject({ school: 'held', how: 'ended', tookMs: 60_000, exercise: 'fire' });
  });

  test('counts no drill that was broken off, in which nobody was counted, that runs, or of a journal that was given up', async () => {
    for (const id of ['a', 'b', 'c']) await school(id, 's');
    await school('d', 's', 'school', term, 2);
    for (const id of ['a', 'b', 'c', 'd'])
      await drill(id, '2026-10-10T10:00', { ended: '2026-10-10T10:05', epoch: id === 'd' ? 2 : 1 });
    await drill('a', '2026-11-03T10:00', { broken: '2026-11-03T10:01' });
    await drill('b', '2026-11-03T10:00', { ended: '2026-11-03T10:01', present: 0 });
    await drill('c', '2026-11-20T09:58', { problems: [{}, {}] });
    await drill('d', '2026-11-03T10:00', { ended: '2026-11-03T10:01', epoch: 1 });
    const all = await counted();
    expect(stands(all)).toEqual({ a: 'due', b: 'due', c: 'due', d: 'due' });
    expect(all.schools.find((one) => one.school === 'c')).toMatchObject({ runningSince: at('2026-11-20T09:58') });
    expect(all.recent.find((one) => one.how === 'running')).toMatchObject({ problems: 2 });
    expect(all.recent.filter((one) => one.how === 'broken-off')).toHaveLength(1);
  });

  test('is of the streets an officer has alone', async () => {
    await school('a', '江川路');
    await school('b', '颛桥');
    await drill('a', '2026-11-03T10:00', { ended: '2026-11-03T10:05' });
    const all = await counted(['颛桥']);
    expect([Object.keys(stands(all)), all.recent]).toEqual([['b'], []]);
  });

  test('is asked of no school in its holidays, and a calendar that is none is no calendar', async () => {
    await school('summer', 's');
    await school('odd', 's', 'school', { terms: 'x', holidays: [{ from: null, to: 1 }], exceptions: [7, { day: 1 }] });
    await school('none', 's', 'school', 'no calendar at all');
    expect(stands(await counted([], at('2026-08-20T10:00')))).toEqual({
      summer: 'exempt',
      odd: 'overdue',
      none: 'overdue',
    });
    expect(
      soundCalendar({ terms: [{ from: 1, to: 2, title: {} }], exceptions: [{ day: 3, as: 'holiday' }] }),
    ).toMatchObject({
      ...{ terms: [{ from: 1, to: 2 }], holidays: [], exceptions: [{ day: 3 }] },
    });
    for (const odd of [null, 7, 'x', [], { terms: {} }]) expect(() => soundCalendar(odd)).not.toThrow();
  });
});

describe('at the door', () => {
  test('is for those who see figures, and a file that is taken is a line of the trail', async () => {
    await school('a', '江川路');
    await school('b', '颛桥');
    const bureau = await openBureau({ db });
    await bureau.officer('chief', 'chief', ['江川路']);
    await bureau.officer('wall', 'screen');
    expect((await bureau.ask('/api/drills')).status).toBe(401);
    const cookie = await bureau.login('chief');
    const seen = (await (await bureau.ask('/api/drills', { cookie })).json()) as DrillCounts;
    expect(seen.schools.map((one) => one.school)).toEqual(['a']);
    expect((await bureau.ask('/api/drills', { cookie: await bureau.login('wall') })).status).toBe(403);
    const csv = await bureau.ask('/api/drills/report.csv?lang=zh', { cookie });
    expect(await csv.text()).toMatch(/应急疏散演练统计[\s\S]*a,江川路,每月/);
    const trail = await db.query("SELECT officer, body FROM trail WHERE kind = 'exported'");
    expect(trail).toEqual([{ officer: 'chief', body: { what: 'drills report.csv' } }]);
  });
});
