/** Pushes over HTTP: whoever knows the secret is heard and answered when it is kept; everybody else learns nothing. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import kitchen from '../../devices/kitchen-ai-push.ts';
import type { PushOptions } from '../../src/drivers/connection-options.ts';
import { httpPush } from '../../src/drivers/http/http-push.ts';
import type { World } from '../../src/world/world.ts';
import { until } from '../patience.ts';
import { type Recorder, recorder, start } from './mqtt-line.ts';

const secret = 'box-secret-of-the-kitchen';
let heard: Recorder<PushOptions>;
let running: { stop(): Promise<void> };
let url: string;

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** A world in which no second and no minute passes: what is counted in one is counted in the same. */
const still = { elapsed: () => 0 };

async function listen(world: Partial<World> = {}): Promise<void> {
  const port = await freePort();
  heard = recorder({ protocol: 'http-push', host: '127.0.0.1', port }, [
    { id: 'box-1', profile: kitchen, options: { password: secret } },
    { id: 'box-2', profile: kitchen, options: {} },
  ]);
  Object.assign(heard.line, { world: { ...heard.line.world, ...world } });
  running = start(httpPush, heard);
  url = `http://127.0.0.1:${port}/push`;
  await until('it listens', () =>
    fetch(url).then(
      () => true,
      () => false,
    ),
  );
}
afterEach(() => running.stop());

const post = (path: string, body: string | Uint8Array, bearer = secret, method = 'POST') =>
  fetch(`${url}/${path}`, { method, body: body as string, headers: { authorization: `Bearer ${bearer}` } });
const event = (id: string, more: object = {}) => JSON.stringify({ id, event: 'no_mask', certainty: 0.91, ...more });

describe('a push', () => {
  test('is a report, and is answered when it is kept', async () => {
    await listen();
    heard.hold = true;
    const answered = post('box-1/event', event('e-1'));
    await until('it is reported', () => heard.kept.length === 1);
    expect(heard.kept[0]!.report).toMatchObject({
      device: 'box-1',
      id: 'e-1',
      values: [['no_mask', true]],
      certainty: 0.91,
    });
    heard.kept[0]!.keep();
    expect((await answered).status).toBe(204);
  });

  test('that was not kept is answered so that it comes again', async () => {
    await listen();
    heard.hold = true;
    const answered = post('box-1/event', event('e-1'));
    await until('it is reported', () => heard.kept.length === 1);
    heard.kept[0]!.refuse();
    expect((await answered).status).toBe(503);
  });

  test('brings the picture of what was told, and a beat says that the box is there', async () => {
    await listen();
    expect((await post('box-1/picture', new Uint8Array([0xff, 0xd8, 0xff, 1]))).status).toBe(204);
    expect(heard.kept[0]!.report).toMatchObject({ device: 'box-1', values: [] });
    expect((await post('box-1/beat', '{}')).status).toBe(204);
    expect(heard.links.at(-1)).toMatchObject({ device: 'box-1', up: true });
  });

  test.each([
    ['another secret', 'box-1/event', 'wrong'],
    ['a device that has none', 'box-2/event', ''],
    ['a device nobody knows', 'box-9/event', secret],
    ['another path', '../etc/passwd', secret],
  ])('with %s learns nothing', async (_, path, bearer) => {
    await listen();
    const answer = await post(path, event('e-1'), bearer);
    expect([answer.status, await answer.text()]).toEqual([401, '']);
    expect(heard.kept).toEqual([]);
  });

  test.each([
    [400, 'box-1/event', 'no json'],
    [400, 'box-1/event', '{"event":7}'],
    [400, 'box-1/picture', 'no picture'],
    [404, 'box-1/elsewhere', '{}'],
    [413, 'box-1/event', 'x'.repeat(70_000)],
  ])('of no use is answered %i and counted', async (status, path, body) => {
    await listen();
    const answer = await post(path, body);
    expect(answer.status).toBe(status);
    expect(heard.drops).toHaveLength(1);
    expect((await post('box-1/event', event('e-2'))).status).toBe(204);
  });

  test('is taken at a bounded rate, and guessing secrets is left without an answer', async () => {
    await listen(still);
    const answers = await Promise.all(Array.from({ length: 60 }, (_, i) => post('box-1/beat', `{"n":${i}}`)));
    const refused = answers.filter(({ status }) => status === 429).length;
    expect(refused).toBeGreaterThan(0);
    expect(heard.drops.filter(({ reason }) => reason === 'too-often')).toHaveLength(refused);
    for (let i = 0; i < 12; i++) await post('box-1/event', '{}', `guess-${i}`);
    expect((await post('box-1/event', event('e-1'), 'guess')).status).toBe(429);
    expect(JSON.stringify([heard.drops, heard.logged])).not.toContain(secret);
  });

  test('with a wrong secret is a trouble that names device and sender, until the right one comes', async () => {
    await listen();
    await post('box-1/event', event('e-1'), 'guess');
    expect(heard.troubles.get('secret box-1')).toContain('127.0.0.1 pushes as box-1 with a wrong secret');
    expect((await post('box-1/event', event('e-2'))).status).toBe(204);
    expect(heard.troubles.has('secret box-1')).toBe(false);
  });

  test('of one device comes through where another behind the same address has a wrong secret', async () => {
    await listen(still);
    for (let i = 0; i < 12; i++) await post('box-2/event', '{}', `guess-${i}`);
    expect((await post('box-2/event', '{}', 'guess')).status).toBe(429);
    expect((await post('box-1/event', event('e-1'))).status).toBe(204);
  });

  test('comes through while another address holds all the connections it can get, which a stop ends as well', async () => {
    await listen();
    const { hostname, port } = new URL(url);
    const idle = Array.from({ length: 210 }, () =>
      connect({ host: hostname, port: Number(port), localAddress: '127.0.0.2' }).on('error', () => undefined),
    );
    await Promise.all(idle.map((socket) => new Promise((tried) => socket.once('connect', tried).once('close', tried))));
    expect((await post('box-1/event', event('e-1'))).status).toBe(204);
    await running.stop();
    for (const socket of idle) socket.destroy();
  });
});
