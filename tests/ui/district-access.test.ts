/**
 * An administrator's and a head's first day in a real Chromium before a whole district: the password that was drawn, one of his own, the QR code, the
 * one-time code; a school with its key and how it joins; an officer; the trail of it all, verified.
 */
import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { addOfficer } from '../../src/district/access/officers.ts';
import type { Database } from '../../src/district/database/database.ts';
import { readSchoolKey } from '../../src/district/ingest/school-key.ts';
import { hashOf } from '../../src/server/auth/hash.ts';
import { type Bureau, openBureau } from '../district/bureau.ts';
import { CopiedCampus } from '../district/copied-school.ts';
import { embedded } from '../district/embedded-store.ts';
import { addSchool } from '../district/some-district.ts';
import { alarmDay } from './scenes.ts';
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

const drawn = 'abcd-efgh-jkmn-pqrs';
async function opened(bureau: Bureau, lang: 'zh' | 'en', address: string) {
  const { page, errors } = await openPage(stage, `${bureau.url}${address}?lang=${lang}`);
  onTestFinished(() => page.close());
  return { page, errors };
}

/** Logs in for the first time; resolves on the page that was asked for. */
async function firstLogin(page: Page, user: string, password: string, own: string): Promise<void> {
  await page.fill('input[name=user]', user);
  await page.fill('input[name=password]', password);
  await page.keyboard.press('Enter');
  await page.fill('input[name=new]', 'short');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.failed');
  await page.fill('input[name=new]', own);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.enrol svg path');
  const secret = (await page.locator('.enrol code').innerText()).replaceAll(' ', '');
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  await page.fill('input[name=code]', totp.generate() === '000000' ? '111111' : '000000');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.failed');
  await page.fill('input[name=code]', totp.generate());
  await page.keyboard.press('Enter');
  await page.waitForSelector('.bar .here');
}

test('an administrator comes in by password and code, adds a school whose key works, and an officer who sees it', async () => {
  const bureau = await openBureau({ db, ui: stage.built });
  await addOfficer(
    db,
    { name: 'boss', shown: 'boss', role: 'admin', streets: [], oidc: null },
    await hashOf(drawn),
    Date.now(),
  );
  const { page, errors } = await opened(bureau, 'zh', '/district/schools');
  await firstLogin(page, 'boss', drawn, 'morgenstern 42');
  expect(new URL(page.url()).pathname).toBe('/district/schools');
  await page.getByRole('button', { name: '新增学校' }).click();
  const texts = {
    school: 'yi-zhong',
    nameZh: '第一中学',
    nameEn: 'No. 1 Middle School',
    shortZh: '一中',
    shortEn: 'No.1 Mid.',
  };
  for (const [name, text] of Object.entries({ ...texts, street: '江川路', x: '300', y: '400' }))
    await page.fill(`input[name=${name}]`, text);
  // As the school's own configuration counts: letters are half as wide, and what it would refuse is refused here.
  await page.fill('input[name=shortZh]', '第一中学东校区');
  await page.getByRole('button', { name: '保存' }).click();
  expect(await page.evaluate("document.querySelector('input[name=shortZh]').validationMessage")).toContain('6 个汉字');
  await page.fill('input[name=shortZh]', 'No.1 东中');
  await page.getByRole('button', { name: '保存' }).click();
  const key = (await page.locator('.once code').innerText()).trim();
  expect(readSchoolKey(key)?.school).toBe('yi-zhong');
  expect(await page.locator('.once pre').innerText()).toContain(`DISTRICT_KEY=${key}`);
  const poll = {
    protocol: 1,
    school: 'yi-zhong',
    boot: crypto.randomUUID(),
    version: '1',
    clock: Date.now(),
    head: 0,
    now: true,
  };
  const asked = () =>
    bureau.ask('/poll', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify(poll),
    });
  expect((await asked()).status).toBe(200);
  await page.reload();
  await until(page, `document.querySelector('[data-school=yi-zhong]')?.textContent.includes('在线') === true`);
  expect(await page.content()).not.toContain(key);
  await page.getByRole('button', { name: '第一中学' }).click();
  await page.getByRole('button', { name: '作废' }).click();
  await until(page, `document.body.textContent.includes('已作废')`);
  expect((await asked()).status).toBe(401);

  await page.goto(`${bureau.url}/district/people?lang=zh`);
  await page.getByRole('button', { name: '新增人员' }).click();
  await page.fill('input[name=name]', 'chen');
  await page.fill('input[name=shown]', '陈科长');
  await page.selectOption('select[name=role]', 'chief');
  await page.fill('input[name=streets]', '江川路，古美路');
  await page.getByRole('button', { name: '保存' }).click();
  const first = (await page.locator('.once code').innerText()).trim();
  await until(page, `document.querySelector('[data-officer=chen]')?.textContent.includes('江川路、古美路') === true`);
  // Nothing of the records is his to see.
  expect(await page.locator('.bar a').allInnerTexts()).toEqual(['学校', '人员', '记录保存', '修改密码']);

  const chen = await opened(bureau, 'en', '/district/trail');
  await firstLogin(chen.page, 'chen', first, 'abendstern 43');
  await chen.page.getByRole('button', { name: 'Verify' }).click();
  await chen.page.waitForSelector('.checkvalue');
  const lines = await chen.page.locator('.trailrows tbody tr').allInnerTexts();
  for (const done of ['added a school', 'made a key', 'withdrew a key', 'set up codes'])
    expect(lines.some((line) => line.includes(done))).toBe(true);
  await db.query(`UPDATE trail SET body = '{"forged": true}'::jsonb WHERE n = 2`);
  await chen.page.getByRole('button', { name: 'Verify' }).click();
  await chen.page.waitForSelector('.flag[role=alert]');
  expect(await chen.page.locator('.flag[role=alert]').innerText()).toContain('2');
  // The browser says of each refusal that it was one.
  expect(
    [...errors, ...chen.errors].filter((error) => !/ 4(?:01|22) /.test(error) && !/status of 4(?:01|22)/.test(error)),
  ).toEqual([]);
});

