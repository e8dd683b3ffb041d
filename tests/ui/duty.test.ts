/**
 * The duty roster in a real Chromium: who is on duty by his own word, on the wall and at the desk; gaps in words and in colour; covers and
 * swaps with a reason; signing on and handing over, with the tone heard and the open alarms read.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { afternoon, minute } from './campus.ts';
import { alarmDay, climb, type Dated, quietDay } from './scenes.ts';
import { type Feeder, feederFor, openPage, type Stage, setStage, until } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.end());

const today = Math.floor((afternoon + 480 * minute) / (24 * 60 * minute));
const watch = (day: Dated[] = quietDay(), role = 'operator', name = '王建国') =>
  feederFor(stage, day, role, name, 'watched');
const open = (feeder: Feeder, path = '/duty?lang=zh', size = {}) => openPage(stage, `${feeder.url}${path}`, size);
const signedOn = (person: string, shift = 'day', ago = 7 * 60 * minute): Dated => ({
  ...{ kind: 'signed-on', shift, day: today, person, by: '王建国' },
  ago,
});
const commands = (feeder: Feeder) =>
  feeder.asked.filter(({ path }) => path === '/api/commands').map(({ body }) => body);
const said = (page: Page, selector: string) => page.locator(selector).first().innerText();
const cell = (page: Page, name: string) => page.getByRole('button', { name });
const reason = async (page: Page, text: string) => {
  await page.locator('input[name=reason]').fill(text);
  await page.keyboard.press('Enter');
};

describe('on the wall', () => {
  test('on duty is who signed on', async () => {
    const feeder = await watch([...quietDay(), signedOn('li')]);
    const { page, errors } = await open(feeder, '/wall?lang=zh');
    await until(page, `document.querySelector('.on-duty')?.textContent === '值班 李强'`);
    expect(errors).toEqual([]);
  });

  test('that nobody signed on is said, and since when; while the data is stale nothing is', async () => {
    const feeder = await watch();
    const { page } = await open(feeder, '/wall?lang=zh');
    await until(page, `document.querySelector('.chip.on-duty')?.textContent === '值班 07:00 起无人签到'`);
    await feeder.tell(signedOn('li', 'day', 0));
    await until(page, `document.querySelector('.on-duty')?.textContent === '值班 李强'`);
    await feeder.order({ do: 'beats', how: 'off' });
    await until(page, `document.querySelector('.on-duty') === null`);
  });

  test('a school without a roster is not asked who is on duty', async () => {
    const feeder = await feederFor(stage, quietDay());
    const { page } = await open(feeder, '/wall?lang=zh');
    await page.waitForSelector('.clock');
    expect(await page.locator('.on-duty').count()).toBe(0);
  });
});

describe('the fourteen days', () => {
  test('stand with today first, gaps in words, covers with whose place it is, and what is special about a day', async () => {
    const cover: Dated = {
      ...{ kind: 'shift-changed', how: 'cover', by: '王建国', reason: '请假' },
      moves: [{ shift: 'night', day: today + 1, out: 'wei', in: 'chen' }],
      ago: 60 * minute,
    };
    const feeder = await watch([...quietDay(), cover]);
    const { page, errors } = await open(feeder);
    await page.waitForSelector('.dutyweek tbody tr');
    expect(await page.locator('.dutyweek tbody tr').count()).toBe(14);
    expect(await said(page, '.dutyweek tr.today')).toMatch(/周一 11月23日\s+今天[\s\S]*李强[\s\S]*张伟/);
    const rows = page.locator('.dutyweek tbody tr');
    expect(await rows.nth(1).innerText()).toContain('陈刚（替 张伟）');
    expect(await rows.nth(4).innerText()).toContain('缺 1 人');
    expect(await rows.nth(8).innerText()).toContain('期末考试');
    expect(await rows.nth(11).innerText()).toContain('学期以外');
    expect(await said(page, '.dutyamiss')).toBe(
      '1 个班缺人 校门岗，周五 11月27日 07:10 缺 1 人'.replace('校门岗，周五 11月27日', '周五 11月27日 校门岗'),
    );
    expect(await said(page, '.changes')).toContain('11月24日夜班 陈刚 替 张伟');
    expect(errors).toEqual([]);
  });

  test('take a cover with its reason, and give it back', async () => {
    const feeder = await watch();
    const { page } = await open(feeder);
    await cell(page, '改 周二 11月24日 夜班').click();
    await page.locator('.dutyweek form select').last().selectOption('chen');
    await reason(page, '生病');
    await until(page, `document.querySelector('.dutyweek tbody').textContent.includes('陈刚（替 张伟）')`);
    await page.locator('.changes').first().getByRole('button', { name: '撤销' }).click();
    await reason(page, '病好了');
    await until(page, `!document.querySelector('.dutyweek tbody').textContent.includes('替 张伟')`);
    const [cover, back] = commands(feeder);
    expect(cover).toEqual({
      do: 'cover-shift',
      shift: 'night',
      day: today + 1,
      out: 'wei',
      in: 'chen',
      reason: '生病',
    });
    expect(back).toMatchObject({ do: 'withdraw-shift-change', reason: '病好了' });
  });

  test('take a swap of two shifts', async () => {
    const feeder = await watch();
    const { page } = await open(feeder);
    await cell(page, '改 周二 11月24日 夜班').click();
    await page.getByRole('button', { name: '换班', exact: true }).click();
    await page
      .locator('.dutyweek form select')
      .last()
      .selectOption(`night/${today + 8}/chen`);
    await reason(page, '培训');
    await until(page, `document.querySelectorAll('.dutyweek .who.tag').length === 2`);
    expect(commands(feeder)[0]).toMatchObject({
      do: 'swap-shifts',
      person: 'wei',
      withPerson: 'chen',
      withDay: today + 8,
    });
  });

  test('say why a cover is refused, and close the form with Escape', async () => {
    const feeder = await watch();
    const { page } = await open(feeder);
    await cell(page, '改 周二 11月24日 白班').click();
    await page.locator('.dutyweek form select').last().selectOption('zhao');
    await reason(page, '生病');
    await until(page, `document.querySelector('.dutyweek .failed')?.textContent.includes('on-other-shift')`);
    await page.keyboard.press('Escape');
    await until(page, `document.querySelector('.dutyweek form') === null`);
  });

  test('show a guard who comes, and no button to change it', async () => {
    const feeder = await watch(quietDay(), 'guard', '李强');
    const { page } = await open(feeder);
    await page.waitForSelector('.dutyweek tbody tr');
    expect(await said(page, '.dutyweek tr.today')).toContain('李强');
    expect(await page.locator('.dutyweek button, .now button, details').count()).toBe(0);
  });
});

describe('at the desk', () => {
  test('a person signs on with a code, which is sent once and stays nowhere', async () => {
    const feeder = await watch();
    const { page } = await open(feeder);
    await page.locator('.now').getByRole('button', { name: '签到' }).click();
    await page.getByLabel('李强 的密码').fill('258036');
    await page.keyboard.press('Enter');
    await until(page, `document.querySelector('.now').textContent.includes('14:3')`);
    expect(commands(feeder)).toEqual([{ do: 'sign-on', shift: 'day', day: today, person: 'li', pin: '258036' }]);
    expect(await page.locator('.now input').count()).toBe(0);
    await page.goto(`${feeder.url}/console?lang=zh`);
    await until(page, `document.querySelector('.tabs a.btn')?.textContent === '值班 李强'`);
  });

  test('a shift is handed over once the tone was heard and every open alarm was read', async () => {
    const feeder = await watch(alarmDay());
    const { page } = await open(feeder);
    await page.locator('.now').getByRole('button', { name: '交接班' }).click();
    // Whoever was at the gate until eleven thirty was on duty not long ago.
    await page.locator('.handover select').selectOption('zhao');
    await page.getByLabel('赵敏 的密码').fill('111222');
    await page.getByLabel('李强 的密码').fill('258036');
    const heard = page.getByRole('button', { name: '听到了', exact: true });
    expect(await heard.isDisabled()).toBe(true);
    await page.getByRole('button', { name: '播放测试音' }).click();
    await heard.click();
    expect(await page.locator('.toread li').count()).toBe(4);
    await page.getByLabel('两人都已看过这些报警').check();
    await page.getByLabel('交代事项').fill('东门锁坏了');
    // What comes while they read has to be read as well.
    await feeder.tell({ ...climb, key: 'z2/climb', zone: 'z2', ago: 0 });
    await until(page, `document.querySelectorAll('.toread li').length === 5`);
    expect(await page.locator('.handover button[type=submit]').isDisabled()).toBe(true);
    await page.getByLabel('两人都已看过这些报警').check();
    await page.locator('.handover button[type=submit]').click();
    await until(page, `document.querySelector('.now').textContent.includes('签到')`);
    expect(await page.locator('section[aria-label=最近的交接班] li').innerText()).toMatch(
      /赵敏 → 李强 白班 · 测试音已听到 · 已读报警 5 条\s+东门锁坏了/,
    );
    expect(commands(feeder)).toMatchObject([
      { do: 'hand-over', outgoing: 'zhao', person: 'li', heard: true, pin: '258036', outgoingPin: '111222' },
    ]);
    expect(await page.locator('.handover').count()).toBe(0);
  });

  test('the address of a calendar is shown once, and is withdrawn', async () => {
    const feeder = await watch();
    const { page } = await open(feeder);
    await page.locator('details summary').click();
    const row = page.locator('details li', { hasText: '李强' });
    await row.getByRole('button', { name: '发放地址' }).click();
    await until(page, `document.querySelector('details code')?.textContent.endsWith('.ics')`);
    expect(await row.innerText()).toMatch(/由 王建国 发放[\s\S]*重发[\s\S]*停用/);
    await row.getByRole('button', { name: '停用' }).click();
    await until(page, `document.querySelector('details li').textContent.includes('发放地址')`);
    expect(await page.locator('details code').count()).toBe(0);
  });
});

test.each([
  [1920, 1080, 'zh'],
  [1920, 1080, 'en'],
  [390, 844, 'zh'],
  [390, 844, 'en'],
] as const)('at %i × %i, %s, nothing runs over the side of the page', async (width, height, lang) => {
  const feeder = await watch([...alarmDay(), signedOn('li')]);
  const { page } = await open(feeder, `/duty?lang=${lang}`, { width, height });
  await page.waitForSelector('.dutyweek tbody tr');
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
});
