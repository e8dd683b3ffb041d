/**
 * A school's own pages at the bureau, in a real Chromium on a real district: the same pages, above them that it is a copy and as of when, stale as
 * soon as it cannot be believed, and nothing to be done there.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DistrictRole } from '../../src/district/board/district-rights.ts';
import type { Database } from '../../src/district/database/database.ts';
import { type Bureau, openBureau } from '../district/bureau.ts';
import { CopiedCampus } from '../district/copied-school.ts';
import { embedded } from '../district/embedded-store.ts';
import { watched } from './campus.ts';
import { alarmDay, quietDay, raised } from './scenes.ts';
import { openPage, type Stage, setStage, until } from './stage.ts';

let stage: Stage;
let db: Database;
let bureau: Bureau;
let n = 0;
beforeAll(async () => {
  stage = await setStage();
  ({ db } = await embedded.open());
});
afterAll(async () => {
  await stage?.end();
  await db?.close();
});
beforeEach(async () => {
  bureau = await openBureau({ db, ui: stage.built });
});

interface Looking {
  readonly role?: DistrictRole;
  readonly path?: string;
  readonly lang?: string;
  readonly width?: number;
  readonly height?: number;
  readonly streets?: readonly string[];
}

/** A page as an officer who is logged in sees it. */
async function look(path: string, { role = 'duty', lang = 'zh', streets = [], ...view }: Looking = {}) {
  const name = `look-${++n}`;
  await bureau.officer(name, role, streets);
  const [cookie = '', value = ''] = (await bureau.login(name)).split('=');
  const at = await openPage(stage, 'about:blank', view);
  await at.context.addCookies([{ name: cookie, value, url: bureau.url }]);
  await at.page.goto(`${bureau.url}${path}${path.includes('?') ? '&' : '?'}lang=${lang}&theme=day`);
  return at;
}
const school = (day = alarmDay(), id = `look-${++n}`) => CopiedCampus.join(bureau, db, id, day, { site: watched });
const textOf = (page: Awaited<ReturnType<typeof look>>['page'], selector: string) =>
  page.locator(selector).first().innerText();

