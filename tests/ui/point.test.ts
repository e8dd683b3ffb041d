/**
 * A guard's phone as the reader of a checkpoint, in a real Chromium before the real server: a photograph of a printed code is read in the
 * page, a tag is read where the browser can, a touch waits while there is no network, and what is to be looked at is answered.
 */
import type { Page } from 'playwright-core';
import encodeQR from 'qr';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CheckItem, Site } from '../../src/core/types.ts';
import { codeOf } from '../../src/server/point/point-codes.ts';
import { school } from '../core/school.ts';
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

const secret = new Uint8Array(32).fill(7);
const { night } = school.routes;
const [first, ...others] = night!.checkpoints;
const items = [
  { id: 'mhq', ask: { zh: '灭火器在位、压力正常？', en: 'Extinguisher right?' }, answer: 'yes-no', due: 'round' },
  {
    id: 'ck',
    ask: { zh: '冷库温度', en: 'Cold store' },
    answer: 'number',
    min: -22,
    max: -18,
    unit: '℃',
    due: 'round',
  },
] as const satisfies readonly CheckItem[];
const site: Site = {
  ...school,
  people: { ...school.people, guard: { id: 'guard', name: 'guard', card: 'G1' } },
  routes: { night: { ...night!, checkpoints: [{ ...first!, items }, ...others] } },
};

/** A photograph of a code: its squares a few pixels wide, in the middle of something else. */
const photo = (text: string) => ({
  name: 'photo.gif',
  mimeType: 'image/gif',
  buffer: Buffer.from(encodeQR(text, 'gif', { ecc: 'quartile', scale: 6 })),
});

async function opened(lang = 'zh', before?: string) {
  const stood = await stand(crowd.path, { ui: stage.built });
  stood.place.changeSite(site);
  await stood.place.offer({ kind: 'started', version: 'test', config: 'a' });
  const next = encodeURIComponent(`/m/point?lang=${lang}`);
  const view = { width: 390, height: 844, ...(before !== undefined && { before }) };
  const { page, errors, context } = await openPage(stage, `${stood.server.url}/login?next=${next}`, view);
  await page.fill('input[autocomplete=username]', 'guard');
  await page.fill('input[type=password]', PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.pointread');
  return { stood, page, errors, context };
}
const says = (page: Page, text: string) => until(page, `document.body.textContent.includes(${JSON.stringify(text)})`);
const shoot = (page: Page, text: string) => page.setInputFiles('.pointread input[type=file]', photo(text));

describe('a phone at a checkpoint', () => {
  test('reads the code in a photograph, touches, and answers what is to be looked at', async () => {
    const { stood, page, errors } = await opened();
    await says(page, '打点后 30 分钟内');
    await shoot(page, codeOf(secret, 'r1'));
    await says(page, '已打点：p1');
    expect(stood.place.events.filter(({ kind }) => kind === 'touched')).toMatchObject([
      { reader: 'r1', source: 'phone', via: 'qr', person: 'guard' },
    ]);
    const [kept] = stood.place.photos;
    expect(Buffer.from(kept!).subarray(0, 3).toString('hex')).toBe('ffd8ff');
    await page.locator('.pointitems li', { hasText: '灭火器' }).locator('.btn', { hasText: '是' }).click();
    await says(page, '是 · 正常');
    const cold = page.locator('.pointitems li', { hasText: '冷库' });
    await cold.locator('input[type=number]').fill('-12.5');
    await cold.locator('.btn', { hasText: '提交' }).click();
    await says(page, '-12.5 ℃ · 异常，已报维护提示');
    expect(stood.place.events.filter(({ kind }) => kind === 'raised')).toMatchObject([
      { alarm: 'upkeep', priority: 4 },
    ]);
    expect(errors).toEqual([]);
  });

  test('says so when a photograph has no code, or one of something else, and touches nothing', async () => {
    const { stood, page } = await opened('en');
    await page.setInputFiles('.pointread input[type=file]', {
      ...{ name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture') },
    });
    await says(page, 'No QR code was found');
    await shoot(page, 'https://example.com/');
    await says(page, 'This is no code of a checkpoint of this school');
    expect(stood.place.events.filter(({ kind }) => kind === 'touched')).toEqual([]);
  });

  test('keeps a touch while there is no network, and sends it when there is, with when it was made', async () => {
    const { stood, page, context } = await opened();
    await page.route('**/api/points/touch*', (route) => route.abort());
    await shoot(page, codeOf(secret, 'r2'));
    await says(page, '存在手机里，等网络恢复后发送');
    expect(stood.place.events.filter(({ kind }) => kind === 'touched')).toEqual([]);
    await page.reload();
    await says(page, '存在手机里，等网络恢复后发送');
    await page.unroute('**/api/points/touch*');
    await until(page, `document.querySelector('.pointwaits') === null`);
    await expect
      .poll(() => stood.place.events.filter(({ kind }) => kind === 'touched'))
      .toMatchObject([{ reader: 'r2', source: 'phone' }]);
    await context.close();
  });

  test('reads a tag where the browser can, and offers none where it cannot', async () => {
    const plain = await opened();
    expect(await plain.page.locator('button', { hasText: 'NFC' }).count()).toBe(0);
    const reader = `window.NDEFReader = class {
      async scan() {
        window.held = (text) => this.onreading({ message: { records: [{ recordType: 'text', data: new DataView(new TextEncoder().encode(text).buffer) }] } });
      }
    };`;
    const { stood, page } = await opened('zh', reader);
    await page.locator('button', { hasText: '读 NFC 标签' }).click();
    await says(page, '请把手机背面靠近标签');
    await page.evaluate(`held(${JSON.stringify(codeOf(secret, 'r3'))})`);
    await says(page, '已打点：p3');
    expect(stood.place.events.filter(({ kind }) => kind === 'touched')).toMatchObject([{ reader: 'r3', via: 'nfc' }]);
    expect(stood.place.photos).toEqual([]);
  });

  test('has targets for gloves, and nothing wider than itself', async () => {
    const { page } = await opened();
    await shoot(page, codeOf(secret, 'r1'));
    await page.waitForSelector('.pointitems li');
    const small = await page.evaluate(`[...document.querySelectorAll('button, label, input:not([type=file]), a')]
      .filter((e) => { const { width, height } = e.getBoundingClientRect(); return width < 48 || height < 48; })
      .map((e) => e.outerHTML.slice(0, 80))`);
    expect(small).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  });
});
