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

async function opened(lang = 'zh', before: (page: Page) => Promise<void> = async () => undefined) {
  const at = await stand(crowd.path, { ui: stage.built });
  await at.place.offer({ kind: 'started', version: 'test', config: 'a' });
  const next = encodeURIComponent(`/m?lang=${lang}`);
  const { page } = await openPage(stage, `${at.server.url}/login?next=${next}`, { width: 390, height: 844 });
  // Its time is this test's: a busy machine neither shortens nor lengthens a press.
  await page.clock.install();
  await before(page);
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
  // Installed alone a clock goes on by itself, and a tenth of a second is not much on a busy machine.
  await page.clock.pauseAt(Date.now() + 60_000);
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

test('goes out while nothing is heard, for only the feed may be dead; also what waited then', async () => {
  let dead = false;
  const { page, raised } = await opened('zh', (page) =>
    page.routeWebSocket('**/feed', (feed) => {
      const gateway = feed.connectToServer();
      gateway.onMessage((said) => !dead && feed.send(said));
    }),
  );
  dead = true;
  await page.clock.runFor(6_000);
  await page.waitForSelector('.phone.is-stale');
  await page.route('**/api/phone/acts*', (route) => route.abort());
  await down(page);
  await page.clock.runFor(3_100);
  await page.mouse.up();
  await says(page, '求助还没发出去');
  await page.unroute('**/api/phone/acts*');
  // What waits is tried every ten seconds; a try of before may still be under way at the first of them.
  const later = async () => {
    await page.clock.runFor(10_000);
    return await raised();
  };
  await expect.poll(later).toMatchObject([{ alarm: 'sos' }]);
  await says(page, '求助已补发出去');
  await down(page);
  await page.clock.runFor(3_100);
  await page.mouse.up();
  await says(page, '求助已记录');
  expect(await page.locator('.phone.is-stale').count()).toBe(1);
});

/** An item that an earlier tap has left in the phone. */
const keep = (page: Page, item: object, photo = false) =>
  page.evaluate(`new Promise((resolve, reject) => {
    const asked = indexedDB.open('gatehouse', 1);
    asked.onsuccess = () => {
      const kept = asked.result.transaction('outbox', 'readwrite');
      kept.objectStore('outbox').put({ ...${JSON.stringify(item)}, at: Date.now()${photo ? ', photo: new ArrayBuffer(8)' : ''} });
      kept.oncomplete = () => resolve(asked.result.close());
      kept.onabort = reject;
    };
  })`);

test('waits for no photograph that does not get through, and what is behind one neither', async () => {
  const { page, at, raised } = await opened();
  const tap = (n: number) => ({ key: `0123456789abcdef${n}`, who: 'guard' });
  await keep(page, { ...tap(1), what: { do: 'note', alarm: 7, text: 'stuck' } }, true);
  await keep(page, { ...tap(2), what: { do: 'note', alarm: 8, text: 'behind' } });
  const asked: string[] = [];
  await page.route('**/api/phone/acts*', (route) => {
    const act = new URL(route.request().url()).searchParams;
    asked.push(act.get('text') ?? act.get('do')!);
    if (act.get('text') === 'stuck' || asked.filter((one) => one === 'call-help').length === 1) return route.abort();
    return route.continue();
  });
  await page.reload();
  await page.waitForSelector('.sos .btn');
  await expect.poll(() => at.place.events.filter((e) => e.kind === 'phone-sent')).toHaveLength(1);
  expect(asked).toEqual(['stuck', 'behind']);
  await page.unroute('**/api/phone/acts*');
  // From now on the one before it never ends.
  let calls = 0;
  await page.route('**/api/phone/acts*', (route) => {
    const act = new URL(route.request().url()).searchParams.get('do');
    if (act !== 'call-help') return new Promise(() => undefined);
    calls += 1;
    return calls === 1 ? route.abort() : route.continue();
  });
  await page.clock.runFor(10_500);
  await down(page);
  await page.clock.runFor(3_100);
  await page.mouse.up();
  await says(page, '求助还没发出去');
  await page.clock.runFor(5_000);
  await page.clock.runFor(5_000);
  await expect.poll(raised).toMatchObject([{ alarm: 'sos' }]);
});

test('silent says nothing that tells of a call, also when it does not get through', async () => {
  const { page, raised } = await opened();
  await page.locator('.able', { hasText: 'SOS' }).locator('.btn').click();
  await page.route('**/api/phone/acts*', (route) => route.abort());
  await down(page);
  await page.clock.runFor(3_100);
  await page.mouse.up();
  await says(page, '还没提交，会再试');
  expect(await page.textContent('body')).not.toContain('求助');
  expect(await page.locator('.sos [role=alert], .sos .failed, .pointwaits .failed').count()).toBe(0);
  await page.unroute('**/api/phone/acts*');
  await page.clock.runFor(11_000);
  await expect.poll(raised).toMatchObject([{ alarm: 'duress', covert: true }]);
});

test('of somebody else that lies in this phone is not said to be one’s own', async () => {
  const { page } = await opened();
  await keep(page, { key: '0123456789abcdef1', who: 'zhang', what: { do: 'call-help' } });
  await page.reload();
  await page.waitForSelector('.sos .btn');
  await says(page, '未处理报警');
  expect(await page.locator('.sos [role=alert]').count()).toBe(0);
});
