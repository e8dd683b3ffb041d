/** What a camera says of itself, and its clock: told, and set where that is wanted, against a simulated camera. */
import { afterEach, describe, expect, test } from 'vitest';
import camera from '../../devices/camera-onvif.ts';
import type { Camera, CameraOptions } from '../../simulators/camera/camera.ts';
import { clockOffMs } from '../../simulators/camera/camera-device.ts';
import type { CameraFaults } from '../../simulators/camera/camera-faults.ts';
import { seeded } from '../../simulators/fence/random.ts';
import type { OnvifOptions } from '../../src/drivers/connection-options.ts';
import { type Running, run, secured } from './onvif-line.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function logged(
  faults: Partial<CameraFaults> = {},
  more: Partial<CameraOptions> = {},
  wanted: Partial<OnvifOptions> = {},
  channels?: Parameters<typeof run>[3],
): Promise<{ running: Running; cam: Camera }> {
  const { cam, options } = await secured({ faults, ...more });
  stops.push(() => cam.stop());
  const running = run({ ...options, ...wanted }, camera, undefined, channels);
  stops.push(() => running.stop());
  await running.until('it is up', () => running.said.links.at(-1)?.up === true);
  return { cam, running };
}

const identities = ({ said }: Running) => said.told.filter((one) => one.kind === 'identity');
const trouble = ({ said }: Running) => said.troubles.get('canteen-1/clock')?.en;
const sets = ({ said }: Running) => said.told.filter((one) => one.kind === 'clock-set');

describe('what a camera says of itself', () => {
  test('is told once per log-in, and stays the text it is', async () => {
    const information = {
      manufacturer: 'Höfer & Söhne',
      model: 'K 7',
      firmware: '2.0',
      serial: '00420',
      hardware: '1.10',
    };
    const { cam, running } = await logged({}, { information });
    expect(identities(running)).toEqual([
      {
        device: 'canteen-1',
        kind: 'identity',
        identity: { maker: 'Höfer & Söhne', model: 'K 7', serial: '00420', firmware: '2.0', hardware: '1.10' },
      },
    ]);
    // A log-in for pictures is none for events.
    await running.said.actions.snapshot!('canteen-1');
    expect(cam.asked.get('GetDeviceInformation')).toBe(2);
    expect(identities(running)).toHaveLength(1);
  });

  test('may lack a serial number and a hardware id', async () => {
    const { running } = await logged();
    expect(identities(running)[0]).toMatchObject({ identity: { maker: 'any', firmware: '2.0' } });
    expect(Object.keys((identities(running)[0] as { identity: object }).identity).sort()).toEqual([
      'firmware',
      'maker',
      'model',
    ]);
  });

  test('is not told by a camera that will not say it, which is up all the same', async () => {
    const { running } = await logged({ without: ['GetDeviceInformation'] });
    expect(identities(running)).toEqual([]);
  });

  test('is told anew after the camera came back as another', async () => {
    const { cam, running } = await logged({}, { information: { serial: '1' } });
    cam.information.serial = '2';
    cam.forget();
    await running.until('the other is told', () => identities(running).length === 2);
    expect(identities(running).at(-1)).toMatchObject({ identity: { serial: '2' } });
  });

  test('is of the recorder where it has channels', async () => {
    const two = { channels: [{}, {}] };
    const whole = await logged({}, two, {}, { one: 1, two: 2, nvr: undefined });
    expect(identities(whole.running).map(({ device }) => device)).toEqual(['nvr']);
    const parts = await logged({}, two, {}, { one: 1, two: 2 });
    expect(identities(parts.running).map(({ device }) => device)).toEqual(['one']);
  });
});

describe('the clock of a camera', () => {
  test.each([
    ['5 seconds', 5_000, 'is 5 seconds fast'],
    ['90 seconds', -90_000, 'is 90 seconds slow'],
  ])('that is off by %s is said with how far', async (_, clockOffsetMs, said) => {
    const { cam, running } = await logged({ clockOffsetMs });
    expect(trouble(running)).toContain(said);
    expect(cam.asked.get('SetSystemDateAndTime')).toBeUndefined();
  });

  test('is said to be off where it is, over the clocks that cameras have', async () => {
    const chance = seeded(11);
    const offs = Array.from({ length: 200 }, () => clockOffMs(chance));
    // One of each kind: right, drifted, and without a clock.
    const kinds = [offs.find((ms) => Math.abs(ms) < 900), offs.find((ms) => Math.abs(ms) > 3_000), Math.min(...offs)];
    for (const clockOffsetMs of kinds as number[]) {
      const { running } = await logged({ clockOffsetMs });
      expect([clockOffsetMs, trouble(running) !== undefined]).toEqual([clockOffsetMs, Math.abs(clockOffsetMs) > 2_500]);
    }
  });

  test('is set where that is wanted, in UTC with its zone kept, and a fact says from what to what', async () => {
    const { cam, running } = await logged({ clockOffsetMs: -3 * 3600_000 }, {}, { setClock: true });
    expect(cam.asked.get('SetSystemDateAndTime')).toBe(1);
    expect(Math.abs(cam.faults.clockOffsetMs)).toBeLessThan(2_000);
    const [set] = sets(running) as { device: string; from: number; to: number }[];
    expect(set?.device).toBe('canteen-1');
    expect(Math.abs(set!.to - set!.from - 3 * 3600_000)).toBeLessThan(2_000);
    expect(trouble(running)).toBeUndefined();
  });

  test('that is right is never set', async () => {
    const { cam, running } = await logged({ clockOffsetMs: 400 }, {}, { setClock: true });
    expect(cam.asked.get('SetSystemDateAndTime')).toBeUndefined();
    expect(sets(running)).toEqual([]);
  });

  test('that comes from a time server is left alone and said', async () => {
    const { cam, running } = await logged({ clockOffsetMs: 60_000, clockBy: 'ntp' }, {}, { setClock: true });
    expect(cam.asked.get('SetSystemDateAndTime')).toBeUndefined();
    expect(trouble(running)).toContain('takes its time by NTP');
  });

  test.each([
    ['takes the setting and ignores it', { clockBy: 'stuck' }],
    ['refuses the setting', { without: ['SetSystemDateAndTime'] }],
    ['does not let its user', { forbidden: ['SetSystemDateAndTime'] }],
  ] as const)('of a camera that %s is said to be wrong still, and not set over and over', async (_, faults) => {
    const { cam, running } = await logged({ clockOffsetMs: 60_000, ...faults }, {}, { setClock: true });
    expect(trouble(running)).toContain('could not be set');
    expect(sets(running)).toEqual([]);
    const asked = cam.asked.get('SetSystemDateAndTime');
    cam.forget();
    await cam.heard('CreatePullPointSubscription', 2);
    expect(cam.asked.get('SetSystemDateAndTime')).toBe(asked);
  });
});
