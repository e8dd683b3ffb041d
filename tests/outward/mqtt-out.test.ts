/**
 * What a broker of the school's is told, against a real broker on this machine (aedes): states that are kept, events that go by, what is
 * taken back, and what never goes out.
 */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { Aedes } from 'aedes';
import { expect, onTestFinished, test } from 'vitest';
import { outwardTopics } from '../../src/outward/outward-topics.ts';
import { until } from '../patience.ts';
import { configTopic, entities } from './ha-schema.ts';
import { climb, folderOf, follower, forced, onlooker, Place, yard } from './place.ts';

/** A broker. `cut` breaks the connection of the gateway. */
async function broker(port = 0, more: Partial<ConstructorParameters<typeof Aedes>[0]> = {}) {
  const aedes = await Aedes.createBroker(more);
  const sockets = new Set<Socket>();
  const gateways = new Set<unknown>();
  aedes.on('client', ({ id, conn }) => id === 'gatehouse-out' && gateways.add(conn));
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    aedes.handle(socket);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    for (const socket of sockets) if (gateways.has(socket)) socket.destroy();
  };
  const close = async () => {
    const closed = server.listening ? once(server, 'close') : undefined;
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
    await new Promise<void>((resolve) => aedes.close(() => resolve()));
  };
  onTestFinished(close);
  const at = (server.address() as AddressInfo).port;
  return { url: `mqtt://127.0.0.1:${at}`, port: at, aedes, cut, close };
}

test('zones, areas and alarms stand at the broker as they stand here', async () => {
  const { url } = await broker();
  const seen = await onlooker(url);
  const place = new Place();
  place.keep(climb);
  await follower(place, url);
  await until('it is there', () => seen.kept.get('school-1/status') === 'online');
  expect(seen.json('school-1/zone/z1')).toEqual({
    ...{
      state: 'ON',
      mode: 'armed',
      heard: false,
      alarm: 1,
      kind: 'climb',
      title: { zh: '攀爬', en: 'CLIMB' },
      priority: 1,
    },
    ...{ since: place.now, acknowledged: false },
  });
  expect(seen.json('school-1/zone/z2')).toEqual({ state: 'OFF', mode: 'armed', heard: false });
  expect(seen.json('school-1/alarms')).toEqual({ open: 1, unacknowledged: 1, urgent: 1 });
  place.keep(
    { kind: 'acknowledged', alarm: 1, by: 'wang' },
    { kind: 'area-armed', area: 'yard', mode: 'away', by: 'wang' },
  );
  await until(
    'it is taken there, too',
    () => (seen.json('school-1/alarms') as { unacknowledged: number }).unacknowledged === 0,
  );
  await until(
    'the area is set there, too',
    () => (seen.json('school-1/area/yard') as { mode: string }).mode === 'away',
  );
  expect([...seen.kept.values(), ...seen.passed.map(({ payload }) => payload)].join()).not.toContain('wang');
});

test('a zone that nobody hears is not said to be quiet', async () => {
  const { url } = await broker();
  const seen = await onlooker(url);
  const place = new Place();
  const why = { zh: '通', en: 'up' };
  for (const device of Object.keys(yard.devices)) place.keep({ kind: 'linked', device, up: true, why });
  await follower(place, url);
  const z1 = () => seen.json('school-1/zone/z1') as { heard: boolean } | null;
  await until('it is heard', () => z1()?.heard === true);
  const fence = Object.values(yard.devices).find(({ zones }) => zones.includes('z1'))!;
  place.keep({ kind: 'linked', device: fence.id, up: false, why });
  await until('it is heard no more', () => z1()?.heard === false);
  const { availability } = seen.json('homeassistant/binary_sensor/school-1/zone_z1/config') as {
    availability: object[];
  };
  expect(availability).toEqual([
    { topic: 'school-1/status' },
    { topic: 'school-1/zone/z1', value_template: "{{ 'online' if value_json.heard else 'offline' }}" },
  ]);
});

