/**
 * How a round came out, from its counts alone, for records, reports and pages. It must never be kept beside the counts in State:
 * what follows from them cannot differ from them.
 */
import { arrivedVerdicts, attendedVerdicts } from '../site/verdict-sets.ts';
import type { PatrolCounts, PatrolVerdict, RoundResult } from '../types.ts';

/** What a round comes to. */
export function roundResult(counts: PatrolCounts): RoundResult {
  const all = Object.entries(counts) as [PatrolVerdict, number][];
  const sum = (of?: ReadonlySet<PatrolVerdict>) =>
    all.reduce((total, [verdict, n]) => total + (of?.has(verdict) === false ? 0 : n), 0);
  const points = sum();
  if (counts['on-time'] === points) return 'on-time';
  if (sum(arrivedVerdicts) === points) return 'complete';
  return sum(attendedVerdicts) > 0 ? 'broken-off' : 'not-walked';
}
