/**
 * Plays a piece of the plan: fences in their weather, acts upon them, and the three algorithms fed the same readings. What they
 * said is held against what was done. The same piece always comes out the same.
 */
import { Fence } from '../../simulators/fence/fence.ts';
import { seeded } from '../../simulators/fence/random.ts';
import { Weather } from '../../simulators/fence/weather.ts';
import { emptySenses } from '../../src/core/fence/signal.ts';
import { defaultLimits } from '../../src/core/fence/signal-types.ts';
import { type Hint, hints, isHint, type Judge, judges, type Said } from './detection-judges.ts';
import { type Attack, attacks, type Job, type Nuisance, nuisances, perDay, pollMs, sides } from './detection-plan.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** Everything has learned its bases long before the first act. */
const warmMs = 15 * minuteMs;
/** Between an act and the next the fence is whole and quiet for two to five minutes. */
const quietMs = [2 * minuteMs, 5 * minuteMs] as const;
/** An alarm this long after an act's end still belongs to it. */
const afterMs = 5_000;
/** How long somebody waits for a cut, and for an unscrewed wire to be told: at 1 N/s it passes the floor within a minute or two. */
const untilMendedMs: Partial<Record<Attack, number>> = { cut: 30_000, unscrew: 400_000 };
/** … and this long once it has passed the floor. */
const pastFloorMs = 90_000;

/** What one algorithm made of one attack. */
export interface Trial {
  readonly attack: Attack;
  readonly place: number;
  readonly by: number;
  /** From the act's beginning to the first alarm, ms; NaN: never told. */
  readonly tookMs: number;
  /** From the reading that was first outside to that alarm, ms. */
  readonly dwellMs: number;
  /** unscrew: from the moment the tension passed the floor, ms; negative: before it did. */
  readonly floorMs: number;
  /** Everything that was said of it. */
  readonly words: readonly string[];
}

/** What one algorithm said in so many days of a zone on which nobody attacked. */
export interface Quiet {
  readonly place: number;
  readonly by: number;
  readonly days: number;
  readonly alarms: Record<Nuisance | 'weather', number>;
  /** Acts of each nuisance, and those that alarmed at least once. */
  readonly acts: Record<Nuisance, number>;
  readonly touched: Record<Nuisance, number>;
  readonly hints: Record<Hint, number>;
  /** Hints of a tension outside its window that was truly there. */
  trulyOutside: number;
}

export interface Played {
  readonly trials: readonly Trial[];
  readonly quiets: readonly Quiet[];
  /** Alarms while nothing was on a mended fence, by algorithm. */
  readonly echoes: readonly number[];
  /** Readings of a zone that every algorithm judged. */
  readonly readings: number;
}

interface Post {
  readonly fence: Fence;
  readonly judges: readonly Judge[];
  readonly place: number;
}

export function play(job: Job): Played {
  const weather = new Weather({ season: job.season, seed: job.seed });
  const { side, zones } = sides[job.side]!;
  const first = sides.slice(0, job.side).reduce((sum, one) => sum + one.zones.length, 0);
  const senses = emptySenses();
  const posts = zones.map((build, index): Post => {
    const zone = `${side}-${index}`;
    const fence = new Fence({ ...build, zone, side, seed: job.seed * 16 + index }, weather);
    return { fence, judges: judges(senses, zone, side, build.wires, defaultLimits), place: first + index };
  });
  return job.kind === 'days' ? new Days(job, posts).play() : new Session(job, posts).play();
}

/** Attacks on one zone of a side, one after the other; the other zone is there for its weather. */
class Session {
  readonly #posts: readonly Post[];
  readonly #post: Post;
  readonly #each: number;
  readonly #random: () => number;
  readonly #trials: Trial[] = [];
  readonly #echoes: number[];
  #readings = 0;
  #at: number;

  constructor({ seed, zone, each }: Job & { kind: 'attacks' }, posts: readonly Post[]) {
    this.#random = seeded(seed ^ 0x2545f491);
    this.#posts = posts;
    this.#post = posts[zone]!;
    this.#each = each;
    this.#echoes = this.#post.judges.map(() => 0);
    this.#at = Math.floor(this.#random() * dayMs);
  }

