/**
 * The page of the patrol audit in a real Chromium: what the gateway reckoned as calendar, as day and as tables, in both languages,
 * by mouse and by keyboard; and nothing promised of a day on which nobody walked.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditDefinitions } from '../../src/words/screens/audit-words.ts';
import { quietDay } from './scenes.ts';
import { type Feeder, feederFor, openPage, type Stage, setStage, until } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.end());

const open = async (feeder: Feeder, query: string, size = { width: 1920, height: 1080 }) => {
  const opened = await openPage(stage, `${feeder.url}/patrol/audit?lang=zh&${query}`, size);
  await opened.page.waitForSelector('.audit .figures');
  return opened;
};

describe('the patrol audit', () => {
  test('shows the month as numbers, and leads from a number to its day', async () => {
    const { page, errors } = await open(await feederFor(stage, quietDay(), 'head'), 'unit=month');
    // Its choice of days stands in one row, though the sheet of that is another page's as well.
    expect(await page.evaluate(`getComputedStyle(document.querySelector('.chooser')).display`)).toBe('flex');
    expect(await page.locator('.figures b').allTextContents()).toEqual(['96.7%', '90.3%', '3 / 3', expect.any(String)]);
    const cells = page.locator('.heat');
    // Of the kitchen's second checkpoint one touch of two is there.
    expect(await cells.allTextContents()).toEqual(expect.arrayContaining(['100', '50']));
    await cells.first().click();
    await page.waitForSelector('.touchcell');
    expect(new URL(page.url()).searchParams.get('unit')).toBe('day');
    expect(await page.locator('.touchcell').count()).toBe(8 + 8 + 5 + 6 + 4);
    await page.goBack();
    await page.waitForSelector('.heat');
    expect(errors).toEqual([]);
  });

  test('tells of a touch in words when its cell is pressed, and is walked with arrow keys', async () => {
    const { page } = await open(await feederFor(stage, quietDay(), 'head'), 'unit=day');
    await page.locator('.touchcell').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const said = await page.locator('.touchcell[aria-pressed="true"]').getAttribute('aria-label');
    expect(said).toMatch(/计划时间 .* · 准时 · 实到时间 .* · 卡号 /);
    expect(await page.locator('.auditnote').first().textContent()).toBe(said);
    expect(await page.locator('.touches').first().locator('[tabindex="0"]').count()).toBe(1);
  });

  test('says that nobody walked where nobody did, and still says what the figures mean', async () => {
    const { page } = await open(await feederFor(stage, quietDay(), 'head'), 'unit=day&date=2026-01-05');
    await until(page, `document.body.textContent.includes('这段时间没有巡更记录')`);
    expect(await page.locator('.figures b').first().textContent()).toBe('—');
    expect(await page.locator('.meanings li').count()).toBe(auditDefinitions.length);
  });

  test('stands in the bar as itself, and fits a phone', async () => {
    const feeder = await feederFor(stage, quietDay(), 'head');
    const { page } = await open(feeder, 'unit=month', { width: 390, height: 844 });
    expect(await page.locator('.bar a.here').allTextContents()).toEqual(['巡更审计']);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  });
});
