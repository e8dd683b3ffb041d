/**
 * One log-in to one camera: clock, services, and every request there is, through the `onvif` package.
 * Everything the package sends passes one gate here, which holds three rules: a request goes only to the host a person
 * accepted, every answer has a size and a time limit, and answers that real firmware gets wrong are mended or named.
 * It must never follow an address a camera gave to another host, and never decide what an event means.
 */

import onvif, { type Cam } from 'onvif';
import type { DeviceIdentity } from '../../core/types.ts';
import type { OnvifWire } from '../../profile/profile.ts';
import type { World } from '../../world/world.ts';
import type { OnvifOptions } from '../connection-options.ts';
import { Patience } from '../http-access/login-patience.ts';
import { child, type Element } from './answer/onvif-xml.ts';
import { Credential } from './onvif-credential.ts';
import { CameraError, type CameraTrouble, cameraError, classify, isAway } from './onvif-error.ts';
import { standBetween } from './onvif-gate.ts';
import { identityIn, whoAreYou } from './onvif-identity.ts';
import type { CamInner, LoginWay, PortTrust, SoapCallback, SubscriptionAddress } from './onvif-package.ts';
import { type CameraAgent, cameraAgent } from './pace/camera-agent.ts';
import { CameraPace } from './pace/camera-pace.ts';

/** In the detail of an error: the request left, and no answer came. */
const LATE = /: no answer in|^Network timeout$/;

export class OnvifSession {
  /** The camera's clock minus ours, ms, as measured by `open`. */
  offsetMs = 0;
  /** How much of that may be the way to the camera and back, ms. */
  doubtMs = 0;
  /** What the camera said of itself at the log-in, where it was asked. */
  identity: DeviceIdentity | undefined;
  /** How long the camera may hold a pull that has nothing to say; whole seconds where possible, for plain firmware. */
  holdMs = 20_000;
  readonly cam: Cam;
  private readonly inner: CamInner;
  private readonly net: CameraAgent;
  readonly pace: CameraPace;
  private readonly accepted: URL;
  private readonly world: World;
  private readonly name: string;
  private readonly timeoutMs: number;
  private readonly trust: PortTrust;
  /** No credential may be sent: the clock is asked before the log-in, and a refusal there would count as one. */
  private blind = false;
  private readonly credential: Credential;
  /** For stills, whose log-in is another than that of calls: a camera that takes tokens only for calls may want Digest for them. */
  private readonly digestOf: CamInner['digestAuth'];
  /** The log-in was not refused where one was tried. */
  private proven = false;
  private readonly signal: AbortSignal;
  private challenges: string[] | undefined;

  /** `name` is the device's id, for sentences. Throws a CameraError when the address is no URL. */
  constructor(
    world: World,
    name: string,
    options: OnvifOptions,
    {
      auth,
      way,
      login,
      pace,
    }: {
      readonly auth: OnvifWire['auth'];
      readonly way: LoginWay;
      readonly login?: Patience;
      readonly pace?: CameraPace;
    },
    signal: AbortSignal,
    trust: PortTrust = { ports: true },
  ) {
    this.trust = trust;
    this.credential = new Credential(login ?? new Patience(), world);
    this.world = world;
    this.name = name;
    this.signal = signal;
    this.timeoutMs = options.timeoutMs ?? 5000;
    if (!URL.canParse(options.address) || !/^https?:/.test(options.address))
      throw cameraError('garbage', name, `${options.address}: no http or https address`, options.address);
    this.accepted = new URL(options.address);
    const secure = this.accepted.protocol === 'https:';
    this.pace = pace ?? new CameraPace(world);
    this.net = cameraAgent(secure, this.pace, () => world.elapsed());
    const user =
      auth === 'none' || options.user === undefined ? {} : { username: options.user, password: options.password ?? '' };
    this.cam = new onvif.Cam({
      hostname: this.accepted.hostname.replace(/^\[|\]$/g, ''),
      port: Number(this.accepted.port) || (secure ? 443 : 80),
      path: this.accepted.pathname + this.accepted.search,
      useSecure: secure,
      agent: this.net.agent,
      timeout: this.timeoutMs,
      autoconnect: false,
      useWSSecurity: auth !== 'digest' && !(auth === 'both' && way.digest),
      ...user,
    });
    this.inner = this.cam as unknown as CamInner;
    this.digestOf = this.inner.digestAuth.bind(this.cam);
    this.inner.digestAuth = (challenges, request) => {
      if (auth === 'usernametoken' || user.username === undefined || this.blind)
        throw new Error('Digest authentication is asked for and not configured');
      // Asking for it, the camera has not taken the token that may have gone before.
      this.credential.settled(true);
      if (!this.credential.offer()) throw new Error('Digest authentication has to wait');
      this.challenges = challenges;
      if (auth === 'both') {
        way.digest = true;
        this.cam.useWSSecurity = false;
      }
      return this.digestOf(challenges, request);
    };
    standBetween({
      ...{ cam: this.cam, net: this.net, pace: this.pace, auth, way, credential: this.credential },
      blind: () => this.blind,
      holdMs: () => this.holdMs,
      digestAgain: (path) => this.challenges && this.inner.digestAuth(this.challenges, { method: 'POST', path }),
      elapsed: () => world.elapsed(),
      error: (trouble, detail) => this.error(trouble, detail),
    });
  }

