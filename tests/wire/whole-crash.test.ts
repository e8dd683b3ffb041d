/**
 * The promise that no event is lost, tried with `kill -9`: devices publish with QoS 1, many messages in flight, while the
 * whole gateway is killed ten times and started again on the same data. What was acknowledged is in the journal; what was
 * not is sent again by the devices and is there once.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import mqtt from 'mqtt';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../simulators/free-port.ts';
import type { Event } from '../../src/core/types.ts';
import { patiently } from '../patience.ts';
import { broker, campus, mqttFence, mqttReader, secrets, zone } from './campus.ts';
import { startGateway } from './gateway.ts';

const kills = 10;
const readers = ['reader-1', 'reader-2', 'reader-3'];
const fences = ['fence-1', 'fence-2'];

/** A device that says something as long as it may, some messages in flight, and notes what was acknowledged. */
class Sender {
  readonly acknowledged: string[] = [];
  readonly #client: mqtt.MqttClient;
  readonly #id: string;
  readonly #payload: (n: number, id: string) => object;
  readonly #each: () => void;
  #sent = 0;
  #stopped = false;
  #ended = false;

  constructor(port: number, id: string, payload: (n: number, id: string) => object, each: () => void) {
    this.#id = id;
    this.#payload = payload;
    this.#each = each;
    this.#client = mqtt.connect(`mqtt://127.0.0.1:${port}`, {
      username: id,
      password: secrets.DEVICE_PASSWORD,
      clientId: id,
      keepalive: 30,
      reconnectPeriod: 100,
    });
    this.#client.setMaxListeners(0);
    // It is refused while the gateway is away, and tries again.
    this.#client.on('error', () => undefined);
  }

  get waiting(): number {
    return this.#sent - this.acknowledged.length;
  }

  async run(topic: string, inFlight: number): Promise<void> {
    const pour = async () => {
      while (!this.#stopped) {
        const id = `${this.#id}-${++this.#sent}`;
        const body = JSON.stringify({ id, ...this.#payload(this.#sent, id) });
        if (!(await this.#deliver(`gatehouse/${this.#id}/${topic}`, body))) return;
        this.acknowledged.push(id);
        this.#each();
      }
    };
    await Promise.all(Array.from({ length: inFlight }, pour));
  }

  stop(): void {
    this.#stopped = true;
  }

  /** Until it is acknowledged: what a cut connection takes away is sent again under the same id. */
  async #deliver(topic: string, body: string): Promise<boolean> {
    while (!this.#ended) {
      try {
        await this.#client.publishAsync(topic, body, { qos: 1 });
        return true;
      } catch {
        // The next connection, or the end, decides.
        if (!this.#client.connected) await this.#turn();
      }
    }
    return false;
  }

  #turn(): Promise<void> {
    return new Promise((resolve) => {
      for (const event of ['connect', 'end'] as const) this.#client.once(event, () => resolve());
    });
  }

  async end(): Promise<void> {
    this.#ended = true;
    await this.#client.endAsync(true);
  }
}

function journal(dir: string): Event[] {
  const db = new Database(join(dir, 'journal.db'), { readonly: true });
  try {
    const lines = db.prepare<[], string>('SELECT json FROM events ORDER BY seq').pluck().all();
    return lines.map((line) => JSON.parse(line) as Event);
  } finally {
    db.close();
  }
}

function idsOf(events: readonly Event[]): string[] {
  return events.flatMap((event) => (event.kind === 'read' && event.id !== undefined ? [event.id] : []));
}

/** Keys that were raised while their alarm was open. */
function twins(events: readonly Event[]): string[] {
  const open = new Map<string, number>();
  return events.flatMap((event) => {
    if (event.kind === 'closed') for (const [key, id] of open) if (id === event.alarm) open.delete(key);
    if (event.kind !== 'raised') return [];
    const twin = open.has(event.key);
    open.set(event.key, event.seq);
    return twin ? [event.key] : [];
  });
}

const runs = [
  ['the sources', false],
  ['the build', true],
] as const;

test.each(runs)(
  '%s: killed ten times under load, every acknowledged message is kept once, no alarm is raised twice, and the chain holds',
  async (_, built) => {
    const port = await freePort();
    const yaml = campus({
      lines: [broker(port)],
      devices: [...readers.map(mqttReader), ...fences.map((id, i) => mqttFence(id, `z${i + 1}`))],
      zones: fences.map((_, i) => zone(i + 1)),
    });
    const gateway = await startGateway({ yaml, env: secrets, built });
    let wanted = Number.POSITIVE_INFINITY;
    let enough: () => void = () => undefined;
    const count = () => senders.reduce((sum, sender) => sum + sender.acknowledged.length, 0);
    const each = () => {
      if (count() >= wanted) enough();
    };
    const cards = readers.map((id) => new Sender(port, id, (n) => ({ card: `CARD${n}` }), each));
    // One at a time, on and off, so that every message of a fence says something new.
    const climbs = fences.map((id) => new Sender(port, id, (n) => ({ a: { climb: n % 2 === 1 } }), each));
    const senders = [...cards, ...climbs];
    onTestFinished(async () => {
      await Promise.all(senders.map((sender) => sender.end()));
    });
    const running = [
      ...cards.map((sender) => sender.run('scan', 40)),
      ...climbs.map((sender) => sender.run('event', 1)),
    ];
    const acknowledged = (more: number): Promise<void> => {
      const { promise, resolve } = Promise.withResolvers<void>();
      wanted = count() + more;
      enough = resolve;
      return patiently(promise, () => `stuck at ${count()} acknowledgements`);
    };

    for (let n = 0; n < kills; n++) {
      await acknowledged(150 + ((n * 37) % 100));
      await gateway.kill('SIGKILL');
      const sure = senders.flatMap((sender) => sender.acknowledged);
      expect(senders.reduce((sum, sender) => sum + sender.waiting, 0)).toBeGreaterThan(0);
      await gateway.restart();
      const kept = new Set(idsOf(journal(gateway.dir)));
      expect(sure.filter((id) => !kept.has(id))).toEqual([]);
    }
    await acknowledged(200);
    for (const sender of senders) sender.stop();
    await Promise.all(running);
    expect(await gateway.stop()).toBe(0);

    const events = journal(gateway.dir);
    const ids = idsOf(events);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
    expect(new Set(ids)).toEqual(new Set(senders.flatMap((sender) => sender.acknowledged)));
    expect(twins(events)).toEqual([]);
    const climbed = events.flatMap((event) => (event.kind === 'raised' && event.alarm === 'climb' ? [event.key] : []));
    expect(climbed.sort()).toEqual(['z1/climb', 'z2/climb']);
    expect(events.filter(({ kind }) => kind === 'started')).toHaveLength(kills + 1);
    const start = join(import.meta.dirname, '../../src/commands/start.mjs');
    const { stdout } = await promisify(execFile)(process.execPath, [start, 'verify', '--data', gateway.dir]);
    expect(stdout).toContain(`no change found in ${events.length} events`);
  },
);
