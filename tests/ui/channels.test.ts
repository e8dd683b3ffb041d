/**
 * Channels and people in a real Chromium before the real server: how each channel stands and was tested, whom it reaches, who would be
 * told at a chosen time, the sheet a person is given, and what to write first where there is no channel.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Input, Role, Site } from '../../src/core/types.ts';
import { wouldTell } from '../../src/core/view/view-telling.ts';
import { school } from '../core/school.ts';
import { PASSWORD, type Place, people, place, type Stand, stand } from '../server/place.ts';
import { campus } from './campus.ts';
import { readAll } from './legibility.ts';
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

const second = 1_000;
const minute = 60 * second;
const told: Site = {
  ...school,
  people: {
    li: { id: 'li', name: '李强', ways: ['phone'], account: 'guard' },
    zhang: { id: 'zhang', name: '张伟', ways: ['phone'], quiet: { from: 22 * 60, to: 6 * 60 } },
    chen: { id: 'chen', name: 'Ann Chen', ways: ['email'], language: 'en' },
    old: { id: 'old', name: '老王' },
  },
  ladder: [
    { channel: 'group', afterMs: 0 },
    { channel: 'sms', afterMs: 60 * second },
  ],
  channels: {
    group: {
      ...{ id: 'group', title: { zh: '值班群', en: 'Duty group' }, kind: 'wecom-robot', names: 'phone' },
      ...{ perMin: 15, instead: 'sms' },
    },
    sms: { id: 'sms', title: { zh: '短信', en: 'SMS' }, kind: 'sms-modem', each: 'phone', perMin: 6 },
    hook: { id: 'hook', title: { zh: '平台转发', en: 'Platform' }, kind: 'webhook' },
  },
  channelTests: { minute: 10 * 60 + 20, to: { sms: 'li' } },
  rules: [
    {
      ...{ id: 'sunday', title: { zh: '周末夜间', en: 'Weekend nights' } },
      windows: [{ days: [6], from: 20 * 60, to: 6 * 60 }],
      chain: {
        steps: [{ afterMs: 0, roles: ['guard'], channels: ['hook'], people: ['zhang'] }],
        repeatMs: 2 * minute,
      },
    },
  ],
  escalation: {
    ...school.escalation,
    1: {
      steps: [
        { afterMs: 0, roles: ['operator', 'guard'], channels: ['group'], people: ['li', 'zhang'] },
        { afterMs: 60 * second, roles: ['auditor'], channels: [] },
      ],
      repeatMs: 2 * minute,
    },
    lastResort: { roles: ['head'], channels: ['hook'] },
  },
};

/** A Monday morning, the tests of the day about to be due. */
async function morning(site: Site = told): Promise<{ spot: Place; stood: Stand; url: string }> {
  const spot = place();
  spot.site = site;
  const stood = await stand(crowd.path, { ui: stage.built }, spot);
  spot.advance(10 * 60 * minute);
  await spot.offer({ kind: 'started', version: 'test', config: 'a' });
  return { spot, stood, url: stood.server.url };
}

/** The tests of the day go out, and come to this. */
async function tested(spot: Place, ...ends: readonly Input[]): Promise<void> {
  spot.advance(21 * minute);
  await spot.offer({ kind: 'tick' });
  for (const end of ends) await spot.offer(end);
}

async function opened(url: string, role: Role, path: string, view: View = {}, lang = 'zh') {
  const next = encodeURIComponent(`${path}?lang=${lang}`);
  const seen = await openPage(stage, `${url}/login?next=${next}`, view);
  await seen.page.fill('input[autocomplete=username]', role);
  await seen.page.fill('input[type=password]', PASSWORD);
  await seen.page.keyboard.press('Enter');
  await seen.page.waitForSelector('.stack, .two, .health');
  return seen;
}
const says = (page: Page, box: string, text: string) =>
  until(page, `[...document.querySelectorAll('${box}')].some((e) => e.textContent.includes(${JSON.stringify(text)}))`);
const card = (page: Page, title: string) => page.locator('.way-card', { has: page.locator(`h2:has-text("${title}")`) });
const row = (page: Page, name: string) => page.locator('.reach tbody tr', { hasText: name });

