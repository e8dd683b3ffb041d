/** The embedded broker with real clients on real sockets: mqtt.js, mosquitto_pub, and bare TCP for what no client sends. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type BrokerPlace, mqttBroker } from '../../src/drivers/mqtt/mqtt-broker.ts';
import { PATIENCE_MS, until } from '../patience.ts';
import { mosquittoPub } from '../wire/mosquitto.ts';
import { type Recorder, recorder, start } from './mqtt-line.ts';

let heard: Recorder<BrokerPlace>;
let running: ReturnType<typeof start>;
let port: number;
const clients: MqttClient[] = [];

async function open(more: Partial<BrokerPlace> = {}): Promise<{ plain: number; tls?: number }> {
  const listening = Promise.withResolvers<{ plain: number; tls?: number }>();
  const options: BrokerPlace = {
    protocol: 'mqtt-broker',
    host: '127.0.0.1',
    port: 0,
    onListening: listening.resolve,
    ...more,
  };
  heard = recorder(options);
  running = start(mqttBroker, heard);
  return Promise.race([listening.promise, running.ended.then((error) => Promise.reject(error))]);
}

function client(more: IClientOptions = {}): MqttClient {
  const made = mqtt.connect({
    host: '127.0.0.1',
    port,
    username: 'fence-1',
    password: 'fence-secret',
    clientId: 'box',
    protocolVersion: 4,
    reconnectPeriod: 0,
    ...more,
  });
  made.on('error', () => undefined);
  clients.push(made);
  return made;
}

/** Waits for one event; unlike `once`, an error in between does not end the wait. */
function next(of: MqttClient, event: 'connect' | 'close' | 'error' | 'message' | 'packetreceive'): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`no ${event} came`)), PATIENCE_MS);
    of.once(event, (first: unknown) => {
      clearTimeout(limit);
      resolve(first);
    });
  });
}

async function connected(more: IClientOptions = {}): Promise<MqttClient> {
  const made = client(more);
  await next(made, 'connect');
  return made;
}

const refusal = async (made: MqttClient): Promise<number | undefined> => {
  const error = (await next(made, 'error')) as Error & { code?: number };
  return error.code;
};

beforeEach(async () => {
  port = (await open()).plain;
});
afterEach(async () => {
  for (const made of clients.splice(0)) made.end(true);
  await running.stop();
});

const climb = JSON.stringify({ id: 'e-1', a: { climb: true } });