test.each([
  ['zh', 1920, 1080],
  ['en', 3840, 2160],
] as const)(
  'the page of schools shows keys, certificates and the newest line of a school, in %s at %i',
  async (lang, width, height) => {
    const bureau = await openBureau({ db, ui: stage.built });
    const school = await CopiedCampus.join(bureau, db, `papers-${lang}`, alarmDay());
    await db.query(
      `INSERT INTO school_key (school, id, hash, made_at, made_by, used_at, until) VALUES ($1, '1a2b3c4d', 'x', $2, '-', $2, $3)`,
      [school.id, Date.now(), Date.now() + 20 * 86_400_000],
    );
    await bureau.officer(`papers-${lang}`, 'duty');
    const [cookie = '', value = ''] = (await bureau.login(`papers-${lang}`)).split('=');
    const { page, errors, context } = await openPage(stage, 'about:blank', { width, height });
    await context.addCookies([{ name: cookie, value, url: bureau.url }]);
    await page.goto(`${bureau.url}/district/schools?lang=${lang}`);
    await page.locator(`[data-school=${school.id}] button`).click();
    const row = await page.locator(`[data-school=${school.id}]`).innerText();
    expect(row).toMatch(lang === 'zh' ? /最新一条 \d\d-\d\d \d\d:\d\d/ : /newest \d\d-\d\d \d\d:\d\d/);
    const told = await page.locator(`[data-school=${school.id}] + tr`).innerText();
    expect(told).toMatch(lang === 'zh' ? /1a2b3c4d 证书[\s\S]*到期/ : /1a2b3c4d certificate[\s\S]*until/);
    expect(told).toMatch(lang === 'zh' ? /证书 1a2b3c4d 于 .* 到期/ : /certificate 1a2b3c4d of school .* ends on/);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/schools-${width}-${lang}.png` });
    expect(errors).toEqual([]);
  },
);

test.each([
  ['zh', 1920, 1080, '6 个汉字'],
  ['en', 3840, 2160, '6 Chinese characters'],
] as const)(
  'the form of a school says in %s at %i that a short name is too wide, and takes one that just fits',
  async (lang, width, height, why) => {
    const bureau = await openBureau({ db, ui: stage.built });
    await bureau.officer(`forms-${lang}`, 'admin');
    const [cookie = '', value = ''] = (await bureau.login(`forms-${lang}`)).split('=');
    const { page, errors, context } = await openPage(stage, 'about:blank', { width, height });
    await context.addCookies([{ name: cookie, value, url: bureau.url }]);
    await page.goto(`${bureau.url}/district/schools?lang=${lang}`);
    await page.locator('.accessrows').waitFor();
    await page.locator('button.main').first().click();
    const texts = { school: `wide-${lang}`, nameZh: '外国语学校', nameEn: 'Languages', street: '江川路' };
    for (const [name, text] of Object.entries({ ...texts, shortZh: '外国语东校区', shortEn: '外国语东校区A' }))
      await page.fill(`input[name=${name}]`, text);
    await page.locator('.accessform button[type=submit]').click();
    expect(await page.evaluate("document.querySelector('input[name=shortZh]').validity.valid")).toBe(true);
    expect(await page.evaluate("document.querySelector('input[name=shortEn]').validationMessage")).toContain(why);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/form-${width}-${lang}.png` });
    // Whoever passes the form by is refused by the district itself.
    const about = { ...texts, shortZh: '外国语东校区', kind: 'school', x: null, y: null };
    const ask = (shortEn: string) =>
      bureau.send('/api/schools', { ...about, shortEn }, `${cookie}=${value}`).then(({ status }) => status);
    expect([await ask('外国语东校区A'), await ask('Languages E.')]).toEqual([400, 200]);
    expect(errors).toEqual([]);
  },
);