/** For whoever wants to look. */
const shots = process.env.SHOTS;
const shot = async (page: Page, name: string) => {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
};

describe('the page of channels', () => {
  test('says of each what it is, whether it works, and what came of the test of the day and why', async () => {
    const { spot, url } = await morning();
    const why = { zh: '没有网络', en: 'no network' };
    const failed: Input = { kind: 'outcome', duty: 'test/group', ok: false, untaken: 'refused', why };
    await tested(spot, failed, { kind: 'outcome', duty: 'test/sms/li', ok: true });
    const { page, errors } = await opened(url, 'operator', '/setup/channels');
    await says(page, '.way-card', '企业微信群机器人');
    expect(await card(page, '值班群').locator('.flag').allTextContents()).toEqual([
      expect.stringContaining('连续 1 条'),
      '失败',
    ]);
    await says(page, '.way-card', '没有网络');
    const sms = await card(page, '短信').innerText();
    expect(sms).toMatch(/10:21 李强 送达 每日自动/);
    expect(sms).toContain('每天 10:20 自动测试，发给李强');
    await shot(page, 'channels-zh');
    expect(errors).toEqual([]);
  });

  test('sends a test to whom one chooses, and keeps that he has received it', async () => {
    const { spot, url } = await morning();
    const { page, errors } = await opened(url, 'head', '/setup/channels');
    await says(page, '.reach .flag', '未验证');
    const send = card(page, '短信').locator('button');
    expect(await send.isDisabled()).toBe(true);
    await card(page, '短信').locator('select').selectOption('li');
    await send.click();
    await says(page, '.reach', '正在发送');
    expect(spot.state.channelTests.get('sms/li')).toMatchObject({ by: 'head' });
    await spot.offer({ kind: 'outcome', duty: 'test/sms/li', ok: true });
    await row(page, '李强').locator('button:has-text("收到了吗？")').click();
    await says(page, '.reach', '本人收到');
    expect(spot.state.channelTests.get('sms/li')).toMatchObject({ confirmed: { by: 'head' } });
    expect(await row(page, '李强').locator('.flag').count()).toBe(0);
    await says(page, '.reach', '已验证');
    expect(errors).toEqual([]);
  });

  test('marks who cannot be reached, and by what', async () => {
    const { url } = await morning();
    const { page } = await opened(url, 'operator', '/setup/channels');
    await says(page, '.reach', '立即 值班群 → 60 秒 短信');
    expect(await row(page, 'Ann Chen').locator('.lack').allTextContents()).toEqual([
      '群里不点名（缺手机号）',
      '缺手机号',
    ]);
  });

  test('shows an installer channels and no person, and no preview that would be wrong without them', async () => {
    const { spot, url } = await morning();
    await tested(spot, { kind: 'outcome', duty: 'test/sms/li', ok: true });
    const { page } = await opened(url, 'integrator', '/setup/channels');
    await says(page, '.stack', '预演请学校来看');
    const text = await page.locator('body').innerText();
    expect(text).not.toContain('李强');
    expect(await card(page, '短信').locator('button').count()).toBe(0);
    expect(await card(page, '值班群').locator('button').isEnabled()).toBe(true);
  });

  test('fits a phone, is told in English as well, and says nothing of channels while data is stale', async () => {
    const { spot, stood, url } = await morning();
    await tested(spot, { kind: 'outcome', duty: 'test/group', ok: true });
    const small = await opened(url, 'operator', '/setup/channels', { width: 390, height: 844 }, 'en');
    await says(small.page, '.way-card', 'WeCom robot of a group');
    expect(await small.page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await shot(small.page, 'channels-phone-en');
    const { page } = await opened(url, 'operator', '/setup/channels', {}, 'en');
    await says(page, '.would-tell', 'Duty group: 李强');
    await shot(page, 'channels-en');
    await stood.server.close();
    await page.waitForSelector('.stalebar');
    await says(page, '.way-card', 'how channels stand is unknown');
    expect(await page.locator('.way-cards .flag, .reach .flag, .would-tell').count()).toBe(0);
    expect(await page.locator('.way-card button').first().isDisabled()).toBe(true);
    await shot(page, 'channels-stale');
  });
});

describe('the preview', () => {
  test('says by the function of the night who would be told now and on Sunday at three', async () => {
    const { spot, url } = await morning();
    const { page, errors } = await opened(url, 'operator', '/setup/channels');
    await says(page, '.facts', '如果 现在，1区 东墙 攀爬');
    await says(page, '.facts', '按 1 级的升级步骤');
    const now = wouldTell(told, spot.state, { priority: 1, kind: 'climb', zone: 'z1' }, spot.house.now())!;
    expect(now.steps[0]!.tell.map(({ channel, people: all }) => [channel, all])).toEqual([
      ['group', ['li', 'zhang']],
      ['sms', ['li']],
      ['sms', ['zhang']],
    ]);
    const steps = page.locator('.would-tell tbody tr');
    expect(await steps.nth(0).locator('p').allTextContents()).toEqual([
      '0 秒 值班群：李强、张伟',
      '60 秒 短信：李强',
      '60 秒 短信：张伟',
    ]);
    expect(await steps.nth(1).locator('.flag').textContent()).toBe('没有人：所列角色不能处置报警');
    expect(await steps.nth(2).innerText()).toContain('最后联系人');
    await page.click('button:has-text("周日 03:00")');
    await says(page, '.facts', '如果 周日 2026-11-29 03:00，1区 东墙 攀爬');
    await says(page, '.facts', '按规则「周末夜间」');
    await says(page, '.would-tell', '平台转发');
    await page.locator('.field select').nth(2).selectOption('2');
    await says(page, '.would-tell', '张伟：安静时段，不打扰');
    await shot(page, 'preview-sunday');
    expect(errors).toEqual([]);
  });
});

describe('the sheet of a person', () => {
  test.each([
    [
      '李强',
      ['报警通知须知', '值班室电话', '立即', '群「值班群」里点您的名', '60 秒后', '您的手机号', '只打开链接不算确认'],
    ],
    ['Ann Chen', ['How alarms reach you', 'Control room', 'at once', 'without your name', 'Opening it is no answer']],
  ])('for %s is one page of A4 in his language, without any number', async (name, texts) => {
    const { url } = await morning();
    const { page } = await opened(url, 'head', '/setup/channels');
    await page.evaluate('window.print = () => { window.printedTimes = (window.printedTimes ?? 0) + 1; }');
    await row(page, name).locator('button:has-text("打印须知")').click();
    await until(page, 'window.printedTimes === 1');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.printed').isVisible()).toBe(true);
    const sheet = (await page.locator('.printed').innerText()).replace(/\s+/g, ' ');
    for (const text of texts) expect(sheet).toContain(text);
    const paper = await page.pdf({ preferCSSPageSize: true });
    if (shots) await page.setViewportSize({ width: 680, height: 962 });
    if (shots) await page.locator('.printed').screenshot({ path: `${shots}/sheet-${name.replace(' ', '-')}.png` });
    const pdf = paper.toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1);
  });
});

