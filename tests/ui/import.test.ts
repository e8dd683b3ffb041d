/**
 * The page of baton files in a real Chromium before the real server: a file is chosen, looked at, taken in and undone, and one
 * with a bad row offers no way in.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { csv, gbk, head } from '../baton/sheets.ts';
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

const person = Object.values(school.people)[0]!.name;
const good = csv(
  head,
  ['2026-11-22 20:05:10', '03', person, '', '', 'AA01'],
  ['2026-11-22 20:09:00', '03', '路人', '', '', 'BB02'],
);

async function opened(lang = 'zh') {
  const stood = await stand(crowd.path, { ui: stage.built });
  const [id, route] = Object.entries(school.routes)[0]!;
  const [first, ...others] = route.checkpoints;
  const checkpoints = [{ ...first!, chip: 'AA01' }, ...others];
  stood.place.changeSite({ ...school, routes: { ...school.routes, [id]: { ...route, checkpoints } } });
  const { page, errors } = await openPage(
    stage,
    `${stood.server.url}/login?next=${encodeURIComponent(`/batons?lang=${lang}`)}`,
    {
      width: 1440,
      height: 900,
    },
  );
  await page.fill('input[autocomplete=username]', 'operator');
  await page.fill('input[type=password]', PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForSelector('input[type=file]');
  return { stood, page, errors };
}
const choose = (page: Page, name: string, bytes: Uint8Array | string) =>
  page.setInputFiles('input[type=file]', { name, mimeType: 'text/csv', buffer: Buffer.from(bytes) });
const says = (page: Page, text: string) => until(page, `document.body.textContent.includes(${JSON.stringify(text)})`);

describe('the page of baton files', () => {
  test('shows what is in a file, takes it in when told, lists it, and undoes it when told twice', async () => {
    const { stood, page, errors } = await opened();
    await says(page, '近五周没有导入过文件');
    await choose(page, '十一月.csv', gbk(good));
    await says(page, '导入 2 条');
    expect(await page.inputValue('select >> nth=1')).toBe('gb18030');
    expect(await page.locator('.batons .flag').allTextContents()).toEqual([
      '配置里没有这个编号；记录照样保留，但不算到任何巡更点',
      '配置里没有这个人',
    ]);
    expect(stood.place.events).toEqual([]);
    await page.click('button:has-text("导入 2 条")');
    await says(page, '已导入 十一月.csv：新记录 2 条，已有 0 条');
    await until(page, `document.querySelectorAll('.batons tbody tr').length === 1`);
    await page.click('button:has-text("撤销")');
    await page.click('button:has-text("再按一次撤销 2 条")');
    await says(page, '近五周没有导入过文件');
    expect(stood.place.events.map(({ kind }) => kind)).toContain('import-undone');
    expect(errors).toEqual([]);
  });

  test('names each bad row, and offers no way to take the file in', async () => {
    const { page } = await opened();
    await choose(page, 'a.csv', `${good}10/1/2026 22:00,03,,,,AA01\r\n`);
    await says(page, '读不通的行（1），整个文件不能导入');
    expect(await page.locator('[role=alert] tbody td').allTextContents()).toEqual([
      '4',
      '巡检时间',
      expect.stringContaining('10/1/2026'),
    ]);
    expect(await page.locator('.btn.main').count()).toBe(0);
  });

  test('says in English what to do with a file that is no table', async () => {
    const { page } = await opened('en');
    await choose(page, 'a.pdf', '%PDF-1.7');
    await says(page, 'This is a PDF and no table');
  });
});
