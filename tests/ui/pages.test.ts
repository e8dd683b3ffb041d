/**
 * Console, phone, patrol board and health view in a real Chromium: what a person does there, with few inputs, and what the
 * gateway is asked for then. No page complains of its own policy or asks another host.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { alarmDay, type Dated, quietDay } from './scenes.ts';
import { type Feeder, feederFor, openPage, type Stage, setStage, until } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.end());

const open = (feeder: Feeder, path: string, phone = false) =>
  openPage(stage, `${feeder.url}${path}`, phone ? { width: 390, height: 844 } : { width: 1440, height: 900 });
const commands = (feeder: Feeder) =>
  feeder.asked.filter((a) => a.path === '/api/commands' || a.path === '/api/phone/acts').map((a) => a.body);
const firstId = async (page: Page) => Number(await page.locator('[data-alarm]').first().getAttribute('data-alarm'));

describe('every page', () => {
  const paths = ['/console', '/patrol', '/setup', '/m', '/login'];
  test.each(paths)('%s works under its own policy, speaks both languages, and asks this host alone', async (path) => {
    const feeder = await feederFor(stage, alarmDay());
    const { page, errors, context } = await open(feeder, path);
    const hosts = new Set<string>();
    context.on('request', (request) => hosts.add(new URL(request.url()).host));
    await page.reload();
    await page.waitForSelector('button[lang=en]');
    await page.click('button[lang=en]');
    await page.waitForSelector('button[lang=zh]');
    expect(await page.getAttribute('html', 'lang')).toBe('en');
    await page.click('button[lang=zh]');
    expect([...hosts]).toEqual([new URL(feeder.url).host]);
    expect(errors).toEqual([]);
  });
  test('says when its data is not live', async () => {
    const feeder = await feederFor(stage, quietDay());
    const pages = await Promise.all(['/console', '/patrol', '/setup', '/m'].map((path) => open(feeder, path)));
    for (const { page } of pages)
      await until(page, `document.querySelector('.note') !== null || document.querySelector('table') !== null`);
    await feeder.order({ do: 'beats', how: 'off' });
    for (const { page } of pages) {
      await page.waitForSelector('.stalebar');
      expect(await page.locator('body').textContent()).not.toMatch(/没有待确认的报警|没有未处理的报警/);
    }
  });
});

/** The alarm in view has stood there long enough for its key. */
const read = (page: Page) => until(page, `document.querySelector('.act-ack')?.textContent.includes('Enter') === true`);

describe('the console', () => {
  test('acknowledges with one key, and closes with a reason code when the condition is over', async () => {
    const feeder = await feederFor(stage, alarmDay());
    const { page } = await open(feeder, '/console');
    await page.waitForSelector('.detail h2');
    const id = await firstId(page);
    await read(page);
    await page.keyboard.press('Enter');
    await until(page, `document.querySelector('.detail').textContent.includes('现场恢复后才能关闭')`);
    expect(commands(feeder)).toEqual([{ do: 'acknowledge', alarm: id }]);
    await feeder.tell({ kind: 'returned-to-normal', alarm: id, cause: 'fence/tension_4', ago: 0 });
    await page.locator('label', { hasText: 'B1 大风' }).click();
    await page.click('.reasons .btn.main');
    await expect.poll(() => commands(feeder).at(-1)).toEqual({ do: 'close', alarm: id, reason: 'B1' });
    await page.click('[role=tab]:has-text("今日已关闭")');
    await until(page, `document.querySelector('table')?.textContent.includes('B1 大风') === true`);
  });
  test('shows what happened, from the journal', async () => {
    const feeder = await feederFor(stage, alarmDay());
    const { page } = await open(feeder, '/console');
    await until(page, `document.querySelector('.timeline')?.textContent.includes('已取证画面') === true`);
    await read(page);
    await page.keyboard.press('Enter');
    await until(page, `document.querySelector('.timeline')?.textContent.includes('王建国 确认') === true`);
  });
  test('says why the gateway refused', async () => {
    const feeder = await feederFor(stage, alarmDay());
    const { page } = await open(feeder, '/console');
    await page.waitForSelector('.detail h2');
    await page.route('**/api/{commands,phone/acts}*', (route) =>
      route.fulfill({ status: 409, json: { zh: '该报警已有人确认。', en: 'Somebody has.' } }),
    );
    await read(page);
    await page.keyboard.press('Enter');
    expect(await page.locator('.failed').textContent()).toBe('该报警已有人确认。');
  });
  test('asks why and until when before a zone is bypassed, and arms it with one press', async () => {
    const feeder = await feederFor(stage, quietDay());
    const { page } = await open(feeder, '/console');
    await page.click('[role=tab]:has-text("布防")');
    const zone = page.locator('tbody tr').first();
    await zone.getByText('旁路…').click();
    expect(await zone.locator('.btn.main').isDisabled()).toBe(true);
    await zone.locator('input').fill('修围栏');
    await zone.locator('select').selectOption('4');
    await zone.locator('.btn.main').click();
    await until(page, `document.querySelector('tbody tr b').textContent === '旁路'`);
    const asked = commands(feeder)[0] as { until: number };
    expect(asked).toEqual({ do: 'arm-zone', zone: 'z1', mode: 'inhibited', reason: '修围栏', until: asked.until });
    expect(await zone.locator('.facts').textContent()).toContain('修围栏');
    await zone.getByText('结束旁路，布防').click();
    await until(page, `document.querySelector('tbody tr b').textContent === '布防'`);
  });
  test('gives an auditor nothing to do with an alarm, but to take the file of its incident', async () => {
    const feeder = await feederFor(stage, alarmDay(), 'auditor');
    const { page } = await open(feeder, '/console');
    await page.waitForSelector('.detail h2');
    await page.waitForSelector('.detail .btn.case');
    expect(await page.locator('.detail .btn:not(.case)').count()).toBe(0);
  });
});

