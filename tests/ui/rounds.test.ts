/**
 * Changing rounds in a real Chromium: at the patrol board and for the next seven days. A reason is asked for, what was done stands with
 * who and why, a head reviews it, and whoever may not change a round has no way to.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { campus } from './campus.ts';
import { type Dated, quietDay } from './scenes.ts';
import { type Feeder, feederFor, openPage, type Stage, setStage, until } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.end());

const open = (feeder: Feeder, path = '/patrol?lang=zh') => openPage(stage, `${feeder.url}${path}`);
const dorm = 'tr:has-text("宿舍线")';
/** Opens what may be done to a round, and begins one of it. */
async function begin(page: Page, row: string, act: string): Promise<void> {
  await page.locator(row).first().getByRole('button', { name: '变更' }).click();
  await page.locator('.rounddesk').getByRole('button', { name: act, exact: true }).click();
}
/** The page has put the cursor where it asks why: an effect does, which on a busy machine comes after the click. */
const asked = (page: Page) => until(page, `document.activeElement?.getAttribute('name') === 'reason'`);
async function reasons(page: Page, text: string): Promise<void> {
  await asked(page);
  await page.keyboard.type(text);
}
const commands = (feeder: Feeder) =>
  feeder.asked.filter(({ path }) => path === '/api/commands').map(({ body }) => body);

describe('at the patrol board', () => {
  test('a round is cancelled with a reason, says so with who and why, and is reinstated', async () => {
    const feeder = await feederFor(stage, quietDay());
    const { page, errors } = await open(feeder);
    await begin(page, dorm, '取消');
    const give = page.getByRole('button', { name: '确认取消' });
    expect(await give.isDisabled()).toBe(true);
    await reasons(page, '学生军训');
    await page.keyboard.press('Enter');
    await until(page, `document.querySelector('.rounddesk').textContent.includes('学生军训')`);
    expect(await page.locator(dorm).first().innerText()).toMatch(/已取消[\s\S]*待复核/);
    expect(await page.locator('.rounddesk li').innerText()).toMatch(/王建国 取消 学生军训 待复核/);
    expect(await page.locator('.content').innerText()).toContain('1 趟的变更待保卫负责人复核');
    await page.locator('.rounddesk').getByRole('button', { name: '恢复' }).click();
    await reasons(page, '改期');
    await page.keyboard.press('Enter');
    await until(page, `document.querySelectorAll('.rounddesk li').length === 2`);
    expect(await page.locator(dorm).first().innerText()).toContain('未开始');
    expect(commands(feeder)).toEqual([
      { do: 'cancel-round', round: 'dorm@2026-11-23T15:00', reason: '学生军训' },
      { do: 'reinstate-round', round: 'dorm@2026-11-23T15:00', reason: '改期' },
    ]);
    expect(errors).toEqual([]);
  });

  test('both stand in the row of a round for two', async () => {
    const facts = quietDay().map(
      (fact): Dated => (fact.kind === 'opened' && fact.route === 'night' ? { ...fact, second: 'wei' } : fact),
    );
    const feeder = await feederFor(stage, facts);
    const { page } = await open(feeder);
    const walking = 'tr:has-text("夜巡A线"):has-text("14:00")';
    await page.waitForSelector(walking);
    const [first, second] = ['li', 'wei'].map((id) => campus.people[id]?.name ?? '?');
    expect(await page.locator(walking).innerText()).toContain(`${first} · ${second}`);
  });

  test('another takes over, what is left is put off, and the round stands still, each said in its row', async () => {
    const feeder = await feederFor(stage, quietDay());
    const { page } = await open(feeder);
    const walking = 'tr:has-text("夜巡A线"):has-text("14:00")';
    await begin(page, walking, '换人');
    await reasons(page, '家中有事');
    await page.keyboard.press('Enter');
    await until(page, `document.body.textContent.includes('张伟（替 李强）')`);
    await page.locator('.rounddesk').getByRole('button', { name: '顺延', exact: true }).click();
    await page.locator('.rounddesk select').selectOption('20');
    await page.locator('input[name=reason]').fill('处置报警');
    await page.keyboard.press('Enter');
    await until(page, `document.querySelectorAll('.rounddesk li').length === 2`);
    expect(await page.locator(walking).innerText()).toContain('顺延 20 分钟');
    await page.locator('.rounddesk').getByRole('button', { name: '暂停', exact: true }).click();
    await page.locator('input[name=reason]').fill('校园活动');
    await page.keyboard.press('Enter');
    await until(page, `document.body.textContent.includes('暂停中，最迟 15:')`);
    expect(await page.locator('.rounddesk').innerText()).toContain('继续');
  });

  test('whoever changes his mind goes back with Escape, and nothing was asked', async () => {
    const feeder = await feederFor(stage, quietDay());
    const { page } = await open(feeder);
    await begin(page, dorm, '取消');
    await asked(page);
    await page.keyboard.press('Escape');
    await until(page, `document.querySelector('.rounddesk form') === null`);
    expect(commands(feeder)).toEqual([]);
  });

  const cancelled: Dated = {
    ...{ kind: 'round-changed', round: 'dorm@2026-11-23T15:00', route: 'dorm' },
    ...{
      start: Date.parse('2026-11-23T15:00:00+08:00'),
      how: 'cancelled',
      by: '王建国',
      reason: '学生军训',
      review: true,
    },
    ago: 60_000,
  };

  test('a head reviews what an operator did', async () => {
    const feeder = await feederFor(stage, [...quietDay(), cancelled], 'head', '陈主任');
    const { page } = await open(feeder);
    await begin(page, dorm, '复核');
    await reasons(page, '情况属实');
    await page.keyboard.press('Enter');
    await until(page, `!document.querySelector('.content').textContent.includes('待复核')`);
    expect(await page.locator('.rounddesk li').last().innerText()).toMatch(/陈主任 复核 情况属实/);
  });

  test('a guard sees why, and has no button to change anything', async () => {
    const feeder = await feederFor(stage, [...quietDay(), cancelled], 'guard', '李强');
    const { page } = await open(feeder);
    await page.waitForSelector('tbody tr');
    expect(await page.getByRole('button', { name: '变更' }).count()).toBe(1);
    await page.getByRole('button', { name: '变更' }).click();
    expect(await page.locator('.rounddesk').innerText()).toContain('学生军训');
    expect(await page.locator('.rounddesk button').count()).toBe(0);
  });
});

