/**
 * The shape of the district's service that a school has joined, and what the uplink is made from once the file is checked. Texts given as
 * message finish the sentence "expected …".
 */
import { z } from 'zod';
import { withholdings } from '../../core/retention/leaving-kinds.ts';
import { type Given, given } from './compile-parts.ts';
import { withoutSecret } from './compile-secret.ts';
import { certificate, hasHost, secret, text } from './schema-parts.ts';

const address = 'an address such as https://district.example; without s only of this machine';
/** Whoever listens on the way must not read a school's alarms or its key. */
const isSafe = (url: string): boolean => /^https:|^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?:[:/]|$)/.test(url);

const shape = z.strictObject({
  url: z
    .string()
    .regex(/^https?:\/\/[^/\s@?#]+(\/[^\s@?#]*)?$/, address)
    .refine((url) => hasHost(url) && isSafe(url), address),
  school: z
    .string()
    .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, 'the id the bureau gave: lower-case letters, digits and hyphens')
    .describe('As the bureau calls this school'),
  ...secret,
  ca: text.optional().describe('PEM file of the authority that signed the certificate of the district'),
  certificate: certificate.optional().describe('Shown to the district, where it asks for one'),
  witness: z
    .string()
    .regex(/^[^+\s]+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+$/, 'a key such as name+1a2b3c4d+AW…')
    .optional()
    .describe('Public key of the district; without it, the one that it names first'),
  keeps: z
    .array(z.enum(withholdings))
    .default([])
    .describe('What this school keeps to itself beyond log-ins, accounts and requests, which never leave'),
});

export const district = shape.refine(
  ({ password, passwordFile, certificate: pair }) => [password, passwordFile, pair].some((one) => one !== undefined),
  { error: 'a password, a passwordFile or a certificate' },
);

type DistrictPart = z.infer<typeof district>;
/** What the uplink is made from; paths are absolute. */
export type DistrictConfig = Given<
  Omit<DistrictPart, 'password' | 'passwordFile'> & { readonly password: string | undefined }
>;

export function compileDistrict(
  part: DistrictPart,
  password: string | undefined,
  at: (path: string) => string,
): DistrictConfig {
  const { certificate: pair, ...rest } = withoutSecret(part, at);
  const shown = pair && { key: at(pair.key), cert: at(pair.cert) };
  return given({ ...rest, password, certificate: shown }) as DistrictConfig;
}
