/**
 * The history of alarms in a real Chromium: a closed alarm is found by what a person remembers of it, reads as it did while it
 * was open, and has no button that would change it.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { quietDay } from './scenes.ts';
import { busyDay } from './scenes-life.ts';
import { type Feeder, feederFor, openPage, type Stage, setStage, until } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.end());

const open = async (feeder: Feeder, address = '/alarms?lang=zh', width = 1920) => {
  const opened = await openPage(stage, feeder.url + address, { width, height: 1080 });
  await opened.page.waitForSelector('.bygone .item');
  return opened;
};
const titles = (page: Page) => page.locator('.bygone .main').allTextContents();

describe('the history', () => {
  test('has a closed alarm in full, as it was while it was open, and nothing to press', async () => {
    const feeder = await feederFor(stage, quietDay());
    const { page, errors } = await open(feeder);
    expect(await titles(page)).toEqual(['6区 西南角 断线']);
    await page.locator('.bygone .item').click();
    await page.waitForSelector('[data-story] .timeline time');
    const text = await page.locator('[data-story]').textContent();
    expect(text).toContain('由 王建国 关闭：B5 施工、维护');
    expect(text).toContain('确认王建国 13:33');
    expect(await page.locator('.timeline').textContent()).toContain('触发（1 级）：围栏主机');
    expect(await page.locator('[data-story] button:not(.case), [data-story] input').count()).toBe(0);
    expect(new URL(page.url()).pathname).toMatch(/^\/alarms\/\d+$/);
    const asked = page.waitForRequest(/\/api\/cases\//);
    const kept = page.waitForEvent('download');
    const headers = { 'content-type': 'application/zip', 'content-disposition': 'attachment; filename="case-7.zip"' };
    await page.route(/\/api\/cases\//, (route) => route.fulfill({ status: 200, headers, body: 'a file' }));
    await page.locator('[data-story] button.case').click();
    const request = await asked;
    expect((await kept).suggestedFilename()).toBe('case-7.zip');
    expect(`${request.method()} ${new URL(request.url()).pathname}`).toBe(
      `POST /api/cases/${new URL(page.url()).pathname.split('/').pop()}.zip`,
    );
    await page.reload();
    await page.waitForSelector('[data-story]');
    await page.goBack();
    await until(page, `document.querySelector('[data-story]') === null`);
    expect(errors).toEqual([]);
  });
  test('is narrowed by zone, kind, how it ended and any word, and a search can be sent to somebody', async () => {
    const feeder = await feederFor(stage, busyDay());
    const { page } = await open(feeder);
    const all = (await titles(page)).length;
    expect(all).toBeGreaterThan(6);
    await page.locator('.filters select').nth(3).selectOption('B');
    await until(page, `document.querySelectorAll('.bygone .item').length === 1`);
    await page.locator('.filters select').nth(3).selectOption('');
    await page.locator('.filters select').first().selectOption('z6');
    await until(page, `document.querySelectorAll('.bygone .item').length === 2`);
    await page.fill('.filters input', '断线 王建国');
    await until(page, `document.querySelector('.hits').textContent.includes('找到 1 条')`);
    const address = page.url().slice(feeder.url.length);
    const again = await open(feeder, address);
    expect(await titles(again.page)).toEqual(await titles(page));
    await page.fill('.filters input', '没有这样的词');
    await page.waitForSelector('.note:has-text("没有符合条件的报警")');
  });
  test('leads from an alarm that is still open to the desk', async () => {
    const feeder = await feederFor(stage, busyDay());
    const { page } = await open(feeder);
    await page.locator('.bygone .item', { hasText: '4区' }).first().click();
    await page.waitForSelector('[data-story] a[href="/console"]');
  });
  test('says of a number that is none', async () => {
    const feeder = await feederFor(stage, quietDay());
    const { page } = await open(feeder, '/alarms/99999?lang=zh');
    await until(page, `document.body.textContent.includes('没有编号 99999 的报警')`);
  });
  test('offers the days as CSV to who may take records out, and to nobody else', async () => {
    const { page } = await open(await feederFor(stage, quietDay()));
    expect(await page.locator('a[download]').getAttribute('href')).toMatch(/^\/api\/export\/alarms\.csv\?from=\d+$/);
    const other = await open(await feederFor(stage, quietDay(), 'integrator'));
    expect(await other.page.locator('a[download]').count()).toBe(0);
  });
  test('is no wider than a phone', async () => {
    const { page } = await open(await feederFor(stage, busyDay()), '/alarms?lang=en', 390);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  });
});
