/**
 * Follows the journal to a broker of the school's: how zones, areas and alarms stand as retained messages, and what happens as it does,
 * each acknowledged before the next. Only what is durable is told, and while nothing can be, it says that it is gone. While the broker is away nothing is piled up: what stands is told anew
 * afterwards, and of what happened the last ten minutes, which the journal has kept. It must never hold anybody up.
 */
import { join } from 'node:path';
import type { Durable, Event, Site, State, Time, Words } from '../core/types.ts';
import { Untold } from '../core/untold.ts';
import { loadCursor, saveCursor } from '../store/cursor.ts';
import { follow } from '../store/follow.ts';
import { wordsOf } from '../words/worded-error.ts';
import type { World } from '../world/world.ts';
import { type Discovery, discoveryConfigs, discoveryFilter } from './home-assistant.ts';
import { type OutLink, type OutwardBroker, openOutLink } from './out-link.ts';
import { outwardEvent, standing, toldKinds } from './outward-facts.ts';

export interface MqttOutOptions extends OutwardBroker {
  /** Everything is told below this topic. */
  readonly topic: string;
  /** The topic Home Assistant listens below; absent where nobody does. */
  readonly discovery?: string;
  readonly language: 'zh' | 'en';
  /** What the district calls the school; every payload says it then. */
  readonly school?: string;
}

/** What is read of the gateway. */
export interface OutwardSource {
  site(): Site;
  now(): Time;
  /** The newest fact that is on disk. */
  head(): number;
  read<T>(look: (state: Durable<State>) => T): Promise<T>;
  pick(q: { after: number; upTo: number; kinds: readonly Event['kind'][] }): Promise<readonly Event[]>;
}

export interface MqttOutContext {
  readonly options: MqttOutOptions;
  readonly source: OutwardSource;
  readonly world: Pick<World, 'sleep' | 'random'>;
  /** The data folder. */
  readonly dir: string;
  readonly version: string;
}

const idleMs = 250;
/** Older news is passed over: whoever acts on it would act on the past. Ours. */
const newsMs = 10 * 60_000;
/** Numbers of the journal looked through in one step, and messages on the way at once. Ours. */
const spanMax = 10_000;
const atOnce = 20;

/** How far it has told, and whom. */
interface OutCursor {
  readonly target: string;
  readonly seq: number;
}

export class MqttOut {
  readonly #around: MqttOutContext;
  readonly #target: string;
  readonly #file: string;
  #why: Words | undefined;
  #link: OutLink | undefined;
  /** What this connection has said of each topic, as the broker keeps it. */
  #told = new Map<string, string>();
  /** What this connection has said of ourselves. */
  #status: 'online' | 'offline' | undefined;
  /** Topics the broker holds from an earlier run, until it is known whether they are still wanted. */
  #leftovers = new Set<string>();
  #standsAt: { readonly seq: number; readonly site: Site } | undefined;
  #announced: { readonly site: Site; readonly configs: ReadonlyMap<string, string> } | undefined;
  #seq: number;
  /** How far it is, as the file has it. */
  #kept: number | undefined;

  constructor(around: MqttOutContext) {
    this.#around = around;
    const { options, dir, source } = around;
    this.#target = `${options.url} ${options.topic}`;
    this.#file = join(dir, 'mqtt-out.cursor.json');
    const known = loadCursor(this.#file) as Partial<OutCursor> | null | undefined;
    const head = source.head();
    // A broker that is new to us is told from now on, and so is one that was told of another journal.
    const mine = known?.target === this.#target && Number(known.seq) <= head;
    this.#seq = mine ? Number(known.seq) : head;
    this.#kept = mine ? this.#seq : undefined;
  }

  /** Why nothing is told; undefined while all is well. */
  readonly trouble = (): Words | undefined => this.#why;

  /** Tells until the signal is aborted, and then says that it is gone. */
  async run(signal: AbortSignal): Promise<void> {
    await follow({
      ...{ world: this.#around.world, signal, idleMs },
      step: () => this.#step(),
      said: (failure) => {
        this.#why = failure === undefined ? undefined : wordsOf(failure);
      },
    });
    await this.#keep().catch(() => undefined);
    const link = this.#link;
    if (link && !link.failure()) await this.#sayStatus(link, 'offline').catch(() => undefined);
    await link?.close();
  }

  async #step(): Promise<boolean> {
    const link = await this.#stand();
    try {
      // Asked also where nothing has changed: while the journal refuses nothing does, whatever happens outside.
      await this.#around.source.read(() => undefined);
      await this.#tellStanding(link);
    } catch (error) {
      if (error instanceof Untold) await this.#sayStatus(link, 'offline');
      throw error;
    }
    await this.#sayStatus(link, 'online');
    return await this.#tellNews(link);
  }

  /** The connection, or a new one. */
  async #stand(): Promise<OutLink> {
    if (this.#link && !this.#link.failure()) return this.#link;
    await this.#link?.close();
    this.#link = undefined;
    this.#told = new Map();
    this.#status = undefined;
    this.#leftovers = new Set();
    this.#standsAt = undefined;
    const { options, world } = this.#around;
    const { topic } = options;
    const discovery = this.#discovery();
    const filters = [`${topic}/zone/+`, `${topic}/area/+`, ...(discovery ? [discoveryFilter(discovery)] : [])];
    const found = (leftover: string) => void this.#leftovers.add(leftover);
    this.#link = await openOutLink(
      options,
      { topic: `${topic}/status`, payload: 'offline' },
      { filters, found },
      world,
    );
    return this.#link;
  }

