/**
 * What the district keeps, in a real Chromium before a whole district: how long and how much, hourly values with and without a store, a password of
 * one's own, and the earlier journal of a school that joined again.
 */
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Database } from '../../src/district/database/database.ts';
import { openHourStore } from '../../src/district/series/hour-store.ts';
import { type Bureau, openBureau } from '../district/bureau.ts';
import { embedded } from '../district/embedded-store.ts';
import { MadeSchool } from '../district/made-school.ts';
import { addSchool, testNode } from '../district/some-district.ts';
import { startInfluxd } from '../peers/influxd.ts';
import { openPage, type Stage, setStage, until } from './stage.ts';

const HOUR = 3_600_000;
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

async function pageOf(bureau: Bureau, officer: string, path: string) {
  const [name, value] = (await bureau.login(officer)).split('=');
  const { page, errors } = await openPage(stage, `${bureau.url}/login`);
  await page.context().addCookies([{ name: name!, value: decodeURIComponent(value!), url: bureau.url }]);
  await page.goto(`${bureau.url}${path}?lang=zh`);
  onTestFinished(() => page.close());
  return { page, errors };
}
const says = (text: string) => `document.body.textContent.includes(${JSON.stringify(text)})`;

test('the page of values says what is missing, and with a store draws what was measured', async () => {
  const school = new MadeSchool('east-9').begin();
  await addSchool(db, school);
  const bare = await openBureau({ db, ui: stage.built });
  await bare.officer('wang', 'duty');
  const { page } = await pageOf(bare, 'wang', '/district/values');
  await until(page, says('没有配置时序数据库'));
  const influxd = await startInfluxd();
  onTestFinished(() => influxd.stop());
  const options = { url: influxd.url, database: 'shown' };
  const now = Math.floor(Date.now() / HOUR) * HOUR;
  const hours = Array.from({ length: 60 }, (_, i) => ({
    ...{ device: 'fridge-1', point: 'temperature', hour: now - (80 - i - (i > 30 ? 10 : 0)) * HOUR },
    ...{ mean: 4 + Math.sin(i / 4), min: 3, max: 6 + (i % 5), count: 360 },
  }));
  await openHourStore({ ...options, keepDays: 1_095 }).write(school.id, hours);
  const bureau = await openBureau({ db, ui: stage.built, influx: options });
  const shown = await pageOf(bureau, 'wang', '/district/values');
  await shown.page.selectOption('select[name=school]', school.id);
  await until(shown.page, `document.querySelectorAll('.valuechart .mean').length === 2`);
  expect(await shown.page.locator('.valuefigures').first().innerText()).toContain('最高 10');
  expect(shown.errors).toEqual([]);
});

test('an officer changes his password, and the head sees how much is kept and what a school had before', async () => {
  const bureau = await openBureau({ db, ui: stage.built });
  const school = new MadeSchool('east-8').begin();
  await addSchool(db, school);
  school.raise('z1/intrusion');
  await testNode(db).take(school.batch());
  await bureau.officer('gu', 'admin');
  await bureau.officer('zhao', 'chief');
  await bureau.officer('lin', 'duty');
  const admin = await bureau.login('gu');
  await bureau.send(`/api/schools/${school.id}/leave`, {}, admin);
  await bureau.send(`/api/schools/${school.id}/rejoin`, {}, admin);

  const lin = await pageOf(bureau, 'lin', '/district/account');
  const fill = async (old: string, again: string) => {
    await lin.page.fill('input[name=password]', old);
    await lin.page.fill('input[name=newPassword]', 'abendstern 77');
    await lin.page.fill('input[name=again]', again);
    await lin.page.getByRole('button', { name: '修改密码' }).click();
  };
  await fill('something else', 'abendstern 77');
  await until(lin.page, says('现在的密码不正确'));
  await fill('correct horse 9', 'abendstern 78');
  await until(lin.page, says('两次输入的新密码不一致'));
  await fill('correct horse 9', 'abendstern 77');
  await until(lin.page, says('密码已修改'));

  const zhao = await pageOf(bureau, 'zhao', '/district/records');
  await until(zhao.page, says('1095 天'));
  await until(zhao.page, `document.querySelectorAll('.accessrows')[1]?.textContent.includes('journal')`);
  await zhao.page.goto(`${bureau.url}/district/schools?lang=zh`);
  await zhao.page.getByRole('button', { name: school.id }).click();
  await zhao.page.getByRole('button', { name: '条报警' }).click();
  await until(zhao.page, says('P1'));
  expect([...lin.errors, ...zhao.errors].filter((one) => !one.includes('422'))).toEqual([]);
});
