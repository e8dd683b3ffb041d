/** The client of an outside broker, against Debian's mosquitto with a store of its own, and against a plain 3.1.1 broker. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { Aedes } from 'aedes';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { mqttFence, mqttReader, type Robot } from '../../simulators/robots.ts';
import type { MqttClientOptions } from '../../src/drivers/connection-options.ts';
import { mqttClient } from '../../src/drivers/mqtt/mqtt-client.ts';
import { PATIENCE_MS, until } from '../patience.ts';
import { type Mosquitto, mosquittoPub, startMosquitto } from '../wire/mosquitto.ts';
import { type Recorder, recorder, start } from './mqtt-line.ts';

let broker: Mosquitto;
const robots: Robot[] = [];
const running: { stop(): Promise<void> }[] = [];
let number = 0;

beforeAll(async () => {
  broker = await startMosquitto();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((line) => line.stop()));
  await Promise.all(robots.splice(0).map((robot) => robot.stop()));
});
afterAll(() => broker.stop());

/** Each test has sessions of its own, unless it asks for those of another. */
function options(more: Partial<MqttClientOptions> = {}): MqttClientOptions {
  number += 1;
  return { protocol: 'mqtt-client', url: broker.url, clientId: `school-${number}`, ...more };
}

async function listen(more: Partial<MqttClientOptions> = {}): Promise<Recorder<MqttClientOptions>> {
  const heard = recorder(options(more));
  const line = start(mqttClient, heard);
  running.push(line);
  await Promise.race([
    until('the line offers to write', () => heard.actions.write !== undefined),
    line.ended.then((error) => Promise.reject(error)),
  ]);
  return heard;
}

const pub = (message: string, topic = 'gatehouse/fence-1/event') => mosquittoPub({ port: broker.port, topic, message });
const climb = (id: string) => JSON.stringify({ id, a: { climb: true } });
const ids = (heard: Recorder<MqttClientOptions>) => heard.kept.map((k) => k.report.id);

describe('behind an outside broker', () => {
  test('a message published by mosquitto_pub is reported once, whatever the number of connections', async () => {
    const heard = await listen();
    await pub(climb('e-1'));
    await pub(climb('e-2'));
    await until('both arrive', () => heard.kept.length >= 2);
    expect(ids(heard).sort()).toEqual(['e-1', 'e-2']);
    expect(heard.links[0]).toMatchObject({ device: 'fence-1', up: true });
  });

  test('one device held back does not hold back another', async () => {
    const heard = await listen();
    heard.hold = true;
    await pub(climb('e-1'));
    await pub(climb('e-2'));
    await pub('{"id":"s-1","card":"0F004EBEFC"}', 'campus/east/gate/scan');
    await until('one of each arrives', () => heard.kept.length === 2);
    // Each device's in order; between devices there is none.
    expect(ids(heard).sort()).toEqual(['e-1', 's-1']);
    heard.hold = false;
    for (const held of heard.kept) held.keep();
    await until('the rest arrives', () => heard.kept.length === 3);
  });

  test('messages of one device keep their order', async () => {
    const heard = await listen();
    const fence = mqttFence({ url: broker.url, id: 'fence-1', everyMs: 60_000 });
    robots.push(fence);
    await fence.ready;
    const sent = Array.from({ length: 300 }, (_, n) => fence.set('a_climb', true, { id: `e-${n}` }));
    const events = () => ids(heard).filter((id) => id !== undefined);
    await until('all arrive', () => events().length === 300);
    await Promise.all(sent);
    expect(events()).toEqual(Array.from({ length: 300 }, (_, n) => `e-${n}`));
  });

  test('with shared subscriptions several messages of one device are held back at once', async () => {
    const heard = await listen({ shared: true, connections: 2 });
    heard.hold = true;
    for (let n = 0; heard.kept.length < 2 && n < 20; n += 1) await pub(climb(`e-${n}`));
    await until('both connections hold one', () => heard.kept.length === 2);
    heard.hold = false;
    for (const held of heard.kept) held.keep();
  });

  test('a message that was not kept comes again', async () => {
    const heard = await listen({ connections: 1 });
    heard.hold = true;
    await pub(climb('e-1'));
    await until('it arrives', () => heard.kept.length === 1);
    heard.hold = false;
    heard.kept[0]!.refuse();
    await until('it arrives again', () => heard.kept.length === 2);
    expect(ids(heard)).toEqual(['e-1', 'e-1']);
  });

  test('a message held back when the gateway ends, and those of its absence, come to the next one', async () => {
    const same = { clientId: 'school-lasting', connections: 2 };
    const first = await listen(same);
    first.hold = true;
    await pub(climb('e-1'));
    await until('it arrives', () => first.kept.length === 1);
    await running.pop()!.stop();
    await pub(climb('e-2'));
    const second = await listen(same);
    await until('both arrive', () => second.kept.length >= 2);
    expect(ids(second).sort()).toEqual(['e-1', 'e-2']);
  });

  test('a bad payload is counted and acknowledged, and the next message follows', async () => {
    const heard = await listen({ connections: 1 });
    await pub('{');
    await pub(climb('e-1'));
    await until('the good one arrives', () => heard.kept.length === 1);
    expect(heard.drops).toMatchObject([{ reason: 'bad-payload', device: 'fence-1' }]);
  });

  test('a message of more than the limit is counted, and one far larger never comes', async () => {
    const heard = await listen({ connections: 1, maxPacketBytes: 1_000 });
    await pub(JSON.stringify({ id: 'x'.repeat(2_000) }));
    await pub(climb('e-1'));
    await until('the good one arrives', () => heard.kept.length === 1);
    expect(heard.drops).toMatchObject([{ reason: 'too-large' }]);
  });

  test('a kept status of offline takes the device down when the line starts, and its return brings it up', async () => {
    await mosquittoPub({ port: broker.port, topic: 'campus/east/gate/status', message: 'offline', retain: true });
    const heard = await listen();
    await until('the gate is down', () => heard.links.some((l) => l.device === 'gate' && !l.up));
    const gate = mqttReader({ url: broker.url, id: 'gate', topic: 'campus/east/gate' });
    robots.push(gate);
    await until('the gate is up', () => heard.links.some((l) => l.device === 'gate' && l.up));
    await gate.set('card', '0F004EBEFC');
    await until('the card arrives', () => heard.kept.some((k) => k.report.values[0]?.[0] === 'card'));
  });

  test('a will that comes after the device is back does not take it down', async () => {
    const heard = await listen();
    const gate = mqttReader({ url: broker.url, id: 'gate', topic: 'campus/east/gate', everyMs: 100 });
    robots.push(gate);
    await until('the gate is up', () => heard.links.some((l) => l.device === 'gate' && l.up));
    await mosquittoPub({ port: broker.port, topic: 'campus/east/gate/status', message: 'offline' });
    await gate.set('card', 'after the will');
    await until('the card arrives', () => heard.kept.some((k) => k.report.values[0]?.[1] === 'after the will'));
    const since = heard.links.findIndex((l) => l.device === 'gate' && l.up);
    expect(heard.links.slice(since).filter((l) => l.device === 'gate' && !l.up)).toEqual([]);
  });

  test('a write reaches the device; one nobody listens to is refused', async () => {
    const heard = await listen();
    await expect(heard.actions.write!('fence-1', 'siren', true)).rejects.toThrow('does not listen');
    const written: unknown[] = [];
    const fence = mqttFence({ url: broker.url, id: 'fence-1', written: (...what) => written.push(what) });
    robots.push(fence);
    await fence.ready;
    await heard.actions.write!('fence-1', 'siren', true);
    await until('it is written', () => written.length === 1);
    expect(written).toEqual([['siren', true]]);
    await expect(heard.actions.write!('fence-1', 'a_climb', true)).rejects.toThrow('no point a_climb');
  });

  test('what is published right after the broker restarted arrives', async () => {
    const heard = await listen();
    await broker.restart();
    await pub(climb('e-after'));
    await until('it arrives', () => ids(heard).includes('e-after'));
  });
});

