/**
 * A button pressed in WeCom, through the whole gateway: the message has it, the call that WeCom makes acknowledges the alarm as whoever
 * pressed, and he is told so. A call that is forged, old, or comes twice does nothing, and is on record; without keys nothing is there.
 */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables in configuration files look like this
import { expect, onTestFinished, test } from 'vitest';
import { openChat } from '../../simulators/chat/chat-server.ts';
import type { ChatMessage } from '../../simulators/chat/chat-types.ts';
import { wecomCall, wecomPressed } from '../../simulators/chat/wecom-press.ts';
import type { Event } from '../../src/core/types.ts';
import { reader } from '../perform/expecting.ts';
import { campus, modbusLine, tensionHost, zone } from './campus.ts';
import { startGateway } from './gateway.ts';
import { tautFence } from './taut-fence.ts';

const corp = 'ww0123456789abcdef';
const keys = { token: 'TokenOfTests', key: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C', corp };
const app = {
  corp,
  secret: 'app-secret-for-tests',
  agent: 1_000_002,
  users: ['Li'],
  trusted: true,
  tokenSeconds: 7_200,
};
const unused = { key: 'nobody-asks-here' };

test('a button pressed in WeCom acknowledges as whoever pressed it, once', async () => {
  const chat = reader<ChatMessage>('Li', ({ text }) => text);
  const accounts = { app, wecom: unused, dingtalk: unused, feishu: unused };
  const peer = await openChat({ accounts, heard: (message) => chat.hears(message) });
  onTestFinished(() => peer.stop());
  const fence = await tautFence();
  const channel = { protocol: 'wecom-app', proxy: peer.url, corp, agent: app.agent, password: '${APP_SECRET}' };
  const gateway = await startGateway({
    yaml: campus({
      lines: [modbusLine(fence.port)],
      devices: [{ ...tensionHost('fence-1', 1, 'z1', false), staleMs: 600_000 }],
      zones: [zone(1)],
      more: {
        people: [{ id: 'li', name: '李强', wecom: 'Li', account: 'li.q', ladder: [{ channel: 'wecom', afterSec: 0 }] }],
        channels: [
          {
            ...{ id: 'wecom', title: { zh: '企业微信', en: 'WeCom' }, ...channel },
            ...{ callbackToken: '${CALLBACK_TOKEN}', callbackKey: '${CALLBACK_KEY}' },
          },
          { id: 'shut', title: { zh: '另一个', en: 'Another' }, ...channel },
        ],
        tell: { selfTest: 'off' },
        escalation: { p1: { steps: [{ afterSec: 0, to: ['li'] }], repeatMin: 60 } },
      },
    }),
    env: { APP_SECRET: app.secret, CALLBACK_TOKEN: keys.token, CALLBACK_KEY: keys.key },
    users: { duty: 'operator', 'li.q': 'guard' },
  });
  const cookie = await gateway.login();
  const feed = await gateway.feed(cookie);
  const call = async (to: string, { query, body }: { query: URLSearchParams; body: string }) => {
    const headers = { 'content-type': 'text/xml' };
    const address = `${gateway.url}/api/callback/${to}?${query}`;
    return (await fetch(address, { method: 'POST', headers, body })).status;
  };
  // WeCom asks once whether the address is ours.
  const { query, encrypted } = wecomCall(keys, '1616140317555161061');
  query.set('echostr', encrypted);
  const echo = await fetch(`${gateway.url}/api/callback/wecom?${query}`);
  expect([echo.status, await echo.text()]).toEqual([200, '1616140317555161061']);
  expect((await fetch(`${gateway.url}/api/callback/shut?${query}`)).status).toBe(401);

  await feed.until('zone 1 armed', ({ state }) => state.zones.get('z1')?.mode === 'armed');
  fence.set(1, 'a_cut', true);
  const alarm = await feed.raised('z1/cut');
  const message = await chat.expects(/1号围栏/);
  expect(message).toMatchObject({ form: 'template_card', button: 'ack-1' });
  const press = { ...keys, agent: app.agent, user: 'li', button: message.button! };

  const old = Math.floor(Date.now() / 1_000) - 3_600;
  expect(await call('wecom', wecomPressed({ ...press, token: 'AnotherToken' }))).toBe(401);
  expect(await call('wecom', wecomPressed({ ...press, at: old }))).toBe(401);
  expect(await call('shut', wecomPressed(press))).toBe(401);
  expect(feed.state.alarms.get(alarm.id)?.acked).toBe(undefined);

  const pressed = wecomPressed(press);
  expect(await call('wecom', pressed)).toBe(200);
  const acked = await feed.until('the alarm acknowledged', ({ state }) => state.alarms.get(alarm.id)?.acked);
  expect(acked.by).toBe('li.q');
  await chat.expects(/已由 .* 确认/);
  expect(await call('wecom', pressed)).toBe(401);
  const { rows } = await gateway.get<{ rows: Event[] }>('/api/events?kind=replied', cookie);
  expect(rows.toReversed().map((one) => one.kind === 'replied' && one.came)).toEqual([
    'unknown-sender',
    'unknown-sender',
    'acknowledged',
    'unknown-sender',
  ]);
});
