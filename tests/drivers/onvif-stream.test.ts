/** Which stream and which still of a camera serve what, and where they are, against a simulated camera on a real socket. */
import { afterEach, describe, expect, test } from 'vitest';
import type { CameraOptions } from '../../simulators/camera/camera.ts';
import type { CameraFaults } from '../../simulators/camera/camera-faults.ts';
import type { StreamOptions } from '../../simulators/camera/camera-media.ts';
import type { OnvifOptions } from '../../src/drivers/connection-options.ts';
import type { StreamUse, VideoStream } from '../../src/drivers/line.ts';
import { suited } from '../../src/drivers/onvif/onvif-media.ts';
import { videoAt } from '../../src/drivers/onvif/onvif-stream.ts';
import { credentials, type Running, run, secured } from './onvif-line.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const RTSP = 'rtsp://127.0.0.1:8554';

async function logged(
  faults: Partial<CameraFaults> = {},
  more: Partial<CameraOptions> = {},
): Promise<{ running: Running; cam: Awaited<ReturnType<typeof secured>>['cam'] }> {
  const { cam, options } = await secured({ rtsp: RTSP, faults, ...more });
  stops.push(() => cam.stop());
  const running = run(options);
  stops.push(() => running.stop());
  await running.until('it is up', () => running.said.links.at(-1)?.up === true);
  return { running, cam };
}

const streamOf = ({ said }: Running, use: StreamUse): Promise<VideoStream> => said.actions.stream!('canteen-1', use);

const stream = (encoding: StreamOptions['encoding'], width: number, height: number, rate = 25): StreamOptions => ({
  encoding,
  width,
  height,
  rate,
});

describe('the stream for a use', () => {
  test('is the main stream for large and the sub-stream for small, with log-in apart and codec, size and rate told', async () => {
    const { running } = await logged();
    expect(await streamOf(running, 'large')).toEqual({
      url: `${RTSP}/1/1?unicast=true&proto=Onvif`,
      ...credentials,
      codec: 'H264',
      rate: 25,
      width: 1920,
      height: 1080,
    });
    expect(await streamOf(running, 'small')).toMatchObject({ url: `${RTSP}/1/2?unicast=true&proto=Onvif`, width: 640 });
  });

  test('goes by what encoders do, and not by the order or the names of profiles', async () => {
    const streams = [
      stream('JPEG', 704, 576, 5),
      stream('H264', 352, 288, 12),
      stream('H265', 3840, 2160),
      stream('H264', 1280, 720),
      stream('H264', 176, 144, 8),
    ];
    const { running } = await logged({ media2: 'ok' }, { channels: [{ streams }] });
    expect(await streamOf(running, 'large')).toMatchObject({ codec: 'H265', width: 3840 });
    expect(await streamOf(running, 'small')).toMatchObject({ codec: 'H264', width: 352 });
  });

  test('names H.265 only where the camera has Media2, for Media cannot say it', async () => {
    const streams = [stream('H265', 1920, 1080), stream('H265', 640, 360)];
    const told = await logged({ media2: 'ok' }, { channels: [{ streams }] });
    expect(await streamOf(told.running, 'small')).toMatchObject({ codec: 'H265', width: 640 });
    const untold = await logged({}, { channels: [{ streams }] });
    expect(await streamOf(untold.running, 'small')).toMatchObject({ codec: 'H264', width: 640 });
  });

  test('is the only one where a camera has one', async () => {
    const { running } = await logged({}, { channels: [{ streams: [stream('H264', 160, 120)] }] });
    expect((await streamOf(running, 'large')).url).toBe((await streamOf(running, 'small')).url);
  });

  test('comes from Media where Media2 is announced and fails', async () => {
    const { running, cam } = await logged({ media2: 'fails' });
    expect((await streamOf(running, 'small')).width).toBe(640);
    await streamOf(running, 'large');
    // Media2 once, then Media for good.
    expect(cam.asked.get('GetProfiles')).toBe(3);
  });

  test('is another profile where the best one gives no address', async () => {
    const { running } = await logged({ stream: 'main-only' });
    expect((await streamOf(running, 'small')).width).toBe(1920);
  });

  test.each([
    ['one element too deep', { stream: 'nested' }],
    ['one element too deep by Media2', { stream: 'nested', media2: 'ok' }],
    ['escaped twice', { stream: 'escaped-twice' }],
  ] as const)('is read when its address is written %s', async (_, faults) => {
    const { running } = await logged(faults);
    expect((await streamOf(running, 'large')).url).toBe(`${RTSP}/1/1?unicast=true&proto=Onvif`);
  });

  test('is at the accepted host whatever host the camera names, without the log-in the camera writes into it', async () => {
    const { running } = await logged({ streamAt: 'rtsp://admin:p@ss:w/ord@192.168.1.64:10554' });
    const found = await streamOf(running, 'large');
    expect(found.url).toBe('rtsp://127.0.0.1:10554/1/1?unicast=true&proto=Onvif');
    expect(found).toMatchObject(credentials);
  });

  test.each([
    ['refuses it', { stream: 'none' }, 'turned the request down'],
    ['gives an empty address', { stream: 'empty' }, 'no stream address'],
    ['gives an address that is none of RTSP', { stream: 'http' }, 'none of RTSP'],
  ] as const)('is refused with a sentence when the camera %s', async (_, faults, sentence) => {
    const { running } = await logged(faults);
    await expect(streamOf(running, 'large')).rejects.toThrow(sentence);
  });

  test('is found anew after the camera was set anew', async () => {
    const { running, cam } = await logged();
    await streamOf(running, 'large');
    cam.faults.streamAt = 'rtsp://127.0.0.1:9554';
    expect((await streamOf(running, 'large')).url).toContain(':9554/');
  });

  test('is found after a question that hung, by a new log-in', async () => {
    const { running, cam } = await logged();
    await streamOf(running, 'large');
    cam.faults.hang = ['GetStreamUri'];
    const hung = streamOf(running, 'large');
    await cam.heard('GetStreamUri', 2);
    cam.faults.hang = false;
    expect((await hung).width).toBe(1920);
  });
});

