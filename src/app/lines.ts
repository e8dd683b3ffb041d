/**
 * The lines of the gateway: which driver speaks which protocol, all lines under supervision, and the quarantine of what
 * they could not read. It hands requests of the gateway to the line that has the device; it knows no wire itself.
 */
import type { Time, Value } from '../core/types.ts';
import type { Driver } from '../drivers/line.ts';
import { modbus } from '../drivers/modbus/modbus.ts';
import { mqttBroker } from '../drivers/mqtt/mqtt-broker.ts';
import { mqttClient } from '../drivers/mqtt/mqtt-client.ts';
import { onvif } from '../drivers/onvif/onvif.ts';
import { type LineConsumer, type QuarantineItem, Supervised } from '../drivers/supervise.ts';
import type { Quarantined } from '../server/gateway-port.ts';
import type { ConfigLine } from '../site/load-site.ts';
import { noLine } from '../words/link-words.ts';
import { WordedError } from '../words/worded-error.ts';
import { untranslated } from '../words/words.ts';
import type { World } from '../world/world.ts';

/** The last things put in quarantine, over all lines. */
const quarantineMax = 500;
const headChars = 120;

const drivers: Readonly<Record<ConfigLine['protocol'], Driver<never, never>>> = {
  'modbus-tcp': modbus,
  'modbus-rtu': modbus,
  'modbus-rtu-over-tcp': modbus,
  'mqtt-broker': mqttBroker,
  'mqtt-client': mqttClient,
  onvif,
};

export class Lines {
  readonly quarantine: Quarantined[] = [];
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
    return await this.#line(camera).snapshot(camera);
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