describe('the phone', () => {
  const targets = `[...document.querySelectorAll('button')].map((e) => [e.className, e.getBoundingClientRect().height, e.getBoundingClientRect().width])`;
  test('acknowledges by a tap on a big button, never by opening the link', async () => {
    const feeder = await feederFor(stage, alarmDay(), 'guard');
    const { page } = await open(feeder, '/m', true);
    await page.waitForSelector('.item');
    const id = await firstId(page);
    await page.goto(`${feeder.url}/m/a/${id}`);
    await page.waitForSelector('.btn.main');
    expect(feeder.asked.filter((a) => a.method === 'POST')).toEqual([]);
    await page.click('.btn.main');
    await until(page, `document.querySelector('.course')?.textContent.includes('王建国') === true`);
    expect(commands(feeder)).toEqual([{ do: 'acknowledge', alarm: id }]);
    expect(feeder.asked.filter((a) => a.path === '/api/events')).toEqual([]);
  });
  test('has targets for a gloved thumb, and nothing wider than the screen', async () => {
    const feeder = await feederFor(stage, alarmDay(), 'guard');
    const { page } = await open(feeder, '/m', true);
    await page.waitForSelector('.item');
    const home = await page.evaluate<[string, number, number][]>(targets);
    expect(home.filter(([, height, width]) => height < 48 || width < 48)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await page.locator('.item').first().click();
    await page.waitForSelector('.btn.main');
    const alarm = await page.evaluate<[string, number, number][]>(targets);
    expect(alarm.filter(([name, height]) => height < (name.includes('main') ? 72 : 48))).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  });
  test('shows a new alarm without being touched', async () => {
    const feeder = await feederFor(stage, quietDay(), 'guard');
    const { page } = await open(feeder, '/m', true);
    await until(page, `document.body.textContent.includes('没有未处理的报警')`);
    const climb = alarmDay().at(-2) as Dated;
    await feeder.tell(climb);
    await until(page, `document.querySelector('.hero')?.textContent.includes('攀爬') === true`);
  });
});

describe('the patrol board', () => {
  test('has every round of today, the counter and the rates, and tells of a cell', async () => {
    const feeder = await feederFor(stage, quietDay());
    const { page } = await open(feeder, '/patrol');
    await page.waitForSelector('tbody tr');
    expect(await page.locator('tbody tr').count()).toBe(6);
    expect(await page.locator('.figures b').allTextContents()).toEqual(['3 / 5', '97%', '90%', '5时59分']);
    await page.locator('.cell.missed').last().click();
    await until(page, `document.body.textContent.includes('2号点 · 计划 14:10 · 漏巡')`);
  });
});

test('a list of tabs holds tabs alone, and what a page is about stands in its main part', async () => {
  const feeder = await feederFor(stage, alarmDay(), 'head');
  for (const path of ['/console', '/alarms', '/patrol', '/patrol/audit', '/kpi', '/setup', '/setup/walk']) {
    const { page } = await open(feeder, path);
    await page.waitForSelector('.bar a');
    expect([path, await page.locator('[role=tablist] > :not([role=tab])').count()]).toEqual([path, 0]);
    expect([path, await page.locator('main').count()]).toEqual([path, 1]);
  }
});

describe('what goes out of the patrol board', () => {
  test('is chosen by days, for who may take records out', async () => {
    const feeder = await feederFor(stage, quietDay());
    const { page } = await open(feeder, '/patrol');
    await page.waitForSelector('a[download]');
    await page.locator('input[type=date]').first().fill('2026-11-20');
    await page.locator('input[type=date]').last().fill('2026-11-22');
    await page.click('button:has-text("查看")');
    const [from, to] = ['2026-11-20', '2026-11-23'].map((day) => Date.parse(`${day}T00:00:00+08:00`));
    const ways = `[...document.querySelectorAll('a[download]')].map((a) => a.getAttribute('href'))`;
    await until(page, `${ways}[0] === '/api/export/rounds.csv?from=${from}&to=${to}'`);
    expect(await page.evaluate(ways)).toContain(`/api/export/scans.csv?from=${from}&to=${to}`);
  });
  test('on paper is the day with its name, and nothing to press', async () => {
    const feeder = await feederFor(stage, quietDay());
    const { page } = await open(feeder, '/patrol');
    await page.waitForSelector('tbody tr');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.paper').textContent()).toMatch(/^实验小学（东校区） 今日巡更 2026-11-23 14:32/);
    expect(await page.locator('.chooser').isVisible()).toBe(false);
    expect(await page.locator('.bar').isVisible()).toBe(false);
    const { width, right } = await page.evaluate<{ width: number; right: number }>(
      `({ width: innerWidth, right: Math.max(...[...document.querySelectorAll('td')].map((e) => e.getBoundingClientRect().right)) })`,
    );
    expect(right).toBeLessThanOrEqual(width);
  });
});

describe('the health view', () => {
  test('lists troubles, ledgers, unreadable data, found cameras, and live points', async () => {
    const feeder = await feederFor(stage, quietDay());
    const { page } = await open(feeder, '/setup');
    await until(page, `document.body.textContent.includes('InfluxDB 没有应答')`);
    await until(page, `document.body.textContent.includes('内容读不懂 2')`);
    await page.click('button:has-text("搜索摄像头")');
    await until(page, `document.body.textContent.includes('192.0.2.9')`);
    await page.locator('summary').first().click();
    await feeder.order({ do: 'gauge', device: 'fence', point: 'tension_4', value: 12.5 });
    await until(page, `document.querySelector('details[open]').textContent.includes('12.5%')`);
  });

  test('says how far the district is, and marks a signature that is hours old', async () => {
    const feeder = await feederFor(stage, quietDay());
    const { page } = await open(feeder, '/setup');
    const box = page.locator('[data-district]');
    await box.waitFor();
    expect(await box.innerText()).toMatch(/区级平台 · pudong.*118000 条，还差 12 条.*到第 117400 条，4时00分前/s);
    expect(await box.locator('.flag').innerText()).toContain('4时00分前');
    await page.click('button[lang=en]');
    await until(page, `document.body.textContent.includes('118000 records, 12 still to come')`);
  });

  test('says whom alarms do not reach, and how each wall is', async () => {
    const feeder = await feederFor(stage, quietDay(), 'integrator');
    const { page } = await open(feeder, '/setup');
    await page.waitForSelector('.box:has-text("报警通知到谁")');
    const box = async (title: string) =>
      (await page.locator('.box', { hasText: title }).first().innerText()).split('\n');
    expect(await box('报警通知到谁')).toEqual(
      expect.arrayContaining([
        '一级报警升级第 2 级没有人：没有可以登录的账号',
        '最后联系人没有人：相关人员都没有在看屏幕',
      ]),
    );
    const walls = (await box('最后上报')).join('|');
    expect(walls).toMatch(/值班室 wall-1\s*\|?\s*正常\s*\|?\s*4 ?秒前/);
    expect(walls).toMatch(/门卫室 wall-2.*没有声音/);
    expect(walls).toMatch(/校长室 wall-3 没有这个账号.*没有响应.*从未上报/);
    expect(walls).toContain('大屏账号 canteen 不在配置的 walls 里');
  });
});

describe('what keeps alarms from being seen, heard or told', () => {
  const why = {
    zh: '大屏“门卫室”没有声音，请到现场查看。',
    en: 'wall "Gate lodge" makes no sound; go and look at it.',
  };
  const troubles = [
    { part: 'walls', why, since: 0 },
    { part: 'certificate', why: { zh: '证书还有 9 天到期', en: 'the certificate runs out in 9 days' }, since: 0 },
    { part: 'clock', why: { zh: '时钟刚被校准', en: 'the clock was only just set' }, since: 0 },
    { part: 'influx', why: { zh: '长期库没有应答', en: 'the long-term store does not answer' }, since: 0 },
  ];

  test.each([
    ['/console', 'operator'],
    ['/patrol', 'operator'],
    ['/m', 'guard'],
    ['/wall', 'operator'],
  ])('is said on %s in both languages, and what is not of that kind is not', async (path, role) => {
    const feeder = await feederFor(stage, quietDay(), role);
    await feeder.order({ do: 'troubles', troubles });
    const english = await open(feeder, `${path}?lang=en`, path === '/m');
    await until(english.page, `document.body.textContent.includes('wall "Gate lodge" makes no sound')`);
    const { page } = await open(feeder, path, path === '/m');
    await until(page, `document.body.textContent.includes('大屏“门卫室”没有声音')`);
    expect(await page.locator('body').innerText()).not.toContain('长期库没有应答');
    await feeder.order({ do: 'troubles', troubles: [] });
    await until(page, `!document.body.textContent.includes('大屏“门卫室”没有声音')`);
  });
});