test('what happens is told in its order, as it was described', async () => {
  const { url } = await broker();
  const seen = await onlooker(url);
  const place = new Place();
  place.keep(climb);
  await follower(place, url);
  await until('it is there', () => seen.kept.get('school-1/status') === 'online');
  place.keep(
    { ...climb, zone: 'z2', key: 'z2/climb' } as typeof climb,
    { kind: 'acknowledged', alarm: 1, by: 'wang' },
    { kind: 'zone-armed', zone: 'z1', mode: 'disarmed', by: 'wang' },
    { kind: 'opened', round: 'r1', route: 'night', start: place.now },
    { kind: 'checked', round: 'r1', checkpoint: 'c1', verdict: 'late' },
    { kind: 'completed', round: 'r1', counts: { 'on-time': 0, early: 0, late: 1, missed: 0, 'wrong-order': 0 } },
    { kind: 'closed', alarm: 1, by: 'wang', reason: 'A', note: 'seen by wang' },
  );
  await until('all have come', () => seen.passed.length === 7);
  const told = seen.passed.map(({ topic, payload }) => {
    const { event_type, seq } = JSON.parse(payload) as { event_type: string; seq: number };
    return [topic, event_type, seq];
  });
  expect(told).toEqual([
    ['school-1/event/alarm', 'raised', 2],
    ['school-1/event/alarm', 'acknowledged', 3],
    ['school-1/event/arming', 'zone-armed', 4],
    ['school-1/event/round', 'opened', 5],
    ['school-1/event/round', 'checked', 6],
    ['school-1/event/round', 'completed', 7],
    ['school-1/event/alarm', 'closed', 8],
  ]);
  for (const { path, payload } of outwardTopics)
    for (const one of seen.passed.filter(({ topic }) => topic === `school-1/${path}`))
      payload.parse(JSON.parse(one.payload));
  expect(JSON.stringify(seen.passed)).not.toContain('wang');
});

test('a silent call for help is told nowhere', async () => {
  const { url } = await broker();
  const seen = await onlooker(url);
  const place = new Place();
  await follower(place, url);
  await until('it is there', () => seen.kept.get('school-1/status') === 'online');
  place.keep(
    forced,
    { kind: 'acknowledged', alarm: 1, by: 'head', covert: true },
    { kind: 'closed', alarm: 1, by: 'head', reason: 'A', covert: true },
    { kind: 'zone-armed', zone: 'z2', mode: 'disarmed', by: 'wang' },
  );
  await until('what came after it has come', () => seen.passed.length > 0);
  expect(seen.passed.map(({ topic }) => topic)).toEqual(['school-1/event/arming']);
  place.keep(forced);
  place.keep({ kind: 'zone-armed', zone: 'z2', mode: 'armed', by: 'wang' });
  await until('what came after it has come', () => seen.passed.length > 1);
  expect(seen.json('school-1/zone/z1')).toEqual({ state: 'OFF', mode: 'armed', heard: false });
  expect(seen.json('school-1/alarms')).toEqual({ open: 0, unacknowledged: 0, urgent: 0 });
});

