/** Discovery over real multicast on the loopback interface, with cameras that answer rightly and wrongly. */
import { createSocket } from 'node:dgram';
import { afterEach, describe, expect, test } from 'vitest';
import camera from '../../devices/camera-onvif.ts';
import { type Camera, type CameraOptions, onvifCamera } from '../../simulators/camera/camera.ts';
import type { CameraFaults } from '../../simulators/camera/camera-faults.ts';
import { discover } from '../../src/drivers/onvif/onvif-discover.ts';
import type { World } from '../../src/world/world.ts';
import { PATIENCE_MS } from '../patience.ts';
import { credentials, quiet } from './onvif-line.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** A camera on the network; the first takes a free port, the others join it there. */
async function online(
  name: string,
  discovery: CameraFaults['discovery'] = 'ok',
  port = 0,
  more: Partial<CameraOptions> = {},
): Promise<Camera> {
  const cam = await onvifCamera({
    profile: camera,
    name,
    ...credentials,
    discovery: { port, interfaces: ['127.0.0.1'] },
    faults: { discovery },
    ...more,
  });
  stops.push(() => cam.stop());
  return cam;
}

/** Turns of the loop in which a camera hears a probe and what it says is read; some more than it takes. */
const turns = 50;

/** Listens where cameras do. `heard` resolves when so many probes came and what is said to them has been read. */
async function probes(cam: Camera, times: number): Promise<{ readonly heard: Promise<void> }> {
  const spy = createSocket({ type: 'udp4', reuseAddr: true });
  await new Promise<void>((resolve) => spy.bind(cam.discoveryPort!, resolve));
  spy.addMembership('239.255.255.250', '127.0.0.1');
  const came = new Promise<void>((resolve) => {
    let count = 0;
    spy.on('message', () => {
      if (++count === times) spy.close(() => resolve());
    });
  });
  const heard = came.then(async () => {
    for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
  });
  return { heard };
}

/** A search that ends when the cameras were asked four times: how long that takes is no matter. */
async function search(cam: Camera, interfaces = ['127.0.0.1'], world: World = quiet): ReturnType<typeof discover> {
  const stopping = new AbortController();
  const { heard } = await probes(cam, 4);
  void heard.then(() => stopping.abort());
  return await discover(world, { port: cam.discoveryPort!, interfaces, ms: PATIENCE_MS, signal: stopping.signal });
}

/** How many UDP sockets this process holds. */
const sockets = (): number => process.getActiveResourcesInfo().filter((name) => name === 'UDPWrap').length;

describe('discovery', () => {
  test('finds a camera with its name, hardware and the address it answered from', async () => {
    const cam = await online('Canteen 一');
    expect(await search(cam)).toEqual([
      { address: cam.url, name: 'Canteen 一', hardware: 'camera-onvif', from: '127.0.0.1' },
    ]);
  });

  test('finds several cameras, each once', async () => {
    const one = await online('one', 'duplicate');
    const two = await online('two', 'ok', one.discoveryPort);
    const three = await online('three', 'ok', one.discoveryPort);
    const found = await search(one);
    expect(found.map((f) => f.address).sort()).toEqual([one.url, two.url, three.url].sort());
  });

  test('asks on several interfaces and tells a camera that hears all of them once', async () => {
    const cam = await online('one');
    expect(await search(cam, ['127.0.0.1', '127.0.0.2'])).toHaveLength(1);
  });

  test('an interface that does not exist is left out and the others are asked', async () => {
    const cam = await online('one');
    const warned: string[] = [];
    const world = { ...quiet, log: { ...quiet.log, warn: (message: string) => warned.push(message) } };
    const found = await search(cam, ['203.0.113.9', '127.0.0.1'], world);
    expect(found).toHaveLength(1);
    expect(warned).toHaveLength(1);
  });

  test('garbage among the replies harms nothing', async () => {
    const loud = await online('loud', 'garbage');
    const quietOne = await online('quiet', 'ok', loud.discoveryPort);
    expect((await search(loud)).map((f) => f.address).sort()).toEqual([loud.url, quietOne.url].sort());
  });

  test('a name that is not escaped, so that the reply is no XML, still gives the camera', async () => {
    const cam = await online('x', 'unescaped');
    expect(await search(cam)).toMatchObject([{ address: cam.url, name: 'Food' }]);
  });

  test('a reply without scopes still gives the camera', async () => {
    const cam = await online('x', 'no-scopes');
    expect(await search(cam)).toEqual([{ address: cam.url, from: '127.0.0.1' }]);
  });

  test('a reply without an address gives none', async () => {
    expect(await search(await online('x', 'no-xaddrs'))).toEqual([]);
  });

  test('of several addresses the one the reply came from is told', async () => {
    const cam = await online('x', 'two-addresses');
    expect((await search(cam)).map((f) => f.address)).toEqual([cam.url]);
  });

  test('a log-in inside an address is not passed on', async () => {
    const cam = await online('x', 'credentials');
    expect((await search(cam)).map((f) => f.address)).toEqual([cam.url]);
  });

  test('nobody answers: nothing is found, in the time given', async () => {
    const cam = await online('x', 'silent');
    expect(await discover(quiet, { port: cam.discoveryPort!, interfaces: ['127.0.0.1'], ms: 50 })).toEqual([]);
    expect(await search(cam)).toEqual([]);
  });

  test('no credential is offered and no request is made to what is found', async () => {
    const cam = await online('x');
    await search(cam);
    expect(cam.auth.offered).toBe(0);
    expect(cam.asked.size).toBe(0);
  });

  test('two searches at once do not disturb each other', async () => {
    const cam = await online('x');
    const [a, b] = await Promise.all([search(cam), search(cam)]);
    expect(a).toEqual(b);
    expect(a).toHaveLength(1);
  });

  test('stopping early tells what was found and closes every socket', async () => {
    const cam = await online('x');
    const stopping = new AbortController();
    const { heard } = await probes(cam, 2);
    const found = discover(quiet, {
      port: cam.discoveryPort!,
      interfaces: ['127.0.0.1'],
      ms: PATIENCE_MS,
      signal: stopping.signal,
    });
    await heard;
    stopping.abort();
    expect(await found).toHaveLength(1);
    // Only the camera's own is left. The count is of handles, which go a turn of the loop after they are closed.
    for (let turn = 0; turn < 1000 && sockets() > 1; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(sockets()).toBe(1);
  });

  test('a search that is stopped before it begins sends nothing', async () => {
    const cam = await online('x');
    expect(
      await discover(quiet, { port: cam.discoveryPort!, interfaces: ['127.0.0.1'], signal: AbortSignal.abort() }),
    ).toEqual([]);
  });
});
