/**
 * A fence whose wires stick and slip at their supports, for the tests of the detector: Coulomb friction in newtons, whole
 * newtons at the sensor, wires that are warm each by themselves, and people who let go between two wires. It is written from
 * what is known of such fences, shares nothing with the simulators but the seeded numbers, and knows nothing of the detector.
 */
import { seeded, smooth } from '../../simulators/fence/random.ts';

/** Axial stiffness of a 1.2 mm stainless wire, N; its expansion, N/K at both ends fast; a usual spring, N/mm. */
const axialN = 152_000;
const rigidNPerK = 2.63;
const springNPerMm = 2;

export interface StickyBuild {
  readonly springs: boolean;
  /** Static friction at each support, N; once it slips, a share of it is left. */
  readonly frictionN: number;
  readonly slipShare?: number;
  readonly wires?: number;
  readonly bays?: number;
  readonly bayM?: number;
  readonly restN?: number;
  /** Half the difference of warmth between a wire and the side, K, and how quickly it changes, ms. */
  readonly apartK?: number;
  /** The same between a bay and its wire: a tree shades a part of it. */
  readonly bayApartK?: number;
  /** Noise of the sensor, N (root mean square), and its step. */
  readonly noiseN?: number;
  readonly stepN?: number;
  readonly fullScaleN?: number;
  readonly seed: number;
}

/** Something that bears on a wire in the middle of a bay: mm aside, or N, as a function of time; 0 when it does not. */
export interface Load {
  readonly wire: number;
  readonly bay: number;
  readonly by: 'mm' | 'force';
  readonly amount: (at: number) => number;
}

/** How much warmer than at the beginning the side is at a time, K. */
export type Warmth = (at: number) => number;

export class StickyFence {
  readonly wires: number;
  readonly bays: number;
  loads: Load[] = [];
  /** Cut wires, and in which bay. */
  readonly cut = new Map<number, number>();
  readonly #build: Required<StickyBuild>;
  readonly #warmth: Warmth;
  readonly #rest: number[];
  /** Tension of each bay, and how far the wire has slipped at each support: by wire. */
  readonly #tension: Float64Array[];
  readonly #slip: Float64Array[];
  readonly #shade: Float64Array;
  readonly #stretch: Float64Array[];
  readonly #limit: Float64Array[];
  readonly #bayN: number;
  readonly #lastN: number;
  readonly #halfMm: number;
  readonly #chance: () => number;
  #at = Number.NaN;

  constructor(build: StickyBuild, warmth: Warmth = () => 0) {
    const whole = {
      slipShare: 0.6,
      wires: 6,
      bays: 9,
      bayM: 4,
      restN: 130,
      apartK: 1,
      bayApartK: 1,
      noiseN: 0.4,
      stepN: 1,
      fullScaleN: 196,
      ...build,
    };
    this.#build = whole;
    this.wires = whole.wires;
    this.bays = whole.bays;
    this.#warmth = warmth;
    this.#chance = seeded(whole.seed);
    this.#halfMm = whole.bayM * 500;
    this.#bayN = axialN / (whole.bayM * 1_000);
    this.#lastN = whole.springs ? this.#bayN / (1 + this.#bayN / springNPerMm) : this.#bayN;
    const each = <T>(make: () => T) => Array.from({ length: whole.wires }, make);
    this.#shade = new Float64Array(whole.bays);
    this.#rest = each(() => whole.restN + (this.#chance() * 2 - 1) * 3);
    this.#tension = each(() => new Float64Array(whole.bays));
    this.#slip = each(() => new Float64Array(whole.bays + 1));
    this.#stretch = each(() => new Float64Array(whole.bays));
    // No two supports are alike.
    this.#limit = each(() => new Float64Array(whole.bays + 1).map(() => whole.frictionN * (0.5 + this.#chance())));
  }

  /** What the sensors show, N. Time must not go back. */
  read(at: number): number[] {
    const from = Number.isNaN(this.#at) ? at : this.#at;
    // Between two readings a body moves on; an empty fence only warms.
    const inner = this.loads.length > 0 ? 100 : Number.POSITIVE_INFINITY;
    for (let next = from + inner; next < at; next += inner) this.#settle(next);
    this.#settle(at);
    const { noiseN, stepN, fullScaleN } = this.#build;
    return this.#tension.map((bays) => {
      const noise = (this.#chance() + this.#chance() + this.#chance() - 1.5) * 2 * noiseN;
      return Math.round(Math.min(fullScaleN, Math.max(0, bays[0]! + noise)) / stepN) * stepN;
    });
  }