test.each([
  ['zh', 1920, 1080, '作废未出示过的证书', '确认作废', '证书 · 未出示过'],
  ['en', 3840, 2160, 'Withdraw a certificate that was never shown', 'Withdraw it', 'certificate, never shown'],
] as const)(
  'a certificate that was never shown is withdrawn by its fingerprint, in %s at %i, and what is none is said',
  async (lang, width, height, open, sure, stands) => {
    const bureau = await openBureau({ db, ui: stage.built });
    await addSchool(db, { id: `lost-${lang}` });
    await bureau.officer(`lost-${lang}`, 'admin');
    const [cookie = '', value = ''] = (await bureau.login(`lost-${lang}`)).split('=');
    const { page, errors, context } = await openPage(stage, 'about:blank', { width, height });
    await context.addCookies([{ name: cookie, value, url: bureau.url }]);
    // Chromium would have to trust the certificate of a district that counts certificates; all else is the district's own.
    await page.route('**/api/schools', async (route) => {
      const answer = await route.fetch();
      const told = (await answer.json()) as { join: object };
      await route.fulfill({ response: answer, json: { ...told, join: { ...told.join, certificates: 'count' } } });
    });
    await page.goto(`${bureau.url}/district/schools?lang=${lang}`);
    await page.locator(`[data-school=lost-${lang}] button`).click();
    await page.getByRole('button', { name: open }).click();
    await page.fill('textarea[name=certificate]', 'nothing');
    await page.getByRole('button', { name: sure }).click();
    await page.locator('.accessform .failed').waitFor();
    expect(await page.locator('.accessform .failed').innerText()).toContain('SHA-256');
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/withdraw-${width}-${lang}.png` });
    await page.fill('textarea[name=certificate]', `SHA256 Fingerprint=${'AB:'.repeat(31)}CD`);
    await page.getByRole('button', { name: sure }).click();
    await until(
      page,
      `document.querySelector('[data-school=lost-${lang}] + tr').textContent.includes('abababab ${stands}')`,
    );
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(errors.filter((error) => !/ 422 /.test(error) && !/status of 422/.test(error))).toEqual([]);
  },
);

test('what an address asks for goes on through the links of its tab, and in no other tab; whoever chooses himself is asked no more', async () => {
  const bureau = await openBureau({ db, ui: stage.built });
  await bureau.officer('tongues', 'duty');
  const [cookie = '', value = ''] = (await bureau.login('tongues')).split('=');
  const { page, context } = await openPage(stage, 'about:blank');
  await context.addCookies([{ name: cookie, value, url: bureau.url }]);
  await page.goto(`${bureau.url}/district/alarms?lang=en`);
  const speaks = (one: Page, language: string) => until(one, `document.documentElement.lang === '${language}'`);
  await page.locator('.bar a[href="/district/orders"]').click();
  await page.waitForURL('**/district/orders');
  await speaks(page, 'en');
  const beside = await context.newPage();
  await beside.goto(`${bureau.url}/district/alarms`);
  await speaks(beside, 'zh-CN');
  await page.getByRole('button', { name: '中文' }).click();
  await page.locator('.bar a[href="/district/alarms"]').click();
  await page.waitForURL('**/district/alarms');
  await speaks(page, 'zh-CN');
});

test.each([
  [1920, 1080, 16],
  [3840, 2160, 32],
])(
  'on a screen of %i dots the page of schools is written as large as on any, in dots of its height',
  async (width, height, px) => {
    const bureau = await openBureau({ db, ui: stage.built });
    await addSchool(db, { id: `dots-${width}` });
    await bureau.officer(`dots-${width}`, 'duty');
    const [cookie = '', value = ''] = (await bureau.login(`dots-${width}`)).split('=');
    const { page, context } = await openPage(stage, 'about:blank', { width, height });
    await context.addCookies([{ name: cookie, value, url: bureau.url }]);
    await page.goto(`${bureau.url}/district/schools?lang=zh`);
    const row = page.locator(`[data-school=dots-${width}] td`).nth(1);
    await row.waitFor();
    // A line of text is 1.45 times as high as its letters.
    const { height: tall = 0 } = (await row.boundingBox()) ?? {};
    expect(tall).toBeGreaterThanOrEqual(px * 1.45);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/dots-${width}.png` });
  },
);
