/**
 * A simulated ONVIF camera on real sockets: SOAP over HTTP or HTTPS, pull-point events, a picture that moves, WS-Discovery.
 * It stands in for the hardware in tests and in the demo, and misbehaves on request (`faults`). It speaks the events of a
 * device profile, so the same data drives it and the driver; it must never use code of the driver.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Value } from '../../src/core/types.ts';
import type { Profile } from '../../src/profile/profile.ts';
import { type AuthMode, CameraAuth, type DigestName } from './camera-auth.ts';
import type { CameraBrokerSetting } from './camera-brokers.ts';
import { answerTo } from './camera-calls.ts';
import type { CameraInformation } from './camera-device.ts';
import { type Responder, respond } from './camera-discovery.ts';
import { CameraDoor } from './camera-door.ts';
import { CameraEvents } from './camera-events.ts';
import { type CameraFaults, noFaults } from './camera-faults.ts';
import { type ChannelOptions, type MediaChannel, mediaChannels, sourceItems } from './camera-media.ts';
import { type Items, type Operation, textOf } from './camera-soap.ts';
import { CameraStills } from './camera-stills.ts';

export interface CameraOptions {
  readonly profile: Profile;
  /** Shown in the picture and told to discovery. */
  readonly name: string;
  /** Without a user, nobody has to log in. */
  readonly user?: string;
  readonly password?: string;
  /** Default `both`. */
  readonly auth?: AuthMode;
  /** Default both, MD5 first, as recent Hikvision firmware does. */
  readonly algorithms?: readonly DigestName[];
  /** Default 300 000; Hikvision allows as little as 5 000. */
  readonly windowMs?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default: a free one. */
  readonly port?: number;
  readonly tls?: { readonly key: string; readonly cert: string };
  readonly discovery?: { readonly port: number; readonly interfaces: readonly string[] };
  /** The cameras behind the address: more than one makes it a recorder. Default one, with `ordinaryStreams`. */
  readonly channels?: readonly ChannelOptions[];
  /** Default its profile's maker and model and a firmware `2.0`, and neither a serial number nor a hardware id. */
  readonly information?: CameraInformation;
  /** What addresses of videos begin with: `rtsp://127.0.0.1:8554`. Without one it has no video. */
  readonly rtsp?: string;
  readonly faults?: Partial<CameraFaults>;
  /** Ours, ms since the epoch; the camera's own adds `faults.clockOffsetMs`. Default the wall clock. */
  readonly now?: () => number;
}

export interface Camera {
  /** Address of the device service. */
  readonly url: string;
  readonly port: number;
  readonly discoveryPort: number | undefined;
  readonly faults: CameraFaults;
  readonly auth: CameraAuth;
  /** How often each operation was asked for, `snapshot` among them. */
  readonly asked: ReadonlyMap<string, number>;
  /** The same, one after the other. */
  readonly order: readonly string[];
  /** What it says of itself; another serial number is another camera in its place. */
  readonly information: CameraInformation;
  /** Brokers it was told to publish its events to, by address. */
  readonly brokers: Map<string, CameraBrokerSetting>;
  /** The profiles whose stills were asked for, one after the other. */
  readonly pictured: readonly string[];
  /** Living subscriptions. */
  readonly subscriptions: number;
  /** What came faster than it likes. */
  readonly hurried: number;
  /** A message that leaves no state behind. Topics carry their prefix: `tns1:RuleEngine/LineDetector/Crossed`. */
  emit(topic: string, source: Items, data: Items, operation?: Operation): void;
  /** A state: Changed now, Initialized for whoever subscribes later. */
  setProperty(topic: string, source: Items, data: Items): void;
  /** Somebody is where the camera looks, if it looks at a fence. */
  somebody: boolean;
  /**
   * A point of the profile takes a value; the topic and item come from the profile. A masked camera also sees black. `channel`
   * is counted from 1; without it the event names none of them.
   */
  set(point: string, value: Value, channel?: number): void;
  /** The camera of a channel is gone, or back: the recorder says so, and gives no picture of it meanwhile. */
  lose(channel: number, lost: boolean): void;
  /** A whole NotificationMessage, as it is. */
  emitRaw(xml: string): void;
  /** Forgets every subscription, as after a reboot. */
  forget(): void;
  /** Refuses connections (true) or listens again on the same port (false). */
  refuse(refused: boolean): Promise<void>;
  /** Resolves when the operation has been asked for `times` times; rejects after `withinMs` (default four minutes). */
  heard(operation: string, times?: number, withinMs?: number): Promise<void>;
  stop(): Promise<void>;
}

