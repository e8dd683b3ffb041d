/** The page of cameras' pictures in a real Chromium: what the gateway sees, what it is held against, and who may have it learned anew. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { people } from '../server/place.ts';
import { type Stage, setStage } from './stage.ts';
import { fitted } from './wires.ts';

let stage: Stage;
let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  stage = await setStage();
  crowd = await people();
});
afterAll(async () => {
  await stage?.end();
  await crowd?.remove();
});

test('a covered camera is named with its figures and its reference, and whoever may has it learned anew', async () => {
  const school = await fitted(stage, crowd.path);
  const camera = Object.values(school.place.site.devices).find(({ family }) => family === 'camera')!.id;
  const figures = { match: 0.31, flat: 0.84 };
  await school.place.offer(
    {
      kind: 'pictured',
      said: { kind: 'picture-judged', camera, sign: 'covered', active: true, hours: 'day', figures },
    },
    { kind: 'pictured', said: { kind: 'camera-seen', camera, seen: false, why: 'covered' } },
  );
  const { page, errors } = await school.open('head', '/setup/cameras');
  await page.waitForSelector('.camera-card .learned canvas');
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/cameras-zh.png`, fullPage: true });
  const card = await page.locator('.camera-card').first().textContent();
  expect(card).toContain('镜头被遮挡');
  expect(card).toContain('看不见');
  expect(await page.locator('.camera-card details').count()).toBeGreaterThan(0);
  const small = await school.open('integrator', '/setup/cameras?lang=en', { width: 390, height: 844 });
  await small.page.waitForSelector('.camera-card .learned canvas');
  if (process.env.SHOTS)
    await small.page.screenshot({ path: `${process.env.SHOTS}/cameras-phone.png`, fullPage: true });
  expect(await small.page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  expect(await small.page.locator('.camera-card').first().textContent()).toContain('the lens is covered');
  expect([...errors, ...small.errors]).toEqual([]);
});

test.each([
  ['zh', 1920, 1080],
  ['en', 3840, 2160],
  ['en', 390, 844],
] as const)(
  'the key frames of a camera are measured on the health page, with the remedy where they are sparse, in %s at %i',
  async (lang, width, height) => {
    const school = await fitted(stage, crowd.path);
    const camera = Object.values(school.place.site.devices).find(({ family }) => family === 'camera')!;
    const { page, errors } = await school.open('head', `/setup?lang=${lang}`, { width, height });
    const box = page.locator('.devices details', {
      has: page.locator('code', { hasText: new RegExp(`^${camera.id}$`) }),
    });
    await box.locator('summary').click();
    await box.getByRole('button', { name: lang === 'zh' ? '测量关键帧间隔' : 'Measure the key frames' }).click();
    await page.waitForSelector('.keyframes .flag');
    if (process.env.SHOTS)
      await page.screenshot({ path: `${process.env.SHOTS}/key-frames-${lang}-${width}.png`, fullPage: true });
    const said = await page.locator('.keyframes').innerText();
    expect(said).toContain(lang === 'zh' ? '主码流 关键帧间隔 2.0 秒' : 'Main stream a key frame every 2.0 s');
    expect(said).toMatch(
      lang === 'zh' ? /关键帧间隔 12\.0 秒.*设为 2 秒/ : /every 12\.0 s.*interval of this stream to 2 s/,
    );
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    expect(errors).toEqual([]);
  },
);
