/**
 * A masked camera from its event to a countersigned rectification, played in one piece before the real server: the desk takes it on, a guard puts
 * it right from his phone with a photograph, a head countersigns; and what a guard reports himself. In both languages, at desk, wall and phone size.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jpeg } from '../../simulators/camera/jpeg.ts';
import type { Site } from '../../src/core/types.ts';
import { kitchen } from '../core/kitchen.ts';
import { monday } from '../core/school.ts';
import { PASSWORD, people, type Stand, stand } from '../server/place.ts';
import { openPage, type Stage, setStage, until, type View } from './stage.ts';

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
const photo = Buffer.from(jpeg({ width: 128, height: 72, rgb: new Uint8Array(128 * 72 * 3).fill(120) }));
const file = { name: 'photo.jpg', mimeType: 'image/jpeg', buffer: photo };
const li = { ...kitchen.people.li!, account: 'guard' };
const site: Site = { ...kitchen, people: { ...kitchen.people, li } };
const inHand: View = { width: 390, height: 844, scale: 2 };

/** A school at noon on a Monday, one of whose kitchen cameras is covered. */
async function covered(): Promise<Stand> {
  const at = await stand(crowd.path, { ui: stage.built });
  const { place } = at;
  place.changeSite(site);
  await place.offer({ kind: 'started', version: 'test', config: 'a' });
  place.advance(monday + 12 * hour - place.house.now());
  place.pictures.answer = async () => ({ jpeg: photo, at: place.house.now() });
  place.house.evidence = async () => photo;
  await place.offer(
    { kind: 'link', device: 'cam', up: true, why: { zh: '', en: '' } },
    { kind: 'reading', device: 'cam', values: [['masked', true]] },
  );
  const [raised] = place.events.filter(({ kind }) => kind === 'raised');
  const duty = `snapshot/${raised?.seq}`;
  await place.offer({ kind: 'outcome', duty, ok: true, brought: `1-${raised?.seq}.jpg`, sha256: 'a'.repeat(64) });
  return at;
}

async function come(at: Stand, user: string, path: string, lang: string, view: View = {}) {
  const url = `${at.server.url}/login?next=${encodeURIComponent(`${path}?lang=${lang}`)}`;
  const { page, errors } = await openPage(stage, url, view);
  await page.locator('input[autocomplete=username]').first().fill(user);
  await page.locator('input[type=password]').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.canteen, .own-ledger');
  return { page, errors };
}
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click();
const stands = (page: Page, within: string, words: string) =>
  until(page, `document.querySelector('${within} .tag')?.textContent === ${JSON.stringify(words)}`);
async function shoot(page: Page, name: string): Promise<void> {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
}
const said = {
  zh: {
    ...{ take: '立项', mine: '请您整改', answer: '回复整改', send: '提交', answered: '待复核', sign: '复核通过' },
    ...{ nothing: '没有需要整改的事项', over: '已复核' },
  },
  en: {
    ...{ take: 'Take on', mine: 'yours to put right', answer: 'Answer', send: 'Send', answered: 'to be countersigned' },
    ...{ sign: 'Countersign', nothing: 'Nothing has to be put right', over: 'countersigned' },
  },
} as const;

test.each([
  ['zh', 1920, 1080],
  ['en', 3840, 2160],
] as const)(
  'from a covered lens to the countersignature, through the phone of the guard it was given to: %s, %s×%s',
  async (lang, width, height) => {
    const at = await covered();
    const words = said[lang];
    const desk = await come(at, 'head', '/canteen', lang, { width, height });
    await press(desk.page, words.take);
    await desk.page.locator('.rectification select[name=who]').selectOption('li');
    await press(desk.page, words.take);
    const yard = await come(at, 'guard', '/m', lang, inHand);
    await stands(yard.page, '.own-ledger', words.mine);
    await until(yard.page, `document.querySelectorAll('.own-still canvas:not(.hidden)').length === 1`);
    await press(yard.page, words.answer);
    await yard.page.locator('.own-form input[name=text]').fill('镜头上的塑料袋已取下');
    await yard.page.locator('.own-form input[type=file]').setInputFiles(file);
    await shoot(yard.page, `guard-ledger-answer-${lang}`);
    await press(yard.page, words.send);
    await stands(yard.page, '.own-ledger', words.answered);
    await until(yard.page, `document.querySelectorAll('.own-still canvas:not(.hidden)').length === 2`);
    await shoot(yard.page, `guard-ledger-answered-${lang}`);
    await stands(desk.page, '.rectification', words.answered);
    await until(desk.page, `document.querySelectorAll('.rectification .stills canvas:not(.hidden)').length === 2`);
    await shoot(desk.page, `guard-ledger-desk-${lang}`);
    await press(desk.page, words.sign);
    await press(desk.page, words.sign);
    await until(
      desk.page,
      `document.querySelector('.ledgerbox .quiet')?.textContent === ${JSON.stringify(words.nothing)}`,
    );
    expect(at.place.events.filter(({ kind }) => kind.startsWith('rectification-'))).toMatchObject([
      { kind: 'rectification-proposed', offence: { key: 'masked' } },
      { kind: 'rectification-taken', who: { id: 'li' }, by: 'head' },
      { kind: 'rectification-answered', by: 'guard', picture: expect.any(String) },
      { kind: 'rectification-countersigned', by: 'head' },
    ]);
    expect([...desk.errors, ...yard.errors]).toEqual([]);
  },
);

describe('what a guard finds himself', () => {
  test('goes with a photograph from his phone to whoever takes it on, and he sees how it stands', async () => {
    const at = await covered();
    const { page, errors } = await come(at, 'guard', '/m', 'zh', inHand);
    await until(page, `document.querySelector('.own-ledger .note')?.textContent === '没有交给您的整改'`);
    await press(page, '上报隐患');
    await page.locator('.own-report input[type=file]').setInputFiles(file);
    await page.locator('.own-report input[name=place]').fill('西楼梯');
    await page.locator('.own-report input[name=what]').fill('消防通道堆物');
    await shoot(page, 'guard-ledger-report-zh');
    await press(page, '提交');
    await stands(page, '.own-ledger', '待认领');
    expect(at.place.events.at(-1)).toMatchObject({
      ...{ kind: 'rectification-proposed', source: { from: 'hand', by: 'guard' }, what: { zh: '消防通道堆物' } },
      ...{ place: { title: { zh: '西楼梯' } }, picture: expect.any(String) },
    });
    expect(errors).toEqual([]);
  });

  test('stays in the form, words and photograph, while the gateway does not take it', async () => {
    const at = await covered();
    const { page } = await come(at, 'guard', '/m', 'zh', inHand);
    await press(page, '上报隐患');
    await page.locator('.own-report input[name=place]').fill('西楼梯');
    await page.locator('.own-report input[name=what]').fill('消防通道堆物');
    await at.server.close();
    await press(page, '提交');
    await page.waitForSelector('.own-report .failed');
    expect(await page.locator('.own-report input[name=what]').inputValue()).toBe('消防通道堆物');
  });
});

test('a guard is given nothing of the ledger that is not his, and others have no such page', async () => {
  const at = await covered();
  const mine = async (user: string) =>
    at.fetch('/api/rectifications/mine', { headers: { cookie: await at.login(user) } });
  const answer = await mine('guard');
  expect(await answer.json()).toMatchObject({ rectifications: [] });
  expect((await mine('sun')).status).toBe(403);
  expect((await mine('operator')).status).toBe(403);
});
