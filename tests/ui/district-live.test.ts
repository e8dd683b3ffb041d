/**
 * The bureau's wall before a whole district: a school sends an alarm, the officer's wall shows it, and shows the school as lost when it is
 * silent. Real node, real database, real Chromium.
 */
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Database } from '../../src/district/database/database.ts';
import { makeSchoolKey } from '../../src/district/ingest/school-key.ts';
import { openBureau } from '../district/bureau.ts';
import { embedded } from '../district/embedded-store.ts';
import { MadeSchool } from '../district/made-school.ts';
import { openPage, type Stage, setStage, until } from './stage.ts';

let stage: Stage;
let db: Database;
beforeAll(async () => {
  stage = await setStage();
  ({ db } = await embedded.open());
});
afterAll(async () => {
  await stage?.end();
  await db?.close();
});

test('an alarm of a school stands on the wall of its officer, and goes grey when the school falls silent', async () => {
  const bureau = await openBureau({ db, ui: stage.built });
  await bureau.officer('li', 'duty', ['East']);
  const { key, id, hash } = makeSchoolKey('east-1');
  await db.query(
    `INSERT INTO school (school, name_zh, name_en, short_zh, short_en, street, kind, x, y, joined_at)
     VALUES ('east-1', '东区实验小学', 'Shiyan Primary', '实验小学', 'Shiyan Pri.', 'East', 'school', 400, 400, 0)`,
  );
  await db.query("INSERT INTO school_key (school, id, hash, made_at, made_by) VALUES ('east-1', $1, $2, 0, 'admin')", [
    ...[id, hash],
  ]);
  const cookie = await bureau.login('li');
  const { page, context, errors } = await openPage(stage, 'about:blank');
  onTestFinished(() => page.close());
  const [name, value] = cookie.split('=') as [string, string];
  await context.addCookies([{ name, value, url: bureau.url }]);
  await page.goto(`${bureau.url}/district?lang=zh`);
  await page.waitForSelector('.school-tile.never');
  const school = new MadeSchool('east-1');
  school.at = Date.now() - 5_000;
  school.begin().raise('z1/intrusion', 1);
  const answer = await bureau.ask('/ingest', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ ...school.batch(), clock: Date.now() }),
  });
  expect(answer.status).toBe(200);
  await page.waitForSelector('.school-tile.asks1');
  expect(await page.locator('.school-tile').textContent()).toMatch(/实验小学1\d+秒入侵/);
  expect(await page.locator('[data-waiting="1"]').textContent()).toBe('11');
  bureau.advance(95_000);
  await page.waitForSelector('.school-tile.lost');
  // Its age stands there with the next beat, which brings the district's time.
  await until(page, `/失联 1分最后 \\d\\d:\\d\\d失联前1/.test(document.querySelector('.school-tile').textContent)`);
  await until(page, `document.querySelector('.board-head').textContent.includes('失联 1')`);
  await page.goto(`${bureau.url}/district/map?lang=zh`);
  await page.waitForSelector('.outline .is-gone');
  expect(errors).toEqual([]);
});
