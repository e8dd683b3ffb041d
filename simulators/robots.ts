/**
 * Simulated devices that speak MQTT over real sockets: a tension-fence host and a patrol reader, both from their profiles
 * alone. They behave as such boxes do, and misbehave on request. They must never use code of the drivers.
 */
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import fenceProfile from '../devices/fence-host-mqtt.ts';
import readerProfile from '../devices/patrol-reader-mqtt.ts';
import type { Value } from '../src/core/types.ts';
import type { Profile } from '../src/profile/profile.ts';
import { type Dress, mqttWire, payloadOf, topicOf } from './robots-payload.ts';

export interface RobotOptions {
  /** mqtt://host:port or mqtts://host:port */
  readonly url: string;
  /** Device id; also the MQTT user name. */
  readonly id: string;
  readonly password?: string;
  /** What its topics start with. Default `gatehouse/<id>`. */
  readonly topic?: string;
  /** Default the device id. */
  readonly clientId?: string;
  /** The certificate authority of the broker, PEM. */
  readonly ca?: string;
  /** How often it tells of itself. */
  readonly everyMs?: number;
  /** Its clock, ms since the epoch; `faults.clockOffsetMs` comes on top. Default the wall clock. */
  readonly now?: () => number;
  /** In [0, 1); default Math.random. */
  readonly random?: () => number;
  readonly faults?: Partial<RobotFaults>;
  /** The gateway wrote one of its points. */
  readonly written?: (point: string, value: Value) => void;
}

/** Each may be switched while the robot runs. */
export interface RobotFaults {
  /** Sends each event twice: as a new message, or marked as a repeat. */
  duplicate: 'no' | 'plain' | 'dup';
  /** Sends this in place of every payload. */
  garbage: Uint8Array | undefined;
  clockOffsetMs: number;
  /** Writes its time so, whatever its profile says. */
  dress: Dress | undefined;
  numbersAsText: boolean;
  /** Stays connected and says nothing of itself; events still go out. */
  silent: boolean;
  /** Takes writes and never confirms them. */
  deaf: boolean;
}

export interface Robot {
  readonly id: string;
  readonly faults: RobotFaults;
  readonly connected: boolean;
  /** Resolves when it is logged in and has subscribed; rejects when it was refused. */
  readonly ready: Promise<void>;
  /** Values it would tell of now. */
  readonly values: ReadonlyMap<string, Value>;
  /** A point takes a value. Everything but a gauge is told at once; resolves at the broker's acknowledgement. */
  set(point: string, value: Value, event?: { id?: string; taken?: number }): Promise<void>;
  /** Publishes raw bytes under its own prefix, or under any topic that starts with `/`. */
  publish(name: string, payload: Uint8Array | string): Promise<void>;
  /** Sends `count` events as fast as they are taken, `inFlight` unacknowledged at a time. Resolves with how many were acknowledged. */
  flood(point: string, count: number, inFlight?: number): Promise<number>;
  /** A second box with the same client id: the two push each other out. */
  twin(): Robot;
  /** Pulls the cable: no goodbye. It comes back by itself. */
  cut(): void;
  /** Says goodbye and stays away. */
  stop(): Promise<void>;
}

/** A tension-fence host; its wires hum around 250 N and are told every second. */
export function mqttFence(options: RobotOptions): Robot {
  const random = options.random ?? Math.random;
  const robot = new MqttRobot(fenceProfile, { everyMs: 1_000, ...options }, (values) => {
    for (const key of values.keys())
      if (/_wire_/.test(key)) values.set(key, Math.round(10 * (Number(values.get(key)) + random() - 0.5)) / 10);
  });
  for (const { key, keep } of fenceProfile.points) if (keep === 'gauge') robot.values.set(key, 245 + 10 * random());
  return robot;
}

/** A patrol reader; `set('card', number)` is a touch. */
export function mqttReader(options: RobotOptions): Robot {
  const robot = new MqttRobot(readerProfile, { everyMs: 20_000, ...options }, () => undefined);
  robot.values.set('battery', 96);
  robot.values.set('tamper', false);
  return robot;
}

const noFaults: RobotFaults = {
  duplicate: 'no',
  garbage: undefined,
  clockOffsetMs: 0,
  dress: undefined,
  numbersAsText: false,
  silent: false,
  deaf: false,
};

class MqttRobot implements Robot {
  readonly id: string;
  readonly faults: RobotFaults;
  readonly ready: Promise<void>;
  readonly values = new Map<string, Value>();
  readonly #profile: Profile;
  readonly #options: RobotOptions & { everyMs: number };
  readonly #prefix: string;
  readonly #client: MqttClient;
  readonly #beat: NodeJS.Timeout;
  readonly #twins: Robot[] = [];
  #events = 0;

