/**
 * The sensors at the ends of a fence's wires: zero error, noise, the wind's shaking, the ends of the scale, the steps of the
 * converter, and the ways they fail. They see a tension and show a number; why the tension is so is not theirs to know.
 */
import { seeded } from './random.ts';

/** Noise of a sensor and its amplifier, N (root mean square). */
const noiseN = 0.4;

/** What is wrong with some sensors for a while. */
export interface Fault {
  readonly kind: 'stuck' | 'offset' | 'lost';
  readonly wires: readonly number[];
  readonly offsetN: number;
  readonly from: number;
  readonly to: number;
}

export interface SensorsSpec {
  readonly fullScaleN: number;
  readonly stepN: number;
  readonly offsetN?: number;
  readonly flutterN?: number;
  readonly seed: number;
}

export class Sensors {
  readonly #spec: SensorsSpec;
  readonly #noise: () => number;
  readonly #flutter: () => number;
  #faults: Fault[] = [];
  /** What a stuck sensor shows, by fault and wire: its first reading. */
  readonly #held = new Map<Fault, Map<number, number>>();

  constructor(spec: SensorsSpec) {
    this.#spec = spec;
    this.#noise = seeded(spec.seed ^ 0x5bd1e995);
    this.#flutter = seeded(spec.seed ^ 0x27d4eb2f);
  }

  fail(fault: Fault): void {
    this.#faults.push(fault);
    this.#held.set(fault, new Map());
  }

  /** All sensors are well again. */
  mend(): void {
    this.#faults = [];
    this.#held.clear();
  }

  /** What they show of the tensions of a moment, N; undefined for one that cannot be read. */
  read(tensions: Float64Array, windMs: number, at: number): (number | undefined)[] {
    const readings = new Array<number | undefined>(tensions.length);
    const flutterN = (this.#spec.flutterN ?? 0) * Math.min(3, (windMs / 10) ** 2);
    for (let wire = 0; wire < tensions.length; wire++) {
      const shaken = flutterN > 0 ? bell(this.#flutter) * flutterN : 0;
      readings[wire] = this.#shown((tensions[wire] ?? 0) + shaken);
    }
    if (this.#faults.length > 0) this.#lie(readings, at);
    return readings;
  }

  /** A sensor's reading of a tension: zero error, noise, ends of the scale, steps. */
  #shown(tension: number): number {
    const { offsetN = 0, fullScaleN, stepN } = this.#spec;
    const noise = bell(this.#noise) * noiseN;
    const clipped = Math.min(fullScaleN, Math.max(0, tension + offsetN + noise));
    return Math.round(clipped / stepN) * stepN;
  }

  #lie(readings: (number | undefined)[], at: number): void {
    this.#faults = this.#faults.filter(({ to }) => to > at);
    for (const fault of this.#faults) {
      const { kind, wires, offsetN, from } = fault;
      const held = this.#held.get(fault);
      if (at < from || !held) continue;
      for (const wire of wires) {
        const reading = readings[wire];
        if (reading === undefined) continue;
        if (kind === 'lost') readings[wire] = undefined;
        else if (kind === 'offset') readings[wire] = Math.min(this.#spec.fullScaleN, Math.max(0, reading + offsetN));
        else {
          if (!held.has(wire)) held.set(wire, reading);
          readings[wire] = held.get(wire);
        }
      }
    }
  }
}

/** A draw near enough to a bell of width 1: the sum of three even ones. */
function bell(even: () => number): number {
  return (even() + even() + even() - 1.5) * 2;
}
