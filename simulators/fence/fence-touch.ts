/**
 * What an act upon a fence is made of: touches of wires in time, wires that lose their hold, a sensor that lies, weight on the
 * control pole. It knows how a touch comes and goes, and nothing of tension or of what an act means.
 */
import { eased } from './random.ts';

export type Range = readonly [low: number, high: number];

/** What may be said of an act beforehand; the rest is drawn. */
export interface ActDetail {
  readonly wire?: number;
  /** Several wires, where an act may bear on several. */
  readonly wires?: readonly number[];
  /** Bay 0 is at the sensor. */
  readonly bay?: number;
  /** Where in its bay, as a share of the bay. */
  readonly share?: number;
  /** pull-aside: how far, mm. Default 75, the displacement GA/T 1032-2013 wants told. */
  readonly displacementMm?: number;
  /** unscrew: how fast the tension falls, N/s; the sign does not matter. Drawn from 1…5. */
  readonly rateNPerS?: number;
  /** spread, prop: how long the wires take to come apart. loosen: how long it takes, ms. */
  readonly riseMs?: number;
  /** free-hand: how long each hold lasts, and how long the wires are free between two; drawn between these, ms. */
  readonly holdMs?: Range;
  readonly freeMs?: Range;
  /** loosen: by how much, N; negative: tightened. tremble: how far either way. */
  readonly amountN?: number;
  /** How long the act lasts, ms; spread: how long the wires are held apart. A pull-aside is then one pull. Cut and unscrew last until mended, whatever is said here. */
  readonly ms?: number;
}

/** Something that bears on one wire for a while: with a force, or pushing it a way aside. */
export interface Touch {
  readonly wire: number;
  readonly bay: number;
  /** Where in its bay, as a share of the bay. */
  readonly share: number;
  /** shake: the whole fence shakes, and so does the tension, by the amount either way. */
  readonly by: 'force' | 'displacement' | 'shake';
  /** N or mm. */
  readonly amount: number;
  readonly from: number;
  readonly to: number;
  readonly riseMs: number;
  readonly fallMs: number;
  /** A body or a branch moves: by this share of the amount, this often a second. */
  readonly sway: number;
  readonly swayHz: number;
  /** Moved by the wind: the amount counts at 10 m/s. */
  readonly gusty: boolean;
}

/** A wire that loses its hold: let out at a rate until so much is gone, or cut in a bay. */
export type Loosened =
  | { readonly wire: number; readonly rateNPerS: number; readonly untilN: number; readonly far: boolean }
  | { readonly wire: number; readonly bay: number; readonly leftN: number };

/** An act as it will be played. `loose` and `fault` say what else than touches it is. */
export interface Play {
  readonly touches: readonly Touch[];
  readonly loose?: readonly Loosened[];
  /** What bears on the control pole, N. */
  readonly pole?: readonly Touch[];
  readonly fault?: { readonly kind: 'stuck' | 'offset' | 'lost'; readonly offsetN: number };
  readonly wires: readonly number[];
  readonly to: number;
}

/** What the players need to know of the fence. `between` draws evenly. */
export interface Stage {
  readonly wires: number;
  readonly bays: number;
  between(low: number, high: number): number;
}

/** What a touch brings at a moment, N or mm as its amount, in a wind of 10 m/s. */
export function bearing(touch: Touch, at: number): number {
  if (at < touch.from || at >= touch.to) return 0;
  const since = at - touch.from;
  const hold = eased(since / touch.riseMs) * eased((touch.to - at) / touch.fallMs);
  if (touch.by === 'shake') return touch.amount * hold * Math.sin((since / 1_000) * touch.swayHz * 2 * Math.PI);
  return touch.amount * hold * (1 + touch.sway * Math.sin((since / 1_000) * touch.swayHz * 2 * Math.PI));
}

/** A still touch in the middle of a bay; what differs is said. */
export function touch(one: Pick<Touch, 'wire' | 'bay' | 'by' | 'amount' | 'from' | 'to'> & Partial<Touch>): Touch {
  return { share: 0.5, riseMs: 300, fallMs: 300, sway: 0, swayHz: 1, gusty: false, ...one };
}
