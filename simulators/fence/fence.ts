/**
 * One zone of a real tension fence: wires under tension in the weather, what people and animals do to them, and sensors that
 * see it. It knows what is true, so that what was told can be held against it. Seeded; it never decides what an alarm is.
 * Supports either lose a share of each change and let warmth pass freely, or, with a `grip`, hold by friction, stick and slip.
 */

import { type Act, type Acting, play } from './fence-acts.ts';
import { type Loose, letOut, looseOf } from './fence-loose.ts';
import { Sensors } from './fence-sensors.ts';
import { type Bearing, type Grip, Strands } from './fence-strands.ts';
import { type ActDetail, bearing, type Play, type Touch } from './fence-touch.ts';
import { aside, elongation, perKelvin, sag, settled, type Wire, wireOf } from './fence-wire.ts';
import { seeded } from './random.ts';
import type { Weather } from './weather.ts';

export { type Act, type Acting, acts } from './fence-acts.ts';
export type { Grip } from './fence-strands.ts';
export type { ActDetail, Range } from './fence-touch.ts';

/** All a fence feels of the sky. `iceMm`: how thick ice lies on the wires; without it there is none. */
export type Sky = Pick<Weather, 'airC' | 'sun' | 'windMs'> & { iceMm?(at: number): number };

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
  /** Supports that stick and slip; the share above then counts for nothing. Default none. */
  readonly grip?: Grip;
  /** With a grip: how far sun and shade warm wires and bays apart, K. Default 0. */
  readonly apartK?: number;
  /** How much warmer than the air a wire and its posts are in full sun, K. Default 4: moves a side by the 2…10 N seen in practice. */
  readonly sunK?: number;
  /** How far a wind of 10 m/s shakes each wire's tension, N (root mean square). Default 0. */
  readonly flutterN?: number;
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
const usualSunK = 4;
/** A post gives way by its wires' pull, N/mm: a cut lets it spring back, and the neighbours tighten a little. */
const postNPerMm = 500;
/** A wire that is cut lets go within this. */
const snapMs = 80;
/** Weather is looked at this often. */
const weatherEveryMs = 1_000;
/** What sticks and slips depends on the way it is loaded: loads are followed this closely, however seldom anybody reads. */
const gripEveryMs = 100;
const dayMs = 86_400_000;

export class Fence {
  readonly spec: FenceSpec;
  /** Bays of a wire; bay 0 is at the sensor. */
  readonly bays: number;
  readonly #weather: Sky;
  readonly #wire: Wire;
  readonly #rest: readonly number[];
  readonly #sensors: Sensors;
  readonly #chance: () => number;
  /** Tension without weight and wind, by wire, N: what warmth and creep left of it. */
  readonly #slackless: Float64Array;
  /** Tension without acts, and with them, by wire, N. */
  readonly #still: Float64Array;
  readonly #true: Float64Array;
  /** Tension a touch finds, by wire, N: with what was loosened, without what bears. */
  readonly #found: Float64Array;
  /** With a grip: the wires bay by bay, and when they were settled last. */
  #strands: Strands | undefined;
  #grippedAt = Number.NEGATIVE_INFINITY;
  #pole: Touch[] = [];
  #sag = 0;
  #windMs = 0;
  #weatherAt = Number.NEGATIVE_INFINITY;
  /** Weather the wires were tensioned in, °C; undefined until the first reading. */
  #tensionedC: number | undefined;
  #settlingFrom = 0;
  /** Since then: warmer by, K, and days of creep. */
  #warmerK = 0;
  #settledDays = 0;
  #touches: Touch[] = [];
  #loose: Loose[] = [];

