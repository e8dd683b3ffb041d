/**
 * The heartbeat at Debian's mosquitto: retained, with a last will, and an end to every try: a broker that is away, hangs, wants
 * another password, or was started anew meanwhile.
 */
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { mqttBeat } from '../../src/heartbeat/beat-mqtt.ts';
import type { MqttBeatOptions } from '../../src/site/parts/schema-heartbeat.ts';
import { realWorld } from '../../src/world/world.ts';
import { folderOfTest } from '../authority/school-folder.ts';
import { type Mosquitto, startMosquitto } from '../wire/mosquitto.ts';
import { keptAt, watchTopic } from './watching.ts';

const topic = 'gatehouse/test/alive';
const world = realWorld({ info: () => undefined, warn: () => undefined, error: () => undefined });

async function outside(extra: readonly string[] = []): Promise<Mosquitto> {
  const broker = await startMosquitto(extra);
  onTestFinished(() => broker.stop());
  return broker;
}

function beatTo(url: string, more: Partial<MqttBeatOptions> = {}, limitMs?: number) {
  const options: MqttBeatOptions = { id: 'bureau', protocol: 'mqtt', url, topic, everySec: 60, ...more };
  const way = mqttBeat(options, world, limitMs);
  onTestFinished(() => way.end());
  return way;
}

test('says online, and offline when the gateway is not well and when it is stopped, and both are kept for newcomers', async () => {
  const { url } = await outside();
  const { says } = await watchTopic(url, topic);
  const way = beatTo(url);
  expect(await way.beat()).toBeUndefined();
  await says('online');
  expect(await keptAt(url, topic)).toBe('online');
  await way.hush();
  await says('offline');
  expect(await way.beat()).toBeUndefined();
  await says('online');
  await way.end();
  await says('offline');
  expect(await keptAt(url, topic)).toBe('offline');
});

test('goes on by itself when the broker was started anew', async () => {
  const broker = await outside();
  const way = beatTo(broker.url);
  expect(await way.beat()).toBeUndefined();
  await broker.restart();
  // The first try may still go out over what was lost.
  for (let tries = 0; tries < 2 && (await way.beat()); tries++);
  expect(await keptAt(broker.url, topic)).toBe('online');
});

test('with a broker that is away says that it cannot be reached, each time', async () => {
  const broker = await startMosquitto();
  await broker.stop();
  const way = beatTo(broker.url);
  for (let tries = 0; tries < 3; tries++) expect((await way.beat())?.en).toMatch(/cannot be reached \(ECONNREFUSED\)/);
});

test('with a broker that takes the connection and says nothing ends within its limit', async () => {
  const server = createServer(() => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const way = beatTo(`mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`, {}, 300);
  for (let tries = 0; tries < 2; tries++) expect((await way.beat())?.en).toMatch(/no answer within 0\.3 s/);
});

test('with a wrong password says so, and not the password', async () => {
  const passwords = join(await folderOfTest(), 'passwords');
  writeFileSync(passwords, '', { mode: 0o600 });
  const { url } = await outside(['allow_anonymous false', `password_file ${passwords}`]);
  const why = await beatTo(url, { user: 'school', password: 'no-such-secret' }).beat();
  expect(why?.en).toMatch(/refuses the log-in or the message \(\d+\); check user, password/);
  expect(`${why?.zh}${why?.en}`).not.toContain('no-such-secret');
});

test('with a ca file that is not there names it', async () => {
  const why = await beatTo('mqtts://127.0.0.1:1', { ca: '/nowhere/ca.pem' }).beat();
  expect(why?.en).toMatch(/\/nowhere\/ca\.pem cannot be read \(ENOENT\)/);
});
