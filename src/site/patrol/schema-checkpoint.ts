/**
 * A checkpoint as a configuration says it, and what is looked at there: the question in two languages, what kind of answer, between
 * which limits, how often. It holds the shape and what can be judged by itself; it must never know other parts of the file.
 */
import * as z from 'zod';
import { id, minutes, spot, text, words } from '../parts/schema-parts.ts';

/** More is nothing that is done on the way; ours. */
const itemsMax = 20;
const limit = z.number().min(-1e6).max(1e6);

const item = z
  .strictObject({
    id,
    ask: words.describe('A question that “yes” answers well, or what is to be read off'),
    answer: z.enum(['yes-no', 'number']),
    min: limit.optional().describe('Numbers: below this something is amiss'),
    max: limit.optional().describe('Numbers: above this something is amiss'),
    unit: z.string().min(1).max(10).optional().describe('Numbers: the unit, as on the gauge'),
    rectify: z.literal(true).optional().describe('What is amiss is proposed as a rectification'),
    due: z.enum(['round', 'month', 'year']).describe('Each round, or within a month or a year of the last answer'),
  })
  .refine(({ answer, min, max, unit }) => answer === 'number' || (min ?? max ?? unit) === undefined, {
    error: 'limits and a unit are for numbers',
    path: ['answer'],
  })
  .refine(({ min, max }) => min === undefined || max === undefined || min < max, {
    error: 'has to be more than min',
    path: ['max'],
  });

const items = z
  .array(item)
  .max(itemsMax, `at most ${itemsMax} items`)
  .refine((all) => new Set(all.map((one) => one.id)).size === all.length, 'two items have the same id');

export const reachWindow = {
  earlyMin: minutes.optional().describe('This much earlier is still on time'),
  lateMin: minutes.optional().describe('This much later is still on time'),
  missMin: minutes.optional().describe('Missed when not reached this long after the plan'),
};

export const checkpoint = z.strictObject({
  id,
  title: words,
  reader: text.optional().describe('The reader device; a point without one has a chip'),
  chip: z
    .string()
    .regex(/^[\p{L}\p{N}:-]{1,40}$/u, 'the number of a chip, in quotes, such as "0F004EBEFC"')
    .optional()
    .describe('Number of the chip a baton is held to there, as its exports write it, in quotes'),
  at: spot.optional().describe('Where it is, when not at its reader'),
  camera: text.optional().describe('Camera whose still goes with the alarm that it was missed; else the nearest'),
  items: items.optional().describe('What is looked at there, answered on the phone at a touch'),
  afterMin: minutes.describe("Planned arrival, minutes after the round's start"),
  leastMin: minutes.optional().describe('Nobody walks here from the point before in less'),
  mostMin: minutes.optional().describe('The leg from the point before is shown as too long beyond this'),
  ...reachWindow,
});
