/**
 * Posts on the patrol board and on the wall, in a real Chromium before the real server: who is there of how many, who is lacking, and that
 * it is over when the missing one touches.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Post, Site } from '../../src/core/types.ts';
import { school } from '../core/school.ts';
import { PASSWORD, people, place, stand } from '../server/place.ts';
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

const minute = 60_000;
const post = (id: string, zh: string, en: string, from: number, until: number): Post => ({
  ...{ id, title: { zh, en }, reader: 'r1', persons: 2, earlyMs: 10 * minute, everyMs: 20 * minute, graceMs: minute },
  hours: [{ weekday: 1, from, until }],
});
const site: Site = {
  ...school,
  posts: {
    arrival: post('arrival', '大门上学岗', 'Gate, arrival', 460, 490),
    dismissal: post('dismissal', '大门放学岗', 'Gate, dismissal', 960, 990),
  },
};

/** A quarter to eight on a Monday: one of two has touched. */
async function morning() {
  const spot = place();
  spot.site = site;
  const stood = await stand(crowd.path, { ui: stage.built }, spot);
  const reads = (scan: string) => spot.offer({ kind: 'reading', device: 'r1', values: [['scan', scan]] });
  spot.advance(425 * minute);
  await spot.offer({ kind: 'started', version: 'test', config: 'a' });
  await spot.offer({ kind: 'link', device: 'r1', up: true, why: { zh: '', en: '' } });
  spot.advance(30 * minute);
  await reads('0F004EBEFC');
  for (let i = 0; i < 10; i++) {
    spot.advance(minute);
    await spot.offer({ kind: 'tick' });
  }
  return { stood, reads };
}

async function opened(stood: Awaited<ReturnType<typeof morning>>['stood'], path: string, lang = 'zh') {
  const next = encodeURIComponent(`${path}?lang=${lang}`);
  const view = await openPage(stage, `${stood.server.url}/login?next=${next}`);
  await view.page.fill('input[autocomplete=username]', 'operator');
  await view.page.fill('input[type=password]', PASSWORD);
  await view.page.keyboard.press('Enter');
  return view;
}
const says = (page: Page, box: string, text: string) =>
  until(page, `document.querySelector('${box}')?.textContent.includes(${JSON.stringify(text)}) ?? false`);

/** For whoever wants to look. */
const shots = process.env.SHOTS;
const shot = async (page: Page, name: string) => {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png` });
};

describe('posts', () => {
  test('stand on the board with time, number, names and what is lacking, and fill up when somebody touches', async () => {
    const { stood, reads } = await morning();
    const { page, errors } = await opened(stood, '/patrol');
    await says(page, '.posts', '大门上学岗');
    await says(page, '.posts', '07:40–08:10');
    await says(page, '.posts', '1 / 2');
    await says(page, '.posts .flag', '缺岗');
    await says(page, '.posts', '李强');
    await says(page, '.posts', '未开始');
    await shot(page, 'board-zh');
    await reads('0F004EC101');
    await says(page, '.posts', '2 / 2');
    await says(page, '.posts', '满岗');
    expect(await page.locator('.posts .flag').count()).toBe(0);
    expect(errors).toEqual([]);
  });

  test('that are short-handed stand in the strip of the wall, beside their alarm', async () => {
    const { stood, reads } = await morning();
    const { page, errors } = await opened(stood, '/wall');
    await says(page, '.postnow.lacking', '大门上学岗 1/2 缺岗');
    await says(page, 'body', '应到 2 人，报警时在岗 1 人');
    await shot(page, 'wall-zh');
    await reads('0F004EC101');
    await says(page, '.postnow', '大门上学岗 2/2 满岗');
    expect(await page.locator('.postnow.lacking').count()).toBe(0);
    expect(errors).toEqual([]);
  });

  test('are told in English as well', async () => {
    const { stood } = await morning();
    const { page } = await opened(stood, '/patrol', 'en');
    await says(page, '.posts', 'Gate, arrival');
    await says(page, '.posts .flag', 'short-handed');
    await shot(page, 'board-en');
    const wall = await opened(stood, '/wall', 'en');
    await says(wall.page, '.postnow.lacking', '1/2 short-handed: Gate, arrival');
    await shot(wall.page, 'wall-en');
  });
});
