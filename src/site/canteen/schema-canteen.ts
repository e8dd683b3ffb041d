/**
 * The canteen as a configuration says it: its areas with what looks at and measures in them, its people, the check lists of a day, and what
 * is asked of its cameras. It holds the shape and what can be judged by itself; it must never know other parts of the file. Texts given
 * as `error` or message finish the sentence "expected …".
 */
import { z } from 'zod';
import { sampleLeastGrams } from '../../core/canteen/lists.ts';
import { canteenReportWords } from '../../words/canteen/report-words.ts';
import { clock, days, id, text, words } from '../parts/schema-parts.ts';

const limit = z.number().min(-1e6).max(1e6);
const minute = z.string().regex(clock, 'a time from 00:00 to 23:59, in quotes');

const differ = <T extends { readonly id: string }>(all: readonly T[]) =>
  new Set(all.map((one) => one.id)).size === all.length;

const item = z
  .strictObject({
    id,
    ask: words.describe('A question that “yes” answers well, or what is to be read off'),
    answer: z
      .enum(['yes-no', 'number', 'sample'])
      .describe('sample: name and weight in grams of a dish that is kept 48 h, once for each dish'),
    min: limit
      .optional()
      .describe(`Below this something is amiss; of samples ${sampleLeastGrams} where nothing is said`),
    max: limit.optional().describe('Above this something is amiss'),
    unit: z.string().min(1).max(10).optional().describe('Numbers: the unit, as on the gauge'),
    photo: z.literal(true).optional().describe('No answer without a photograph'),
  })
  .refine(({ answer, min, max, unit }) => answer !== 'yes-no' || (min ?? max ?? unit) === undefined, {
    error: 'limits and a unit are for numbers',
    path: ['answer'],
  })
  .refine(({ min, max }) => min === undefined || max === undefined || min < max, {
    error: 'has to be more than min',
    path: ['max'],
  });

const list = z.strictObject({
  id,
  title: words,
  days,
  from: minute.describe('From then on it is answered'),
  until: minute.describe('Unanswered then, it was missed; later answers are marked as late'),
  only: z.literal('term').optional().describe('Only on school days, as the calendar has them'),
  items: z
    .array(item)
    .min(1, 'at least one item')
    .max(40, 'at most 40 items')
    .refine(differ, 'ids that differ: two items have the same'),
});

/** Under `canteen` of a configuration file. */
export const canteen = z.strictObject({
  chief: text
    .max(40)
    .optional()
    .describe(
      'The account, of role canteen, of whoever countersigns what others of the canteen put right; else heads alone',
    ),
  areas: z
    .array(
      z.strictObject({
        id,
        title: words,
        use: z.enum([
          ...(['store', 'rough', 'cutting', 'cooking', 'special', 'washing', 'portioning', 'samples'] as const),
          ...(['dining', 'other'] as const),
        ]),
        cameras: z.array(text).max(50).default([]).describe('Cameras that look at it'),
        sensors: z.array(text).max(50).default([]).describe('Devices that measure in it'),
      }),
    )
    .min(1, 'at least one area')
    .max(40)
    .refine(differ, 'ids that differ: two areas have the same'),
  people: z
    .array(
      z.strictObject({
        id,
        name: text.max(40),
        account: text.max(40).optional().describe('The account this person logs in with'),
      }),
    )
    .max(200)
    .refine(differ, 'ids that differ: two people have the same')
    .default([])
    .describe('Who works there, and puts right what is found; people of the site may, too'),
  lists: z
    .array(list)
    .max(20)
    .refine(differ, 'ids that differ: two lists have the same')
    .default([])
    .describe('Check lists of a day: opening, closing, kept samples'),
  leastOnline: z
    .number()
    .min(0)
    .max(100)
    .default(95)
    .describe('Per cent of its hours a camera has to be seen on a day; less is marked on the page'),
  dueDays: z.int().min(1).max(90).default(3).describe('Days that are proposed for putting something right'),
  recordDays: z.int().min(1).max(3650).default(30).describe('Days the rule asks recordings to be kept'),
  recordRule: words.default(canteenReportWords.usualRecordRule).describe('The rule that says so, as reports name it'),
});