test('everything appears in Home Assistant by itself, as its documentation wants it', async () => {
  const { url } = await broker();
  const seen = await onlooker(url);
  await follower(new Place(), url);
  await until('it is there', () => seen.kept.get('school-1/status') === 'online');
  const configs = [...seen.kept].filter(([topic]) => topic.startsWith('homeassistant/'));
  expect(configs.map(([topic]) => topic.split('/').slice(1, 4).join('/')).sort()).toEqual([
    'binary_sensor/school-1/zone_z1',
    'binary_sensor/school-1/zone_z2',
    'event/school-1/alarm_event',
    'event/school-1/arming_event',
    'event/school-1/round_event',
    'sensor/school-1/alarms',
    'sensor/school-1/area_yard',
  ]);
  const ids = new Set<string>();
  for (const [topic, payload] of configs) {
    const [, component, node, object] = configTopic.exec(topic)!;
    const config = entities[component as keyof typeof entities].parse(JSON.parse(payload));
    expect(config.unique_id).toBe(`${node}_${object}`);
    expect(ids.has(config.unique_id)).toBe(false);
    ids.add(config.unique_id);
    expect(config.availability[0]).toEqual({ topic: 'school-1/status' });
    // What it is to show is kept at the broker, in the shape the template reads.
    if (component === 'event') continue;
    const field = /value_json\.(\w+)/.exec(config.value_template ?? '')![1]!;
    expect(seen.json(config.state_topic)).toHaveProperty(field);
  }
  expect(seen.json('homeassistant/binary_sensor/school-1/zone_z1/config')).toMatchObject({
    ...{ device_class: 'safety', device: { name: '试验小学', identifiers: ['school-1'] } },
  });
});

test('a zone the configuration has no more is taken back, also when it went while the gateway was down', async () => {
  const { url } = await broker();
  const seen = await onlooker(url);
  const place = new Place();
  const { stop } = await follower(place, url);
  await until('it is there', () => seen.kept.get('school-1/status') === 'online');
  const { z1, ...rest } = yard.zones;
  place.site = { ...yard, zones: rest };
  const of = (zone: string) => [...seen.kept.keys()].filter((topic) => topic.includes(zone));
  await until('it is gone', () => of('z1').length === 0);
  expect(of('z2')).toHaveLength(2);
  await stop();
  await until('it is said to be gone', () => seen.kept.get('school-1/status') === 'offline');
  place.site = { ...yard, zones: { z1: z1! }, areas: {} };
  await seen.client.publishAsync('homeassistant/sensor/other/zone_z2/config', '{}', { retain: true, qos: 1 });
  await follower(place, url);
  await until(
    'the other is gone',
    () => of('school-1/zone_z2').length + of('school-1/zone/z2').length + of('yard').length === 0,
  );
  await until('the one is back', () => of('z1').length === 2);
  expect(of('other')).toHaveLength(1);
});

test('a connection that breaks is said to be gone by the broker, and is made again', async () => {
  const { url, cut } = await broker();
  const seen = await onlooker(url);
  const place = new Place();
  const words: string[] = [];
  seen.client.on('message', (topic, payload) => {
    if (topic === 'school-1/status') words.push(payload.toString());
  });
  await follower(place, url);
  await until('it is there', () => words.at(-1) === 'online');
  cut();
  await until('it was gone, and came back', () => words.includes('offline') && words.at(-1) === 'online');
  place.keep(climb);
  await until('it goes on', () => (seen.json('school-1/zone/z1') as { state: string }).state === 'ON');
});

test('while the journal refuses it is said to be gone, and afterwards to be there again', async () => {
  const { url } = await broker();
  const seen = await onlooker(url);
  const place = new Place();
  const { out } = await follower(place, url);
  await until('it is there', () => seen.kept.get('school-1/status') === 'online');
  // No fact comes any more, so nothing that stands has changed.
  place.refused = { zh: '磁盘已满', en: 'the disk is full' };
  await until('it is gone', () => seen.kept.get('school-1/status') === 'offline');
  await until('it is said why', () => out.trouble()?.en === 'the disk is full');
  place.refused = undefined;
  place.keep(climb);
  await until('it is there again', () => seen.kept.get('school-1/status') === 'online');
  // By then what stands was told.
  expect(seen.json('school-1/zone/z1')).toMatchObject({ state: 'ON' });
  await until('all is well', () => out.trouble() === undefined);
});

