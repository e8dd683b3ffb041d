/**
 * Touches written down by hand on the patrol board, in a real Chromium before the real server: written, listed with who and why, and
 * withdrawn. Who may not write reads the list alone.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { monday, school } from '../core/school.ts';
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

const box = '.handtouches';

async function opened(user: string, lang = 'zh') {
  const stood = await stand(crowd.path, { ui: stage.built });
  stood.place.advance(22 * 3_600_000);
  await stood.place.offer({ kind: 'started', version: 'test', config: 'a' });
  const next = encodeURIComponent(`/patrol?lang=${lang}`);
  const { page, errors } = await openPage(stage, `${stood.server.url}/login?next=${next}`, {
    width: 1440,
    height: 900,
  });
  await page.fill('input[autocomplete=username]', user);
  await page.fill('input[type=password]', PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForSelector(box);
  return { stood, page, errors };
}
const says = (page: Page, text: string) =>
  until(page, `document.querySelector('${box}').textContent.includes(${JSON.stringify(text)})`);

describe('a touch made up by hand', () => {
  test('is written by an operator with a reason, listed as what it is, and withdrawn with another reason', async () => {
    const { stood, page, errors } = await opened('operator');
    await says(page, '近五周没有手工补录');
    await says(page, '不算到点');
    const send = page.locator(`${box} form button`);
    await page.selectOption(`${box} select >> nth=0`, 'r1');
    await page.selectOption(`${box} select >> nth=1`, 'li');
    await page.fill(`${box} input[type=datetime-local]`, '2026-11-23T20:05');
    expect(await send.isDisabled()).toBe(true);
    await page.fill(`${box} form input.long`, '读卡器没电，监控看到本人');
    await send.click();
    await says(page, '李强');
    expect(stood.place.events.filter(({ kind }) => kind === 'touched')).toMatchObject([
      { source: 'hand', sourceTime: monday + 20 * 3_600_000 + 5 * 60_000, by: 'operator' },
    ]);
    await page.click(`${box} tbody button`);
    await page.fill(`${box} tbody input`, '写错了人');
    await page.click(`${box} tbody button`);
    await says(page, '已撤销');
    expect(stood.place.events.map(({ kind }) => kind)).toContain('touch-withdrawn');
    expect(errors).toEqual([]);
  });

  test('is refused with the gateway’s own sentence, and what was typed stays', async () => {
    const { page } = await opened('head', 'en');
    await page.selectOption(`${box} select >> nth=0`, 'r1');
    await page.selectOption(`${box} select >> nth=1`, 'li');
    await page.fill(`${box} input[type=datetime-local]`, '2026-11-24T20:05');
    await page.fill(`${box} form input.long`, 'no power');
    await page.evaluate(`document.querySelector('${box} input[type=datetime-local]').removeAttribute('max')`);
    await page.click(`${box} form button`);
    await says(page, 'The time must not be later than now.');
    expect(await page.inputValue(`${box} form input.long`)).toBe('no power');
  });

  test('is read by an auditor, who has no form', async () => {
    const { page, stood } = await opened('auditor');
    expect(Object.keys(school.people)).toContain('li');
    expect(await page.locator(`${box} form`).count()).toBe(0);
    expect(stood.place.events.some(({ kind }) => kind === 'touched')).toBe(false);
  });
});
