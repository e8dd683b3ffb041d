/**
 * One zone of a real tension fence: wires under tension in the weather, what people and animals do to them, and sensors that
 * see it. It knows what is true, so that what was told can be held against it. Seeded; it never decides what an alarm is.
 * What sticks at a support loses a share of each change; it does not stick and slip, and warmth passes it freely.
 */
import { type Act, type ActDetail, type Acting, bearing, type Play, play, type Touch } from './fence-acts.ts';
import { aside, elongation, perKelvin, sag, settled, type Wire, wireOf } from './fence-wire.ts';
import { seeded } from './random.ts';
import type { Weather } from './weather.ts';

export { type Act, type ActDetail, type Acting, acts } from './fence-acts.ts';

/** All a fence feels of the sky. */
export type Sky = Pick<Weather, 'airC' | 'sun' | 'windMs'>;

export interface FenceSpec {
  readonly zone: string;
  /** north, east, south or west: which weather it feels. */
  readonly side: string;
  readonly lengthM: number;
  /** Support spacing, m. */
  readonly bayM: number;
  readonly wires: number;
  /** A spring at the far end of each wire. */
  readonly springs: boolean;
  /** What the wires were tensioned to, N, in the weather of the first reading. */
  readonly restN: number;
  /** Share of a tension change that is lost at each support. */
  readonly frictionPerSupport: number;
  /** Where the sensor ends, N; 196 is 20 kgf. */
  readonly fullScaleN: number;
  /** Step of the analogue-to-digital converter, N. */
  readonly stepN: number;
  /** What the sensors show too much, N. Default 0. */
  readonly offsetN?: number;
  /** Settling of poles and wire, N per day; negative. Default 0. */
  readonly creepNPerDay?: number;
  readonly seed: number;
}

/** Tensioners are turned by hand: wires differ by this much either way, N. */
const tensioningN = 3;
/** Noise of a sensor and its amplifier, N (root mean square). */
const noiseN = 0.4;
/** How much warmer than the air a wire and its posts are in full sun, K: moves a side by the 2…10 N seen in practice. */
const sunK = 4;
/** A post gives way by its wires' pull, N/mm: a cut lets it spring back, and the neighbours tighten a little. */
const postNPerMm = 500;
/** A wire that is cut lets go within this. */
const snapMs = 80;
/** Weather is looked at this often. */
const weatherEveryMs = 1_000;
const dayMs = 86_400_000;

/** A wire that lost its hold: unscrewed at a rate, or cut with a little friction left. */
interface Loose {
  readonly wire: number;
  readonly from: number;
  readonly rateNPerS: number;
  /** undefined: not cut. */
  readonly leftN: number | undefined;
}
interface Fault {
  readonly kind: 'stuck' | 'offset' | 'lost';
  readonly wires: readonly number[];
  readonly offsetN: number;
  readonly from: number;
  readonly to: number;
  /** What a stuck sensor shows, by wire: its first reading. */
  readonly held: Map<number, number>;
}

export class Fence {
  readonly spec: FenceSpec;
  /** Bays of a wire; bay 0 is at the sensor. */
  readonly bays: number;
  readonly #weather: Sky;
  readonly #wire: Wire;
  readonly #rest: readonly number[];
  readonly #noise: () => number;
  readonly #chance: () => number;
  /** Tension without weight and wind, by wire, N: what warmth and creep left of it. */
  readonly #slackless: Float64Array;
  /** Tension without acts, and with them, by wire, N. */
  readonly #still: Float64Array;
  readonly #true: Float64Array;
  /** Tension a touch finds, by wire, N: with what was loosened, without what bears. */
  readonly #found: Float64Array;
  #sag = 0;
  #windMs = 0;
  #weatherAt = Number.NEGATIVE_INFINITY;
  /** Weather the wires were tensioned in, °C; undefined until the first reading. */
  #tensionedC: number | undefined;
  #settlingFrom = 0;
  #touches: Touch[] = [];
  #loose: Loose[] = [];
  #faults: Fault[] = [];

