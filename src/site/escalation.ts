/**
 * Who hears of an alarm nobody acknowledges, where the configuration says nothing else. The delays are the targets that
 * operators are trained to: half a minute for what is urgent, two minutes for what is important, a quarter of an hour else.
 */
import type { Escalation, Site } from '../core/types.ts';

const second = 1_000;
const minute = 60_000;

const chain = (first: number, second: number, third: number, repeatMs: number): Escalation => ({
  steps: [
    { afterMs: first, roles: ['operator', 'guard'], channels: [] },
    { afterMs: second, roles: ['operator', 'guard', 'head'], channels: [] },
    { afterMs: third, roles: ['operator', 'guard', 'head', 'auditor'], channels: [] },
  ],
  repeatMs,
});

/** By priority. Upkeep (4) is never escalated. */
export const usualEscalation: Site['escalation'] = {
  1: chain(30 * second, 60 * second, 120 * second, 120 * second),
  2: chain(2 * minute, 5 * minute, 10 * minute, 10 * minute),
  3: { steps: [{ afterMs: 15 * minute, roles: ['operator', 'head'], channels: [] }], repeatMs: 60 * minute },
};
