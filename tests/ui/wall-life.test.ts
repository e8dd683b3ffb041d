/**
 * The wall through the whole life of alarms, in a real Chromium: incidents as one row, who is under way, what was put aside, a
 * flood, weather, a walk test, an open way in. Everything legible in every theme, language and size, and nothing lost.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { afternoon } from './campus.ts';
import { readAll } from './legibility.ts';
import { alarmDay, type Dated, quietDay, raised } from './scenes.ts';
import { busyDay, entryDay, floodDay, walkDay, weatherDay } from './scenes-life.ts';
import { type Feeder, feederFor, openPage, type Stage, setStage, until } from './stage.ts';

const hour = 3_600_000;
const shots = process.env.SHOTS;

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.end());

async function wall(day: readonly Dated[], lang = 'zh') {
  const feeder = await feederFor(stage, day);
  const { page, errors } = await openPage(stage, `${feeder.url}/wall?theme=day&lang=${lang}`);
  await page.waitForSelector('.clock');
  return { feeder, page, errors };
}
const asked = (feeder: Feeder) => feeder.asked.filter((a) => a.path === '/api/commands').map((a) => a.body);
const row = (page: Page, n: number) => page.locator('.row').nth(n);
const head = (page: Page, text: string) =>
  until(page, `document.querySelector('.head').textContent.includes(${JSON.stringify(text)})`);

describe.each(['zh', 'en'])('everything can be read in %s', (lang) => {
  test.each([
    ['nothing open', quietDay],
    ['an incident and others in hand', busyDay],
    ['a flood', floodDay],
    ['weather', weatherDay],
    ['a walk test', walkDay],
    ['an open way in', entryDay],
  ])('with %s', async (name, day) => {
    const { page, errors } = await wall(day(), lang);
    await page.waitForSelector('.shot .taken');
    expect(await readAll(page, name)).toEqual([]);
    expect(errors).toEqual([]);
  });
  test('with an incident and others in hand, gone stale', async () => {
    const { feeder, page } = await wall(busyDay(), lang);
    await feeder.order({ do: 'beats', how: 'off' });
    await page.waitForSelector('.banner');
    expect(await readAll(page, 'busy, stale')).toEqual([]);
    expect(await page.locator('.row.new').count()).toBe(2);
  });
});

describe('a quiet wall', () => {
  test('shows the day as lines where the list stood, and two pictures large', async () => {
    const { page, errors } = await wall([
      ...quietDay(),
      { kind: 'zone-armed', zone: 'z2', mode: 'disarmed', by: 'schedule', ago: 3 * hour },
    ]);
    await page.waitForSelector('.day-board .lane');
    const lanes = await page.locator('.day-board .lane .name').allTextContents();
    expect(lanes).toEqual(['报警', '布防', '巡逻', '后厨', '故障']);
    expect(await page.locator('[data-lane=alarms] .count').textContent()).toBe('1');
    const drawn = (lane: string) =>
      page.evaluate<number>(
        `[...document.querySelectorAll('[data-lane=${lane}] path')].map((one) => one.getAttribute('d')).join('').split('M').length - 1`,
      );
    expect(await drawn('alarms')).toBe(1);
    expect(await drawn('rounds')).toBeGreaterThan(2);
    expect(await drawn('kitchen')).toBe(0);
    expect(await page.locator('.shots .shot').count()).toBe(2);
    if (shots) await page.screenshot({ path: `${shots}/quiet-wall.png` });
    expect(errors).toEqual([]);
  });

  test('claims nothing of the day once the gateway is not heard', async () => {
    const { feeder, page } = await wall(quietDay());
    await page.waitForSelector('.day-board .lane');
    await feeder.order({ do: 'beats', how: 'off' });
    await page.waitForSelector('.banner');
    expect(await page.locator('.day-board').count()).toBe(0);
    expect(await page.locator('.alarms .quiet').textContent()).toBe('状态未知');
  });
});

describe('an incident', () => {
  test('is one row with its zones, counts every trigger, and is reported as all its alarms', async () => {
    const { feeder, page } = await wall(busyDay());
    expect(await row(page, 0).locator('.main').textContent()).toBe('4区 攀爬 ×2');
    expect(await row(page, 0).locator('.sub').textContent()).toBe('2 条待确认 · 另有 5区 拉紧');
    const ids = (await row(page, 0).getAttribute('data-alarm'))!.split(' ').map(Number);
    expect(ids).toHaveLength(2);
    await expect.poll(() => feeder.reports.at(-1)?.displayed).toEqual(expect.arrayContaining(ids));
    expect(await page.locator('.plate.f1:not(.acked)').count()).toBe(2);
  });
  test('without a place on the map is reported as all its alarms by its row alone', async () => {
    const { feeder, page } = await wall(quietDay());
    const lost = (id: string) =>
      raised(`${id}/comms`, { alarm: 'comms', priority: 3, device: id, cause: `${id}/link` }, 0);
    await feeder.tell(lost('r1'));
    await until(page, `document.querySelector('.row').dataset.alarm !== undefined`);
    const first = Number(await row(page, 0).getAttribute('data-alarm'));
    await feeder.tell(lost('r2'), { kind: 'joined', alarm: -1, incident: first, why: 'same-line', ago: 0 });
    await until(page, `document.querySelector('.row').dataset.alarm.includes(' ')`);
    const ids = (await row(page, 0).getAttribute('data-alarm'))!.split(' ').map(Number);
    await expect.poll(() => feeder.reports.at(-1)?.displayed).toEqual(ids);
  });
  test('is acknowledged by one key, each alarm for itself', async () => {
    const { feeder, page } = await wall(busyDay());
    const ids = (await row(page, 0).getAttribute('data-alarm'))!.split(' ').map(Number);
    await page.waitForSelector('.alarms[data-unread="0"] .row.new');
    await page.keyboard.press('Enter');
    await until(page, `document.querySelectorAll('.row.new').length === 1`);
    expect(asked(feeder)).toEqual(ids.map((alarm) => ({ do: 'acknowledge', alarm })));
  });
  test('is not taken by a key pressed in the moment in which it came', async () => {
    const { feeder, page } = await wall(quietDay());
    await page.evaluate(`new MutationObserver((_, watch) => {
      if (!document.querySelector('.row.new')) return;
      watch.disconnect();
      for (const key of ['Enter', '+']) dispatchEvent(new KeyboardEvent('keydown', { key }));
    }).observe(document.body, { subtree: true, childList: true, attributes: true })`);
    await feeder.tell(raised('z1/climb', { zone: 'z1' }, 0));
    await head(page, '刚到的报警，看清后再按');
    expect(asked(feeder)).toEqual([]);
    await page.waitForSelector('.alarms[data-unread="0"] .row.new');
    await page.keyboard.press('Enter');
    await until(page, `document.querySelectorAll('.row.new').length === 0`);
  });
  test('grows while it is looked at', async () => {
    const { feeder, page } = await wall(alarmDay());
    const first = Number(await row(page, 0).getAttribute('data-alarm'));
    await feeder.tell(raised('z5/pull', { zone: 'z5', alarm: 'pull', cause: 'fence/tension_5' }, 0), {
      kind: 'joined',
      alarm: -1,
      incident: first,
      why: 'neighbour',
      ago: 0,
    });
    await until(page, `document.querySelector('.row .sub').textContent === '2 条待确认 · 另有 5区 拉紧'`);
  });
  test('of weather is called so, and shown as important and not as urgent', async () => {
    const { page } = await wall(weatherDay());
    expect(await row(page, 0).locator('.main').textContent()).toBe('1、4–7区 疑似天气 ×5');
    expect(await page.locator('.row:not(.blank)').count()).toBe(1);
    expect(await page.locator('.chip').first().getAttribute('class')).toContain('p2');
    expect([await page.locator('.plate.f2').count(), await page.locator('.plate.f1').count()]).toEqual([5, 0]);
  });
});

describe('who is under way', () => {
  test('and does not answer is marked, and stands with what waits', async () => {
    const of = 'z6/cut';
    const sent: Dated = { kind: 'dispatched', alarm: -1, of, by: 'wang', to: 'li', ago: 75_000 };
    const since = afternoon - 75_000;
    const owed = { kind: 'pledged', by: 'wang', stage: 'accept', words: 0, since, until: since + 60_000 } as const;
    const { page } = await wall([...alarmDay(), sent, { ...owed, alarm: -1, of, ago: 74_000 }]);
    const late = page.locator('.row.late');
    expect(await late.locator('.handling').textContent()).toBe('未接单');
    expect(await late.locator('.sub').textContent()).toMatch(/^李强 1分\d\d秒未接单$/);
    // More urgent than a covered camera that nobody has acknowledged.
    const rows = await page.locator('.row:not(.blank) .main').allTextContents();
    expect(rows.slice(1, 3).map((title) => title.slice(0, 2))).toEqual(['6区', '留样']);
  });
  test('is named in the row, with how far he is', async () => {
    const { page } = await wall(busyDay());
    const said = await page
      .locator('.row:not(.blank)')
      .evaluateAll((rows) =>
        rows.map((r) => [r.querySelector('.sub')?.textContent, r.querySelector('.handling')?.textContent]),
      );
    expect(said).toContainEqual(['李强 14:31', '已到场']);
    expect(said).toContainEqual(['王建国 14:25 A3 学生攀爬或触碰', '待复核']);
    expect(said).toContainEqual(['14:11 王建国 确认', '缺原因']);
  });
  test('is sent by one key, when he is near and free', async () => {
    const { feeder, page } = await wall(busyDay());
    const alarm = Number((await row(page, 0).getAttribute('data-alarm'))!.split(' ')[0]);
    await page.waitForSelector('.alarms[data-unread="0"] .row.new');
    await page.keyboard.press('+');
    await expect.poll(() => asked(feeder)).toEqual([{ do: 'dispatch', alarm, to: 'wei' }]);
  });
  test('is nobody when nobody is on patrol, and that is said', async () => {
    const { feeder, page } = await wall([raised('z1/climb', { zone: 'z1' }, 0)]);
    await page.waitForSelector('.alarms[data-unread="0"] .row.new');
    await page.keyboard.press('+');
    await head(page, '没有空闲的巡更人员可派');
    expect(asked(feeder)).toEqual([]);
  });
});

test('what was put aside is counted on the wall, marked on the map, and not listed', async () => {
  const { page } = await wall(busyDay());
  expect(await page.locator('.health').textContent()).toContain('搁置 1');
  expect(await page.locator('.zone-no').first().textContent()).toBe('1搁');
  expect((await page.locator('.row .main').allTextContents()).join()).not.toContain('1区');
});

test.each([
  ['zh', 1920, 1080],
  ['en', 1920, 1080],
  ['zh', 3840, 2160],
  ['en', 3840, 2160],
] as const)(
  'in a flood the name of the school stands apart from the flags, whole, in %s at %i',
  async (lang, width, height) => {
    const feeder = await feederFor(stage, floodDay());
    const { page } = await openPage(stage, `${feeder.url}/wall?theme=day&lang=${lang}`, { width, height });
    await page.waitForSelector('.head .chip.p3');
    await page.waitForSelector('.clock');
    if (shots) await page.screenshot({ path: `${shots}/flood-${lang}-${width}.png` });
    const found = await page.evaluate<{ gap: number; lines: number; outside: string[] }>(`(() => {
    const head = document.querySelector('.head').getBoundingClientRect();
    const name = document.querySelector('.head .school');
    const text = document.createRange();
    text.selectNodeContents(name);
    const boxes = [...document.querySelectorAll('.head > *')].map((one) => [one.className, one.getBoundingClientRect()]);
    const shown = boxes.filter(([, { width, height }]) => width > 0 && height > 0);
    const next = Math.min(...shown.filter(([is]) => is !== 'school').map(([, { left }]) => left));
    return {
      gap: (next - name.getBoundingClientRect().right) / innerWidth,
      lines: new Set([...text.getClientRects()].map(({ top }) => Math.round(top))).size,
      outside: shown
        .filter(([, box]) => box.left < head.left || box.right > head.right || box.top < head.top - 1 || box.bottom > head.bottom + 1)
        .map(([is]) => is),
    };
  })()`);
    expect(found).toEqual({ gap: expect.any(Number), lines: 1, outside: [] });
    expect(found.gap).toBeGreaterThan(0.01);
  },
);

test('a flood lists the urgent, and counts the rest and what has no room', async () => {
  const { feeder, page } = await wall(floodDay());
  await head(page, '报警泛滥 15 条/10 分');
  expect(await page.locator('.row:not(.blank)').count()).toBe(5);
  expect(await page.locator('.foot p').first().textContent()).toBe('另有 2 组 · 泛滥中，另有 3 级 8 组');
  await head(page, '15 条待确认');
  await feeder.tell({ kind: 'flooded', on: false, count: 4, ago: 0 });
  await until(page, `document.querySelector('.foot p').textContent === '另有 10 组'`);
});

test('a flood of ordinary alarms alone is not called quiet', async () => {
  const { page } = await wall(floodDay().filter((f) => f.kind !== 'raised' || f.alarm !== 'pull'));
  await head(page, '8 条待确认');
  expect(await page.locator('.row:not(.blank)').count()).toBe(0);
  expect(await page.locator('.quiet').count()).toBe(0);
  expect(await page.locator('.foot p').first().textContent()).toBe('泛滥中，另有 3 级 8 组');
});

test('what has no room in the list is reached by the arrows, and the top comes back with the next alarm', async () => {
  const { feeder, page } = await wall(floodDay());
  const main = (n: number) => row(page, n).locator('.main').textContent();
  const top = await main(0);
  for (let i = 0; i < 6; i++) await page.keyboard.press('ArrowDown');
  await until(page, `document.querySelector('.foot p').textContent.startsWith('上面 2 组')`);
  expect(await page.locator('.row.chosen').count()).toBe(1);
  expect(await main(4)).toBe('4区 东围栏 拉紧');
  const chosen = Number(await row(page, 4).getAttribute('data-alarm'));
  await page.waitForSelector('.alarms[data-unread="0"] .row.new');
  await page.keyboard.press('Enter');
  await expect.poll(() => asked(feeder)).toEqual([{ do: 'acknowledge', alarm: chosen }]);
  await feeder.tell(raised('z1/cut', { zone: 'z1', alarm: 'cut' }, 0));
  await until(page, `document.querySelector('.row .main').textContent.includes('断线')`);
  expect(await main(1)).toBe(top);
});

test('a flood leaves the map to be read: five plates, and every other zone in its colour, reported as painted', async () => {
  const { feeder, page } = await wall(floodDay());
  await page.waitForSelector('.plate');
  expect(await page.locator('.plate').count()).toBe(5);
  const glowing = await page.locator('.glow').count();
  expect(glowing).toBeGreaterThan(5);
  const ids = await page.evaluate<string[]>(
    `[...document.querySelectorAll('.map [data-alarm]')].map((e) => e.dataset.alarm)`,
  );
  expect(new Set(ids).size).toBe(glowing);
  await expect.poll(() => feeder.reports.at(-1)?.displayed).toEqual(expect.arrayContaining(ids.map(Number)));
});

test('a walk test is a dashed strip that counts down, and its zones are dashed on the map', async () => {
  const { page } = await wall(walkDay());
  expect(await page.locator('.walking').textContent()).toMatch(/^测试 4–5区 27:[0-4]\d$/);
  expect(await page.evaluate(`getComputedStyle(document.querySelector('.walking')).borderTopStyle`)).toBe('dashed');
  expect(await page.locator('.zone.tested').count()).toBe(2);
  expect(await page.locator('.chip').first().textContent()).toBe('无未处理报警');
});

test('an open way in is counted down until somebody unsets the area', async () => {
  const { feeder, page } = await wall(entryDay());
  await until(page, `/校园有人进入，\\d+ 秒内撤防/.test(document.querySelector('.head').textContent)`);
  await feeder.tell({ kind: 'area-armed', area: 'ground', mode: 'disarmed', by: '王建国', ago: 0 });
  await head(page, '本屏账号 王建国');
});

test('what was refused is said in the gateway’s own words', async () => {
  const { page } = await wall([...quietDay(), raised('z1/climb', { zone: 'z1' }, 0)]);
  await page.route('**/api/commands', (route) =>
    route.fulfill({ status: 409, json: { zh: '张伟 已于 14:31:52 确认。', en: 'Zhang Wei was first.' } }),
  );
  await page.waitForSelector('.alarms[data-unread="0"] .row.new');
  await page.keyboard.press('Enter');
  await until(page, `document.querySelector('.head .p3')?.textContent === '张伟 已于 14:31:52 确认。'`);
});
