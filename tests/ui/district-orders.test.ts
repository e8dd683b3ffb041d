/**
 * Orders at the bureau in a real Chromium, on the real addresses and a real database: an urge given by hand is signed and listed, its answer and its picture
 * are read, what may not be asked is not offered, in both languages and on a narrow screen.
 */
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Event } from '../../src/core/types.ts';
import type { Database } from '../../src/district/database/database.ts';
import { orderOutcomes } from '../../src/district/fold/order-outcomes.ts';
import { besideAnswer } from '../../src/district/ingest/waiting-orders.ts';
import { embedded } from '../district/embedded-store.ts';
import { bureau, hour, now, twoSchools } from '../district/order-desk.ts';
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
beforeEach(() => twoSchools(db));

/** The page as this officer sees it. */
async function desk({
  role = 'duty',
  lang = 'zh',
  width = 1440,
  about = '',
}: {
  role?: 'duty' | 'auditor';
  lang?: string;
  width?: number;
  /** More of the address. */
  about?: string;
} = {}) {
  const at = await bureau(db, role);
  const { app, clock } = at;
  const html = await readFile(join(stage.built, 'district.html'));
  app.get('/district/orders', async (_request, reply) => reply.type('text/html; charset=utf-8').send(html));
  app.get('/assets/:name', async ({ params }, reply) => {
    const { name } = params as { name: string };
    return reply
      .type(name.endsWith('.css') ? 'text/css' : 'text/javascript')
      .send(await readFile(join(stage.built, 'assets', name)));
  });
  app.get('/api/me', async () => ({
    ...at.session,
    ...{ district: { zh: '闵行区', en: 'Minhang' }, utcOffsetMin: 480, now: clock.now },
  }));
  await app.listen({ port: 0, host: '127.0.0.1' });
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/district/orders?lang=${lang}${about}`;
  const { page, errors } = await openPage(stage, url, { width, height: 900 });
  await page.waitForSelector('.orderfilter');
  return { ...at, page, errors };
}
const fact = (more: object): Event => ({ seq: 1, at: now + hour, ...more }) as Event;
const row = (page: Page) => page.locator('tr[data-order]').first();

describe('an urge', () => {
  test('is written, given and listed; it waits for its school, signed; the answer comes by itself', async () => {
    const { page, errors } = await desk();
    await page.selectOption('[name=school]', 'a-school');
    await page.selectOption('[name=hours]', '4');
    await page.fill('[name=text]', '请说明北墙为何撤防');
    await page.locator('.orderform button[type=submit]').click();
    await page.waitForSelector('tr[data-order]');
    expect(await row(page).innerText()).toMatch(
      /a-school\s+督办\s+请说明北墙为何撤防\s+区教育局 王科长 11-30 15:00\s+11-30 19:00\s+等待送达/,
    );
    const [waiting] = (await besideAnswer(db, 'a-school', now)).orders;
    expect(waiting?.order).toMatchObject({ kind: 'urge', text: '请说明北墙为何撤防', until: now + 4 * hour });
    // What was given is not given again by a second press.
    expect(await page.locator('.orderform button[type=submit]').isDisabled()).toBe(true);
    await orderOutcomes(db, 'a-school', [
      fact({
        kind: 'district-answered',
        order: waiting!.order.id,
        how: 'answered',
        by: '王建国',
        text: '检修，已恢复',
      }),
    ]);
    await until(page, `document.querySelector('tr[data-order]')?.dataset.stage === 'answered'`);
    expect(await row(page).innerText()).toMatch(/已答复\s+检修，已恢复 王建国 11-30 16:00/);
    expect(errors).toEqual([]);
  });

  test('that is refused says why beside the form, and what was written stays', async () => {
    const { page } = await desk({ lang: 'en' });
    await page.selectOption('[name=school]', 'a-school');
    await page.fill('[name=text]', 'Explain');
    await db.query("UPDATE school SET left_at = 1 WHERE school = 'a-school'");
    await page.locator('.orderform button[type=submit]').click();
    await page.waitForSelector('.orderform .failed');
    expect(await page.locator('.orderform .failed').innerText()).toBe('There is no such school, or it is not yours.');
    expect(await page.inputValue('[name=text]')).toBe('Explain');
    await db.query("UPDATE school SET left_at = NULL WHERE school = 'a-school'");
  });
});

test.each([
  ['alarm=7', { alarm: 7 }, '报警 7'],
  ['rectification=3', { rectification: 3 }, '整改 3'],
])('an address that names a school and its %s asks about that', async (what, about, said) => {
  const { page } = await desk({ about: `&school=a-school&${what}` });
  expect(await page.locator('.orderform .orderabout').innerText()).toBe(`a-school ${said}`);
  await page.fill('[name=text]', '请说明');
  await page.locator('.orderform button[type=submit]').click();
  await page.waitForSelector('tr[data-order]');
  const [waiting] = (await besideAnswer(db, 'a-school', now)).orders;
  expect(waiting?.order).toMatchObject({ school: 'a-school', ...about });
});

test('a picture is asked for by its camera, and shown once it is here', async () => {
  const { page, put } = await desk({ lang: 'en' });
  await page.selectOption('[name=school]', 'a-school');
  await page.selectOption('[name=kind]', 'still');
  await page.selectOption('[name=device]', 'cam');
  await page.locator('.orderform button[type=submit]').click();
  await page.waitForSelector('tr[data-order]');
  const [waiting] = (await besideAnswer(db, 'a-school', now)).orders;
  await put(waiting!.order.id, Uint8Array.from([0xff, 0xd8, 0xff, 1]));
  await page.waitForSelector(`tr[data-order] a.btn`);
  expect(await row(page).innerText()).toMatch(/Picture\s+Gate\s[\s\S]*on its way[\s\S]*Open the file/);
});

test('whoever may only read is offered no form, and reads the same list', async () => {
  await (await bureau(db)).give({ kind: 'comment', text: '演练组织得很好' });
  const { page, errors } = await desk({ role: 'auditor' });
  await page.waitForSelector('tr[data-order]');
  expect(await page.locator('.orderform').count()).toBe(0);
  expect(await row(page).innerText()).toContain('演练组织得很好');
  expect(errors).toEqual([]);
});

test('the page scrolls within itself on a narrow screen, and very long words break', async () => {
  await (await bureau(db)).give({ text: 'W'.repeat(500) });
  const { page } = await desk({ width: 390 });
  await page.waitForSelector('tr[data-order]');
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
});

test('a district that does not answer is said, and the old list does not look like news', async () => {
  await (await bureau(db)).give();
  const { page, app } = await desk();
  await page.waitForSelector('tr[data-order]');
  await app.close();
  await until(page, `document.querySelector('.orderfilter .failed') !== null`);
  expect(await page.locator('.orderfilter .failed').innerText()).toContain('区平台没有应答');
});
