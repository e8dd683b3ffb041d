/**
 * A bureau officer's morning from log-in to log-out, in a real Chromium before a whole district and two whole gateways: one school lost since the night,
 * one urgent alarm, an order about it that the school's desk answers, a picture asked for and seen, the ledgers and the month with its rules, and files
 * taken home. Nothing is loaded anew where an officer would wait.
 */
import { readFile } from 'node:fs/promises';
import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Event } from '../../src/core/types.ts';
import type { Database } from '../../src/district/database/database.ts';
import { OFFICER_PASSWORD, openBureau } from '../district/bureau.ts';
import { embedded } from '../district/embedded-store.ts';
import type { Gateway } from '../wire/gateway.ts';
import { morningSchool } from './morning-schools.ts';
import { openPage, type Stage, setStage, until } from './stage.ts';

let stage: Stage;
let db: Database;
beforeAll(async () => {
  stage = await setStage();
  ({ db } = await embedded.open());
});
afterAll(async () => {
  await stage?.end();
  await db?.close();
});

const NIGHT_MS = 8 * 3_600_000;
let shown = 0;
/** The page as it is now, and as it is in the other language, on a wall of four times the pixels and on a phone, for whoever wants to look. */
async function shots(page: Page, what: string, sizes: readonly (readonly [number, number])[] = []): Promise<void> {
  const { SHOTS } = process.env;
  if (!SHOTS) return;
  const name = `${SHOTS}/morning-${String(++shown).padStart(2, '0')}-${what}`;
  await page.screenshot({ path: `${name}.png` });
  for (const [width, height] of sizes) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: `${name}-${width}.png` });
  }
  await page.setViewportSize({ width: 1920, height: 1080 });
}

/** What happened at the school in the night: a drill that was held, and something amiss in the kitchen. */
async function nightOf(gateway: Gateway): Promise<void> {
  const duty = await gateway.login();
  const [begun] = await gateway.command(duty, {
    ...{ do: 'start-drill', exercise: 'fire', announced: true, signal: 'broadcast' },
  });
  const drill = begun?.seq ?? 0;
  await gateway.command(duty, { do: 'count-class', drill, class: 'g1c1', present: 40, due: 40 });
  await gateway.command(duty, { do: 'end-drill', drill });
  const asked = new URLSearchParams({
    ...{ source: 'hand', area: 'cooking', offence: 'hygiene', what: '灶台油污未清', who: 'li-qiang' },
    due: String(Date.now() + NIGHT_MS),
  });
  const answer = await fetch(`${gateway.url}/api/canteen/rectifications?${asked}`, {
    ...{ method: 'POST', headers: { cookie: await gateway.login('boss'), origin: gateway.url } },
  });
  expect(answer.status).toBe(200);
}

