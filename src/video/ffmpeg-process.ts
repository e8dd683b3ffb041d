/**
 * One ffmpeg that takes a video from a camera as it is and gives it as fragmented MP4: nothing is decoded, nothing is encoded.
 * The address with its password goes in through standard input, so that it stands in no list of processes, no environment and no
 * file; what ffmpeg says of errors is read to a bound and worded, and never handed on as it is.
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import type { VideoStream } from '../drivers/line.ts';
import { videoTroubles, wrongVideoAddress } from '../words/video/live-video-words.ts';
import { WordedError } from '../words/worded-error.ts';
import type { Words } from '../words/words.ts';
import type { World } from '../world/world.ts';

/** Asked to end, it says goodbye to the camera; it is given so long. */
const GOODBYE_MS = 2_000;
/** The last of what it says is kept. */
const SAID_MAX = 4_096;
/** A camera that says nothing for so long is gone, as far as ffmpeg is asked; who watches it is quicker. µs. */
const SOCKET_US = 10_000_000;
/** Fragments are cut at least this often, µs: a page is at most this far behind, whatever the key frames are. */
const FRAGMENT_US = 200_000;

/** Everything but what RFC 3986 leaves unreserved, so that no sign of a password means something in an address. */
const escaped = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * What ffmpeg's concat demuxer is told: one source, over TCP, looked at for so long before it is handed on. Throws WordedError
 * when the address will not do.
 */
export function sourceScript({ url, user, password }: VideoStream, studyMs: number): string {
  const parts = /^(rtsps?):\/\/(?:[^@/]*@)?([^\s/@]+(?:\/\S*)?)$/.exec(url);
  if (!parts) throw new WordedError(wrongVideoAddress);
  const login = user === undefined ? '' : `${escaped(user)}:${escaped(password ?? '')}@`;
  const address = `${parts[1]}://${login}${parts[2]}`.replaceAll("'", "'\\''");
  const options = { rtsp_transport: 'tcp', timeout: SOCKET_US, analyzeduration: studyMs * 1_000 };
  const lines = Object.entries(options).map(([name, value]) => `option ${name} ${value}\n`);
  return `ffconcat version 1.0\nfile '${address}'\n${lines.join('')}`;
}

/** What ffmpeg says, as one of the troubles people can do something about. Its words are those of C's locale. */
export function troubleSaid(said: string): Words {
  if (/401 Unauthorized|403 Forbidden/.test(said)) return videoTroubles.login;
  if (/404 (Stream )?Not Found|454 Session/i.test(said)) return videoTroubles.absent;
  if (/Connection refused/.test(said)) return videoTroubles.refused;
  if (/timed out|No route to host|unreachable|resolve|Name or service/i.test(said)) return videoTroubles.unreachable;
  if (
    /Could not find tag|codec not currently supported|Could not write header|does not contain any stream|matches no streams/.test(
      said,
    )
  )
    return videoTroubles.strange;
  return videoTroubles.ended;
}

export interface FfmpegOptions {
  readonly world: World;
  /** Name or path of the program. */
  readonly program: string;
  /** What it gives, after `-i`. */
  readonly gives: readonly string[];
  /** How long it may look at the stream before it gives anything, ms: cameras that describe their stream need next to nothing. */
  readonly studyMs: number;
}

/** Copied as it is into fragmented MP4 on standard output: the pictures alone. */
export const AS_FRAGMENTS: readonly string[] = [
  ...['-map', '0:v:0', '-c', 'copy', '-an', '-movflags', 'frag_keyframe+empty_moov+default_base_moof'],
  ...['-frag_duration', String(FRAGMENT_US), '-flush_packets', '1', '-f', 'mp4', 'pipe:1'],
];

/** A running ffmpeg. */
export class Ffmpeg {
  /** What it gives. */
  readonly output: Readable;
  readonly pid: number | undefined;
  /** Resolves when it has ended, with why, in words. Never rejects. */
  readonly ended: Promise<Words>;
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #world: World;
  #said = '';
  #gone = false;

  /** Throws WordedError when the address will not do; that the program is missing is said by `ended`. */
  constructor(source: VideoStream, { world, program, gives, studyMs }: FfmpegOptions) {
    const script = sourceScript(source, studyMs);
    // No `-fflags nobuffer`: it throws away what was looked at first, and with it the key frame that a camera begins with.
    const quiet = ['-nostdin', '-hide_banner', '-loglevel', 'error'];
    const input = [
      '-analyzeduration',
      String(studyMs * 1_000),
      '-protocol_whitelist',
      'pipe,rtsp,rtp,tcp,tls',
      '-f',
      'concat',
      '-safe',
      '0',
      '-i',
      'pipe:0',
    ];
    const child = spawn(program, [...quiet, ...input, ...gives], {
      stdio: ['pipe', 'pipe', 'pipe'],
      // No more of the environment than it needs: secrets may stand in ours.
      env: { PATH: process.env.PATH, LC_ALL: 'C' },
    });
    this.#child = child;
    this.#world = world;
    this.output = child.stdout;
    this.pid = child.pid;
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-SAID_MAX);
    });
    // Whoever is gone before it has read its orders says so by its end.
    child.stdin.on('error', () => undefined);
    child.stdin.end(script);
    this.ended = new Promise((resolve) => {
      child.on('error', () => this.#over(videoTroubles.missing, resolve));
      child.on('close', () => this.#over(troubleSaid(this.#said), resolve));
    });
    if (child.pid !== undefined) giveWay(child.pid);
  }

  #over(why: Words, resolve: (why: Words) => void): void {
    this.#gone = true;
    resolve(why);
  }

  /** Ends it: asked first, killed soon after. Resolves when it is gone. */
  async end(): Promise<void> {
    if (this.#gone) return;
    this.#child.kill('SIGTERM');
    const waited = new AbortController();
    const kill = this.#world.sleep(GOODBYE_MS, waited.signal).then(
      () => this.kill(),
      () => undefined,
    );
    await this.ended;
    waited.abort();
    await kill;
  }

  /** Kills it at once. */
  kill(): void {
    if (this.#gone) return;
    this.#child.kill('SIGKILL');
    // Whatever it may have started must not keep its pipes open.
    this.#child.stdout.destroy();
    this.#child.stderr.destroy();
  }
}

/** Alarms come before pictures when the processor is short. */
function giveWay(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It is gone already, or the system does not allow it: it runs as it is.
  }
}
