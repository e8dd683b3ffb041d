/**
 * What the verdicts of a checkpoint amount to, said once for alarms, pages and records. 到点: whoever was planned was there and in the
 * order of the route. Attended: somebody with a name, or a device that vouches for it, was there at all. It judges nothing.
 */
import type { PatrolVerdict } from '../types.ts';

/** 到点: what the rates and complete rounds count. */
export const arrivedVerdicts: ReadonlySet<PatrolVerdict> = new Set(['on-time', 'early', 'late']);

/** Somebody was there: no alarm that the point was missed. */
export const attendedVerdicts: ReadonlySet<PatrolVerdict> = new Set([
  ...arrivedVerdicts,
  'wrong-order',
  'wrong-person',
]);

/** Nobody with a name was there while it was due: an alarm. What was cancelled was not due. */
export const missedVerdicts: ReadonlySet<PatrolVerdict> = new Set(['missed', 'unknown-card', 'by-hand']);
