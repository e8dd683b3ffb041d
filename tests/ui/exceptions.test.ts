/**
 * Exceptions on the patrol board in a real Chromium: what is asked and on what it rests, that it says it is no verdict, and that a head
 * says what came of it. Who may not say it reads it all the same.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Dated, quietDay } from './scenes.ts';
import { type Feeder, feederFor, openPage, type Stage, setStage, until } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.end());

const evening = Date.parse('2026-11-22T22:03:00+08:00');
const asked: Dated = {
  kind: 'suspected',
  rule: 'one-place',
  key: 'one-place/0F004EBEFC/20779',
  from: evening,
  touches: ['r1', 'r2', 'r3'].map((reader, n) => ({
    reader,
    card: '0F004EBEFC',
    sourceTime: evening + n * 4_000,
  })),
  count: 14,
  cards: ['0F004EBEFC'],
  person: 'li',
  value: 52_000,
  limit: 105_000,
  ago: 3_600_000,
};
const clock: Dated = {
  ...{ kind: 'suspected', rule: 'clock-jump', key: 'clock-jump/r4/20778', from: evening - 86_400_000 },
  ...{ touches: [], count: 2, cards: [], reader: 'r4', value: 2_400_000, limit: 60_000, ago: 3_500_000 },
};
const open = (feeder: Feeder) => openPage(stage, `${feeder.url}/patrol`, { width: 1440, height: 900 });

describe('exceptions on the patrol board', () => {
  test('say what is asked, what was measured, on which touches it rests, and that it is no verdict', async () => {
    const feeder = await feederFor(stage, [...quietDay(), asked, clock], 'head');
    const { page, errors } = await open(feeder);
    await page.waitForSelector('.exception');
    const text = await page.locator('.exceptions').innerText();
    for (const part of [
      '巡更例外',
      '待处理 2 / 共 2',
      '不是结论',
      '几秒内打完多个点',
      '22:03:04',
      '另有 11 次',
      '读卡器时钟倒走',
    ])
      expect(text).toContain(part);
    await page.click('button[lang=en]');
    await until(page, `document.querySelector('.exceptions').textContent.includes('Many points within seconds')`);
    expect(await page.locator('.exceptions').innerText()).toContain('no verdict');
    expect(errors).toEqual([]);
  });

  test('are settled by a head with a finding and a reason, and not without a reason', async () => {
    const feeder = await feederFor(stage, [...quietDay(), asked], 'head');
    const { page } = await open(feeder);
    await page.waitForSelector('.exception select');
    expect(await page.locator('.exception button').isDisabled()).toBe(true);
    await page.selectOption('.exception select', 'device');
    await page.fill('.exception input', '标签当晚在值班室更换');
    await page.click('.exception button');
    await until(page, `document.querySelector('.exception input').value === ''`);
    expect(feeder.asked.filter(({ path }) => path === '/api/commands').map(({ body }) => body)).toMatchObject([
      { do: 'dispose-exception', finding: 'device', note: '标签当晚在值班室更换' },
    ]);
  });

  test('are read by an operator, who is not asked what came of them', async () => {
    const feeder = await feederFor(stage, [...quietDay(), asked], 'operator');
    const { page } = await open(feeder);
    await page.waitForSelector('.exception');
    expect(await page.locator('.exception select').count()).toBe(0);
  });

  test('are nothing where there are none', async () => {
    const feeder = await feederFor(stage, quietDay(), 'head');
    const { page } = await open(feeder);
    await page.waitForSelector('tbody tr');
    expect(await page.locator('.exceptions').count()).toBe(0);
  });
});
