/**
 * A camera's line as the gateway runs it: what is said of a wrong password and how often it is tried, and that a camera is
 * found again however it was lost.
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { Camera, CameraOptions } from '../../simulators/camera/camera.ts';
import type { World } from '../../src/world/world.ts';
import { quiet, type SupervisedLine, secured, supervised } from './onvif-line.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** For whoever waits for minutes, and has nothing to do with a camera meanwhile: its time passes so many times as fast. */
const times = 10;
const hasty: World = {
  ...quiet,
  elapsed: () => quiet.elapsed() * times,
  sleep: (ms, signal) => quiet.sleep(ms / times, signal),
};

async function begun(
  more: Partial<CameraOptions> = {},
  options: { password?: string; address?: string; timeoutMs?: number } = {},
  world: World = quiet,
): Promise<{ cam: Camera; line: SupervisedLine }> {
  const made = await secured(more);
  stops.push(() => made.cam.stop());
  made.cam.set('masked', false);
  const line = supervised({ ...made.options, timeoutMs: 2_000, ...options }, undefined, world);
  stops.push(() => line.stop());
  return { cam: made.cam, line };
}

const up = (line: SupervisedLine) => line.until('it is up', () => line.links.at(-1)?.up === true);
const down = (line: SupervisedLine) => line.until('it is down', () => line.links.at(-1)?.up === false);

/** A password that is refused, and the patience of before in hasty time. */
const wrong = { password: 'wrong', timeoutMs: 20_000 };

describe('a wrong password', () => {
  test.each(['digest', 'usernametoken', 'both'] as const)(
    'of a camera that wants %s is refused fewer than five times before minutes pass',
    async (auth) => {
      const { cam, line } = await begun({ auth }, wrong, hasty);
      await line.until('the third try is said', () =>
        [...line.troubles.values()].some(({ en }) => en.includes('(3 tries)')),
      );
      const { refused } = cam.auth;
      expect(refused).toBeLessThan(5);
      const why = line.troubles.get('line:canteen-1:canteen-1')!;
      expect(why.en).toMatch(/the next try is at \d\d:\d\d:\d\d, or at once when the configuration is changed/);
      expect(why.zh).toMatch(/\d\d:\d\d:\d\d 再试/);
      // The clock is asked meanwhile, and no credential goes with it.
      await cam.heard('GetSystemDateAndTime', cam.asked.get('GetSystemDateAndTime')! + 2);
      expect(cam.auth.refused).toBe(refused);
      await expect(line.snapshot()).rejects.toThrow('next try');
      expect(cam.auth.refused).toBe(refused);
    },
  );

  test('does not blink where services without a log-in answer', async () => {
    const open = ['GetServices', 'GetDeviceInformation'];
    const { line } = await begun({ auth: 'digest', faults: { open } }, wrong, hasty);
    await line.until('the third try is said', () =>
      [...line.troubles.values()].some(({ en }) => en.includes('(3 tries)')),
    );
    expect(line.well).toEqual([]);
    expect(line.links.filter((link) => link.up)).toEqual([]);
  });

  test.each(['digest', 'usernametoken', 'both'] as const)(
    'of a camera that wants %s and never answers a refusal leaves no more often, and it is said what is known',
    async (auth) => {
      const { cam, line } = await begun({ auth, faults: { refusesMute: true } }, { ...wrong, timeoutMs: 5_000 }, hasty);
      await line.until('it is said', () =>
        [...line.troubles.values()].some(({ en }) => en.includes('does not answer a log-in')),
      );
      const { refused } = cam.auth;
      expect(refused).toBeLessThan(5);
      await cam.heard('GetSystemDateAndTime', cam.asked.get('GetSystemDateAndTime')! + 3);
      await expect(line.snapshot()).rejects.toThrow('next try');
      expect(cam.auth.refused).toBe(refused);
    },
  );

  test('is offered no more often by the many who ask for pictures, where services answer anybody', async () => {
    const open = ['GetServices', 'GetDeviceInformation'];
    const { cam, line } = await begun({ auth: 'both', faults: { open } }, wrong, hasty);
    for (let wave = 0; wave < 3; wave++)
      await Promise.all(Array.from({ length: 6 }, () => line.snapshot().catch(() => undefined)));
    await line.until('it is said', () => [...line.troubles.values()].some(({ en }) => en.includes('next try')));
    await cam.heard('GetSystemDateAndTime', cam.asked.get('GetSystemDateAndTime')! + 3);
    await line.snapshot().catch(() => undefined);
    expect(cam.auth.refused).toBeLessThan(5);
  });

  test('is not tried again because the camera, or the machine, was slow meanwhile', async () => {
    const { cam, line } = await begun({}, { ...wrong, timeoutMs: 5_000 }, hasty);
    await line.until('the third try is said', () =>
      [...line.troubles.values()].some(({ en }) => en.includes('(3 tries)')),
    );
    const { refused } = cam.auth;
    cam.faults.hang = true;
    await line.until('it is said', () => line.links.at(-1)!.why.en.includes('no answer in'));
    cam.faults.hang = false;
    await cam.heard('GetSystemDateAndTime', cam.asked.get('GetSystemDateAndTime')! + 3);
    expect(cam.auth.refused).toBe(refused);
  });

  test('is another matter than a dead cable: the camera that was away is tried at once', async () => {
    const { cam, line } = await begun({}, wrong, hasty);
    await line.until('the third try is said', () =>
      [...line.troubles.values()].some(({ en }) => en.includes('(3 tries)')),
    );
    const { refused } = cam.auth;
    await cam.refuse(true);
    await line.until('it is said', () => line.links.at(-1)!.why.en.includes('refuses connections'));
    await cam.refuse(false);
    await line.until('it is tried', () => cam.auth.refused > refused);
    expect(line.links.at(-1)!.up).toBe(false);
  });
});

