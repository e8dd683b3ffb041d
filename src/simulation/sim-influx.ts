/**
 * The InfluxDB at the other end of a simulated gateway: what it took, as it would stand in it, and what a server can do to
 * a request. A point written again with the same measurement, tags and time stands there once. It knows nothing of how
 * points are made.
 */
import type { Chance } from '../../simulators/virtual/chance.ts';
import type { Time } from '../core/types.ts';
import type { Policy, RefusedLine, Target } from '../store/influx/influx-target.ts';
import { StoreError } from '../store/store-types.ts';
import { influxAway, influxOverloaded, influxSilent, influxUnprepared } from '../words/night-words.ts';
import type { Alive, VirtualTime } from './virtual-time.ts';

type InfluxPoint = Parameters<Target['write']>[0][number];

/** How the server treats requests at the moment: chances of each. */
export interface ServerManners {
  /** The answer takes its time. */
  slow: number;
  /** The points are in, and no answer ever says so. */
  deaf: number;
  /** It takes nothing, and says so. */
  busy: number;
}

const answerMs = [3, 40] as const;
const slowMs = [1_000, 4_500] as const;
/** The client waits no longer for an answer. */
const patienceMs = 10_000;

/** The fields of each point, by measurement, tags and time. */
export type Points = Map<string, Record<string, unknown>>;

export class SimulatedInflux {
  readonly points: Readonly<Record<Policy, Points>> = { raw: new Map(), minute: new Map() };
  /** Fields of points it would not take for good. */
  readonly refused = new Set<string>();
  readonly manners: ServerManners = { slow: 0, deaf: 0, busy: 0 };
  /** Fields it knows with another type, `measurement.field`. */
  readonly conflicts = new Set<string>();
  #reachable = true;
  #prepared = false;
  readonly #time: VirtualTime;
  readonly #chance: Chance;
  #wellSince: Time = 0;

  constructor(time: VirtualTime, chance: Chance) {
    this.#time = time;
    this.#chance = chance;
  }

  /** Since when nothing has ailed it, true time; undefined while something does. */
  get wellSince(): Time | undefined {
    const { slow, deaf, busy } = this.manners;
    return this.#reachable && slow + deaf + busy === 0 ? this.#wellSince : undefined;
  }

  reach(reachable: boolean): void {
    this.#reachable = reachable;
    this.#wellSince = this.#time.truth;
  }

  vex(manners: Partial<ServerManners>): void {
    Object.assign(this.manners, { slow: 0, deaf: 0, busy: 0, ...manners });
    this.#wellSince = this.#time.truth;
  }

  /** The way of one process to it. What a dead process had sent may still arrive; it never hears of it. */
  target(process: Alive): Target {
    return {
      prepare: () => this.#ask(process, () => this.#prepare()),
      write: (points, policy) =>
        points.length === 0 ? Promise.resolve([]) : this.#ask(process, () => this.#take(points, policy)),
      lastHead: () => this.#ask(process, () => this.#head()),
      close: () => undefined,
    };
  }

  /** One request: on its way, done, and answered, or not. */
  #ask<T>(process: Alive, work: () => T): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const slow = this.#chance.happens(this.manners.slow);
    const deaf = this.#chance.happens(this.manners.deaf);
    const busy = this.#chance.happens(this.manners.busy);
    const [least, most] = slow ? slowMs : answerMs;
    const wayMs = this.#chance.between(least, most) / 2;
    const answer = (ms: number, done: () => void) =>
      this.#time.after(ms, () => {
        if (process.alive) done();
      });
    this.#time.after(wayMs, () => {
      if (!this.#reachable) return answer(this.#chance.pick([1, patienceMs]), () => reject(new StoreError(influxAway)));
      if (busy) return answer(wayMs, () => reject(new StoreError(influxOverloaded)));
      try {
        const result = work();
        if (deaf) answer(patienceMs, () => reject(new StoreError(influxSilent)));
        else answer(wayMs, () => resolve(result));
      } catch (error) {
        answer(wayMs, () => reject(error));
      }
    });
    return promise;
  }

  /** The head told last: the points of one measurement lie in the order in which they came. */
  #head(): { seq: number; hash: string } | undefined {
    const last = [...this.points.raw].findLast(([key]) => key.startsWith('journal,'))?.[1];
    return last && { seq: Number(last.seq), hash: String(last.hash) };
  }

  #prepare(): void {
    this.#prepared = true;
  }

  #conflictIn(measurement: string, fields: object): string | undefined {
    return Object.keys(fields).find((field) => this.conflicts.has(`${measurement}.${field}`));
  }

  #take(points: readonly InfluxPoint[], policy: Policy): readonly RefusedLine[] {
    if (!this.#prepared) throw new StoreError(influxUnprepared);
    const refused: RefusedLine[] = [];
    for (const { measurement = '', tags = {}, fields = {}, timestamp } of points) {
      const names = Object.keys(tags).sort();
      const key = `${measurement},${names.map((name) => `${name}=${tags[name]}`).join(',')} ${timestamp}`;
      const conflict = this.conflicts.size > 0 ? this.#conflictIn(measurement, fields) : undefined;
      if (conflict === undefined) {
        const known = this.points[policy].get(key);
        if (known) Object.assign(known, fields);
        else this.points[policy].set(key, { ...fields });
        // What was refused before its answer got lost may be taken the next time.
        if (this.refused.size > 0) for (const field of Object.keys(fields)) this.refused.delete(`${key} ${field}`);
      } else {
        this.refused.add(`${key} ${conflict}`);
        refused.push({ why: `partial write: field type conflict: ${conflict}`, count: 1 });
      }
    }
    return refused;
  }
}
