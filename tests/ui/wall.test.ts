/**
 * The wall in a real Chromium: legible in every state, theme, language and size; stale within its limit however the data
 * stops; right again after an outage; and every alarm it shows is reported as painted.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { read, readAll } from './legibility.ts';
import { alarmDay, climb, quietDay } from './scenes.ts';
import { type Feeder, feederFor, openPage, type Stage, setStage, until } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.end());

/** Stale shows after five seconds without a sign of life, and five and a half after the last one at the latest. */
const STALE_AFTER_MS = 5_000;
/** A page hears a beat so often. */
const BEAT_MS = 2_000;
const STALE_WITHIN_MS = 5_500;

const wallAt = (feeder: Feeder, query = '') => openPage(stage, `${feeder.url}/wall?theme=day&lang=zh${query}`);
const fresh = (page: Page) => page.waitForSelector('.clock');
const banner = (page: Page) => page.waitForSelector('.banner');
/** Resolves with the next beat that counts: the data half of the liveness mark turns. */
async function beat(page: Page): Promise<void> {
  const mark = `document.querySelector('.life rect:nth-of-type(2)').getAttribute('fill')`;
  await until(page, `${mark} !== ${JSON.stringify(await page.evaluate(mark))}`);
}
const rows = (page: Page) => page.locator('.row:not(.blank) .main').allTextContents();

describe.each([
  ['a quiet day', quietDay, 0],
  ['a day with alarms', alarmDay, 4],
] as const)('on %s', (name, day, count) => {
  test.each(['zh', 'en'])('everything can be read, live and stale, in %s', async (lang) => {
    const feeder = await feederFor(stage, day());
    const { page, errors } = await openPage(stage, `${feeder.url}/wall?lang=${lang}`);
    await fresh(page);
    await page.waitForSelector('.shot .taken');
    expect(await rows(page)).toHaveLength(count);
    expect(await readAll(page, name)).toEqual([]);
    expect(errors).toEqual([]);
    process.kill(feeder.pid, 'SIGSTOP');
    await banner(page);
    expect(await rows(page)).toHaveLength(count);
    expect(await readAll(page, `${name}, stale`)).toEqual([]);
    process.kill(feeder.pid, 'SIGCONT');
  });
});

describe('the look at legibility', () => {
  const mutants = [
    ['small text', `document.querySelector('.tally').style.fontSize = '16px'`, /^small 16/],
    ['text cut off', `document.querySelector('.school').style.width = '60px'`, /^overflow/],
    [
      'a banner over the alarms',
      `document.querySelector('.banner').style.marginRight = '-400px'`,
      /covers|outside|overflow/,
    ],
    ['a stale page that still says 正常', `document.querySelector('.head .t2').textContent = '声音正常'`, /正常/],
    ['a stale page that still shows a clock', `document.querySelector('.school').className = 'clock'`, /a clock/],
  ] as const;
  test.each(mutants)('names %s', async (_name, plant, complaint) => {
    const feeder = await feederFor(stage, quietDay());
    const { page } = await wallAt(feeder);
    await fresh(page);
    await feeder.order({ do: 'beats', how: 'off' });
    await banner(page);
    expect(await read(page)).toEqual([]);
    await page.evaluate(plant);
    expect((await read(page)).some((found) => complaint.test(found))).toBe(true);
  });
});

