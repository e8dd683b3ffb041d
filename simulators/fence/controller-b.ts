/**
 * Controller B: a 32-bit two-zone host that counts in 0.1 kgf. It alarms while a wire is outside fixed margins around its
 * base, after a confirmation time, and keeps that base; its static window only warns. Margins, times and window are those
 * of its firmware; how its base is learned and follows is not known, so that part is an assumption and says so.
 */
import { type Controller, type ControllerSigns, noSigns, signed } from './controller.ts';

/** The host counts in 0.1 kgf; 1 kgf = 9.80665 N. */
const newtonPerCount = 0.980665;

export interface ControllerBOptions {
  readonly wires: number;
  /** 1…10, half a second each. Default 4. */
  readonly sensitivity?: number;
  /** When it is set, kgf, the margins become 20 % of half of it and the window that half ± 20 %. Not set: 20 kgf with margins
   *  of 5 kgf and a window of 10…15 kgf, as from the factory. */
  readonly fullScaleKgf?: number;
}

/** All in counts. */
const factory = { margin: 50, windowLow: 100, windowHigh: 150 } as const;
const cutCounts = 10;
const slackConfirmMs = 2_000;
const perSensitivityMs = 500;
/** Assumed: the base is the mean of the first two seconds … */
const learnMs = 2_000;
/** … and follows a reading inside the margins by one count a minute, enough for any weather of a sprung fence. */
const followMs = 60_000;

class ControllerB implements Controller {
  readonly #wires: number;
  readonly #confirmMs: number;
  readonly #margin: number;
  readonly #windowLow: number;
  readonly #windowHigh: number;
  readonly #base: Float64Array;
  readonly #samples: Uint32Array;
  #startedAt: number | undefined;
  #followedAt = 0;
  /** Since when a condition holds; Infinity: it does not. */
  #pullSince = Number.POSITIVE_INFINITY;
  #cutSince = Number.POSITIVE_INFINITY;
  #slackSince = Number.POSITIVE_INFINITY;
  #signs: ControllerSigns = noSigns;

  constructor({ wires, sensitivity = 4, fullScaleKgf }: ControllerBOptions) {
    this.#wires = wires;
    this.#confirmMs = sensitivity * perSensitivityMs;
    const half = fullScaleKgf === undefined ? undefined : fullScaleKgf * 5;
    this.#margin = half === undefined ? factory.margin : half * 0.2;
    this.#windowLow = half === undefined ? factory.windowLow : half * 0.8;
    this.#windowHigh = half === undefined ? factory.windowHigh : half * 1.2;
    this.#base = new Float64Array(wires);
    this.#samples = new Uint32Array(wires);
  }

  get bases(): number[] {
    return Array.from(this.#base, (base) => base * newtonPerCount);
  }

  get lows(): number[] {
    return Array.from(this.#base, (base) => (base - this.#margin) * newtonPerCount);
  }

  get highs(): number[] {
    return Array.from(this.#base, (base) => (base + this.#margin) * newtonPerCount);
  }

  take(tensions: readonly (number | undefined)[], at: number): ControllerSigns {
    this.#startedAt ??= at;
    if (at - this.#startedAt < learnMs) {
      this.#learn(tensions);
      this.#followedAt = at;
      return this.#signs;
    }
    this.#signs = signed(this.#signs, this.#judge(tensions, at));
    if (at - this.#followedAt >= followMs) {
      this.#followedAt = at;
      this.#follow(tensions);
    }
    return this.#signs;
  }

  #learn(tensions: readonly (number | undefined)[]): void {
    for (let wire = 0; wire < this.#wires; wire++) {
      const tension = tensions[wire];
      if (tension === undefined) continue;
      const samples = (this.#samples[wire] ?? 0) + 1;
      this.#samples[wire] = samples;
      const base = this.#base[wire] ?? 0;
      this.#base[wire] = base + (tension / newtonPerCount - base) / samples;
    }
  }

  #judge(tensions: readonly (number | undefined)[], at: number): ControllerSigns {
    let pull = false;
    let cut = false;
    let slack = false;
    let fixed = false;
    for (let wire = 0; wire < this.#wires; wire++) {
      const tension = tensions[wire];
      const base = this.#base[wire] ?? 0;
      fixed ||= base < this.#windowLow || base > this.#windowHigh;
      if (tension === undefined) continue;
      const counts = Math.round(tension / newtonPerCount);
      if (counts < cutCounts) cut = true;
      else if (base - counts > this.#margin) slack = true;
      pull ||= counts - base > this.#margin;
    }
    this.#pullSince = pull ? Math.min(this.#pullSince, at) : Number.POSITIVE_INFINITY;
    this.#cutSince = cut ? Math.min(this.#cutSince, at) : Number.POSITIVE_INFINITY;
    this.#slackSince = slack ? Math.min(this.#slackSince, at) : Number.POSITIVE_INFINITY;
    return {
      climb: false,
      pull: at - this.#pullSince >= this.#confirmMs,
      cut: at - this.#cutSince >= this.#confirmMs,
      slack: at - this.#slackSince >= slackConfirmMs,
      fixed,
    };
  }

  #follow(tensions: readonly (number | undefined)[]): void {
    for (let wire = 0; wire < this.#wires; wire++) {
      const tension = tensions[wire];
      if (tension === undefined) continue;
      const base = this.#base[wire] ?? 0;
      const off = tension / newtonPerCount - base;
      if (Math.abs(off) >= 1 && Math.abs(off) <= this.#margin) this.#base[wire] = base + Math.sign(off);
    }
  }
}

/** One zone of a host of family B. */
export function controllerB(options: ControllerBOptions): Controller {
  return new ControllerB(options);
}
