/**
 * Exceptions on the patrol board in a real Chromium: what is asked and on what it rests, that it says it is no verdict, and that a head
 * says what came of it. Who may not say it reads it all the same.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noTouchStill } from '../../src/words/gateway-words.ts';
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

  test('show the pictures of their touches when asked to, with how long after each was taken, and why there is none', async () => {
    const told = { source: 'online', learned: evening } as const;
    const touches = asked.touches.map((one, n) => ({ ...one, ...told, learned: one.sourceTime, touch: 100 + n }));
    const [one, two, three] = touches;
    const late = { ...three!, source: 'upload' as const, learned: evening + 3_600_000 };
    const doubted: Dated = { ...asked, touches: [one!, two!, late] };
    const found = [...quietDay(), doubted];
    const exception = found.toSorted((a, b) => b.ago - a.ago).indexOf(doubted) + 1;
    const about = { kind: 'exception-pictured', exception } as const;
    const picture = `${evening + 1_300}-100.jpg`;
    const pictured: Dated = { ...about, nth: 0, picture, sha256: 'ab'.repeat(32), ago: 3_590_000 };
    const failed: Dated = { ...about, nth: 1, why: noTouchStill, ago: 3_580_000 };
    const feeder = await feederFor(stage, [...found, pictured, failed], 'head');
    const { page, errors } = await open(feeder);
    await page.waitForSelector('.exception');
    const text = await page.locator('.exceptions').innerText();
    for (const part of ['打点后 1.3 秒的画面', noTouchStill.zh, '打点后才上报，当时未取画面'])
      expect(text).toContain(part);
    const seen: string[] = [];
    page.on('request', (request) => seen.push(new URL(request.url()).pathname));
    expect(await page.locator('.exception .shot').count()).toBe(0);
    await page.click('.exception [aria-expanded]');
    await until(page, `document.querySelector('.exception .shot canvas:not(.hidden)') !== null`);
    expect(await page.locator('.exception .shot').count()).toBe(1);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/exceptions.png`, fullPage: true });
    expect(seen.filter((path) => path.includes('evidence'))).toEqual([`/api/evidence/${picture}`]);
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