describe('a message of a device', () => {
  test('published by mosquitto_pub is reported and acknowledged', async () => {
    const ended = await mosquittoPub({
      port,
      user: 'fence-1',
      password: 'fence-secret',
      topic: 'gatehouse/fence-1/event',
      message: climb,
    });
    expect(ended).toEqual({ code: 0, stderr: '' });
    expect(heard.kept.map((k) => k.report)).toEqual([
      { from: '127.0.0.1', device: 'fence-1', id: 'e-1', values: [['a_climb', true]] },
    ]);
  });

  test('is acknowledged only after it is kept', async () => {
    heard.hold = true;
    const made = await connected();
    let acknowledged = false;
    made.on('packetreceive', (packet) => {
      if (packet.cmd === 'puback') acknowledged = true;
    });
    const published = made.publishAsync('gatehouse/fence-1/event', climb, { qos: 1 });
    await until('the report arrives', () => heard.kept.length === 1);
    made.subscribe('gatehouse/fence-1/set/#', { qos: 1 });
    await next(made, 'packetreceive');
    expect(acknowledged).toBe(false);
    heard.kept[0]!.keep();
    await published;
    expect(acknowledged).toBe(true);
  });

  test('is acknowledged in the order it came, even when a later one is kept first', async () => {
    heard.hold = true;
    const made = await connected();
    const order: number[] = [];
    const sent = [1, 2, 3].map((n) =>
      made
        .publishAsync('gatehouse/fence-1/event', JSON.stringify({ id: `e-${n}`, a: { climb: true } }), { qos: 1 })
        .then(() => order.push(n)),
    );
    await until('three reports arrive', () => heard.kept.length === 3);
    heard.kept[2]!.keep();
    heard.kept[1]!.keep();
    const other = await connected({ username: 'gate', password: 'gate-secret' });
    await other.publishAsync('campus/east/gate/status', 'online', { qos: 1 });
    expect(order).toEqual([]);
    heard.kept[0]!.keep();
    await Promise.all(sent);
    expect(heard.kept.map((k) => k.report.id)).toEqual(['e-1', 'e-2', 'e-3']);
    expect(order).toEqual([1, 2, 3]);
  });

  test('that could not be kept costs the connection and comes again with the same id', async () => {
    heard.hold = true;
    const made = await connected({ reconnectPeriod: 50, clean: false });
    const published = made.publishAsync('gatehouse/fence-1/event', climb, { qos: 1 });
    await until('the report arrives', () => heard.kept.length === 1);
    heard.hold = false;
    heard.kept[0]!.refuse();
    await published;
    expect(heard.kept.map((k) => k.report.id)).toEqual(['e-1', 'e-1']);
  });

  test('sent again without a connection in between is passed on with its id each time', async () => {
    const made = await connected();
    await made.publishAsync('gatehouse/fence-1/event', climb, { qos: 1 });
    await made.publishAsync('gatehouse/fence-1/event', climb, { qos: 1, dup: true });
    expect(heard.kept.map((k) => k.report.id)).toEqual(['e-1', 'e-1']);
  });

  test('of QoS 2 is reported once its exchange is done', async () => {
    const made = await connected();
    await made.publishAsync('gatehouse/fence-1/event', climb, { qos: 2 });
    expect(heard.kept).toHaveLength(1);
  });

  test.each([
    ['not JSON', Buffer.from('{"a":'), 'bad-payload'],
    ['not UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), 'bad-payload'],
    ['empty', Buffer.alloc(0), 'bad-payload'],
    ['without any field of the profile', Buffer.from('{"x":1}'), 'bad-payload'],
    ['with a wrong type', Buffer.from('{"a":{"climb":"maybe"}}'), 'wrong-type'],
  ])('that is %s is acknowledged and counted, and the connection stays', async (_, payload, reason) => {
    const made = await connected();
    await made.publishAsync('gatehouse/fence-1/event', payload, { qos: 1 });
    await made.publishAsync('gatehouse/fence-1/event', climb, { qos: 1 });
    expect(heard.drops.map((d) => d.reason)).toEqual([reason]);
    expect(heard.kept).toHaveLength(1);
  });

  test('bounds what one device can have in flight while nothing is kept', async () => {
    heard.hold = true;
    const made = await connected();
    const count = 2_500;
    for (let n = 0; n < count; n += 1) {
      const before = heard.kept.length;
      made.publish('gatehouse/fence-1/event', climb, { qos: 1 });
      // Each in a segment of its own, as a real device sends; one that is not read within these turns is held off.
      for (let turn = 0; turn < 20 && heard.kept.length === before; turn += 1)
        await new Promise((resolve) => setImmediate(resolve));
    }
    // What one read of the socket had brought already may still pass: 64 KiB, and 16 KiB waiting behind it.
    const packet = 'gatehouse/fence-1/event'.length + climb.length + 6;
    expect(heard.kept.length).toBeLessThanOrEqual(256 + (65_536 + 16_384) / packet);
    expect(heard.kept.length).toBeGreaterThan(200);
    heard.hold = false;
    for (const held of heard.kept) held.keep();
    await until('the rest arrives', () => heard.kept.length === count);
  });
});

describe('log-in', () => {
  test.each([
    ['a wrong password', { password: 'guess' }],
    ['no password', { password: undefined }],
    ['an unknown name', { username: 'fence-9' }],
    ['no name', { username: undefined, password: undefined }],
  ] as [string, IClientOptions][])('with %s is refused with return code 4', async (_, more) => {
    expect(await refusal(client(more))).toBe(4);
  });

  test('with a wrong password is named, and stays so when the device itself logs in: it may have been somebody else', async () => {
    await refusal(client({ password: 'guess' }));
    expect(heard.troubles.get('password fence-1')).toContain('fence-1 gave a wrong MQTT password');
    await connected();
    expect(heard.troubles.has('password fence-1')).toBe(true);
  });

  test('by MQTT 5 is refused and the remedy named', async () => {
    const ended = await mosquittoPub({
      port,
      user: 'fence-1',
      password: 'fence-secret',
      topic: 'gatehouse/fence-1/event',
      message: climb,
      version: 'mqttv5',
    });
    expect(ended.code).not.toBe(0);
    expect(heard.troubles.get('version fence-1')).toContain('set the device to 3.1.1');
    expect(heard.kept).toHaveLength(0);
  });

  test('by MQTT 3.1 works', async () => {
    const ended = await mosquittoPub({
      port,
      user: 'fence-1',
      password: 'fence-secret',
      topic: 'gatehouse/fence-1/event',
      message: climb,
      version: 'mqttv31',
      clientId: 'box',
    });
    expect(ended.code).toBe(0);
  });

  test('with a keep-alive that never ends is refused and named', async () => {
    const made = client({ keepalive: 0 });
    await next(made, 'close');
    expect(heard.troubles.get('keepalive fence-1')).toContain('set 1 to 120 s');
  });

  test('of two machines with one account that push each other out is named', async () => {
    client({ reconnectPeriod: 20 });
    client({ reconnectPeriod: 20 });
    await until('the twins are named', () => heard.troubles.has('twins fence-1'));
    expect(heard.links.filter((l) => !l.up)).toEqual([]);
  });

  test('with the client id of another account leaves the other connected', async () => {
    const fence = await connected();
    let closed = false;
    fence.on('close', () => {
      closed = true;
    });
    const gate = await connected({ username: 'gate', password: 'gate-secret' });
    await gate.publishAsync('campus/east/gate/scan', JSON.stringify({ id: 's', card: '0F004EBEFC' }), { qos: 1 });
    await fence.publishAsync('gatehouse/fence-1/event', climb, { qos: 1 });
    expect(closed).toBe(false);
  });

  test('without a client id works', async () => {
    const made = mqtt.connect({
      host: '127.0.0.1',
      port,
      username: 'fence-1',
      password: 'fence-secret',
      protocolVersion: 4,
      clientId: '',
      clean: true,
      reconnectPeriod: 0,
    });
    clients.push(made);
    await next(made, 'connect');
    expect(heard.troubles.size).toBe(0);
  });
});

describe('rights', () => {
  test.each([
    'gatehouse/gate/scan',
    'campus/east/gate/scan',
    '$SYS/broker/load',
    'gatehouse/fence-10/event',
    'gatehouse/fence-1/nothing',
    'gatehouse/fence-1/set/siren',
  ])('do not let fence-1 publish to %s; it is counted and named', async (topic) => {
    const made = await connected();
    await made.publishAsync(topic, JSON.stringify({ id: 's', card: 'x' }), { qos: 1 });
    expect(heard.drops).toMatchObject([{ reason: 'unknown-topic', device: 'fence-1', topic }]);
    expect(heard.troubles.get('topic fence-1')).toContain(topic);
    expect(heard.kept).toHaveLength(0);
  });

  test.each([
    '#',
    '$SYS/#',
    'gatehouse/+/event',
    'gatehouse/fence-1/event',
    'campus/east/gate/set/#',
    'gatehouse/+/set/#',
  ])('do not let fence-1 subscribe to %s', async (filter) => {
    const made = await connected();
    const granted = await made.subscribeAsync(filter, { qos: 1 }).catch((error: Error) => error);
    expect(JSON.stringify(granted)).toContain('128');
    expect(heard.drops).toMatchObject([{ reason: 'unknown-topic', device: 'fence-1' }]);
  });

  test('keep what one device publishes from every other, retained or not', async () => {
    const fence = await connected();
    await fence.subscribeAsync('gatehouse/fence-1/set/#', { qos: 1 });
    const got: string[] = [];
    fence.on('message', (topic) => got.push(topic));
    const gate = await connected({ username: 'gate', password: 'gate-secret' });
    await gate.publishAsync('gatehouse/fence-1/set/siren', '{"on":true}', { qos: 1, retain: true });
    await fence.publishAsync('gatehouse/fence-1/set/siren', '{"on":true}', { qos: 1, retain: true });
    await fence.subscribeAsync('gatehouse/fence-1/set/siren', { qos: 1 });
    await fence.publishAsync('gatehouse/fence-1/event', climb, { qos: 1 });
    expect(got).toEqual([]);
  });
});

describe('size', () => {
  test('of a 20 MB message closes the connection and is counted', async () => {
    const made = await connected();
    made.publish('gatehouse/fence-1/event', Buffer.alloc(20_000_000, 0x20), { qos: 1 });
    await next(made, 'close');
    expect(heard.drops).toMatchObject([{ reason: 'too-large', device: 'fence-1' }]);
  });

  test('of an announced 200 MB packet is refused at its first bytes', async () => {
    const socket = connectTcp(port, '127.0.0.1');
    socket.on('error', () => undefined);
    // PUBLISH with a remaining length of 200 000 000 and nothing behind it.
    socket.write(Buffer.from([0x30, 0x80, 0x84, 0xaf, 0x5f]));
    await once(socket, 'close');
    expect(heard.drops).toMatchObject([{ reason: 'too-large', why: expect.stringContaining('200000000') as string }]);
  });

  test('of noise never ends the broker, and a flood of it makes few log lines', async () => {
    const before = heard.logged.length;
    for (let n = 0; n < 300; n += 1) {
      const socket = connectTcp(port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.end(Buffer.from([0x10, 0x05, 0xff, 0xff, n & 0xff, 0x00, 0xff, 0x00]));
      await once(socket, 'close');
    }
    expect(heard.drops.length).toBe(300);
    expect(heard.logged.length - before).toBeLessThan(5);
    await (await connected()).publishAsync('gatehouse/fence-1/event', climb, { qos: 1 });
    expect(heard.kept).toHaveLength(1);
  });
});

/** CONNECT of fence-1 with its password, as MQTT 3.1.1 has it on the wire. */
function connectPacket(clientId: string, keepaliveS = 60): Buffer {
  const text = (of: string) => Buffer.concat([Buffer.from([0, of.length]), Buffer.from(of)]);
  const body = Buffer.concat([
    text('MQTT'),
    Buffer.from([4, 0xc2, keepaliveS >> 8, keepaliveS & 0xff]),
    ...[clientId, 'fence-1', 'fence-secret'].map(text),
  ]);
  return Buffer.concat([Buffer.from([0x10, body.length]), body]);
}

describe('a device that sends its CONNECT and something malformed in one segment', () => {
  /** A packet of type 0, which there is none of; and a PUBLISH to a topic of no length. */
  test.each([
    ['a packet of no type', [0x00, 0x00]],
    ['a topic of no length', [0x30, 0x02, 0x00, 0x00]],
    ['a wild card in a topic', [0x30, 0x04, 0x00, 0x02, 0x61, 0x23]],
  ])('(%s) may log in as often as it likes, and its loss is reported', async (_, malformed) => {
    for (let n = 0; n < 6; n += 1) {
      const socket = connectTcp(port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(Buffer.concat([connectPacket(`box-${n}`), Buffer.from(malformed)]));
      socket.resume();
      await once(socket, 'close');
    }
    const made = await connected({ clientId: 'afterwards' });
    expect(heard.troubles.has('twins fence-1')).toBe(false);
    await made.publishAsync('gatehouse/fence-1/event', climb, { qos: 1 });
    expect(heard.links.at(-1)?.up).toBe(true);
    made.stream.destroy();
    await until('the link is down', () => heard.links.at(-1)?.up === false);
  });
});

describe('a keep-alive', () => {
  test.each([0, 121, 300])('of %i s is refused, and the connection closed', async (keepaliveS) => {
    const socket = connectTcp(port, '127.0.0.1');
    const answer: Buffer[] = [];
    socket.on('data', (bytes: Buffer) => answer.push(bytes));
    socket.write(connectPacket('box', keepaliveS));
    await once(socket, 'close');
    // CONNACK, and not "accepted".
    expect([...Buffer.concat(answer)].slice(0, 1)).toEqual([0x20]);
    expect(Buffer.concat(answer)[3]).toBeGreaterThan(0);
    expect(heard.links.filter(({ up }) => up)).toEqual([]);
    expect(heard.troubles.get('keepalive fence-1')).toContain('set 1 to 120 s');
  });
});

describe('a link', () => {
  test('is up when the device connects and down with a reason when its last connection ends', async () => {
    const first = await connected();
    const second = await connected({ clientId: 'laptop' });
    await second.endAsync();
    await first.publishAsync('gatehouse/fence-1/event', climb, { qos: 1 });
    expect(heard.links.every((l) => l.up)).toBe(true);
    first.stream.destroy();
    await until('the link is down', () => heard.links.at(-1)?.up === false);
    expect(heard.links.at(-1)).toMatchObject({ device: 'fence-1', why: expect.stringContaining('fence-1') as string });
  });

  test('stays up when the will of an old connection comes after the device is back', async () => {
    const will = { topic: 'gatehouse/fence-1/status', payload: Buffer.from('offline'), qos: 1, retain: true } as const;
    const old = await connected({ will });
    await connected({ will });
    await until('the old one is closed', () => old.disconnected || !old.connected);
    const again = await connected({ clientId: 'third' });
    await again.publishAsync('gatehouse/fence-1/status', 'online', { qos: 1 });
    expect(heard.links.every((l) => l.up)).toBe(true);
  });

  test('is confirmed by a message that holds no point', async () => {
    const made = await connected();
    await until('the connection is up', () => heard.links.length === 1);
    await made.publishAsync('gatehouse/fence-1/status', 'online', { qos: 1 });
    expect(heard.links.slice(1)).toEqual([{ device: 'fence-1', up: true, why: 'fence-1 有报文 / fence-1 reports' }]);
  });

  test('goes down when the device says so', async () => {
    const made = await connected();
    await made.publishAsync('gatehouse/fence-1/status', 'offline', { qos: 1 });
    expect(heard.links.at(-1)).toMatchObject({ device: 'fence-1', up: false });
  });
});

describe('a write', () => {
  test('reaches the device and resolves at its acknowledgement', async () => {
    const made = await connected();
    await made.subscribeAsync('gatehouse/fence-1/set/#', { qos: 1 });
    const got: [string, Record<string, unknown>][] = [];
    const release = Promise.withResolvers<void>();
    made.handleMessage = (packet, done) => {
      if (packet.cmd === 'publish')
        got.push([packet.topic, JSON.parse(packet.payload.toString()) as Record<string, unknown>]);
      void release.promise.then(() => done());
    };
    let confirmed = false;
    const writing = heard.actions.write!('fence-1', 'siren', true).then(() => {
      confirmed = true;
    });
    await until('the write arrives', () => got.length === 1);
    expect(confirmed).toBe(false);
    release.resolve();
    await writing;
    expect(got).toMatchObject([['gatehouse/fence-1/set/siren', { on: true, id: expect.any(String) as string }]]);
  });

  test('to a device that is not there, does not listen, or cannot do it is refused with a sentence', async () => {
    await expect(heard.actions.write!('fence-1', 'siren', true)).rejects.toThrow('fence-1 is not connected');
    const made = await connected();
    await expect(heard.actions.write!('fence-1', 'siren', true)).rejects.toThrow('has not subscribed');
    await made.subscribeAsync('gatehouse/fence-1/set/#', { qos: 0 });
    await expect(heard.actions.write!('fence-1', 'siren', true)).rejects.toThrow('QoS 0');
    await expect(heard.actions.write!('fence-1', 'a_climb', true)).rejects.toThrow('no point a_climb');
    await expect(heard.actions.write!('nobody', 'siren', true)).rejects.toThrow('not a device');
  });

  test('is not kept for a device that comes back later', async () => {
    const made = await connected({ clean: false });
    await made.subscribeAsync('gatehouse/fence-1/set/#', { qos: 1 });
    made.handleMessage = () => undefined;
    const writing = heard.actions.write!('fence-1', 'siren', true);
    await next(made, 'message');
    made.stream.destroy();
    await expect(writing).rejects.toThrow('lost its connection');
    const again = await connected({ clean: false });
    const got: string[] = [];
    again.on('message', (topic) => got.push(topic));
    await again.subscribeAsync('gatehouse/fence-1/set/#', { qos: 1 });
    await again.publishAsync('gatehouse/fence-1/event', climb, { qos: 1 });
    expect(got).toEqual([]);
  });
});

describe('opening', () => {
  test('on a port that is taken says so', async () => {
    const second = recorder<BrokerPlace>({ protocol: 'mqtt-broker', host: '127.0.0.1', port });
    expect(String(await start(mqttBroker, second).ended)).toContain(`MQTT port ${port} on 127.0.0.1 is taken`);
  });

  test('with a certificate that cannot be read says which file', async () => {
    const second = recorder<BrokerPlace>({
      protocol: 'mqtt-broker',
      host: '127.0.0.1',
      port: 0,
      tls: { key: '/nowhere/key.pem', cert: '/nowhere/cert.pem' },
    });
    expect(String(await start(mqttBroker, second).ended)).toContain('/nowhere/key.pem cannot be read');
  });

  test('lets no more connections in than are allowed', async () => {
    await running.stop();
    port = (await open({ maxClients: 1 })).plain;
    await connected();
    await next(client({ clientId: 'more' }), 'close');
    expect(heard.troubles.get('full')).toContain('all 1 MQTT connections');
  });

  test('2,000 idle strangers keep no device out', async () => {
    const idle = Array.from({ length: 2_000 }, (_, i) => {
      const socket = connectTcp({ port, host: '127.0.0.1', localAddress: `127.0.1.${1 + (i % 50)}` });
      socket.on('error', () => undefined);
      return socket;
    });
    try {
      await Promise.all(idle.map((socket) => once(socket, 'connect').catch(() => undefined)));
      await connected();
    } finally {
      for (const socket of idle) socket.destroy();
    }
  });

  test('with a certificate takes TLS beside plain', async () => {
    await running.stop();
    const directory = mkdtempSync(join(tmpdir(), 'mqtt-tls-'));
    try {
      const [key, cert] = [join(directory, 'key.pem'), join(directory, 'cert.pem')];
      const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
      execFileSync(
        'openssl',
        [
          'req',
          '-x509',
          '-newkey',
          'ec',
          '-pkeyopt',
          'ec_paramgen_curve:prime256v1',
          '-nodes',
          '-days',
          '2',
          '-keyout',
          key,
          '-out',
          cert,
          ...subject,
        ],
        { stdio: 'ignore' },
      );
      const ports = await open({ tls: { key, cert }, tlsPort: 0 });
      const pub = { user: 'fence-1', password: 'fence-secret', topic: 'gatehouse/fence-1/event', message: climb };
      expect(await mosquittoPub({ ...pub, port: ports.tls!, ca: cert })).toEqual({ code: 0, stderr: '' });
      expect((await mosquittoPub({ ...pub, port: ports.tls! })).code).not.toBe(0);
      expect((await mosquittoPub({ ...pub, port: ports.plain })).code).toBe(0);
      expect(heard.kept).toHaveLength(2);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
});
