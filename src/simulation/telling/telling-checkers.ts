/**
 * The checkers of messages to persons, in the order in which the summary lists them.
 */
import type { Checker } from '../check/check.ts';
import type { Evidence } from '../check/evidence.ts';
import { doubtLeft, rateKept } from './check-pace.ts';
import { nobodyUntold, takenSaid, toldOnce } from './check-told.ts';

const all = [nobodyUntold, toldOnce, rateKept, doubtLeft, takenSaid] as const;

/** A fresh set for one night. */
export const tellingCheckers = (evidence: Evidence): Checker[] => all.map((make) => make(evidence));
