/**
 * One life of the gateway's process: the real gateway, supervisor and performer, put together as in the application, between
 * simulated stores and wires. It ends by stopping or by dying; of a dead one nothing goes on and nothing is told.
 */
import type { Chance } from '../../simulators/virtual/chance.ts';
import { Gateway } from '../app/gateway.ts';
import { missing } from '../app/ledger.ts';
import { Troubles } from '../app/troubles.ts';
import type { DoorFact, Durable, Duty, ReadOnly, State, User, Words } from '../core/types.ts';
import { Untold } from '../core/untold.ts';
import { type QuarantineItem, Supervised } from '../drivers/supervise.ts';
import { type Means, perform } from '../perform/perform.ts';
import type { Config, ConfigLine } from '../site/load-site.ts';
import { notJoined } from '../words/bureau/order-words.ts';
import { noLine } from '../words/link-words.ts';
import { canaryNoLine } from '../words/reach/canary-words.ts';
import { gapWords } from '../words/store-words.ts';
import { noClip } from '../words/video/clip-words.ts';
import { WordedError, wordsOf } from '../words/worded-error.ts';
import type { World } from '../world/world.ts';
import type { Observation } from './observed.ts';
import type { SimulatedChannels } from './sim-channels.ts';
import type { Disk } from './sim-disk.ts';
import { driverOf, type Wires } from './sim-drivers.ts';
import { beginFollowing } from './sim-follower.ts';
import type { SimulatedInflux } from './sim-influx.ts';
import { Screen, written } from './sim-screen.ts';
import type { SimSeries } from './sim-series.ts';
import { type VirtualTime, worldOf } from './virtual-time.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
/** Screen and gateway are compared whole once in so many batches; each time would cost more than the night. */
const compareEvery = 50;

export interface LifeParts {
  readonly n: number;
  readonly config: Config;
  readonly time: VirtualTime;
  readonly disk: Disk;
  readonly shelf: SimSeries;
  readonly wires: Wires;
  readonly influx: SimulatedInflux;
  readonly channels: SimulatedChannels;
  readonly chance: Chance;
  see(sight: Observation): void;
  /** The fold of what lies on the disk. */
  kept(): State;
}

export class ProcessRun {
  alive = true;
  readonly screen = new Screen();
  readonly world: World;
  readonly gateway: Gateway;
  readonly #parts: LifeParts;
  readonly #journal;
  readonly #troubles: Troubles;
  readonly #lines = new Map<string, Supervised>();
  readonly #offered = new Map<string, number>();
  #batches = 0;
  #stopFollowing: () => Promise<void> = async () => undefined;

  constructor(parts: LifeParts) {
    const { time, disk, shelf, config, chance, see } = parts;
    this.#parts = parts;
    this.world = worldOf(time, chance.random, this, quiet);
    this.#troubles = new Troubles(this.world);
    this.#journal = disk.open(this);
    this.gateway = new Gateway(config.site, {
      journal: this.#journal,
      series: shelf.open(this),
      world: this.world,
      trouble: this.#trouble,
      perform: (duty) => this.#perform(duty),
    });
    void this.gateway.broken.then((why) => {
      if (this.alive) see({ what: 'life', life: parts.n, is: 'broken', why: String(why) });
    });
  }

  /** Replays, and then listens to the lines. */
  async start(): Promise<void> {
    const { n, config, see } = this.#parts;
    await this.gateway.start('simulation', config.hash);
    see({ what: 'life', life: n, is: 'begun' });
    this.gateway.listen({ batch: (batch) => this.#batch(batch), site: () => undefined });
    for (const line of config.lines) this.#open(line);
    this.#follow();
  }

  /** The process is gone in the middle of whatever it did. */
  die(): void {
    this.alive = false;
    this.screen.lose();
    this.#parts.wires.school.hangUp();
  }

  /** Ends in order, as on SIGTERM. */
  async stop(): Promise<void> {
    await Promise.all([...this.#lines.values()].map((line) => line.stop()));
    await this.gateway.stop();
    await this.#stopFollowing();
    this.account();
    this.alive = false;
    this.#parts.see({ what: 'life', life: this.#parts.n, is: 'stopped' });
  }

  /** Closes the accounts of each line; to be called when nothing is under way. */
  account(): void {
    for (const [line, ledger] of this.gateway.ledgers) {
      const offered = this.#offered.get(line) ?? 0;
      this.#parts.see({ what: 'accounts', line, missing: missing(ledger), received: ledger.received, offered });
    }
  }

  /** A page says what it has painted; without room for it now it says the same again soon. */
  painted(by: User, page: 'wall' | 'console', alarms: readonly number[]): void {
    this.gateway.offer({ kind: 'displayed', by, page, alarms }).catch(() => undefined);
  }

  /** Something happened at the door; without room for it now it is told again. */
  door(fact: DoorFact): void {
    this.gateway.offer({ kind: 'door', fact }).catch(() => undefined);
  }

  readonly #trouble: Troubles['set'] = (part, why) => {
    const before = this.#troubles.all().find((one) => one.part === part)?.why;
    this.#troubles.set(part, why);
    if (before?.en !== why?.en) this.#parts.see({ what: 'trouble', part, why });
  };

  /** With chance of its own, so that how InfluxDB fares can change nothing else. */
  #follow(): void {
    const { time, disk, shelf, influx, chance, see } = this.#parts;
    this.#stopFollowing = beginFollowing({
      process: this,
      world: worldOf(time, chance.for('follower').random, this, quiet),
      disk,
      shelf,
      influx,
      refused: (refused) => see({ what: 'refused', count: refused.reduce((sum, { count }) => sum + count, 0) }),
      lacks: (gap) => this.#trouble('journal-gap', gapWords(gap)),
      said: (failure) => this.#trouble('influx', whyOf(failure)),
    });
  }

