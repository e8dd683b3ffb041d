/**
 * The bureau's wall, map and list in a real Chromium, behind the real live board: legible in every state, theme, language and size; nothing
 * looks well that is not known to be; the head counts what the tiles show; by keyboard alone; right again after an outage.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SchoolTile } from '../../src/district/board/board-types.ts';
import { alarmed, districtNow, lostFor, well, wellSchools } from '../district/some-tiles.ts';
import { type BoardFeeder, boardFor, officer } from './district-stage.ts';
import { read, readAll } from './legibility.ts';
import { openPage, type Stage, setStage, until, type View } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.end());

const shots = process.env.SHOTS;
const phone = { width: 390, height: 844 };

/** Forty schools, some of them in these states. */
const forty = (...some: SchoolTile[]) =>
  wellSchools(40).map((tile) => some.find(({ school }) => school === tile.school) ?? tile);
const late = { behind: 320, toldAt: districtNow - 700_000 };
const aheadOf = ({ alarms, ...tile }: SchoolTile): SchoolTile => ({
  ...tile,
  ...late,
  alarms: { ...alarms, top: { ...alarms.top!, ahead: true } },
});
/** The widest a tile can say. */
const pressed = () =>
  forty(
    ...[
      alarmed(4, 1, 38),
      alarmed(11, 1, 250, 'sos', 113),
      alarmed(7, 2, 95, 'cut'),
      alarmed(20, 2, 3_700, 'tamper', 12),
    ],
    ...[alarmed(21, 3, 900, 'overdue'), aheadOf(alarmed(30, 1, 12, 'intrusion')), well(33, late)],
    ...[well(12, { drillSince: districtNow - 95_000 }), well(13, { alarms: { waiting: [0, 0, 0], open: 12 } })],
    well(39, { kitchen: { of: 12, good: 11 }, fence: { zones: 40, armed: 12, out: 0 }, urged: 12 }),
    well(38, { kitchen: { of: 12, good: 10 }, fence: { zones: 40, armed: 12, out: 12 }, urged: 12 }),
  );
const lost = () =>
  forty(
    ...[lostFor(0, 250, { alarms: alarmed(0, 1, 400).alarms }), lostFor(6, 130), lostFor(15, 3 * 86_400)],
    lostFor(16, 200, { alarms: { waiting: [2, 13, 7], open: 22 } }),
    ...[well(8, { doubt: 'held', why: 'restored' }), well(9, { doubt: 'never' }), alarmed(3, 2, 50, 'masked')],
  );

/** How narrow the narrowest line is drawn. */
const squeeze = `Math.min(...[...document.querySelectorAll('.fit-line')].map((one) =>
  Number(/scaleX\\((.*)\\)/.exec(one.style.transform)?.[1] ?? 1)))`;

async function open(feeder: BoardFeeder, where = '/district', query = 'lang=zh&theme=day', view: View = {}) {
  const opened = await openPage(stage, `${feeder.url}${where}?${query}`, view);
  await opened.page.waitForSelector(view.width === phone.width ? '.list-clock' : '.board-clock');
  return opened;
}
const stop = async (feeder: BoardFeeder, page: Page) => {
  process.kill(feeder.pid, 'SIGSTOP');
  await page.waitForSelector('.is-stale');
};
const schools = (page: Page) =>
  page.evaluate<string[]>(`[...document.querySelectorAll('.school-tile')].map((one) => one.dataset.school)`);
const textOf = (page: Page, school: string) =>
  page.evaluate<string>(`document.querySelector('[data-school="${school}"]').textContent`);

