/**
 * The bureau's page of drills in a real Chromium before a real district: who is overdue stands first and in colour and words, filters and the
 * file, an answer that fails is said, both languages, nothing wider than a narrow screen.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../src/district/database/database.ts';
import { type Bureau, openBureau } from '../district/bureau.ts';
import { embedded } from '../district/embedded-store.ts';
import { openPage, type Stage, setStage, until } from './stage.ts';

let stage: Stage;
let db: Database;
beforeAll(async () => {
  stage = await setStage();
  ({ db } = await embedded.open());
  const dayMs = 86_400_000;
  const now = Date.now();
  // An hour before the month began is the month before, whatever today is; noon of its second day is in this one.
  const monthStart =
    Date.UTC(new Date(now + 8 * 3_600_000).getUTCFullYear(), new Date(now + 8 * 3_600_000).getUTCMonth(), 1) -
    8 * 3_600_000;
  const schools = [
    ['mh-01', '江川路小学', 'Jiangchuan Rd Primary', monthStart - 70 * dayMs],
    ['mh-02', '颛桥中心小学', 'Zhuanqiao Primary', monthStart - 3_600_000],
    ['mh-03', '莘庄中学', 'Xinzhuang Middle School', monthStart + 60_000],
  ] as const;
  for (const [i, [school, zh, en, startedAt]] of schools.entries()) {
    await db.query(
      `INSERT INTO school (school, name_zh, name_en, short_zh, short_en, street, kind, joined_at) VALUES ($1, $2, $3, $1, $1, '江川路', 'school', 0)`,
      [school, zh, en],
    );
    await db.query(
      `INSERT INTO drill (school, epoch, id, started_at, started_by, kind, ended_at, all_present_at, due, present) VALUES ($1, 1, $2, $3, 'x', 'fire', $4, $5, 800, 798)`,
      [school, i + 1, startedAt, startedAt + 400_000, startedAt + 95_000],
    );
  }
});
afterAll(async () => {
  await stage?.end();
  await db?.close();
});

async function opened(lang = 'zh', width = 1920) {
  const bureau: Bureau = await openBureau({ db, ui: stage.built });
  await bureau.officer('duty', 'duty');
  const [name = '', value = ''] = (await bureau.login('duty')).split('=');
  const { page, errors } = await openPage(stage, `${bureau.url}/login`, { width, height: 1080 });
  await page.context().addCookies([{ name, value, url: bureau.url }]);
  await page.goto(`${bureau.url}/district/drills?lang=${lang}`);
  await page.waitForSelector('.drillschools tbody tr');
  return { bureau, page, errors };
}

test('shows who is overdue first, in words and colour, then who is due and who has done it, and what was held', async () => {
  const { page, errors } = await opened();
  const rows = await page.locator('.drillschools tbody tr').allInnerTexts();
  expect(rows.map((row) => row.split('\t').slice(0, 4))).toEqual([
    ['江川路小学', '江川路', '每月', '逾期'],
    ['颛桥中心小学', '江川路', '每月', '未开展'],
    ['莘庄中学', '江川路', '每月', '已开展'],
  ]);
  expect(await page.locator('.drillschools tbody tr').first().locator('.p3').count()).toBe(1);
  expect(await page.locator('.drillrecent tbody tr').first().innerText()).toMatch(
    /莘庄中学\t[\s\S]*消防疏散\t已完成\t798\/800\t1 分 35 秒\t0/,
  );
  await page.getByRole('button', { name: '逾期 1' }).click();
  await until(page, `document.querySelectorAll('.drillschools tbody tr').length === 1`);
  expect(errors).toEqual([]);
});

test('in English says the same, and fits a narrow screen', async () => {
  const { page } = await opened('en', 390);
  expect(await page.locator('.drillschools tbody tr').first().innerText()).toMatch(
    /Jiangchuan Rd Primary[\s\S]*monthly\s+Overdue/,
  );
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
});

test('says when the district does not answer, and that what stands there is from before', async () => {
  const { bureau, page } = await opened();
  await bureau.district.close();
  await page.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`);
  await until(page, `document.querySelector('.stalebar')?.textContent.includes('先前的内容') === true`);
});