  constructor(
    profile: Profile,
    options: RobotOptions & { everyMs: number },
    drift: (values: Map<string, Value>) => void,
  ) {
    this.id = options.id;
    this.faults = { ...noFaults, ...options.faults };
    this.#profile = profile;
    this.#options = options;
    this.#prefix = options.topic ?? `gatehouse/${options.id}`;
    this.#client = mqtt.connect(options.url, this.#connectOptions());
    this.#client.handleMessage = (packet, done) => {
      if (packet.cmd === 'publish') this.#written(packet.topic, packet.payload);
      if (!this.faults.deaf) done();
    };
    this.ready = this.#login();
    // Who does not wait for it must not be ended by a refusal; who does still gets it.
    this.ready.catch(() => undefined);
    this.#beat = setInterval(() => {
      drift(this.values);
      this.#tell();
    }, options.everyMs);
  }

  get connected(): boolean {
    return this.#client.connected;
  }

  async set(point: string, value: Value, event: { id?: string; taken?: number } = {}): Promise<void> {
    const spec = this.#profile.points.find((p) => p.key === point);
    if (!spec) throw new Error(`profile ${this.#profile.id} has no point ${point}`);
    if (spec.keep !== 'pulse') this.values.set(point, value);
    if (spec.keep === 'gauge') return;
    const topic = topicOf(this.#profile, point);
    this.#events += 1;
    const id = event.id ?? `${this.id}-${this.#now().toString(36)}-${this.#events}`;
    const body = payloadOf(topic, new Map([[point, value]]), id, event.taken ?? this.#now(), this.faults.dress);
    await this.publish(topic.name, JSON.stringify(body));
    if (this.faults.duplicate !== 'no')
      await this.#send(topic.name, JSON.stringify(body), this.faults.duplicate === 'dup');
  }

  async publish(name: string, payload: Uint8Array | string): Promise<void> {
    await this.#send(name, payload, false);
  }

  async flood(point: string, count: number, inFlight = 100): Promise<number> {
    let left = count;
    let acknowledged = 0;
    const pour = async () => {
      while (left > 0) {
        left -= 1;
        await this.set(point, left % 2 === 0);
        acknowledged += 1;
      }
    };
    await Promise.allSettled(Array.from({ length: inFlight }, pour));
    return acknowledged;
  }

  twin(): Robot {
    const twin = new MqttRobot(this.#profile, this.#options, () => undefined);
    this.#twins.push(twin);
    return twin;
  }

  cut(): void {
    this.#client.stream.destroy();
  }

  async stop(): Promise<void> {
    clearInterval(this.#beat);
    await Promise.all(this.#twins.map((twin) => twin.stop()));
    const { status } = mqttWire(this.#profile);
    if (this.#client.connected && status) await this.#say(status.name, status.offline);
    await this.#client.endAsync(true);
  }

  #connectOptions(): IClientOptions {
    const { id, password, ca, clientId } = this.#options;
    const { status } = mqttWire(this.#profile);
    return {
      protocolVersion: 4,
      clientId: clientId ?? id,
      username: id,
      keepalive: 15,
      reconnectPeriod: 500,
      reconnectOnConnackError: true,
      queueQoSZero: false,
      ...(password === undefined ? {} : { password }),
      ...(ca === undefined ? {} : { ca }),
      ...(status
        ? {
            will: {
              topic: `${this.#prefix}/${status.name}`,
              payload: Buffer.from(status.offline),
              qos: 1,
              retain: true,
            },
          }
        : {}),
    };
  }

  #login(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#client.on('error', reject);
      this.#client.on('connect', () => {
        const { status, writes } = mqttWire(this.#profile);
        const greetings: Promise<unknown>[] = [];
        if (writes) greetings.push(this.#client.subscribeAsync(`${this.#prefix}/set/#`, { qos: 1 }));
        if (status) greetings.push(this.#say(status.name, status.online));
        Promise.all(greetings).then(() => resolve(), reject);
        this.#tell();
      });
    });
  }

  /** Tells what is told again and again: every topic that is no event. */
  #tell(): void {
    if (this.faults.silent || !this.#client.connected) return;
    for (const topic of mqttWire(this.#profile).topics) {
      if (topic.id !== undefined) continue;
      const body = payloadOf(topic, this.values, '', this.#now(), this.faults.dress);
      // What a cut connection loses of these, the next beat tells anew.
      this.#send(topic.name, JSON.stringify(body), false).catch(() => undefined);
    }
  }

  async #send(name: string, payload: Uint8Array | string, dup: boolean): Promise<void> {
    const topic = name.startsWith('/') ? name.slice(1) : `${this.#prefix}/${name}`;
    const { garbage, numbersAsText } = this.faults;
    const text =
      numbersAsText && typeof payload === 'string' ? payload.replace(/([:[,])(-?\d+(?:\.\d+)?)/g, '$1"$2"') : payload;
    await this.#client.publishAsync(topic, Buffer.from(garbage ?? text), { qos: 1, dup });
  }

  async #say(name: string, word: string): Promise<void> {
    await this.#client.publishAsync(`${this.#prefix}/${name}`, word, { qos: 1, retain: true });
  }

  #written(topic: string, payload: Buffer | string): void {
    const writes = Object.entries(mqttWire(this.#profile).writes ?? {});
    const way = writes.find(([, { name }]) => topic === `${this.#prefix}/set/${name}`);
    if (!way) return;
    const [point, { field }] = way;
    const value = (JSON.parse(payload.toString()) as Record<string, Value>)[field];
    if (value === undefined) return;
    this.#options.written?.(point, value);
    // A box that cannot tell of the change now tells of it when asked next; it has nobody to complain to.
    this.set(point, value).catch(() => undefined);
  }

  #now(): number {
    return (this.#options.now ?? Date.now)() + this.faults.clockOffsetMs;
  }
}
