/**
 * The bureau's lists in a real Chromium on a real district: what is looked for stands in the address, each row leads to the copy of its school, and
 * figures are read in both languages and on a phone.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DistrictRole } from '../../src/district/board/district-rights.ts';
import type { Database } from '../../src/district/database/database.ts';
import { type Bureau, openBureau } from '../district/bureau.ts';
import { embedded } from '../district/embedded-store.ts';
import { listNoon, madeAlarm, madeDistrict } from '../district/made-lists.ts';
import { openPage, type Stage, setStage, until } from './stage.ts';

let stage: Stage;
let db: Database;
let bureau: Bureau;
let n = 0;
beforeAll(async () => {
  stage = await setStage();
  ({ db } = await embedded.open());
  await madeDistrict(db);
  for (let id = 100; id < 160; id++)
    await madeAlarm(db, { school: 'er-xiao', epoch: 2, id, at: listNoon - id * 60_000 });
});
afterAll(async () => {
  await stage?.end();
  await db?.close();
});
beforeEach(async () => {
  bureau = await openBureau({ db, ui: stage.built });
  // The days that pages show are those of the made rows.
  bureau.advance(listNoon - Date.now());
});

async function list(
  path: string,
  {
    role = 'duty',
    lang = 'zh',
    width = 1920,
    height = 1080,
  }: { role?: DistrictRole; lang?: string; width?: number; height?: number } = {},
) {
  const name = `list-${++n}`;
  await bureau.officer(name, role);
  const [cookie = '', ...value] = (await bureau.login(name)).split('=');
  const at = await openPage(stage, 'about:blank', { width, height });
  await at.context.addCookies([{ name: cookie, value: value.join('='), url: bureau.url }]);
  await at.page.goto(`${bureau.url}${path}${path.includes('?') ? '&' : '?'}lang=${lang}&theme=day`);
  await at.page.waitForSelector('.listrows tbody tr');
  return at;
}
const shots = async (page: Awaited<ReturnType<typeof list>>['page'], name: string) => {
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}.png` });
};

describe('the alarms of all schools', () => {
  test.each([
    ['zh', 1920, 1080],
    ['en', 1920, 1080],
    ['zh', 390, 844],
    ['en', 390, 844],
  ] as const)('are read in %s at %i', async (lang, width, height) => {
    const { page, errors } = await list('/district/alarms', { lang, width, height });
    expect(await page.locator('.listrows tbody tr').count()).toBe(50);
    expect(await page.locator('[data-found="er-xiao/1"]').innerText()).toContain(lang === 'zh' ? '先到' : 'came ahead');
    expect(await page.locator('[data-found="yi-zhong/4"]').count()).toBe(0);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await shots(page, `list-${width}-${lang}`);
    expect(errors).toEqual([]);
  });
  test('are narrowed by what is chosen, which stands in the address, and go on by pages', async () => {
    const { page } = await list('/district/alarms');
    await page.locator('text=更早的').click();
    await until(page, 'document.querySelectorAll(".listrows tbody tr").length > 60');
    await page.locator('input[name="text"], input[type="search"]').first().fill('张伟');
    await page.keyboard.press('Enter');
    await until(page, 'document.querySelectorAll(".listrows tbody tr").length === 1');
    expect(await page.locator('[data-found="yi-zhong/3"]').innerText()).toContain('B5');
    expect(new URL(page.url()).searchParams.get('text')).toBe('张伟');
    await page.goto(page.url());
    await page.waitForSelector('.listrows tbody tr');
    expect(await page.locator('.listrows tbody tr').count()).toBe(1);
    const way = page.locator('[data-found="yi-zhong/3"] a').first();
    expect(await way.getAttribute('href')).toBe('/district/s/yi-zhong/alarms/3');
  });
  test('show a silent call to the head, and an auditor is offered no urging', async () => {
    const head = await list('/district/alarms?school=yi-zhong', { role: 'chief' });
    expect(await head.page.locator('[data-found="yi-zhong/4"]').innerText()).toContain('无声求助');
    expect(await head.page.locator('.act-order').count()).toBeGreaterThan(0);
    const auditor = await list('/district/alarms?school=yi-zhong', { role: 'auditor' });
    expect(await auditor.page.locator('.act-order').count()).toBe(0);
  });
  test.each([
    ['zh', 1920],
    ['en', 390],
  ] as const)('are urged beside the alarm, from the keyboard alone, in %s at %i', async (lang, width) => {
    const { page, errors } = await list('/district/alarms?school=yi-zhong', { lang, width });
    const found = page.locator('[data-found="yi-zhong/1"]');
    await found.locator('.act-order').focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('.orderbeside textarea:focus');
    expect(await page.locator('.orderform .orderabout').innerText()).toMatch(
      lang === 'zh' ? /第一中学\s+报警 1/ : /yi-zhong\s+alarm 1/,
    );
    await page.keyboard.press('Escape');
    await until(page, 'document.querySelector(".orderbeside") === null');
    expect(await page.evaluate('document.activeElement.className')).toContain('act-order');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.orderbeside textarea:focus');
    await page.keyboard.type(`请说明处置情况 ${lang}`);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForSelector(`.orderbeside tr[data-order]:has-text("请说明处置情况 ${lang}")`);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await shots(page, `beside-${width}-${lang}`);
    const [given] = await db.query<{ body: object }>('SELECT body FROM command ORDER BY at DESC LIMIT 1');
    expect(given?.body).toMatchObject({ school: 'yi-zhong', kind: 'urge', alarm: 1 });
    expect(errors).toEqual([]);
  });
  test('are taken as a file that was asked for as the page shows it', async () => {
    const { page } = await list('/district/alarms?priority=3');
    const download = page.waitForEvent('download');
    await page.locator('a[href*="report.csv"]').click();
    const path = await (await download).path();
    const { readFile } = await import('node:fs/promises');
    const text = await readFile(path, 'utf8');
    expect(text).toContain('100%_灶台');
    expect(text).not.toContain('李强');
  });
});

describe('the figures of schools', () => {
  test.each([
    ['patrol', 'zh', 1920],
    ['patrol', 'en', 390],
    ['canteen', 'en', 1920],
    ['canteen', 'zh', 390],
  ] as const)('of %s are read in %s at %i', async (path, lang, width) => {
    const { page, errors } = await list(`/district/${path}`, { lang, width, height: width === 390 ? 844 : 1080 });
    const row = await page.locator('[data-school="yi-zhong"]').innerText();
    expect(row).toContain(path === 'patrol' ? '95.0' : '75.0');
    expect(row).toContain('—');
    expect(await page.locator('.listrows thead th.n').count()).toBe(7);
    await page.locator('.chooser .btn').nth(1).click();
    await until(page, 'document.querySelectorAll(".listrows thead th.n").length === 30');
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await shots(page, `rates-${path}-${width}-${lang}`);
    expect(errors).toEqual([]);
  });
});