  play(): Played {
    this.#wait(warmMs);
    for (const attack of this.#shuffled()) {
      this.#attack(attack);
      this.#post.fence.mend(this.#at);
      const [least, most] = quietMs;
      this.#wait(least + this.#random() * (most - least), (by, said) => {
        this.#echoes[by]! += said.filter(({ what }) => !isHint(what)).length;
      });
    }
    return { trials: this.#trials, quiets: [], echoes: this.#echoes, readings: this.#readings };
  }

  #shuffled(): Attack[] {
    const order = attacks.flatMap((attack) => Array.from({ length: this.#each }, () => attack));
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(this.#random() * (i + 1));
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    return order;
  }

  #wait(ms: number, hear?: (by: number, said: readonly Said[]) => void): void {
    for (const end = this.#at + ms; this.#at < end; ) this.#step(false, hear);
  }

  #step(closely: boolean, hear?: (by: number, said: readonly Said[]) => void): void {
    this.#at += pollMs;
    for (const one of this.#posts) {
      const wires = one.fence.read(this.#at);
      this.#readings += 1;
      for (const [by, judge] of one.judges.entries()) {
        const said = judge.take(wires, this.#at, closely && one === this.#post);
        if (one === this.#post && said.length > 0) hear?.(by, said);
      }
    }
  }

  #attack(attack: Attack): void {
    const { fence, judges, place } = this.#post;
    const from = this.#at + this.#random() * pollMs;
    const acting = fence.begin(attack, from);
    const limitMs = untilMendedMs[attack];
    const end = limitMs === undefined ? acting.to + afterMs : from + limitMs;
    const first: ({ readonly at: number; readonly said: Said } | undefined)[] = judges.map(() => undefined);
    const words = judges.map(() => new Set<string>());
    let floorAt = Number.NaN;
    while (this.#at < end && !(this.#at > floorAt + pastFloorMs)) {
      this.#step(true, (by, said) => {
        for (const one of said) {
          words[by]!.add(one.what);
          // A window that is left is what an unscrewed wire is found by at last.
          const counts = !isHint(one.what) || (attack === 'unscrew' && one.what === 'static');
          if (counts) first[by] ??= { at: this.#at, said: one };
        }
      });
      const wire = acting.wires[0]!;
      if (attack === 'unscrew' && Number.isNaN(floorAt) && fence.trueN(this.#at)[wire]! < defaultLimits.floorN)
        floorAt = this.#at;
    }
    for (const [by, one] of first.entries()) {
      const at = one?.at ?? Number.NaN;
      const dwellMs = one?.said.sinceMs ?? Number.NaN;
      this.#trials.push({
        attack,
        place,
        by,
        tookMs: at - from,
        dwellMs,
        floorMs: at - floorAt,
        words: [...words[by]!],
      });
    }
  }
}

interface Happening {
  readonly act: Nuisance;
  readonly from: number;
  readonly to: number;
  /** Algorithms that alarmed of it. */
  readonly told: Set<number>;
}

/** Days of weather on all zones of a side, with animals and branches. */
class Days {
  readonly #posts: readonly Post[];
  readonly #quiets: readonly (readonly Quiet[])[];
  readonly #random: () => number;
  readonly #start: number;
  readonly #end: number;
  /** By zone: when each nuisance comes next, and what is on now. */
  readonly #due: readonly { readonly act: Nuisance; at: number }[][];
  readonly #on: Happening[][];

  constructor({ seed, days }: Job & { kind: 'days' }, posts: readonly Post[]) {
    this.#random = seeded(seed ^ 0x2545f491);
    this.#posts = posts;
    this.#quiets = posts.map(({ judges, place }) => judges.map((_, by) => noQuiet(place, by, days)));
    this.#start = Math.floor(this.#random() * dayMs);
    this.#end = this.#start + days * dayMs;
    this.#due = posts.map(() => nuisances.map((act) => ({ act, at: this.#start + warmMs + this.#gap(act) })));
    this.#on = posts.map(() => []);
  }

  play(): Played {
    let readings = 0;
    for (let at = this.#start; at < this.#end; at += pollMs) {
      for (const [index, { fence, judges }] of this.#posts.entries()) {
        this.#happen(index, at);
        const wires = fence.read(at);
        readings += 1;
        for (let by = 0; by < judges.length; by++) {
          const said = judges[by]!.take(wires, at, false);
          if (said.length > 0 && at >= this.#start + warmMs) this.#count(index, by, said, at);
        }
      }
    }
    return { trials: [], quiets: this.#quiets.flat(), echoes: [], readings };
  }

  #happen(index: number, at: number): void {
    for (const next of this.#due[index]!) {
      if (at < next.at) continue;
      const { from, to } = this.#posts[index]!.fence.begin(next.act, at);
      this.#on[index] = this.#on[index]!.filter((one) => one.to + afterMs > at);
      this.#on[index].push({ act: next.act, from, to, told: new Set() });
      for (const quiet of this.#quiets[index]!) quiet.acts[next.act] += 1;
      next.at = to + this.#gap(next.act);
    }
  }

  #count(index: number, by: number, said: readonly Said[], at: number): void {
    const quiet = this.#quiets[index]![by]!;
    const cause = this.#on[index]!.find(({ from, to }) => at >= from && at <= to + afterMs);
    for (const { what } of said) {
      if (isHint(what)) {
        quiet.hints[what] += 1;
        if (what === 'static' && this.#outside(index, at)) quiet.trulyOutside += 1;
        continue;
      }
      quiet.alarms[cause?.act ?? 'weather'] += 1;
      if (!cause || cause.told.has(by)) continue;
      cause.told.add(by);
      quiet.touched[cause.act] += 1;
    }
  }

  /** Whether some wire truly stands outside the window of the standard, or so high that its sensor sees no pull. */
  #outside(index: number, at: number): boolean {
    const { fence } = this.#posts[index]!;
    const topN = fence.spec.fullScaleN - defaultLimits.upN;
    // What noise and steps of a sensor may make of it.
    const nearN = 1.5;
    return fence.trueN(at).some((one) => one < defaultLimits.floorN + nearN || one > topN - nearN);
  }

  #gap(act: Nuisance): number {
    return (-Math.log(1 - this.#random()) * dayMs) / perDay[act];
  }
}

function noQuiet(place: number, by: number, days: number): Quiet {
  const none = () => ({ cat: 0, bird: 0, branch: 0 });
  const noHints = Object.fromEntries(hints.map((hint) => [hint, 0])) as Record<Hint, number>;
  return {
    place,
    by,
    days,
    alarms: { ...none(), weather: 0 },
    touched: none(),
    acts: none(),
    hints: noHints,
    trulyOutside: 0,
  };
}