describe.each([
  ['all well', () => wellSchools(40)],
  ['alarms of every priority', pressed],
  ['schools lost, on hold and not joined', lost],
] as const)('with %s', (name, tiles) => {
  test.each(['zh', 'en'])(
    'the wall can be read, live and cut off, and fills the screen to the last pixel, in %s',
    async (lang) => {
      const feeder = await boardFor(stage.built, tiles());
      const { page, errors } = await open(feeder, '/district', `lang=${lang}`);
      expect(await readAll(page, name)).toEqual([]);
      for (const [width, height] of [
        [1920, 1080],
        [3840, 2160],
      ] as const) {
        await page.setViewportSize({ width, height });
        if (shots) await page.screenshot({ path: `${shots}/district-${name}-${width}-${lang}.png` });
        const k = width / 1920;
        const box = await page.evaluate<number[]>(`(() => {
        const all = [...document.querySelectorAll('.school-tile')].map((one) => one.getBoundingClientRect());
        const edge = document.documentElement;
        return [all.length, Math.min(...all.map((one) => one.left)), Math.round(Math.max(...all.map((one) => one.right))),
          new Set(all.map((one) => Math.round(one.width))).size, Math.round(all[0].width), Math.round(all[0].height),
          edge.scrollWidth - edge.clientWidth, edge.scrollHeight - edge.clientHeight];
      })()`);
        expect(box).toEqual([40, 8 * k, 1912 * k, 1, 231 * k, 176 * k, 0, 0]);
      }
      // Narrower letters than these are no letters from across a room.
      expect(await page.evaluate<number>(squeeze)).toBeGreaterThan(0.64);
      await stop(feeder, page);
      expect(await readAll(page, `${name}, cut off`)).toEqual([]);
      if (shots) await page.screenshot({ path: `${shots}/district-${name}-gone-${lang}.png` });
      expect(errors).toEqual([]);
    },
  );
  test.each(['zh', 'en'])('the map can be read, live and cut off, in %s', async (lang) => {
    const feeder = await boardFor(stage.built, tiles());
    const { page, errors } = await open(feeder, '/district/map', `lang=${lang}`);
    expect(await readAll(page, name)).toEqual([]);
    expect(await page.locator('.outline .dot').count()).toBe(40);
    await stop(feeder, page);
    expect(await readAll(page, `${name}, cut off`)).toEqual([]);
    expect(errors).toEqual([]);
  });
  test('a phone shows a list by need that needs no scrolling sideways', async () => {
    const feeder = await boardFor(stage.built, tiles());
    for (const lang of ['zh', 'en']) {
      const { page } = await open(feeder, '/district', `lang=${lang}`, phone);
      const { page: wall } = await open(feeder, '/district', `lang=${lang}`);
      const rows = `[...document.querySelectorAll('.list-row')]`;
      expect(await page.evaluate(`${rows}.map((one) => one.dataset.school)`)).toEqual(await schools(wall));
      expect(await page.evaluate(`document.documentElement.scrollWidth`)).toBe(phone.width);
      expect(await page.evaluate(`${rows}.filter((one) => one.getBoundingClientRect().height < 48).length`)).toBe(0);
    }
  });
});

test('the look at legibility names small text and a figure that is claimed while nothing is heard', async () => {
  const feeder = await boardFor(stage.built, pressed());
  const { page } = await open(feeder);
  await stop(feeder, page);
  expect(await read(page)).toEqual([]);
  await page.evaluate(`document.querySelector('.tile-figure').textContent = '100%'`);
  await page.evaluate(`document.querySelector('.school-tile .tile-name').style.fontSize = '20px'`);
  const found = (await read(page)).join();
  expect(found).toContain('a figure while stale');
  expect(found).toContain('small 20');
});

test('no name is cut, however long, and none is lower for it', async () => {
  const tiles = forty(
    well(0, { short: { zh: '实验小学东校', en: 'Experimental Primary School East Campus' } }),
    well(1, { short: { zh: '很长的学校名称在这里', en: 'WWWWWWWWWWWWWWWW' } }),
  );
  const feeder = await boardFor(stage.built, tiles);
  for (const lang of ['zh', 'en']) {
    const { page } = await open(feeder, '/district', `lang=${lang}&theme=day`);
    expect(await read(page)).toEqual([]);
    const past = await page.evaluate<number>(`Math.max(...[...document.querySelectorAll('.fit')].map((one) =>
      one.firstElementChild.getBoundingClientRect().right - one.getBoundingClientRect().right))`);
    expect(past).toBeLessThan(0.6);
  }
});

