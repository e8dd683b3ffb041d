/**
 * The page of alarm figures in a real Chromium: it shows what the gateway reckoned, for the days a person chose, in both
 * languages and on a phone; and it promises nothing of days nobody recorded.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { alarmDay, quietDay, raised } from './scenes.ts';
import { type Feeder, feederFor, openPage, type Stage, setStage, until } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.end());

const open = async (feeder: Feeder, query = 'days=0', width = 1920) => {
  const opened = await openPage(stage, `${feeder.url}/kpi?lang=zh&${query}`, { width, height: 1080 });
  await opened.page.waitForSelector('.chooser');
  await until(opened.page, `!document.body.textContent.includes('正在加载')`);
  return opened;
};
const heads = (page: Page) => page.locator('.figures b').allTextContents();
const row = (page: Page, name: string) =>
  page.locator('tbody tr', { hasText: name }).first().locator('td').allTextContents();

describe('the page of figures', () => {
  test('has today in pictures and every figure beside its target', async () => {
    const feeder = await feederFor(stage, alarmDay());
    const { page, errors } = await open(feeder);
    expect(await heads(page)).toEqual(['5', '2', '50%']);
    expect(await page.locator('.strips svg').count()).toBe(1);
    expect(await page.locator('.strips svg').getAttribute('aria-label')).toBe('2026-11-23：5 条，10 分钟内最多 2 条');
    expect(await page.locator('.barlist').first().locator('li').count()).toBe(4);
    expect((await row(page, '平均每小时报警')).slice(1)).toEqual(['0.34', '≤ 6', '≤ 12', '达标']);
    expect((await row(page, '紧急（1 级）占比')).slice(1)).toEqual(['40%', '≤ 5%', '', '无从判断']);
    expect((await row(page, '平均每天报警')).slice(1)).toEqual(['—', '≤ 150', '≤ 300', '无从判断']);
    expect((await row(page, '最频繁 10 种所占')).at(-1)).toBe('无从判断');
    expect(await page.locator('table').first().locator('tbody tr').count()).toBe(14);
    expect(await page.locator('.barlist small').allTextContents()).toEqual(['B5 施工、维护 1']);
    expect(errors).toEqual([]);
  });

  test('marks the ten minutes in which there were too many, once they are counted again', async () => {
    const feeder = await feederFor(stage, quietDay());
    const { page } = await open(feeder);
    expect(await page.locator('.strips .over').getAttribute('d')).toBe('');
    const burst = Array.from({ length: 12 }, (_, i) => raised(`r1/kind-${i}`, { alarm: 'tamper', device: 'r1' }, 0));
    await feeder.tell(...burst);
    await page.click('button:has-text("重新统计")');
    await until(page, `document.querySelector('.strips .over').getAttribute('d') !== ''`);
    expect((await row(page, '10 分钟内最多')).at(-1)).toBe('超标');
  });

  test('keeps the chosen days in its address, and asks for them by the school’s midnights', async () => {
    const feeder = await feederFor(stage, quietDay());
    const { page } = await open(feeder);
    const asked: string[] = [];
    page.on('request', (request) => request.url().includes('/api/kpi?') && asked.push(new URL(request.url()).search));
    const midnight = (day: string) => Date.parse(`${day}T00:00:00+08:00`);
    await page.keyboard.press('Tab');
    await page.locator('button:has-text("近 30 天")').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => asked.at(-1)).toBe(`?from=${midnight('2026-10-24')}`);
    expect(new URL(page.url()).searchParams.get('days')).toBe('30');
    await page.locator('input[type=date]').first().fill('2026-11-20');
    await page.locator('input[type=date]').last().fill('2026-11-22');
    await page.keyboard.press('Enter');
    await expect.poll(() => asked.at(-1)).toBe(`?from=${midnight('2026-11-20')}&to=${midnight('2026-11-23')}`);
    const csv = await page.locator('a[download]').getAttribute('href');
    expect(csv).toBe(`/api/export/kpi.csv${asked.at(-1)}`);
    await page.reload();
    await expect.poll(() => asked.at(-1)).toBe(`?from=${midnight('2026-11-20')}&to=${midnight('2026-11-23')}`);
    expect(await page.locator('button[aria-pressed=true]').textContent()).toBe('查看');
  });

  test('says of days before the journal that there are no records, not that there were no alarms', async () => {
    const feeder = await feederFor(stage, quietDay());
    const { page } = await open(feeder, 'first=2025-01-01&last=2025-01-02');
    expect(await page.locator('.note').textContent()).toBe('这段时间没有记录');
    expect(await page.locator('table').count()).toBe(0);
  });

  test('says why there are no figures, and asks again when told to', async () => {
    const feeder = await feederFor(stage, quietDay());
    const { page } = await open(feeder);
    await page.route('**/api/kpi?*', (route) =>
      route.fulfill({ status: 422, json: { zh: '一次最多统计 93 天，请缩短时间。', en: 'At most 93 days.' } }),
    );
    await page.click('button:has-text("近 7 天")');
    await until(page, `document.body.textContent.includes('一次最多统计 93 天')`);
    await page.unroute('**/api/kpi?*');
    await page.click('.note button');
    await page.waitForSelector('.strips');
  });

  test('is as wide as a phone, in both languages, with every verdict in sight', async () => {
    const feeder = await feederFor(stage, alarmDay());
    const { page } = await open(feeder, 'days=7', 390);
    for (const lang of ['en', 'zh']) {
      await page.click(`button[lang=${lang}]`);
      await page.waitForSelector(`html[lang^=${lang}]`);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
      const beyond = `[...document.querySelectorAll('table')[0].querySelectorAll('td:last-child')].filter((td) => td.getBoundingClientRect().right > 390).length`;
      expect(await page.evaluate(beyond)).toBe(0);
    }
  });

  test('on paper is the report alone', async () => {
    const feeder = await feederFor(stage, alarmDay());
    const { page } = await open(feeder);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.chooser').isVisible()).toBe(false);
    expect(await page.locator('nav').isVisible()).toBe(false);
    expect(await page.locator('.about h1').textContent()).toContain('实验小学（东校区） 报警指标');
  });

  test.each([
    ['operator', 1],
    ['auditor', 1],
    ['guard', 0],
    ['integrator', 0],
  ])('is offered to who may take records out: %s', async (role, links) => {
    const feeder = await feederFor(stage, quietDay(), role);
    const { page } = await openPage(stage, `${feeder.url}/patrol`);
    await page.waitForSelector('nav a');
    expect(await page.locator('nav a[href="/kpi"]').count()).toBe(links);
  });
});
