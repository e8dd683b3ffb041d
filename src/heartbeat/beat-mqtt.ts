/**
 * The heartbeat as a retained message at a broker elsewhere: `online` each minute, `offline` when the gateway is not well or was
 * stopped, and the broker's last will says `offline` when the gateway dies without a word. One message at a time; nothing is kept
 * for later, because an old beat would be a lie.
 */
import { readFile } from 'node:fs/promises';
import type { MqttClient } from 'mqtt';
import type { Words } from '../core/types.ts';
import type { MqttBeatOptions } from '../site/parts/schema-heartbeat.ts';
import { type BeatFailure, beatCaUnreadable, beatFailed } from '../words/heartbeat/heartbeat-words.ts';
import { WordedError } from '../words/worded-error.ts';
import type { World } from '../world/world.ts';
import { type BeatWay, beatLimitMs } from './beat.ts';

/** The broker calls us dead after one and a half of these without a word (MQTT 3.1.1, 3.1.2.10). */
const keepAliveSec = 20;
const online = 'online';
const offline = 'offline';

/** CONNACK codes 4 and 5 of MQTT 3.1.1, and refused messages of MQTT 5, as mqtt.js gives them. */
const refusals = new Set([4, 5, 134, 135]);

function failureOf(error: unknown): { failure: BeatFailure; detail: string } {
  const { code } = error as { code?: unknown };
  if (typeof code === 'number' && refusals.has(code)) return { failure: 'login', detail: String(code) };
  if (typeof code === 'number') return { failure: 'refused', detail: String(code) };
  const said = typeof code === 'string' ? code : 'closed';
  return { failure: /CERT|SIGNED|ISSUER|ERR_(?:TLS|SSL)/.test(said) ? 'certificate' : 'unreachable', detail: said };
}

class MqttBeat implements BeatWay {
  readonly id: string;
  readonly everyMs: number;
  readonly #options: MqttBeatOptions;
  readonly #world: World;
  readonly #limitMs: number;
  readonly #clientId: string;
  #client: MqttClient | undefined;

  constructor(options: MqttBeatOptions, world: World, limitMs: number) {
    this.id = options.id;
    this.everyMs = options.everySec * 1_000;
    this.#options = options;
    this.#world = world;
    this.#limitMs = limitMs;
    // Of this run alone: with a name of its own nobody is thrown out by a twin.
    this.#clientId = `gatehouse-beat-${Math.floor(world.random() * 2 ** 32).toString(16)}`;
  }

  async beat(): Promise<Words | undefined> {
    try {
      await this.#within(this.#say(online));
      return undefined;
    } catch (error) {
      this.#drop();
      if (error instanceof WordedError) return error.why;
      const { failure, detail } = failureOf(error);
      return beatFailed(this.id, failure, detail);
    }
  }

  async hush(): Promise<void> {
    if (!this.#client) return;
    // Where that cannot be told, the connection is cut, and the will says it.
    await this.#within(this.#say(offline)).catch(() => this.#drop());
  }

  async end(): Promise<void> {
    await this.hush();
    const client = this.#client;
    this.#client = undefined;
    if (client) await this.#within(client.endAsync()).catch(() => client.end(true));
  }

  async #say(state: string): Promise<void> {
    this.#client ??= await this.#connect();
    await this.#client.publishAsync(this.#options.topic, state, { qos: 1, retain: true });
  }

  async #connect(): Promise<MqttClient> {
    const { url, user, password, ca, topic } = this.#options;
    const pem = ca === undefined ? undefined : await this.#readCa(ca);
    const { default: mqtt } = await import('mqtt');
    const client = mqtt.connect(url, {
      clientId: this.#clientId,
      protocolVersion: 4,
      keepalive: keepAliveSec,
      clean: true,
      // A lost connection is made again by the next beat: what waits in between would be sent too late.
      reconnectPeriod: 0,
      queueQoSZero: false,
      // Ours ends first, and says so.
      connectTimeout: 2 * this.#limitMs,
      ...(user !== undefined && { username: user }),
      ...(password !== undefined && { password }),
      ...(pem && { ca: pem }),
      will: { topic, payload: Buffer.from(offline), qos: 1, retain: true },
    });
    const { promise, resolve, reject } = Promise.withResolvers<MqttClient>();
    client.once('connect', () => resolve(client));
    client.on('error', reject);
    client.on('close', () => {
      reject(new Error('the connection was closed'));
      if (this.#client === client) this.#client = undefined;
      client.end(true);
    });
    // While it is being made it can be dropped as well.
    this.#client = client;
    return promise;
  }

  async #readCa(path: string): Promise<Buffer> {
    try {
      return await readFile(path);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? String(error);
      throw new WordedError(beatCaUnreadable(path, code));
    }
  }

  /** Cuts the connection without a farewell. */
  #drop(): void {
    this.#client?.end(true);
    this.#client = undefined;
  }

  async #within<T>(work: Promise<T>): Promise<T> {
    const done = new AbortController();
    const late = this.#world.sleep(this.#limitMs, done.signal).then(() => {
      throw new WordedError(beatFailed(this.id, 'silent', String(this.#limitMs / 1_000)));
    });
    late.catch(() => undefined);
    work.catch(() => undefined);
    try {
      return await Promise.race([work, late]);
    } finally {
      done.abort();
    }
  }
}

/** `limitMs` is for tests. */
export function mqttBeat(options: MqttBeatOptions, world: World, limitMs: number = beatLimitMs): BeatWay {
  return new MqttBeat(options, world, limitMs);
}
