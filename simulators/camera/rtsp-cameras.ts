/**
 * Simulated cameras that stream test scenes over RTSP, any number behind one port, with Digest log-in: GStreamer's RTSP server in
 * a process of its own, told by standard input what to do. It knows nothing of who plays its streams.
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('./rtsp-scenes.py', import.meta.url));
/** Debian's own: GStreamer's bindings belong to it and to no other Python that may come first in PATH. */
const python = '/usr/bin/python3';
/** What GStreamer's RTSP server needs to be driven from Python. */
const bindings = '/usr/lib/python3/dist-packages/gi';
const typelib = 'girepository-1.0/GstRtspServer-1.0.typelib';
const libraries = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib'];

/**
 * What a scene is: a white disc that swings over a grey-blue ground. Seconds and pixels; the loop is a whole number of key-frame
 * intervals long.
 */
export interface RtspScene {
  readonly codec: 'h264' | 'h265';
  /** Between two key frames, s. Two is what installers are told to set; "smart" encoders make ten and more of it. */
  readonly keyEvery: number;
  readonly seconds: number;
  /** Pictures a second. */
  readonly rate: number;
  readonly width: number;
  readonly height: number;
  /** Parts in which each picture is encoded; most cameras have one. */
  readonly slices: number;
  /** What a connection begins with: a key frame, as with many cameras, or whatever comes next (H.264 alone). */
  readonly joins: 'key' | 'anywhere';
}

export const usualScene: RtspScene = {
  ...{ codec: 'h264', keyEvery: 2, seconds: 8, rate: 15 },
  ...{ width: 640, height: 360, slices: 1, joins: 'key' },
};

export interface RtspCamerasOptions {
  /** By path: `/1`. */
  readonly cameras: Readonly<Record<string, Partial<RtspScene>>>;
  /** Without a user nobody has to log in. */
  readonly user?: string;
  readonly password?: string;
  /** Default 127.0.0.1. */
  readonly host?: string;
}

export interface RtspCameras {
  readonly port: number;
  /** Of the process. */
  readonly pid: number;
  /** The address of a camera's stream, without a log-in. */
  url(path: string): string;
  /** Connections stay, and nothing comes any more; false: it goes on. */
  hang(hung: boolean): Promise<void>;
  /** Cuts every connection; who asks again is served. */
  cut(): Promise<void>;
  /** Connections now. */
  clients(): Promise<number>;
  stop(): Promise<void>;
}

/** Whether simulated cameras can stream on this machine. */
export function canStream(): boolean {
  return existsSync(bindings) && libraries.some((dir) => existsSync(`${dir}/${typelib}`));
}

/** Starts them. Rejects with what the process said when it could not. */
export async function startRtspCameras(options: RtspCamerasOptions): Promise<RtspCameras> {
  const { host = '127.0.0.1', cameras, user, password } = options;
  const scenes = Object.fromEntries(
    Object.entries(cameras).map(([path, scene]) => [path, { ...usualScene, ...scene }]),
  );
  const child: ChildProcessByStdio<Writable, Readable, Readable> = spawn(python, [script], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4_000);
  });
  child.stdin.on('error', () => undefined);
  child.stdin.write(`${JSON.stringify({ host, port: 0, cameras: scenes, user, password })}\n`);
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await answers.next();
    if (done) throw new Error(`the simulated cameras ended: ${said}`);
    return JSON.parse(value) as { readonly port: number; readonly clients: number };
  };
  child.on('error', (error) => {
    said += error.message;
  });
  const gone = once(child, 'close').catch(() => undefined);
  const { port } = await answer();
  // One order at a time: each is answered once.
  let last: Promise<unknown> = Promise.resolve();
  const order = (text: string) => {
    const next = last.then(() => {
      child.stdin.write(`${text}\n`);
      return answer();
    });
    last = next.catch(() => undefined);
    return next;
  };
  return {
    port,
    pid: child.pid!,
    url: (path) => `rtsp://${host}:${port}${path}`,
    hang: async (hung) => void (await order(hung ? 'hang' : 'go on')),
    cut: async () => void (await order('cut')),
    clients: async () => (await order('count')).clients,
    stop: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}