  #settle(at: number): void {
    this.#at = at;
    const { apartK, bayApartK, seed } = this.#build;
    const warm = this.#warmth(at);
    for (let wire = 0; wire < this.wires; wire++) {
      const own = (smooth(seed, 90 + wire, at, 1_500_000) * 2 - 1) * apartK;
      const stretch = this.#stretch[wire]!;
      stretch.fill(0);
      // What sun takes from one bay alone is as if it had grown longer there.
      for (let bay = 0; bay < this.bays; bay++) {
        const apart = (smooth(seed, 1_000 + 40 * wire + bay, at, 900_000) * 2 - 1) * bayApartK;
        this.#shade[bay] = (-rigidNPerK * apart) / this.#bayN;
      }
      for (const load of this.loads) {
        const amount = load.wire === wire ? load.amount(at) : 0;
        if (amount === 0) continue;
        if (load.by === 'mm') stretch[load.bay] = 2 * (Math.hypot(this.#halfMm, amount) - this.#halfMm);
        else this.#bear(wire, load.bay, amount, rigidNPerK * (warm + own));
      }
      this.#slide(wire, rigidNPerK * (warm + own));
    }
  }

  /** A force pulls the wire down until the tension on both sides carries it. */
  #bear(wire: number, bay: number, forceN: number, warmN: number): void {
    const stretch = this.#stretch[wire]!;
    let low = 0;
    let high = 0.9;
    for (let step = 0; step < 14; step++) {
      const sine = (low + high) / 2;
      stretch[bay] = 2 * this.#halfMm * (1 / Math.sqrt(1 - sine * sine) - 1);
      const slip = this.#slip[wire]!.slice();
      this.#slide(wire, warmN);
      if (2 * this.#tension[wire]![bay]! * sine < forceN) low = sine;
      else high = sine;
      this.#slip[wire]!.set(slip);
    }
    stretch[bay] = 2 * this.#halfMm * (1 / Math.sqrt(1 - low * low) - 1);
  }

  #slide(wire: number, warmN: number): void {
    const { slipShare } = this.#build;
    const [tension, slip, stretch, limit] = [
      this.#tension[wire]!,
      this.#slip[wire]!,
      this.#stretch[wire]!,
      this.#limit[wire]!,
    ];
    const last = this.bays - 1;
    const rest = this.#rest[wire]!;
    const gone = this.cut.get(wire);
    for (let bay = 0; bay <= last; bay++) {
      const stiff = bay === last ? this.#lastN : this.#bayN;
      const next = bay === last ? 0 : slip[bay + 1]!;
      const warm = (warmN * stiff) / this.#bayN;
      const at = rest - warm + stiff * (stretch[bay]! + this.#shade[bay]! + next - slip[bay]!);
      tension[bay] = bay === gone ? 0 : at;
    }
    for (let sweep = 0; sweep < 400; sweep++) {
      let moved = false;
      for (let at = 1; at <= last; at++) {
        const apart = tension[at]! - tension[at - 1]!;
        if (Math.abs(apart) <= limit[at]! + 1e-6) continue;
        const over = Math.abs(apart) - slipShare * limit[at]!;
        const before = at - 1 === gone ? 0 : this.#bayN;
        const after = at === gone ? 0 : at === last ? this.#lastN : this.#bayN;
        if (before + after === 0) continue;
        const way = (Math.sign(apart) * over) / (before + after);
        slip[at] = slip[at]! + way;
        tension[at - 1] = tension[at - 1]! + before * way;
        tension[at] = tension[at]! - after * way;
        moved = true;
      }
      if (!moved) return;
    }
  }
}

/** One hold after another up the fence: which wires, how long each is held and how long the fence is free between. */
export function climbing(
  fence: StickyFence,
  from: number,
  { ms, holdMs, freeMs, seed }: { ms: number; holdMs: () => number; freeMs: () => number; seed: number },
): { loads: Load[]; to: number } {
  const chance = seeded(seed);
  const bay = Math.floor(chance() * fence.bays);
  const weightN = 150 + 150 * chance();
  const holds: { from: number; to: number; sway: number }[] = [];
  let at = from;
  while (at < from + ms) {
    const to = at + holdMs();
    holds.push({ from: at, to, sway: 1 + chance() });
    at = to + freeMs();
  }
  const loads = holds.map((hold, index): Load => {
    const share = holds.length === 1 ? 0 : index / (holds.length - 1);
    const rise = Math.min(300, (hold.to - hold.from) / 3);
    const amount = (now: number) => {
      if (now <= hold.from || now >= hold.to) return 0;
      const edge = Math.min(1, (now - hold.from) / rise, (hold.to - now) / Math.min(150, rise));
      return weightN * edge * (1 + 0.1 * Math.sin(((now - hold.from) / 1_000) * hold.sway * 2 * Math.PI));
    };
    return { wire: Math.round(share * (fence.wires - 1)), bay, by: 'force', amount };
  });
  return { loads, to: holds.at(-1)!.to };
}
