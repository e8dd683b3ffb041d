/**
 * Journals that do not agree, found and decided before a real Chromium: one school's was really rewritten, the other's put back from an old backup, each
 * in its own folder with its own key. The head reads which and why on the wall and on the page of schools, in both languages, and decides with a reason
 * that the trail keeps.
 */
import { cp } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Fact } from '../../src/core/types.ts';
import type { Database } from '../../src/district/database/database.ts';
import { makeSchoolKey } from '../../src/district/ingest/school-key.ts';
import { type Bureau, openBureau } from '../district/bureau.ts';
import { embedded } from '../district/embedded-store.ts';
import { dataFolder } from '../store/place.ts';
import { climb, heard, schoolSide } from '../uplink/school-side.ts';
import { openPage, type Stage, setStage, until } from './stage.ts';

let stage: Stage;
let db: Database;
beforeAll(async () => {
  stage = await setStage();
  ({ db } = await embedded.open());
});
afterAll(async () => {
  await stage?.end();
  await db?.close();
});

const started: Fact = { kind: 'started', version: '1', config: 'c', utcOffsetMin: 480 };

/** A school with five lines at the district, gone since; the folder it was in, and the one it was in after three lines. */
async function leftBehind(bureau: Bureau, school: string) {
  await db.query(
    `INSERT INTO school (school, name_zh, name_en, short_zh, short_en, street, kind, joined_at)
     VALUES ($1, $2, $3, $2, $3, '江川路', 'school', 0)`,
    [school, school === 'altered' ? '第一中学' : '第二小学', school],
  );
  const { key, id, hash } = makeSchoolKey(school);
  await db.query('INSERT INTO school_key (school, id, hash, made_at, made_by) VALUES ($1, $2, $3, 0, $4)', [
    ...[school, id, hash, 'admin'],
  ]);
  const way = { url: bureau.url, school, password: key };
  const first = await schoolSide();
  await first.keep(started, heard(2), heard(3));
  await first.close();
  const backup = await dataFolder();
  await cp(first.dir, backup, { recursive: true });
  const second = await schoolSide({ dir: first.dir });
  await second.keep(heard(4), climb());
  const { uplink } = second.join(way);
  await expect.poll(() => uplink.status().have).toBe(5);
  await second.close();
  return { way, folder: first.dir, backup };
}

test('a rewritten journal and an old backup are named, decided by the head with a reason, and go on as decided', async () => {
  const bureau = await openBureau({ db, ui: stage.built });
  await bureau.officer('chen', 'chief');
  const altered = await leftBehind(bureau, 'altered');
  const restored = await leftBehind(bureau, 'restored');
  const other = await schoolSide({ dir: altered.backup });
  await other.keep(heard(40), heard(41), heard(42), heard(43));
  const rewritten = other.join(altered.way).uplink;
  const old = await schoolSide({ dir: restored.backup });
  old.join(restored.way);
  const said = (one: typeof old) => one.troubles.get('district')?.zh ?? '';
  await expect.poll(() => said(other)).toMatch(/不一致|暂停|隔离|不再收入/);
  await expect.poll(() => said(old)).toMatch(/备份|不再收入/);
  const [name = '', value = ''] = (await bureau.login('chen')).split('=');
  const { page, context, errors } = await openPage(stage, 'about:blank');
  await context.addCookies([{ name, value, url: bureau.url }]);
  const shot = async (what: string) => {
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/settle-${what}.png` });
  };
  for (const [lang, words, whys] of [
    ['zh', '记录不符', ['历史被改', '恢复旧备份']],
    ['en', 'ON HOLD', ['rewritten', 'old backup']],
  ] as const) {
    await page.goto(`${bureau.url}/district?lang=${lang}`);
    const tiles = async () => (await page.locator('.school-tile.held').allTextContents()).join('\n');
    for (const word of [words, ...whys]) await expect.poll(tiles).toContain(word);
    await shot(`wall-${lang}`);
    await page.goto(`${bureau.url}/district/schools?lang=${lang}`);
    for (const [school, why] of [
      ['altered', whys[0]],
      ['restored', whys[1]],
    ])
      expect(await page.locator(`[data-school=${school}]`).innerText()).toContain(why);
    await page.locator('[data-school=altered] button').click();
    await page.waitForSelector('.accessform input[name=reason]');
    await shot(`schools-${lang}`);
  }
  const decide = async (school: string, way: number, why: string) => {
    await page.goto(`${bureau.url}/district/schools?lang=zh`);
    await page.locator(`[data-school=${school}] button`).click();
    await page.locator('.accessform input[name=how]').nth(way).check();
    expect(await page.locator('.accessform .btn.main').isDisabled()).toBe(true);
    await page.fill('.accessform input[name=reason]', why);
    await page.locator('.accessform .btn.main').click();
    await until(page, `!document.querySelector('[data-school=${school}]').textContent.includes('记录不符')`);
  };
  await decide('altered', 1, '硬盘损坏，学校已书面说明，接受新记录');
  await expect.poll(() => rewritten.status().have).toBe(7);
  // An old backup that goes on speaking would be held again.
  await old.close();
  await decide('restored', 0, '误放旧备份，已通知学校换回');
  const newer = await schoolSide({ dir: restored.folder });
  const { uplink } = newer.join(restored.way);
  await newer.keep(heard(6));
  await expect.poll(() => uplink.status().have).toBe(6);
  await page.goto(`${bureau.url}/district/trail?lang=zh`);
  await page.waitForSelector('.trailrows tbody tr');
  const trail = (await page.locator('.trailrows tbody').innerText()).replace(/\s+/g, ' ');
  expect(trail).toMatch(/chen 处置隔离 restored 以平台已有记录为准：误放旧备份，已通知学校换回/);
  expect(trail).toMatch(/chen 处置隔离 altered 接受学校的新记录：硬盘损坏，学校已书面说明，接受新记录/);
  await shot('trail');
  const nobody = await bureau.send('/api/schools/altered/settle', { how: 'keep', reason: '  ' }, `${name}=${value}`);
  expect(nobody.status).toBe(400);
  expect(errors).toEqual([]);
});
