/**
 * Rounds for two in a patrol report: whom their checkpoints are counted with, and whether both were there. It decides no verdict; it must never
 * say of one of two that it was he who left a checkpoint out.
 */
import { peopleAfter, type RoundPeople } from '../round/round-course.ts';
import type { Time } from '../types.ts';
import type { RoundEnd } from './audit-counts.ts';
import type { AuditPair, AuditRound, AuditRow } from './audit-types.ts';

/** Between two who walk together. */
export const pairMark = '+';

/** Who walked a round at a time, or at its end. It asks no plan, so it knows also of routes that are gone. */
export const peopleOf = (round: AuditRound['round'], at?: Time): RoundPeople =>
  peopleAfter(round, round.changes ?? [], at ?? Number.POSITIVE_INFINITY);

/**
 * Whom a checkpoint is counted with: of a round for two, what either of them touched and what nobody did with both, since neither can be said to
 * have left it out.
 */
export function countedWith({ round }: AuditRound, { person = '', at, plan }: AuditRow): string {
  if (round.second === undefined) return person;
  const two = peopleOf(round, at ?? plan);
  const both = [two.person, two.second].filter((one) => one !== undefined);
  return at === undefined || both.includes(person) ? both.join(pairMark) : person;
}

/** The round as one for two that is over; none where it is for one, under way, or was called off and asks for nobody. */
export function pairsOf(round: AuditRound['round'], end: RoundEnd): AuditPair[] {
  if (round.second === undefined || end === 'underWay' || end === 'cancelled') return [];
  const { route, start, seen } = round;
  const { person, second } = peopleOf(round);
  const planned = [person, second].filter((one) => one !== undefined);
  return [{ route, start, planned, ...(seen && { seen }) }];
}