describe('stale data', () => {
  test.each([
    ['the gateway is stopped dead', async (f: Feeder) => void process.kill(f.pid, 'SIGSTOP'), false],
    ['the feed is cut', (f: Feeder) => f.order({ do: 'cut', refuse: true }), false],
    ['beats go on but do not advance', (f: Feeder) => f.order({ do: 'beats', how: 'stuck' }), true],
  ])('shows within its limit when %s', async (_name, stop, beats) => {
    const feeder = await feederFor(stage, alarmDay());
    // Time in the page is ours: it stands still at the last beat, however slow the machine is.
    const { page } = await openPage(stage, 'about:blank');
    await page.clock.install({ time: 0 });
    await page.clock.pauseAt(1_000);
    const feed = page.waitForEvent('websocket');
    await page.goto(`${feeder.url}/wall?theme=day&lang=zh`);
    await fresh(page);
    await until(page, `document.querySelector('.health')?.textContent.includes('✓')`);
    await beat(page);
    await stop(feeder);
    // Beats come in the feeder's time: the page's goes on from one to the next where there are any.
    const step = beats ? BEAT_MS : STALE_AFTER_MS;
    for (let passed = 0; passed < STALE_AFTER_MS; passed += step) {
      if (passed > 0)
        await (await feed).waitForEvent('framereceived', ({ payload }) => `${payload}`.includes('"beat"'));
      await page.clock.runFor(Math.min(step, STALE_AFTER_MS - passed));
    }
    expect(await page.locator('.banner').count()).toBe(0);
    await page.clock.runFor(STALE_WITHIN_MS - STALE_AFTER_MS);
    expect(await page.locator('.banner').count()).toBe(1);
    expect(await page.locator('.chip').first().textContent()).toContain('中断前 2 条待确认');
    expect(await page.locator('.row.new').count()).toBe(2);
    expect(await page.locator('.health .num').first().textContent()).toBe('—');
  });
  test('leaves an empty list unknown, not reassuring', async () => {
    const feeder = await feederFor(stage, quietDay());
    const { page } = await wallAt(feeder);
    await fresh(page);
    await feeder.order({ do: 'beats', how: 'off' });
    await banner(page);
    expect(await page.locator('.quiet').textContent()).toBe('状态未知');
  });
});

describe('after an outage', () => {
  test('the wall shows what is so now, and says what came meanwhile until it is pressed away', async () => {
    const feeder = await feederFor(stage, quietDay());
    const { page } = await wallAt(feeder);
    await fresh(page);
    await feeder.order({ do: 'cut', refuse: true });
    await banner(page);
    await feeder.tell(climb, { ...climb, key: 'z1/climb', zone: 'z1' });
    await feeder.order({ do: 'cut', refuse: false });
    await page.waitForSelector('.chip.press');
    expect(await page.locator('.chip.press').textContent()).toContain('中断期间新增 2 条');
    await page.waitForSelector('.banner', { state: 'detached' });
    expect(await rows(page)).toHaveLength(2);
    await page.keyboard.press('Escape');
    await page.waitForSelector('.chip.press', { state: 'detached' });
  });
  test('a lost event brings a new snapshot instead of a guess', async () => {
    const feeder = await feederFor(stage, quietDay());
    const { page } = await wallAt(feeder);
    await fresh(page);
    await feeder.order({ do: 'skip', facts: [climb, { ...climb, key: 'z1/climb', zone: 'z1' }] });
    await until(page, `document.querySelectorAll('.row:not(.blank)').length === 2`);
  });
  test('a log-in that has ended leads to the log-in page and back', async () => {
    const feeder = await feederFor(stage, quietDay());
    const { page } = await wallAt(feeder);
    await fresh(page);
    await feeder.order({ do: 'logout' });
    await page.waitForURL(/\/login\?next=%2Fwall/);
    await page.fill('[name=user]', 'wang');
    await page.fill('[name=password]', 'wrong');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.failed');
    await page.fill('[name=password]', 'right');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/wall\?/);
    await fresh(page);
  });
});

