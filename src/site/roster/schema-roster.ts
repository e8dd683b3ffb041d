/**
 * The shape of a duty roster: shifts, turns and temporary days. What one says about another is checked elsewhere. Texts given as
 * `error` or message finish the sentence "expected …".
 */
import { z } from 'zod';
import { clock, clockOrMidnight, date, days, id, text, words } from '../parts/schema-parts.ts';

const only = z
  .enum(['term', 'holiday'])
  .optional()
  .describe('Only on school days, or only on holidays and outside terms, as the calendar has them');
const rosterDays = days
  .default('daily')
  .describe('Days of the week; a make-up school day counts as the one it stands for');

const shift = z.strictObject({
  id,
  title: words,
  from: z.string().regex(clock, 'a time from 00:00 to 23:59, in quotes'),
  to: z
    .string()
    .regex(clockOrMidnight, 'a time from 00:00 to 24:00, in quotes')
    .describe('One that is not after `from` is of the next day'),
  days: rosterDays,
  only,
  persons: z.int().min(1).max(50).default(1).describe('How many different people it needs'),
});

const group = z.array(text).min(1, 'at least one person').max(50);
const turn = z.strictObject({
  shift: text.describe('The id of a shift'),
  days: rosterDays,
  only,
  persons: group.optional().describe('Always these; or order'),
  order: z
    .array(group)
    .min(2, 'at least two groups that take turns; for one write persons')
    .max(100)
    .optional()
    .describe('Groups that take turns, in this order, and then again from the first; needs anchor'),
  anchor: date.optional().describe('The day on which the turn of the first group begins, in whatever year'),
  eachDays: z
    .int()
    .min(1)
    .max(366)
    .optional()
    .describe('How many days a turn lasts: 7 for weeks (the default), 1 for one day on and the next off'),
});

const temporary = z.strictObject({
  id,
  title: words,
  from: date.describe('First day'),
  to: date.describe('Last day, included'),
  turns: z.array(turn).max(200).default([]).describe('Who has a shift on these days'),
  otherwise: z
    .enum(['usual', 'nobody'])
    .default('usual')
    .describe('What holds for a shift that turns does not name: the usual turns, or nobody'),
});

/** What a configuration says of the duty roster. */
export const roster = z.strictObject({
  shifts: z.array(shift).min(1, 'at least one shift').max(50).describe('When somebody is on duty, and how many'),
  turns: z.array(turn).max(200).default([]).describe('Who has which shift; all that speak of a day count together'),
  temporary: z
    .array(temporary)
    .max(100)
    .default([])
    .describe('Some days with turns of their own, such as exams; then it is as usual again'),
});
