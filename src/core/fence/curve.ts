/**
 * A stored series as it is drawn: as many columns as there is room for, each with the least and the greatest value in it, so
 * that a peak of one sample is still there on a picture of a week. It must never average anything away.
 */
import type { SignalLimits, Time } from '../types.ts';

/** What was stored in one column: first and last time, least, greatest and last value. */
export type CurveColumn = readonly [from: Time, to: Time, low: number, high: number, last: number];

/** A gauge that does not move is stored once a minute; a value older than this is not known any more. */
export const heldMs = 150_000;

/** How a picture is divided. */
export interface Grid {
  readonly from: Time;
  readonly to: Time;
  readonly columns: number;
}

/** One wire, by the device and point it is stored under. */
export interface WireName {
  readonly device: string;
  readonly point: string;
}

/** What to draw of a zone: its wires, lowest first, with the bases that a detector of these limits has for them. */
export interface CurveQuery extends Grid {
  readonly wires: readonly WireName[];
  readonly limits: SignalLimits;
}

/** The curves of a zone's wires, lowest first, and the base the detector had for each; empty where nothing was stored. */
export interface Curves {
  readonly wires: readonly (readonly CurveColumn[])[];
  readonly bases: readonly (readonly CurveColumn[])[];
}

/** Draws one curve, value after value. */
export class Pen {
  readonly #grid: Grid;
  readonly #drawn: CurveColumn[] = [];
  #place = -1;
  #before: CurveColumn | undefined;

  constructor(grid: Grid) {
    this.#grid = grid;
  }

  /** Takes the next value in order of time; what lies after the picture is left out. */
  add(at: Time, value: number): void {
    const { from, to, columns } = this.#grid;
    if (at < from) this.#before = [at, at, value, value, value];
    if (at < from || at > to) return;
    const here = Math.min(columns - 1, Math.floor(((at - from) / Math.max(1, to - from)) * columns));
    const last = here === this.#place ? this.#drawn.pop() : undefined;
    this.#drawn.push(
      last ? [last[0], at, Math.min(last[2], value), Math.max(last[3], value), value] : [at, at, value, value, value],
    );
    this.#place = here;
  }

  /**
   * The columns that have a value. The last value before the picture comes first, as a column of its own, when it was still
   * known as the picture began.
   */
  columns(): readonly CurveColumn[] {
    const known = this.#before && this.#before[1] >= this.#grid.from - heldMs ? [this.#before] : [];
    return [...known, ...this.#drawn];
  }
}
