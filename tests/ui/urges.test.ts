/**
 * What the district asks, at the desk in a real Chromium: urges with who asks and until when, answered with a sentence from the keyboard; late ones
 * marked in words; what cannot be answered here is not offered; in both languages, by day and on a phone's width.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OrderSaid } from '../../src/core/types.ts';
import { afternoon, minute } from './campus.ts';
import { alarmDay, type Dated, quietDay } from './scenes.ts';
import { type Feeder, feederFor, openPage, type Stage, setStage, until } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.end());

const uuid = (n: number) => `0b7e7f6c-1111-4222-8333-${String(n).padStart(12, '0')}`;
/** An order as it came `ago` ms before the afternoon, to be answered `inMs` after it. */
function ordered(n: number, inMs: number, more: Partial<OrderSaid> = {}): Dated {
  const order: OrderSaid = {
    ...{ id: uuid(n), school: 'shiyan-1', kind: 'urge', by: '区教育局 王科长', at: afternoon - 30 * minute },
    ...{ until: afternoon + inMs, text: '请说明北墙围栏为何撤防，何时恢复' },
    ...more,
  };
  return { kind: 'district-ordered', order, signature: 'c2ln', ago: 30 * minute };
}
const commands = (feeder: Feeder) =>
  feeder.asked.filter(({ path }) => path === '/api/commands').map(({ body }) => body);
async function desk(day: readonly Dated[], { role = 'operator', path = '/console?lang=zh', width = 1440 } = {}) {
  const feeder = await feederFor(stage, day, role);
  const { page, errors } = await openPage(stage, `${feeder.url}${path}`, { width, height: 900 });
  await page.waitForSelector('.content > *');
  return { feeder, page, errors };
}
const text = (page: Page, selector: string) => page.locator(selector).first().innerText();

describe('an urge', () => {
  test('stands above the alarms with who asks, until when and how long that is, the soonest first', async () => {
    const { page, errors } = await desk([...quietDay(), ordered(1, 200 * minute), ordered(2, 90 * minute)]);
    await page.waitForSelector('.urges .urge');
    expect(await text(page, '.urges h2')).toBe('区里督办 2');
    expect(await page.locator('.urge').evaluateAll((all) => all.map((one) => one.getAttribute('data-order')))).toEqual([
      uuid(2),
      uuid(1),
    ]);
    expect(await text(page, '.urge')).toMatch(
      /区教育局 王科长 .*\s*限 .* 前答复 · 还剩 1时[23]\d分\s*请说明北墙围栏为何撤防，何时恢复\s*答复/,
    );
    expect(errors).toEqual([]);
  });

  test('is answered from the keyboard alone, and then it is gone', async () => {
    const { feeder, page } = await desk([...alarmDay(), ordered(1, 90 * minute)]);
    await page.waitForSelector('.urge button');
    await page.locator('.urge button').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('j 电工检修');
    await page.keyboard.press('Enter');
    await expect.poll(() => commands(feeder)).toEqual([{ do: 'answer-order', order: uuid(1), text: 'j 电工检修' }]);
    await feeder.tell({
      ...{ kind: 'district-answered', order: uuid(1), how: 'answered', by: '王建国', text: 'j 电工检修', ago: 0 },
    });
    await until(page, `document.querySelector('.urge') === null`);
    await page.locator('.latelyfrom summary').click();
    expect(await text(page, '.latelyfrom li')).toMatch(/督办 区教育局 王科长 .*已答复（王建国 \d\d:\d\d）：j 电工检修/);
  });

  test('that is late says for how long, in English as well; while data is stale nothing counts', async () => {
    const { feeder, page, errors } = await desk([...quietDay(), ordered(1, -4 * minute)], { path: '/console?lang=en' });
    await page.waitForSelector('.urge .flag');
    expect(await text(page, '.urge .flag')).toMatch(/^4.*0\d.* late$/);
    expect(await text(page, '.urges h2')).toBe('Urges of the district 1');
    await feeder.order({ do: 'beats', how: 'off' });
    await until(page, `document.querySelector('.urge .flag') === null`);
    expect(errors).toEqual([]);
  });

  test('leaves the alarms in sight, however many there are and however long they are', async () => {
    const many = Array.from({ length: 9 }, (_, n) => ordered(n, (90 + n) * minute, { text: '很长的话。'.repeat(90) }));
    const { page } = await desk([...alarmDay(), ...many]);
    await page.waitForSelector('.urge');
    expect(await page.locator('.urge').count()).toBe(2);
    const item = await page.locator('.item').first().boundingBox();
    expect(item?.y ?? 9_999).toBeLessThan(700);
    await page.locator('.urgesmore button').click();
    expect(await page.locator('.urge').count()).toBe(9);
  });

  test('is told on the other pages to those who may answer it, and offered to nobody else', async () => {
    const day = [...quietDay(), ordered(1, 90 * minute), ordered(2, -minute)];
    const { page } = await desk(day, { path: '/alarms?lang=zh' });
    await page.waitForSelector('.stalebar a.btn');
    expect(await text(page, '.stalebar')).toMatch(/区里督办 2 项待答复，其中 1 项已逾期/);
    const auditor = await desk(day, { role: 'auditor' });
    await auditor.page.waitForSelector('.urge');
    expect(await auditor.page.locator('.urge button').count()).toBe(0);
  });

  test('fits a narrow screen', async () => {
    const { page } = await desk([...quietDay(), ordered(1, 90 * minute)], { width: 390 });
    await page.waitForSelector('.urge');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  });
});

test('what was looked at and what could not be done is said to the school, too', async () => {
  const { page } = await desk([
    ...quietDay(),
    ordered(3, 5 * minute, { kind: 'still', device: 'gone', text: undefined }),
    { ...{ kind: 'district-answered', order: uuid(3), how: 'refused', by: 'gateway', why: 'order-no-camera' }, ago: 0 },
    ordered(4, 5 * minute, { kind: 'comment', text: '演练组织得很好' }),
    { ...{ kind: 'district-answered', order: uuid(4), how: 'noted', by: 'gateway' }, ago: 0 },
  ]);
  await page.locator('.latelyfrom summary').click();
  const lines = await page.locator('.latelyfrom li').allInnerTexts();
  expect(lines.join('\n')).toMatch(/意见 区教育局 王科长 .*演练组织得很好 — 已阅知/);
  expect(lines.join('\n')).toMatch(/调画面 区教育局 王科长 .*gone — 未办成：学校没有这个摄像机/);
  expect(await page.locator('.urge').count()).toBe(0);
});