  #open(spec: ConfigLine): void {
    const { wires } = this.#parts;
    const sink = {
      offer: (input: Parameters<Gateway['offer']>[0], line: string) => {
        const size = input.kind === 'reading' ? input.values.length : 1;
        this.#offered.set(line, (this.#offered.get(line) ?? 0) + size);
        return this.gateway.offer(input, line);
      },
      drop: ({ line, reason }: Pick<QuarantineItem, 'line' | 'reason'>) => {
        this.#offered.set(line, (this.#offered.get(line) ?? 0) + 1);
        this.gateway.drop(line, reason);
      },
      // Nothing that is simulated sends pictures of its own.
      picture: () => undefined,
      trouble: this.#trouble,
      forget: (part: string) => this.#trouble(part, undefined),
    };
    this.#lines.set(spec.id, new Supervised(spec, driverOf(spec.protocol, wires), sink, this.world));
  }

  #batch(batch: { after: number; seq: number; events: Parameters<Screen['fold']>[0]['events'] }): void {
    const { n, see } = this.#parts;
    see({ what: 'told', life: n, ...batch });
    if (!this.screen.fold(batch)) this.#look((state) => this.screen.take(state));
    this.#batches += 1;
    if (this.#batches % compareEvery === 1) this.compare();
  }

  /** Holds what the screen shows, and what the journal folds to, against what the gateway holds, when they are as far. */
  compare(): void {
    this.#look((state) => this.#compareWith(state));
  }

  /** When the gateway cannot tell now there is nothing to compare, and the screen waits for the next batch. */
  #look(look: (state: Durable<State>) => void): void {
    this.gateway.read(look).catch((error) => {
      if (!(error instanceof Untold)) throw error;
    });
  }

  #compareWith(state: Durable<State>): void {
    const { see, kept } = this.#parts;
    const shown = this.screen.state;
    if (shown?.seq === state.seq)
      see({ what: 'compared', with: 'screen', differs: difference(written(shown), written(state)) });
    const folded = kept();
    if (folded.seq !== state.seq) return;
    const differs = difference(written(folded), written(state)) ?? difference(remembered(folded), remembered(state));
    see({ what: 'compared', with: 'replay', differs });
  }

  #perform(duty: Duty): ReturnType<typeof perform> {
    const { see } = this.#parts;
    see({ what: 'undertaken', duty });
    return perform(duty, this.#means).then((outcome) => {
      const { ok, why, untaken } = outcome;
      if (this.alive)
        see({ what: 'outcome', duty, ok, ...(why !== undefined && { why }), ...(untaken && { untaken }) });
      return outcome;
    });
  }

  get #means(): Means {
    const lineOf = (device: string) => {
      const line = this.#lines.get(this.gateway.site.devices[device]?.line ?? '');
      if (!line) throw new WordedError(noLine(device));
      return line;
    };
    return {
      world: this.world,
      write: async (device, point, value) => await lineOf(device).write(device, point, value),
      snapshot: async (camera) => await lineOf(camera).snapshot(camera),
      // A camera of the simulation gives no picture of the past.
      earlier: () => undefined,
      touchStill: async () => undefined,
      clip: () => Promise.reject(new WordedError(noClip)),
      // Nor is it joined to a district.
      deliver: () => Promise.reject(new WordedError(notJoined)),
      publish: (device) => Promise.reject(new WordedError(canaryNoLine(device))),
      notify: (duty) => this.#parts.channels.send(duty, this.world),
      pictures: { keep: async (alarm, at) => `${at}-${alarm}.jpg`, read: async () => undefined },
    };
  }
}

function whyOf(failure: unknown): Words | undefined {
  if (failure === undefined) return undefined;
  return wordsOf(failure);
}

/** The ids of devices' messages a state remembers. */
const remembered = ({ recentIds: seen }: ReadOnly<State>): string =>
  JSON.stringify([...seen].map(([device, ids]) => [device, [...ids]]));

/** Where two texts part; undefined when they do not. */
export function difference(a: string, b: string): string | undefined {
  if (a === b) return undefined;
  let at = 0;
  while (a[at] === b[at]) at += 1;
  return `…${a.slice(Math.max(0, at - 60), at + 40)}… | …${b.slice(Math.max(0, at - 60), at + 40)}…`;
}
