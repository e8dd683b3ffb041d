/**
 * Who hears of an alarm nobody acknowledges, where the configuration says nothing else. Others are told when the time is over
 * that operators are trained to.
 */
import { ackTargetMs } from '../core/site/targets.ts';
import type { Escalation, Site } from '../core/types.ts';
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
const usualEscalation: Site['escalation'] = {
  1: chain(ackTargetMs[1], minute, 2 * minute, 2 * minute),
  2: chain(ackTargetMs[2], 5 * minute, 10 * minute, 10 * minute),
  3: { steps: [{ afterMs: ackTargetMs[3], roles: ['operator', 'head'], channels: [] }], repeatMs: 60 * minute },
  // Nobody hears it at the place itself, so those who can help are told at once.
  quiet: { steps: [{ afterMs: 0, roles: ['head', 'admin'], channels: [] }], repeatMs: 2 * minute },
};

type Chain = NonNullable<SiteFile['escalation']['p1']>;

function compileChain({ steps, repeatMin }: Chain): Escalation {
  return {
    steps: steps.map(({ afterSec, roles, channels }) => ({ afterMs: Math.round(afterSec * second), roles, channels })),
    repeatMs: Math.round(repeatMin * minute),
  };
}

/** The chains of a configuration; where it says nothing, the usual ones. */
export function compileEscalation({ p1, p2, p3, quiet }: SiteFile['escalation']): Site['escalation'] {
  return {
    1: p1 ? compileChain(p1) : usualEscalation[1],
    2: p2 ? compileChain(p2) : usualEscalation[2],
    3: p3 ? compileChain(p3) : usualEscalation[3],
    quiet: quiet ? compileChain(quiet) : usualEscalation.quiet,
  };
}
