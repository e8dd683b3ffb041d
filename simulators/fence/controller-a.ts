/**
 * Controller A: an 8-bit host with a 10-bit converter and up to seven wires a zone. It alarms on four points outside its
 * limits and then takes the alarmed value for its new base, so that every alarm clears by itself; it follows a slackening
 * wire all the way down. Rules and figures are those of its firmware; where the firmware is silent, it says so here. The
 * build with tensioning motors is another machine and not this one.
 */
import { type Controller, type ControllerSigns, noSigns, signed } from './controller.ts';

export interface ControllerAOptions {
  readonly wires: number;
  /** One more channel after the wires: the control pole, which tells of climbing on it. Default none. */
  readonly pole?: boolean;
  /** D: alarm above base + D, counts. Default 50. */
  readonly marginCounts?: number;
  /** Points outside before an alarm, and inside before it clears. Default 4. */
  readonly confirmPoints?: number;
  /** How long the output is held, ms. Default 10 000; another build has 3 000. */
  readonly holdMs?: number;
  /** Allowed window of a base, counts. Default 0…999, as from the factory: effectively off. */
  readonly staticLow?: number;
  readonly staticHigh?: number;
  /** What a count is worth, N. No source tells: the default spreads 20 kgf over the counts above the sensors' zero. */
  readonly newtonPerCount?: number;
}

/** The converter ends here; the zero of a sensor stands near 355 (seen 310…400). */
const topCounts = 1023;
const zeroCounts = 355;
const fullScaleN = 196;
/** Four samples make a point. */
const pointMs = 280;
const settleMs = 5_000;
const learnPoints = 32;
/** The firmware's third: 1/2 − 1/8 − 1/16. */
const lowShare = 1 / 2 - 1 / 8 - 1 / 16;
/** Following looks at every second point, and at differences from two counts on. */
const followPoints = 2;
const followCounts = 2;
/** Looks in a row that must find a wire tighter before the base goes up by one count. */
const tighterLooks = 6;
/** The firmware has one bit for a wire that lost its tension. A host that must choose a word calls it cut below this share
 *  of the tension it learned first; that choice is ours. */
const cutShare = 0.1;

type Word = 'climb' | 'pull' | 'slack' | 'cut';
const words = ['climb', 'pull', 'slack', 'cut'] as const;

/** One channel, in counts above the sensor's zero. */
class Channel {
  base = 0;
  low = 0;
  high = topCounts;
  alarm: Word | undefined;
  #learned = 0;
  #sum = 0;
  /** What was learned first. */
  #guard = 0;
  #outside = 0;
  #inside = 0;
  #tighter = 0;
  readonly #margin: number;
  readonly #above: Word;

  constructor(margin: number, above: Word) {
    this.#margin = margin;
    this.#above = above;
  }

  get learned(): boolean {
    return this.#learned >= learnPoints;
  }

  learn(point: number): void {
    this.#sum += point;
    this.#learned += 1;
    if (!this.learned) return;
    this.#guard = this.#sum / learnPoints;
    this.#rebase(Math.round(this.#guard));
  }

