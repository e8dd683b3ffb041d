/**
 * Who hears of an alarm nobody acknowledges, and by when one that somebody took is seen to, where the configuration says nothing
 * else. Others are told when the time is over that operators are trained to. The figures of promises are ours: whoever acknowledges
 * an urgent alarm needs a minute to look and to name who goes, and a school is crossed on foot in five.
 */
import { handlers } from '../core/site/rights.ts';
import { ackTargetMs } from '../core/site/targets.ts';
import type { Escalation, PledgeLimits, PledgeStage, Site } from '../core/types.ts';
import { type ChainPart, compileChain } from './parts/compile-tell.ts';
import type { SiteFile } from './site-schema.ts';

const second = 1_000;
const minute = 60_000;

const chain = (first: number, next: number, last: number, repeatMs: number): Escalation => ({
  steps: [
    { afterMs: first, roles: ['operator', 'guard'], channels: [] },
    { afterMs: next, roles: ['operator', 'guard', 'head'], channels: [] },
    { afterMs: last, roles: ['operator', 'guard', 'head', 'auditor'], channels: [] },
  ],
  repeatMs,
});

/** By priority. Maintenance (4) is never escalated. */
const usualEscalation: Pick<Site['escalation'], 1 | 2 | 3 | 'quiet'> = {
  1: chain(ackTargetMs[1], minute, 2 * minute, 2 * minute),
  2: chain(ackTargetMs[2], 5 * minute, 10 * minute, 10 * minute),
  3: { steps: [{ afterMs: ackTargetMs[3], roles: ['operator', 'head'], channels: [] }], repeatMs: 60 * minute },
  // Nobody hears it at the place itself, so those who can help are told at once.
  quiet: { steps: [{ afterMs: 0, roles: ['head', 'admin'], channels: [] }], repeatMs: 2 * minute },
};

/** The chains of a configuration; where it says nothing, the usual ones. `channels`: all there are. */
export function compileEscalation(
  { p1, p2, p3, quiet, lastResort }: SiteFile['escalation'],
  { groups }: SiteFile['tell'],
  channels: readonly string[],
): Site['escalation'] {
  const chainOf = (part: ChainPart) => compileChain(part, groups);
  return {
    lastResort: lastResort ?? { roles: [...handlers], channels, unnamed: true },
    1: p1 ? chainOf(p1) : usualEscalation[1],
    2: p2 ? chainOf(p2) : usualEscalation[2],
    3: p3 ? chainOf(p3) : usualEscalation[3],
    quiet: quiet ? chainOf(quiet) : usualEscalation.quiet,
  };
}

const limits = (send: number, accept: number, arrive: number, find: number, review: number): PledgeLimits => ({
  withinMs: { send, accept, arrive, find, review },
  renewals: 3,
});

const usualPledges: Site['pledges'] = {
  1: limits(90 * second, minute, 5 * minute, 15 * minute, 10 * minute),
  2: limits(10 * minute, 2 * minute, 10 * minute, 30 * minute, 30 * minute),
  3: limits(60 * minute, 10 * minute, 30 * minute, 60 * minute, 240 * minute),
};

type SaidPledge = NonNullable<SiteFile['pledges']['p2']>;

function compilePledge(usually: PledgeLimits, said: SaidPledge = {}): PledgeLimits {
  const { sendSec, acceptSec, arriveSec, findSec, reviewSec, renewals = usually.renewals } = said;
  const given: Partial<Record<PledgeStage, number | undefined>> = {
    send: sendSec,
    accept: acceptSec,
    arrive: arriveSec,
    find: findSec,
    review: reviewSec,
  };
  const within = (stage: PledgeStage) => {
    const seconds = given[stage];
    return seconds === undefined ? usually.withinMs[stage] : seconds * second;
  };
  return {
    withinMs: {
      ...{ send: within('send'), accept: within('accept'), arrive: within('arrive'), find: within('find') },
      review: within('review'),
    },
    renewals,
  };
}

/** The limits of a configuration; where it says nothing, the usual ones. */
export function compilePledges({ p1, p2, p3 }: SiteFile['pledges']): Site['pledges'] {
  return {
    1: compilePledge(usualPledges[1], p1),
    2: compilePledge(usualPledges[2], p2),
    3: compilePledge(usualPledges[3], p3),
  };
}
