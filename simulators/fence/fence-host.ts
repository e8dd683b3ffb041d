/**
 * What a host passes on of a fence: readings at its own pace and in its own steps, the newest one until the next, however often
 * it is asked. And the ways a host deceives: it freezes, plays back what was, falls silent, or its supply drops and every
 * sensor with it. It decides nothing about alarms.
 */
import { seeded } from './random.ts';

export interface HostBuild {
  /** How often it takes a new reading, ms. */
  readonly periodMs: number;
  /** Steps in which it tells, N. */
  readonly quantumN: number;
  /** Each reading is the mean of all samples of its period, not the newest alone. */
  readonly mean: boolean;
  readonly seed: number;
}

/** What a host does to its readings for a while. `to` Infinity: until it is mended. */
export type HostFault = { readonly from: number; readonly to: number } & (
  | { readonly kind: 'frozen' | 'silent' }
  /** Plays the last so many ms again and again, with so much noise of its own, N. */
  | { readonly kind: 'replay'; readonly lengthMs: number; readonly noiseN: number }
  /** Sensors get too little: every reading falls to this share of itself within `fallMs`. */
  | { readonly kind: 'supply'; readonly share: number; readonly fallMs: number }
);

type Readings = readonly (number | undefined)[];

/** A host's clock is not ours: its period wanders by this share. */
const jitter = 0.05;
/** No host plays back more than a day. */
const keptMs = 86_400_000;

export class FenceHost {
  readonly #build: HostBuild;
  readonly #chance: () => number;
  #due = Number.NEGATIVE_INFINITY;
  #shown: Readings = [];
  #sums: number[] = [];
  #samples = 0;
  #faults: HostFault[] = [];
  /** Readings it could play back, kept once a replay is planned. */
  #tape: { readonly at: number; readonly readings: Readings }[] = [];
  #playing = 0;
  #tapedMs = 0;

  constructor(build: HostBuild) {
    this.#build = build;
    this.#chance = seeded(build.seed ^ 0x165667b1);
  }

  /** Plans a fault. A replay needs its tape: it is recorded from now on, so `from` lies its length ahead at least. */
  fail(fault: HostFault): void {
    this.#faults.push(fault);
    if (fault.kind === 'replay') this.#tapedMs = Math.min(keptMs, Math.max(this.#tapedMs, fault.lengthMs));
  }

  /** The host is well again. */
  mend(): void {
    this.#faults = [];
    this.#tape = [];
    this.#tapedMs = 0;
    this.#playing = 0;
  }

  /** A sample of its sensors. Time must not go back. */
  sample(tensions: Readings, at: number): void {
    if (this.#samples === 0) this.#sums = tensions.map(() => 0);
    this.#samples += 1;
    for (const [wire, tension] of tensions.entries())
      this.#sums[wire] = (this.#sums[wire] ?? 0) + (tension ?? Number.NaN);
    if (at < this.#due) return;
    const { periodMs, mean } = this.#build;
    this.#due = at + periodMs * (1 + (this.#chance() - 0.5) * 2 * jitter) - 1;
    const seen = mean ? this.#sums.map((sum) => sum / this.#samples) : tensions;
    this.#samples = 0;
    const fault = this.#faultAt(at);
    if (fault?.kind === 'frozen') return;
    this.#shown = fault?.kind === 'replay' ? this.#playBack(fault) : this.#told(seen, at, fault);
    if (this.#tapedMs === 0 || fault?.kind === 'replay') return;
    this.#tape.push({ at, readings: this.#shown });
    if (this.#tape.length % 256 === 0) this.#tape = this.#tape.filter((one) => one.at > at - this.#tapedMs);
  }

  /** What it tells who asks now, N, lowest wire first; undefined: it does not answer. */
  read(at: number): Readings | undefined {
    return this.#faultAt(at)?.kind === 'silent' ? undefined : this.#shown;
  }

  #faultAt(at: number): HostFault | undefined {
    return this.#faults.findLast(({ from, to }) => at >= from && at < to);
  }

  #told(tensions: Readings, at: number, fault: HostFault | undefined): Readings {
    const { quantumN } = this.#build;
    const share = fault?.kind === 'supply' ? 1 - (1 - fault.share) * Math.min(1, (at - fault.from) / fault.fallMs) : 1;
    return tensions.map((tension) =>
      tension === undefined || Number.isNaN(tension) ? undefined : Math.round((tension * share) / quantumN) * quantumN,
    );
  }

  #playBack({ lengthMs, noiseN, from }: HostFault & { kind: 'replay' }): Readings {
    if (this.#playing === 0) this.#tape = this.#tape.filter((one) => one.at > from - lengthMs);
    const back = this.#tape[this.#playing++ % Math.max(1, this.#tape.length)]?.readings ?? this.#shown;
    if (noiseN === 0) return back;
    const { quantumN } = this.#build;
    return back.map((tension) => {
      const shaken = (tension ?? 0) + (this.#chance() - 0.5) * 2 * noiseN;
      return tension === undefined ? undefined : Math.round(shaken / quantumN) * quantumN;
    });
  }
}