test('while the broker is away nothing piles up: what stands comes then, and of what happened the last ten minutes', async () => {
  const first = await broker();
  const dir = await folderOf();
  const place = new Place();
  const { out } = await follower(place, first.url, { dir });
  const early = await onlooker(first.url);
  await until('it is there', () => early.kept.get('school-1/status') === 'online');
  await first.close();
  await until('it is said what is wrong', () => out.trouble() !== undefined);
  place.keep(climb);
  place.now += 11 * 60_000;
  place.keep({ kind: 'acknowledged', alarm: 1, by: 'wang' });
  const second = await broker(first.port);
  const seen = await onlooker(second.url);
  await until('it is there again', () => seen.kept.get('school-1/status') === 'online' && seen.passed.length > 0);
  expect(seen.passed.map(({ payload }) => (JSON.parse(payload) as { event_type: string }).event_type)).toEqual([
    'acknowledged',
  ]);
  expect(seen.json('school-1/zone/z1')).toMatchObject({ state: 'ON', acknowledged: true });
  await until('all is well', () => out.trouble() === undefined);
});

test('a gateway started anew goes on where it was, and one that is new here tells no history', async () => {
  const { url } = await broker();
  const seen = await onlooker(url);
  const dir = await folderOf();
  const place = new Place();
  place.keep(climb);
  const { stop } = await follower(place, url, { dir });
  await until('it is there', () => seen.kept.get('school-1/status') === 'online');
  place.keep({ kind: 'acknowledged', alarm: 1, by: 'wang' });
  await until('it has come', () => seen.passed.length === 1);
  await stop();
  place.keep({ kind: 'closed', alarm: 1, by: 'wang', reason: 'A' });
  await follower(place, url, { dir });
  await until('what came meanwhile has come', () => seen.passed.length === 2);
  expect(seen.passed.map(({ payload }) => (JSON.parse(payload) as { seq: number }).seq)).toEqual([2, 3]);
});

test('a refused log-in is said in words, without the password', async () => {
  const { url } = await broker(0, {
    authenticate: (_, __, password, done) =>
      password?.toString() === 'right'
        ? done(null, true)
        : done(Object.assign(new Error('no'), { returnCode: 4 as const }), false),
  });
  const { out } = await follower(new Place(), url, { options: { user: 'gate', password: 'only-for-tests' } });
  await until('it is said', () => out.trouble() !== undefined);
  expect(out.trouble()!.en).toContain('refuses the log-in');
  expect(JSON.stringify(out.trouble())).not.toMatch(/only-for-tests|127\.0\.0\.1|gate"/);
});

test('a broker that never confirms, or is none, is said in words and holds nobody up', async () => {
  const silent = await broker(0, { authorizePublish: () => undefined });
  const late = Promise.withResolvers<void>();
  const world = {
    sleep: (ms: number) => (ms === 10_000 ? late.promise : new Promise<void>((resolve) => setTimeout(resolve, ms))),
  };
  const { out } = await follower(new Place(), silent.url, { world });
  await once(silent.aedes, 'subscribe');
  late.resolve();
  await until('it is said', () => out.trouble()?.en.includes('did not confirm') === true);
  const rubbish = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.end('HTTP/1.1 400 Bad Request\r\n\r\n<html>');
  });
  rubbish.listen(0, '127.0.0.1');
  await once(rubbish, 'listening');
  onTestFinished(() => void rubbish.close());
  const other = await follower(new Place(), `mqtt://127.0.0.1:${(rubbish.address() as AddressInfo).port}`);
  await until('it is said', () => other.out.trouble() !== undefined);
});

test('where a district has joined the school, what is told says which school it is', async () => {
  const { url } = await broker();
  const seen = await onlooker(url);
  const place = new Place();
  await follower(place, url, { options: { school: 'school-17' } });
  await until('it is there', () => seen.kept.get('school-1/status') === 'online');
  place.keep(climb);
  await until('it is told', () => seen.passed.length > 0);
  expect(JSON.parse(seen.passed[0]!.payload)).toMatchObject({ school: 'school-17', alarm: 1 });
  expect(seen.json('school-1/zone/z2')).toEqual({ school: 'school-17', state: 'OFF', mode: 'armed', heard: false });
});