  constructor(spec: FenceSpec, weather: Sky) {
    this.spec = spec;
    this.#weather = weather;
    this.#wire = wireOf(spec.lengthM, spec.bayM, spec.springs, spec.frictionPerSupport);
    this.bays = this.#wire.bays;
    this.#chance = seeded(spec.seed);
    this.#sensors = new Sensors(spec);
    this.#rest = Array.from({ length: spec.wires }, () => spec.restN + this.#between(-tensioningN, tensioningN));
    this.#slackless = new Float64Array(spec.wires);
    this.#still = new Float64Array(spec.wires);
    this.#true = new Float64Array(spec.wires);
    this.#found = new Float64Array(spec.wires);
    this.#strands = this.#strung();
  }

  /** Wires anew, as they were commissioned; undefined without a grip. */
  #strung(): Strands | undefined {
    const { grip, lengthM, springs, apartK = 0, seed } = this.spec;
    return grip && new Strands({ lengthM, bays: this.bays, springs, restN: this.#rest, grip, apartK, seed });
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
    this.#pole = [];
    // A wire that was cut is a new one; the others keep where they stick.
    if (this.#loose.length > 0) {
      this.#strands = this.#strung();
      if (this.#strands) this.#tensionedC = undefined;
    }
    this.#loose = [];
    this.#sensors.mend();
    this.#settlingFrom = at;
    this.#weatherAt = Number.NEGATIVE_INFINITY;
  }

  /** What the sensors read, N, lowest wire first; undefined for one that cannot be read. Time must not go back. */
  read(at: number): (number | undefined)[] {
    this.#settle(at);
    return this.#sensors.read(this.#true, this.#windMs, at);
  }

  /** True tension at the sensor's end of each wire, N: no noise, no clipping, no fault. Time must not go back. */
  trueN(at: number): number[] {
    this.#settle(at);
    return Array.from(this.#true);
  }

  /** What the channel on the control pole reads, N; hosts with none cannot ask. Time must not go back. */
  poleN(at: number): number {
    this.#pole = this.#pole.filter(({ to }) => to > at);
    return this.#pole.reduce((sum, touch) => sum + bearing(touch, at), 0);
  }

  #between(low: number, high: number): number {
    return low + (high - low) * this.#chance();
  }

  #take({ touches, loose = [], pole = [], fault, wires, to }: Play, at: number): void {
    this.#touches.push(...touches);
    this.#pole.push(...pole);
    for (const one of loose) {
      const lost = looseOf(one, at, this.spec.grip, (low, high) => this.#between(low, high));
      // What is cut stays cut, whoever turns at its tensioner: cuts are played last.
      if (lost.cutBay === undefined) this.#loose.unshift(lost);
      else this.#loose.push(lost);
    }
    if (fault) this.#sensors.fail({ ...fault, wires, from: at, to });
  }

  /** Brings the true tensions to a moment. */
  #settle(at: number): void {
    if (this.#strands) {
      this.#grip(this.#strands, at);
      return;
    }
    if (at - this.#weatherAt >= weatherEveryMs) this.#feel(at);
    this.#true.set(this.#still);
    if (this.#touches.length === 0 && this.#loose.length === 0) return;
    for (const loose of this.#loose) if (at >= loose.from) this.#slip(loose, at);
    this.#found.set(this.#true);
    this.#bear(at);
    this.#share();
  }

  /** The same for wires that stick and slip, in small steps while something bears on them. */
  #grip(strands: Strands, at: number): void {
    const busy = this.#touches.length > 0 || this.#loose.length > 0;
    if (!busy && at - this.#grippedAt < weatherEveryMs) return;
    const first = busy ? Math.max(this.#grippedAt + gripEveryMs, at - 60_000) : at;
    for (let step = first; step < at; step += gripEveryMs) this.#gripAt(strands, step);
    this.#gripAt(strands, at);
    this.#grippedAt = at;
    this.#touches = this.#touches.filter(({ to }) => to > at);
  }

  #gripAt(strands: Strands, at: number): void {
    if (at - this.#weatherAt >= weatherEveryMs) this.#feel(at);
    const { wires, side } = this.spec;
    const shaken = new Float64Array(wires);
    const bearings: Bearing[] = [];
    for (const touch of this.#touches) {
      const amount = bearing(touch, at) * (touch.gusty ? gust(this.#windMs) : 1);
      if (touch.by === 'shake') shaken[touch.wire] = (shaken[touch.wire] ?? 0) + amount;
      else if (amount > 0) bearings.push({ ...touch, by: touch.by, amount });
    }
    const [outNear, outFar] = [new Float64Array(wires), new Float64Array(wires)];
    const cuts: ({ readonly bay: number; readonly leftN: number } | undefined)[] = [];
    for (const one of this.#loose) {
      if (at < one.from) continue;
      if (one.cutBay !== undefined) cuts[one.wire] = { bay: one.cutBay, leftN: one.leftN };
      const out = one.far ? outFar : outNear;
      out[one.wire] = (out[one.wire] ?? 0) + letOut(one, at) / this.#wire.stiffness;
    }
    const warmerK = this.#warmerK - ((this.spec.creepNPerDay ?? 0) * this.#settledDays) / perKelvin(this.#wire);
    const iceMm = this.#weather.iceMm?.(at) ?? 0;
    const sun = this.#weather.sun(side, at);
    strands.settle({ at, warmerK, sun, windMs: this.#windMs, iceMm, bearings, outNear, outFar, cuts }, this.#true);
    this.#still.set(this.#rest);
    this.#share();
    for (let wire = 0; wire < wires; wire++)
      this.#true[wire] = Math.max(0, (this.#true[wire] ?? 0) + (shaken[wire] ?? 0));
  }

  /** Warmth, creep and wind of a moment. */
  #feel(at: number): void {
    const { side, creepNPerDay = 0, sunK = usualSunK } = this.spec;
    const wireC = this.#weather.airC(at) + sunK * this.#weather.sun(side, at);
    if (this.#tensionedC === undefined) {
      this.#tensionedC = wireC;
      this.#settlingFrom = at;
    }
    this.#weatherAt = at;
    this.#windMs = this.#weather.windMs(at);
    this.#sag = sag(this.#wire, this.#windMs);
    this.#warmerK = wireC - this.#tensionedC;
    this.#settledDays = (at - this.#settlingFrom) / dayMs;
    if (this.#strands) return;
    const change = creepNPerDay * this.#settledDays - perKelvin(this.#wire) * this.#warmerK;
    for (let wire = 0; wire < this.spec.wires; wire++) {
      const slackless = (this.#rest[wire] ?? 0) + change;
      this.#slackless[wire] = slackless;
      this.#still[wire] = settled(slackless, this.#wire.stiffness, this.#sag);
    }
  }

  /** A wire that lost its hold; the neighbours feel it through the post later. */
  #slip(loose: Loose, at: number): void {
    const { wire, from, cutBay, leftN } = loose;
    if (cutBay !== undefined) {
      const before = this.#true[wire] ?? 0;
      this.#true[wire] = before + (Math.min(before, leftN) - before) * Math.min(1, (at - from) / snapMs);
      return;
    }
    const slackless = (this.#slackless[wire] ?? 0) - letOut(loose, at);
    this.#true[wire] = settled(slackless, this.#wire.stiffness, this.#sag);
  }

  /** What bears on the wires adds to their tension. A wire that is cut bears nothing. */
  #bear(at: number): void {
    let over = false;
    for (const touch of this.#touches) {
      over ||= touch.to <= at;
      const amount = bearing(touch, at) * (touch.gusty ? gust(this.#windMs) : 1);
      const shaken = touch.by === 'shake';
      if (
        (amount <= 0 && !shaken) ||
        this.#loose.some(({ wire, cutBay }) => wire === touch.wire && cutBay !== undefined)
      )
        continue;
      this.#true[touch.wire] = (this.#true[touch.wire] ?? 0) + (shaken ? amount : this.#added(touch, amount));
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
