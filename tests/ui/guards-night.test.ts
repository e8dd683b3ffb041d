/**
 * A guard's night from beginning to end, before the whole gateway: his phone is paired by the code on the desk's screen, he covers for
 * a colleague, an alarm sounds in his hand and reaches him by chat, he finds something where there is no network, misses an alarm on
 * the page but not in the chat, and calls for help. The desk and the wall show who was told, by what, and who has not answered.
 */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables in configuration files look like this
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import encodeQR from 'qr';
import { expect, onTestFinished, test } from 'vitest';
import { openChat } from '../../simulators/chat/chat-server.ts';
import type { ChatMessage } from '../../simulators/chat/chat-types.ts';
import type { Event } from '../../src/core/types.ts';
import { openChromium } from '../peers/chromium.ts';
import { type Reader, reader } from '../perform/expecting.ts';
import { campus, modbusLine, tensionHost, zone } from '../wire/campus.ts';
import { type Gateway, password, startGateway } from '../wire/gateway.ts';
import { tautFence } from '../wire/taut-fence.ts';
import { airFor } from './dead-spot.ts';
import { codeOn } from './pairing-code.ts';
import { until } from './stage.ts';

const secret = 'application-of-the-tests';
const app = {
  ...{ corp: 'ww0123456789abcdef', secret, agent: 1_000_002, trusted: true, tokenSeconds: 7_200 },
  users: ['li', 'wei', 'head'],
};
const unused = { key: 'nobody-asks-here' };

/** An offset at which it is nine in the evening now, so that no shift ends and no day begins while the test runs. */
function evening(): string {
  const hours = (21 - new Date().getUTCHours() + 24) % 24;
  const offset = hours > 14 ? hours - 24 : hours;
  return `${offset < 0 ? '-' : '+'}${String(Math.abs(offset)).padStart(2, '0')}:00`;
}

const person = (id: string, name: string, language: string, more: object = {}) => ({
  ...{ id, name, language, wecom: id, ladder: [{ channel: 'chat', afterSec: 0 }], ...more },
});

function yaml(bus: number, chat: string, lang: string): string {
  const chain = (roles: string[]) => ({
    steps: [
      { afterSec: 0, to: ['on-duty'] },
      { afterSec: 3_000, roles, channels: ['chat'] },
    ],
    repeatMin: 60,
  });
  return campus({
    lines: [modbusLine(bus)],
    devices: [{ ...tensionHost('fence-1', 1, 'z1', 'z2'), staleMs: 600_000 }],
    zones: [zone(1), zone(2)],
    more: {
      school: { name: { zh: '试验小学', en: 'Test School' }, short: '试验', timezone: evening() },
      people: [
        person('li', '李强', lang),
        person('wei', '张伟', lang),
        person('boss', '陈静', lang, { account: 'head' }),
      ],
      roster: {
        shifts: [{ id: 'night', title: { zh: '夜班', en: 'Night' }, from: '19:00', to: '07:00' }],
        turns: [{ shift: 'night', persons: ['li'] }],
      },
      channels: [
        {
          ...{ id: 'chat', title: { zh: '企业微信', en: 'WeCom' }, protocol: 'wecom-app', proxy: chat },
          ...{ corp: app.corp, agent: app.agent, password: '${CHAT_SECRET}' },
        },
      ],
      tell: { selfTest: 'off' },
      escalation: { p1: chain(['head']), p2: chain(['head']) },
    },
  });
}

/** Keeps what the page makes sound with, and how often it shook the hand. */
const witness = `
new MutationObserver(() => document.querySelector('.soundbar .btn') && console.debug('mute'))
  .observe(document, { subtree: true, childList: true });
  window.voices = []; window.tones = 0; window.felt = 0;
  const Real = AudioContext;
  window.AudioContext = class extends Real { constructor(...how) { super(...how); voices.push(this); } };
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function (...when) { tones++; return start.apply(this, when); };
  const shake = Navigator.prototype.vibrate;
  Navigator.prototype.vibrate = function (...how) { felt++; return shake ? shake.apply(this, how) : true; };`;

const words = {
  zh: {
    ...{ locale: 'zh-CN', tap: '开始值班', gone: '未连接', animal: 'B4 动物', sos: '求助已记录' },
    ...{ first: '1号围栏', second: '2号围栏', told: '已通知谁', mute: '没有回应', taken: '接单' },
  },
  en: {
    ...{ locale: 'en-GB', tap: 'Go on duty', gone: 'Not connected', animal: 'B4', sos: 'Your call is recorded' },
    ...{ first: 'Fence 1', second: 'Fence 2', told: 'Who was told', mute: 'No answer from', taken: 'goes' },
  },
} as const;
type Lang = keyof typeof words;