  /** Drops every request under way and every socket. The session is of no use afterwards. */
  close(): void {
    this.net.agent.destroy();
  }

  /** Whether the camera is there, without a log-in. Its clock is measured by the way. Rejects when nobody answers. */
  async look(): Promise<void> {
    await this.readClock();
  }

  /**
   * Tries the log-in where most cameras want one; the services they tell anybody. `profiles`: what pictures need. Rejects
   * when it is refused or nobody answers; a camera that cannot say what it is may do all else.
   */
  async prove(by: 'device' | 'profiles'): Promise<void> {
    const { cam } = this;
    try {
      if (by === 'device') this.identity = identityIn(await this.request(undefined, 'GetDeviceInformation', whoAreYou));
      else await this.call('getProfiles', (done) => cam.getProfiles(done));
    } catch (error) {
      if (!(error instanceof CameraError) || error.trouble === 'refused' || isAway(error)) throw error;
    }
    this.proven = true;
  }

  /** Reads the clock without a log-in, then the services with one. Rejects with a CameraError. */
  async open(): Promise<void> {
    await this.readClock();
    delete this.cam.uri;
    try {
      await this.call('getServices', (done) => this.cam.getServices(false, done));
    } catch (error) {
      if (!(error instanceof CameraError) || !/^(fault|full|garbage)$/.test(error.trouble)) throw error;
      // Devices older than ONVIF 2.0 have no GetServices.
      await this.call('getCapabilities', (done) => this.cam.getCapabilities(done));
    }
  }

  /**
   * Measures how far the camera's clock is off and signs with it from now on. The package measures only once and signs
   * with 1970 when the clock cannot be read, so its `timeShift` (against the process's uptime) is set here.
   */
  private async readClock(): Promise<void> {
    const sign = (offset: number): void => {
      this.offsetMs = offset;
      this.cam.timeShift = this.world.now() + offset - process.uptime() * 1000;
    };
    sign(this.offsetMs);
    this.blind = !this.proven;
    const asked = this.world.now();
    try {
      const date = await this.call<Date>('getSystemDateAndTime', (done) => this.cam.getSystemDateAndTime(done));
      const at = date?.getTime?.() ?? Number.NaN;
      // Cameras tell whole seconds: on average they are half a second further on.
      const answered = this.world.now();
      this.doubtMs = (answered - asked) / 2;
      if (Number.isFinite(at)) sign(at + 500 - (asked + answered) / 2);
    } catch (error) {
      // Some cameras hide their clock behind the log-in, and the package then throws a TypeError. The next call tells
      // whether it is the password or the whole camera; until a clock is read, ours is the best guess to sign with.
      if (!(error instanceof CameraError) || isAway(error) || error.trouble === 'untrusted') throw error;
    } finally {
      this.blind = false;
    }
  }

  /** A call of the package as a promise that always ends: answered, failed, late or aborted. */
  async call<T = unknown>(
    what: string,
    run: (done: (error: Error | null, data?: T) => void) => void,
    limitMs = this.timeoutMs,
    signal = this.signal,
  ): Promise<T> {
    const called = () => this.called(what, run, limitMs, signal);
    if (this.blind || this.cam.username === undefined) return await called();
    return await this.credential.inTurn(called);
  }

