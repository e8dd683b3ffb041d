/** The clip of an alarm at the desk, in a real Chromium: which seconds it covers, and that one that begins late says why. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { afternoon } from './campus.ts';
import { busyDay } from './scenes-life.ts';
import { feederFor, openPage, type Stage, setStage, until } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.end());

const hour = 3_600_000;

test.each([
  ['zh', 1920, 1080, /^\d\d:\d\d:\d\d 起（报警前 \d+\.\d 秒开始）$/, /^录像从报警后 \d+\.\d 秒才开始：.*设为 2 秒$/],
  ['en', 3840, 2160, /^from \d\d:\d\d:\d\d, beginning \d+\.\d s before the alarm$/, /^the clip begins \d+\.\d s after/],
  ['zh', 390, 844, /报警前/, /报警后/],
] as const)(
  'the clip of an alarm says which seconds it covers in %s at %i',
  async (lang, width, height, usual, late) => {
    const feeder = await feederFor(stage, busyDay());
    const { page, errors } = await openPage(stage, `${feeder.url}/console?lang=${lang}`, { width, height });
    await page.waitForSelector('.item');
    await page.keyboard.press('j');
    await page.waitForSelector('.detail h2');
    const id = await page.locator('.item.chosen').getAttribute('data-alarm');
    const kept = (from: number) =>
      ({ kind: 'done', duty: `clip/${id}`, ok: true, brought: `${from}-${id}.mp4`, ago: 0 }) as const;
    await feeder.tell(kept(afternoon - hour));
    await until(page, `document.querySelector('.clip-span') !== null`);
    expect(await page.locator('.clip-span').innerText()).toMatch(usual);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/clip-${lang}-${width}.png` });
    await feeder.tell(kept(afternoon + hour));
    await until(page, `${late}.test(document.querySelector('.clip-span').textContent)`);
    expect(errors.filter((one) => !one.includes('404'))).toEqual([]);
  },
);
