/**
 * What a broker of the school's is told, at Debian's mosquitto: kept over its restart, taken back where the configuration has a zone no
 * more, and said to be gone when the gateway's connection breaks without a word.
 */

import type { AddressInfo } from 'node:net';
import { createConnection, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { until } from '../patience.ts';
import { type Mosquitto, startMosquitto } from '../wire/mosquitto.ts';
import { climb, folderOf, follower, onlooker, Place, yard } from './place.ts';

let broker: Mosquitto;
beforeAll(async () => {
  broker = await startMosquitto();
});
afterAll(() => broker.stop());

test('mosquitto keeps what stands, over its own restart and that of the gateway', async () => {
  const dir = await folderOf();
  const place = new Place();
  const { stop } = await follower(place, broker.url, { dir });
  const seen = await onlooker(broker.url);
  await until('it is there', () => seen.kept.get('school-1/status') === 'online');
  expect(seen.json('school-1/zone/z1')).toMatchObject({ state: 'OFF' });
  await stop();
  await until('it is gone', () => seen.kept.get('school-1/status') === 'offline');
  await broker.restart();
  place.keep(climb);
  const { z2: _, ...zones } = yard.zones;
  place.site = { ...yard, zones };
  const again = await onlooker(broker.url);
  await follower(place, broker.url, { dir });
  await until('it is there again', () => again.kept.get('school-1/status') === 'online' && again.passed.length === 1);
  await until('the zone is taken back', () => ![...again.kept.keys()].some((topic) => topic.includes('z2')));
  expect(again.json('school-1/zone/z1')).toMatchObject({ state: 'ON', kind: 'climb' });
  expect([...again.kept.keys()].filter((topic) => topic.startsWith('homeassistant/'))).toHaveLength(6);
});

test('a gateway whose cable is cut is said to be gone', async () => {
  // A wire between them that can be cut without a word at the gateway's end.
  const ends: Socket[] = [];
  const wire = createServer((near) => {
    const far = createConnection({ port: broker.port, host: '127.0.0.1' });
    ends.push(near, far);
    for (const end of [near, far]) end.on('error', () => undefined);
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => wire.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const end of ends) end.destroy();
    wire.close();
  });
  const seen = await onlooker(broker.url);
  const topic = 'school-2';
  const options = { topic, clientId: 'gatehouse-2' };
  await follower(new Place(), `mqtt://127.0.0.1:${(wire.address() as AddressInfo).port}`, { options });
  await until('it is there', () => seen.kept.get('school-2/status') === 'online');
  wire.close();
  for (const end of ends) end.destroy();
  await until('it is said to be gone', () => seen.kept.get('school-2/status') === 'offline');
});