describe('a broker', () => {
  test('that is not there is named at once', async () => {
    const heard = recorder(options({ url: 'mqtt://127.0.0.1:1' }));
    expect(String(await start(mqttClient, heard).ended)).toContain('nothing answers at mqtt://127.0.0.1:1');
  });

  test('that goes away for good breaks the line with a sentence', async () => {
    const own = await startMosquitto();
    try {
      const heard = recorder(options({ url: own.url }));
      const line = start(mqttClient, heard);
      await until('the line offers to write', () => heard.actions.write !== undefined);
      await own.stop();
      expect(String(await line.ended)).toContain('has been out of reach');
      await expect(heard.actions.write!('fence-1', 'siren', true)).rejects.toThrow('nothing was written');
    } finally {
      await own.stop();
    }
  });

  test('that refuses the password is named', async () => {
    const own = await startMosquitto(['allow_anonymous false']);
    try {
      const heard = recorder(options({ url: own.url, user: 'gate', password: 'x' }));
      expect(String(await start(mqttClient, heard).ended)).toContain('refused gate; check user and password');
    } finally {
      await own.stop();
    }
  });

  test('that speaks 3.1.1 only is good enough', async () => {
    const aedes = await Aedes.createBroker();
    const server = createServer(aedes.handle);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    try {
      const heard = await listen({ url: `mqtt://127.0.0.1:${port}`, shared: false });
      await mosquittoPub({ port, topic: 'gatehouse/fence-1/event', message: climb('e-1') });
      await until('it arrives', () => heard.kept.length === 1);
      await running.pop()!.stop();
    } finally {
      server.close();
      await new Promise<void>((resolve) => aedes.close(resolve));
    }
  });

  test('without shared subscriptions is named when they are wanted, and used without', async () => {
    const aedes = await Aedes.createBroker({
      authorizeSubscribe: (_client, wanted, done) => done(null, wanted.topic.startsWith('$') ? null : wanted),
    });
    const server = createServer(aedes.handle);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    try {
      const heard = await listen({ url: `mqtt://127.0.0.1:${port}`, shared: true });
      expect(heard.troubles.get('shared')).toContain('has no shared subscriptions');
      await mosquittoPub({ port, topic: 'gatehouse/fence-1/event', message: climb('e-1') });
      await until('it arrives', () => heard.kept.length === 1);
      await running.pop()!.stop();
    } finally {
      server.close();
      await new Promise<void>((resolve) => aedes.close(resolve));
    }
  });

  test('that ends our session again and again for another program is named', async () => {
    const heard = await listen({ clientId: 'school-twin', connections: 1 });
    for (let n = 0; n < 3; n += 1) {
      await mosquittoPub({ port: broker.port, topic: 'x', message: 'x', clientId: 'school-twin-1', version: 'mqttv5' });
      // The other program threw our session away; what is published before we are back is not for us.
      const limit = Date.now() + PATIENCE_MS;
      while (!ids(heard).includes(`t-${n}`) && Date.now() < limit) await pub(climb(`t-${n}`));
      expect(ids(heard)).toContain(`t-${n}`);
    }
    expect(heard.troubles.get('twin')).toContain('another program may use the client id school-twin');
  });
});
