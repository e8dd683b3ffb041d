/**
 * The mechanics of one stretched wire of a tension fence: how stiff it is, what heat, wind and its own weight do to it, and
 * what a load between two supports makes of its tension. Pure arithmetic in N, mm, m and K; it knows no time and no chance.
 */

/** Axial stiffness of the common 1.2 mm stainless rope, N: 2.6 N/K and 3.8 N/mm over 40 m. */
export const axialN = 152_000;
/** Expansion of stainless steel, per K. */
export const expansionPerK = 17.3e-6;
/** The usual spring at a wire's end, N/mm: makes 1.3 N/mm of a rigid 40 m wire. */
export const springNPerMm = 2;
/** Weight of the wire, N/m: 1.2 mm of stainless steel. */
const weightNPerM = 0.087;
const wireMm = 1.2;
/** Density of air at 15 °C, and the drag of a cylinder in cross flow. */
const airKgPerM3 = 1.225;
const drag = 1.2;

/** A wire over its supports. The sensor is at bay 0, the spring behind the last bay. */
export interface Wire {
  readonly bayMm: number;
  readonly bays: number;
  /** Tension per elongation of the whole wire when nothing sticks, N/mm. */
  readonly stiffness: number;
  /** The same as felt by an elongation in each bay: what sticks at the supports makes the wire stiffer there. */
  readonly stiffnessAt: readonly number[];
  /** Share of a tension change in each bay that arrives at the sensor. */
  readonly arrives: readonly number[];
}

/** `friction`: the share of a tension change that is lost at each support. */
export function wireOf(lengthM: number, bayM: number, springs: boolean, friction: number): Wire {
  const bays = Math.max(1, Math.round(lengthM / bayM));
  const bayMm = (lengthM / bays) * 1_000;
  const kept = 1 - friction;
  const perBay = bayMm / axialN;
  const spring = springs ? 1 / springNPerMm : 0;
  const stiffnessAt = Array.from({ length: bays }, (_, loaded) => {
    let yields = spring * kept ** (bays - 1 - loaded);
    for (let bay = 0; bay < bays; bay++) yields += perBay * kept ** Math.abs(bay - loaded);
    return 1 / yields;
  });
  const arrives = Array.from({ length: bays }, (_, bay) => kept ** bay);
  return { bayMm, bays, stiffness: 1 / (bays * perBay + spring), stiffnessAt, arrives };
}

/** What warmth takes from the tension, N per K. */
export function perKelvin(wire: Wire): number {
  return wire.stiffness * expansionPerK * wire.bayMm * wire.bays;
}

/** Density of glaze ice, kg/m³, and what weighs a kilogram, N. */
const iceKgPerM3 = 900;
const gravity = 9.81;

/** Sag of one bay under weight, a coat of ice and wind, as ΔL·T², N²·mm. */
export function baySag(bayMm: number, windMs: number, iceMm: number): number {
  const across = (wireMm + 2 * iceMm) / 1_000;
  const push = (airKgPerM3 / 2) * drag * across * windMs * windMs;
  const ice = (Math.PI / 4) * (across * across - (wireMm / 1_000) ** 2) * iceKgPerM3 * gravity;
  const weight = weightNPerM + ice;
  return ((push * push + weight * weight) * (bayMm / 1_000) ** 3 * 1_000) / 24;
}

/** Sag of a wire under its own weight and wind, as ΔL·T², N²·mm: each bay hangs as a shallow parabola. */
export function sag(wire: Wire, windMs: number): number {
  return baySag(wire.bayMm, windMs, 0) * wire.bays;
}

/** Tension of a wire that would have `slackless` N if it were weightless, N: T = slackless + k·sag/T². Never below its sag. */
export function settled(slackless: number, stiffness: number, sagging: number): number {
  // From above the only positive root, where the function is convex, each step comes closer.
  let tension = Math.max(slackless, 0) + Math.cbrt(stiffness * sagging);
  for (let step = 0; step < 40; step++) {
    const value = tension * tension * (tension - slackless) - stiffness * sagging;
    const next = tension - value / (tension * (3 * tension - 2 * slackless));
    if (!(tension - next > 1e-6)) break;
    tension = next;
  }
  return tension;
}

/** Elongation of a bay that is pushed aside by `asideMm` at `share` of its length, mm. */
export function elongation(bayMm: number, asideMm: number, share = 0.5): number {
  const left = bayMm * share;
  const right = bayMm - left;
  return slant(left, asideMm) - left + slant(right, asideMm) - right;
}

/** Force that holds a wire of tension `tensionN` aside, N: 2·T·sin θ at mid-span. */
export function holding(tensionN: number, bayMm: number, asideMm: number, share = 0.5): number {
  const left = bayMm * share;
  const right = bayMm - left;
  return tensionN * (asideMm / slant(left, asideMm) + asideMm / slant(right, asideMm));
}

/** How far `forceN` pushes a wire of rest tension `restN` aside, mm; exact for any displacement. */
export function aside(restN: number, stiffness: number, bayMm: number, forceN: number, share = 0.5): number {
  let low = 0;
  let high = bayMm;
  for (let step = 0; step < 44; step++) {
    const middle = (low + high) / 2;
    const tension = restN + stiffness * elongation(bayMm, middle, share);
    if (holding(tension, bayMm, middle, share) < forceN) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Math.hypot guards against overflow that no fence reaches, at ten times the price. */
function slant(along: number, across: number): number {
  return Math.sqrt(along * along + across * across);
}