test('the morning of a bureau officer', async () => {
  const bureau = await openBureau({ db, ui: stage.built });
  await bureau.officer('chen', 'chief');
  // The school that is lost spoke last in the night.
  bureau.advance(-NIGHT_MS);
  const lost = await morningSchool(bureau, db, { id: 'er-xiao', zh: '第二小学', en: 'No. 2 Primary', seed: 2 });
  const spoke = async (school: string) =>
    (await db.query<{ seq: number }>('SELECT seq FROM cursor WHERE school = $1', [school]))[0]?.seq ?? 0;
  await expect.poll(() => spoke('er-xiao')).toBeGreaterThan(0);
  await lost.gateway.kill('SIGKILL');
  bureau.advance(NIGHT_MS);
  const school = await morningSchool(bureau, db, { id: 'yi-zhong', zh: '第一中学', en: 'No. 1 Middle', seed: 1 });
  await nightOf(school.gateway);
  await school.place.fence.set('a_climb', true);
  const { page, context, errors } = await openPage(stage, `${bureau.url}/district?lang=zh`);

  // Password and one-time code.
  await page.fill('input[name=user]', 'chen');
  await page.fill('input[name=password]', OFFICER_PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.enrol svg path');
  const secret = (await page.locator('.enrol code').innerText()).replaceAll(' ', '');
  await shots(page, 'login');
  await page.fill('input[name=code]', new TOTP({ secret: Secret.fromBase32(secret) }).generate());
  await page.keyboard.press('Enter');

  // The wall: who is lost since when, and what is urgent for how long.
  await page.waitForSelector('.school-tile.lost');
  await page.waitForSelector('.school-tile.asks1');
  expect(await page.locator('[data-school=er-xiao]').textContent()).toMatch(/失联 8时/);
  expect(await page.locator('[data-school=yi-zhong]').textContent()).toMatch(/第一中学1(?:×\d+)?\d+(?:秒|分)/);
  await shots(page, 'wall', [
    [3840, 2160],
    [390, 844],
  ]);

  // Into the school's own pages.
  await page.locator('[data-school=yi-zhong]').click();
  await page.waitForSelector('.wall .head');
  await page.waitForSelector('.copy-bar span');
  await shots(page, 'copy-wall', [[3840, 2160]]);
  await page.locator('.copy-bar a[href$="/console"]').click();
  await page.waitForSelector('.detail .act-order');
  expect(await page.locator('.act-ack, .act-send, .act-shelve').count()).toBe(0);
  // On a busy machine a device may be silent besides.
  await page.locator('.item:has-text("攀爬")').click();
  const alarm = Number(await page.locator('.item.chosen').getAttribute('data-alarm'));

  // An order from beside the alarm, with a date.
  await page.keyboard.press('u');
  await page.waitForSelector('.orderbeside textarea:focus');
  await page.selectOption('.orderbeside select[name=hours]', '0.5');
  await page.fill('.orderbeside textarea', '请说明北围栏处置情况');
  await page.locator('.orderbeside button[type=submit]').click();
  await page.waitForSelector('.orderbeside tr[data-order]');

  // The school's desk reads it, acknowledges its alarm, and answers.
  const desk = await openPage(stage, 'about:blank');
  const [name = '', value = ''] = (await school.gateway.login()).split('=');
  await desk.context.addCookies([{ name, value, url: school.gateway.url }]);
  await desk.page.goto(`${school.gateway.url}/console?lang=zh`);
  await desk.page.waitForSelector('.urges .urge');
  expect(await desk.page.locator('.urge').innerText()).toMatch(/chen[\s\S]*还剩 [23]\d ?分[\s\S]*请说明北围栏处置情况/);
  await desk.page.locator('.item:has-text("攀爬")').click();
  await desk.page.locator('.act-ack').click();
  await shots(desk.page, 'desk');
  await desk.page.locator('.urge button').click();
  await desk.page.keyboard.type('已派李强到场，是树枝');
  await desk.page.keyboard.press('Enter');

  // The officer sees both where he stands.
  await page.waitForSelector('.orderbeside tr[data-stage=answered]');
  expect(await page.locator('.orderbeside tr[data-order]').innerText()).toMatch(
    /已答复[\s\S]*已派李强到场，是树枝 duty/,
  );
  await until(page, `document.querySelector('.detail').innerText.includes('duty')`);
  await shots(page, 'answered', [[390, 844]]);

  // A picture, asked for and looked at, which both sides write down.
  await page.locator('.copy-bar a[href*="/district/orders"]').click();
  await page.waitForSelector('.orderform');
  expect(await page.inputValue('.orderform select[name=school]')).toBe('yi-zhong');
  await page.selectOption('.orderform select[name=kind]', 'still');
  await page.selectOption('.orderform select[name=device]', 'canteen-2');
  await page.locator('.orderform button[type=submit]').click();
  await page.waitForSelector('tr[data-stage=sent] a.btn');
  await shots(page, 'orders', [[390, 844]]);
  const [picture] = await Promise.all([
    context.waitForEvent('page'),
    page.locator('tr[data-stage=sent] a.btn').click(),
  ]);
  await expect
    .poll(() => picture.evaluate<number>('document.images[0] ? document.images[0].naturalWidth : 0'))
    .toBeGreaterThan(100);
  await shots(picture, 'still');
  await picture.close();
  const boss = await school.gateway.login('boss');
  const { rows } = await school.gateway.get<{ rows: Event[] }>('/api/events?kind=picture-viewed', boss);
  expect(JSON.stringify(rows)).toContain('chen');
  const [look] = await db.query<{ body: object }>("SELECT body FROM trail WHERE kind = 'picture-viewed'");
  expect(look?.body).toMatchObject({ device: 'canteen-2' });

  // Who was told and what came of it, the ledger, the drills, the month with its rules.
  const goTo = async (title: string, selector: string) => {
    await page.locator('.bar').getByRole('link', { name: title, exact: true }).click();
    await page.waitForSelector(selector);
  };
  await goTo('追责', `[data-alarm="yi-zhong/${alarm}"]`);
  await page.locator(`[data-alarm="yi-zhong/${alarm}"] button`).click();
  await page.waitForSelector('.accountcourse');
  const course = await page.locator('.accountcourse').innerText();
  expect(course).toMatch(/下达督办[\s\S]*已派李强到场，是树枝/);
  await shots(page, 'account', [[390, 844]]);
  await goTo('隐患台账', '[data-rectification^="yi-zhong/"]');
  expect(await page.locator('[data-rectification^="yi-zhong/"]').innerText()).toContain('灶台油污未清');
  await shots(page, 'ledger');
  await goTo('演练', '.drillrecent tbody tr');
  expect(await page.locator('.drillrecent tbody tr').innerText()).toContain('第一中学');
  expect(await page.locator('.drillschools tr:has-text("第一中学")').innerText()).toMatch(/\b1\b/);
  await shots(page, 'drills');
  await goTo('月度考核', '[data-school=yi-zhong]');
  expect(await page.locator('.rulelist li').count()).toBeGreaterThan(2);
  await shots(page, 'assessment', [[390, 844]]);
  for (const ending of ['pdf', 'xlsx']) {
    const download = page.waitForEvent('download');
    await page.locator(`a[href*="report.${ending}"]`).click();
    const bytes = await readFile((await (await download).path()) ?? '');
    expect(bytes.subarray(0, 4).toString('latin1')).toBe(ending === 'pdf' ? '%PDF' : 'PK\x03\x04');
  }
  await page.getByRole('button', { name: '退出' }).click();
  await page.waitForSelector('input[name=user]');
  expect((await page.request.get(`${bureau.url}/api/board`)).status()).not.toBe(200);
  expect([...errors, ...desk.errors].filter((error) => !/status of 401/.test(error))).toEqual([]);
});
