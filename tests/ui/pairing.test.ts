/**
 * A phone is paired at the desk, in two real Chromiums before the real server: the code on the desk's screen is read as a camera would, the
 * phone opens it, a tap puts the guard on duty, and one press at the desk ends it.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { school } from '../core/school.ts';
import { alarmed, PASSWORD, people, stand } from '../server/place.ts';
import { codeOn } from './pairing-code.ts';
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

const persons = { li: { id: 'li', name: '李强' }, zhang: { id: 'zhang', name: '张伟' } };
const phoneView = { width: 390, height: 844 };

async function opened(lang = 'zh') {
  const at = await stand(crowd.path, { ui: stage.built });
  at.place.changeSite({ ...school, people: persons });
  const alarm = await alarmed(at);
  const next = encodeURIComponent(`/phones?lang=${lang}`);
  const { page: desk } = await openPage(stage, `${at.server.url}/login?next=${next}`, { width: 1440, height: 900 });
  await desk.fill('input[autocomplete=username]', 'operator');
  await desk.fill('input[type=password]', PASSWORD);
  await desk.keyboard.press('Enter');
  await desk.waitForSelector('.pairform select');
  return { at, alarm, desk };
}

async function askCode(desk: Page): Promise<string> {
  await desk.selectOption('.pairform select >> nth=0', 'li');
  await desk.click('.pairform .btn.main');
  return codeOn(desk);
}

test('a code at the desk puts a guard on duty by a tap, and one press there takes the phone away', async () => {
  const { at, alarm, desk } = await opened();
  const address = await askCode(desk);
  expect(address.startsWith(`${at.server.url}/pair#`)).toBe(true);
  await until(desk, `document.querySelector('.pairform .flag').textContent.includes('手机打不开')`);
  // A chat server fetches what it is sent; so does a phone that shows what is behind a link.
  expect((await fetch(address)).status).toBe(200);
  const { page: phone, errors } = await openPage(stage, address, phoneView);
  await phone.waitForSelector('.pairing .btn.main');
  expect(await phone.locator('.pairing h1').textContent()).toBe('值班手机');
  expect(at.place.door.filter(({ kind }) => kind === 'phone-paired')).toEqual([]);
  await phone.click('.pairing .btn.main');
  await until(phone, `document.querySelector('.phone header')?.textContent.includes('李强') === true`);
  expect(new URL(phone.url()).pathname).toBe('/m');
  await phone.locator('.item').first().click();
  await phone.click('.foot .btn.main');
  await expect
    .poll(() => at.place.events.filter(({ kind }) => kind === 'acknowledged'))
    .toMatchObject([{ alarm, by: '李强' }]);
  // The code was used.
  const { page: second } = await openPage(stage, address, phoneView);
  await second.click('.pairing .btn.main');
  await until(second, `document.querySelector('.failed')?.textContent.includes('已用过或已过期') === true`);

  await until(desk, `document.querySelector('.pairs table')?.textContent.includes('李强') === true`);
  await desk.click('.pairs td .btn');
  await until(desk, `document.querySelector('.pairs table') === null`);
  await phone.waitForURL('**/login?**');
  expect(errors.filter((one) => !one.includes('401'))).toEqual([]);
});

test('in English says the same, and who comes without a code is told where one is had', async () => {
  const { at, desk } = await opened('en');
  await askCode(desk);
  await until(desk, `document.body.textContent.includes('Code for 李强')`);
  const { page } = await openPage(stage, `${at.server.url}/pair?lang=en`, phoneView);
  await until(page, `document.body.textContent.includes('There is no code in this address')`);
  expect(await page.locator('.pairing .btn.main').count()).toBe(0);
});

test('has a button for gloves, and nothing wider than the phone', async () => {
  const { desk } = await opened();
  const { page } = await openPage(stage, await askCode(desk), phoneView);
  await page.waitForSelector('.pairing .btn.main');
  const { height } = (await page.locator('.pairing .btn.main').boundingBox())!;
  expect(height).toBeGreaterThanOrEqual(72);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
});
