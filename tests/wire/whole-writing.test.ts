/**
 * What somebody writes to the school's robot in DingTalk, through the whole gateway: the number of an alarm takes it, as whoever wrote, a
 * number of none takes nothing, and he is told each time. What is forged, old, or comes twice does nothing, and is on record.
 */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables in configuration files look like this
import { expect, onTestFinished, test } from 'vitest';
import { openChat } from '../../simulators/chat/chat-server.ts';
import type { ChatMessage } from '../../simulators/chat/chat-types.ts';
import { dingtalkWrites } from '../../simulators/chat/dingtalk-writes.ts';
import type { Event } from '../../src/core/types.ts';
import { reader } from '../perform/expecting.ts';
import { campus, modbusLine, tensionHost, zone } from './campus.ts';
import { startGateway } from './gateway.ts';
import { tautFence } from './taut-fence.ts';

const dingtalkApp = {
  ...{ appKey: 'ding1a2b3c4d5e6f', secret: 'ding-secret-for-tests', robot: 'ding1a2b3c4d5e6f' },
  ...{ users: ['li-1'], allowed: true, published: true, tokenSeconds: 7_200 },
};
const unused = { key: 'nobody-asks-here' };
const app = { corp: 'none', secret: 'none', agent: 1, users: [], trusted: false, tokenSeconds: 1 };

test('what a guard writes to the robot in DingTalk acknowledges as him, once, and says what is so', async () => {
  const chat = reader<ChatMessage>('Li', ({ text }) => text);
  const accounts = { app, wecom: unused, dingtalk: unused, feishu: unused, dingtalkApp };
  const peer = await openChat({ accounts, heard: (message) => chat.hears(message) });
  onTestFinished(() => peer.stop());
  const fence = await tautFence();
  const channel = { protocol: 'dingtalk-app', proxy: peer.url, appKey: dingtalkApp.appKey, password: '${DING_SECRET}' };
  const gateway = await startGateway({
    yaml: campus({
      lines: [modbusLine(fence.port)],
      devices: [{ ...tensionHost('fence-1', 1, 'z1', false), staleMs: 600_000 }],
      zones: [zone(1)],
      more: {
        people: [
          { id: 'li', name: '李强', dingtalk: 'li-1', account: 'li.q', ladder: [{ channel: 'ding', afterSec: 0 }] },
        ],
        channels: [
          { id: 'ding', title: { zh: '钉钉', en: 'DingTalk' }, ...channel, replies: true },
          { id: 'shut', title: { zh: '另一个', en: 'Another' }, ...channel },
        ],
        tell: { selfTest: 'off' },
        escalation: { p1: { steps: [{ afterSec: 0, to: ['li'] }], repeatMin: 60 } },
      },
    }),
    env: { DING_SECRET: dingtalkApp.secret },
    users: { duty: 'operator', 'li.q': 'guard' },
  });
  const cookie = await gateway.login();
  const feed = await gateway.feed(cookie);
  const call = async (to: string, { signed, said }: ReturnType<typeof dingtalkWrites>) => {
    const headers = { 'content-type': 'application/json; charset=utf-8', ...signed };
    const address = `${gateway.url}/api/callback/${to}`;
    return (await fetch(address, { method: 'POST', headers, body: JSON.stringify(said) })).status;
  };
  const writing = { secret: dingtalkApp.secret, user: 'li-1' };
  expect((await fetch(`${gateway.url}/api/callback/ding`)).status).toBe(401);

  await feed.until('zone 1 armed', ({ state }) => state.zones.get('z1')?.mode === 'armed');
  fence.set(1, 'a_cut', true);
  const alarm = await feed.raised('z1/cut');
  const message = await chat.expects(/1号围栏[\s\S]*回1确认/);
  expect(message).toMatchObject({ form: 'sampleActionCard', button: '1确认', rings: ['li-1'] });
  const written = { ...writing, text: message.button! };

  expect(await call('ding', dingtalkWrites({ ...written, secret: 'AnotherSecret' }))).toBe(401);
  expect(await call('ding', dingtalkWrites({ ...written, at: Date.now() - 3_600_000 }))).toBe(401);
  expect(await call('shut', dingtalkWrites(written))).toBe(401);
  expect(await call('ding', dingtalkWrites({ ...written, text: '9确认' }))).toBe(200);
  await chat.expects(/没有这个编号的报警，未确认。待确认：1 /);
  expect(feed.state.alarms.get(alarm.id)?.acked).toBe(undefined);

  const press = dingtalkWrites(written);
  expect(await call('ding', press)).toBe(200);
  const acked = await feed.until('the alarm acknowledged', ({ state }) => state.alarms.get(alarm.id)?.acked);
  expect(acked.by).toBe('li.q');
  await chat.expects(/已由 李强 .* 确认/);
  expect(await call('ding', press)).toBe(401);
  const { rows } = await gateway.get<{ rows: Event[] }>('/api/events?kind=replied', cookie);
  expect(rows.toReversed().map((one) => one.kind === 'replied' && one.came)).toEqual([
    'unknown-sender',
    'unknown-sender',
    'no-such',
    'acknowledged',
    'unknown-sender',
  ]);
  const all = await gateway.get('/api/events', cookie);
  const kept = JSON.stringify([all, gateway.log, gateway.complaint]);
  expect(kept).toContain('replied');
  for (const secret of [dingtalkApp.secret, press.signed.sign, 'x-acs-dingtalk']) expect(kept).not.toContain(secret);
});
