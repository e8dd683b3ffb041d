/**
 * Where the video of a camera is to be had. The address a camera gives is read for its port and path only: the host is the
 * one a person accepted, and a log-in that stands in it comes out of it. It must never open a video, and never give out an
 * address with a password in it, nor one at another host.
 */
import { noVideo, videoFaults } from '../../words/camera-words.ts';
import type { CameraChannel, OnvifOptions } from '../connection-options.ts';
import type { StreamUse, VideoStream } from '../line.ts';
import type { CameraAccess } from './onvif-access.ts';
import { profilesOf } from './onvif-channels.ts';
import { CameraError } from './onvif-error.ts';
import { type MediaProfile, mediaProfiles, streamAddress, suited } from './onvif-media.ts';
import type { OnvifSession } from './onvif-session.ts';

/** A profile that gives no address is passed over for the next, this often. */
const PROFILES_TRIED = 3;

export class Streams {
  private readonly access: CameraAccess;
  private readonly device: CameraChannel;
  private readonly options: OnvifOptions;
  private readonly signal: AbortSignal;
  private session: OnvifSession | undefined;
  /** One after the other: a call that fails takes those beside it along, for they share their sockets. */
  private last: Promise<unknown> = Promise.resolve();
  /** Whoever asks the same meanwhile gets the same answer. */
  private readonly asked = new Map<StreamUse, Promise<VideoStream>>();

  /** A log-in is kept until an answer fails. */
  constructor(access: CameraAccess, device: CameraChannel, options: OnvifOptions, signal: AbortSignal) {
    this.access = access;
    this.device = device;
    this.options = options;
    this.signal = signal;
  }

  /** Where the video for a use is. Asked anew each time, for addresses expire and cameras are set anew. */
  find(use: StreamUse): Promise<VideoStream> {
    const running = this.asked.get(use);
    if (running) return running;
    const next = this.last.then(() => this.attempt(use)).finally(() => this.asked.delete(use));
    this.asked.set(use, next);
    this.last = next.catch(() => undefined);
    return next;
  }

  private async attempt(use: StreamUse): Promise<VideoStream> {
    const remembered = this.session;
    try {
      return await this.locate(remembered ?? (await this.login()), use);
    } catch (error) {
      this.forget();
      // A log-in of before can have grown old; one just made has not.
      if (!remembered || this.signal.aborted) throw error;
      try {
        return await this.locate(await this.login(), use);
      } catch (again) {
        this.forget();
        throw again;
      }
    }
  }

  private async login(): Promise<OnvifSession> {
    this.session = await this.access.openInTurn();
    return this.session;
  }

  private forget(): void {
    this.session?.close();
    this.session = undefined;
  }

  private async locate(session: OnvifSession, use: StreamUse): Promise<VideoStream> {
    const profiles = suited(profilesOf(await mediaProfiles(session), this.device), use);
    let failure: unknown = this.faulty('profile');
    for (const profile of profiles.slice(0, PROFILES_TRIED)) {
      try {
        const given = await streamAddress(session, profile.token);
        const stream = given === undefined ? undefined : videoAt(given, this.options, profile);
        if (stream) return stream;
        failure = this.faulty(given === undefined ? 'address' : 'kind');
      } catch (error) {
        if (!(error instanceof CameraError) || error.trouble !== 'fault') throw error;
        failure = error;
      }
    }
    throw failure;
  }

  private faulty(what: keyof typeof videoFaults): CameraError {
    return new CameraError('fault', noVideo(this.access.name, videoFaults[what]), what);
  }
}

/**
 * The video at an address a camera gave: `rtsp://user:pass@10.0.0.9:554/live?x` → the same port and path at the accepted
 * host, the log-in apart. The configured log-in goes before the camera's. Undefined when it is no address of RTSP.
 */
export function videoAt(given: string, options: OnvifOptions, profile: MediaProfile): VideoStream | undefined {
  const parts = /^(rtsps?):\/\/([^/?]*)(.*)$/is.exec(withoutLogin(given).address);
  if (!parts) return undefined;
  const [, scheme = '', authority = '', path = ''] = parts;
  if (!HOST.test(authority)) return undefined;
  const port = /:(\d+)$/.exec(authority)?.[1];
  const host = new URL(options.address).hostname;
  const url = `${scheme.toLowerCase()}://${host}${port === undefined ? '' : `:${port}`}${path.replace(/[\s\p{Cc}]/gu, '')}`;
  if (!URL.canParse(url)) return undefined;
  const { user, password } = options.user === undefined ? withoutLogin(given) : options;
  const { codec, rate, width, height } = profile;
  return {
    url,
    ...(user !== undefined && { user }),
    ...(password !== undefined && { password }),
    ...(codec !== undefined && { codec }),
    ...(rate !== undefined && { rate }),
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
  };
}

/** The host of an address, with its port or without. */
const HOST = /^(\[[0-9a-f:.%]+\]|[\w.-]*)(:\d*)?$/i;

/** Passwords stand in addresses as they are, with colons, slashes and at-signs in them: a host is what can be one. */
function withoutLogin(given: string): { address: string; user?: string; password?: string } {
  const [, scheme = '', rest = ''] = /^([a-z]+:\/\/)(.*)$/is.exec(given.trim()) ?? [];
  const hostAt = (from: number): boolean => HOST.test(/^[^/?]*/.exec(rest.slice(from))![0]);
  let at = hostAt(0) ? -1 : rest.indexOf('@');
  while (at >= 0 && !hostAt(at + 1)) at = rest.indexOf('@', at + 1);
  if (at < 0) return { address: given.trim() };
  const login = rest.slice(0, at);
  const colon = login.indexOf(':');
  const address = scheme + rest.slice(at + 1);
  if (colon < 0) return { address, user: decoded(login) };
  return { address, user: decoded(login.slice(0, colon)), password: decoded(login.slice(colon + 1)) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