test('a lost school says since when, in words and stripes, shows what waited last greyed, and claims no figure', async () => {
  const feeder = await boardFor(stage.built, lost());
  const { page } = await open(feeder);
  expect(await textOf(page, 'school-1')).toMatch(/失联 4分最后 14:2[78]失联前1$/);
  const tile = page.locator('[data-school=school-1]');
  expect(await tile.locator('.badge.acked').count()).toBe(1);
  expect(await tile.locator('.halo').count()).toBe(0);
  expect(
    await page.evaluate(`getComputedStyle(document.querySelector('[data-school=school-1]')).backgroundImage`),
  ).toContain('repeating-linear-gradient');
  expect(await textOf(page, 'school-10')).toContain('未接入');
  expect(await textOf(page, 'school-9')).toContain('恢复旧备份');
});

test('a school that falls silent is shown as lost by the page itself, however mute the district is about it', async () => {
  const feeder = await boardFor(stage.built, forty(well(3, { seenAt: districtNow - 87_000 })));
  const { page } = await open(feeder);
  await page.waitForSelector('.school-tile.lost');
  expect(await schools(page)).toHaveLength(40);
  expect(await textOf(page, 'school-4')).toMatch(/失联 1分/);
  await until(page, `document.querySelector('.board-head').textContent.includes('失联 1')`);
  expect(await page.locator('.board-head').textContent()).toContain('39/40');
});

test('the head counts what the tiles show', async () => {
  const feeder = await boardFor(stage.built, lost());
  const { page } = await open(feeder);
  const head = await page.evaluate<string[]>(
    `[...document.querySelectorAll('[data-waiting]')].map((one) => one.querySelector('b').textContent)`,
  );
  const waits = lost().map(({ alarms }) => alarms.waiting);
  expect(head).toEqual([0, 1, 2].map((n) => String(waits.reduce((all, one) => all + one[n]!, 0))));
  expect(await page.locator('.board-head').textContent()).toContain('含失联前 23');
  expect(await page.locator('.school-tile.lost').count()).toBe(4);
  expect(await page.locator('.board-head').textContent()).toContain('失联 4');
});

test('an alarm appears in its place at once, takes its place at the head when the order may change, and moves nothing for thirty seconds', async () => {
  const feeder = await boardFor(stage.built, wellSchools(40));
  const { page } = await openPage(stage, 'about:blank');
  await page.clock.install({ time: 0 });
  await page.goto(`${feeder.url}/district?lang=zh&theme=day`);
  await page.waitForSelector('.board-clock');
  const before = await schools(page);
  await feeder.order({ do: 'change', tiles: [alarmed(20, 1, 2)] });
  await page.waitForSelector('.asks1');
  expect(await schools(page)).toEqual(before);
  await page.clock.fastForward(31_000);
  await until(page, `document.querySelector('.school-tile').dataset.school === 'school-21'`);
  const second = await schools(page);
  await feeder.order({ do: 'change', tiles: [alarmed(30, 1, 2)] });
  await until(page, `document.querySelectorAll('.asks1').length === 2`);
  expect(await schools(page)).toEqual(second);
});

