/** Several cameras behind one address: whose an event is, which device is down, and whose picture and video are given. */
import { afterEach, describe, expect, test } from 'vitest';
import type { Camera, CameraOptions } from '../../simulators/camera/camera.ts';
import type { CameraFaults } from '../../simulators/camera/camera-faults.ts';
import { channelNamed, channelsOf, profilesNamed } from '../../src/drivers/onvif/onvif-channels.ts';
import type { MediaProfile } from '../../src/drivers/onvif/onvif-media.ts';
import { type Running, run, secured } from './onvif-line.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const three = [{ name: 'kitchen' }, { name: 'wash' }, { name: 'store' }];

async function recorder(
  devices: Record<string, number | string | undefined>,
  faults: Partial<CameraFaults> = {},
  more: Partial<CameraOptions> = {},
  before: (cam: Camera) => void = () => {},
): Promise<{ cam: Camera; running: Running }> {
  const { cam, options } = await secured({ channels: three, rtsp: 'rtsp://127.0.0.1:8554', faults, ...more });
  stops.push(() => cam.stop());
  before(cam);
  const running = run(options, undefined, undefined, devices);
  stops.push(() => running.stop());
  await running.until('each device stands', () => running.said.stands.size === Object.keys(devices).length);
  return { cam, running };
}

const byNumber = { 'cam-1': 1, 'cam-2': 2, 'cam-3': 3 };
const masks = ({ said }: Running): string[] =>
  said.reports.flatMap((r) => r.values.filter(([key]) => key === 'masked').map(([, value]) => `${r.device} ${value}`));
const stands = ({ said }: Running): Record<string, boolean> =>
  Object.fromEntries([...said.stands].map(([id, { up }]) => [id, up]));

describe('an event of a recorder', () => {
  test.each([['source'], ['source-token'], ['configuration'], ['number']] as const)(
    'goes to the device of its channel when it names it by %s',
    async (naming) => {
      const { cam, running } = await recorder(byNumber, { naming });
      cam.set('masked', true, 2);
      await running.until('the mask is reported', () => masks(running).length > 0);
      expect(masks(running)).toEqual(['cam-2 true']);
    },
  );

  test('goes to the device that was given a token in place of a number', async () => {
    const { cam, running } = await recorder({ a: 'VideoSource_1', b: 'VideoSourceToken_2', c: 'Profile005' });
    for (const channel of [1, 2, 3]) cam.set('masked', true, channel);
    await running.until('all are reported', () => masks(running).length === 3);
    expect(masks(running).sort()).toEqual(['a true', 'b true', 'c true']);
  });

  test('that speaks of no picture goes to the recorder itself, or else to the first', async () => {
    const whole = await recorder({ 'cam-1': 1, nvr: undefined });
    whole.cam.setProperty('tns1:Device/HardwareFailure/StorageFailure', { Token: 'Disk1' }, { Failed: 'true' });
    await whole.running.until('it is reported', () => whole.running.said.reports.length > 0);
    expect(whole.running.said.reports[0]?.device).toBe('nvr');
    const parts = await recorder(byNumber);
    parts.cam.setProperty('tns1:Device/HardwareFailure/StorageFailure', { Token: 'Disk1' }, { Failed: 'true' });
    await parts.running.until('it is reported', () => parts.running.said.reports.length > 0);
    expect(parts.running.said.reports[0]?.device).toBe('cam-1');
  });

  test('that names a source nobody has is put aside with the remedy, each time when the recorder does not know it either', async () => {
    const { cam, running } = await recorder(byNumber);
    const foreign = () => cam.setProperty('tns1:VideoSource/MotionAlarm', { Source: 'Cam_9x' }, { State: 'true' });
    foreign();
    foreign();
    await running.until('both are put aside', () => running.said.drops.length === 2);
    expect(running.said.drops[0]).toMatchObject({ reason: 'unknown-device', topic: 'VideoSource/MotionAlarm' });
    expect(running.said.drops[0]?.why).toContain('names the source "Cam_9x"');
    expect(running.said.drops[0]?.why).toContain('it has 1 (VideoSource_1), 2 (VideoSource_2), 3 (VideoSource_3)');
    expect(running.said.reports).toEqual([]);
  });

  test('of a channel that has no device is said once', async () => {
    const { cam, running } = await recorder({ 'cam-1': 1, 'cam-2': 2 });
    for (const value of [true, false, true]) cam.set('masked', value, 3);
    cam.set('masked', true, 1);
    await running.until('the other is reported', () => masks(running).length > 0);
    expect(running.said.drops.map((drop) => drop.payload)).toEqual(['VideoSource_3']);
    expect(masks(running)).toEqual(['cam-1 true']);
  });

  test('finds its device by the token a person wrote when the recorder tells no profiles', async () => {
    const { cam, running } = await recorder({ a: 'VideoSource_1', b: 'VideoSource_2' }, { without: ['GetProfiles'] });
    cam.set('masked', true, 2);
    await running.until('the mask is reported', () => masks(running).length > 0);
    expect(masks(running)).toEqual(['b true']);
  });

  test('goes to a camera that stands alone on its line whatever source it names', async () => {
    const { cam, running } = await recorder({ only: undefined }, {}, { channels: [{}] });
    cam.setProperty('tns1:VideoSource/MotionAlarm', { Source: 'whatever' }, { State: 'true' });
    await running.until('it is reported', () => running.said.reports.length > 0);
    expect(running.said.reports[0]?.device).toBe('only');
  });
});

