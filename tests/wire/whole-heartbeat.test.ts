/**
 * The heartbeat of the whole gateway, seen from outside: it goes on while all is well, stops while the disk is full though the
 * process lives, and when the process is killed the broker says so.
 */
import { describe, expect, onTestFinished, test } from 'vitest';
import { beatService, keptAt, watchTopic } from '../heartbeat/watching.ts';
import { until } from '../patience.ts';
import { campus, secrets } from './campus.ts';
import { disks } from './disk.ts';
import { startGateway } from './gateway.ts';
import { startMosquitto } from './mosquitto.ts';

const topic = 'gatehouse/whole/alive';
const path = '/ping/0f9e-secret-of-the-school';

/** A gateway that beats to both kinds, each ten seconds. */
async function school(through: readonly string[] = []) {
  const [broker, service] = [await startMosquitto(), await beatService()];
  onTestFinished(() => broker.stop());
  const everySec = 10;
  const heartbeat = [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: variables in configuration files look like this
    { id: 'watch', protocol: 'http', hook: '${BEAT_ADDRESS}', everySec },
    { id: 'bureau', protocol: 'mqtt', url: broker.url, topic, everySec },
  ];
  const yaml = campus({ lines: [], devices: [], more: { heartbeat } });
  const watched = await watchTopic(broker.url, topic);
  const gateway = await startGateway({ yaml, env: { ...secrets, BEAT_ADDRESS: `${service.url}${path}` }, through });
  await watched.says('online');
  await until('a beat came over HTTP', () => service.count() > 0);
  return { broker, service, watched, gateway };
}

describe.each(disks)('with $name', (disk) => {
  test('it beats no more, though the process lives and nothing happens at night, and goes on once there is room', async () => {
    const { service, watched, gateway } = await school(disk.through);
    disk.fill(gateway);
    await watched.says('offline');
    await gateway.said('heartbeat:watch: No heartbeat is sent, because the gateway itself is not well');
    const before = service.count();
    await gateway.said('heartbeat:bureau: No heartbeat is sent');
    expect(service.count()).toBe(before);
    disk.free(gateway);
    await watched.says('online');
    await until('beats come over HTTP again', () => service.count() > before);
  });
});

test('a gateway that is killed is told of by the will that the broker holds, and its secret address stands nowhere', async () => {
  const { broker, watched, gateway } = await school();
  const cookie = await gateway.login();
  const health = JSON.stringify(await gateway.health(cookie));
  await gateway.kill('SIGKILL');
  await watched.says('offline');
  expect(await keptAt(broker.url, topic)).toBe('offline');
  expect(`${health}${JSON.stringify(gateway.log)}${gateway.complaint}`).not.toContain('secret-of-the-school');
});
