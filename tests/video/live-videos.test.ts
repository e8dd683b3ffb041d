/**
 * Live video from simulated cameras, through the ffmpeg of this machine: one process for however many look, ended when nobody does,
 * started again when it breaks, and every way in which it can break said in words that help.
 */
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type RtspCameras, startRtspCameras } from '../../simulators/camera/rtsp-cameras.ts';
import type { VideoStream } from '../../src/drivers/line.ts';
import { measureKeyFrames } from '../../src/video/key-frames.ts';
import { LiveVideos } from '../../src/video/live-videos.ts';
import { videosFull, videoTroubles } from '../../src/words/video/live-video-words.ts';
import { realWorld, type World } from '../../src/world/world.ts';
import { until } from '../patience.ts';
import { Watching } from './watching.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
/** The real world in which every wait beyond half a second takes half a second: what ends after minutes ends now. */
const hurried = (): World => {
  const world = realWorld(quiet);
  return { ...world, sleep: (ms, signal) => world.sleep(Math.min(ms, 500), signal) };
};
const user = 'admin';
const password = "s3cr:t@'x/密";

let cameras: RtspCameras;
let dir: string;
const open: LiveVideos[] = [];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'gatehouse-video-'));
  cameras = await startRtspCameras({
    ...{ user, password },
    cameras: {
      '/1': {},
      '/2': {},
      '/3': {},
      '/h265': { codec: 'h265', seconds: 2 },
      '/sparse': { keyEvery: 5, seconds: 5 },
    },
  });
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((videos) => videos.close()));
});
afterAll(async () => {
  await cameras?.stop();
  await rm(dir, { recursive: true, force: true });
});

interface Setting {
  readonly most?: number;
  readonly program?: string;
  readonly world?: World;
  readonly where?: (camera: string) => Promise<VideoStream>;
}

function videosOf({ most = 8, world = realWorld(quiet), where, program }: Setting = {}): LiveVideos {
  const videos = new LiveVideos({
    ...{ world, most: () => most },
    where: where ?? (async (camera) => ({ url: cameras.url(`/${camera}`), user, password })),
    ...(program !== undefined && { program }),
  });
  open.push(videos);
  return videos;
}

/** A program that stands in for ffmpeg. */
async function stub(name: string, text: string): Promise<string> {
  const path = join(dir, name);
  await writeFile(path, `#!/bin/sh\n${text}\n`);
  await chmod(path, 0o755);
  return path;
}

const alive = (pid: number) =>
  stat(`/proc/${pid}`).then(
    () => true,
    () => false,
  );
const plays = (viewer: Watching) => until('a picture comes', () => viewer.fragments.length > 3);

