/**
 * How long records are kept, as a configuration says it: the least of each class, and the rule that says so. Without it everything is kept. It
 * must never take less than the least.
 */
import { z } from 'zod';
import { leastDays } from '../../core/retention/record-classes.ts';

const days = (least: number, of: string, rule: string) =>
  z
    .int(`at least ${least} whole days: ${of} (${rule})`)
    .min(least, `at least ${least} whole days: ${of} (${rule})`)
    .max(36_500)
    .optional()
    .describe(`After this many whole days the content of ${of} is cut; at least ${least} (${rule}); absent: never`);

export const retention = z
  .strictObject({
    alarm: days(leastDays.alarm, 'records of alarms, arming and devices', 'DB11/T 2552-2026, GB 55029'),
    patrol: days(leastDays.patrol, 'records of patrol and posts', 'DB11/T 2552-2026'),
    access: days(
      leastDays.access,
      'records of log-ins, viewing and exports',
      'DB11/T 2552-2026; Cybersecurity Law, article 21: six months',
    ),
  })
  .default({})
  .describe('Days that records are kept, by what they are of; what is not named is kept for ever');
