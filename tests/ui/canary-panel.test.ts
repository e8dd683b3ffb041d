/**
 * The canary on the page of channels, in a real Chromium before the real server: a press begins one, each part of its way stands there with its
 * time, and where it broke with the reason; by day, by night, and while data is lost.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Site } from '../../src/core/types.ts';
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
  await crowd?.remove();
});

const words = (zh: string, en: string) => ({ zh, en });
const tried: Site = {
  ...school,
  devices: {
    ...school.devices,
    canary: {
      ...school.devices.io!,
      ...{ id: 'canary', title: words('自检设备', 'Canary'), profile: 'canary-mqtt', zones: [] },
      points: { run: { key: 'run', title: words('编号', 'Number'), keep: 'pulse', type: 'string' } },
    },
  },
  people: { box: { id: 'box', name: '自检手机', ways: ['phone'] } },
  ladder: [{ channel: 'sms', afterMs: 0 }],
  channels: {
    sms: { id: 'sms', title: words('短信', 'SMS'), kind: 'sms-modem', each: 'phone' },
    mail: { id: 'mail', title: words('邮件', 'E-mail'), kind: 'webhook' },
  },
  canary: { device: 'canary', to: 'box', minute: 220, alert: { channel: 'mail' } },
};

const shots = process.env.SHOTS;

test.each(['day', 'dark'] as const)(
  'a canary is begun by a press, and its way stands there part by part, in the colours of the %s',
  async (theme) => {
    const spot = place();
    spot.site = tried;
    const stood = await stand(crowd.path, { ui: stage.built }, spot);
    await spot.offer({ kind: 'started', version: 'test', config: 'a' });
    const next = encodeURIComponent(`/setup/channels?lang=zh&theme=${theme}`);
    const { page, errors } = await openPage(stage, `${stood.server.url}/login?next=${next}`, {});
    await page.fill('input[autocomplete=username]', 'head');
    await page.fill('input[type=password]', PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.way-card');
    const box = page.locator('section.box', { has: page.locator('h2:has-text("链路自检")') });
    expect(await box.innerText()).toMatch(/还没有做过[\s\S]*每天 03:40 自动，发给 自检手机/);
    const press = box.locator('button');
    await press.click();
    await until(page, `document.querySelector('[data-canary="running"]') !== null`);
    expect(await press.isDisabled()).toBe(true);
    const { run } = spot.state.canary!;
    await spot.offer({ kind: 'reading', device: 'canary', values: [['run', String(run)]] });
    await spot.offer({ kind: 'outcome', duty: `canary/${run}/message`, ok: true });
    await until(page, `document.querySelector('[data-canary="passed"]') !== null`);
    expect(await box.innerText()).toMatch(/全程通[\s\S]*设备接入 \d+ ms → 通知顺序 \d+ ms → 通知通道 \d+ ms/);
    if (shots) await page.screenshot({ path: `${shots}/canary-${theme}.png`, fullPage: true });

    await press.click();
    await until(page, `document.querySelector('[data-canary="running"]') !== null`);
    const why = words('拒绝登录', 'the log-in was refused');
    await spot.offer({ kind: 'outcome', duty: `canary/${spot.state.canary!.run}/publish`, ok: false, why });
    await until(page, `document.querySelector('[data-canary="failed"]') !== null`);
    expect(await box.innerText()).toMatch(/断在 设备接入[\s\S]*拒绝登录[\s\S]*还没能通知出去/);
    await spot.offer({ kind: 'outcome', duty: `canary/${spot.state.canary!.run}/alert/mail`, ok: true });
    await until(
      page,
      `document.querySelector('[data-canary="failed"] ~ .failed')?.textContent.includes('已由另一通道通知')`,
    );
    if (shots) await page.screenshot({ path: `${shots}/canary-failed-${theme}.png`, fullPage: true });
    // No device of the school is missed for it.
    expect(Object.keys(spot.site.devices)).toContain('canary');
    expect(errors).toEqual([]);
  },
);
