/**
 * Live video beside the alarm path: how soon a picture is there, what a streaming camera costs, and how old an event is at a screen
 * while twenty cameras stream and while nobody looks. Cameras are GStreamer's RTSP server on this machine, key frames two seconds apart.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import WebSocket from 'ws';
import { startRtspCameras } from '../../simulators/camera/rtsp-cameras.ts';
import { Durations, figure, table, times } from './figures.ts';
import { gate } from './gate.ts';
import { logIn } from './login.ts';
import { clock, ownMemory, usage } from './peer.ts';
import { type Side, senders, stage } from './side.ts';

const CAMERAS = 20;
const VIEWERS = 100;
const RATE = 50;
const ids = Array.from({ length: CAMERAS }, (_, i) => `eye-${i + 1}`);
const words = (text: string) => ({ zh: text, en: text });

interface Viewer {
  /** Resolves with the ms from the opening to the first piece of video. */
  readonly first: Promise<number>;
  close(): void;
}

function view(side: Side, cookie: string, camera: string): Viewer {
  const began = clock();
  const socket = new WebSocket(`${side.web.replace('http', 'ws')}/api/cameras/${camera}/video`, {
    headers: { cookie, origin: side.web },
  });
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  let pieces = 0;
  socket.on('open', () => socket.send('{"t":"look"}'));
  socket.on('message', (data, binary) => {
    if (!binary) return String(data).includes('"begin"') ? undefined : reject(new Error(String(data)));
    // The first is the beginning; the second has pictures.
    if (++pieces === 2) resolve(clock() - began);
  });
  socket.on('error', reject);
  promise.catch(() => undefined);
  return { first: promise, close: () => socket.terminate() };
}

/** Processes that a process started. */
function childrenOf(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return text.split(' ').filter(Boolean).map(Number);
}

/** How soon pictures come from a camera nobody looks at, one after the other. */
async function firstPictures(side: Side, cookie: string, tries: number): Promise<Durations> {
  const soon = new Durations();
  for (let i = 0; i < tries; i++) {
    const one = view(side, cookie, ids[i % CAMERAS]!);
    soon.add(await one.first);
    one.close();
    // Not in step with the key frames.
    await delay(Math.random() * 2_000);
  }
  return soon;
}

export async function liveVideo(dir: string, seconds: number): Promise<string> {
  const login = { user: 'bench', password: 'bench' };
  const scene = { width: 1280, height: 720 };
  const streams = await startRtspCameras({ ...login, cameras: Object.fromEntries(ids.map((id) => [`/${id}`, scene])) });
  // The cameras themselves answer nobody: only their streams are there.
  const lines = ids.map((id, n) => ({
    id,
    protocol: 'onvif',
    address: `http://127.0.0.1:${1 + n}/`,
    user: login.user,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the configuration takes it from the environment
    password: '${BENCH_EYES}',
  }));
  const devices = ids.map((id) => ({
    ...{ id, title: words(id), line: id, profile: 'camera-hikvision', zones: { view: false } },
    video: { large: streams.url(`/${id}`) },
  }));
  const side = await gate({
    ...{ dir, senders: senders(50), lines, devices, parts: { video: { most: CAMERAS } } },
    env: { BENCH_EYES: login.password },
  });
  const on = await stage(side);
  try {
    const cookie = await logIn(side.web, side.login!);
    const soon = (await firstPictures(side, cookie, seconds * 2)).summary();
    // What was opened lingers for ten seconds.
    await delay(12_500);
    const quiet = await on.play(RATE, seconds);
    const viewers = ids.map((id) => view(side, cookie, id));
    await Promise.all(viewers.map(({ first }) => first));
    const pids = childrenOf(side.pid);
    const streamed = clock();
    const before = pids.map((pid) => usage(pid).cpuMs);
    const busy = await on.play(RATE, seconds);
    const from = usage(side.pid).cpuMs;
    await delay(seconds * 1_000);
    const own = (usage(side.pid).cpuMs - from) / (seconds * 1_000);
    const spent = pids.map((pid, i) => usage(pid).cpuMs - before[i]!);
    const share = spent.reduce((sum, ms) => sum + ms, 0) / pids.length / (clock() - streamed);
    const memory = pids.map(ownMemory).reduce((sum, mb) => sum + mb, 0) / pids.length;
    for (const one of viewers) one.close();
    const crowd = Array.from({ length: VIEWERS }, () => view(side, cookie, ids[0]!));
    await Promise.all(crowd.map(({ first }) => first));
    const start = usage(side.pid).cpuMs;
    await delay(seconds * 1_000);
    const many = (usage(side.pid).cpuMs - start) / (seconds * 1_000);
    for (const one of crowd) one.close();
    return [
      table(
        'From asking for a live video to its first picture',
        ['tries', 'p50 ms', 'p95 ms', 'max ms'],
        [[String(soon.count), figure(soon.p50), figure(soon.p95), figure(soon.max)]],
      ),
      table(
        `What streaming costs (${scene.width}×${scene.height}, 15 pictures/s)`,
        ['', 'processor', 'memory MB'],
        [
          ['one ffmpeg', `${figure(share * 100)} %`, figure(memory)],
          [`the gateway, ${CAMERAS} cameras, a viewer each`, `${figure(own * 100)} %`, ''],
          [`the gateway, one camera, ${VIEWERS} viewers`, `${figure(many * 100)} %`, ''],
        ],
      ),
      table(
        `Event to screen at ${RATE} events/s`,
        ['', 'p50 ms', 'p99 ms', 'p99 factor'],
        [
          ['nobody looks', figure(quiet.all.p50), figure(quiet.all.p99), ''],
          [`${CAMERAS} cameras stream`, figure(busy.all.p50), figure(busy.all.p99), times(busy.all.p99, quiet.all.p99)],
        ],
      ),
    ].join('');
  } finally {
    await on.stop();
    await side.stop();
    await streams.stop();
  }
}
