/**
 * The limits a zone is judged by, and how a person changes them: for a trial or until further notice, always with a reason,
 * always with what counted before. The configuration has the last word: when it brings other limits, they count.
 */
import type { Draft } from '../draft.ts';
import { defaultLimits } from '../fence/signal-types.ts';
import { blindLimits, looseLimits } from '../site/limit-bounds.ts';
import { lookup } from '../site/lookup.ts';
import { sameLimits, vouchedFor } from '../site/zone-limits.ts';
import type { SignalLimits, Time } from '../types.ts';

/** A trial is looked at again within this time; what should hold longer is enabled. */
export const trialMaxMs = 7 * 86_400_000;
/** Limits with which a climb may not be seen are looked at again within a day: nobody gives them, but old ones are found. */
const blindMaxMs = 86_400_000;
/** A zone that was judged as usual for so long is loosened anew; sooner the time before counts, or a trial would have no end. */
const tightMs = 30 * 86_400_000;

/** What each limit may be at least and at most. Dwells as common hosts offer them (0.5–5 s), with room below for trials. */
export const limitBounds: Readonly<Record<keyof SignalLimits, readonly [least: number, most: number]>> = {
  upN: [0.5, 100],
  patientN: [1, 300],
  downN: [1, 300],
  slackShare: [0.05, 0.95],
  noiseFactor: [1, 20],
  dwellMs: [100, 5_000],
  climbN: [5, 450],
  cutN: [1, 100],
  cutDwellMs: [100, 5_000],
  floorN: [2, 450],
  ceilingN: [50, 2_000],
  staticDwellMs: [500, 600_000],
  fullScaleN: [50, 2_000],
  driftNPerHour: [0.5, 200],
  stuckN: [0.5, 100],
  weatherN: [0.5, 200],
  weatherNPerS: [0.01, 5],
};

/** Pairs of which the first must stay below the second, or the one would never be reached. */
const ordered: readonly (readonly [keyof SignalLimits, keyof SignalLimits])[] = [
  ['upN', 'patientN'],
  ['upN', 'climbN'],
  ['cutN', 'floorN'],
  ['floorN', 'ceilingN'],
  ['climbN', 'fullScaleN'],
];

/** The limits that make a zone more or less sensitive; the others say what its wires are. */
type Sensitivity = Pick<SignalLimits, 'upN' | 'patientN' | 'downN' | 'dwellMs' | 'noiseFactor'>;
const { upN, patientN, downN, dwellMs, noiseFactor } = defaultLimits;

/** Where to begin: about half and twice as sensitive as the defaults, and quicker or slower to believe it. */
export const presets: Readonly<Record<'low' | 'medium' | 'high', Sensitivity>> = {
  low: { upN: 5, patientN: 20, downN: 25, dwellMs: 2_500, noiseFactor: 6 },
  medium: { upN, patientN, downN, dwellMs, noiseFactor },
  high: { upN: 1.5, patientN: 8, downN: 10, dwellMs: 1_000, noiseFactor: 3 },
};

const names = Object.keys(limitBounds) as readonly (keyof SignalLimits)[];

/** The limits that are out of their bounds or contradict another; empty when all is well. */
export function wrongLimits(limits: SignalLimits): (keyof SignalLimits)[] {
  const wrong = new Set<keyof SignalLimits>();
  for (const name of names) {
    const [least, most] = limitBounds[name];
    if (!(limits[name] >= least && limits[name] <= most)) wrong.add(name);
  }
  for (const pair of ordered) if (!(limits[pair[0]] < limits[pair[1]])) for (const name of pair) wrong.add(name);
  return [...wrong];
}

/** Ends trials whose time is over, and whatever the configuration has overtaken. */
export function keepLimits(draft: Draft): void {
  for (const [zone, tuned] of draft.state.tuned) {
    const configured = lookup(draft.site.zones, zone)?.signal;
    if (!configured || !sameLimits(configured, tuned.configured))
      draft.add({ kind: 'untuned', zone, why: 'configured' });
    else if (tuned.until !== undefined && tuned.until <= draft.at)
      draft.add({ kind: 'untuned', zone, why: 'trial-over' });
    else if (tuned.until === undefined) dateOld(draft, zone, tuned.limits);
  }
}

/** Limits that were given when there were no bounds hold no longer than a trial from when they are found. */
function dateOld(draft: Draft, zone: string, limits: SignalLimits): void {
  const blind = blindLimits(limits).length > 0;
  if (!blind && (looseLimits(limits).length === 0 || vouchedFor(draft.state, zone, limits))) return;
  draft.add({ kind: 'limits-dated', zone, until: draft.at + (blind ? blindMaxMs : trialMaxMs) });
}

/** Since when the zone would be judged by loose limits on one person's word, were they given now. */
export function looseSince({ state, at }: Draft, zone: string): Time {
  const last = state.loose.get(zone);
  if (!last || (last.until !== undefined && at - last.until >= tightMs)) return at;
  return last.since;
}