  private called<T>(
    what: string,
    run: (done: (error: Error | null, data?: T) => void) => void,
    limitMs: number,
    signal: AbortSignal,
  ): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let over = false;
      const end = (finish: () => void): void => {
        // A late word of a call that is over must not harm the next one.
        if (over) return;
        over = true;
        limit.abort();
        signal.removeEventListener('abort', stopped);
        finish();
      };
      const fail = (error: unknown): void =>
        end(() => {
          if (error instanceof CameraError && LATE.test(error.detail) && what !== 'pullMessages')
            this.pace.hung(this.world.elapsed() - this.net.sent.at, this.net.sent.reused);
          // The package leaves sockets and callbacks behind in some failures.
          if (!(error instanceof CameraError && error.trouble === 'fault')) this.net.agent.destroy();
          reject(error);
        });
      const stopped = (): void => fail(signal.reason);
      const limit = new AbortController();
      this.pace.late(limitMs, limit.signal).then(
        () => fail(this.error('unreachable', `${what}: no answer in ${limitMs} ms`)),
        () => undefined,
      );
      signal.addEventListener('abort', stopped, { once: true });
      if (signal.aborted) return stopped();
      try {
        run((error, data) => (error ? fail(this.named(error)) : end(() => resolve(data as T))));
      } catch (error) {
        fail(this.named(error as Error));
      }
    });
  }

  /**
   * A call the package has no method for, or makes too much of the answer to: `body` is the XML of the operation. Resolves
   * with the element of the answer; rejects with a CameraError.
   */
  async request(service: string | undefined, operation: string, body: string): Promise<Element> {
    const { inner } = this;
    const data = await this.call(operation, (done) =>
      inner._request(
        {
          ...(service !== undefined && { service }),
          body: `${inner._envelopeHeader()}${body}${inner._envelopeFooter()}`,
        },
        done,
      ),
    );
    const name = `${operation[0]!.toLowerCase()}${operation.slice(1)}Response`;
    const content = Array.isArray(data) ? data[0] : undefined;
    const answer = child(content, name);
    // An answer without content is a text to the package, and no element.
    if (!answer && (content as Element | undefined)?.[name] === undefined)
      throw this.error('garbage', `no ${operation}Response`);
    return answer ?? {};
  }

  /** A call the package has no method for, to the subscription manager. */
  ask(to: SubscriptionAddress, header: string, body: string, done: SoapCallback): void {
    const { inner } = this;
    inner._request(
      { url: to, body: `${inner._envelopeHeader(true)}${header}</s:Header><s:Body>${body}${inner._envelopeFooter()}` },
      done,
    );
  }

  /** Authorization for a GET, answering the challenges of a 401. */
  digest(challenges: string[], path: string): string {
    return this.digestOf(challenges, { method: 'GET', path });
  }

  /**
   * Where to go for an address a camera gave: always the accepted host. A port of that host is kept (cameras open one per
   * subscription); with any other host, or none, the accepted port is the one that is known to lead to the camera.
   */
  reach(given: string): URL {
    const target = new URL(this.accepted);
    target.hash = '';
    const url = URL.canParse(given) ? new URL(given) : undefined;
    const path = /^https?:\/\/[^/]*(\/.*)?$/s.exec(given)?.[1];
    if (path === undefined || path === '/') {
      const events = this.cam.uri?.events;
      const known = typeof events?.path === 'string' ? events.path : '/onvif/event_service';
      return new URL(known, target);
    }
    const out = new URL(path, target);
    if (url?.hostname === this.accepted.hostname && url.protocol === this.accepted.protocol && this.trust.ports)
      out.port = url.port;
    return out;
  }

  /** Nobody answers on the port the camera named: behind port forwarding only the accepted one leads to it. */
  distrustPort(url: URL): boolean {
    if (url.port === this.accepted.port || !this.trust.ports) return false;
    this.trust.ports = false;
    return true;
  }

  error(trouble: CameraTrouble, detail: string): CameraError {
    return cameraError(trouble, this.name, detail, this.accepted.host);
  }

  private named(error: Error): CameraError {
    if (error instanceof CameraError) return error;
    const { trouble, detail } = classify(error, '', undefined);
    return this.error(trouble, detail);
  }
}