/** Somebody calls for help, and a minute later two of three messages have got through. */
async function called(spot: Place): Promise<number> {
  const events = await spot.offer({ kind: 'reading', device: 'io', values: [['sos', true]] });
  const { seq } = events.find(({ kind }) => kind === 'raised')!;
  const duty = (channel: string, person: string) =>
    spot.state.alarms.get(seq)!.notices.find((one) => one.channel === channel && one.people?.includes(person))!.id;
  await spot.offer({ kind: 'tick' });
  await spot.offer({ kind: 'outcome', duty: duty('group', 'li'), ok: true });
  spot.advance(61 * second);
  await spot.offer({ kind: 'tick' });
  await spot.offer({ kind: 'outcome', duty: duty('sms', 'li'), ok: true });
  const why = { zh: '号码不存在', en: 'no such number' };
  await spot.offer({ kind: 'outcome', duty: duty('sms', 'zhang'), ok: false, untaken: 'refused', code: '21', why });
  return seq;
}

describe('the desk', () => {
  test('says who was told of an alarm, by what and how far, and who has not answered', async () => {
    const { spot, stood, url } = await morning();
    const alarm = await called(spot);
    const { page, errors } = await opened(url, 'operator', '/console');
    await says(page, '.who-told li', '值班群李强、张伟 10:00:00 送达');
    await says(page, '.who-told li', '号码不存在');
    expect(await page.locator('.who-told .flag').allTextContents()).toEqual(['失败 1 次：号码不存在']);
    await says(page, '.facts .flag', '没有回应 李强、张伟');
    await shot(page, 'desk-told-zh');
    await spot.offer({
      ...{ kind: 'command', by: { name: 'guard', role: 'guard' } },
      command: { do: 'acknowledge', alarm },
    });
    await page.keyboard.press('2');
    await says(page, '.facts', '李强 接单 10:01');
    expect(await page.locator('.facts .flag').count()).toBe(0);
    await says(page, '.who-told', '告知已接手');
    await shot(page, 'desk-told-taken');
    await stood.server.close();
    await page.waitForSelector('.stalebar');
    await says(page, '.who-told', '状态未知');
    expect(await page.locator('.who-told .flag').count()).toBe(0);
    await shot(page, 'desk-told-stale');
    expect(errors.filter((one) => !/ERR_|WebSocket/.test(one))).toEqual([]);
  });
});

