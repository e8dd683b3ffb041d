/**
 * The public screen in a real Chromium before the real server: what it shows and never shows, a camera that is away, a gateway that is
 * gone and comes back, and that it asks for two pictures at once at most and keeps none it does not show.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cameraPicture } from '../../simulators/camera/camera-picture.ts';
import type { Site } from '../../src/core/types.ts';
import { canteen } from '../core/cold-store.ts';
import { PASSWORD, type Place, people, place, stand } from '../server/place.ts';
import { openPage, type Stage, setStage, until, type View } from './stage.ts';

let stage: Stage;
let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  crowd = await people();
  stage = await setStage();
});
afterAll(async () => {
  await stage?.end();
  await crowd?.remove();
});

const areas = ['粗加工间', '切配间', '烹饪区', '备餐间', '餐具清洗消毒间', '留样间'];
const english = ['Rough processing', 'Cutting', 'Cooking', 'Portioning', 'Dish washing', 'Kept samples'];
const cameras = areas.map((_, i) => `cam${i}`);
const store = canteen.devices.store!;
const site: Site = {
  ...canteen,
  name: { zh: '实验小学（东校区）', en: 'Experimental Primary School (East)' },
  devices: {
    ...canteen.devices,
    ...Object.fromEntries(cameras.map((id) => [id, { ...canteen.devices.cam!, id }])),
    chiller: { ...store, id: 'chiller' },
  },
  kitchen: {
    cameras: areas.map((zh, i) => ({ camera: `cam${i}`, area: { zh, en: english[i]! } })),
    sensors: [
      { device: 'store', point: 'temperature', title: { zh: '冷冻库', en: 'Freezer' } },
      { device: 'chiller', point: 'temperature', title: { zh: '冷藏库', en: 'Chiller' } },
    ],
    cleaned: { zh: '今日 06:30 全面清洁消毒', en: 'Cleaned and disinfected today at 06:30' },
    menu: { zh: '番茄炒蛋、清炒时蔬、紫菜汤', en: 'Eggs with tomatoes, greens, seaweed soup' },
    everyMs: 2_000,
  },
};

interface Hall {
  readonly spot: Place;
  readonly url: string;
  /** Cameras that give no picture. */
  readonly away: Set<string>;
  close(): Promise<void>;
}

async function dining(): Promise<Hall> {
  const spot = place();
  spot.site = site;
  spot.advance(11 * 3_600_000);
  const away = new Set<string>();
  spot.house.picture = async (camera) => {
    if (away.has(camera)) throw new Error('no answer');
    return { jpeg: cameraPicture(camera, Date.now(), { masked: false, somebody: true }), at: spot.house.now() };
  };
  await spot.offer({ kind: 'reading', device: 'store', values: [['temperature', -18.4]] });
  spot.live.gauges.set('store', new Map([['temperature', { value: -18.4, at: spot.house.now() }]]));
  const stood = await stand(crowd.path, { ui: stage.built }, spot);
  return { spot, url: stood.server.url, away, close: () => stood.server.close() };
}

async function opened({ url }: Hall, view: View = {}, lang = 'zh') {
  const seen = await openPage(stage, `${url}/login?next=${encodeURIComponent(`/kitchen?lang=${lang}`)}`, view);
  await seen.page.fill('input[autocomplete=username]', 'dining');
  await seen.page.fill('input[type=password]', PASSWORD);
  await seen.page.keyboard.press('Enter');
  await until(seen.page, `document.querySelectorAll('.tile[data-is=current]').length === 6`);
  return seen;
}

const shots = process.env.SHOTS;
const shot = async (page: Page, name: string) => {
  if (shots) await page.screenshot({ path: `${shots}/kitchen-${name}.png` });
};
const is = (page: Page, camera: string, what: string) =>
  until(page, `document.querySelector('.tile[data-camera=${camera}]').dataset.is === '${what}'`);