  constructor(spec: FenceSpec, weather: Sky) {
    this.spec = spec;
    this.#weather = weather;
    this.#wire = wireOf(spec.lengthM, spec.bayM, spec.springs, spec.frictionPerSupport);
    this.bays = this.#wire.bays;
    this.#chance = seeded(spec.seed);
    this.#noise = seeded(spec.seed ^ 0x5bd1e995);
    this.#rest = Array.from({ length: spec.wires }, () => spec.restN + this.#between(-tensioningN, tensioningN));
    this.#slackless = new Float64Array(spec.wires);
    this.#still = new Float64Array(spec.wires);
    this.#true = new Float64Array(spec.wires);
    this.#found = new Float64Array(spec.wires);
  }

  /** Begins an act at `at`, which may lie ahead; what is not said is drawn from the fence's own seed. */
  begin(act: Act, at: number, more: ActDetail = {}): Acting {
    const { wires } = this.spec;
    const drawn = play(act, at, more, { wires, bays: this.bays, between: (low, high) => this.#between(low, high) });
    this.#take(drawn, at);
    return { act, from: at, to: drawn.to, wires: drawn.wires };
  }

  /** Everything as commissioned: acts and faults are over, wires whole and as tight as their tensioners were set. */
  mend(at: number): void {
    this.#touches = [];
    this.#loose = [];
    this.#faults = [];
    this.#settlingFrom = at;
    this.#weatherAt = Number.NEGATIVE_INFINITY;
  }

  /** What the sensors read, N, lowest wire first; undefined for one that cannot be read. Time must not go back. */
  read(at: number): (number | undefined)[] {
    this.#settle(at);
    const { wires } = this.spec;
    const readings = new Array<number | undefined>(wires);
    for (let wire = 0; wire < wires; wire++) readings[wire] = this.#shown(this.#true[wire] ?? 0);
    if (this.#faults.length > 0) this.#lie(readings, at);
    return readings;
  }

  /** True tension at the sensor's end of each wire, N: no noise, no clipping, no fault. Time must not go back. */
  trueN(at: number): number[] {
    this.#settle(at);
    return Array.from(this.#true);
  }

  #between(low: number, high: number): number {
    return low + (high - low) * this.#chance();
  }

  #take({ touches, loose, fault, wires, to }: Play, at: number): void {
    this.#touches.push(...touches);
    if (loose) {
      const { wire } = loose;
      if ('leftN' in loose) this.#loose.push({ wire, from: at, rateNPerS: 0, leftN: loose.leftN });
      // What is cut stays cut, whoever turns at its tensioner: cuts are played last.
      else this.#loose.unshift({ wire, from: at, rateNPerS: loose.rateNPerS, leftN: undefined });
    }
    if (fault) this.#faults.push({ ...fault, wires, from: at, to, held: new Map() });
  }

  /** A sensor's reading of a tension: zero error, noise, ends of the scale, steps. */
  #shown(tension: number): number {
    const { offsetN = 0, fullScaleN, stepN } = this.spec;
    // The sum of three even draws is near enough to a bell of the same width.
    const noise = (this.#noise() + this.#noise() + this.#noise() - 1.5) * 2 * noiseN;
    const clipped = Math.min(fullScaleN, Math.max(0, tension + offsetN + noise));
    return Math.round(clipped / stepN) * stepN;
  }

  #lie(readings: (number | undefined)[], at: number): void {
    this.#faults = this.#faults.filter(({ to }) => to > at);
    for (const { kind, wires, offsetN, from, held } of this.#faults) {
      if (at < from) continue;
      for (const wire of wires) {
        const reading = readings[wire];
        if (reading === undefined) continue;
        if (kind === 'lost') readings[wire] = undefined;
        else if (kind === 'offset') readings[wire] = Math.min(this.spec.fullScaleN, Math.max(0, reading + offsetN));
        else {
          if (!held.has(wire)) held.set(wire, reading);
          readings[wire] = held.get(wire);
        }
      }
    }
  }

  /** Brings the true tensions to a moment. */
  #settle(at: number): void {
    if (at - this.#weatherAt >= weatherEveryMs) this.#feel(at);
    this.#true.set(this.#still);
    if (this.#touches.length === 0 && this.#loose.length === 0) return;
    for (const loose of this.#loose) if (at >= loose.from) this.#slip(loose, at);
    this.#found.set(this.#true);
    this.#bear(at);
    this.#share();
  }

  /** Warmth, creep and wind of a moment. */
  #feel(at: number): void {
    const { side, creepNPerDay = 0 } = this.spec;
    const wireC = this.#weather.airC(at) + sunK * this.#weather.sun(side, at);
    if (this.#tensionedC === undefined) {
      this.#tensionedC = wireC;
      this.#settlingFrom = at;
    }
    this.#weatherAt = at;
    this.#windMs = this.#weather.windMs(at);
    this.#sag = sag(this.#wire, this.#windMs);
    const creep = creepNPerDay * ((at - this.#settlingFrom) / dayMs);
    const change = creep - perKelvin(this.#wire) * (wireC - this.#tensionedC);
    for (let wire = 0; wire < this.spec.wires; wire++) {
      const slackless = (this.#rest[wire] ?? 0) + change;
      this.#slackless[wire] = slackless;
      this.#still[wire] = settled(slackless, this.#wire.stiffness, this.#sag);
    }
  }

  /** A wire that lost its hold; the neighbours feel it through the post later. */
  #slip({ wire, from, rateNPerS, leftN }: Loose, at: number): void {
    if (leftN !== undefined) {
      const before = this.#true[wire] ?? 0;
      this.#true[wire] = before + (Math.min(before, leftN) - before) * Math.min(1, (at - from) / snapMs);
      return;
    }
    const slackless = (this.#slackless[wire] ?? 0) - (rateNPerS * (at - from)) / 1_000;
    this.#true[wire] = settled(slackless, this.#wire.stiffness, this.#sag);
  }

  /** What bears on the wires adds to their tension. A wire that is cut bears nothing. */
  #bear(at: number): void {
    let over = false;
    for (const touch of this.#touches) {
      over ||= touch.to <= at;
      const amount = bearing(touch, at) * (touch.gusty ? gust(this.#windMs) : 1);
      if (amount <= 0 || this.#loose.some(({ wire, leftN }) => wire === touch.wire && leftN !== undefined)) continue;
      this.#true[touch.wire] = (this.#true[touch.wire] ?? 0) + this.#added(touch, amount);
    }
    if (over) this.#touches = this.#touches.filter(({ to }) => to > at);
  }

  /** What a touch adds at the sensor, N. Two on one wire are reckoned each by itself. */
  #added({ wire, bay, share, by }: Touch, amount: number): number {
    const { bayMm, stiffnessAt, arrives } = this.#wire;
    const stiffness = stiffnessAt[bay] ?? 0;
    const rest = this.#found[wire] ?? 0;
    const way = by === 'displacement' ? amount : aside(rest, stiffness, bayMm, amount, share);
    return stiffness * elongation(bayMm, way, share) * (arrives[bay] ?? 0);
  }

  /** All wires end at one post: what one gains or loses, the post passes to the others with the other sign. */
  #share(): void {
    const give = this.#wire.stiffness / postNPerMm;
    let changed = 0;
    for (let wire = 0; wire < this.spec.wires; wire++) changed += (this.#true[wire] ?? 0) - (this.#still[wire] ?? 0);
    for (let wire = 0; wire < this.spec.wires; wire++) {
      const own = (this.#true[wire] ?? 0) - (this.#still[wire] ?? 0);
      this.#true[wire] = Math.max(0, (this.#true[wire] ?? 0) - give * (changed - own));
    }
  }
}

/** How hard the wind moves what it moves, as a share of 10 m/s: pressure grows with the square; nothing hangs quite still. */
function gust(windMs: number): number {
  return 0.2 + 0.8 * Math.min(2, (windMs / 10) ** 2);
}
