/**
 * The shape of posts and of the school's bells that they go by. What one says about another is checked elsewhere. Texts given as
 * `error` or message finish the sentence "expected …".
 */
import { z } from 'zod';
import { clock, clockWithSeconds, days, id, minutes, text, words } from '../parts/schema-parts.ts';

const bell = z.strictObject({
  id,
  title: words,
  rings: z
    .array(z.strictObject({ days, at: z.string().regex(clockWithSeconds, 'a time from 00:00 to 23:59, in quotes') }))
    .min(1, 'at least one time')
    .max(20)
    .describe('On these days of the week at this time; on a day that is not named it does not ring'),
});

const edge = z
  .strictObject({
    bell: text.describe('The id of a bell'),
    beforeMin: minutes.optional().describe('So long before it rings'),
    afterMin: minutes.optional().describe('So long after it rings'),
  })
  .describe('By the school bell; without beforeMin and afterMin when it rings');

const post = z.strictObject({
  id,
  title: words,
  checkpoint: text.optional().describe('The checkpoint of a route it is held at; or reader'),
  reader: text.optional().describe('The reader device it is held at; or checkpoint'),
  from: edge,
  until: edge,
  persons: z.int().min(1).max(50).describe('How many different people'),
  earlyMin: minutes.default(10).describe('A touch this long before it begins says that somebody is there'),
  everyMin: z
    .number()
    .min(1, 'at least a minute: nobody stands at a post to hold his card to a reader')
    .max(1440)
    .optional()
    .describe('Everybody touches again within this long; without it once is enough'),
  graceMin: minutes.default(1).describe('Nobody is said to be lacking for less than this'),
  uploadBy: z
    .string()
    .regex(clock, 'a time from 00:00 to 23:59, in quotes')
    .optional()
    .describe('Batons that are read out by this time: nothing is said before'),
});

/** What a configuration says of posts. */
export const postLists = {
  bells: z.array(bell).max(50).default([]).describe('When the school begins and ends, by weekday'),
  posts: z.array(post).max(50).default([]).describe('So many people at a place for a while, on school days'),
};
