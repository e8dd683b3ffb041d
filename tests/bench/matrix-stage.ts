/**
 * One side of a school for the matrix: fences of a cell under one sky, a host before each, and the three algorithms. The two
 * controllers are hosts themselves and see their sensors; the gateway sees what the host tells. Nothing here knows what is tried.
 */
import { Fence, type Sky } from '../../simulators/fence/fence.ts';
import { FenceHost } from '../../simulators/fence/fence-host.ts';
import { smooth } from '../../simulators/fence/random.ts';
import { Weather } from '../../simulators/fence/weather.ts';
import { emptySenses, relearn, remember, sense } from '../../src/core/fence/signal.ts';
import { defaultLimits } from '../../src/core/fence/signal-types.ts';
import { judges as hosted, type Said } from './detection-judges.ts';
import { betweenOf, type Cell, fenceOf, hostOf, type SkyKind } from './matrix-plan.ts';

/** Samples of the sensors while nothing is tried, and while something is. */
export const idleMs = 250;
export const busyMs = 125;
const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** The school's clocks against UTC. */
const offsetMs = 8 * hourMs;

/** What an algorithm says: of a zone, a word that begins or ends. */
export interface Told {
  readonly zone: number;
  /** Place in `names`: the controllers, then the gateway. */
  readonly by: number;
  readonly what: string;
  readonly wire: number | undefined;
  readonly begins: boolean;
}

export const algorithms = 3;
export const own = 2;
/** What sends somebody at once, and what is urgent or calls for a look. */
const first = ['climb', 'pull', 'cut'];
export const isFirst = (what: string) => first.includes(what);
export const isAlarm = (what: string) => isFirst(what) || what === 'slack';

/** The sky of a session: at what hour it begins, and what it has of wind. */
export function skyOf(weather: Cell['weather'], seed: number): { readonly sky: Sky; readonly from: number } {
  const between = betweenOf(seed ^ 0x2c1b3c6d);
  const season = (['winter', 'spring', 'summer', 'autumn'] as const)[Math.floor(between(0, 4))] ?? 'spring';
  const real = new Weather({ season, seed });
  const day = Math.floor(between(1, 300)) * dayMs - offsetMs;
  const hour = weather === 'night' ? between(20, 24) : weather === 'storm' ? between(0, 24) : between(8, 13);
  const calm = between(0.5, 3);
  const blows = between(8, 16);
  const gusts = (at: number) => blows * (0.5 + smooth(seed, 21, at, 6_000));
  const windMs = { night: () => calm, 'sun and cloud': (at: number) => real.windMs(at), storm: gusts }[weather];
  const sun = weather === 'sun and cloud' ? (side: string, at: number) => real.sun(side, at) : () => 0;
  return { sky: { airC: (at) => real.airC(at), sun, windMs }, from: day + hour * hourMs };
}

/** A whole day from midnight: as the season has it, or with ice that grows by night and falls at noon. */
export function dayOf(kind: SkyKind, seed: number): { readonly sky: Sky; readonly from: number } {
  const real = new Weather({ season: kind === 'ice' ? 'winter' : kind, seed });
  const between = betweenOf(seed ^ 0x165667b1);
  const from = Math.floor(between(1, 300)) * dayMs - offsetMs;
  const sky = { airC: (at: number) => real.airC(at), sun: real.sun.bind(real), windMs: real.windMs.bind(real) };
  if (kind !== 'ice') return { sky, from };
  const [thickest, falls] = [between(1, 6), between(10, 13)];
  const iceMm = (at: number) => {
    const hour = (at - from) / hourMs;
    return hour > falls ? 0 : thickest * Math.min(1, hour / 8);
  };
  return { sky: { ...sky, iceMm }, from };
}

export interface Post {
  readonly fence: Fence;
  readonly host: FenceHost;
  /** The gateway asks this often; some ask faster than the host has anything new. */
  readonly pollMs: number;
}

export class Stage {
  readonly posts: readonly Post[];
  at: number;
  readings = 0;
  /** Words that stand now, by zone and algorithm. */
  readonly #standing: Set<string>[][];
  readonly #controllers: ReturnType<typeof hosted>[];
  readonly #due: number[];
  #senses = emptySenses();
  readonly #learned = new Map<number, readonly number[]>();

  constructor(cell: Cell, zones: number, sky: Sky, from: number, seed: number) {
    this.at = from;
    this.posts = Array.from({ length: zones }, (_, zone) => {
      const own = seed * 16 + zone;
      const fence = new Fence(fenceOf(cell, `z${zone}`, 'south', own), sky);
      const pollMs = betweenOf(own ^ 0x7f4a7c15)(0, 1) < 0.25 ? 250 : cell.periodMs;
      return { fence, host: new FenceHost(hostOf(cell, own)), pollMs };
    });
    this.#standing = this.posts.map(() => Array.from({ length: algorithms }, () => new Set<string>()));
    this.#controllers = this.posts.map(({ fence }, zone) =>
      hosted(emptySenses(), `z${zone}`, 'south', fence.spec.wires, defaultLimits).slice(0, own),
    );
    this.#due = this.posts.map(() => from);
  }

  /** Goes on by one sample of the sensors. */
  step(ms: number, hear: (told: Told) => void): void {
    this.at += ms;
    const { at } = this;
    for (const [zone, { fence, host, pollMs }] of this.posts.entries()) {
      const tensions = fence.read(at);
      host.sample(tensions, at);
      for (const [by, controller] of this.#controllers[zone]!.entries())
        for (const said of controller.take(tensions, at, false)) this.#heard(zone, by, said, hear);
      if (at < this.#due[zone]!) continue;
      this.#due[zone] = Math.max(this.#due[zone]! + pollMs, at - pollMs);
      const readings = host.read(at);
      if (readings) this.#sense(zone, readings, at, hear);
    }
  }

  /** Plays on until then. */
  until(end: number, ms: number, hear: (told: Told) => void = () => undefined): void {
    while (this.at < end) this.step(ms, hear);
  }

  /** Whether a word of an alarm stands at a zone that the gateway said. */
  stands(zone: number, of: (what: string) => boolean): boolean {
    return [...this.#standing[zone]![own]!].some((key) => of(key.split(' ')[0]!));
  }

  /** The gateway forgets what it had in mind and begins from the bases it has written down. */
  restart(): void {
    this.#senses = emptySenses();
    for (const [zone, bases] of this.#learned) remember(this.#senses, `z${zone}`, bases);
    for (const standing of this.#standing) standing[own]!.clear();
  }

  /** A person who saw the fence wants the bases it has now. A bypass that ends asks for nothing: the gateway judges by those from before. */
  confirm(zone: number): void {
    relearn(this.#senses, `z${zone}`);
  }

  #sense(zone: number, readings: readonly (number | undefined)[], at: number, hear: (told: Told) => void): void {
    this.readings += 1;
    for (const one of sense(this.#senses, { id: `z${zone}`, side: 'south', limits: defaultLimits }, readings, at)) {
      if (one.kind === 'learned') this.#learned.set(zone, one.basesN);
      if (one.kind !== 'detection') continue;
      const { detection: what, wire, active: begins } = one;
      const key = `${what} ${wire ?? ''}`;
      if (begins) this.#standing[zone]![own]!.add(key);
      else this.#standing[zone]![own]!.delete(key);
      hear({ zone, by: own, what, wire, begins });
    }
  }

  #heard(zone: number, by: number, { what }: Said, hear: (told: Told) => void): void {
    hear({ zone, by, what, wire: undefined, begins: true });
  }
}
