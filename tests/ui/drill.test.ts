/**
 * A drill in real Chromiums before the real server: begun at the desk, classes tapped on phones by the codes of the printed sheet, a wrong
 * number put right, a phone without a network that catches up, a real alarm that breaks it off, and the problem that goes into the ledger.
 */
import type { Page } from 'playwright-core';
import decodeQR from 'qr/decode.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DrillPlan } from '../../src/core/types.ts';
import { school } from '../core/school.ts';
import { alarmed, PASSWORD, people, type Stand, stand } from '../server/place.ts';
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

const title = (zh: string, en: string) => ({ zh, en });
const plan: DrillPlan = {
  ...{ every: 'month', place: title('操场', 'Sports field'), targetMs: 120_000 },
  siren: { device: 'io', point: 'siren', ms: 60_000 },
  classes: [
    { id: 'g1c1', title: title('一（1）班', 'Class 1.1'), due: 40 },
    { id: 'g1c2', title: title('一（2）班', 'Class 1.2'), due: 38 },
    { id: 'g2c1', title: title('二（1）班', 'Class 2.1'), due: 41 },
  ],
};
const phoneView = { width: 360, height: 740 };

async function opened(lang = 'zh', user = 'head') {
  const at = await stand(crowd.path, { ui: stage.built });
  at.place.changeSite({ ...school, routes: {}, drill: plan });
  await at.place.offer({ kind: 'started', version: 'test', config: 'a' });
  const next = encodeURIComponent(`/drill?lang=${lang}`);
  const { page: desk, errors } = await openPage(stage, `${at.server.url}/login?next=${next}`, {
    width: 1920,
    height: 1080,
  });
  await desk.fill('input[autocomplete=username]', user);
  await desk.fill('input[type=password]', PASSWORD);
  await desk.keyboard.press('Enter');
  await desk.waitForSelector('.drilldue');
  return { at, desk, errors };
}
async function begin(desk: Page): Promise<void> {
  await desk.click('.box .btn.main >> nth=0');
  await desk.click('[role=alertdialog] .btn.main');
  await desk.waitForSelector('.drillclock');
}
const drillOf = (at: Stand) => [...at.place.state.drills.values()].at(-1)!;
const shows = (page: Page, selector: string, text: string) =>
  until(
    page,
    `document.querySelector(${JSON.stringify(selector)})?.textContent.includes(${JSON.stringify(text)}) === true`,
  );

/** What a camera reads of a code on the screen. */
async function codeOn(desk: Page, n: number): Promise<string> {
  const [path, size] = await desk.evaluate<[string, number]>(
    `(() => { const svg = document.querySelectorAll('.box .drillcards svg')[${n}]; return [svg.querySelector('path').getAttribute('d'), svg.viewBox.baseVal.width]; })()`,
  );
  const scale = 6;
  const width = size * scale;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)/g))
    for (let row = 0; row < scale; row++)
      for (let col = 0; col < scale; col++)
        data.set([0, 0, 0], ((Number(y) * scale + row) * width + Number(x) * scale + col) * 4);
  return decodeQR({ data, width, height: width });
}
async function sheet(desk: Page): Promise<readonly string[]> {
  await desk.getByRole('button', { name: /生成扫码单|Make the sheet/ }).click();
  await until(desk, `document.querySelectorAll('.box .drillcards svg').length === 3`);
  return [await codeOn(desk, 0), await codeOn(desk, 1), await codeOn(desk, 2)];
}

test('is begun at the desk, tapped class by class on phones, put right, ended, and its problem is in the ledger', async () => {
  const { at, desk, errors } = await opened();
  await shows(desk, '.drilldue', '还没有演练');
  const codes = await sheet(desk);
  for (const address of codes) expect(address).toMatch(new RegExp(`^${at.server.url}/d/[\\w-]{22}$`));
  const { page: phone, errors: phoneErrors } = await openPage(stage, codes[0] ?? '', phoneView);
  await shows(phone, '.tapstage', '演练还没有开始');
  await begin(desk);
  await shows(desk, '.drillrun h2', '不是真实报警');
  await shows(phone, '.tapstage', '消防疏散演练进行中');
  at.place.advance(65_000);
  await phone.click('.tapall');
  await shows(phone, '.tapdone', '到齐 40/40');
  await shows(desk, '.drill-full', '40/40');
  await shows(desk, '.drill-full', '01:05');
  await phone.getByRole('button', { name: '报错了？修改' }).click();
  await phone.fill('input[name=present]', '39');
  await phone.click('.tapsend');
  await shows(phone, '.tapdone', '还差 1 人');
  await shows(desk, '.drill-partly', '39/40');
  await phone.getByRole('button', { name: '报错了？修改' }).click();
  await phone.fill('input[name=due]', '39');
  await phone.fill('input[name=present]', '39');
  await phone.click('.tapsend');
  await shows(desk, '.drill-full', '39/39');
  await shows(desk, '.drill-full', '在册 40');
  await desk.click('.drillclass >> nth=1');
  await desk.click('.drillcount .btn.main');
  await desk.click('.drillclass >> nth=2');
  await desk.click('.drillcount .btn.main');
  await shows(desk, '.drillclock', '达标');
  await shows(desk, '.drillclock', '3/3 个班到齐');
  await desk.click('.drillrun .acts .btn.main');
  await desk.fill('input[name=note]', '西楼梯拥堵');
  await desk.click('.drillrun [role=alertdialog] .btn.main');
  await shows(phone, '.tapstage', '演练已结束');
  await shows(desk, '.drilldue', '本月已开展 1 次');
  await desk.click('.drillpast .btn.plain');
  await desk.fill('.drillproblem input[name=place]', '西楼梯');
  await desk.fill('.drillproblem input[name=what]', '拥堵，需分流');
  await desk.click('.drillproblem .btn.main');
  await shows(desk, '.drillproblem', '已立项');
  expect([...at.place.state.rectifications.values()]).toMatchObject([
    { source: { from: 'drill', drill: drillOf(at).id }, place: { title: { zh: '西楼梯' } }, who: { id: 'li' } },
  ]);
  expect([errors, phoneErrors]).toEqual([[], []]);
});