describe('the wall', () => {
  const walled: Site = { ...campus, channels: told.channels, channelTests: told.channelTests! };
  const strip = `document.querySelector('.health')?.textContent`;
  test.each([
    ['zh', '通知 3/3', '通知 1 路今日未测通', '通知 1 路不通'],
    ['en', 'TELL 3/3', 'TELL 1 due', 'TELL 1 down'],
  ])(
    'says in its strip how the channels stand, and a dash while data is stale, in %s',
    async (lang, well, untested, down) => {
      const { spot, stood, url } = await morning(walled);
      const good: Input[] = ['test/group', 'test/sms/li'].map((duty) => ({ kind: 'outcome', duty, ok: true }));
      const bad: Input = { kind: 'outcome', duty: 'test/hook', ok: false, untaken: 'refused' };
      await tested(spot, ...good, { ...bad, ok: true });
      const { page } = await opened(url, 'operator', '/wall', {}, lang);
      await until(page, `${strip}?.includes('${well}')`);
      expect(await page.locator('.health .short', { hasText: '3/3' }).count()).toBe(0);
      spot.advance(24 * 60 * minute);
      await tested(spot, ...good, bad);
      spot.advance(6 * minute);
      await spot.offer({ kind: 'tick' });
      await until(page, `${strip}?.includes('${untested}')`);
      expect(await readAll(page, 'untested')).toEqual([]);
      await shot(page, `wall-untested-${lang}`);
      for (let i = 0; i < 2; i++) {
        await spot.offer({
          kind: 'command',
          by: { name: 'head', role: 'head' },
          command: { do: 'test-channel', channel: 'hook' },
        });
        await spot.offer(bad);
      }
      await until(page, `${strip}?.includes('${down}')`);
      await page.setViewportSize({ width: 3840, height: 2160 });
      expect(await readAll(page, 'down')).toEqual([]);
      await shot(page, `wall-down-${lang}`);
      await stood.server.close();
      await page.waitForSelector('.banner');
      await until(page, `${strip}?.includes('${well.split(' ')[0]} —')`);
      expect(await readAll(page, 'stale')).toEqual([]);
      await shot(page, `wall-stale-${lang}`);
    },
  );
});

describe('where there is no channel', () => {
  test('the page says what to write, and where', async () => {
    const { url } = await morning(school);
    const { page, errors } = await opened(url, 'admin', '/setup/channels');
    await says(page, '.first-channel', '十分钟配好第一个');
    await says(page, '.first-channel pre', 'protocol: wecom-robot');
    await says(page, '.first-channel', 'secrets.env');
    await shot(page, 'no-channel');
    expect(errors).toEqual([]);
  });
});
