/**
 * Sums up what the algorithms made of the acts: shares with their exact lower bounds, times, nuisances a month. It adds up and
 * divides; it draws no conclusions.
 */
import { type Attack, type Nuisance, places } from './detection-plan.ts';
import type { Played, Quiet, Trial } from './detection-play.ts';

const monthDays = 30;

/**
 * The exact one-sided lower bound of a probability (Clopper–Pearson): the greatest p under which `hits` or more of `trials`
 * would still be seen in fewer than `doubt` of all series. 0 hits prove nothing.
 */
export function lowerBound(hits: number, trials: number, doubt = 0.05): number {
  if (hits === 0) return 0;
  let low = 0;
  let high = hits / trials;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (atLeast(hits, trials, middle) < doubt) low = middle;
    else high = middle;
  }
  return low;
}

/** Probability of `hits` or more of `trials`. */
function atLeast(hits: number, trials: number, p: number): number {
  let log = 0;
  for (let i = 1; i <= hits; i++) log += Math.log((trials - hits + i) / i) + Math.log(p);
  log += (trials - hits) * Math.log1p(-p);
  let term = Math.exp(log);
  let sum = term;
  for (let i = hits; i < trials; i++) {
    term *= ((trials - i) / (i + 1)) * (p / (1 - p));
    sum += term;
  }
  return sum;
}

/** Exact one-sided upper bound of a mean of which `count` were seen (Poisson): 3.0 when none were, with a doubt of 0.05. */
export function upperBound(count: number, doubt = 0.05): number {
  let low = count;
  let high = 2 * count + 10;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (atMost(count, middle) > doubt) low = middle;
    else high = middle;
  }
  return high;
}

/** Probability of `count` or fewer when `mean` are to be expected. */
function atMost(count: number, mean: number): number {
  let log = -mean;
  let sum = Math.exp(log);
  for (let i = 1; i <= count; i++) {
    log += Math.log(mean / i);
    sum += Math.exp(log);
  }
  return sum;
}

export interface Spread {
  readonly p50: number;
  readonly p99: number;
}

/** Median and the 99th of a hundred; NaN of nothing. */
export function spread(values: readonly number[]): Spread {
  const sorted = values.filter((one) => !Number.isNaN(one)).sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99) };
}

/** One algorithm and one kind of attack. */
export interface Score {
  readonly trials: number;
  readonly hits: number;
  readonly share: number;
  readonly atLeast: number;
  readonly took: Spread;
  readonly dwell: Spread;
  readonly floor: Spread;
  /** Found no later than a minute after the floor was passed. */
  readonly inTime: number;
  /** Share of the acts of which the word was said. */
  called(word: string): number;
}

const hit = ({ tookMs }: Trial) => !Number.isNaN(tookMs);
const floorLimitMs = 60_000;

export function score(trials: readonly Trial[]): Score {
  const found = trials.filter(hit);
  return {
    trials: trials.length,
    hits: found.length,
    share: found.length / trials.length,
    atLeast: lowerBound(found.length, trials.length),
    took: spread(found.map(({ tookMs }) => tookMs)),
    dwell: spread(found.map(({ dwellMs }) => dwellMs)),
    floor: spread(found.map(({ floorMs }) => floorMs)),
    inTime: found.filter(({ floorMs }) => !(floorMs > floorLimitMs)).length / trials.length,
    called: (word) => trials.filter(({ words }) => words.includes(word)).length / trials.length,
  };
}

/** Everything that came out of a run. */
export class Outcome {
  readonly trials: Trial[] = [];
  readonly quiets: Quiet[] = [];
  readonly echoes = [0, 0, 0];
  readings = 0;

  add({ trials, quiets, echoes, readings }: Played): void {
    this.trials.push(...trials);
    this.quiets.push(...quiets);
    for (const [by, count] of echoes.entries()) this.echoes[by]! += count;
    this.readings += readings;
  }

  of(attack: Attack, by: number, place?: number): Score {
    return score(
      this.trials.filter(
        (one) => one.attack === attack && one.by === by && (place === undefined || one.place === place),
      ),
    );
  }

  /** A figure of quiet days, summed and made a zone's month. */
  monthly(by: number, of: (quiet: Quiet) => number, place?: number): number {
    const own = this.quiets.filter((one) => one.by === by && (place === undefined || one.place === place));
    const days = own.reduce((sum, one) => sum + one.days, 0);
    return (own.reduce((sum, one) => sum + of(one), 0) / days) * monthDays;
  }

  /** Of the zones, the month of the one that has it worst. */
  worst(by: number, of: (quiet: Quiet) => number): number {
    return Math.max(...places.map((_, place) => this.monthly(by, of, place)));
  }

  /** How many acts of a nuisance alarmed, of how many. */
  touched(by: number, act: Nuisance): { readonly touched: number; readonly acts: number } {
    const own = this.quiets.filter((one) => one.by === by);
    const sum = (of: (quiet: Quiet) => number) => own.reduce((total, one) => total + of(one), 0);
    return { touched: sum((one) => one.touched[act]), acts: sum((one) => one.acts[act]) };
  }
}
