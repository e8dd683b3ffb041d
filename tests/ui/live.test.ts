/**
 * What a person at the desk or in the yard reads around an alarm, in a real Chromium: second lines that say something,
 * facts and tension, keys that work wherever the focus is, and no button or link for what a role may not do.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { alarmDay, climb, quietDay } from './scenes.ts';
import { type Feeder, feederFor, openPage, type Stage, setStage, until } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.end());

const open = (feeder: Feeder, path: string, phone = false) =>
  openPage(stage, `${feeder.url}${path}`, phone ? { width: 390, height: 844 } : { width: 1440, height: 900 });
const acked = (feeder: Feeder) => feeder.asked.filter((a) => a.path === '/api/commands').map((a) => a.body);

describe('an alarm in full', () => {
  test('names its zone, the zones beside it, its device and its camera', async () => {
    const feeder = await feederFor(stage, alarmDay());
    const { page } = await open(feeder, '/console?lang=zh');
    await until(page, `document.querySelector('.known') !== null`);
    const text = await page.locator('.known:not(.decided)').textContent();
    expect(text).toContain('4区 东围栏 · 布防');
    expect(text).toContain('3区 布防');
    expect(text).toContain('5区 布防');
    expect(text).toContain('围栏主机 · 线路 bus · 通');
    expect(await page.locator('.timeline').textContent()).toContain('触发（1 级）：围栏主机');
  });
  test('draws a minute of tension from the kept samples', async () => {
    const feeder = await feederFor(stage, alarmDay());
    const { page } = await open(feeder, '/console?lang=zh');
    await page.waitForSelector('.tension .lead');
    expect(await page.locator('.tension figcaption').textContent()).toContain('张力 3% 到 38%');
    expect(await page.locator('.tension .began').count()).toBe(1);
  });
  test('calls nothing armed while data is stale', async () => {
    const feeder = await feederFor(stage, alarmDay());
    const { page } = await open(feeder, '/console?lang=zh');
    await page.waitForSelector('.known');
    await feeder.order({ do: 'beats', how: 'off' });
    await page.waitForSelector('.stalebar');
    const text = await page.locator('.known:not(.decided)').textContent();
    expect(text).toContain('状态未知');
    expect(text).not.toMatch(/布防|· 通/);
  });
});

describe('the second line', () => {
  test('gives value and limit while it stands, from and to once it is over, and the plan of a missed point', async () => {
    const feeder = await feederFor(stage, alarmDay());
    const { page } = await openPage(stage, `${feeder.url}/wall?lang=zh`);
    await page.waitForSelector('.row[data-alarm]');
    const first = page.locator('.row .sub').first();
    expect(await first.textContent()).toBe('张力 38%，限 25%');
    const id = Number(await page.locator('.row').first().getAttribute('data-alarm'));
    await feeder.tell({ kind: 'returned-to-normal', alarm: id, cause: climb.cause, ago: 0 });
    await expect.poll(() => first.textContent()).toMatch(/^\d\d:\d\d:\d\d 至 \d\d:\d\d:\d\d$/);
  });
  test('never loses what happened to a long name', async () => {
    const feeder = await feederFor(stage, alarmDay());
    const { page } = await openPage(stage, `${feeder.url}/wall?lang=en`);
    await page.waitForSelector('.row[data-alarm]');
    await page.evaluate(
      `document.querySelector('.row .main .one-line').textContent = 'A very long name of a place '.repeat(3)`,
    );
    const [kind, row] = await Promise.all(
      ['.row .main .kind', '.row .age'].map((at) => page.locator(at).first().boundingBox()),
    );
    expect(kind!.x + kind!.width).toBeLessThanOrEqual(row!.x);
    expect(kind!.width).toBeGreaterThan(60);
  });
});

describe('the keys of the console', () => {
  test('choose and acknowledge with the focus on an alarm, and change the list', async () => {
    const feeder = await feederFor(stage, alarmDay());
    const { page } = await open(feeder, '/console?lang=zh');
    await page.waitForSelector('.item');
    const second = Number(await page.locator('.item').nth(1).getAttribute('data-alarm'));
    await page.locator('.item').first().focus();
    await page.keyboard.press('j');
    await until(page, `document.activeElement.dataset.alarm === '${second}'`);
    await page.keyboard.press('Enter');
    await expect.poll(() => acked(feeder)).toEqual([{ do: 'acknowledge', alarm: second }]);
    await page.keyboard.press('7');
    await page.waitForSelector('[role=tab][aria-selected=true]:has-text("布防")');
  });
  test('leave a note alone', async () => {
    const feeder = await feederFor(stage, alarmDay());
    const { page } = await open(feeder, '/console?lang=zh');
    await page.click('[role=tab]:has-text("待关闭")');
    await page.locator('.reasons .long').fill('');
    await page.locator('.reasons .long').press('6');
    await page.locator('.reasons .long').press('j');
    expect(await page.locator('.reasons .long').inputValue()).toBe('6j');
  });
});

test('a bypass can be ended at once', async () => {
  const feeder = await feederFor(stage, [
    ...quietDay(),
    { kind: 'zone-armed', zone: 'z1', mode: 'inhibited', by: '王建国', reason: '修围栏', ago: 1 },
  ]);
  const { page } = await open(feeder, '/console?lang=zh');
  await page.click('[role=tab]:has-text("布防")');
  await page.click('button:has-text("结束旁路")');
  await until(page, `document.querySelector('tbody tr b').textContent === '布防'`);
  expect(acked(feeder)).toEqual([{ do: 'arm-zone', zone: 'z1', mode: 'armed' }]);
});

test.each([
  [
    'operator',
    [
      ...[
        '/console',
        '/alarms',
        '/patrol',
        '/duty',
        '/batons',
        '/patrol/audit',
        '/kpi',
        '/canteen',
        '/drill',
        '/wall',
        '/m',
      ],
      ...['/setup', '/phones', '/sensors'],
    ],
  ],
  ['integrator', ['/console', '/alarms', '/wall', '/m', '/setup']],
  ['guard', ['/patrol', '/duty', '/wall', '/m', '/m/point']],
] as const)('%s is led only to pages that have something for that role', async (role, paths) => {
  const feeder = await feederFor(stage, alarmDay(), role);
  const { page } = await open(feeder, '/patrol');
  await page.waitForSelector('.bar a');
  expect(await page.evaluate(`[...document.querySelectorAll('.bar a')].map((a) => a.getAttribute('href'))`)).toEqual(
    paths,
  );
});

test('the tab says how many alarms wait, and that data is lost', async () => {
  const feeder = await feederFor(stage, alarmDay());
  const { page } = await open(feeder, '/patrol?lang=zh');
  await until(page, `document.title === '(2) 今日巡更 · 实验小学'`);
  await feeder.order({ do: 'beats', how: 'off' });
  await until(page, `document.title.startsWith('数据中断')`);
});

test('the phone says that the alarm of a link is closed', async () => {
  const feeder = await feederFor(stage, quietDay(), 'guard');
  const { page } = await open(feeder, '/m/a/99999?lang=zh', true);
  await until(page, `document.body.textContent.includes('报警 99999 已关闭')`);
});
