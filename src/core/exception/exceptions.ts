/**
 * Everything about a span of patrol touches that a person should look at. Pure: the same touches in any order of rules give the
 * same exceptions, each once. None is a verdict; a rule without limits is off.
 */

import type { ExceptionLimits } from '../types.ts';
import { together } from './exception-pairs.ts';
import { samePattern } from './exception-pattern.ts';
import { byHand, clockJump, lateBatch, offDuty, oneAddress } from './exception-records.ts';
import { Ways } from './exception-span.ts';
import type { PatrolException, WatchedSpan } from './exception-types.ts';
import { onePlace, samePoint, tooFast, twoPlaces } from './exception-walk.ts';

/** The exceptions of a span, oldest first; of one key the first. */
export function exceptionsOf(span: WatchedSpan, limits: ExceptionLimits): PatrolException[] {
  const ways = new Ways(span.rounds);
  const l = limits;
  const drawers = l['one-place'] ? onePlace(span, l['one-place']) : [];
  // Tags in one place are in two places as well; that is asked about once.
  const elsewhere = ({ rule, key }: PatrolException) =>
    !drawers.some((one) => one.key.slice(one.rule.length) === key.slice(rule.length));
  const found = [
    ...drawers,
    ...(l['too-fast'] ? tooFast(span, l['too-fast'], ways, l) : []),
    ...(l['same-point'] ? samePoint(span, l['same-point']) : []),
    ...(l['two-places'] ? twoPlaces(span, l['two-places'], ways).filter(elsewhere) : []),
    ...(l.together ? together(span, l.together) : []),
    ...(l['same-pattern'] ? samePattern(span, l['same-pattern']) : []),
    ...(l['off-duty'] ? offDuty(span, l['off-duty']) : []),
    ...(l['clock-jump'] ? clockJump(span, l['clock-jump']) : []),
    ...(l['late-batch'] ? lateBatch(span, l['late-batch']) : []),
    ...(l['by-hand'] ? byHand(span, l['by-hand']) : []),
    ...(l['one-address'] ? oneAddress(span, l['one-address']) : []),
  ].sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
  const once = new Map<string, PatrolException>();
  for (const one of found) if (!once.has(one.key)) once.set(one.key, one);
  return [...once.values()];
}
