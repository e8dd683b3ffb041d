/**
 * The shape of what a site wants a gauge of a sensor to stay within. What limits say about each other, and about their model, is
 * checked beside. Texts given as `error` or message finish the sentence "expected …".
 */
import { z } from 'zod';
import { clock, clockOrMidnight, days } from '../parts/schema-parts.ts';

/** More than a school writes for one gauge; every sample is held against them. */
const limitsMax = 12;

const limit = z.strictObject({
  above: z.number().optional().describe('Beyond it when greater than this, in the unit of the point'),
  below: z.number().optional().describe('Beyond it when less than this'),
  clear: z
    .number()
    .optional()
    .describe('Back once it has come to this; else half a degree, 3 %RH or 2 %LEL inside the limit'),
  dwellMin: z
    .number()
    .min(0)
    .max(1440)
    .default(0)
    .describe('An alarm once it has stood beyond for so many minutes; 0: at once'),
  priority: z.union([z.literal(1), z.literal(2), z.literal(3)], { error: 'a priority from 1 to 3' }).default(2),
  days: days.optional().describe('Days of the week on which the time begins; daily when absent'),
  from: z
    .string()
    .regex(clock, 'a time from 00:00 to 23:59, in quotes')
    .optional()
    .describe('Only from this time of day …'),
  to: z
    .string()
    .regex(clockOrMidnight, 'a time from 00:00 to 24:00, in quotes')
    .optional()
    .describe('… until this one'),
});

/** Of one bound and priority the first whose time it is counts, so what holds at some hours stands before what holds else. */
export const limits = z
  .array(limit)
  .min(1, 'at least one limit')
  .max(limitsMax)
  .describe('Sensors: what a gauge stays within. Of one bound and priority the first whose time it is counts');

/** One limit as it is written. */
export type LimitPart = z.infer<typeof limit>;
