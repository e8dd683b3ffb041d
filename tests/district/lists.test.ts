/**
 * The bureau's lists before a whole district: alarms are found by everything that may be asked, page by page and without a gap; figures are those of
 * the journals that schools have now; streets and silent calls bound them; looks and files are in the trail.
 */
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DistrictRole } from '../../src/district/board/district-rights.ts';
import type { CanteenRates, FoundAlarms, PatrolRates, RatesAnswer } from '../../src/district/board/list-types.ts';
import type { Database } from '../../src/district/database/database.ts';
import { type Bureau, openBureau } from './bureau.ts';
import { embedded } from './embedded-store.ts';
import { hour, listNoon, madeAlarm, madeDistrict, madeSchool } from './made-lists.ts';

let db: Database;
let bureau: Bureau;
let n = 0;
beforeAll(async () => {
  ({ db } = await embedded.open());
  await madeDistrict(db);
});
afterAll(() => db?.close());
beforeEach(async () => {
  bureau = await openBureau({ db });
});

async function officer(role: DistrictRole = 'duty', streets: readonly string[] = []) {
  const name = `l${++n}`;
  await bureau.officer(name, role, streets);
  const cookie = await bureau.login(name);
  const json = async <T>(path: string): Promise<T> => {
    const answer = await bureau.ask(path, { cookie });
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const found = async (query: string) =>
    (await json<FoundAlarms>(`/api/alarms?${query}`)).rows.map(({ school, id }) => `${school}/${id}`);
  return { name, cookie, json, found };
}
const days = 'from=2026-11-24&to=2026-11-25';

describe('alarms of all schools', () => {
  test.each([
    ['', ['er-xiao/1', 'yi-zhong/2', 'yi-zhong/1', 'yi-zhong/3']],
    ['priority=1', ['er-xiao/1', 'yi-zhong/1']],
    ['kind=masked', ['yi-zhong/2']],
    ['street=%E5%8F%A4%E7%BE%8E%E8%B7%AF', ['er-xiao/1']],
    ['school=yi-zhong&state=open', ['yi-zhong/2', 'yi-zhong/1']],
    ['state=closed', ['yi-zhong/3']],
    ['reason=B', ['yi-zhong/3']],
    ['reason=B5', ['yi-zhong/3']],
    ['reason=C', []],
    [`from=${listNoon}&to=${listNoon + hour}`, ['yi-zhong/1']],
    ['text=%E6%9D%8E%E5%BC%BA', ['yi-zhong/1']],
    [`text=${encodeURIComponent('遮挡')}`, ['yi-zhong/2']],
    [`text=${encodeURIComponent('第一中学 东围栏 张伟')}`, ['yi-zhong/3']],
    [`text=${encodeURIComponent('0%_灶')}`, ['yi-zhong/2']],
    [`text=${encodeURIComponent('%%')}`, []],
    [`text=${encodeURIComponent("' OR 1=1 --")}`, []],
  ])('are found by “%s”', async (query, expected) => {
    expect(await (await officer()).found(query)).toEqual(expected);
  });
  test('come page by page without a gap, whatever comes in front meanwhile', async () => {
    await madeSchool(db, 'many', '多多小学', '多多路');
    // Many of one moment, so that the time alone is no key.
    for (let id = 1; id <= 120; id++) await madeAlarm(db, { school: 'many', id, at: listNoon });
    const { json } = await officer('duty', ['多多路']);
    const ids: number[] = [];
    let before = '';
    for (let page = 0; page < 4; page++) {
      const { rows, next } = await json<FoundAlarms>(`/api/alarms?school=many${before}`);
      ids.push(...rows.map(({ id }) => id));
      if (page === 0) await madeAlarm(db, { school: 'many', id: 500, at: listNoon + hour });
      if (next === undefined) break;
      before = `&before=${encodeURIComponent(next)}`;
    }
    expect(ids).toEqual(Array.from({ length: 120 }, (_, i) => 120 - i));
    await db.query("DELETE FROM alarm WHERE school = 'many'");
    await db.query("DELETE FROM school WHERE school = 'many'");
  });
  test('raised under force are found by the head and the auditor alone', async () => {
    const [duty, chief, auditor] = [await officer('duty'), await officer('chief'), await officer('auditor')];
    expect(await duty.found('kind=duress')).toEqual([]);
    expect(await chief.found('kind=duress')).toEqual(['yi-zhong/4']);
    expect(await auditor.found('text=%234')).toEqual(['yi-zhong/4']);
    const csv = await (await bureau.ask('/api/alarms/report.csv?priority=1', { cookie: duty.cookie })).text();
    expect(csv).not.toContain('2026-11-25 14:00:00');
    const whole = await (await bureau.ask('/api/alarms/report.csv?priority=1', { cookie: chief.cookie })).text();
    expect(whole).toContain('2026-11-25 14:00:00');
  });
  test('are those of his streets, and so are the streets themselves', async () => {
    const { found, json } = await officer('duty', ['古美路']);
    expect(await found('')).toEqual(['er-xiao/1']);
    expect(await found('school=yi-zhong')).toEqual([]);
    expect(await json('/api/streets')).toEqual({ streets: ['古美路'] });
  });
  test('are looked at and taken away in the trail', async () => {
    const { name, json, cookie } = await officer();
    await json('/api/alarms?priority=1');
    const xlsx = await bureau.ask('/api/alarms/report.xlsx?priority=1&lang=en', { cookie });
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(await xlsx.arrayBuffer());
    const cells = book.worksheets.flatMap((sheet) => sheet.getSheetValues().flat().map(String));
    expect(cells).toEqual(expect.arrayContaining(['yi-zhong', '李强', 'er-xiao']));
    const trail = await db.query<{ kind: string; body: object }>(
      "SELECT kind, body FROM trail WHERE officer = $1 AND kind <> 'login' ORDER BY n",
      [name],
    );
    expect(trail).toMatchObject([
      { kind: 'looked', body: { alarms: { priority: 1 } } },
      { kind: 'exported', body: { ending: 'xlsx' } },
    ]);
  });
  test('are for no screen and no stranger, and nonsense is refused', async () => {
    const { cookie } = await officer('screen');
    expect((await bureau.ask('/api/alarms', { cookie })).status).toBe(403);
    expect((await bureau.ask('/api/alarms')).status).toBe(401);
    const duty = await officer();
    for (const query of ['priority=9', 'state=x', 'reason=%25', 'from=-1', `text=${'x'.repeat(101)}`, 'what=1'])
      expect([query, (await bureau.ask(`/api/alarms?${query}`, { cookie: duty.cookie })).status]).toEqual([query, 400]);
  });
});

describe('figures of schools', () => {
  test('of patrol count rounds that are over, of the journal a school has now', async () => {
    const { json } = await officer();
    const { days: each, rows } = await json<RatesAnswer<PatrolRates>>(`/api/patrol-rates?${days}`);
    expect(each).toEqual(['2026-11-24', '2026-11-25']);
    expect(rows).toMatchObject([
      { school: 'er-xiao', rounds: 0, due: 0, days: [] },
      {
        ...{ school: 'yi-zhong', rounds: 2, due: 20, reached: 19, onTime: 18, missed: 1 },
        days: [
          { day: '2026-11-24', good: 9, of: 10 },
          { day: '2026-11-25', good: 10, of: 10 },
        ],
      },
    ]);
  });
  test('of canteens count kitchen cameras and rectifications', async () => {
    const { json } = await officer();
    const { rows } = await json<RatesAnswer<CanteenRates>>(`/api/canteen-rates?${days}&school=yi-zhong`);
    expect(rows).toMatchObject([
      {
        ...{ cameras: 2, upMs: 15 * hour, dueMs: 20 * hour, open: 2, overdue: 1, closed: 1 },
        days: [{ day: '2026-11-25', good: 15 * hour, of: 20 * hour }],
      },
    ]);
  });
  test('are those of his streets, and are taken away as files', async () => {
    const { json, cookie } = await officer('duty', ['古美路']);
    for (const kind of ['patrol-rates', 'canteen-rates']) {
      const { rows } = await json<RatesAnswer<PatrolRates>>(`/api/${kind}?${days}`);
      expect(rows.map(({ school }) => school)).toEqual(['er-xiao']);
      const csv = await (await bureau.ask(`/api/${kind}/report.csv?${days}`, { cookie })).text();
      expect(csv).toContain('第二小学');
      expect(csv).not.toContain('第一中学');
    }
  });
  test('are for at most a quarter, in the order of days', async () => {
    const { cookie } = await officer();
    for (const span of [
      'from=2026-01-01&to=2026-11-01',
      'from=2026-11-02&to=2026-11-01',
      'from=2026-02-30&to=2026-03-01',
    ])
      expect((await bureau.ask(`/api/patrol-rates?${span}`, { cookie })).status).toBe(400);
  });
});