describe('the address of a video', () => {
  const options: OnvifOptions = { protocol: 'onvif', address: 'http://[fd00::7]:2020/onvif/service' };
  test.each([
    ['rtsp://10.0.0.9/live', 'rtsp://[fd00::7]/live', undefined, undefined],
    ['RTSP://10.0.0.9:554', 'rtsp://[fd00::7]:554', undefined, undefined],
    ['rtsps://10.0.0.9:322/a?b=c@d', 'rtsps://[fd00::7]:322/a?b=c@d', undefined, undefined],
    ['rtsp:///live', 'rtsp://[fd00::7]/live', undefined, undefined],
    ['rtsp://[fe80::1]:554/live', 'rtsp://[fd00::7]:554/live', undefined, undefined],
    ['rtsp://admin@10.0.0.9/live', 'rtsp://[fd00::7]/live', 'admin', undefined],
    ['rtsp://admin:@10.0.0.9/live', 'rtsp://[fd00::7]/live', 'admin', ''],
    ['rtsp://ad%40min:p%3Ass@10.0.0.9:554/live', 'rtsp://[fd00::7]:554/live', 'ad@min', 'p:ss'],
    ['rtsp://admin:100%@10.0.0.9/live', 'rtsp://[fd00::7]/live', 'admin', '100%'],
    ['rtsp://admin:a/b?c@10.0.0.9:554/live', 'rtsp://[fd00::7]:554/live', 'admin', 'a/b?c'],
  ])('%s is reached at %s', (given, url, user, password) => {
    expect(videoAt(given, options, { token: 'a' })).toEqual({
      url,
      ...(user !== undefined && { user }),
      ...(password !== undefined && { password }),
    });
  });

  test.each([
    ['http://10.0.0.9/live'],
    ['10.0.0.9:554/live'],
    ['rtsp://10.0.0.9:99999/live'],
    ['file:///etc/passwd'],
    [''],
  ])('%s is none', (given) => {
    expect(videoAt(given, options, { token: 'a' })).toBeUndefined();
  });
});

describe('the still', () => {
  const sizes = (...widths: number[]) =>
    widths.map((width) => ({ token: String(width), codec: 'H264', width, height: (width * 9) / 16 }));

  test('is of the largest profile up to full HD', () => {
    expect(suited(sizes(640, 3840, 1920, 1280), 'still').map((p) => p.width)).toEqual([1920, 1280, 640, 3840]);
  });

  test('is of the first profile where a camera does not say what they are', () => {
    expect(suited([{ token: 'b' }, { token: 'a' }], 'still')[0]?.token).toBe('b');
  });

  test('comes from the profile that serves best', async () => {
    const streams = [stream('H265', 3840, 2160), stream('H264', 640, 360), stream('H264', 1920, 1080)];
    const { running, cam } = await logged({ media2: 'ok' }, { channels: [{ streams }] });
    await running.said.actions.snapshot!('canteen-1');
    expect(cam.pictured).toEqual(['Profile002']);
  });
});
