/**
 * The shapes of the channels that carry messages to single persons and to other systems: SMS by a modem and
 * by Alibaba Cloud, calls, e-mail. What is known of each beside
 * its shape stands here, too. Texts given as `error` or message finish the sentence "expected …".
 */

import { z } from 'zod';
import { secretUses } from '../../words/site/config-tell-words.ts';
import { proxy } from './schema-chat.ts';
import { host, id, port, secret, text, words } from './schema-parts.ts';
import { mail } from './schema-person.ts';

const smsModem = z.strictObject({
  id,
  title: words,
  protocol: z.literal('sms-modem'),
  spool: text
    .regex(/^\//, 'an absolute folder, such as /var/spool/sms')
    .default('/var/spool/sms')
    .describe('Folder of smstools with outgoing, sent and failed in it'),
  replies: z
    .boolean()
    .default(false)
    .describe('Whether answers in incoming count: who has the number they come from acknowledges by them'),
  timeoutMs: z
    .int()
    .min(1_000)
    .max(28_000)
    .default(15_000)
    .describe('Longest wait until smsd says what became of a message, ms; it needs delaytime = 1 in smsd.conf'),
});

const email = z
  .strictObject({
    id,
    title: words,
    protocol: z.literal('email'),
    host: host.describe('The mail server that takes mails from the school'),
    port: port.optional().describe('587 with starttls, 465 with tls, without one of them 587'),
    security: z
      .enum(['starttls', 'tls', 'none'])
      .default('starttls')
      .describe('How the connection is encrypted; none only inside the school, and without a user'),
    ca: text.optional().describe('PEM file of the authority that signed the certificate of the server'),
    user: text.optional().describe('The account; without one nobody logs in'),
    ...secret,
    from: z.string().regex(mail, 'an e-mail address').describe('The sender; most servers want that of the account'),
    timeoutMs: z
      .int()
      .min(1_000)
      .max(10_000)
      .default(10_000)
      .describe('Longest wait until the mail is handed over, ms'),
  })
  .refine(({ user, security }) => user === undefined || security !== 'none', {
    path: ['security'],
    error: 'starttls or tls: a password is not sent over an open connection',
  });

/** What SMS and calls by Alibaba Cloud share. */
const aliyun = {
  id,
  title: words,
  proxy,
  keyId: z
    .string()
    .regex(/^[A-Za-z0-9]{8,40}$/, 'the id of an AccessKey, such as LTAI5tExample1234')
    .describe('AccessKey ID of a RAM user who may do nothing else; its secret is the password'),
  ...secret,
  variables: z
    .record(
      z.string().regex(/^[A-Za-z]\w{0,30}$/, 'the name of a variable of the template, such as zone'),
      z.enum(['title', 'place', 'kind', 'time', 'school', 'number']),
    )
    .describe('Variable of the template → what it is filled with'),
  most: z.int().min(5).max(35).default(20).describe('Characters that a value may have at most; the rest is cut'),
  timeoutMs: z.int().min(100).max(10_000).default(5_000).describe('Longest wait for the answer, ms'),
};
const templateOf = (begin: string) =>
  z.string().regex(new RegExp(`^${begin}_\\d{1,20}$`), `the code of an approved template, such as ${begin}_154950909`);

const smsAliyun = z.strictObject({
  protocol: z.literal('sms-aliyun'),
  ...aliyun,
  sign: text.max(20).describe('The approved signature, without its brackets'),
  template: templateOf('SMS'),
});
const voiceAliyun = z.strictObject({
  protocol: z.literal('voice-aliyun'),
  ...aliyun,
  template: templateOf('TTS'),
  shown: z
    .string()
    .regex(/^\d{5,20}$/, 'a bought number, in quotes')
    .optional()
    .describe('The number that is shown; none in the public mode'),
  times: z.int().min(1).max(3).default(2).describe('How often the text is read out'),
});

/** The kinds of channel whose shapes stand here. */
export const carriers = [smsModem, email, smsAliyun, voiceAliyun] as const;

/** What is known of each beside its shape. `perMin` is what the other side takes, or a little less. */
export const carrierNatures = {
  // A modem sends a part in about four seconds, and a message here has up to two (ours, from the pace of GSM modems).
  'sms-modem': { rungSec: 60, core: { each: 'phone', perMin: 6 } },
  // Free accounts are locked for some minutes beyond about this many (ours; providers do not publish theirs).
  email: { secret: { use: secretUses.mailServer, must: false }, core: { each: 'email', perMin: 30 } },
  // The vendor takes a thousand requests a second; what it counts is each number by itself, and says so.
  'sms-aliyun': {
    rungSec: 60,
    secret: { use: secretUses.accessKey, must: true },
    core: { each: 'phone' },
  },
  'voice-aliyun': {
    rungSec: 120,
    secret: { use: secretUses.accessKey, must: true },
    // Carriers take a dozen calls an hour to one number for harassment, and block it.
    core: { each: 'phone', alarmsOnly: true, perHourEach: 10 },
  },
} as const;