  /** A payload as it goes out. */
  #said(payload: object): string {
    const { school } = this.#around.options;
    return JSON.stringify(school === undefined ? payload : { school, ...payload });
  }

  #discovery(): Discovery | undefined {
    const { options, version } = this.#around;
    const { discovery: prefix, topic, language } = options;
    return prefix === undefined ? undefined : { prefix, topic, language, version };
  }

  /** What is announced of a site, made once for each. */
  #configs(site: Site): ReadonlyMap<string, string> {
    if (this.#announced?.site === site) return this.#announced.configs;
    const discovery = this.#discovery();
    const all = discovery ? [...discoveryConfigs(site, discovery)] : [];
    const configs = new Map(all.map(([topic, config]) => [topic, JSON.stringify(config)]));
    this.#announced = { site, configs };
    return configs;
  }

  /** Tells what stands otherwise than it was told, and takes back what the configuration has no more. */
  async #tellStanding(link: OutLink): Promise<void> {
    const { source, options } = this.#around;
    const site = source.site();
    const seq = source.head();
    if (this.#standsAt?.seq === seq && this.#standsAt.site === site && this.#leftovers.size === 0) return;
    const wanted = new Map(this.#configs(site));
    const stands = await source.read((state) => standing(site, state));
    for (const [end, payload] of stands) wanted.set(`${options.topic}/${end}`, this.#said(payload));
    const gone = [...this.#told.keys(), ...this.#leftovers].filter((topic) => !wanted.has(topic));
    const changed = [...wanted].filter(([topic, payload]) => this.#told.get(topic) !== payload);
    const all = [...new Map([...gone.map((topic) => [topic, ''] as const), ...changed])];
    for (let i = 0; i < all.length; i += atOnce)
      await Promise.all(all.slice(i, i + atOnce).map(([topic, payload]) => link.tell(topic, payload, true)));
    this.#told = wanted;
    this.#leftovers = new Set([...this.#leftovers].filter((topic) => !gone.includes(topic) && !wanted.has(topic)));
    this.#standsAt = { seq, site };
  }

  /** Tells what has happened since; true when there is more. */
  async #tellNews(link: OutLink): Promise<boolean> {
    const { source, options } = this.#around;
    const head = source.head();
    // A start goes on from where it is first known.
    if (this.#kept === undefined) await this.#keep();
    if (this.#seq >= head) return false;
    const upTo = Math.min(head, this.#seq + spanMax);
    const site = source.site();
    let told = 0;
    for (const event of await source.pick({ after: this.#seq, upTo, kinds: toldKinds })) {
      const news = source.now() - event.at > newsMs ? undefined : outwardEvent(site, event);
      if (!news) continue;
      await link.tell(`${options.topic}/event/${news.of}`, this.#said(news.payload), false);
      this.#seq = event.seq;
      told += 1;
    }
    this.#seq = upTo;
    if (told > 0) await this.#keep();
    return upTo < source.head();
  }

  async #keep(): Promise<void> {
    if (this.#kept === this.#seq) return;
    const seq = this.#seq;
    await saveCursor(this.#file, { target: this.#target, seq } satisfies OutCursor);
    this.#kept = seq;
  }

  async #sayStatus(link: OutLink, status: 'online' | 'offline'): Promise<void> {
    if (this.#status === status) return;
    await link.tell(`${this.#around.options.topic}/status`, status, true);
    this.#status = status;
  }
}