describe('a live video', () => {
  it('plays, is one process for all who look, and gives newcomers a picture at once', async () => {
    const videos = videosOf();
    const first = new Watching();
    videos.watch('1', 'large', first);
    await plays(first);
    expect(first.kinds[0]).toMatchObject({ width: 640, height: 360, h265: false });
    const others = Array.from({ length: 99 }, () => new Watching());
    for (const viewer of others) {
      videos.watch('1', 'large', viewer);
      // Before anything else comes from the camera.
      expect(viewer.begins).toEqual(first.begins);
      expect(viewer.fragments.length).toBeGreaterThan(0);
    }
    for (const viewer of others) await plays(viewer);
    expect(videos.status()).toMatchObject([{ camera: '1', viewers: 100 }]);
    expect(await cameras.clients()).toBe(1);
  });

  it('keeps its password out of the list of processes, of the environment and of every word', async () => {
    const videos = videosOf();
    const viewer = new Watching();
    videos.watch('1', 'large', viewer);
    await plays(viewer);
    const pid = videos.status()[0]!.pid!;
    for (const file of ['cmdline', 'environ']) {
      const text = await readFile(`/proc/${pid}/${file}`, 'utf8');
      expect(text).not.toContain('s3cr');
      expect(text).not.toContain(user);
    }
    expect(await readFile(`/proc/${pid}/cmdline`, 'utf8')).toContain('frag_keyframe');
  });

  it('is over a while after the last has left, and goes on for whoever comes back before', async () => {
    const videos = videosOf({ world: hurried() });
    const leave = videos.watch('1', 'large', new Watching());
    await until('it runs', () => videos.status()[0]?.pid !== undefined);
    const pid = videos.status()[0]!.pid!;
    leave();
    const stay = videos.watch('1', 'large', new Watching());
    expect(videos.status()[0]?.pid).toBe(pid);
    stay();
    await until('nothing runs', () => videos.status().length === 0);
    await until('its process is gone', async () => !(await alive(pid)));
  });

  it('begins anew when its process is killed and when the camera cuts the connection', async () => {
    const videos = videosOf();
    const viewer = new Watching();
    videos.watch('2', 'large', viewer);
    await plays(viewer);
    process.kill(videos.status()[0]!.pid!, 'SIGKILL');
    await until('it begins again', () => viewer.begins.length === 2);
    await cameras.cut();
    await until('it begins a third time', () => viewer.begins.length === 3);
    expect(viewer.why).toEqual([videoTroubles.ended, videoTroubles.ended]);
  });

  it('begins anew when the camera sends nothing more', async () => {
    const world = realWorld(quiet);
    let ahead = 0;
    const videos = videosOf({ world: { ...world, elapsed: () => world.elapsed() + ahead } });
    const viewer = new Watching();
    videos.watch('3', 'large', viewer);
    await plays(viewer);
    await cameras.hang(true);
    ahead += 60_000;
    await until('it is said', () => viewer.why.length > 0);
    await cameras.hang(false);
    expect(viewer.why[0]).toEqual(videoTroubles.silent);
    await until('it begins again', () => viewer.begins.length === 2);
  });

  it('names H.265 by its codec and passes it on: browsers differ', async () => {
    const viewer = new Watching();
    videosOf().watch('h265', 'large', viewer);
    await plays(viewer);
    expect(viewer.kinds[0]?.h265).toBe(true);
  });

  it('says what is wrong when the camera refuses the log-in, has no such stream, or does not listen', async () => {
    const nobody = createServer().listen(0, '127.0.0.1');
    await until('a port is there', () => nobody.listening);
    const { port } = nobody.address() as { port: number };
    await new Promise((resolve) => nobody.close(resolve));
    const at: Record<string, VideoStream> = {
      login: { url: cameras.url('/1'), user, password: 'another' },
      absent: { url: cameras.url('/nothing'), user, password },
      refused: { url: `rtsp://127.0.0.1:${port}/1`, user, password },
    };
    const videos = videosOf({ where: async (camera) => at[camera]! });
    for (const kind of ['login', 'absent', 'refused'] as const) {
      const viewer = new Watching();
      videos.watch(kind, 'large', viewer);
      await until(`${kind} is said`, () => viewer.why.length > 0);
      expect(viewer.why[0]).toEqual(videoTroubles[kind]);
      expect(JSON.stringify(viewer.why)).not.toContain('another');
    }
  });

  it.each([
    'http://10.0.0.1/a',
    'file:///etc/passwd',
    "rtsp://h/a\nfile '/etc/passwd'",
    'rtsp:///a',
    'concat:rtsp://h',
  ])('refuses the address %j', async (url) => {
    const viewer = new Watching();
    videosOf({ where: async () => ({ url }) }).watch('1', 'large', viewer);
    await until('it is said', () => viewer.why.length > 0);
    expect(viewer.why[0]?.en).toContain('neither rtsp://');
  });

  it('says what to install where there is no ffmpeg, and finds it once it is there', async () => {
    const program = join(dir, 'later');
    const videos = videosOf({ program, world: hurried() });
    const viewer = new Watching();
    videos.watch('1', 'large', viewer);
    await until('it is said', () => viewer.why.length > 0);
    expect(viewer.why[0]).toEqual(videoTroubles.missing);
    await stub('later', 'exec ffmpeg "$@"');
    await plays(viewer);
  });

  it('kills what neither gives pictures nor ends when it is asked to', async () => {
    const program = await stub('hangs', `trap '' TERM; echo $$ > ${dir}/hangs.pid; while :; do sleep 1; done`);
    const world = hurried();
    let ahead = 0;
    const videos = videosOf({ program, world: { ...world, elapsed: () => world.elapsed() + ahead } });
    const viewer = new Watching();
    const leave = videos.watch('1', 'large', viewer);
    await until('it runs', () => videos.status()[0]?.pid !== undefined);
    const { pid } = videos.status()[0]!;
    ahead += 60_000;
    await until('it is given up', () => viewer.why.length > 0);
    expect(viewer.why[0]).toEqual(videoTroubles.silent);
    await until('it is gone', async () => !(await alive(pid!)));
    await until('the next runs', () => ![undefined, pid].includes(videos.status()[0]?.pid));
    const next = videos.status()[0]!.pid!;
    leave();
    await until('that is gone too', async () => !(await alive(next)));
  });

  it('holds no more of what a program says or gives than it may', async () => {
    const loud = await stub('loud', 'head -c 50000000 /dev/zero >&2; head -c 50000000 /dev/zero; sleep 100');
    const viewer = new Watching();
    videosOf({ program: loud }).watch('1', 'large', viewer);
    await until('it is given up', () => viewer.why.length > 0);
    expect(viewer.why[0]).toEqual(videoTroubles.strange);
  });

  it('sends nothing more to whoever does not read, begins with a key frame when he does, and lets go of one who never does', async () => {
    const world = realWorld(quiet);
    let ahead = 0;
    const videos = videosOf({ world: { ...world, elapsed: () => world.elapsed() + ahead } });
    const [reads, lags, never] = [new Watching(), new Watching(), new Watching()];
    for (const viewer of [reads, lags, never]) videos.watch('1', 'large', viewer);
    await Promise.all([reads, lags, never].map(plays));
    lags.waiting = never.waiting = 1e7;
    const [before, held] = [reads.fragments.length, lags.fragments.length];
    await until('others see more', () => reads.fragments.length > before + 12);
    expect(lags.fragments.length).toBe(held);
    lags.waiting = 0;
    await until('it is told again', () => lags.fragments.length > held);
    const at = reads.fragments.indexOf(lags.fragments[held]!);
    expect(at).toBeGreaterThan(before);
    ahead += 6_000;
    await until('a few more', () => reads.fragments.length > at + 3);
    ahead += 16_000;
    await until('it is let go', () => never.slow === 1);
    expect(videos.status()).toMatchObject([{ viewers: 2 }]);
  });

  it('refuses one more than there may be, in words, and takes the place of one that nobody looks at', async () => {
    const videos = videosOf({ most: 2 });
    const leave = videos.watch('1', 'large', new Watching());
    videos.watch('2', 'large', new Watching());
    expect(() => videos.watch('3', 'large', new Watching())).toThrow(videosFull(2).en);
    // Another who looks at the same is no more work.
    videos.watch('2', 'large', new Watching());
    leave();
    const viewer = new Watching();
    videos.watch('3', 'large', viewer);
    await plays(viewer);
    expect(videos.status().map(({ camera }) => camera)).toEqual(['2', '3']);
  });

  it('leaves no process behind when the gateway stops', async () => {
    const videos = videosOf();
    for (const camera of ['1', '2', '3']) videos.watch(camera, 'large', new Watching());
    await until('all run', () => videos.status().every(({ pid }) => pid !== undefined));
    const pids = videos.status().map(({ pid }) => pid!);
    await videos.close();
    for (const pid of pids) expect(await alive(pid)).toBe(false);
    expect(() => videos.watch('1', 'large', new Watching())).toThrow();
  });
});

