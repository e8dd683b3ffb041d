/**
 * The physical school that every simulator shows a part of: wires under tension, somebody on the fence, hands on lenses.
 * It knows what is true, so that what was told can be held against it. Seeded: the same seed is the same school.
 */
import { seeded } from './random.ts';

/** Wires of a zone, lowest first. */
export const wireCount = 6;
/** Set-point of a wire, N: inside the 100–450 N of GA/T 1032-2013. */
const restN = 150;
const spreadN = 12;
/** Sensors of the common hosts end at 20 kgf. */
const fullScaleN = 196;
/** The common host alarms this far from its base: 5 kgf … */
const bandN = 49;
/** … and calls a wire cut under 1 kgf … */
const cutN = 9.8;
/** … after about 1.1 s (four samples of 280 ms). */
const confirmMs = 1_100;

/** What a zone's host makes of its wires. */
export interface Signs {
  readonly pull: boolean;
  readonly cut: boolean;
  readonly slack: boolean;
}

interface Load {
  readonly zone: string;
  readonly wire: number;
  readonly newton: number;
  readonly from: number;
  readonly to: number;
}

export class Campus {
  readonly zones: readonly string[];
  readonly #random: () => number;
  readonly #rest = new Map<string, readonly number[]>();
  readonly #cut = new Set<string>();
  /** Since when a sign's condition holds, by zone and sign. */
  readonly #since = new Map<string, number>();
  #loads: Load[] = [];

  constructor(zones: readonly string[], seed: number) {
    this.zones = zones;
    this.#random = seeded(seed);
    for (const zone of zones) {
      const rest = Array.from({ length: wireCount }, () => restN + (this.#random() - 0.5) * spreadN);
      this.#rest.set(zone, rest);
    }
  }

  /** Somebody climbs from wire to wire: a strong step on one after the other, seconds each. */
  climb(zone: string, at: number, ms: number): void {
    const each = ms / wireCount;
    for (let wire = 0; wire < wireCount; wire++) {
      const from = at + wire * each;
      this.#loads.push({ zone, wire, newton: 120 + this.#random() * 300, from, to: from + each * 1.6 });
    }
  }

  /** A wire is cut and stays cut until it is mended. */
  cut(zone: string, wire: number): void {
    this.#cut.add(`${zone}/${wire}`);
  }

  mend(zone: string): void {
    for (let wire = 0; wire < wireCount; wire++) this.#cut.delete(`${zone}/${wire}`);
  }

  /** Tension of each wire as the sensors see it, N: rest, a slow breath of the weather, noise, loads, clipped. */
  tensions(zone: string, at: number): number[] {
    this.#loads = this.#loads.filter((load) => load.to > at);
    const weather = 4 * Math.sin(at / 90_000);
    return (this.#rest.get(zone) ?? []).map((rest, wire) => {
      if (this.#cut.has(`${zone}/${wire}`)) return this.#random() * 4;
      let tension = rest + weather + (this.#random() - 0.5);
      for (const load of this.#loads) {
        if (load.zone !== zone || load.wire !== wire || load.from > at) continue;
        // A body moves at one to two hertz, and takes half a second to put its weight on.
        const onset = Math.min(1, (at - load.from) / 500);
        tension += load.newton * onset * (1 + 0.15 * Math.sin((at - load.from) / 100));
      }
      return Math.min(tension, fullScaleN);
    });
  }

  /** What the host decides from these tensions, each sign after it has lasted. */
  signs(zone: string, tensions: readonly number[], at: number): Signs {
    const rest = this.#rest.get(zone) ?? [];
    const off = tensions.map((tension, wire) => tension - (rest[wire] ?? tension));
    const lasting = (sign: string, holds: boolean) => {
      const key = `${zone}/${sign}`;
      if (!holds) this.#since.delete(key);
      else if (!this.#since.has(key)) this.#since.set(key, at);
      return holds && at - (this.#since.get(key) ?? at) >= confirmMs;
    };
    // A clipped sensor must not hide a climber: the top of the scale counts as outside the band.
    const high = tensions.some((tension, wire) => tension >= fullScaleN - 1 || (off[wire] ?? 0) > bandN);
    const low = tensions.some((tension) => tension < cutN);
    const loose = tensions.some((tension, wire) => tension >= cutN && (off[wire] ?? 0) < -bandN);
    return { pull: lasting('pull', high), cut: lasting('cut', low), slack: lasting('slack', loose) };
  }
}