const says = (page: Page, text: string) => until(page, `document.body.innerText.includes(${JSON.stringify(text)})`);
const main = '.foot .btn.main:enabled';
const picture = {
  name: 'photo.gif',
  mimeType: 'image/gif',
  buffer: Buffer.from(encodeQR('a photograph', 'gif', { ecc: 'quartile', scale: 60 })),
};

const acts = (sent: readonly Event[]) => sent.flatMap((one) => (one.kind === 'phone-sent' ? [one.act] : []));

/** Where pictures go for whoever wants to look at them: `SHOTS=folder`. */
const shots = process.env.SHOTS;

interface Night {
  readonly gateway: Gateway;
  readonly browser: Browser;
  readonly chat: Reader<ChatMessage>;
  readonly fence: Awaited<ReturnType<typeof tautFence>>;
  readonly lang: Lang;
  open(url: string, size: { readonly width: number; readonly height: number }, before?: string): Promise<Page>;
  desk(path: string, who?: string, size?: { readonly width: number; readonly height: number }): Promise<Page>;
  look(page: Page, name: string): Promise<void>;
  facts(kind: Event['kind']): Promise<readonly Event[]>;
}

async function nightFalls(lang: Lang): Promise<Night> {
  const chat = reader<ChatMessage>('the chat', ({ rings, text }) => `${rings.join()}: ${text}`);
  const accounts = { app, wecom: unused, dingtalk: unused, feishu: unused };
  const peer = await openChat({ accounts, heard: (message) => chat.hears(message) });
  onTestFinished(() => peer.stop());
  const fence = await tautFence();
  const gateway = await startGateway({
    yaml: yaml(fence.port, peer.url, lang),
    env: { CHAT_SECRET: secret },
    users: { desk: 'operator', head: 'head' },
  });
  const browser = await openChromium({ sound: 'by touch' });
  onTestFinished(() => browser.close());
  const open: Night['open'] = async (url, viewport, before) => {
    const context = await browser.newContext({ viewport, locale: words[lang].locale });
    if (before !== undefined) await context.addInitScript(before);
    const page = await context.newPage();
    await page.goto(url);
    return page;
  };
  const cookie = await gateway.login('head');
  return {
    ...{ gateway, browser, chat, fence, lang, open },
    async desk(path, who = 'desk', size = { width: 1440, height: 900 }) {
      const there = `${path}?lang=${lang}`;
      const page = await open(`${gateway.url}/login?next=${encodeURIComponent(there)}`, size);
      await page.fill('input[autocomplete=username]', who);
      await page.fill('input[type=password]', password);
      await page.keyboard.press('Enter');
      await page.waitForURL(`**${there}`);
      return page;
    },
    async look(page, name) {
      if (shots) await page.screenshot({ path: join(shots, `night-${lang}-${name}.png`) });
    },
    facts: async (kind) => (await gateway.get<{ rows: Event[] }>(`/api/events?kind=${kind}`, cookie)).rows,
  };
}

/** The desk puts Zhang Wei in the place of Li Qiang for tonight. */
async function covers({ desk, look, lang }: Night): Promise<void> {
  const page = await desk('/duty');
  await page.locator('.dutyweek tr.today').getByRole('button').first().click();
  await page.locator('.dutyweek form select').last().selectOption('wei');
  await page.locator('input[name=reason]').fill(lang === 'zh' ? '请假' : 'on leave');
  await page.keyboard.press('Enter');
  await until(page, `document.querySelector('.dutyweek tr.today').textContent.includes('张伟')`);
  await look(page, '1-cover');
}

