/**
 * The lines of the gateway: which driver speaks which protocol, all lines under supervision, and the quarantine of what
 * they could not read. It hands requests of the gateway to the line that has the device; it knows no wire itself.
 */
import type { Time, Value } from '../core/types.ts';
import type { Driver, StreamUse, VideoStream } from '../drivers/line.ts';
import { type LineConsumer, type QuarantineItem, Supervised } from '../drivers/supervise.ts';
import type { Means } from '../perform/perform.ts';
import type { Quarantined } from '../server/gateway-port.ts';
import type { ConfigLine } from '../site/load-site.ts';
import { noLine } from '../words/link-words.ts';
import { WordedError } from '../words/worded-error.ts';
import { untranslated } from '../words/words.ts';
import type { World } from '../world/world.ts';
import { RecentStills } from './record/recent-stills.ts';

/** The last things put in quarantine, over all lines. */
const quarantineMax = 500;
const headChars = 120;

const modbus: Driver<never, never> = async (line) => (await import('../drivers/modbus/modbus.ts')).modbus(line);
/** Each is loaded with the first line that speaks it: a school without cameras holds none of their libraries. */
const drivers: Readonly<Record<ConfigLine['protocol'], Driver<never, never>>> = {
  'modbus-tcp': modbus,
  'modbus-rtu': modbus,
  'modbus-rtu-over-tcp': modbus,
  'mqtt-broker': async (line) => (await import('../drivers/mqtt/mqtt-broker.ts')).mqttBroker(line),
  'mqtt-client': async (line) => (await import('../drivers/mqtt/mqtt-client.ts')).mqttClient(line),
  onvif: async (line) => (await import('../drivers/onvif/onvif.ts')).onvif(line),
  'http-stream': async (line) => (await import('../drivers/http/http-stream.ts')).httpStream(line),
  'http-push': async (line) => (await import('../drivers/http/http-push.ts')).httpPush(line),
};
/** Whether a line can fetch a still when the gateway wants one. */
const fetchesStills: Readonly<Record<ConfigLine['protocol'], boolean>> = {
  ...{ 'modbus-tcp': false, 'modbus-rtu': false, 'modbus-rtu-over-tcp': false, 'mqtt-broker': false },
  ...{ 'mqtt-client': false, onvif: true, 'http-stream': true, 'http-push': false },
};

export class Lines {
  readonly quarantine: Quarantined[] = [];
  /** The last stills of each camera, whoever asked for them. */
  readonly stills = new RecentStills();
  readonly #world: World;
  readonly #running = new Map<string, Supervised>();
  /** Line of each device. */
  readonly #of = new Map<string, Supervised>();

  constructor(world: World) {
    this.#world = world;
  }

  get all(): readonly Supervised[] {
    return [...this.#running.values()];
  }

  start(lines: readonly ConfigLine[], sink: LineConsumer): void {
    for (const spec of lines) {
      // The protocol chose the driver, and the schema made the options fit the protocol.
      const driver = drivers[spec.protocol] as Driver<unknown, unknown>;
      const line = new Supervised(spec, driver, sink, this.#world);
      this.#running.set(spec.id, line);
      for (const { id } of spec.devices) this.#of.set(id, line);
    }
  }

  /** Stops these lines; all of them when none are named. */
  async stop(ids: readonly string[] = [...this.#running.keys()]): Promise<void> {
    await Promise.all(
      ids.map(async (id) => {
        const line = this.#running.get(id);
        await line?.stop();
        this.#running.delete(id);
        for (const device of line?.spec.devices ?? []) this.#of.delete(device.id);
      }),
    );
  }

  /** Writes a point of a device. Rejects with a sentence for the operator. */
  async write(device: string, point: string, value: Value): Promise<void> {
    await this.#line(device).write(device, point, value);
  }

  /** A fresh JPEG of a camera. Rejects with a sentence for the operator. */
  async snapshot(camera: string): Promise<Uint8Array> {
    const jpeg = await this.#line(camera).snapshot(camera);
    this.stills.note(camera, this.#world.now(), jpeg);
    return jpeg;
  }

  /** Whether the line of a camera can fetch a still at all, whether or not it is up. */
  givesStills(camera: string): boolean {
    const line = this.#of.get(camera);
    return line === undefined || fetchesStills[line.spec.protocol as ConfigLine['protocol']];
  }

  /** What duties are carried out with over lines. */
  means(): Pick<Means, 'write' | 'snapshot' | 'earlier'> {
    const { stills } = this;
    return {
      write: this.write.bind(this),
      snapshot: this.snapshot.bind(this),
      earlier: stills.nearest.bind(stills),
    };
  }

  /** Where the video of a camera is, as the camera says. Rejects with a sentence for the operator. */
  async stream(camera: string, use: StreamUse): Promise<VideoStream> {
    return await this.#line(camera).stream(camera, use);
  }

  /** Puts something unreadable where a person can read its beginning. */
  putInQuarantine({ line, reason, what }: QuarantineItem, at: Time): void {
    const text = typeof what.payload === 'string' ? what.payload : Buffer.from(what.payload ?? []).toString('latin1');
    const head = JSON.stringify(text.slice(0, headChars)).slice(1, -1);
    this.quarantine.unshift({
      at,
      line,
      reason,
      why: typeof what.why === 'string' ? untranslated(what.why) : what.why,
      head,
      ...(what.device !== undefined && { device: what.device }),
      ...(what.topic !== undefined && { topic: what.topic.slice(0, headChars) }),
    });
    this.quarantine.length = Math.min(this.quarantine.length, quarantineMax);
  }

  #line(device: string): Supervised {
    const line = this.#of.get(device);
    if (!line) throw new WordedError(noLine(device));
    return line;
  }
}
