/** ONVIF events that a camera publishes by itself, to the embedded broker, by a real client. */
import mqtt from 'mqtt';
import { expect, onTestFinished, test } from 'vitest';
import camera from '../../devices/camera-profile-m-mqtt.ts';
import { type BrokerPlace, mqttBroker } from '../../src/drivers/mqtt/mqtt-broker.ts';
import { eventTopic } from '../../src/drivers/payload/event-topic.ts';
import { until } from '../patience.ts';
import { recorder, start } from './mqtt-line.ts';

async function published(topic: string, payload: object) {
  const listening = Promise.withResolvers<{ plain: number }>();
  const options: BrokerPlace = { protocol: 'mqtt-broker', host: '127.0.0.1', port: 0, onListening: listening.resolve };
  const heard = recorder(options, [
    { id: 'lobby', profile: camera, options: { topic: 'cam/lobby', password: 'pw-lobby' } },
  ]);
  const running = start(mqttBroker, heard);
  const { plain: port } = await listening.promise;
  const client = mqtt.connect({ host: '127.0.0.1', port, username: 'lobby', password: 'pw-lobby', reconnectPeriod: 0 });
  onTestFinished(async () => {
    await client.endAsync(true);
    heard.stop();
    await running.ended;
  });
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
