/**
 * The small shapes that many parts of a configuration file are made of: ids, texts in two languages, places, times, secrets.
 * Texts given as `error` or message finish the sentence "expected …". Nothing here knows what it is used for.
 */
import { isIP } from 'node:net';
import { z } from 'zod';

export const clock = /^([01]\d|2[0-3]):[0-5]\d$/;
export const clockOrMidnight = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;
export const clockWithSeconds = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/;
export const dayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export const daySpan = z
  .string()
  .regex(
    /^(sun|mon|tue|wed|thu|fri|sat)(-(sun|mon|tue|wed|thu|fri|sat))?$/,
    'a day such as mon, or a span such as mon-fri',
  );

const dayMs = 86_400_000;

/** Days since 1970-01-01 of `2026-09-01`; undefined where there is no such day. */
export function dayNumber(date: string): number | undefined {
  const at = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  // A day that does not exist may be read as one of the next month.
  return Number.isNaN(at) || !new Date(at).toISOString().startsWith(date) ? undefined : at / dayMs;
}

export const date = z
  .string()
  .refine((said) => dayNumber(said) !== undefined, 'a day of the calendar, such as 2026-09-01');

export const id = z
  .string()
  .max(40)
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'lower-case letters, digits and single hyphens, such as fence-1');
export const text = z
  .string()
  .trim()
  .min(1, 'a text that is not empty')
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'a text without control characters');
/** What people read: it has to fit a line of a list or of a printed page. */
const said = text.max(200);
export const words = z
  .strictObject({ zh: said.describe('Chinese'), en: said.describe('English') })
  .describe('Both languages');
export const spot = z
  .tuple([z.number(), z.number()], { error: 'two numbers [x, y] in map units' })
  .describe('[x, y] in map units');
export const port = z.int().min(1).max(65535).describe('TCP port');
/** An address, or a name as DNS has them: what looks like a wrong address is no name. */
function isHost(value: string): boolean {
  if (isIP(value) !== 0) return true;
  const name =
    /^(?=.{1,253}$)[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?(?:\.[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?)*\.?$/;
  return name.test(value) && !/^[\d.]+$/.test(value);
}
export const host = text
  .refine(isHost, { error: 'a host alone, such as 192.168.8.31 or fence.school.example: no http://, no /24, no :port' })
  .describe('Host name or address');
/** The host of an address is held to the same. */
export const hasHost = (address: string): boolean =>
  !URL.canParse(address.replace(/^(mqtts?|wss?):/, 'http:'))
    ? false
    : isHost(new URL(address.replace(/^(mqtts?|wss?):/, 'http:')).hostname.replace(/^\[|\]$/g, ''));
export const network = z.string().refine(
  (value) => {
    const [address = '', bits, ...more] = value.split('/');
    const version = isIP(address);
    const fits = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
    return version !== 0 && fits && more.length === 0;
  },
  { error: 'an address such as 127.0.0.1, or a network such as 192.168.8.0/24' },
);
export const timeoutMs = z.int().min(50).max(60_000).optional().describe('Longest wait for one answer, ms');
export const minutes = z.number().min(0).max(1440);
export const days = z
  .union([z.literal('daily'), daySpan, z.array(daySpan).min(1)], {
    error: 'daily, a span such as mon-fri, or a list such as [mon, wed, sat-sun]',
  })
  .describe('Days of the week');
export const password = z
  .string()
  .min(1)
  .optional()
  .describe('Always a variable: taken from the environment, never written here');
export const passwordFile = text.optional().describe('Instead of password: a file only its owner can read (mode 0600)');
export const secret = { password, passwordFile };
export const certificate = z.strictObject({
  key: text.describe('PEM file of the private key'),
  cert: text.describe('PEM file of the certificate chain'),
});
