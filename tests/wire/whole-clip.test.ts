/**
 * The seconds around an alarm through the whole gateway: a camera is masked, and what is kept of it is the still of before, one of after, and
 * a clip that begins before the alarm, by names that the alarm carries and hashes that the journal holds.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import hikvision from '../../devices/camera-hikvision.ts';
import { onvifCamera } from '../../simulators/camera/camera.ts';
import { startRtspCameras } from '../../simulators/camera/rtsp-cameras.ts';
import type { Event } from '../../src/core/types.ts';
import { until } from '../patience.ts';
import { camera, cameraLine, campus, secrets } from './campus.ts';
import { startGateway } from './gateway.ts';

const login = { user: 'gatehouse', password: secrets.CAMERA_PASSWORD };

test('with a masked camera the stills around it and a clip are kept, whole and as the journal says', async () => {
  const streams = await startRtspCameras({ ...login, cameras: { '/1/1': {}, '/1/2': {} } });
  onTestFinished(() => streams.stop());
  const eye = await onvifCamera({ ...login, profile: hikvision, name: 'canteen-1', rtsp: streams.url('') });
  onTestFinished(() => eye.stop());
  const yaml = campus({
    lines: [cameraLine('canteen-1', eye.url)],
    devices: [camera('canteen-1', 'camera-hikvision')],
    more: { video: { clips: ['canteen-1'] } },
  });
  const gateway = await startGateway({ yaml, env: secrets });
  const cookie = await gateway.login();
  const feed = await gateway.feed(cookie);
  await feed.until('the camera', ({ state }) => state.devices.get('canteen-1')?.up === true);
  await eye.heard('PullMessages');
  const bytesOf = async (path: string) => {
    const answer = await fetch(`${gateway.url}${path}`, { headers: { cookie } });
    return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) };
  };
  // What was before is only in a clip where the stream had come by then, and a still of before only where somebody looked.
  await until('the stream is followed', async () => (await streams.clients()) > 0);
  const first = Date.now();
  await until('stills of before', async () => {
    await bytesOf('/api/cameras/canteen-1/picture');
    return Date.now() - first > 8_000;
  });
  eye.set('masked', true);
  const { id } = await feed.raised('canteen-1/masked');
  const names = await feed.until('stills and a clip', ({ state }) => {
    const { picture, pictureBefore, pictureAfter, clip } = state.alarms.get(id) ?? {};
    return picture && pictureBefore && pictureAfter && clip
      ? { picture, pictureBefore, pictureAfter, clip }
      : undefined;
  });
  const { state } = feed;
  const raisedAt = state.alarms.get(id)?.raisedAt ?? 0;
  const takenAt = (name: string) => Number.parseInt(name, 10);
  expect(takenAt(names.pictureBefore)).toBeLessThanOrEqual(raisedAt);
  expect(takenAt(names.pictureAfter)).toBeGreaterThanOrEqual(raisedAt);
  expect(takenAt(names.clip)).toBeLessThan(raisedAt);
  const { rows } = await gateway.get<{ rows: readonly Event[] }>(`/api/events?alarm=${id}&limit=500`, cookie);
  const hashes = new Map(
    rows.flatMap((one) => (one.kind === 'done' && one.brought ? [[one.brought, one.sha256]] : [])),
  );
  for (const [path, name] of [
    ['/api/evidence/', names.pictureBefore],
    ['/api/evidence/', names.pictureAfter],
    ['/api/clips/', names.clip],
  ] as const) {
    const { status, bytes } = await bytesOf(path + name);
    expect([name, status, createHash('sha256').update(bytes).digest('hex')]).toEqual([name, 200, hashes.get(name)]);
  }
  const { bytes } = await bytesOf(`/api/clips/${names.clip}`);
  const count = ['-v', 'error', '-count_frames', '-show_entries', 'stream=nb_read_frames', '-of', 'csv=p=0', 'pipe:0'];
  const played = spawnSync('ffprobe', count, { input: bytes });
  expect([played.status, played.stderr.toString()]).toEqual([0, '']);
  expect(Number(played.stdout.toString().trim())).toBeGreaterThan(100);
});
