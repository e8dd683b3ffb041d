/**
 * Wires of a fence that lost their hold: by a tensioner that is turned, or by a cutter. It says how far one is gone at a
 * moment; what that makes of the tension is mechanics and stands elsewhere.
 */
import type { Grip } from './fence-strands.ts';
import type { Loosened } from './fence-touch.ts';

/** One cut end in this many catches at the next support. */
const catchEvery = 5;

/** A wire that lost its hold: let out at a rate, or cut with a little friction left. */
export interface Loose {
  readonly wire: number;
  readonly from: number;
  readonly rateNPerS: number;
  /** No more than this is let out, N; negative: taken in. */
  readonly untilN: number;
  /** Let out at the far end, not at the sensor. */
  readonly far: boolean;
  /** The bay it is cut in; undefined: not cut. */
  readonly cutBay: number | undefined;
  readonly leftN: number;
}

/** As it will go from `from` on. With a grip friction is reckoned support by support, and only what a cut end catches on is left. */
export function looseOf(
  one: Loosened,
  from: number,
  grip: Grip | undefined,
  between: (low: number, high: number) => number,
): Loose {
  if (!('bay' in one)) return { ...one, from, cutBay: undefined, leftN: 0 };
  const { wire, bay: cutBay } = one;
  let { leftN } = one;
  if (grip) leftN = between(0, catchEvery) < 1 ? between(...(grip.catchN ?? [0, 0])) : 0;
  return { wire, from, rateNPerS: 0, untilN: 0, far: false, cutBay, leftN };
}

/** How much a wire has been let out since it began to, N; negative: taken in. */
export function letOut({ from, rateNPerS, untilN }: Loose, at: number): number {
  const out = (rateNPerS * (at - from)) / 1_000;
  return untilN < 0 ? Math.max(untilN, out) : Math.min(untilN, out);
}