  /** Judges a point; true when an alarm begins. */
  judge(point: number, confirm: number): boolean {
    const above = point > this.high;
    if (!above && point >= this.low) {
      this.#outside = 0;
      this.#inside += 1;
      if (this.#inside >= confirm) this.alarm = undefined;
      return false;
    }
    this.#inside = 0;
    this.#outside += 1;
    if (this.#outside < confirm) return false;
    this.alarm = above ? this.#above : point < this.#guard * cutShare ? 'cut' : 'slack';
    this.#outside = 0;
    this.#rebase(point);
    return true;
  }

  /** Goes half the way down at once, and up by one count when it has long been tighter. */
  follow(point: number): void {
    const off = point - this.base;
    if (off <= -followCounts) this.#rebase(this.base + Math.ceil(off / 2));
    this.#tighter = off >= followCounts ? this.#tighter + 1 : 0;
    if (this.#tighter < tighterLooks) return;
    this.#tighter = 0;
    this.#rebase(this.base + 1);
  }

  #rebase(base: number): void {
    this.base = base;
    this.low = base * lowShare;
    this.high = Math.min(topCounts, base + this.#margin);
  }
}

class ControllerA implements Controller {
  readonly #options: Required<ControllerAOptions>;
  readonly #channels: readonly Channel[];
  readonly #sums: Float64Array;
  readonly #samples: Uint32Array;
  readonly #heldUntil: Record<Word, number> = { climb: 0, pull: 0, slack: 0, cut: 0 };
  #startedAt: number | undefined;
  #due = 0;
  #points = 0;
  #signs: ControllerSigns = noSigns;

  constructor(options: Required<ControllerAOptions>) {
    this.#options = options;
    const { wires, pole, marginCounts } = options;
    const channels = wires + (pole ? 1 : 0);
    this.#channels = Array.from(
      { length: channels },
      (_, at) => new Channel(marginCounts, at < wires ? 'pull' : 'climb'),
    );
    this.#sums = new Float64Array(channels);
    this.#samples = new Uint32Array(channels);
  }

  get bases(): number[] {
    return this.#told(({ base }) => base);
  }

  get lows(): number[] {
    return this.#told(({ low }) => low);
  }

  get highs(): number[] {
    return this.#told(({ high }) => high);
  }

  take(tensions: readonly (number | undefined)[], at: number): ControllerSigns {
    if (this.#startedAt === undefined) {
      this.#startedAt = at;
      this.#due = at + pointMs;
    }
    for (let i = 0; i < this.#channels.length; i++) {
      const tension = tensions[i];
      if (tension === undefined) continue;
      this.#sums[i] = (this.#sums[i] ?? 0) + tension;
      this.#samples[i] = (this.#samples[i] ?? 0) + 1;
    }
    if (at < this.#due) return this.#signs;
    // Samples that come slower than points make a point each.
    this.#due = Math.max(this.#due + pointMs, at);
    this.#point(at, at - this.#startedAt >= settleMs);
    this.#signs = signed(this.#signs, this.#say(at));
    return this.#signs;
  }

  #point(at: number, settled: boolean): void {
    const { confirmPoints, holdMs, newtonPerCount } = this.#options;
    this.#points += 1;
    for (const [i, channel] of this.#channels.entries()) {
      const samples = this.#samples[i] ?? 0;
      if (samples === 0) continue;
      const point = Math.round((this.#sums[i] ?? 0) / samples / newtonPerCount);
      this.#sums[i] = 0;
      this.#samples[i] = 0;
      if (!settled) continue;
      if (!channel.learned) {
        channel.learn(point);
        continue;
      }
      const began = channel.judge(point, confirmPoints);
      if (began && channel.alarm) this.#heldUntil[channel.alarm] = at + holdMs;
      if (this.#points % followPoints === 0) channel.follow(point);
    }
  }

  #say(at: number): ControllerSigns {
    const { staticLow, staticHigh, wires } = this.#options;
    const says = (word: Word) => at < this.#heldUntil[word] || this.#channels.some(({ alarm }) => alarm === word);
    const [climb, pull, slack, cut] = words.map(says) as [boolean, boolean, boolean, boolean];
    const fixed = this.#channels.some(
      ({ learned, base }, i) => i < wires && learned && (base < staticLow || base > staticHigh),
    );
    return { climb, pull, slack, cut, fixed };
  }

  #told(of: (channel: Channel) => number): number[] {
    const { wires, newtonPerCount } = this.#options;
    return this.#channels.slice(0, wires).map((channel) => of(channel) * newtonPerCount);
  }
}

/** A host of family A. Feed it at 280 ms or faster; four samples a point are its own pace. */
export function controllerA(options: ControllerAOptions): Controller {
  return new ControllerA({
    pole: false,
    marginCounts: 50,
    confirmPoints: 4,
    holdMs: 10_000,
    staticLow: 0,
    staticHigh: 999,
    newtonPerCount: fullScaleN / (topCounts - zeroCounts),
    ...options,
  });
}