describe('a channel', () => {
  test('whose signal is lost is down alone, and no alarm of lost video is raised besides', async () => {
    const { cam, running } = await recorder(byNumber);
    cam.lose(2, true);
    await running.until('it is down', () => running.said.stands.get('cam-2')?.up === false);
    expect(stands(running)).toEqual({ 'cam-1': true, 'cam-2': false, 'cam-3': true });
    expect(running.said.stands.get('cam-2')?.why).toContain('gets no video on this channel');
    expect(running.said.reports).toEqual([]);
  });

  test('that was lost before the log-in is never said to be up', async () => {
    const { running } = await recorder(byNumber, {}, {}, (cam) => cam.lose(3, true));
    await running.until('the others are up', () => running.said.stands.get('cam-1')?.up === true);
    expect(stands(running)).toEqual({ 'cam-1': true, 'cam-2': true, 'cam-3': false });
    expect(running.said.links.filter(({ up }) => up)).toHaveLength(2);
  });

  test('that comes back is up with the states it has meanwhile', async () => {
    const { cam, running } = await recorder(byNumber);
    cam.set('masked', false, 2);
    await running.until('its state is known', () => masks(running).length === 1);
    cam.lose(2, true);
    await running.until('it is down', () => running.said.stands.get('cam-2')?.up === false);
    cam.set('masked', true, 2);
    cam.set('masked', true, 1);
    await running.until('the other is reported', () => masks(running).includes('cam-1 true'));
    expect(masks(running)).not.toContain('cam-2 true');
    cam.lose(2, false);
    await running.until('it is up', () => running.said.stands.get('cam-2')?.up === true);
    expect(masks(running).at(-1)).toBe('cam-2 true');
    expect(running.said.reports.at(-1)).toMatchObject({ device: 'cam-2', initial: true });
  });

  test('that the recorder does not have is down, with what it has', async () => {
    const { running } = await recorder({ 'cam-1': 1, 'cam-8': 8 });
    await running.until('the first is up', () => running.said.stands.get('cam-1')?.up === true);
    expect(running.said.stands.get('cam-8')?.up).toBe(false);
    expect(running.said.stands.get('cam-8')?.why).toContain('has no channel 8; it has 1 (VideoSource_1)');
  });

  test('falls with the line', async () => {
    const { cam, running } = await recorder(byNumber);
    await running.until('all are up', () => Object.values(stands(running)).every(Boolean));
    await cam.stop();
    await running.ended;
    expect(stands(running)).toEqual({ 'cam-1': false, 'cam-2': false, 'cam-3': false });
  });

  test('gives its own picture and its own video', async () => {
    const { cam, running } = await recorder(byNumber);
    const { snapshot, stream } = running.said.actions;
    const pictures = await Promise.all(['cam-1', 'cam-2', 'cam-3'].map((id) => snapshot!(id)));
    expect(new Set(pictures.map((picture) => Buffer.from(picture).toString('base64'))).size).toBe(3);
    expect([...cam.pictured].sort()).toEqual(['Profile000', 'Profile002', 'Profile004']);
    expect((await stream!('cam-3', 'small')).url).toContain('/3/2?');
    cam.lose(2, true);
    await expect(snapshot!('cam-2')).rejects.toThrow('HTTP 503');
    expect((await snapshot!('cam-1')).length).toBeGreaterThan(1000);
  });
});

describe('the number of a channel', () => {
  const of = (...sources: string[]): MediaProfile[] =>
    sources.map((source, i) => ({ token: `p${i}`, configuration: `c${i}`, source }));
  const numbers = (...sources: string[]): number[] => channelsOf(of(...sources)).map(({ number }) => number);

  test('is the one at the end of its token', () => {
    expect(numbers('VideoSource_1', 'VideoSource_3', 'VideoSource_4')).toEqual([1, 3, 4]);
  });
  test('counts from 1 where tokens count from 0', () => {
    expect(numbers('00000', '00001', '00005')).toEqual([1, 2, 6]);
  });
  test('is its place where tokens have no numbers of their own', () => {
    expect(numbers('vsconf', 'other')).toEqual([1, 2]);
    expect(numbers('9c756e1b0000-0', '8a0b-0')).toEqual([1, 2]);
  });
  test('leads to nothing where there is no such channel', () => {
    expect(profilesNamed(channelsOf(of('00000', '00001')), 0)).toEqual([]);
    expect(profilesNamed(channelsOf(of('00000', '00001')), '3')).toEqual([]);
  });
  test('is not guessed where two could be meant', () => {
    expect(channelNamed(channelsOf(of('left-1', 'right-1')), 'eye 1')).toBeUndefined();
    expect(channelNamed(channelsOf(of('left-1', 'right-2')), 'eye 2')?.source).toBe('right-2');
  });
  test('is followed by views of one source, each named by its configuration', () => {
    const views: MediaProfile[] = [
      { token: 'a1', configuration: 'round', source: 'eye' },
      { token: 'b1', configuration: 'flat', source: 'eye' },
      { token: 'b2', configuration: 'flat', source: 'eye' },
    ];
    expect(profilesNamed(channelsOf(views), 'flat').map(({ token }) => token)).toEqual(['b1', 'b2']);
    expect(profilesNamed(channelsOf(views), 'b2').map(({ token }) => token)).toEqual(['b1', 'b2']);
    expect(profilesNamed(channelsOf(views), 'eye')).toHaveLength(3);
  });
});
