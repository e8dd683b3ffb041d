/**
 * How a round came out, from its counts alone, for records, reports and pages. It must never be kept beside the counts in State:
 * what follows from them cannot differ from them.
 */
import type { PatrolCounts, PatrolVerdict, RoundResult } from '../types.ts';
import { reachedVerdicts } from './verdicts.ts';

/** What a round comes to. */
export function roundResult(counts: PatrolCounts): RoundResult {
  let [reached, all] = [0, 0];
  for (const [verdict, n = 0] of Object.entries(counts) as [PatrolVerdict, number][]) {
    all += n;
    if (reachedVerdicts.has(verdict)) reached += n;
  }
  if (counts['on-time'] === all) return 'on-time';
  if (reached === all) return 'complete';
  return reached > 0 ? 'broken-off' : 'not-walked';
}
