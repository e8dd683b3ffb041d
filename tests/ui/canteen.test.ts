/**
 * The canteen’s page in a real Chromium before the real server: from a camera that is covered to a countersigned rectification by two people,
 * opened by hand with a photograph, the checks of today, stale when the gateway is gone; at the desk and on a phone, in both languages.
 */
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { cameraPicture } from '../../simulators/camera/camera-picture.ts';
import { jpeg } from '../../simulators/camera/jpeg.ts';
import { kitchen } from '../core/kitchen.ts';
import { monday } from '../core/school.ts';
import { PASSWORD, people, type Stand, stand } from '../server/place.ts';
import { type Stage, setStage, until, type View } from './stage.ts';

let stage: Stage;
let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  [stage, crowd] = await Promise.all([setStage(), people()]);
});
afterAll(async () => {
  await stage?.end();
  await crowd?.remove();
});

const hour = 3_600_000;
const shots = process.env.GATEHOUSE_SHOTS;
const photo = Buffer.from(jpeg({ width: 64, height: 64, rgb: new Uint8Array(64 * 64 * 3).fill(120) }));
const shoot = async (page: Page, name: string) => {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
};

/** A school at noon on a Monday, its cameras answering. */
async function noon(): Promise<Stand> {
  const at = await stand(crowd.path, { ui: stage.built });
  const { place } = at;
  place.changeSite(kitchen);
  await place.offer({ kind: 'started', version: 'test', config: 'a' });
  place.advance(monday + 12 * hour - place.house.now());
  place.pictures.answer = async () => ({
    jpeg: cameraPicture('canteen-1', place.house.now(), { masked: false } as never),
    at: place.house.now(),
  });
  place.house.evidence = async () => photo;
  const links = ['cam', 'io'].map((device) => ({ kind: 'link', device, up: true, why: { zh: '', en: '' } }) as const);
  await place.offer(...links);
  return at;
}

async function come(
  at: Stand,
  user: string,
  { width = 1920, height = 1080, scale = 1 }: View = {},
  lang = 'zh',
  path = '/canteen',
) {
  const context: BrowserContext = await stage.browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: scale,
  });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(`${at.server.url}/login?next=${encodeURIComponent(`${path}?lang=${lang}`)}`);
  await page.locator('input[name=user], input[autocomplete=username]').first().fill(user);
  await page.locator('input[type=password]').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForSelector(path === '/canteen' ? '.canteen' : '.kitchen');
  if (path !== '/canteen') return { page, errors };
  // The bar names the school, also where no feed is followed.
  await until(page, `document.querySelector('.bar .name').textContent !== 'Gatehouse'`);
  return { page, errors };
}
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click();
const stage1 = (page: Page, words: string) =>
  until(page, `document.querySelector('.rectification .tag')?.textContent === ${JSON.stringify(words)}`);

describe('from a covered camera to a countersignature', () => {
  test('one takes it on, another answers with a photograph, and only the first may countersign', async () => {
    const at = await noon();
    await at.place.offer({ kind: 'reading', device: 'cam', values: [['masked', true]] });
    const [raised] = at.place.events.filter(({ kind }) => kind === 'raised');
    const duty = `snapshot/${raised?.seq}`;
    await at.place.offer({ kind: 'outcome', duty, ok: true, brought: `1-${raised?.seq}.jpg`, sha256: 'a'.repeat(64) });
    const chief = await come(at, 'sun');
    await stage1(chief.page, '待认领');
    expect(await chief.page.locator('.rectification h3').first().innerText()).toMatch(/烹饪区 · masked/);
    await shoot(chief.page, 'canteen-proposed-zh');
    await press(chief.page, '立项');
    await chief.page.locator('.rectification select[name=who]').selectOption('zhou');
    await press(chief.page, '立项');
    await stage1(chief.page, '整改中');

    const cook = await come(at, 'zhou', { width: 390, height: 844, scale: 2 });
    await press(cook.page, '回复整改');
    await cook.page.locator('.rectification input[name=text]').fill('镜头上的塑料袋已取下');
    await cook.page
      .locator('.rectification input[type=file]')
      .setInputFiles({ name: 'after.jpg', mimeType: 'image/jpeg', buffer: photo });
    await shoot(cook.page, 'canteen-phone-answer-zh');
    await press(cook.page, '提交');
    await stage1(cook.page, '待复核');
    expect(await cook.page.locator('.rectification').first().innerText()).toContain('整改由您完成，须由其他人复核。');
    expect(await cook.page.getByRole('button', { name: '复核通过' }).count()).toBe(0);

    await stage1(chief.page, '待复核');
    await until(chief.page, `document.querySelectorAll('.rectification .shot canvas:not(.hidden)').length >= 1`);
    await shoot(chief.page, 'canteen-answered-zh');
    await press(chief.page, '复核通过');
    await press(chief.page, '复核通过');
    await until(chief.page, `document.querySelector('.ledgerbox .quiet')?.textContent === '没有需要整改的事项'`);
    await shoot(chief.page, 'canteen-done-zh');
    expect(at.place.events.map(({ kind }) => kind)).toContain('rectification-countersigned');
    expect([...chief.errors, ...cook.errors]).toEqual([]);
  });
});

