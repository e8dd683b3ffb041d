/**
 * A fresh picture from a camera: asks where it is, fetches it with the log-in the camera wants, and believes it only when
 * it is a JPEG of sane size. The password goes to the accepted host and nowhere else: foreign hosts in the address are
 * replaced, redirects are refused.
 */
import { noPicture, pictureFaults } from '../../words/camera-words.ts';
import type { World } from '../../world/world.ts';
import type { OnvifOptions } from '../connection-options.ts';
import type { CameraAccess } from './onvif-access.ts';
import { CameraError, refusedUntil } from './onvif-error.ts';
import type { OnvifSession } from './onvif-session.ts';

/** A full-size picture of a 4K camera stays below this. */
const PICTURE_MAX = 4_000_000;

export class Snapshots {
  private readonly access: CameraAccess;
  private readonly options: OnvifOptions;
  private readonly world: World;
  private readonly timeoutMs: number;
  private readonly signal: AbortSignal;
  private known: { readonly session: OnvifSession; readonly url: URL } | undefined;
  private running: Promise<Uint8Array> | undefined;

  /** A log-in is kept until a picture fails. */
  constructor(access: CameraAccess, options: OnvifOptions, world: World, signal: AbortSignal) {
    this.access = access;
    this.options = options;
    this.world = world;
    this.timeoutMs = options.timeoutMs ?? 5000;
    this.signal = signal;
  }

  /** The JPEG. Callers at the same moment get the same one. Rejects with a CameraError. */
  take(): Promise<Uint8Array> {
    this.running ??= this.attempt().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private async attempt(): Promise<Uint8Array> {
    const remembered = this.known;
    try {
      return await this.fetch(remembered ?? (await this.locate()));
    } catch (error) {
      this.forget();
      // Some addresses expire; one that was just given does not.
      if (!remembered || this.signal.aborted) throw error;
      return await this.fetch(await this.locate());
    }
  }

  private forget(): void {
    this.known?.session.close();
    this.known = undefined;
  }

  private async locate(): Promise<{ session: OnvifSession; url: URL }> {
    const session = await this.access.open();
    try {
      const { cam } = session;
      const profiles = await session
        .call('getProfiles', (done) => cam.getProfiles(done))
        .catch(async (error: unknown) => {
          // Some cameras announce Media2 and fail in it.
          if (!cam.media2Support) throw error;
          cam.media2Support = false;
          return session.call('getProfiles', (done) => cam.getProfiles(done));
        });
      const first: unknown = Array.isArray(profiles) ? profiles[0] : profiles;
      const token = tokenOf(first);
      if (token === undefined) throw this.faulty('profile');
      const { uri } = await session.call<{ uri?: unknown }>('getSnapshotUri', (done) =>
        cam.getSnapshotUri({ profileToken: token }, done as never),
      );
      if (typeof uri !== 'string' || uri === '') throw this.faulty('address');
      this.known = { session, url: session.reach(uri) };
      return this.known;
    } catch (error) {
      session.close();
      throw error;
    }
  }

  private async fetch({ session, url }: { session: OnvifSession; url: URL }): Promise<Uint8Array> {
    const signal = AbortSignal.any([this.signal, AbortSignal.timeout(this.timeoutMs)]);
    try {
      let response = await get(url, signal);
      if (response.status === 401) {
        const authorization = this.authorization(session, url, response.headers.get('www-authenticate') ?? '');
        await response.body?.cancel();
        response = await get(url, signal, authorization);
        if (response.status === 401) throw this.refused();
        this.access.memory.pictures.accepted();
      }
      if (response.status !== 200) {
        await response.body?.cancel();
        throw session.error('picture', `HTTP ${response.status}`);
      }
      const picture = await bounded(response);
      if (!picture) throw this.faulty('large');
      if (!(picture[0] === 0xff && picture[1] === 0xd8 && picture[2] === 0xff)) throw this.faulty(kindOf(picture));
      return picture;
    } catch (error) {
      if (this.signal.aborted || !(error instanceof TypeError || error instanceof DOMException)) throw error;
      const cause = error instanceof TypeError ? (error.cause as { code?: string } | undefined)?.code : undefined;
      throw session.error('unreachable', `snapshot: ${cause ?? error.message}`);
    }
  }

  private faulty(what: keyof typeof pictureFaults): CameraError {
    return new CameraError('picture', noPicture(this.access.name, pictureFaults[what]), what);
  }

  private refused(): CameraError {
    this.access.memory.pictures.refused(this.world.elapsed());
    return this.refusal();
  }

  private refusal(): CameraError {
    const { pictures } = this.access.memory;
    const nextAt = this.world.now() + pictures.waitMs(this.world.elapsed());
    return refusedUntil(this.access.name, this.options, pictures.refusals, nextAt);
  }

  private authorization(session: OnvifSession, url: URL, header: string): string {
    const challenges = header.split(/,\s*(?=(?:Digest|Basic)\s)/i);
    const digests = challenges.filter((c) => /^Digest\s/i.test(c));
    const { user, password = '' } = this.options;
    const { pictures } = this.access.memory;
    if (user === undefined || challenges.length === 0) throw this.refused();
    // Every wall asks for pictures, and a camera that refuses them soon locks its account.
    if (pictures.waitMs(this.world.elapsed()) > 0) throw this.refusal();
    if (digests.length > 0) return session.digest(digests, url.pathname + url.search);
    if (!/^Basic/i.test(header)) throw this.refused();
    return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  }
}

/** What came in place of a JPEG. */
function kindOf(bytes: Uint8Array): keyof typeof pictureFaults {
  if (bytes.length === 0) return 'empty';
  const head = Buffer.from(bytes.subarray(0, 64)).toString('latin1');
  if (head.startsWith('\x89PNG')) return 'PNG';
  if (head.startsWith('GIF8')) return 'GIF';
  if (head.startsWith('BM')) return 'BMP';
  return /^\s*<(!doctype|html)/i.test(head) ? 'page' : 'other';
}

function get(url: URL, signal: AbortSignal, authorization?: string): Promise<Response> {
  // A redirect would carry the log-in to wherever the camera says.
  return fetch(url, { redirect: 'manual', signal, headers: authorization === undefined ? {} : { authorization } });
}

/** The body, or undefined when it is too large. */
async function bounded(response: Response): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > PICTURE_MAX) return undefined;
  }
  return Buffer.concat(chunks);
}

function tokenOf(profile: unknown): string | undefined {
  const attributes = (profile as { $?: { token?: unknown } } | undefined)?.$;
  return attributes?.token === undefined ? undefined : String(attributes.token);
}
