/**
 * A guard's phone without a network, in a real Chromium before the real server: what he does waits in the phone, outlives the page, goes out
 * once with its own time when the network is back, and what the gateway does not take is said.
 */
import type { BrowserContext, Page } from 'playwright-core';
import encodeQR from 'qr';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { alarmed, climb, PASSWORD, people, stand } from '../server/place.ts';
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

const main = '.foot .btn.main';
const says = (page: Page, text: string) => until(page, `document.body.textContent.includes(${JSON.stringify(text)})`);
/** Far larger than what is sent. */
const picture = {
  name: 'photo.gif',
  mimeType: 'image/gif',
  buffer: Buffer.from(encodeQR('a photograph', 'gif', { ecc: 'quartile', scale: 60 })),
};

/** A phone before an alarm that waits. */
async function opened() {
  const at = await stand(crowd.path, { ui: stage.built });
  const alarm = await alarmed(at);
  const next = encodeURIComponent(`/m/a/${alarm}?lang=zh`);
  const { page, context } = await openPage(stage, `${at.server.url}/login?next=${next}`, { width: 390, height: 844 });
  await page.fill('input[autocomplete=username]', 'guard');
  await page.fill('input[type=password]', PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForSelector(main);
  const kinds = () => at.place.events.map(({ kind }) => kind).filter((kind) => kind !== 'displayed');
  return { at, alarm, page, context, kinds };
}

/** Takes the network away: nothing goes out, and nothing is heard any more. */
async function cut(page: Page, context: BrowserContext): Promise<void> {
  await context.setOffline(true);
  await page.route('**/api/**', (route) => route.abort());
}
async function mend(page: Page, context: BrowserContext): Promise<void> {
  await page.unroute('**/api/**');
  await context.setOffline(false);
}

describe('without a network', () => {
  test('a guard takes the alarm, arrives, and says what he found with a photograph; all of it goes out once, in its order', async () => {
    const { at, alarm, page, context, kinds } = await opened();
    const before = kinds().length;
    await cut(page, context);
    await page.click(main);
    await says(page, '存在手机里，等网络恢复后发送');
    await page.click(`${main}:has-text("我到了"):enabled`);
    await page.click(`${main}:has-text("填处置结果"):enabled`);
    await page.click('label:has-text("B4 动物")');
    await page.setInputFiles('.reasons input[type=file]', picture);
    await says(page, '已拍照');
    await page.click(`${main}:enabled`);
    await until(page, `document.querySelectorAll('.pointwaits li').length === 3`);
    expect(kinds().slice(before)).toEqual([]);
    at.place.advance(10 * 60_000);
    await mend(page, context);
    await until(page, `document.querySelector('.pointwaits') === null`);
    const sent = at.place.events.filter((e) => e.kind === 'phone-sent');
    expect(sent.map(({ act }) => act)).toEqual(['acknowledge', 'arrive', 'dispose']);
    expect(new Set(sent.map((e) => e.key)).size).toBe(3);
    for (const one of sent) expect(one).toMatchObject({ alarm, by: 'guard' });
    expect(
      kinds()
        .slice(before)
        .filter((kind) => kind === 'acknowledged' || kind === 'disposed'),
    ).toEqual(['acknowledged', 'disposed']);
    const [photo] = at.place.photos;
    expect(Buffer.from(photo!).subarray(0, 3).toString('hex')).toBe('ffd8ff');
    const size = await page.evaluate<[number, number]>(
      `(async () => { const b = await createImageBitmap(new Blob([Uint8Array.from(${JSON.stringify([...photo!])})])); return [b.width, b.height]; })()`,
    );
    expect(Math.max(...size)).toBe(1_280);
    // The same again by the same keys does nothing.
    expect(at.place.state.usedKeys.size).toBe(3);
  });
  test('what waits outlives the page, and is another person’s business no more than his', async () => {
    const { at, page, context, kinds } = await opened();
    await page.route('**/api/phone/acts*', (route) => route.abort());
    await page.click(main);
    await says(page, '存在手机里，等网络恢复后发送');
    await page.reload();
    await says(page, '存在手机里，等网络恢复后发送');
    expect(kinds()).not.toContain('acknowledged');
    await page.goto(`${at.server.url}/m?lang=zh`);
    await says(page, '存在手机里，等网络恢复后发送');
    await page.unroute('**/api/phone/acts*');
    await page.goto(`${at.server.url}/m?lang=zh`);
    await until(page, `document.querySelector('.pointwaits') === null && document.querySelector('.item') !== null`);
    await expect.poll(kinds).toContain('acknowledged');
    await context.close();
  });
  test('who comes late to an alarm that was closed meanwhile reads by whom, until he has read it', async () => {
    const { at, alarm, page, kinds } = await opened();
    await page.route('**/api/phone/acts*', (route) => route.abort());
    await page.click(main);
    await says(page, '存在手机里');
    const head = { name: 'head', role: 'head' } as const;
    await at.place.offer(climb(false));
    for (const asked of [
      { do: 'acknowledge', alarm },
      { do: 'look', alarm },
    ] as const)
      await at.place.house.command(head, asked);
    await at.place.house.command(head, { do: 'close', alarm, reason: 'B4' });
    expect(kinds()).toContain('closed');
    await page.unroute('**/api/phone/acts*');
    await page.reload();
    await says(page, '没有受理');
    expect(await page.locator('.pointwaits .failed').textContent()).toMatch(/head .*关闭/);
    await page.click('.pointwaits .btn');
    await until(page, `document.querySelector('.pointwaits') === null`);
  });
  test('touches that an earlier version has kept elsewhere are not lost', async () => {
    const { page } = await opened();
    await page.evaluate(
      `localStorage.setItem('gatehouse.touches', JSON.stringify([{ who: 'guard', code: 'GHP1.none', via: 'nfc', at: ${Date.now()} }]))`,
    );
    await page.reload();
    await says(page, '打点');
    await says(page, '没有受理');
    expect(await page.evaluate(`localStorage.getItem('gatehouse.touches')`)).toBe(null);
  });
});
