/**
 * The seconds around an alarm: a ring in memory that stays within its bounds, cuts that begin with a key frame, files that give way to
 * newer ones and not to those of open alarms; and one cut of a real stream that ffmpeg can play from its first picture to its last.
 */
import { spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startRtspCameras } from '../../simulators/camera/rtsp-cameras.ts';
import { openClipFiles } from '../../src/video/clip-files.ts';
import { ClipRing } from '../../src/video/clip-ring.ts';
import { LiveVideos } from '../../src/video/live-videos.ts';
import { realWorld } from '../../src/world/world.ts';
import { until } from '../patience.ts';

const begin = Buffer.from('begin ');
const piece = (name: string) => Buffer.from(`${name} `);

function ringOf(...pieces: readonly (readonly [at: number, key: boolean])[]): ClipRing {
  let now = 0;
  const ring = new ClipRing(() => now);
  ring.begin(undefined, begin);
  for (const [at, key] of pieces) {
    now = at;
    ring.fragment(piece(`${key ? 'K' : 'f'}${at}`), key);
  }
  return ring;
}

describe('a ring', () => {
  test('is cut from the key frame before the time asked for, with the beginning a player needs', () => {
    const ring = ringOf([0, true], [1_000, false], [2_000, true], [3_000, false], [4_000, true], [5_000, false]);
    const cut = ring.cut(2_500, 4_000);
    expect(cut?.bytes.toString()).toBe('begin K2000 f3000 K4000 ');
    expect(cut).toMatchObject({ from: 2_000, to: 4_000 });
  });

  test('gives a clip that begins late where nothing older is there, and none where no key frame is', () => {
    expect(ringOf([5_000, false], [6_000, true], [7_000, false]).cut(0, 9_000)?.from).toBe(6_000);
    expect(ringOf([5_000, false], [6_000, false]).cut(0, 9_000)).toBeUndefined();
    expect(ringOf([5_000, true]).cut(0, 4_000)).toBeUndefined();
  });

  test('forgets what is older than a clip can reach, and what is too much', () => {
    const old = ringOf([0, true], [60_000, true]);
    expect(old.cut(0, 60_000)?.from).toBe(60_000);
    let now = 0;
    const large = new ClipRing(() => now);
    large.begin(undefined, begin);
    for (now = 0; now < 30_000; now += 1_000) large.fragment(Buffer.alloc(2 * 1024 ** 2), true);
    expect(large.cut(0, 30_000)?.bytes.length).toBeLessThanOrEqual(24 * 1024 ** 2 + begin.length);
  });

  test('mixes no two streams: what came before a new beginning is gone', () => {
    const ring = ringOf([0, true], [1_000, false]);
    ring.broken({ zh: '中断', en: 'lost' });
    expect(ring.why?.en).toBe('lost');
    ring.begin(undefined, Buffer.from('again '));
    expect(ring.why).toBeUndefined();
    expect(ring.cut(0, 9_000)).toBeUndefined();
  });
});

describe('the folder of clips', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'gatehouse-clips-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  const sized = (bytes: number) => new Uint8Array(bytes);

  test('lets the oldest go beyond its bytes, and those of open alarms last', async () => {
    const files = openClipFiles(
      join(dir, 'clips'),
      () => 250,
      (alarm) => alarm === 1,
    );
    await files.keep(1, 1_000, sized(100));
    await files.keep(2, 2_000, sized(100));
    await files.keep(3, 3_000, sized(100));
    expect((await readdir(join(dir, 'clips'))).sort()).toEqual(['1000-1.mp4', '3000-3.mp4']);
    expect(await files.read('2000-2.mp4')).toBeUndefined();
    expect((await files.read('1000-1.mp4'))?.length).toBe(100);
  });

  test('knows after a restart what lies there, and clears away what was half written', async () => {
    const clips = join(dir, 'clips');
    await openClipFiles(
      clips,
      () => 250,
      () => false,
    ).keep(1, 1_000, sized(200));
    await writeFile(join(clips, '2000-2.mp4.7-1.part'), 'half');
    await openClipFiles(
      clips,
      () => 250,
      () => false,
    ).keep(3, 3_000, sized(200));
    expect(await readdir(clips)).toEqual(['3000-3.mp4']);
  });

  test('says where a clip could not be written, and takes the next one when it can be', async () => {
    const clips = join(dir, 'clips');
    await writeFile(clips, 'a file where the folder should be');
    const files = openClipFiles(
      clips,
      () => 1_000,
      () => false,
    );
    await expect(files.keep(1, 1_000, sized(10))).rejects.toThrow(`cannot be written to ${clips}`);
    await rm(clips);
    await mkdir(clips);
    await chmod(clips, 0o700);
    expect(await files.keep(2, 2_000, sized(10))).toBe('2000-2.mp4');
  });

  test('gives nothing by a name that is none of a clip', async () => {
    const files = openClipFiles(
      join(dir, 'clips'),
      () => 1_000,
      () => false,
    );
    expect(await files.read('../journal.db')).toBeUndefined();
  });
});

test('a cut of a real stream plays from its first picture to its last', async () => {
  const world = realWorld({ info: () => undefined, warn: () => undefined, error: () => undefined });
  const cameras = await startRtspCameras({ user: 'u', password: 'p', cameras: { '/1': {} } });
  const where = async () => ({ url: cameras.url('/1'), user: 'u', password: 'p' });
  const videos = new LiveVideos({ world, most: () => 2, where });
  try {
    const ring = new ClipRing(world.now);
    videos.watch('gate', 'small', ring);
    // Two intervals of key frames.
    await until('some seconds of video', () => {
      const cut = ring.cut(0, world.now());
      return cut !== undefined && cut.to - cut.from > 5_000;
    });
    const cut = ring.cut(world.now() - 3_000, world.now());
    const count = [
      '-v',
      'error',
      '-count_frames',
      '-show_entries',
      'stream=nb_read_frames',
      '-of',
      'csv=p=0',
      'pipe:0',
    ];
    const { status, stderr, stdout } = spawnSync('ffprobe', count, { input: cut?.bytes ?? '' });
    expect(Number(stdout.toString().trim())).toBeGreaterThan(10);
    expect(stderr.toString()).toBe('');
    expect(status).toBe(0);
  } finally {
    await videos.close();
    await cameras.stop();
  }
});
