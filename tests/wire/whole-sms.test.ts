/**
 * Answers by SMS through the whole gateway: it lays a message into the spool folder of smstools, a person answers with the number that
 * stands in it, and the alarm is acknowledged by him; he is told what came of it. What comes twice, and from nobody known, does nothing.
 */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables in configuration files look like this
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Event } from '../../src/core/types.ts';
import { until } from '../patience.ts';
import { campus, modbusLine, tensionHost, zone } from './campus.ts';
import { startGateway } from './gateway.ts';
import { tautFence } from './taut-fence.ts';

/** The folders of smsd, and what it would do with them: the test sends and receives by hand. */
async function smsd() {
  const root = mkdtempSync(join(tmpdir(), 'gatehouse-spool-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const folder of ['outgoing', 'sent', 'failed', 'incoming']) await mkdir(join(root, folder));
  const texts: string[] = [];
  let n = 0;
  /** Sends whatever lies there; true once a text that fits has gone out. */
  const sends = (fits: RegExp) => () => {
    for (const name of readdirSync(join(root, 'outgoing')).filter((one) => !one.startsWith('.'))) {
      const file = readFileSync(join(root, 'outgoing', name));
      const cut = file.indexOf('\n\n');
      const head = file.toString('latin1', 0, cut);
      const text = /UCS2/.test(head)
        ? file
            .subarray(cut + 2)
            .swap16()
            .toString('utf16le')
        : file.toString('latin1', cut + 2);
      texts.push(`${/^To: (.*)$/m.exec(head)?.[1]} ${text}`);
      renameSync(join(root, 'outgoing', name), join(root, 'sent', name));
    }
    return texts.some((text) => fits.test(text));
  };
  return {
    root,
    texts,
    sent: (fits: RegExp) => until(`an SMS like ${fits} is sent`, sends(fits)),
    receives(from: string, text: string) {
      n += 1;
      const head = `From: ${from}\nReceived: 26-11-30 02:41:04\nModem: GSM1\nAlphabet: UCS2\n\n`;
      const whole = Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(text, 'utf16le').swap16()]);
      const aside = join(root, `GSM1.${n}`);
      writeFileSync(aside, whole);
      renameSync(aside, join(root, 'incoming', `GSM1.${n}`));
    },
    read: () => until('the gateway has read what came', () => readdirSync(join(root, 'incoming')).length === 0),
  };
}

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