describe('by keyboard', () => {
  test('arrows choose a school, also across pages, and Enter opens its own pages', async () => {
    const feeder = await boardFor(stage.built, wellSchools(45));
    const { page } = await open(feeder);
    const all = await schools(page);
    const chosen = () => page.evaluate<string>(`document.activeElement.dataset.school`);
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowLeft']) await page.keyboard.press(key);
    expect(await chosen()).toBe(all[8]);
    expect(await page.locator('.board-pages').textContent()).toContain('第 1/2 页');
    for (let n = 0; n < 4; n++) await page.keyboard.press('ArrowDown');
    await until(page, `document.querySelectorAll('.school-tile').length === 5`);
    const second = await schools(page);
    expect(await chosen()).toBe(second[0]);
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/district/s/${second[0]}/wall`);
  });
  test('whoever chose a school keeps it when it moves to another place', async () => {
    const feeder = await boardFor(stage.built, wellSchools(40));
    const { page } = await openPage(stage, 'about:blank');
    await page.clock.install({ time: 0 });
    await page.goto(`${feeder.url}/district?lang=zh&theme=day`);
    await page.waitForSelector('.board-clock');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    const mine = await page.evaluate<string>(`document.activeElement.dataset.school`);
    await page.clock.fastForward(31_000);
    await feeder.order({ do: 'change', tiles: [alarmed(Number(mine.slice('school-'.length)) - 1, 1, 2)] });
    await until(page, `document.querySelector('.school-tile').dataset.school === '${mine}'`);
    expect(await page.evaluate(`document.activeElement.dataset.school`)).toBe(mine);
  });
  test('a screen that may not look in leads nowhere', async () => {
    const feeder = await boardFor(stage.built, wellSchools(3), { you: { ...officer, looksIn: false, schools: false } });
    const { page } = await open(feeder);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    expect(await page.locator('.school-tile[href]').count()).toBe(0);
    expect(new URL(page.url()).pathname).toBe('/district');
    expect(await page.locator('.head-ways a').count()).toBe(1);
  });
});

test('hundreds of changes leave no node behind', async () => {
  const feeder = await boardFor(stage.built, wellSchools(40));
  const { page } = await open(feeder);
  const nodes = () => page.evaluate<number>(`document.getElementsByTagName('*').length`);
  const before = await nodes();
  for (let n = 0; n < 6; n++) {
    await feeder.order({
      do: 'change',
      tiles: forty(alarmed(n, 1, n), lostFor(n + 6, 100 + n), well(n + 12, { doubt: 'held' }), well(n + 18, late)),
    });
    await until(page, `document.querySelector('[data-school=school-${n + 1}] .badge') !== null`);
  }
  await feeder.order({ do: 'change', tiles: forty(well(39, { urged: 3 })) });
  await until(page, `document.querySelector('[data-school=school-40]').textContent.includes('督3')`);
  expect(Math.abs((await nodes()) - before)).toBeLessThanOrEqual(3);
});

describe('with more schools than a page holds', () => {
  test('what presses on another page is said, and what is urgent comes to the first at once', async () => {
    const feeder = await boardFor(stage.built, wellSchools(60));
    const { page } = await open(feeder);
    await page.keyboard.press('PageDown');
    await until(page, `document.querySelectorAll('.school-tile').length === 20`);
    await feeder.order({ do: 'change', tiles: [alarmed(59, 1, 1)] });
    await page.waitForSelector('.elsewhere');
    expect(await page.locator('.elsewhere').textContent()).toBe('他页 1 校待处理');
    await page.keyboard.press('Home');
    expect((await schools(page))[0]).toBe('school-60');
    expect(await read(page)).toEqual([]);
  });
});

test('a page turned to by hand stays for a minute, and then the first one is back', async () => {
  const feeder = await boardFor(stage.built, wellSchools(60));
  const { page } = await openPage(stage, 'about:blank');
  await page.clock.install({ time: 0 });
  await page.goto(`${feeder.url}/district?lang=zh&theme=day`);
  await page.waitForSelector('.board-clock');
  await page.clock.fastForward(70_000);
  await page.locator('.board-pages button').last().click();
  await page.clock.fastForward(2_000);
  expect(await page.locator('.school-tile').count()).toBe(20);
  await page.clock.fastForward(60_000);
  await until(page, `document.querySelectorAll('.school-tile').length === 40`);
});

describe('a district without schools', () => {
  test('says so, and leads to where they join', async () => {
    const feeder = await boardFor(stage.built, []);
    const { page } = await open(feeder);
    expect(await page.locator('.board-empty').textContent()).toContain('还没有学校');
    expect(await page.locator('.board-empty a').getAttribute('href')).toBe('/district/schools');
    expect(await read(page)).toEqual([]);
  });
  test('in his streets says that to an officer of some streets', async () => {
    const feeder = await boardFor(stage.built, wellSchools(6), { you: { ...officer, streets: ['大桥街道'] } });
    const { page } = await open(feeder);
    expect(await page.locator('.board-empty').textContent()).toContain('您负责的街道还没有学校');
  });
  test('is not claimed before the district has read its schools, nor when it is cut off', async () => {
    const feeder = await boardFor(stage.built, undefined);
    const { page } = await openPage(stage, `${feeder.url}/district?lang=zh`);
    await page.waitForSelector('.board-empty');
    await until(page, `document.querySelector('.board-empty').textContent === '状态未知'`);
    expect(await page.locator('.board-head').textContent()).not.toContain('0/0');
    await feeder.order({ do: 'tiles', tiles: [] });
    await page.waitForSelector('.board-empty a');
    await stop(feeder, page);
    expect(await page.locator('.board-empty').textContent()).toBe('状态未知');
  });
});

describe('when the district is out of reach', () => {
  test.each([
    ['is stopped dead', (f: BoardFeeder) => void process.kill(f.pid, 'SIGSTOP')],
    ['is cut off', (f: BoardFeeder) => f.order({ do: 'cut', refuse: true })],
  ])('and %s, the page looks it within its limit and keeps what waited', async (_how, break_) => {
    const feeder = await boardFor(stage.built, pressed());
    const { page } = await openPage(stage, 'about:blank');
    await page.clock.install({ time: 0 });
    await page.clock.pauseAt(1_000);
    await page.goto(`${feeder.url}/district?lang=zh&theme=day`);
    await page.waitForSelector('.board-clock');
    await break_(feeder);
    await page.clock.runFor(4_000);
    await page.clock.runFor(3_500);
    expect(await page.locator('.board-head').textContent()).toMatch(
      /数据中断 \d 秒画面不是实时，请打电话核实中断前待确认1115/,
    );
    expect(await page.locator('.asks1').count()).toBe(3);
    expect(await page.locator('.board-clock').count()).toBe(0);
  });
  test('and comes back, the page has the board again by itself, with what happened meanwhile', async () => {
    const feeder = await boardFor(stage.built, wellSchools(40));
    const { page } = await open(feeder);
    await feeder.order({ do: 'cut', refuse: true });
    await page.waitForSelector('.is-stale');
    await feeder.order({ do: 'tiles', tiles: forty(alarmed(3, 1, 1)) });
    await feeder.order({ do: 'cut', refuse: false });
    await page.waitForSelector('.is-stale', { state: 'detached' });
    await page.waitForSelector('.asks1');
  });
  test('and its database is, the page says why and claims nothing, and no school becomes lost by that', async () => {
    const feeder = await boardFor(stage.built, forty(well(3, { seenAt: districtNow - 84_000 }), alarmed(5, 1, 1)));
    const { page } = await open(feeder);
    await feeder.order({
      do: 'troubles',
      troubles: [{ part: 'board', zh: '数据库自 14:32 起没有应答', en: 'no database since 14:32' }],
    });
    await page.waitForSelector('.is-stale');
    expect(await page.locator('.head-cut').textContent()).toBe('数据库自 14:32 起没有应答');
    expect(await read(page)).toEqual([]);
    // Ninety seconds after its last sign of life are over.
    await until(
      page,
      `/^1[0-9]秒$/.test(document.querySelector('[data-school=school-6] .tile-first > span:nth-child(2)').textContent)`,
    );
    expect(await page.locator('.lost').count()).toBe(0);
    await feeder.order({ do: 'troubles', troubles: [{ part: 'clock', zh: '时钟差 9 秒', en: '9 s off' }] });
    await page.waitForSelector('.board-trouble');
    await page.waitForSelector('.is-stale', { state: 'detached' });
  });
  test('and the log-in has ended, the page leads to the log-in and back', async () => {
    const feeder = await boardFor(stage.built, wellSchools(3));
    const { page } = await open(feeder);
    await feeder.order({ do: 'logout' });
    await page.waitForURL(/\/login\?next=%2Fdistrict/);
  });
});
