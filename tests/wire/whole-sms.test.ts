/**
 * Answers by SMS through the whole gateway: it lays a message into the spool folder of smstools, a person answers with the number that
 * stands in it, and the alarm is acknowledged by him; he is told what came of it. What comes twice, and from nobody known, does nothing.
 */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables in configuration files look like this
import { expect, test } from 'vitest';
import type { Event } from '../../src/core/types.ts';
import { campus, modbusLine, tensionHost, zone } from './campus.ts';
import { startGateway } from './gateway.ts';
import { smsd } from './smsd.ts';
import { tautFence } from './taut-fence.ts';

test('an SMS from a guard acknowledges the alarm as him, by the number in his message', async () => {
  const [spool, fence] = [await smsd(), await tautFence()];
  const gateway = await startGateway({
    yaml: campus({
      lines: [modbusLine(fence.port)],
      devices: [{ ...tensionHost('fence-1', 1, 'z1', false), staleMs: 600_000 }],
      zones: [zone(1)],
      more: {
        people: [{ id: 'li', name: '李强', phone: '13800000001', account: 'li.q' }],
        channels: [
          {
            ...{ id: 'modem', title: { zh: '短信', en: 'SMS' }, protocol: 'sms-modem' },
            ...{ spool: '${SPOOL}', replies: true, timeoutMs: 28_000 },
          },
        ],
        tell: { selfTest: 'off' },
        escalation: { p1: { steps: [{ afterSec: 0, to: ['li'] }], repeatMin: 60 } },
      },
    }),
    env: { SPOOL: spool.root },
    users: { duty: 'operator', 'li.q': 'guard' },
  });
  const cookie = await gateway.login();
  const feed = await gateway.feed(cookie);
  await feed.until('zone 1 armed', ({ state }) => state.zones.get('z1')?.mode === 'armed');
  fence.set(1, 'a_cut', true);
  const alarm = await feed.raised('z1/cut');
  await spool.sent(/^8613800000001 .*回1确认/s);

  // Of a number that nobody has nothing comes, and neither of one that the message did not name.
  spool.receives('8613999999999', '1确认');
  await spool.read();
  spool.receives('8613800000001', '7确认');
  await spool.sent(/没有/);
  expect(feed.state.alarms.get(alarm.id)?.acked).toBe(undefined);

  spool.receives('8613800000001', '1确认');
  const acked = await feed.until('the alarm acknowledged', ({ state }) => state.alarms.get(alarm.id)?.acked);
  expect(acked.by).toBe('li.q');
  await spool.sent(/已由 .* 确认/);

  // The same once more changes nothing.
  spool.receives('8613800000001', '1确认');
  await spool.read();
  const facts = async (kind: string) =>
    (await gateway.get<{ rows: Event[] }>(`/api/events?kind=${kind}`, cookie)).rows.toReversed();
  await feed.until('the last answer', ({ events }) => events.filter(({ kind }) => kind === 'replied').length === 4);
  expect(await facts('replied')).toMatchObject([
    { channel: 'modem', came: 'unknown-sender' },
    { channel: 'modem', person: 'li', number: 7, came: 'no-such' },
    { channel: 'modem', person: 'li', number: 1, came: 'acknowledged', alarm: alarm.id },
    { channel: 'modem', person: 'li', number: 1, came: 'already', alarm: alarm.id },
  ]);
  expect(await facts('acknowledged')).toHaveLength(1);
  expect(JSON.stringify([await facts('replied'), gateway.log])).not.toContain('13800000001');
});