test.each(['zh', 'en'] as const)('a guard’s night, in %s', async (lang) => {
  const night = await nightFalls(lang);
  const { gateway, chat, fence, open, desk, look, facts } = night;
  const said = words[lang];
  await covers(night);

  // Paired by the code on the desk's screen, as a camera reads it, over the air of the yard.
  const air = await airFor(gateway.url);
  const pairing = await desk('/phones');
  await pairing.selectOption('.pairform select >> nth=0', 'wei');
  await pairing.click('.pairform .btn.main');
  const address = await codeOn(pairing);
  await look(pairing, '2-code');
  const paired = await open(address.replace(gateway.url, air.url), { width: 390, height: 844 }, witness);
  if (lang === 'en') await paired.click('.pairing .btn:has-text("English")');
  await paired.click(`.pairing .btn:has-text("${said.tap}")`);
  await paired.waitForSelector('.phone .able');
  // Opened anew a browser lets nothing sound until somebody has touched the page: one tap, and it is said before.
  await paired.close();
  const phone = await paired.context().newPage();
  // Whatever is asked of a page from here counts as a touch: that it is mute it must say by itself.
  const mute = phone.waitForEvent('console', (message) => message.text() === 'mute');
  await phone.goto(`${air.url}/m`);
  await mute;
  await look(phone, '3-muted');
  await phone.click('.soundbar .btn');
  await until(phone, `document.querySelector('.soundbar') === null && voices.some(({ state }) => state === 'running')`);
  await look(phone, '4-on-duty');
  const console_ = await desk('/console');
  const wall = await desk('/wall', 'desk', { width: 1920, height: 1080 });

  // A wire is cut: the phone in his hand sounds and shakes, the chat tells him, and nobody tells whom he stands for.
  fence.set(1, 'a_cut', true);
  const first = await chat.expects(({ rings }) => rings.join() === 'wei');
  expect(first.text).toContain(said.first);
  await phone.waitForSelector('.hero');
  await until(
    phone,
    `tones >= 3 && felt >= 1 && voices.some(({ state, currentTime }) => state === 'running' && currentTime > 0)`,
  );
  await look(phone, '5-alarm');
  await console_.locator('.item').first().click();
  await says(console_, said.told);
  await says(console_, `${said.mute} 张伟`);
  await look(console_, '6-desk-unanswered');
  await until(wall, `document.querySelector('.foot .told-whom')?.textContent.includes('张伟') === true`);
  await look(wall, '7-wall-unanswered');
  await phone.click(main);
  await expect.poll(() => facts('acknowledged')).toMatchObject([{ by: '张伟' }]);
  await says(console_, `张伟 ${said.taken}`);
  await look(console_, '8-desk-answered');

  // In the cellar: he is there, and says what he found with a photograph. It waits, and goes out once.
  air.lose();
  await says(phone, said.gone);
  await phone.click(main);
  await phone.click(main);
  await phone.click(`label:has-text("${said.animal}")`);
  await phone.setInputFiles('.reasons input[type=file]', picture);
  await phone.click(main);
  await until(phone, `document.querySelectorAll('.pointwaits li').length === 2`);
  await look(phone, '9-waits');
  expect(await facts('disposed')).toEqual([]);

  // Meanwhile somebody climbs elsewhere: the page cannot know, the chat does.
  fence.set(1, 'b_cut', true);
  await chat.expects(({ rings }) => rings.join() === 'wei');
  expect(await phone.locator('.hero', { hasText: said.second }).count()).toBe(0);
  await look(phone, '10-cellar');
  air.find();
  await until(phone, `document.querySelector('.pointwaits') === null`);
  await expect.poll(() => facts('disposed')).toHaveLength(1);
  expect(acts(await facts('phone-sent'))).toEqual(['dispose', 'arrive', 'acknowledge']);
  await look(phone, '11-back');
  // The alarm that it missed knocks on the one that is open, it sounds, and one tap leads there.
  const sounded = await phone.evaluate<number>('tones');
  await until(phone, `tones > ${sounded}`);
  await phone.click('.knock');
  await phone.waitForSelector(`.hero:has-text("${said.second}")`);
  await look(phone, '12-second');
  await look(console_, '13-desk-late');
  await phone.click(main);
  await expect.poll(() => facts('acknowledged')).toHaveLength(2);

  // He needs help: three seconds, and not less.
  await phone.click('.btn.back');
  await phone.locator('.sos .btn').scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await phone.locator('.sos .btn').boundingBox())!;
  await phone.mouse.move(x + width / 2, y + height / 2);
  await phone.mouse.down();
  await phone.waitForSelector('.sos .held');
  await look(phone, '14-held');
  await says(phone, said.sos);
  await phone.mouse.up();
  await chat.expects(({ text }) => text.includes('SOS') || text.includes('求助'));
  await look(phone, '15-called');
  await expect.poll(() => facts('raised')).toHaveLength(3);
  await look(wall, '16-wall-sos');
  await look(console_, '17-desk-sos');
});