describe('by hand', () => {
  test('something is opened with the keyboard alone, and stands there with who and until when', async () => {
    const at = await noon();
    const { page, errors } = await come(at, 'sun', {}, 'en');
    await page.getByRole('button', { name: 'Open one by hand' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('.openform input[name=what]').fill('砧板混用');
    await page.keyboard.press('Enter');
    await stage1(page, 'being put right');
    expect(await page.locator('.rectification').first().innerText()).toMatch(/孙主管 · until 11-26 18:00/);
    await shoot(page, 'canteen-opened-en');
    expect(errors).toEqual([]);
  });

  test('a refusal of the gateway stands where it was asked, and nothing is lost of what was typed', async () => {
    const at = await noon();
    const { page } = await come(at, 'sun');
    await press(page, '新建整改');
    await page.locator('.openform input[name=what]').fill('砧板混用');
    await page.locator('.openform input[name=due]').fill('2020-01-01T00:00');
    await press(page, '提交');
    await page.waitForSelector('.openform .failed');
    expect(await page.locator('.openform .failed').innerText()).toContain('完成期限须在现在之后、90 天之内。');
    expect(await page.locator('.openform input[name=what]').inputValue()).toBe('砧板混用');
  });
});

test('a sample is a dish with its weight and a photograph, kept for 48 hours; a light one is marked', async () => {
  const at = await noon();
  const { page } = await come(at, 'zhou', { width: 390, height: 844, scale: 2 });
  const box = page.locator('.listsbox');
  await box.locator('.checklist:has-text("午餐留样") input[name=note]').fill('番茄炒蛋');
  await box.locator('.checklist:has-text("午餐留样") input[name=value]').fill('120');
  await box
    .locator('.checklist:has-text("午餐留样") input[type=file]')
    .setInputFiles({ name: 'dish.jpg', mimeType: 'image/jpeg', buffer: photo });
  await box.locator('.checklist:has-text("午餐留样")').getByRole('button', { name: '提交' }).click();
  await until(
    page,
    `[...document.querySelectorAll('.itemdone')].some((one) => /番茄炒蛋 120 g/.test(one.textContent))`,
  );
  expect(await box.locator('.itemdone').first().innerText()).toMatch(/异常.*留样至 11-25 12:00/);
  await shoot(page, 'canteen-phone-zh');
});

test('the menu of today is set by the canteen, stands on the public screen, and is taken back', async () => {
  const at = await noon();
  const screen = { cameras: [{ camera: 'cam', area: { zh: '烹饪区', en: 'Cooking' } }], sensors: [], everyMs: 2_000 };
  at.place.changeSite({ ...kitchen, kitchen: screen });
  const { page, errors } = await come(at, 'zhou', { width: 390, height: 844, scale: 2 });
  const hall = await come(at, 'dining', {}, 'zh', '/kitchen');
  expect(await page.locator('.menubox').innerText()).toContain('还没有填写');
  await page.locator('.menubox input[name=menu-zh]').fill('番茄炒蛋、清炒时蔬、紫菜汤');
  await press(page, '显示到公示屏');
  await until(hall.page, `document.querySelector('.kitchen footer')?.textContent.includes('番茄炒蛋、清炒时蔬')`);
  await page.locator('.menubox input[name=menu-zh]').fill('红烧肉');
  await page.locator('.menubox input[name=menu-en]').fill('Braised pork');
  await press(page, '显示到公示屏');
  await until(hall.page, `document.querySelector('.kitchen footer')?.textContent.includes('红烧肉')`);
  await shoot(page, 'canteen-menu-phone-zh');
  await shoot(hall.page, 'kitchen-menu-zh');
  await press(page, '撤回上一次修改');
  await until(hall.page, `document.querySelector('.kitchen footer')?.textContent.includes('番茄炒蛋、清炒时蔬')`);
  await until(page, `!/撤回上一次修改/.test(document.querySelector('.menubox').textContent)`);
  expect(await page.locator('.menubox').innerText()).toContain('zhou 填写，明日自动清除');
  expect([...errors, ...hall.errors]).toEqual([]);
});

describe('what cannot be known', () => {
  test('an offline camera says since when, and nothing looks fresh once the gateway is gone', async () => {
    const at = await noon();
    await at.place.offer({ kind: 'link', device: 'cam', up: false, why: { zh: '没有应答', en: 'no answer' } });
    const { page } = await come(at, 'sun');
    expect(await page.locator('.camera .flag').first().innerText()).toBe('离线 12:00 起');
    await at.server.close();
    await page.waitForSelector('.stalebar');
    await page.waitForSelector('.desk.is-stale');
    await shoot(page, 'canteen-stale-zh');
  });

  test('a school without a canteen is told what to write', async () => {
    const at = await noon();
    const { canteen: _none, ...bare } = kitchen;
    at.place.changeSite(bare);
    const context = await stage.browser.newContext();
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await page.goto(`${at.server.url}/login?lang=zh`);
    await page.locator('input[name=user], input[autocomplete=username]').first().fill('sun');
    await page.locator('input[type=password]').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await until(page, `document.querySelector('.note')?.textContent.startsWith('还没有配置食堂')`);
  });
});

test.each([
  ['desk', 1920, 1080, 1],
  ['large', 3840, 2160, 1],
  ['phone', 390, 844, 2],
] as const)('on a %s nothing runs beyond the side, and a picture is whole', async (name, width, height, scale) => {
  const at = await noon();
  await at.place.offer({
    kind: 'reading',
    device: 'cam',
    values: [
      ['masked', true],
      ['no_hat', true],
    ],
  });
  const { page, errors } = await come(at, 'sun', { width, height, scale }, name === 'large' ? 'en' : 'zh');
  await until(page, `document.querySelectorAll('.camera canvas:not(.hidden)').length === 1`);
  await shoot(page, `canteen-${name}`);
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  expect(await page.evaluate(`getComputedStyle(document.querySelector('.camera canvas')).objectFit`)).toBe('contain');
  expect(errors).toEqual([]);
});
