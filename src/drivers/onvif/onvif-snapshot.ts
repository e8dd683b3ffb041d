/**
 * A fresh picture from a camera: asks where it is, fetches it with the log-in the camera wants, and believes it only when
 * it is a JPEG of sane size. The password goes to the accepted host and nowhere else: foreign hosts in the address are
 * replaced, redirects are refused.
 */
import { noPicture, pictureFaults } from '../../words/camera-words.ts';
import type { World } from '../../world/world.ts';
import type { CameraChannel, OnvifOptions } from '../connection-options.ts';
import { boundedBody, jpegFault } from '../http-access/jpeg-answer.ts';
import type { CameraAccess } from './onvif-access.ts';
import { profilesOf } from './onvif-channels.ts';
import { CameraError, refusedUntil } from './onvif-error.ts';
import { mediaProfiles, snapshotAddress, suited } from './onvif-media.ts';
import type { OnvifSession } from './onvif-session.ts';

/** A profile that gives no address is passed over for the next, this often. */
const PROFILES_TRIED = 3;

export class Snapshots {
  private readonly access: CameraAccess;
  private readonly device: CameraChannel;
  private readonly options: OnvifOptions;
  private readonly world: World;
  private readonly timeoutMs: number;
  private readonly signal: AbortSignal;
  private known: { readonly session: OnvifSession; readonly url: URL } | undefined;
  private running: Promise<Uint8Array> | undefined;

  /** A log-in is kept until a picture fails. */
  constructor(access: CameraAccess, device: CameraChannel, options: OnvifOptions, world: World, signal: AbortSignal) {
    this.access = access;
    this.device = device;
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
    const session = await this.access.openInTurn();
    try {
      const uri = await this.address(session);
      this.known = { session, url: session.reach(uri) };
      return this.known;
    } catch (error) {
      session.close();
      throw error;
    }
  }

  /** The address of the still that serves best, as the camera wrote it. Some profiles of a camera may give none. */
  private async address(session: OnvifSession): Promise<string> {
    const profiles = suited(profilesOf(await mediaProfiles(session), this.device), 'still');
    let failure: unknown = this.faulty(profiles.length === 0 ? 'profile' : 'address');
    for (const { token } of profiles.slice(0, PROFILES_TRIED)) {
      try {
        const uri = await snapshotAddress(session, token);
        if (uri !== undefined) return uri;
      } catch (error) {
        if (!(error instanceof CameraError) || error.trouble !== 'fault') throw error;
        failure = error;
      }
    }
    throw failure;
  }

  private async fetch({ session, url }: { session: OnvifSession; url: URL }): Promise<Uint8Array> {
    try {
      let response = await this.get(url);
      if (response.status === 401) {
        await response.body?.cancel();
        const challenge = response.headers.get('www-authenticate') ?? '';
        response = await this.access.memory.pictures.inTurn(() => this.loggedIn(session, url, challenge));
      }
      if (response.status !== 200) {
        await response.body?.cancel();
        throw session.error('picture', `HTTP ${response.status}`);
      }
      const picture = await boundedBody(response);
      if (!picture) throw this.faulty('large');
      const fault = jpegFault(picture);
      if (fault) throw this.faulty(fault);
      return picture;
    } catch (error) {
      if (this.signal.aborted || !(error instanceof TypeError || error instanceof DOMException)) throw error;
      const cause = error instanceof TypeError ? (error.cause as { code?: string } | undefined)?.code : undefined;
      throw session.error('unreachable', `snapshot: ${cause ?? error.message}`);
    }
  }

  /** Fetches with a log-in. Of a password that is in doubt for events too, both count what becomes of it: the account is one. */
  private async loggedIn(session: OnvifSession, url: URL, challenge: string): Promise<Response> {
    const { login, pictures } = this.access.memory;
    const authorization = this.authorization(session, url, challenge);
    let response: Response;
    try {
      response = await this.get(url, authorization);
    } catch (error) {
      for (const one of [login, pictures]) one.lose(this.world.elapsed());
      throw error;
    }
    if (response.status !== 401) {
      pictures.accepted();
      return response;
    }
    await response.body?.cancel();
    pictures.spend(this.world.elapsed());
    if (login.doubted) login.spend(this.world.elapsed());
    throw this.refused();
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
    return refusedUntil(this.access.name, this.options, pictures, nextAt);
  }

  private authorization(session: OnvifSession, url: URL, header: string): string {
    const challenges = header.split(/,\s*(?=(?:Digest|Basic)\s)/i);
    const digests = challenges.filter((c) => /^Digest\s/i.test(c));
    const { user, password = '' } = this.options;
    const { login, pictures } = this.access.memory;
    if (user === undefined || challenges.length === 0) throw this.refused();
    // Every wall asks for pictures, and a camera that refuses them soon locks its account.
    const now = this.world.elapsed();
    if (pictures.waitMs(now) > 0 || (login.doubted && !login.mayOffer(now))) throw this.refusal();
    if (digests.length > 0) return session.digest(digests, url.pathname + url.search);
    if (!/^Basic/i.test(header)) throw this.refused();
    return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  }

  /** One GET at the camera's pace. What was cut before a log-in because it came too fast is asked for again. */
  private async get(url: URL, authorization?: string): Promise<Response> {
    const { pace, login } = this.access.memory;
    for (;;) {
      await pace.turn();
      const at = this.world.elapsed();
      const signal = AbortSignal.any([this.signal, AbortSignal.timeout(this.timeoutMs)]);
      try {
        // A redirect would carry the log-in to wherever the camera says.
        const headers = authorization === undefined ? {} : { authorization };
        const response = await fetch(url, { redirect: 'manual', signal, headers });
        pace.answered();
        return response;
      } catch (error) {
        const cause = error instanceof TypeError ? (error.cause as { code?: string } | undefined)?.code : undefined;
        const cut = /^(ECONNRESET|EPIPE|ECONNREFUSED|UND_ERR_SOCKET)$/.test(cause ?? '');
        if (!cut || !pace.cut(this.world.elapsed() - at, login.doubted) || authorization !== undefined) throw error;
      }
    }
  }
}