describe('the public screen', () => {
  test.each([
    ['1080', 1920, 1080],
    ['2160', 3840, 2160],
    ['phone', 390, 844],
  ])(
    'shows whole pictures with their areas and ages, values and lines, and nothing to press, at %s',
    async (name, width, height) => {
      const hall = await dining();
      for (const lang of ['zh', 'en']) {
        const { page, errors, context } = await opened(hall, { width, height }, lang);
        const text = await page.locator('body').innerText();
        expect(text).toContain(lang === 'zh' ? '烹饪区' : 'Cooking');
        expect(text).toContain('−18.4 °C');
        expect(text).toContain(lang === 'zh' ? '应不高于 −15.0 °C' : 'at most −15.0 °C');
        // Nobody has heard the chiller.
        expect(text).toContain(lang === 'zh' ? '暂无数据' : 'no data');
        expect(await page.locator('a, button, input, select').count()).toBe(0);
        expect(await page.evaluate<string>(`getComputedStyle(document.querySelector('.tile canvas')).objectFit`)).toBe(
          'contain',
        );
        if (width > 700)
          expect(await page.evaluate<boolean>(`document.documentElement.scrollHeight <= innerHeight`)).toBe(true);
        else expect(await page.evaluate<boolean>(`document.documentElement.scrollWidth <= innerWidth`)).toBe(true);
        await shot(page, `${name}-${lang}`);
        expect(errors).toEqual([]);
        await context.close();
      }
    },
  );

  test('says of a camera that is away that its picture is interrupted, shows no old one, and has it back by itself', async () => {
    const hall = await dining();
    const { page } = await opened(hall);
    hall.away.add('cam2');
    hall.spot.advance(30_000);
    await is(page, 'cam2', 'away');
    expect(await page.locator('.tile[data-camera=cam2] canvas:not([hidden])').count()).toBe(0);
    expect(await page.locator('.tile[data-camera=cam2]').innerText()).toContain('画面暂时中断');
    await is(page, 'cam1', 'current');
    await shot(page, 'away');
    hall.away.delete('cam2');
    await is(page, 'cam2', 'current');
  });

  test('marks pictures that are not current, and its clock stands still, while the gateway does not answer', async () => {
    const hall = await dining();
    const { page } = await opened(hall);
    await hall.close();
    await page.waitForSelector('.cut');
    expect(await page.locator('header time').innerText()).toBe('—');
    await until(page, `[...document.querySelectorAll('.tile')].every((tile) => tile.dataset.is === 'old')`);
    expect(await page.locator('.tile').first().innerText()).toContain('画面已过期');
    expect(await page.locator('.value[data-is=known]').count()).toBe(0);
    await shot(page, 'gone');
    await until(page, `document.querySelectorAll('.tile canvas:not([hidden])').length === 0`);
    expect(await page.locator('.tile').first().innerText()).toContain('画面暂时中断');
  });

  test('asks for two pictures at once at most, and gives back each as soon as it is drawn', async () => {
    const hall = await dining();
    let [under, most] = [0, 0];
    const quick = hall.spot.house.picture;
    hall.spot.house.picture = async (camera) => {
      under += 1;
      most = Math.max(most, under);
      await new Promise((resolve) => setTimeout(resolve, 20));
      under -= 1;
      return quick(camera);
    };
    const before = `
      Object.assign(window, { urls: 0, decoded: 0, kept: 0 });
      const [address, decode] = [URL.createObjectURL, createImageBitmap];
      URL.createObjectURL = (blob) => { window.urls += 1; return address(blob); };
      window.createImageBitmap = async (...asked) => {
        const image = await decode(...asked);
        window.decoded += 1;
        window.kept += 1;
        const close = image.close.bind(image);
        image.close = () => { window.kept -= 1; close(); };
        return image;
      };`;
    const { page } = await opened(hall, { before });
    await until(page, 'window.decoded >= 18');
    expect(most).toBe(2);
    expect(await page.evaluate<number>('window.kept')).toBeLessThanOrEqual(2);
    // An <img> of one address after the other leaves what was decoded behind.
    expect(await page.evaluate<number>('window.urls')).toBe(0);
    expect(await page.locator('img').count()).toBe(0);
  });
});
