/**
 * A wire that sticks at its supports and slips over them (Coulomb friction): each bay has a tension of its own, and a support
 * holds what differs between its two sides until that breaks loose; then the wire slides until less differs. So a touch
 * far away may never reach the sensor, warmth lets wires slip by steps, and what was leaves its trace (hysteresis). Quasi-static
 * mechanics in N, mm and K; it draws nothing and knows no acts.
 */
import { axialN, elongation, expansionPerK, springNPerMm } from './fence-wire.ts';

/** What bears on a bay just now: with a force, N, or pushing the wire a way aside, mm. */
export interface Load {
  readonly bay: number;
  /** Where in its bay, as a share of the bay. */
  readonly share: number;
  readonly by: 'force' | 'displacement';
  readonly amount: number;
}

export interface GripBuild {
  readonly bays: number;
  readonly bayMm: number;
  readonly springs: boolean;
  /** What breaks each support loose, N, from the sensor outwards; one fewer than there are bays. */
  readonly breakN: readonly number[];
  /** Share of it that still holds once the wire slides. */
  readonly slideShare: number;
}

/** What is so along the wire at a moment. */
export interface Along {
  /** How much warmer than when it was tensioned, K, by bay. */
  readonly warmerK: Float64Array;
  /** Sag of one bay by weight, ice and wind, as ΔL·T², N²·mm. */
  readonly sagging: number;
  readonly loads: readonly Load[];
  /** Wire let out at the sensor's end and at the far end since it was tensioned, mm; negative: taken in. */
  readonly outNear: number;
  readonly outFar: number;
  /** undefined: whole. */
  readonly cut: Cut | undefined;
}

/** A wire that is cut in a bay, with what its end still holds on to, N. */
export interface Cut {
  readonly bay: number;
  readonly leftN: number;
}

/** No wire holds nothing: solved tensions stay above this, N. */
const leastN = 0.02;
const mostN = 50_000;

export class GrippedWire {
  /** Tension of each bay, N; bay 0 is the sensor's. */
  readonly tensions: Float64Array;
  readonly #build: GripBuild;
  readonly #perBay: number;
  /** Unstretched wire in each bay beside its length, mm; undefined before the first moment. */
  #lies: Float64Array | undefined;
  #outNear = 0;
  #outFar = 0;
  /** By support: 0 holds; else it slides, the sign telling the tighter side (1: nearer to the sensor). */
  readonly #slides: Int8Array;

  /** `restN`: tension of each bay when the wire was tensioned, within what its supports hold. */
  constructor(build: GripBuild, restN: readonly number[]) {
    this.#build = build;
    this.#perBay = build.bayMm / axialN;
    this.tensions = Float64Array.from(restN);
    this.#slides = new Int8Array(Math.max(0, build.bays - 1));
  }