describe('key frames', () => {
  const measure = (videos: LiveVideos, camera: string, world = realWorld(quiet)) =>
    measureKeyFrames((viewer) => videos.watch(camera, 'small', viewer), world, videoTroubles.silent);

  it('are measured as far apart as they are, also of a stream that plays already', async () => {
    const videos = videosOf();
    const viewer = new Watching();
    videos.watch('1', 'small', viewer);
    await plays(viewer);
    const [usual, sparse] = await Promise.all([measure(videos, '1'), measure(videos, 'sparse')]);
    expect(usual).toMatchObject({ everyMs: expect.any(Number) });
    expect(sparse).toMatchObject({ everyMs: expect.any(Number) });
    const [a, b] = [usual, sparse].map((one) => ('everyMs' in one ? one.everyMs : 0));
    // The scenes have one every two and every five seconds; a machine that is slow makes it more.
    expect(a).toBeGreaterThan(1_500);
    expect(b).toBeGreaterThan(4_000);
    expect(videos.status().find(({ camera }) => camera === 'sparse')).toMatchObject({ viewers: 0 });
  });

  it('that do not come while it is looked are said to be farther apart than that, and no video is said with its reason', async () => {
    const videos = videosOf();
    const viewer = new Watching();
    videos.watch('sparse', 'small', viewer);
    await plays(viewer);
    expect(await measure(videos, 'sparse', hurried())).toMatchObject({ atLeastMs: expect.any(Number) });
    const absent = videosOf({ where: async () => ({ url: 'rtsp://127.0.0.1:1/none' }) });
    expect(await measure(absent, '1', hurried())).toMatchObject({ why: { en: expect.any(String) } });
  });
});