test('a number that cannot be sent is kept with its time, and sent once there is a network', async () => {
  const { at, desk } = await opened();
  const [, address = ''] = await sheet(desk);
  await begin(desk);
  const { page: phone } = await openPage(stage, address, phoneView);
  await phone.waitForSelector('.tapall');
  await phone.context().setOffline(true);
  await phone.click('.tapall');
  await shows(phone, '.tapdone', '没有网络');
  expect(drillOf(at).classes[1]?.count).toBeUndefined();
  await phone.context().setOffline(false);
  await shows(phone, '.tapdone', '已上报：到齐 38/38');
  await expect.poll(() => drillOf(at).classes[1]?.count?.present).toBe(38);
});

test('a real alarm breaks it off, in its colour at the desk and on the phone', async () => {
  const { at, desk } = await opened();
  const [address = ''] = await sheet(desk);
  await begin(desk);
  const { page: phone } = await openPage(stage, address, phoneView);
  await phone.waitForSelector('.tapall');
  await alarmed(at);
  await shows(desk, '.drillbroken.p1', '真实报警');
  await shows(phone, '.tapstage.p1', '真实报警，演练中止');
  expect(await desk.locator('.drillclock').count()).toBe(0);
});

test('while the gateway is silent the clock shows no time', async () => {
  const { at, desk } = await opened();
  await begin(desk);
  await at.server.close();
  await shows(desk, '.drilltime', '--:--');
});

describe('a code', () => {
  test('that is none says so and where one is had, in both languages, and asks for no log-in', async () => {
    const { at } = await opened();
    for (const [lang, text] of [
      ['zh', '无效或已作废'],
      ['en', 'unknown or out of use'],
    ] as const) {
      const { page } = await openPage(stage, `${at.server.url}/d/${'A'.repeat(22)}?lang=${lang}`, phoneView);
      await shows(page, '.tap', text);
      expect(new URL(page.url()).pathname).toBe(`/d/${'A'.repeat(22)}`);
      expect(await page.locator('.tapall').count()).toBe(0);
    }
  });

  test('opens a page for a thumb, nothing wider than the phone, with no more than the numbers of its class', async () => {
    const { desk } = await opened('en');
    const [address = ''] = await sheet(desk);
    await begin(desk);
    const { page } = await openPage(stage, `${address}?lang=en`, phoneView);
    await page.waitForSelector('.tapall');
    expect((await page.locator('.tapall').boundingBox())?.height).toBeGreaterThanOrEqual(72);
    for (const button of await page.locator('.tapnumber .btn').all())
      expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(48);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    expect(await page.locator('.tap').innerText()).not.toMatch(/[一-鿿]{2}.*班|1\.2/);
  });
});

test('whoever only reads sees how it stands and can begin, count and end nothing', async () => {
  const { at, desk } = await opened('zh', 'auditor');
  await at.place.offer({
    kind: 'command',
    by: { name: 'chen', role: 'head' },
    command: { do: 'start-drill', exercise: 'earthquake', announced: true, signal: 'broadcast' },
  });
  await desk.waitForSelector('.drillclock');
  expect(await desk.locator('.drillclass button:enabled').count()).toBe(0);
  expect(await desk.locator('.drillrun .acts, [name=exercise], .drillcards').count()).toBe(0);
});

test('stands on wall, desk and the guard’s phone while it runs, and that a real alarm broke it off', async () => {
  const { at, desk } = await opened();
  await begin(desk);
  await desk.goto(`${at.server.url}/wall?lang=zh`);
  await shows(desk, '.drillchip', '演练进行中 00:');
  const { page: office } = await openPage(
    stage,
    `${at.server.url}/login?next=${encodeURIComponent('/console?lang=zh')}`,
  );
  await office.fill('input[autocomplete=username]', 'operator');
  await office.fill('input[type=password]', PASSWORD);
  await office.keyboard.press('Enter');
  await shows(office, '.drillbar', '演练进行中');
  await office.goto(`${at.server.url}/m?lang=zh`);
  await shows(office, '.drillbar', '0/3 个班到齐');
  await alarmed(at);
  await shows(office, '.stalebar.p1', '演练已中止');
  await shows(desk, '.chip.p1 ~ .chip.p1, .head .chip.p1:nth-child(3)', '演练已中止');
});
