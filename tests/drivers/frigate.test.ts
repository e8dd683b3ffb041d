/** A Frigate server at an outside broker: one sender, several cameras, one object however often it is updated. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { Aedes } from 'aedes';
import { connectAsync } from 'mqtt';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import frigate from '../../devices/camera-frigate.ts';
import { type FrigateMessage, FrigateServer } from '../../simulators/camera/frigate.ts';
import type { MqttClientOptions, MqttDevice } from '../../src/drivers/connection-options.ts';
import type { LineDevice } from '../../src/drivers/line.ts';
import { mqttClient } from '../../src/drivers/mqtt/mqtt-client.ts';
import { until } from '../patience.ts';
import { type Recorder, recorder, start } from './mqtt-line.ts';

const camera = (id: string, channel: string): LineDevice<MqttDevice> => ({
  id,
  profile: frigate,
  options: { topic: 'frigate', channel },
});
const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
const server = new FrigateServer();
let heard: Recorder<MqttClientOptions>;
let publish: (...messages: readonly FrigateMessage[]) => Promise<void>;
const closing: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  const aedes = await Aedes.createBroker();
  const net = createServer(aedes.handle).listen(0, '127.0.0.1');
  await once(net, 'listening');
  const url = `mqtt://127.0.0.1:${(net.address() as { port: number }).port}`;
  const client = await connectAsync(url, { clientId: 'frigate' });
  publish = async (...messages) => {
    for (const { topic, payload, retain } of messages)
      await client.publishAsync(topic, Buffer.from(payload as string), { qos: 1, retain: retain === true });
  };
  heard = recorder({ protocol: 'mqtt-client', url, clientId: 'school', connections: 1 }, [
    camera('stove', 'stove_cam'),
    camera('store', 'store_cam'),
  ]);
  const line = start(mqttClient, heard);
  await Promise.race([
    until('it listens', () => heard.actions.write !== undefined),
    line.ended.then((error) => Promise.reject(error)),
  ]);
  closing.push(
    () => line.stop(),
    () => client.endAsync(true),
    async () => new Promise<void>((resolve) => aedes.close(() => net.close(() => resolve()))),
  );
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const reports = () => heard.kept.map(({ report }) => report);

describe('a Frigate server', () => {
  test('tells each camera its own, and says of one object the same id each time', async () => {
    await publish(...server.object('store_cam', 'rat'), server.motion('stove_cam', true));
    await until('the motion', () => reports().some(({ values }) => values.some(([key]) => key === 'motion')));
    const rats = reports().filter(({ device }) => device === 'store');
    expect(rats.length).toBeGreaterThan(1);
    expect(new Set(rats.map(({ id }) => id)).size).toBe(1);
    expect(rats.every(({ values, certainty }) => values[0]![0] === 'rodent' && certainty! >= 0.7)).toBe(true);
    expect(reports().filter(({ device }) => device === 'stove')).toMatchObject([{ values: [['motion', true]] }]);
    expect(heard.drops).toEqual([]);
  });

  test('does not make an event of a false positive, nor of a label that is no finding', async () => {
    await publish(
      ...server.object('stove_cam', 'no_hat', { falsePositive: true }),
      ...server.object('stove_cam', 'cup'),
    );
    await publish(server.motion('stove_cam', false));
    await until('the end', () => reports().some(({ values }) => values.some(([key]) => key === 'motion')));
    expect(reports()).toHaveLength(1);
    expect(heard.drops).toEqual([]);
  });

  test('sends the picture of a finding along', async () => {
    await publish(...server.object('stove_cam', 'no_mask', { picture: jpeg }));
    await until('the picture', () => reports().some(({ picture }) => picture !== undefined));
    const [picture] = reports().filter((report) => report.picture);
    expect(picture).toMatchObject({ device: 'stove', values: [] });
    expect(Buffer.from(picture!.picture!).equals(jpeg)).toBe(true);
  });

  test('tells an alert from a mere detection, and its end', async () => {
    const told = () => reports().flatMap(({ values }) => values.filter(([key]) => key === 'intrusion'));
    await publish(server.review('stove_cam', 'new', 'detection'), server.review('stove_cam', 'update', 'alert'));
    await publish(server.review('stove_cam', 'end', 'alert'), server.motion('stove_cam', false));
    await until('the last', () => reports().some(({ values }) => values.some(([key]) => key === 'motion')));
    expect(told()).toEqual([
      ['intrusion', true],
      ['intrusion', false],
    ]);
  });

  test('that goes takes all its cameras along; its figures say that they are there, and how they run', async () => {
    await publish(server.stats({ stove_cam: 5.1, store_cam: 0, hall_cam: 5 }));
    await until('both', () => reports().length === 2);
    expect(reports().map(({ device, values }) => [device, values])).toEqual([
      ['stove', [['camera_fps', 5.1]]],
      ['store', [['camera_fps', 0]]],
    ]);
    await publish(server.available(false));
    await until('both are gone', () =>
      ['stove', 'store'].every((id) => heard.links.some(({ device, up }) => device === id && !up)),
    );
  });

  test('whose messages are cut, huge or no JSON costs them alone', async () => {
    await publish(
      { topic: 'frigate/events', payload: '{"type":"new","after":{"camera":"stove_cam"' },
      { topic: 'frigate/reviews', payload: Buffer.from([0xff, 0xfe, 0x00]) },
      { topic: 'frigate/stove_cam/no_hat/snapshot', payload: 'no picture' },
      { topic: 'frigate/events', payload: `{"x":"${'y'.repeat(70_000)}"}` },
      server.motion('stove_cam', true),
    );
    await until('the motion', () => reports().length === 1);
    // What no camera can be told from is counted for each that it might have been of.
    expect(heard.drops.map(({ reason }) => reason)).toEqual([
      ...['bad-payload', 'bad-payload', 'bad-payload', 'bad-payload', 'bad-payload', 'too-large', 'too-large'],
    ]);
  });
});
