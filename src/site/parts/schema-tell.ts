/**
 * The shape of what a configuration says about whom messages go to: groups, ladders, chains for some alarms alone, what takes over when
 * a channel fails, tests. Texts given as `error` or message finish the sentence "expected …".
 */
import { z } from 'zod';
import { chainOf, kind, roles } from './schema-chain.ts';
import { clock, clockOrMidnight, days, id, text, words } from './schema-parts.ts';

/** One after the other; the person's answer ends it. */
export const ladder = z
  .array(
    z.strictObject({
      channel: text,
      afterSec: z.number().min(0).max(3_600).describe('After the step that names the person'),
    }),
  )
  .min(1, 'at least one rung')
  .max(10);

const window = z.strictObject({
  days,
  from: z.string().regex(clock, 'a time from 00:00 to 23:59, in quotes'),
  to: z.string().regex(clockOrMidnight, 'a time from 00:00 to 24:00, in quotes'),
});

const rule = z.strictObject({
  id,
  title: words,
  priorities: z.array(z.int().min(1).max(3)).min(1).optional().describe('Only alarms of these priorities'),
  kinds: z.array(kind).min(1).optional().describe('Only alarms of these kinds'),
  zones: z.array(text).min(1).optional().describe('Only alarms of these zones'),
  areas: z.array(text).min(1).optional().describe('Only alarms of the zones of these areas'),
  windows: z.array(window).min(1).optional().describe('Only when the alarm began to wait at such a time'),
  only: z.enum(['term', 'holiday']).optional().describe('Only on school days, or only on all others'),
  ...chainOf(z.enum(roles)).shape,
});

const canary = z.strictObject({
  device: text.describe('A device of the model canary-mqtt on an embedded broker, with a password of its own'),
  to: text.describe('The person behind the test address; his first rung is the channel that is tried'),
  at: z.string().regex(clock, 'a time from 00:00 to 23:59, in quotes').default('03:40'),
  answers: z.boolean().default(false).describe('The test address answers by itself with the number in the message'),
  alert: z.strictObject({
    channel: text.describe('By what it is told that the canary failed; another channel than the one that is tried'),
    to: text.optional().describe('Whom, where that channel sends to single persons'),
  }),
});

export const tell = z.strictObject({
  groups: z
    .array(z.strictObject({ id, people: z.array(text).min(1).max(50) }))
    .max(50)
    .default([])
    .describe('Persons under one name'),
  ladder: ladder.optional().describe('How a person is told who has no ladder of his own; without it the usual one'),
  rules: z
    .array(rule)
    .max(50)
    .default([])
    .describe(
      'Chains for some alarms alone; the first that fits is the one, and without one the chain of the priority',
    ),
  instead: z
    .record(text, text)
    .default({})
    .describe('By channel, the one that takes over when it does not take a message'),
  selfTest: z
    .union([z.literal('off'), z.string().regex(clock)], { error: 'a time from 00:00 to 23:59 in quotes, or off' })
    .default('10:20')
    .describe('When each channel is tried once a day'),
  testTo: z
    .record(text, text)
    .default({})
    .describe('By channel that sends to single persons, who gets the test of the day; without a name there is none'),
  canary: canary
    .optional()
    .describe(
      'An event of a test device that goes once a day from the embedded broker by the ladder of a test person to a test address',
    ),
});
