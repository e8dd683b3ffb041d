/**
 * What a rise of tension means in millimetres: a wire between two supports that is pushed aside in the middle. It puts the
 * limits of a detector, which are in newtons, beside the displacement that requirements speak of. Supports are taken as
 * frictionless; real pulleys keep some newtons each, so that the sensor sees less and the wire must go further.
 */

/** A stretch of fence, as far as a push in the middle of one bay is concerned. */
export interface Bay {
  /** From support to support, m. */
  readonly bayM: number;
  /** The whole wire of the zone, m; it stretches as one. */
  readonly lengthM: number;
  /** Of the spring at the end of the wire, N/mm; absent where there is none. */
  readonly springNPerMm?: number;
}

/** Bays in the middle of what GA/T 1032-2013 has (3–5 m), and its longest zone. */
export const usualSpan: Bay = { bayM: 4, lengthM: 40 };
/** A usual spring, N/mm. */
export const usualSpringNPerMm = 2;
/** GA/T 1032-2013 asks for an alarm at this displacement at the latest. */
export const displacementMm = 75;
/** The threshold of common controllers above their base: 5 kgf. */
export const usualRiseN = 5 * 9.806_65;

/** Elastic modulus times cross-section of a 1.2 mm stainless wire, N; reckoned back from published temperature tables. */
const wireN = 152_000;

/** How much tension each mm of stretch adds, N/mm. */
function stiffness({ lengthM, springNPerMm }: Bay): number {
  const wire = wireN / (lengthM * 1_000);
  return springNPerMm === undefined ? wire : 1 / (1 / wire + 1 / springNPerMm);
}

/** How much the tension rises when the wire is pushed aside by so many mm in the middle of a bay, N. */
export function riseOf(mm: number, span: Bay): number {
  const half = span.bayM * 500;
  return stiffness(span) * 2 * (Math.hypot(half, mm) - half);
}

/** How far the wire must be pushed aside in the middle of a bay for the tension to rise by so much, mm. */
export function displacementOf(riseN: number, span: Bay): number {
  const half = span.bayM * 500;
  const stretched = half + riseN / stiffness(span) / 2;
  return Math.sqrt(stretched ** 2 - half ** 2);
}

/** How much a wire must rise where it is pushed, N, for the sensor at the other end of the zone to see `riseN`: each support
 *  between keeps `frictionN`. Nearer to the sensor it is less; what rises less than the supports keep is never seen. */
export function farRiseOf(riseN: number, span: Bay, frictionN: number): number {
  return riseN + frictionN * Math.max(0, Math.round(span.lengthM / span.bayM) - 1);
}

/** The force it takes to hold it there, N, on a wire of `baseN` at rest. */
export function pushOf(mm: number, baseN: number, span: Bay): number {
  const half = span.bayM * 500;
  return (2 * (baseN + riseOf(mm, span)) * mm) / Math.hypot(half, mm);
}
