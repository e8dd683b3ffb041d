/**
 * What a viewer is given, decoded: every picture whole and in its order, for one who comes late, after breaks, and when the camera
 * sends its pictures in several slices. (`H.264 4 slices` was seen red with parameter sets between the slices of a key frame.)
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RtspCameras, startRtspCameras } from '../../simulators/camera/rtsp-cameras.ts';
import { LiveVideos } from '../../src/video/live-videos.ts';
import { realWorld } from '../../src/world/world.ts';
import { until } from '../patience.ts';
import { decoded, numberOf } from './disc.ts';
import { Watching } from './watching.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const login = { user: 'admin', password: 'secret' };
const KEY_EVERY = 15;
const PICTURES = 30;
const scene = { keyEvery: KEY_EVERY / 15, seconds: PICTURES / 15 } as const;
let cameras: RtspCameras;
let videos: LiveVideos;

beforeAll(async () => {
  cameras = await startRtspCameras({
    ...login,
    cameras: {
      '/h264-1': scene,
      '/h264-4': { ...scene, slices: 4 },
      '/h265-1': { ...scene, codec: 'h265' },
      '/h265-2': { ...scene, codec: 'h265', slices: 2 },
    },
  });
  videos = new LiveVideos({
    ...{ world: realWorld(quiet), most: () => 4 },
    where: async (camera) => ({ url: cameras.url(`/${camera}`), ...login }),
  });
});
afterAll(async () => {
  await videos?.close();
  await cameras?.stop();
});

/** Numbers of the pictures of one source. */
const numbers = (source: readonly Buffer[] | undefined) =>
  decoded(Buffer.concat(source ?? [])).map((picture) => numberOf(picture, PICTURES));

function inOrder(seen: readonly number[]): void {
  expect(seen.length).toBeGreaterThan(0);
  expect(seen[0]! % KEY_EVERY).toBe(0);
  expect(seen).toEqual(seen.map((_, i) => (seen[0]! + i) % PICTURES));
}

describe.each(['h264-1', 'h264-4', 'h265-1', 'h265-2'])('the pictures of %s', (camera) => {
  it('are whole and none is missing, round and round the scene, for the first and for whoever comes later', async () => {
    const first = new Watching();
    const leave = videos.watch(camera, 'large', first);
    await until('the scene has begun anew', () => first.fragments.length > 30);
    const late = new Watching();
    const leaveToo = videos.watch(camera, 'large', late);
    await until('it goes on', () => late.fragments.length > 25);
    leave();
    leaveToo();
    const seen = numbers(first.sources[0]);
    inOrder(seen);
    // The camera's first picture: nothing of what was looked at was thrown away.
    expect(seen[0]).toBe(0);
    expect(seen.length).toBeGreaterThan(PICTURES);
    inOrder(numbers(late.sources[0]));
  });

  it('are whole after ffmpeg was killed and after the camera cut the connection', async () => {
    const viewer = new Watching();
    const leave = videos.watch(camera, 'large', viewer);
    const plays = (source: number) => until('it plays', () => (viewer.sources[source]?.length ?? 0) > 8);
    await plays(0);
    process.kill(videos.status().find((one) => one.camera === camera)!.pid!, 'SIGKILL');
    await plays(1);
    await cameras.cut();
    await plays(2);
    leave();
    const [killed, cut, last] = viewer.sources;
    inOrder(numbers(killed));
    // The camera may have been cut in the midst of a picture, which is shown as far as it came.
    inOrder(numbers(cut?.slice(0, -1)));
    inOrder(numbers(last));
  });
});

it('are whole for a viewer that did not read for a while: it goes on with a key frame', async () => {
  const viewer = new Watching();
  const leave = videos.watch('h264-4', 'large', viewer);
  await until('it plays', () => viewer.fragments.length > 3);
  viewer.waiting = 1e7;
  const other = new Watching();
  const leaveToo = videos.watch('h264-4', 'large', other);
  await until('others see more', () => other.fragments.length > 12);
  viewer.waiting = 0;
  const had = viewer.fragments.length;
  await until('it goes on', () => viewer.fragments.length > had + 8);
  leave();
  leaveToo();
  const seen = numbers(viewer.sources[0]);
  const jumps = seen.filter((number, i) => i > 0 && number !== (seen[i - 1]! + 1) % PICTURES);
  expect(jumps.every((number) => number % KEY_EVERY === 0)).toBe(true);
});
