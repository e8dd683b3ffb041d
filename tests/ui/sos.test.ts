/**
 * A guard calls for help from his phone, in a real Chromium before the real server: three seconds and not less, loud or silent, and never
 * without saying so when it could not be sent.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PASSWORD, people, stand } from '../server/place.ts';
import { openPage, type Stage, setStage, until } from './stage.ts';

let stage: Stage;
let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  crowd = await people();
  stage = await setStage();
});
afterAll(async () => {
  await stage?.end();
  await crowd.remove();
});

const says = (page: Page, text: string) => until(page, `document.body.textContent.includes(${JSON.stringify(text)})`);

async function opened(lang = 'zh') {
  const at = await stand(crowd.path, { ui: stage.built });
  await at.place.offer({ kind: 'started', version: 'test', config: 'a' });
  const next = encodeURIComponent(`/m?lang=${lang}`);
  const { page } = await openPage(stage, `${at.server.url}/login?next=${next}`, { width: 390, height: 844 });
  // Its time is this test's: a busy machine neither shortens nor lengthens a press.
  await page.clock.install();
  await page.fill('input[autocomplete=username]', 'guard');
  await page.fill('input[type=password]', PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.sos .btn');
  const raised = () => at.place.events.filter((e) => e.kind === 'raised');
  return { at, page, raised };
}
const down = async (page: Page) => {
  await page.locator('.sos .btn').scrollIntoViewIfNeeded();
  const box = (await page.locator('.sos .btn').boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.waitForSelector('.sos .held');
};

test('three seconds call for help, for everybody to see', async () => {
  const { page, raised } = await opened();
  await down(page);
  await says(page, '按住不要松');
  await page.clock.runFor(3_100);
  await page.mouse.up();
  await expect
    .poll(raised)
    .toMatchObject([{ alarm: 'sos', priority: 1, why: { zh: 'guard 用手机求助，不知道人在哪里' } }]);
  await says(page, '求助已记录');
});

test('let go before three seconds are over, nothing has happened', async () => {
  const { page, at, raised } = await opened();
  await down(page);
  await page.clock.runFor(2_900);
  await page.mouse.up();
  await until(page, `document.querySelector('.sos .held') === null`);
  await page.clock.runFor(10_000);
  expect(raised()).toEqual([]);
  expect(at.place.events.filter(({ kind }) => kind === 'phone-sent')).toEqual([]);
});

test('silent by its setting: heads alone learn of it, and the phone shows a word that says nothing', async () => {
  const { page, raised } = await opened();
  await page.locator('.able', { hasText: 'SOS' }).locator('.btn').click();
  await says(page, '静默：屏幕不提示，只有负责人看到');
  await down(page);
  await page.clock.runFor(3_100);
  await page.mouse.up();
  await expect.poll(raised).toMatchObject([{ alarm: 'duress', covert: true }]);
  await says(page, '已提交');
  expect(await page.locator('.item').count()).toBe(0);
  expect(await page.locator('.hero').count()).toBe(0);
});

test('without a network says that nobody has heard, and sends it when somebody can', async () => {
  const { page, raised } = await opened('en');
  await page.route('**/api/phone/acts*', (route) => route.abort());
  await down(page);
  await page.clock.runFor(3_100);
  await page.mouse.up();
  await says(page, 'has not gone out: there is no network');
  expect(raised()).toEqual([]);
  await page.unroute('**/api/phone/acts*');
  await page.clock.runFor(11_000);
  await expect.poll(raised).toMatchObject([{ alarm: 'sos' }]);
});
