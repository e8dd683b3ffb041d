/**
 * The wires of one fence that stick and slip, bay by bay: what each support and bend holds, how differently sun and shade
 * warm the wires, what hangs on them. Every constant is drawn from a range by the fence's seed. It knows loads and moments; what
 * an act means is not its business.
 */

import { type Along, type Cut, GrippedWire, type Load } from './fence-grip.ts';
import { baySag } from './fence-wire.ts';
import { drawn, seeded, smooth } from './random.ts';

export type Range = readonly [low: number, high: number];

/** Supports that hold by friction. All ranges are drawn from once a support (or once a fence, where it says so). */
export interface Grip {
  /** What breaks a support loose, N. */
  readonly supportN: Range;
  /** Share of it left once the wire slides; once a fence. 1: no stick-slip, plain Coulomb friction. */
  readonly slideShare: Range;
  /** Corners of the zone (GA/T 1032-2013 allows two), each at a support of its own. Default 0. */
  readonly bends?: number;
  /** What a bend holds beside its support, N. */
  readonly bendN?: Range;
  /** What a wire's cut end catches on at the next support, N; once a cut. Default nothing. */
  readonly catchN?: Range;
}

/** How sun and shade warm wires and bays apart: at most this much, K, and as slowly as a shadow moves. */
const shadowMs = 9 * 60_000;
/** A shadow covers some bays. */
const shadowBays = 3;
const shadowStream = 11;

/** Somebody's hold on a wire, for one moment. */
export interface Bearing extends Load {
  readonly wire: number;
}

/** What is so at a moment, for all wires. */
export interface Moment {
  readonly at: number;
  /** Warmer than when the wires were tensioned, K. */
  readonly warmerK: number;
  /** How much the sun tells now, 0…1: so much of `apartK` counts. */
  readonly sun: number;
  readonly windMs: number;
  readonly iceMm: number;
  readonly bearings: readonly Bearing[];
  /** By wire: let out at either end, mm. */
  readonly outNear: ArrayLike<number>;
  readonly outFar: ArrayLike<number>;
  /** By wire: the bay it is cut in and what the cut end still holds on to, N, or undefined. */
  readonly cuts: readonly (Cut | undefined)[];
}

export interface StrandsSpec {
  readonly lengthM: number;
  readonly bays: number;
  readonly springs: boolean;
  readonly restN: readonly number[];
  readonly grip: Grip;
  /** Wires and bays in sun and shade differ by up to this, K. */
  readonly apartK: number;
  readonly seed: number;
}

export class Strands {
  readonly #spec: StrandsSpec;
  readonly #wires: readonly GrippedWire[];
  readonly #warmer: Float64Array;

  constructor(spec: StrandsSpec) {
    const { bays, lengthM, springs, restN, grip, seed } = spec;
    this.#spec = spec;
    this.#warmer = new Float64Array(bays);
    const chance = seeded(seed ^ 0x3c6ef372);
    const between = ([low, high]: Range) => low + (high - low) * chance();
    const slideShare = between(grip.slideShare);
    const bends = new Set<number>();
    while (bends.size < Math.min(grip.bends ?? 0, bays - 1)) bends.add(Math.floor(chance() * (bays - 1)));
    this.#wires = restN.map((rest) => {
      const breakN = Array.from(
        { length: bays - 1 },
        (_, support) => between(grip.supportN) + (bends.has(support) ? between(grip.bendN ?? [0, 0]) : 0),
      );
      // Years of warm and cold leave each support somewhere within what it holds.
      const tensions = [rest];
      for (const held of breakN) tensions.push(Math.max(1, (tensions.at(-1) ?? rest) + between([-held, held])));
      return new GrippedWire({ bays, bayMm: (lengthM / bays) * 1_000, springs, breakN, slideShare }, tensions);
    });
  }

  /** Brings all wires to a moment and writes their tensions at the sensor, N. */
  settle(moment: Moment, sensed: Float64Array): void {
    const { lengthM, bays } = this.#spec;
    const sagging = baySag((lengthM / bays) * 1_000, moment.windMs, moment.iceMm);
    for (const [wire, strand] of this.#wires.entries()) {
      this.#warm(wire, moment);
      const along: Along = {
        warmerK: this.#warmer,
        sagging,
        loads: moment.bearings.filter((one) => one.wire === wire),
        outNear: moment.outNear[wire] ?? 0,
        outFar: moment.outFar[wire] ?? 0,
        cut: moment.cuts[wire],
      };
      strand.settle(along);
      sensed[wire] = strand.tensions[0] ?? 0;
    }
  }

  #warm(wire: number, { at, warmerK, sun }: Moment): void {
    const { apartK, bays, seed } = this.#spec;
    if (apartK === 0 || sun === 0) {
      this.#warmer.fill(warmerK);
      return;
    }
    for (let bay = 0; bay < bays; bay++) {
      const shadow = Math.floor(bay / shadowBays);
      const late = drawn(seed, shadowStream, wire * 64 + shadow) * shadowMs;
      const lit = smooth(seed ^ (wire * 0x9e37 + shadow), shadowStream, at + late, shadowMs);
      this.#warmer[bay] = warmerK + sun * apartK * (lit - 0.5) * 2;
    }
  }
}
