/**
 * Sums up the matrix: for each scenario and each column (one level of one coordinate) how many acts were found, and what that
 * proves. It counts and divides; the aims are said elsewhere.
 */
import { lowerBound, upperBound } from './detection-score.ts';
import type { Quiet } from './matrix-days.ts';
import type { Told } from './matrix-faults.ts';
import { type Cell, cells, frictions, periods, type Scenario, springs, weathers } from './matrix-plan.ts';
import type { Played, Trial } from './matrix-play.ts';

/** One level of one coordinate; the first is everything. */
export interface Column {
  readonly title: string;
  has(cell: Cell): boolean;
}
export const columns: readonly Column[] = [
  { title: 'all', has: () => true },
  ...frictions.map((one): Column => ({ title: one, has: ({ friction }) => friction === one })),
  ...springs.map((one): Column => ({ title: one, has: (cell) => cell.springs === one })),
  ...periods.map((one): Column => ({ title: `${one} ms`, has: ({ periodMs }) => periodMs === one })),
  ...weathers.map((one): Column => ({ title: one, has: ({ weather }) => weather === one })),
];

export interface Count {
  readonly hits: number;
  readonly tries: number;
  /** Exact one-sided 95 % lower bound. */
  readonly atLeast: number;
}

/** So many of a zone and day. */
export interface Rate {
  readonly rate: number;
  readonly days: number;
  /** Exact one-sided 95 % upper bound. */
  readonly atMost: number;
}

export const counted = (hits: number, tries: number): Count => ({ hits, tries, atLeast: lowerBound(hits, tries) });
export const same = (a: Cell, b: Cell): boolean =>
  a.friction === b.friction && a.springs === b.springs && a.periodMs === b.periodMs && a.weather === b.weather;

export class Matrix {
  readonly trials: Trial[] = [];
  readonly quiets: Quiet[] = [];
  readonly faults: Told[] = [];
  readonly done = new Set<string>();
  readings = 0;

  add({ id, trials, quiets, faults, readings }: Played): void {
    if (this.done.has(id)) return;
    this.done.add(id);
    this.trials.push(...trials);
    this.quiets.push(...quiets);
    this.faults.push(...faults);
    this.readings += readings;
  }

  /** Acts of a scenario that an algorithm found where `has` says. */
  found(scenario: Scenario, by: number, has: (cell: Cell) => boolean): Count {
    const tried = this.trials.filter((one) => one.scenario === scenario && has(one.cell));
    return counted(tried.filter(({ found }) => found[by]).length, tried.length);
  }

  /** The cell in which an algorithm finds the fewest, with what it finds there. */
  worst(scenario: Scenario, by: number): { readonly cell: Cell; readonly count: Count } | undefined {
    let worst: { readonly cell: Cell; readonly count: Count } | undefined;
    for (const cell of cells) {
      const count = this.found(scenario, by, (one) => same(one, cell));
      const share = ({ hits, tries }: Count) => hits / tries;
      if (count.tries > 0 && (!worst || share(count) < share(worst.count))) worst = { cell, count };
    }
    return worst;
  }

  /** What was said of a zone and day, of how many zone-days, and what that proves. */
  perDay(by: number, of: (quiet: Quiet) => number, has: (quiet: Quiet) => boolean): Rate {
    const own = this.quiets.filter((one) => one.by === by && has(one));
    const days = own.reduce((sum, one) => sum + one.days, 0);
    const count = own.reduce((sum, one) => sum + of(one), 0);
    return { rate: count / days, days, atMost: upperBound(count) / days };
  }
}
