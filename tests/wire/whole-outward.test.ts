/**
 * The whole gateway between two programs that are not ours: `mosquitto_pub` says at the embedded broker that somebody climbs, and a broker of
 * the school's, Debian's mosquitto, is told so, keeps it, and is told that the gateway has gone.
 */
import { expect, test } from 'vitest';
import { freePort } from '../../simulators/free-port.ts';
import { onlooker } from '../outward/place.ts';
import { until } from '../patience.ts';
import { broker, campus, mqttFence, secrets, zone } from './campus.ts';
import { startGateway } from './gateway.ts';
import { mosquittoPub, startMosquitto } from './mosquitto.ts';

test('a climb at the fence stands at the broker of the school, and so does that the gateway has gone', async () => {
  const [port, theirs] = [await freePort(), await startMosquitto()];
  const seen = await onlooker(theirs.url);
  const yaml = campus({
    ...{ lines: [broker(port)], devices: [mqttFence('fence-4', 'z7')], zones: [zone(7)] },
    more: { mqttOut: { url: theirs.url, topic: 'school-1' } },
  });
  const gateway = await startGateway({ yaml, env: secrets });
  await until('it is there', () => seen.kept.get('school-1/status') === 'online');
  expect(seen.json('school-1/zone/z7')).toMatchObject({ state: 'OFF', mode: 'armed' });
  const { channels } = await gateway.get<{ channels: Record<string, { address: string }> }>(
    '/asyncapi.json',
    await gateway.login(),
  );
  expect(Object.values(channels).map(({ address }) => address)).toContain('school-1/zone/{zone}');
  const message = JSON.stringify({ id: 'e-1', taken: Date.now(), a: { climb: true } });
  const user = { user: 'fence-4', password: secrets.DEVICE_PASSWORD };
  expect(await mosquittoPub({ port, ...user, topic: 'gatehouse/fence-4/event', message })).toMatchObject({ code: 0 });
  await until('the climb is told', () => seen.passed.some(({ payload }) => payload.includes('"kind":"climb"')));
  await until('the zone stands in alarm', () => (seen.json('school-1/zone/z7') as { kind?: string }).kind === 'climb');
  expect(seen.kept.has('homeassistant/binary_sensor/school-1/zone_z7/config')).toBe(true);
  await gateway.stop();
  await until('it is gone', () => seen.kept.get('school-1/status') === 'offline');
  await theirs.stop();
});
