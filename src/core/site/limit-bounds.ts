/**
 * How far limits may go before a zone sees less than it ought to, and before it no longer sees a climb or a cut. Beyond the first bound
 * they are loose: they end by themselves, or a second person stands for them. Beyond the second nobody gives them at all. What is
 * configured, or was given before there were bounds, still counts; it is said on every screen instead.
 *
 * Newtons are what reaches the sensor, by the tables of docs/detection.md; everything else is by the standard that is named.
 */
import type { SignalLimits } from '../types.ts';

type Span = readonly [least: number, most: number];
export interface WatchBound {
  /** Outside it the limit is loose. */
  readonly usual: Span;
  /** Outside it the limit makes the zone blind. */
  readonly seeing: Span;
}

const most = (usual: number, seeing: number): WatchBound => ({ usual: [0, usual], seeing: [0, seeing] });

/** Only what can hide a climb or a cut; limits that only make a zone alarm too often are not here. */
export const watchBounds = {
  // Usual: what two wires spread by a body bring, in the worst five of a hundred, from a sprung wire whose supports hold 0.5–1 N.
  // Seeing: GA/T 1032-2013 asks for an alarm at 75 mm, which is 10.7 N on a rigid wire: beyond, no fence keeps it.
  upN: most(7, 10),
  // Usual: two wires spread on a rigid fence, in the worst five of a hundred. Seeing: as with `climbN`.
  patientN: most(29, 60),
  // Usual: the 5 kgf below its base at which common hosts call a wire slack. Seeing: a wire of 100 N, the least of GA/T 1032, is then cut.
  downN: most(50, 90),
  // GA/T 1032 asks for an alarm when less than a third is left; common hosts have 5/16. A half less is a wire that hangs.
  slackShare: { usual: [0.31, 1], seeing: [0.16, 1] },
  // A climber of 100–350 N near a support brings 69 N to the sensor in the worst five of a hundred, and each of his holds has to bring
  // half of the limit. Seeing: with a sensor that ends at 196 N and a wire that rests at 140 N no more than 56 N are left to show.
  climbN: most(40, 50),
  // Usual: 2.5 s, the lowest of our sensitivities. Seeing: the 3 s of GA/T 1032; a skilled climber is over in about 4 s.
  dwellMs: most(2_500, 3_000),
  // Usual: what a cut wire whose supports hold next to nothing still shows, 9.5 N. Seeing: half of it, which sensors that are off by a
  // few newtons show of no wire at all. From above: a cut is looked for under half of the floor, so the floor may not hide it.
  cutN: { usual: [9, Number.POSITIVE_INFINITY], seeing: [5, Number.POSITIVE_INFINITY] },
  // The 2 s of the police rule for Shanghai's schools, and the 3 s of GA/T 1032.
  cutDwellMs: most(2_000, 3_000),
  // A wire that stood at less than half of the floor is not asked whether it snapped: a wire of 100 N has to be.
  floorN: { usual: [50, 150], seeing: [20, 200] },
  // A sensor that ends below what is said here shows a climber as less than he is. The greatest static tension of GA/T 1032 is 450 N.
  // From below: a wire that rests above it cannot be seen to move. With 196 N, the end of a common sensor, 56 N are left of 140 N.
  fullScaleN: { usual: [190, 500], seeing: [150, 1_000] },
  // A base that follows faster goes along with somebody who spreads two wires over forty minutes: 10 N sprung, 42 N rigid.
  driftNPerHour: most(24, 60),
  // A day moves a sprung side by about 14 N: a sensor that stands still is told within a day.
  stuckN: { usual: [2, 14], seeing: [1, 25] },
  // The sun comes out at 0.2 N/s on a rigid side; what goes faster together is no weather.
  weatherNPerS: most(0.5, 1),
} as const satisfies Partial<Record<keyof SignalLimits, WatchBound>>;

/** The limits that have such bounds. */
export type BoundedLimit = keyof typeof watchBounds;
const bounded = Object.keys(watchBounds) as readonly BoundedLimit[];

function beyond(limits: SignalLimits, which: keyof WatchBound): BoundedLimit[] {
  return bounded.filter((name) => {
    const [least, greatest] = watchBounds[name][which];
    return !(limits[name] >= least && limits[name] <= greatest);
  });
}

/** Which bound a limit has passed, and whether it is too great for it; `which`: the usual one, or the one of seeing. */
export function passedBound(limits: SignalLimits, name: BoundedLimit, which: keyof WatchBound) {
  const [least, greatest] = watchBounds[name][which];
  const high = limits[name] > greatest;
  return { name, bound: high ? greatest : least, high };
}

/** The limits that hide what a fence ought to tell; empty when all are as usual. */
export const looseLimits = (limits: SignalLimits): BoundedLimit[] => beyond(limits, 'usual');

/** The limits with which a climb or a cut may not be seen at all. */
export const blindLimits = (limits: SignalLimits): BoundedLimit[] => beyond(limits, 'seeing');
