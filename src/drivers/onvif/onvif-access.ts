/**
 * The way into one camera: every log-in of its line passes here, so that a refused password is tried with patience whoever
 * asks, and what was learned of the camera outlives one run of the driver. It must never subscribe, nor fetch a picture.
 */
import type { OnvifWire } from '../../profile/profile.ts';
import type { CameraChannel, OnvifOptions } from '../connection-options.ts';
import { Patience } from '../http-access/login-patience.ts';
import type { Line } from '../line.ts';
import type { CameraDevices } from './onvif-devices.ts';
import { CameraError, isOff, refusedUntil } from './onvif-error.ts';
import type { LoginWay, PortTrust } from './onvif-package.ts';
import { OnvifSession } from './onvif-session.ts';
import type { Subscription } from './onvif-subscription.ts';
import { CameraPace } from './pace/camera-pace.ts';

/** While a log-in has to wait, a camera that is lost meanwhile is found out this often. */
const LOOK_MS = 5_000;

/** What one run of the driver leaves for the next. */
export interface CameraMemory {
  readonly login: Patience;
  /** Of the log-in at the address of pictures, which is often another. */
  readonly pictures: Patience;
  readonly way: LoginWay;
  /** How fast the camera may be asked, whoever asks. */
  readonly pace: CameraPace;
  /** The last subscription was refused although the log-in before it was not: log in with more than the least. */
  eventsRefused: boolean;
  /** The camera has told events. */
  told: boolean;
  /** It told how things stand at the start of a subscription, so it should do so again. */
  tellsStates: boolean;
  /** It answered and said nothing for too long: it is believed again when it speaks. */
  mute: boolean;
  /** It ends every subscription when one is ended. */
  endsAll: boolean;
  /** The last subscription, and when it last gave a good pull, monotonic. */
  left: { readonly sub: Subscription; readonly at: number } | undefined;
}

export const newMemory = (clock: ConstructorParameters<typeof CameraPace>[0]): CameraMemory => ({
  login: new Patience(),
  pictures: new Patience(),
  way: { digest: false },
  pace: new CameraPace(clock),
  eventsRefused: false,
  told: false,
  tellsStates: false,
  mute: false,
  endsAll: false,
  left: undefined,
});

export class CameraAccess {
  readonly memory: CameraMemory;
  private readonly line: Line<OnvifOptions, CameraChannel>;
  private readonly devices: CameraDevices;
  /** The camera's id, for sentences; the line's where it has several. */
  readonly name: string;
  private readonly auth: OnvifWire['auth'];
  private readonly trust: PortTrust = { ports: true };
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    line: Line<OnvifOptions, CameraChannel>,
    devices: CameraDevices,
    auth: OnvifWire['auth'],
    memory: CameraMemory,
  ) {
    this.line = line;
    this.devices = devices;
    this.name = devices.name;
    this.auth = auth;
    this.memory = memory;
  }

  /**
   * Logs in for pictures or a video: one at a time, for each channel of a recorder has its own, and many at once look like an
   * attack. Otherwise as `open`.
   */
  openInTurn(): Promise<OnvifSession> {
    const next = this.last.then(() => this.open());
    this.last = next.catch(() => undefined);
    return next;
  }

  /**
   * Logs in, with a fresh measure of the camera's clock. Rejects with a CameraError; at once while no try may be made. Events
   * wait for no picture, so they log in here.
   */
  async open(): Promise<OnvifSession> {
    if (this.memory.login.waitMs(this.line.world.elapsed()) > 0) throw this.refusal();
    const session = this.session();
    try {
      await session.open();
      await session.prove(this.memory.eventsRefused ? 'profiles' : 'device');
      return session;
    } catch (error) {
      session.close();
      throw this.noted(error);
    }
  }

  /** The camera took the log-in for something that surely wants one. */
  accepted(): void {
    this.memory.login.accepted();
    this.line.trouble(this.name, undefined);
  }

  /** Counts a refusal and says when the next try is; other errors are what they are. */
  noted(error: unknown): unknown {
    if (!(error instanceof CameraError)) return error;
    const { login } = this.memory;
    const now = this.line.world.elapsed();
    if (isOff(error)) login.away(now);
    if (error.trouble !== 'refused') return error;
    login.refused(now);
    const refusal = this.refusal();
    this.line.trouble(this.name, refusal.why);
    return refusal;
  }

  /**
   * Returns when the next try may be made. Until then the camera is asked for its clock, which needs no log-in, and when it
   * is lost this throws: a dead cable is not a wrong password, and must not wait as long.
   */
  async patience(): Promise<void> {
    const { world, signal } = this.line;
    const { login } = this.memory;
    for (let waitMs = login.waitMs(world.elapsed()); waitMs > 0; waitMs = login.waitMs(world.elapsed())) {
      const refusal = this.refusal();
      this.line.trouble(this.name, refusal.why);
      this.devices.link(false, refusal.why);
      await world.sleep(Math.min(waitMs, LOOK_MS), signal);
      const session = this.session();
      try {
        await session.look();
      } catch (error) {
        throw this.noted(error);
      } finally {
        session.close();
      }
    }
  }

  private session(): OnvifSession {
    const { world, options, signal } = this.line;
    const auth = this.auth ?? 'both';
    return new OnvifSession(
      world,
      this.name,
      options,
      { auth, way: this.memory.way, login: this.memory.login, pace: this.memory.pace },
      signal,
      this.trust,
    );
  }

  private refusal(): CameraError {
    const { world, options } = this.line;
    const { login } = this.memory;
    const nextAt = world.now() + login.waitMs(world.elapsed());
    return refusedUntil(this.name, options, login, nextAt);
  }
}
