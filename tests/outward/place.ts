/**
 * A gateway as far as the outward follower sees one: State folded from facts that are kept at once, a site that may change, and a
 * clock that is set. And a Home Assistant's view of a broker: what it keeps, and what goes by.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt from 'mqtt';
import { onTestFinished } from 'vitest';
import { evolve } from '../../src/core/evolve.ts';
import { emptyState } from '../../src/core/state.ts';
import type { Durable, Event, Fact, Site, State, Words } from '../../src/core/types.ts';
import { Untold } from '../../src/core/untold.ts';
import { MqttOut, type MqttOutOptions } from '../../src/outward/mqtt-out.ts';
import { realWorld, type World } from '../../src/world/world.ts';
import { monday, school } from '../core/school.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const both = (zh: string, en: string) => ({ zh, en });

/** The small school, with an area. */
export const yard: Site = {
  ...school,
  name: both('试验小学', 'Test School'),
  areas: { yard: { id: 'yard', title: both('校园', 'Yard'), zones: ['z1', 'z2'], stay: [], entryMs: 0, exitMs: 0 } },
};

export const climb: Fact = {
  ...{ kind: 'raised', key: 'z1/climb', alarm: 'climb', priority: 1, device: 'fence', cause: 'c', active: true },
  zone: 'z1',
};
/** Somebody is being forced to disarm. */
export const forced: Fact = {
  ...{ kind: 'raised', key: 'console/duress', alarm: 'duress', priority: 1, device: 'console', cause: 'd' },
  ...{ active: false, covert: true, zone: 'z1' },
};

export class Place {
  readonly #state: State = emptyState();
  readonly #events: Event[] = [];
  site = yard;
  now = monday + 22 * 3_600_000;
  /** Why the journal refuses; undefined while it does not. */
  refused: Words | undefined;

  /** Facts that are on disk from now on. */
  keep(...facts: readonly Fact[]): void {
    for (const fact of facts) {
      const event: Event = { ...fact, seq: this.#events.length + 1, at: this.now };
      evolve(this.#state, event);
      this.#events.push(event);
    }
  }

  get source() {
    return {
      site: () => this.site,
      now: () => this.now,
      head: () => this.#events.length,
      read: async <T>(look: (state: Durable<State>) => T) => {
        if (this.refused) throw new Untold(this.refused);
        return look(this.#state as unknown as Durable<State>);
      },
      pick: async ({ after, upTo, kinds }: { after: number; upTo: number; kinds: readonly Event['kind'][] }) =>
        this.#events.filter(({ seq, kind }) => seq > after && seq <= upTo && kinds.includes(kind)),
    };
  }
}

/** A folder that is there while the test runs. */
export async function folderOf(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'gatehouse-outward-'));
  onTestFinished(async () => await rm(dir, { recursive: true, force: true }));
  return dir;
}

/** A follower that runs. `stop` lets it say that it is gone. */
export async function follower(
  place: Place,
  url: string,
  { dir, options = {}, world = {} }: { dir?: string; options?: Partial<MqttOutOptions>; world?: Partial<World> } = {},
) {
  const out = new MqttOut({
    options: {
      ...{ url, clientId: 'gatehouse-out', topic: 'school-1', discovery: 'homeassistant', language: 'zh' },
      ...options,
    },
    ...{ source: place.source, world: { ...realWorld(quiet), ...world }, version: '1.2.3' },
    dir: dir ?? (await folderOf()),
  });
  const over = new AbortController();
  const ran = out.run(over.signal);
  const stop = async () => {
    over.abort();
    await ran;
  };
  onTestFinished(stop);
  return { out, stop };
}

/** Listens to all of a broker: the last word kept on each topic, and what went by. */
export async function onlooker(url: string) {
  const kept = new Map<string, string>();
  const passed: { topic: string; payload: string }[] = [];
  const client = mqtt.connect(url, { clientId: `looker-${Math.random().toString(16).slice(2)}` });
  client.on('message', (topic, payload) => {
    const text = payload.toString();
    if (topic.startsWith('school-1/event/')) passed.push({ topic, payload: text });
    else if (text === '') kept.delete(topic);
    else kept.set(topic, text);
  });
  await new Promise<void>((resolve) => client.once('connect', () => resolve()));
  await client.subscribeAsync('#', { qos: 1 });
  onTestFinished(async () => await client.endAsync(true));
  const json = (topic: string): unknown => JSON.parse(kept.get(topic) ?? 'null');
  return { kept, passed, client, json };
}