/** Requests whose order is remembered. */
const ORDER_MAX = 1000;

class SimulatedCamera implements Camera {
  readonly faults: CameraFaults;
  readonly auth: CameraAuth;
  readonly asked = new Map<string, number>();
  readonly brokers = new Map<string, CameraBrokerSetting>();
  readonly order: string[] = [];
  private readonly options: CameraOptions;
  private readonly door: CameraDoor;
  private readonly events: CameraEvents;
  readonly information: CameraInformation;
  private readonly channels: readonly MediaChannel[];
  private readonly watchers = new Set<() => void>();
  private responder: Responder | undefined;
  private readonly stills: CameraStills;

  constructor(options: CameraOptions) {
    this.options = options;
    const { vendor, model } = options.profile;
    const own = { manufacturer: vendor, model, firmware: '2.0' };
    this.information = { ...(options.information ?? own) };
    this.channels = mediaChannels(options.name, options.channels ?? [{}]);
    this.faults = { ...noFaults(), ...options.faults };
    this.events = new CameraEvents(this.faults, this.clock);
    this.auth = new CameraAuth({
      user: options.user ?? '',
      password: options.password ?? '',
      mode: options.user === undefined ? 'none' : (options.auth ?? 'both'),
      algorithms: options.algorithms ?? ['MD5', 'SHA-256'],
      windowMs: options.windowMs ?? 300_000,
      clock: this.clock,
    });
    const open = options.user === undefined;
    this.stills = new CameraStills(
      this.channels,
      { faults: this.faults, auth: this.auth, open },
      () => (options.now ?? Date.now)(),
      (...answer) => this.door.send(...answer),
    );
    this.door = new CameraDoor({
      host: options.host ?? '127.0.0.1',
      tls: options.tls,
      faults: this.faults,
      heard: (operation) => this.note(operation),
      answer: async (operation, req, res, body) =>
        operation === 'snapshot' ? this.stills.serve(req, res) : this.serveCall(operation, req, res, body),
    });
  }

  get pictured(): readonly string[] {
    return this.stills.pictured;
  }
  get somebody(): boolean {
    return this.stills.somebody;
  }
  set somebody(there: boolean) {
    this.stills.somebody = there;
  }

  private readonly clock = (): number => (this.options.now ?? Date.now)() + this.faults.clockOffsetMs;
  private readonly origin = (): string =>
    `${this.options.tls ? 'https' : 'http'}://${this.options.host ?? '127.0.0.1'}:${this.port}`;

  get url(): string {
    return `${this.origin()}/onvif/device_service`;
  }
  get port(): number {
    return this.door.port;
  }
  get discoveryPort(): number | undefined {
    return this.responder?.port;
  }
  get subscriptions(): number {
    return this.events.size;
  }
  get hurried(): number {
    return this.door.haste.cut;
  }

  async start(): Promise<this> {
    await this.door.listen(this.options.port ?? 0);
    const { discovery, name, profile } = this.options;
    if (discovery)
      this.responder = await respond({
        ...discovery,
        urn: `urn:uuid:00000000-0000-4000-8000-${this.port.toString(16).padStart(12, '0')}`,
        name,
        hardware: profile.id,
        xaddr: this.url,
        faults: this.faults,
      });
    return this;
  }

  emit(topic: string, source: Items, data: Items, operation: Operation = 'Changed'): void {
    this.events.emit(topic, source, data, operation);
  }
  setProperty(topic: string, source: Items, data: Items): void {
    this.events.setProperty(topic, source, data);
  }
  emitRaw(xml: string): void {
    this.events.post(xml);
  }
  forget(): void {
    this.events.forget();
  }