describe('an alarm', () => {
  test('is painted in its own row alone, on the map, and reported as painted', async () => {
    const feeder = await feederFor(stage, alarmDay());
    const { page } = await wallAt(feeder);
    await fresh(page);
    await page.evaluate(`window.changed = new Set();
      new MutationObserver((all) => all.forEach((m) => {
        const row = (m.target.nodeType === 1 ? m.target : m.target.parentElement).closest('.row');
        if (row && !m.target.parentElement.closest('.age')) window.changed.add(row.dataset.alarm);
      })).observe(document.querySelector('.alarms'), { subtree: true, childList: true, characterData: true })`);
    const id = Number(await page.locator('.row').nth(1).getAttribute('data-alarm'));
    await feeder.tell({
      kind: 'repeated',
      alarm: id,
      device: 'cam-keep',
      cause: 'cam-keep/masked',
      active: true,
      priority: 3,
      ago: 0,
    });
    await until(page, `document.querySelectorAll('.row .main')[1].textContent.includes('×2')`);
    expect(await page.evaluate('[...window.changed]')).toEqual([String(id)]);
    await feeder.tell({ ...climb, key: 'z1/climb', zone: 'z1' });
    await until(page, `document.querySelectorAll('.row:not(.blank)').length === 5`);
    const painted = Number(await page.locator('.row').first().getAttribute('data-alarm'));
    await expect.poll(() => feeder.reports.at(-1)?.displayed).toContain(painted);
    expect(await page.locator('.plate.f1').count()).toBe(2);
    const { sound, visible, nodes, seq } = feeder.reports.at(-1)!;
    expect({ sound, visible, seq }).toEqual({ sound: 'running', visible: true, seq: painted });
    expect(nodes).toBeGreaterThan(100);
  });
  test('is acknowledged by one key, and the next one by the arrows', async () => {
    const feeder = await feederFor(stage, alarmDay());
    const { page } = await wallAt(feeder);
    await fresh(page);
    const id = Number(await page.locator('.row').first().getAttribute('data-alarm'));
    await page.waitForSelector('.alarms[data-unread="0"] .row.new');
    await page.keyboard.press('Enter');
    await until(page, `document.querySelectorAll('.row.new').length === 1`);
    expect(feeder.asked.find((a) => a.path === '/api/commands')?.body).toEqual({ do: 'acknowledge', alarm: id });
    await page.keyboard.press('ArrowDown');
    await page.waitForSelector('.row.chosen');
  });
  test('can be silenced, and the time left is shown', async () => {
    const feeder = await feederFor(stage, alarmDay());
    const { page } = await wallAt(feeder);
    await fresh(page);
    await page.keyboard.press('0');
    await until(page, `document.querySelector('.head').textContent.includes('静音 0')`);
    await feeder.tell({ ...climb, key: 'z1/climb', zone: 'z1' });
    await until(page, `document.querySelector('.head').textContent.includes('声音正常')`);
  });
});

test('the privacy key hides every picture until it is pressed again', async () => {
  const feeder = await feederFor(stage, quietDay());
  const { page } = await wallAt(feeder);
  await page.waitForSelector('.shot canvas:not(.hidden)');
  await page.keyboard.press('*');
  await until(page, `document.querySelectorAll('.shot canvas.hidden').length === 2`);
  await page.keyboard.press('*');
  await until(page, `document.querySelectorAll('.shot canvas.hidden').length === 0`);
});

test('a thousand alarms that come and go leave no node behind', async () => {
  const feeder = await feederFor(stage, quietDay());
  const { page } = await wallAt(feeder);
  await fresh(page);
  await page.waitForSelector('.shot .taken');
  const nodes = () => page.evaluate<number>(`document.getElementsByTagName('*').length`);
  await page.waitForSelector('.day-board .lane');
  const before = await nodes();
  for (let i = 0; i < 100; i++) {
    const raised = Array.from({ length: 10 }, (_, n) => ({
      ...climb,
      key: `z${(n % 7) + 1}/${i}.${n}`,
      zone: `z${(n % 7) + 1}`,
    }));
    await feeder.order({ do: 'storm', facts: raised });
  }
  await until(page, `document.querySelector('.foot').textContent.includes('报警 1001')`);
  await until(page, `document.querySelectorAll('.row:not(.blank)').length === 0`);
  await page.waitForSelector('.day-board .lane');
  expect(Math.abs((await nodes()) - before)).toBeLessThanOrEqual(5);
});