describe('the next seven days', () => {
  test('stand day by day with what the calendar makes of them, and are reached from the board', async () => {
    const feeder = await feederFor(stage, quietDay());
    const { page, errors } = await open(feeder);
    await page.getByRole('link', { name: '未来七天' }).click();
    await page.waitForSelector('.week7 h2');
    const heads = await page.locator('.week7 h2').allInnerTexts();
    expect(heads).toHaveLength(7);
    expect(heads[0]).toContain('2026-11-23 周一');
    expect(heads[3]).toMatch(/2026-11-26 周四 校庆 · 放假/);
    // Of today what is under way and ahead; of every other day all six.
    const rows = await page
      .locator('.week7 section')
      .evaluateAll((all) => all.map((one) => one.querySelectorAll('tbody tr').length));
    expect(rows).toEqual([3, 6, 6, 6, 6, 6, 6]);
    expect(errors).toEqual([]);
    await page.click('button[lang=en]');
    await until(page, `document.querySelector('.week7').textContent.includes('Founding day')`);
    expect(await page.locator('.week7').innerText()).toContain('anybody');
  });

  test('take a cover ahead of time, which the day of the round then has', async () => {
    const feeder = await feederFor(stage, quietDay());
    const { page } = await open(feeder, '/patrol/week?lang=zh');
    const friday = '.week7 section:has-text("2026-11-27") tr:has-text("06:00")';
    await begin(page, friday, '换人');
    await reasons(page, '请假');
    await page.keyboard.press('Enter');
    await until(page, `document.querySelector('.week7').textContent.includes('张伟（替 李强）')`);
    expect(commands(feeder)).toEqual([
      { do: 'cover-round', round: 'night@2026-11-27T06:00', person: 'wei', of: 'li', reason: '请假' },
    ]);
  });
});