  set(point: string, value: Value, channel?: number): void {
    const { wire } = this.options.profile;
    const event = wire.protocol === 'onvif' ? wire.events.find((e) => e.point === point) : undefined;
    if (!event) throw new Error(`profile ${this.options.profile.id} has no topic for ${point}`);
    if (point === 'masked') this.stills.masked[value === true ? 'add' : 'delete'](channel ?? 1);
    const at = this.channels.find(({ number }) => number === channel);
    const from = at ? sourceItems(at, this.faults.naming) : { Source: '000' };
    const source = event.only ? { ...(at && from), [event.only.item]: event.only.is } : from;
    if (event.item === undefined) this.emit(`tns1:${event.topic}`, source, { ObjectId: '0' });
    else this.setProperty(`tns1:${event.topic}`, source, { [event.item]: String(value) });
  }

  lose(channel: number, lost: boolean): void {
    this.stills.lost[lost ? 'add' : 'delete'](channel);
    this.set('video_lost', lost, channel);
  }

  async refuse(refused: boolean): Promise<void> {
    if (refused) await this.door.close();
    else await this.door.listen(this.port);
  }

  heard(operation: string, times = 1, withinMs = 240_000): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        if ((this.asked.get(operation) ?? 0) < times) return;
        clearTimeout(limit);
        this.watchers.delete(look);
        resolve();
      };
      const limit = setTimeout(() => {
        this.watchers.delete(look);
        reject(new Error(`${operation} was asked for ${this.asked.get(operation) ?? 0} times, not ${times}`));
      }, withinMs);
      this.watchers.add(look);
      look();
    });
  }

  async stop(): Promise<void> {
    await this.responder?.stop();
    this.events.forget();
    await this.door.close();
  }

  private note(operation: string): void {
    this.asked.set(operation, (this.asked.get(operation) ?? 0) + 1);
    this.order.push(operation);
    if (this.order.length > ORDER_MAX) this.order.shift();
    for (const look of [...this.watchers]) look();
  }

  private async serveCall(
    operation: string | undefined,
    req: IncomingMessage,
    res: ServerResponse,
    body: string,
  ): Promise<void> {
    const { faults } = this;
    const free =
      (operation === 'GetSystemDateAndTime' && !faults.clockNeedsAuth) || faults.open.includes(operation ?? '');
    const before = this.auth.refused;
    const disliked = faults.tokenRefused && textOf(body, 'Username') !== undefined;
    const allowed =
      (free || !disliked) &&
      !faults.forbidden.includes(operation ?? '') &&
      (free || this.auth.soap('POST', req.url ?? '', req.headers.authorization, body, faults.nonceOnce));
    if (faults.refusesMute && this.auth.refused > before) return;
    if (!allowed) {
      const mode = disliked ? 'usernametoken' : (this.options.auth ?? 'both');
      if (mode !== 'usernametoken') res.setHeader('WWW-Authenticate', this.auth.challenges());
      const { xml } = await answerTo(undefined, this.context(req, body, new AbortController().signal));
      const refused = xml
        .replace('ter:ActionNotSupported', 'ter:NotAuthorized')
        .replace(/<s:Text[^>]*>[^<]*/, '<s:Text xml:lang="en">Sender not Authorized');
      return this.door.send(res, mode === 'usernametoken' ? 400 : 401, 'application/soap+xml', refused);
    }
    const gone = new AbortController();
    res.on('close', () => gone.abort());
    const raw = operation === undefined ? undefined : faults.answers[operation];
    // A recorded answer to Create still makes a subscription; one to a pull must not use up messages.
    const made = raw === undefined || operation === 'CreatePullPointSubscription';
    const right = made ? await answerTo(operation, this.context(req, body, gone.signal)) : undefined;
    const answer = raw === undefined ? right! : { xml: raw };
    this.door.send(res, answer.fault ? faults.faultStatus : 200, 'application/soap+xml; charset=utf-8', answer.xml);
  }

  private context(req: IncomingMessage, body: string, gone: AbortSignal): Parameters<typeof answerTo>[1] {
    const { events, faults, clock, origin, channels } = this;
    return {
      events,
      channels,
      rtsp: this.options.rtsp,
      faults,
      clock,
      origin,
      information: this.information,
      brokers: this.brokers,
      setClock: (at) => {
        faults.clockOffsetMs = at - (this.options.now ?? Date.now)();
      },
      path: req.url ?? '',
      body,
      gone,
    };
  }
}

/** Starts a camera. Rejects when its port is taken. */
export async function onvifCamera(options: CameraOptions): Promise<Camera> {
  return new SimulatedCamera(options).start();
}