describe('a school’s own page at the bureau', () => {
  test.each([
    ['wall', '.wall .head', 1920, 1080],
    ['console', '.detail', 1920, 1080],
    ['console', '.tabs', 390, 844],
    ['patrol', '.figures', 1920, 1080],
    ['alarms', '.bygone', 1440, 900],
  ] as const)('%s is shown whole beside %s at %i, with what it is above it', async (path, selector, width, height) => {
    const one = await school();
    for (const lang of ['zh', 'en']) {
      const { page, errors } = await look(`/district/s/${one.id}/${path}`, { width, height, lang });
      await page.waitForSelector(selector);
      await page.waitForSelector('.copy-bar span');
      expect(await textOf(page, '.copy-bar')).toContain(lang === 'zh' ? '教育局副本' : "Bureau's copy");
      expect(await textOf(page, '.copy-bar')).toMatch(lang === 'zh' ? /数据截至 .*\d\d:\d\d/ : /as of .*\d\d:\d\d/);
      expect(await page.locator('.copy-doubt').count()).toBe(0);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${path}-${width}-${lang}.png` });
      expect(errors).toEqual([]);
    }
  });
  test('is stale all over once the school is lost, and says so large', async () => {
    const one = await school();
    const { page } = await look(`/district/s/${one.id}/wall`);
    await page.waitForSelector('.wall .head');
    await until(page, 'document.querySelector(".copy-bar span") !== null');
    expect(await page.locator('.is-stale').count()).toBe(0);
    bureau.advance(4 * 60_000);
    await page.waitForSelector('.wall.is-stale');
    expect(await textOf(page, '.copy-doubt')).toMatch(/失联 \d/);
    expect(await page.locator('.clock').count()).toBe(0);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/wall-lost.png` });
    // Nor does a page that comes now look well for a moment.
    const late = await look(`/district/s/${one.id}/console`, { width: 390, height: 844 });
    await late.page.waitForSelector('.desk.is-stale');
    await late.page.waitForSelector('.copy-doubt');
    if (process.env.SHOTS) await late.page.screenshot({ path: `${process.env.SHOTS}/console-lost-390.png` });
  });
  test('offers no act, asks for none by a key, and makes no sound', async () => {
    const one = await school();
    const asked: string[] = [];
    for (const path of ['wall', 'console', 'patrol']) {
      const { page } = await look(`/district/s/${one.id}/${path}`);
      page.on('request', (request) => {
        if (request.method() !== 'GET') asked.push(`${request.method()} ${request.url()}`);
      });
      await page.waitForSelector(
        path === 'wall' ? '.alarm, [data-alarm]' : path === 'console' ? '.detail' : '.figures',
      );
      for (const key of ['Enter', '0', '+', 's']) await page.keyboard.press(key);
      expect(await page.locator('.act-ack, .act-send, .act-shelve, .finding, .noting').count()).toBe(0);
    }
    expect(asked).toEqual([]);
  });
  test.each([
    ['console', '.detail'],
    ['alarms', '.detail[data-story]'],
  ])('lets the bureau order about the alarm beside it, on %s', async (path, selector) => {
    const one = await school();
    const alarm = one.lines.findIndex((line) => line.includes('"kind":"raised"')) + 1;
    const { page, errors } = await look(`/district/s/${one.id}/${path === 'alarms' ? `alarms/${alarm}` : path}`);
    await page.waitForSelector(`${selector} .act-order`);
    if (path === 'console') await page.keyboard.press('u');
    else await page.locator('.act-order').click();
    await page.waitForSelector('.orderbeside textarea:focus');
    await page.keyboard.type('请立即派人查看 k u j');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.orderbeside tr[data-order]');
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/beside-${path}.png` });
    const [given] = await db.query<{ body: { readonly alarm: number } }>('SELECT body FROM command WHERE school = $1', [
      one.id,
    ]);
    const about = await page.locator('.orderbeside').getAttribute('data-about');
    expect(about).toBe(`${one.id}/${given?.body.alarm}`);
    expect(given?.body).toMatchObject({ kind: 'urge', text: '请立即派人查看 k u j' });
    const reader = await look(`/district/s/${one.id}/console`, { role: 'auditor' });
    await reader.page.waitForSelector('.detail');
    expect(await reader.page.locator('.act-order').count()).toBe(0);
    expect(errors).toEqual([]);
  });
  test.each([
    ['wall', 'zh', 1920, 1080],
    ['wall', 'en', 1920, 1080],
    ['wall', 'zh', 3840, 2160],
    ['wall', 'en', 3840, 2160],
    ['console', 'en', 390, 844],
  ] as const)(
    'shows alarms that came ahead above %s in %s at %i, marked, and not among its own',
    async (path, lang, width, height) => {
      const one = await school(quietDay());
      const id = one.lines.length + 5;
      const ahead = { kind: 'raised', key: 'z1/climb', alarm: 'climb', priority: 1, device: 'fence-1', zone: 'z1' };
      const l = JSON.stringify({ ...ahead, cause: 'c', active: true, seq: id, at: Date.now() });
      await one.beat({ head: id, ahead: [{ seq: id, l }] });
      const { page, errors } = await look(`/district/s/${one.id}/${path}`, { width, height, lang });
      await page.waitForSelector(`.copy-ahead [data-ahead="${id}"]`);
      await page.waitForSelector(path === 'wall' ? '.wall .head' : '.tabs');
      // The copy itself holds no alarm; that there is none is said nowhere.
      const below = await textOf(page, path === 'wall' ? '.wall' : '.two');
      expect(below).not.toMatch(/无未处理报警|No open alarms/);
      expect(below).toMatch(
        path === 'console' ? /None in the copy yet/ : lang === 'zh' ? /另有 1 条先到/ : /1 CAME AHEAD/,
      );
      expect(await textOf(page, '.copy-ahead')).toMatch(
        lang === 'zh' ? /先到的报警[\s\S]*攀爬/ : /Came ahead[\s\S]*Climb/i,
      );
      expect(await page.locator(`[data-alarm~="${id}"]`).count()).toBe(0);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/ahead-${path}-${width}-${lang}.png` });
      expect(errors).toEqual([]);
    },
  );
  test.each([
    ['zh', 1920, 1080],
    ['en', 3840, 2160],
  ] as const)(
    'opens what is known of an alarm that came ahead, in %s at %i, and all of it once the copy has come to it',
    async (lang, width, height) => {
      const one = await school(quietDay());
      const id = one.lines.length + 3;
      const fact = { kind: 'raised', key: 'z1/climb', alarm: 'climb', priority: 1, device: 'fence-1', zone: 'z1' };
      const l = JSON.stringify({ ...fact, cause: 'c', active: true, seq: id, at: Date.now() });
      await one.beat({ head: id, ahead: [{ seq: id, l }] });
      // From the list of the bureau, as an officer comes to it.
      const { page, errors } = await look(`/district/alarms?school=${one.id}&state=open`, { width, height, lang });
      await page.locator(`[data-found="${one.id}/${id}"] a`).nth(1).click();
      await page.waitForSelector(`[data-beyond="${id}"]`);
      // The address asks for a language, which a link does not hand on.
      await page.goto(`${page.url()}?lang=${lang}`);
      await page.waitForSelector(`[data-beyond="${id}"] .act-order`);
      const known = await textOf(page, `[data-beyond="${id}"]`);
      expect(known).toMatch(
        lang === 'zh'
          ? /攀爬[\s\S]*副本里还没有它[\s\S]*报警[\s\S]*尚未得知有人确认/
          : /Climb[\s\S]*does not hold it yet[\s\S]*raised[\s\S]*not known to be/i,
      );
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/beyond-${width}-${lang}.png` });
      // From the strip above any page of the copy it is the same.
      await page.locator(`.copy-ahead [data-ahead="${id}"] a`).click();
      await page.waitForSelector(`[data-beyond="${id}"]`);
      const later = Array.from({ length: 2 }, (_, n) => raised(`z2/later-${n}`, { zone: 'z2' }, 0));
      await one.tell([...later, raised('z1/climb', { zone: 'z1' }, 0)]);
      await page.waitForSelector(`[data-story="${id}"]`);
      expect(await page.locator('[data-beyond]').count()).toBe(0);
      expect(errors).toEqual([]);
    },
  );
  test.each([
    ['zh', 1920, 1080, /数据\s*1分\d\d秒前/],
    ['en', 3840, 2160, /DATA\s*1m\d\ds ago/],
  ] as const)(
    'says in %s at %i how old it is once the gateway has stopped, though the district answers',
    async (lang, width, height, age) => {
      const one = await school(quietDay());
      const { page } = await look(`/district/s/${one.id}/wall`, { lang, width, height });
      await page.waitForSelector('.wall .health');
      await until(page, 'document.querySelector(".copy-bar span") !== null');
      expect(await page.locator('.health .aging').count()).toBe(0);
      bureau.advance(60_000);
      await page.waitForSelector('.health .aging');
      expect(await textOf(page, '.health')).toMatch(age);
      expect(await page.locator('.is-stale').count()).toBe(0);
      if (process.env.SHOTS)
        await page.screenshot({ path: `${process.env.SHOTS}/silent-a-minute-${width}-${lang}.png` });
    },
  );
  test('says so where what the school sent cannot be drawn', async () => {
    const one = await school(quietDay());
    await db.query(
      `UPDATE site SET hash = 'odd', body = jsonb_set(body, '{zones}', '{"z1": null, "z2": {"path": 7, "title": {}}}') WHERE school = $1`,
      [one.id],
    );
    const { page } = await look(`/district/s/${one.id}/wall`);
    await page.waitForSelector('.copy-bar ~ .note[role=alert]');
    expect(await textOf(page, '.note[role=alert]')).toContain('无法显示');
  });
  test('leads only to pages of the copy, and back to the bureau', async () => {
    const one = await school(quietDay());
    const { page } = await look(`/district/s/${one.id}/console`);
    await page.waitForSelector('.bar a');
    const ways = await page.locator('a').evaluateAll((all) => all.map((way) => way.getAttribute('href') ?? ''));
    const place = `/district/s/${one.id}`;
    for (const way of ways) expect(way).toMatch(/^\/district(\/|$)/);
    for (const way of ways.filter((each) => each.startsWith(place)))
      expect((await fetch(bureau.url + way)).status).toBe(200);
    expect(ways).toContain('/district');
    expect(ways).toContain(`/district/orders?school=${one.id}`);
  });
});
