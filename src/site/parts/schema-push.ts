/**
 * The shapes of pushes to phones by servers a school may run itself, and of a horn on the wall. What is known of each beside its shape stands
 * here, too. Texts given as `error` or message finish the sentence "expected …".
 */

import { z } from 'zod';
import { secretUses } from '../../words/site/config-tell-words.ts';
import { kinds } from '../../words/trade-words.ts';
import { id, secret, text, words } from './schema-parts.ts';
import { okWhen, sendable } from './schema-request.ts';

const server = (example: string) =>
  z
    .string()
    .regex(/^https?:\/\/[^/\s?#]+$/, `the beginning of an address, such as ${example}`)
    .refine(sendable, `the beginning of an address without a name and password in it, such as ${example}`);
const push = {
  id,
  title: words,
  ...secret,
  language: z.enum(['zh', 'en']).default('zh').describe('Language of what is shown'),
  timeoutMs: z.int().min(100).max(10_000).default(5_000).describe('Longest wait for the answer, ms'),
};

const ntfy = z.strictObject({
  protocol: z.literal('ntfy'),
  ...push,
  server: server('https://ntfy.school.example'),
  topic: z
    .string()
    .regex(/^[\w-]{1,64}$/, 'a topic of letters, digits, hyphens and underscores')
    .describe('Who subscribes it reads it; on a public server anybody who knows the name does'),
});
const bark = z.strictObject({
  protocol: z.literal('bark'),
  ...push,
  server: server('https://api.day.app').default('https://api.day.app'),
});

/** What a horn may have a file of its own for. */
const fileNames: ReadonlySet<string> = new Set([...Object.keys(kinds), 'test', 'p1', 'p2', 'p3', 'p4']);
const fileName = text.max(80);

const horn = z
  .strictObject({
    protocol: z.literal('horn'),
    id,
    title: words,
    url: z
      .string()
      .regex(/^https?:\/\/[^/\s{]+\/\S*$/, 'an address such as http://192.168.8.60/play?file={{file}}')
      .refine(sendable, 'an address without a name and password in it')
      .describe('What plays a file; {{file}} is its name or number'),
    method: z.enum(['GET', 'POST']).default('GET'),
    body: z.string().max(2_000).optional().describe('Of a POST, as a form: file={{file}}&repeat=3'),
    file: fileName.describe('Name or number of the file that is played when nothing else fits'),
    files: z
      .record(
        z.string().refine((name) => fileNames.has(name), 'a kind of alarm such as climb, or test, p1, p2, p3, p4'),
        fileName,
      )
      .default({})
      .describe('Files for kinds of alarm, for urgencies, and for the test'),
    auth: z.enum(['none', 'basic', 'digest']).default('none'),
    user: text.optional(),
    ...secret,
    okWhen,
    timeoutMs: z.int().min(100).max(10_000).default(5_000).describe('Longest wait for the answer, ms'),
  })
  .refine(({ auth, user }) => (auth === 'none') === (user === undefined), {
    path: ['user'],
    error: 'a user where auth is basic or digest, and none where it is none',
  })
  .refine(({ method, body }) => method === 'POST' || body === undefined, {
    path: ['body'],
    error: 'no body, or method: POST',
  });

/** The kinds of channel whose shapes stand here. */
export const pushes = [ntfy, bark, horn] as const;

/** What is known of each beside its shape. */
export const pushNatures = {
  // A server of ntfy takes 60 at once and then one in five seconds, where nobody set it otherwise.
  ntfy: { secret: { use: secretUses.accessToken, must: false }, core: { perMin: 12 } },
  bark: { secret: { use: secretUses.barkKey, must: true }, core: {} },
  // It plays one file at a time, and speaks to a yard: nothing but alarms.
  horn: { secret: { use: secretUses.horn, must: false }, core: { alarmsOnly: true, perMin: 6 } },
} as const;
