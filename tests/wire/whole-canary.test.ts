/**
 * The canary of the whole gateway: its event goes over the real wire of the embedded broker, through the rules and out by a channel, and
 * back by an answer. Each part of the way is broken once: another channel says so, it is no alarm, and nothing is sent twice.
 */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables in configuration files look like this

import type { ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../simulators/free-port.ts';
import type { Event } from '../../src/core/types.ts';
import { shownCanary } from '../../src/core/view/view-canary.ts';
import { until } from '../patience.ts';
import { httpPeer } from '../perform/peer.ts';
import { broker, campus, mqttFence, secrets, zone } from './campus.ts';
import { startGateway } from './gateway.ts';
import { mosquittoPub } from './mosquitto.ts';
import { smsd } from './smsd.ts';

const words = (id: string) => ({ zh: id, en: id });
const canaryDevice = {
  ...{ id: 'canary', title: words('canary'), profile: 'canary-mqtt', line: 'broker', password: '${CANARY_PASSWORD}' },
};
const answered = (response: ServerResponse) => void response.writeHead(204).end();

/** What another program at the port of the broker says to a log-in, and to a message; as MQTT has it. */
const connack = (code: number) => Buffer.from([0x20, 2, 0, code]);
/** The number of a message of QoS 1 stands behind its topic. */
function puback(packet: Buffer): Buffer {
  const topic = packet.readUInt16BE(2);
  return Buffer.concat([Buffer.from([0x40, 2]), packet.subarray(4 + topic, 6 + topic)]);
}

/** Another program at the port of the broker, which answers packets as told. */
async function impostor(says: (packet: Buffer) => Buffer | undefined): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.on('data', (packet) => {
      const said = says(packet);
      if (said) socket.write(said);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

interface Broken {
  /** Port of the broker. */
  readonly port?: number;
  /** What the channel that is tried does with a message. */
  readonly tried?: (response: ServerResponse) => void;
}

/** A school with two receivers of messages: the one that is tried, and the one that tells of a failure. */
async function school({ port, tried = answered }: Broken = {}) {
  const [one, other] = [await httpPeer(tried), await httpPeer(answered)];
  const at = port ?? (await freePort());
  const hook = (id: string, url: string) => ({
    ...{ id, title: words(id), protocol: 'webhook', url: `${url}/`, password: '${HOOK_KEY}', timeoutMs: 1_000 },
  });
  const gateway = await startGateway({
    yaml: campus({
      lines: [broker(at)],
      devices: [canaryDevice, mqttFence('fence-4', 'z7')],
      zones: [zone(7)],
      more: {
        people: [{ id: 'box', name: '自检信箱', ladder: [{ channel: 'tried', afterSec: 0 }] }],
        channels: [hook('tried', one.origin), hook('other', other.origin)],
        tell: { selfTest: 'off', canary: { device: 'canary', to: 'box', at: '23:59', alert: { channel: 'other' } } },
        escalation: { lastResort: { roles: ['operator'], channels: [] } },
      },
    }),
    env: { ...secrets, CANARY_PASSWORD: 'the-canary-alone', HOOK_KEY: 'k'.repeat(20) },
    users: { duty: 'operator' },
  });
  const cookie = await gateway.login();
  const feed = await gateway.feed(cookie);
  const texts = (peer: typeof one) =>
    peer.asked.map(({ body }) => (JSON.parse(body) as { title: { zh: string } }).title.zh);
  const facts = async () =>
    (await gateway.get<{ rows: Event[] }>('/api/events?kind=canary', cookie)).rows
      .toReversed()
      .flatMap((event) => (event.kind === 'canary' ? [event.hop ? `${event.step} ${event.hop}` : event.step] : []));
  return {
    ...{ gateway, cookie, feed, port: at, facts },
    start: () => gateway.command(cookie, { do: 'start-canary' }),
    tried: () => texts(one),
    other: () => texts(other),
    /** It was told by the other channel, is a trouble, and is no alarm. */
    async isTold(hop: string, why: RegExp) {
      await feed.until('the failure is told', ({ state }) => state.canary?.toldAt !== undefined);
      expect(await feed.trouble('canary')).toMatch(why);
      expect(texts(other)).toEqual([expect.stringContaining('链路自检失败')]);
      expect(await facts()).toContain(`failed ${hop}`);
      expect([...feed.state.alarms.values()].filter(({ device }) => device === 'canary')).toEqual([]);
    },
  };
}

test('a canary comes through over the wire, and only that one: no device can send another, and it is no alarm', async () => {
  const { feed, facts, gateway, cookie, start, tried, other, port } = await school();
  await gateway.said('MQTT broker listens');
  await start();
  const run = await feed.until('the canary taken', ({ state }) => state.canary?.takenAt !== undefined && state.canary);
  expect(await facts()).toEqual(['begun', 'heard', 'sent', 'taken']);
  expect(tried()).toEqual([expect.stringContaining('链路自检')]);
  const { hops, phase } = shownCanary(feed.site!, run);
  expect(phase).toBe('passed');
  expect(hops.map(({ hop }) => hop)).toEqual(['wire', 'chain', 'channel']);
  for (const { ms } of hops) expect(ms).toBeGreaterThanOrEqual(0);

  // A device of the school may not speak for it, and who knows its password has nothing to say either.
  const topic = 'gatehouse/canary/event';
  const says = (id: string) => JSON.stringify({ id, run: String(run.run) });
  const fence = { port, user: 'fence-4', password: secrets.DEVICE_PASSWORD, topic };
  await mosquittoPub({ ...fence, message: says('a') });
  await mosquittoPub({ ...fence, user: 'canary', password: secrets.DEVICE_PASSWORD, message: says('b') });
  for (const id of ['c', 'd'])
    expect(
      (await mosquittoPub({ port, user: 'canary', password: 'the-canary-alone', topic, message: says(id) })).code,
    ).toBe(0);
  expect(await facts()).toEqual(['begun', 'heard', 'sent', 'taken']);
  expect([tried().length, other()]).toEqual([1, []]);
  const { rows } = await gateway.get<{ rows: Event[] }>('/api/events?kind=raised', cookie);
  expect(rows.filter((event) => event.kind === 'raised' && event.device === 'canary')).toEqual([]);
  expect(feed.state.devices.get('canary')?.up).toBe(undefined);
});

test('a broker that refuses its device is told of by another channel', async () => {
  const port = await impostor(() => connack(5));
  const { start, isTold, tried } = await school({ port });
  await start();
  await isTold('wire', /refused the log-in of the test device canary/);
  expect(tried()).toEqual([]);
});

test('an event that something takes and that reaches no rule is told of by another channel', async () => {
  const port = await impostor((packet) => {
    if (packet[0] === 0x10) return connack(0);
    return (packet[0]! & 0xf0) === 0x30 ? puback(packet) : undefined;
  });
  const { start, isTold, tried } = await school({ port });
  await start();
  await isTold('wire', /it reached no rule/);
  expect(tried()).toEqual([]);
});

test('a channel that refuses it is told of by another', async () => {
  const { gateway, start, isTold, tried } = await school({ tried: (response) => void response.writeHead(500).end() });
  await gateway.said('MQTT broker listens');
  await start();
  await isTold('channel', /500/);
  expect(tried()).toHaveLength(1);
});

test('a channel that hangs is told of by another, and after a crash in the midst it is not sent again', async () => {
  const { gateway, start, isTold, tried, other } = await school({ tried: () => undefined });
  await gateway.said('MQTT broker listens');
  await start();
  await isTold('channel', /tried/);
  expect(tried()).toHaveLength(1);

  await start();
  await until('the message hangs', () => tried().length === 2);
  await gateway.kill('SIGKILL');
  await gateway.restart();
  const feed = await gateway.feed(await gateway.login());
  await feed.until('the failure is told', ({ state }) => state.canary?.toldAt !== undefined);
  expect(await feed.trouble('canary')).toMatch(/started anew meanwhile/);
  expect(other()).toHaveLength(2);
  expect(tried()).toHaveLength(2);
});

/** A school whose test address is a telephone behind a modem. */
async function telephone(timeoutMs: number) {
  const [spool, other] = [await smsd(), await httpPeer(answered)];
  const gateway = await startGateway({
    yaml: campus({
      lines: [broker(await freePort())],
      devices: [canaryDevice],
      more: {
        people: [{ id: 'box', name: '自检手机', phone: '13800000009' }],
        channels: [
          {
            ...{ id: 'modem', title: words('modem'), protocol: 'sms-modem', spool: '${SPOOL}' },
            ...{ replies: true, timeoutMs },
          },
          { id: 'other', title: words('other'), protocol: 'webhook', url: `${other.origin}/`, password: '${HOOK_KEY}' },
        ],
        tell: {
          selfTest: 'off',
          canary: { device: 'canary', to: 'box', at: '23:59', answers: true, alert: { channel: 'other' } },
        },
        escalation: { lastResort: { roles: ['operator'], channels: [] } },
      },
    }),
    env: { CANARY_PASSWORD: 'the-canary-alone', HOOK_KEY: 'k'.repeat(20), SPOOL: spool.root },
  });
  const cookie = await gateway.login();
  const feed = await gateway.feed(cookie);
  await gateway.said('MQTT broker listens');
  await gateway.command(cookie, { do: 'start-canary' });
  return { spool, other, feed };
}

test('a modem that took it and never says what became of it is told of by another channel', async () => {
  const { spool, other, feed } = await telephone(2_000);
  await spool.takes();
  await feed.until('the failure is told', ({ state }) => state.canary?.toldAt !== undefined);
  expect(feed.state.canary?.failed?.hop).toBe('channel');
  expect(await feed.trouble('canary')).toMatch(/modem/);
  expect(other.asked).toHaveLength(1);
});

test('a test address that answers brings it back, and nobody is acknowledged or answered by that', async () => {
  const { spool, other, feed } = await telephone(28_000);
  await spool.sent(/^8613800000009 .*链路自检.*回0确认/s);
  await feed.until('the canary taken', ({ state }) => state.canary?.takenAt);
  spool.receives('8613800000009', '0确认');
  const run = await feed.until('the answer', ({ state }) => state.canary?.backAt !== undefined && state.canary);
  expect(shownCanary(feed.site!, run).hops.map(({ hop }) => hop)).toEqual(['wire', 'chain', 'channel', 'back']);
  expect(feed.events.filter(({ kind }) => kind === 'replied')).toEqual([]);
  expect(other.asked).toEqual([]);
  expect(spool.texts).toHaveLength(1);
});
