/**
 * The phone's page without a network, in a real Chromium before the real server: it opens, says so, shows no alarm of before, calls nothing
 * live, and is itself again when the network is back.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { alarmed, PASSWORD, people, stand } from '../server/place.ts';
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

async function opened() {
  const at = await stand(crowd.path, { ui: stage.built });
  await alarmed(at);
  const next = encodeURIComponent('/m?lang=zh');
  const { page, context } = await openPage(stage, `${at.server.url}/login?next=${next}`, { width: 390, height: 844 });
  await page.fill('input[autocomplete=username]', 'guard');
  await page.fill('input[type=password]', PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.item');
  await says(page, '断网时只显示没有网络，不显示旧报警');
  return { at, page, context };
}

test('opens without a network, says so, and shows nothing of before', async () => {
  const { at, page, context } = await opened();
  await context.setOffline(true);
  for (const path of ['/m', '/m/a/1']) {
    await page.goto(`${at.server.url}${path}?lang=zh`);
    await says(page, '没有网络：现在看不到报警，也收不到');
    expect(await page.locator('.item, .hero').count()).toBe(0);
    expect(await page.locator('.conn').textContent()).toMatch(/^未连接/);
    expect(await page.locator('.sos .btn').count()).toBe(1);
  }
  await context.setOffline(false);
  await page.waitForSelector('.item');
  expect(await page.locator('.conn').textContent()).toMatch(/^已连接/);
});

test('keeps the empty page and its files alone, and no more than one version of them', async () => {
  const { page } = await opened();
  const kept = await page.evaluate<[string, string[]][]>(
    `(async () => Promise.all((await caches.keys()).map(async (name) => [name, (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)])))()`,
  );
  expect(kept).toHaveLength(1);
  const files = kept[0]![1];
  const assets = readdirSync(join(stage.built, 'assets'));
  expect(files).toContain('/m');
  for (const file of files) expect(file === '/m' || assets.includes(file.replace('/assets/', ''))).toBe(true);
  expect(files.some((file) => /phone-page-.*js$/.test(file))).toBe(true);
  expect(files.some((file) => /point-page-.*js$/.test(file))).toBe(true);
  expect(files.some((file) => /console-page|kpi-page/.test(file))).toBe(false);
});

test('what an older gateway left behind is gone once the new one has been heard', async () => {
  const { at, page } = await opened();
  await page.evaluate(`caches.open('gatehouse shell older')`);
  await page.evaluate(`navigator.serviceWorker.getRegistration('/m').then((one) => one.unregister())`);
  await page.goto(`${at.server.url}/m?lang=zh`);
  await until(page, `caches.keys().then((names) => names.length === 1 && !names[0].includes('older'))`);
});

test('has a manifest that a browser takes', async () => {
  const { at, page } = await opened();
  const answer = await at.fetch('/app.webmanifest');
  expect(answer.headers.get('content-type')).toContain('application/manifest+json');
  const { start_url, icons } = (await answer.json()) as { start_url: string; icons: { src: string }[] };
  expect((await at.fetch(start_url)).status).toBe(200);
  expect((await at.fetch(icons[0]!.src)).headers.get('content-type')).toContain('image/svg+xml');
  const session = await page.context().newCDPSession(page);
  const { errors } = (await session.send('Page.getAppManifest')) as { errors: unknown[] };
  expect(errors).toEqual([]);
});

test('over plain HTTP says that it cannot', async () => {
  const at = await stand(crowd.path, { ui: stage.built });
  const next = encodeURIComponent('/m?lang=en');
  const { page } = await openPage(stage, `${at.server.url}/login?next=${next}`, {
    width: 390,
    height: 844,
    before: `Object.defineProperty(window, 'isSecureContext', { value: false }); delete Navigator.prototype.serviceWorker;`,
  });
  await page.fill('input[autocomplete=username]', 'guard');
  await page.fill('input[type=password]', PASSWORD);
  await page.keyboard.press('Enter');
  await says(page, 'no: this page is not HTTPS');
});
