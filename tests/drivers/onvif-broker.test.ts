/** ONVIF events that a camera publishes by itself, to the embedded broker, by a real client. */
import mqtt from 'mqtt';
import { describe, expect, onTestFinished, test } from 'vitest';
import camera from '../../devices/camera-profile-m-mqtt.ts';
import { type BrokerPlace, mqttBroker } from '../../src/drivers/mqtt/mqtt-broker.ts';
import { eventTopic } from '../../src/drivers/payload/event-topic.ts';
import { until } from '../patience.ts';
import { recorder, start } from './mqtt-line.ts';
import { run, secured } from './onvif-line.ts';

/** The embedded broker with one device, `lobby`, and a client that logs in as somebody says. */
async function broker() {
  const listening = Promise.withResolvers<{ plain: number }>();
  const options: BrokerPlace = { protocol: 'mqtt-broker', host: '127.0.0.1', port: 0, onListening: listening.resolve };
  const heard = recorder(options, [
    { id: 'lobby', profile: camera, options: { topic: 'cam/lobby', password: 'pw-lobby' } },
  ]);
  const running = start(mqttBroker, heard);
  const { plain: port } = await listening.promise;
  onTestFinished(async () => {
    heard.stop();
    await running.ended;
  });
  const connect = (username: string, password: string) => {
    const client = mqtt.connect({ host: '127.0.0.1', port, username, password, reconnectPeriod: 0 });
    onTestFinished(() => client.endAsync(true));
    return client;
  };
  return { heard, port, connect };
}

async function published(topic: string, payload: object) {
  const { heard, connect } = await broker();
  const client = connect('lobby', 'pw-lobby');
  await client.publishAsync(`cam/lobby/onvif-ej/${topic}`, JSON.stringify(payload), { qos: 1 });
  await until('it is kept or dropped', () => heard.kept.length + heard.drops.length > 0);
  return heard;
}

test.each([
  ['quoted', 'RuleEngine/TamperDetector/Tamper/&1/2/MyTamper', { IsTamper: 'true' }, 'masked'],
  ['without quotes', 'VideoSource/GlobalSceneChange/ImagingService/&1', { State: true }, 'scene_change'],
  ['without a source', 'Device/HardwareFailure/StorageFailure', { Failed: true }, 'storage_failure'],
  ['with its namespaces left in', 'Device/tns1:Trigger/tns1:Relay/&Relay-1', { LogicalState: 'active' }, 'relay'],
])('an event %s is a value of its point, at the time the camera gives', async (_, topic, data, point) => {
  const utc = '2026-11-29T12:24:57.321Z';
  const { kept } = await published(topic, { UtcTime: utc, Source: {}, Data: data });
  expect(kept[0]?.report).toMatchObject({ device: 'lobby', values: [[point, true]], sourceTime: Date.parse(utc) });
});

test('an event of a topic the model does not have is put aside', async () => {
  const { kept, drops } = await published('RuleEngine/CountAggregation/Counter/&1', { Source: {}, Data: { Count: 3 } });
  expect(kept).toEqual([]);
  expect(drops[0]).toMatchObject({ reason: 'unknown-topic' });
});

test('a topic that is none of an ONVIF event is left alone', () => {
  expect(eventTopic('gatehouse/fence-1/zones/&1')).toBeUndefined();
  expect(eventTopic('a/onvif-ej/RuleEngine/acme:Lens/&x/y/z')).toBe('a/onvif-ej/RuleEngine/Lens');
});

describe('a camera that is told to publish by itself', () => {
  const wanted = (port: number) => ({
    ...{ address: `mqtt://127.0.0.1:${port}`, topicPrefix: 'cam/lobby', user: 'lobby', password: 'pw-lobby' },
  });
  async function told(port: number, more: Parameters<typeof secured>[0] = {}, password = 'pw-lobby') {
    const { cam, options } = await secured(more);
    onTestFinished(() => cam.stop());
    const asked = { ...wanted(port), password };
    const running = run({ ...options, eventBroker: asked });
    onTestFinished(async () => void (await running.stop()));
    await running.until('it is up', () => running.said.links.at(-1)?.up === true);
    return { cam, running, asked, options };
  }

  test('logs in with what it was told, which is not the log-in of its own line, and its events are kept', async () => {
    const { heard, port, connect } = await broker();
    const { cam, asked, options } = await told(port);
    const setting = cam.brokers.get(asked.address);
    expect(setting).toMatchObject({ prefix: 'cam/lobby', user: 'lobby', password: 'pw-lobby', qos: 1 });
    expect(JSON.stringify(setting)).not.toContain(options.password);
    const client = connect(setting!.user!, setting!.password!);
    const payload = { UtcTime: '2026-11-29T12:24:57Z', Source: {}, Data: { IsTamper: 'true' } };
    const topic = `${setting!.prefix}/onvif-ej/RuleEngine/TamperDetector/Tamper/&1`;
    await client.publishAsync(topic, JSON.stringify(payload), { qos: 1 });
    await until('it is kept', () => heard.kept.length > 0);
    expect(heard.kept[0]?.report).toMatchObject({ device: 'lobby', values: [['masked', true]] });
  });

  test('is told its password as it is written, whatever XML makes of it', async () => {
    const { cam, asked } = await told(1883, {}, 'a&b<c>"d');
    expect(cam.brokers.get(asked.address)?.password).toBe('a&b<c>"d');
  });

  test('is left alone at the next log-in while it is connected there, and told anew when it is not', async () => {
    const { cam, running, asked } = await told(1883);
    cam.brokers.get(asked.address)!.status = 'Connected';
    cam.forget();
    await cam.heard('CreatePullPointSubscription', 2);
    await running.until('it is up', () => running.said.links.at(-1)?.up === true);
    expect(cam.asked.get('AddEventBroker')).toBe(1);
    cam.brokers.get(asked.address)!.status = 'Offline';
    cam.forget();
    await cam.heard('AddEventBroker', 2);
  });

  test.each([
    ['has no such thing', { without: ['AddEventBroker', 'GetEventBrokers'] }],
    ['does not let its user', { forbidden: ['AddEventBroker'] }],
  ])('and %s is up all the same, with the remedy', async (_, faults) => {
    const { cam, running } = await told(1883, { faults });
    const why = running.said.troubles.get('canteen-1/event-broker')?.en;
    expect(why).toMatch(/set it in its web page under MQTT/);
    cam.emit('tns1:VideoSource/MotionAlarm', { Source: 'VideoSource_1' }, { State: 'true' });
    await running.until('its events come as before', () => running.said.reports.length > 0);
  });

  test('and tells the password back in its refusal does not get it into a sentence', async () => {
    const { running } = await told(1883, {
      faults: {
        answers: {
          AddEventBroker:
            '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><s:Fault><s:Reason>' +
            '<s:Text>bad value pw-lobby</s:Text></s:Reason></s:Fault></s:Body></s:Envelope>',
        },
      },
    });
    const why = running.said.troubles.get('canteen-1/event-broker');
    expect(why?.en).toContain('did not take the event broker');
    expect(JSON.stringify(why)).not.toContain('pw-lobby');
  });

  test('is told nothing where nobody configured it', async () => {
    const { cam, options } = await secured();
    onTestFinished(() => cam.stop());
    const running = run(options);
    onTestFinished(async () => void (await running.stop()));
    await running.until('it is up', () => running.said.links.at(-1)?.up === true);
    expect([cam.asked.get('AddEventBroker'), cam.asked.get('GetEventBrokers')]).toEqual([undefined, undefined]);
  });
});
