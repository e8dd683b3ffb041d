/**
 * The shapes of the channels that carry messages to single persons and to other systems: SMS by a modem, e-mail. What is known of each beside
 * its shape stands here, too. Texts given as `error` or message finish the sentence "expected …".
 */
import { z } from 'zod';
import { id, text, words } from './schema-parts.ts';

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

/** The kinds of channel whose shapes stand here. */
export const carriers = [smsModem] as const;

/** What is known of each beside its shape. `perMin` is what the other side takes, or a little less. */
export const carrierNatures = {
  // A modem sends a part in about four seconds, and a message here has up to two (ours, from the pace of GSM modems).
  'sms-modem': { core: { each: 'phone', perMin: 6 } },
} as const;
