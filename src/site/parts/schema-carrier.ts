/**
 * The shapes of the channels that carry messages to single persons and to other systems: SMS by a modem, e-mail. What is known of each beside
 * its shape stands here, too. Texts given as `error` or message finish the sentence "expected …".
 */
import { z } from 'zod';
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
      .max(20_000)
      .default(10_000)
      .describe('Longest wait until the mail is handed over, ms'),
  })
  .refine(({ user, security }) => user === undefined || security !== 'none', {
    path: ['security'],
    error: 'starttls or tls: a password is not sent over an open connection',
  });

/** The kinds of channel whose shapes stand here. */
export const carriers = [smsModem, email] as const;

/** What is known of each beside its shape. `perMin` is what the other side takes, or a little less. */
export const carrierNatures = {
  // A modem sends a part in about four seconds, and a message here has up to two (ours, from the pace of GSM modems).
  'sms-modem': { core: { each: 'phone', perMin: 6 } },
  // Free accounts are locked for some minutes beyond about this many (ours; providers do not publish theirs).
  email: { secret: { use: 'the mail server asks for it', must: false }, core: { each: 'email', perMin: 30 } },
} as const;