  /** Brings the wire to a moment; the way there is the straight one. */
  settle(along: Along): void {
    const { bays } = this.#build;
    if (!this.#lies) {
      this.#lies = new Float64Array(bays);
      for (let bay = 0; bay < bays; bay++) this.#lies[bay] = this.#needs(bay, this.tensions[bay] ?? 0, along);
    }
    const lies = this.#lies;
    lies[0] = (lies[0] ?? 0) + along.outNear - this.#outNear;
    lies[bays - 1] = (lies[bays - 1] ?? 0) + along.outFar - this.#outFar;
    this.#outNear = along.outNear;
    this.#outFar = along.outFar;
    this.#slides.fill(0);
    for (let bay = 0; bay < bays; bay++) this.#solve(bay, bay, along);
    // Each turn lets one more support slide, so it ends.
    for (let support = this.#worst(); support >= 0; support = this.#worst()) {
      this.#slides[support] = Math.sign((this.tensions[support] ?? 0) - (this.tensions[support + 1] ?? 0));
      let first = support;
      while (first > 0 && this.#slides[first - 1] !== 0) first--;
      let last = support + 1;
      while (last < bays - 1 && this.#slides[last] !== 0) last++;
      this.#solve(first, last, along);
    }
    for (let bay = 0; bay < bays; bay++)
      if (bay !== along.cut?.bay) lies[bay] = this.#needs(bay, this.tensions[bay] ?? 0, along);
  }

  /** The holding support whose two sides differ most beyond what it holds; -1: all hold. */
  #worst(): number {
    let worst = -1;
    let most = 1e-9;
    for (const [support, breakN] of this.#build.breakN.entries()) {
      if (this.#slides[support] !== 0) continue;
      const over = Math.abs((this.tensions[support] ?? 0) - (this.tensions[support + 1] ?? 0)) - breakN;
      if (over > most) [worst, most] = [support, over];
    }
    return worst;
  }

  /** Tensions of neighbouring bays between which the wire slides: it shares out the wire that lies in them. */
  #solve(first: number, last: number, along: Along): void {
    const lies = this.#lies as Float64Array;
    const { cut } = along;
    let offset = 0;
    let cutOffset: number | undefined;
    let wire = 0;
    let lowest = 0;
    for (let bay = first; bay <= last; bay++) {
      if (bay > first) offset -= this.#holds(bay - 1);
      if (bay === cut?.bay) cutOffset = offset;
      lowest = Math.min(lowest, offset);
      wire += lies[bay] ?? 0;
    }
    const left = cut?.leftN ?? 0;
    const level = cutOffset === undefined ? this.#level(first, last, along, wire, leastN - lowest) : left - cutOffset;
    offset = 0;
    for (let bay = first; bay <= last; bay++) {
      if (bay > first) offset -= this.#holds(bay - 1);
      this.tensions[bay] = bay === cut?.bay ? left : Math.max(leastN, level + offset);
    }
  }

  /** How much tighter a sliding support's near side is than its far side, N. */
  #holds(support: number): number {
    const { breakN, slideShare } = this.#build;
    return (this.#slides[support] ?? 0) * (breakN[support] ?? 0) * slideShare;
  }

  /** The tension of the first bay at which so much wire lies in all of them. What lies there falls with the tension. */
  #level(first: number, last: number, along: Along, wire: number, least: number): number {
    let low = least;
    let high = mostN;
    let level = Math.min(high, Math.max(low, this.tensions[first] ?? 0));
    for (let step = 0; step < 60; step++) {
      let over = -wire;
      let slope = 0;
      let offset = 0;
      for (let bay = first; bay <= last; bay++) {
        if (bay > first) offset -= this.#holds(bay - 1);
        const tension = level + offset;
        const here = this.#needs(bay, tension, along);
        over += here;
        slope += (this.#needs(bay, tension + 1e-3, along) - here) / 1e-3;
      }
      if (over > 0) low = level;
      else high = level;
      let next = level - over / slope;
      if (!(next > low && next < high)) next = (low + Math.min(high, 4 * low + 1)) / 2;
      if (Math.abs(next - level) < 1e-4) return next;
      level = next;
    }
    return level;
  }

  /** Unstretched wire that lies in a bay at a tension beside its length, mm; the spring's way counts to the last bay. */
  #needs(bay: number, tension: number, { warmerK, sagging, loads }: Along): number {
    const { bayMm, bays, springs } = this.#build;
    const stretched = tension * (this.#perBay + (springs && bay === bays - 1 ? 1 / springNPerMm : 0));
    let bent = sagging / (tension * tension);
    for (const load of loads) {
      if (load.bay !== bay) continue;
      const way = load.by === 'displacement' ? load.amount : given(tension, bayMm, load.amount, load.share);
      bent += elongation(bayMm, way, load.share);
    }
    return bent - stretched - expansionPerK * bayMm * (warmerK[bay] ?? 0);
  }
}

/** How far a force pushes a wire aside whose tension is known, mm. */
export function given(tensionN: number, bayMm: number, forceN: number, share: number): number {
  const left = bayMm * share;
  const right = bayMm - left;
  const want = Math.min(1.99, forceN / tensionN);
  let way = 0;
  // The pull of the two sides grows ever slower with the way: from below each step comes closer.
  for (let step = 0; step < 60; step++) {
    const [a, b] = [Math.sqrt(left * left + way * way), Math.sqrt(right * right + way * way)];
    const missing = want - way / a - way / b;
    const next = way + missing / ((left * left) / a ** 3 + (right * right) / b ** 3);
    if (!(next - way > 1e-6)) break;
    way = next;
  }
  return way;
}