/** A way to a camera that can lose its connections without a word: nothing passes on them any more, and nobody is told. */
async function forgetful(to: number): Promise<{ port: number; forget(): void }> {
  const pairs = new Set<readonly [Socket, Socket]>();
  const way = createServer((from) => {
    const on = connect(to, '127.0.0.1');
    pairs.add([from, on]);
    for (const [a, b] of [
      [from, on],
      [on, from],
    ] as const) {
      a.on('error', () => b.destroy());
      a.pipe(b);
    }
  });
  way.listen(0, '127.0.0.1');
  await once(way, 'listening');
  stops.push(async () => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
    way.close();
  });
  return {
    port: (way.address() as AddressInfo).port,
    forget() {
      for (const [from, on] of pairs) {
        from.unpipe(on);
        on.unpipe(from);
        // What still comes in leads nowhere.
        from.resume();
        on.resume();
      }
    },
  };
}

describe('a camera that was lost', () => {
  test('many times in a row is found each time, and its states are known again', async () => {
    const { cam, line } = await begun();
    await up(line);
    for (let i = 0; i < 2; i++) {
      await cam.refuse(true);
      await down(line);
      // A few tries in vain, so that the pause is as long as it becomes.
      const tried = line.links.length;
      await line.until('it was tried', () => line.links.length > tried + 4);
      await cam.refuse(false);
      await up(line);
    }
    cam.set('masked', true);
    await line.until('it is known', () => line.reports.at(-1)?.values[0]?.[1] === true);
  });

  test('by a connection that died without a word is asked over another', async () => {
    const { cam, options } = await secured({ faults: { address: 'no-host' } });
    stops.push(() => cam.stop());
    cam.set('masked', false);
    const way = await forgetful(cam.port);
    const line = supervised({ ...options, address: cam.url.replace(`${cam.port}`, `${way.port}`), timeoutMs: 2_000 });
    stops.push(() => line.stop());
    await line.until('it is known', () => line.reports.length > 0);
    // A pull is on its way that nobody will answer.
    await cam.heard('PullMessages', cam.asked.get('PullMessages')! + 1);
    way.forget();
    cam.set('masked', true);
    await line.until('the mask is known', () => line.reports.some(({ values }) => values[0]?.[1] === true));
    expect(line.links.filter((link) => !link.up)).toEqual([]);
  });

  test('for a moment tells what it saw meanwhile, pulses too, when its subscription still lives', async () => {
    const { cam, line } = await begun();
    await up(line);
    cam.faults.hang = true;
    await down(line);
    cam.set('line_crossed', true);
    cam.faults.hang = false;
    await line.until('it is told', () => line.reports.some(({ values }) => values[0]?.[0] === 'line_crossed'));
  });

  test('and is stopped without ever having been well is not called well', async () => {
    const { cam, line } = await begun();
    await cam.refuse(true);
    await line.until('it is said', () => line.troubles.has('line:canteen-1'));
    await line.stop();
    expect(line.well).toEqual([]);
  });
});
