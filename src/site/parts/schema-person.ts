/**
 * A person of the school as the configuration has him: name, cards, and by what he can be reached. Addresses stay in the gateway:
 * screens, facts and logs know only which ways there are. Texts given as `error` or message finish the sentence "expected …".
 */
import { z } from 'zod';
import { clock, clockOrMidnight, id, text } from './schema-parts.ts';
import { ladder } from './schema-tell.ts';

/** Whether a text is an address that mail can be sent to; what follows the @ is left to DNS. */
export const mail = /^[^\s@<>",;:\\]{1,64}@[^\s@<>",;:\\]{1,190}$/;
/** Ids that chat servers give: no spaces, no signs that mean something in a text. */
const chatId = z.string().regex(/^[\w@.-]{1,64}$/, 'an id of letters, digits, dots, hyphens and underscores');

/** A number without its signs and without the country, where it is Chinese, so that two ways to write it are one. */
export function plainNumber(phone: string): string {
  const digits = phone.replace(/\D/g, '');
  return /^86(1\d{10})$/.exec(digits)?.[1] ?? digits;
}

/** By what a person is reached, one field for each way. */
const ways = {
  phone: z
    .string()
    .regex(
      /^\+?\d{5,20}$/,
      'a telephone number in quotes: digits only, with + and the country before it where it is not Chinese',
    )
    .optional()
    .describe('Mobile number, in quotes: SMS, calls, and being named in a chat group'),
  wecom: chatId.optional().describe('User id in WeCom'),
  dingtalk: chatId.optional().describe('User id in DingTalk'),
  feishu: chatId.optional().describe('Open id in Feishu'),
  email: z.string().regex(mail, 'an e-mail address').optional().describe('E-mail address'),
};

export const person = z.strictObject({
  id,
  name: text.max(20),
  card: text.max(40).optional().describe('Number of the patrol card, in quotes'),
  cards: z.array(text.max(40)).max(10).optional().describe('Further cards of the same person'),
  account: text.max(40).optional().describe('The account this person logs in with'),
  language: z.enum(['zh', 'en']).optional().describe('Language of messages; Chinese without it'),
  quiet: z
    .strictObject({
      from: z.string().regex(clock, 'a time from 00:00 to 23:59, in quotes'),
      to: z.string().regex(clockOrMidnight, 'a time from 00:00 to 24:00, in quotes'),
    })
    .optional()
    .describe('Hours in which only what is urgent (P1) is sent to this person alone'),
  ladder: ladder.optional().describe('How this person is told; without it, as everybody is'),
  ...ways,
});

/** A person as the file has him. */
export type PersonPart = z.infer<typeof person>;
/** By what one person is reached. */
export type Contact = { readonly [W in keyof typeof ways]?: string };
/** The names of the ways. */
export const wayNames = Object.keys(ways) as readonly (keyof typeof ways)[];
