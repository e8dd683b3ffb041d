/**
 * How a round came out, from its counts alone, for records, reports and pages. It must never be kept beside the counts in State:
 * what follows from them cannot differ from them.
 */
import { arrivedVerdicts, attendedVerdicts, missedVerdicts } from '../site/verdict-sets.ts';
import type { PatrolCounts, PatrolVerdict, RoundResult } from '../types.ts';

/** What a round comes to. `broken`: the point it was broken off at. */
export function roundResult(counts: PatrolCounts, broken?: string): RoundResult {
  const all = Object.entries(counts) as [PatrolVerdict, number][];
  const sum = (of?: ReadonlySet<PatrolVerdict>) =>
    all.reduce((total, [verdict, n]) => total + (of?.has(verdict) === false ? 0 : n), 0);
  const points = sum();
  if (counts.cancelled) return 'cancelled';
  if (counts['on-time'] === points) return 'on-time';
  if (sum(arrivedVerdicts) === points) return 'complete';
  if (sum(attendedVerdicts) === 0) return 'not-walked';
  return broken === undefined ? 'incomplete' : 'broken-off';
}

/**
 * Where a round was broken off: the place in the route of the first point from which on nobody came, when somebody had been at every one
 * before. -1: it was not.
 */
export function brokenAt(verdicts: readonly PatrolVerdict[]): number {
  const first = verdicts.findIndex((one) => !attendedVerdicts.has(one));
  return first > 0 && verdicts.slice(first).every((one) => missedVerdicts.has(one)) ? first : -1;
}
