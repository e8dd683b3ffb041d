/**
 * The shape of the alarm receiving centre that is told by SIA DC-09, and what its followers are made from once the file is checked. Texts given
 * as message finish the sentence "expected …".
 */
import { z } from 'zod';
import { type Given, given } from '../parts/compile-parts.ts';
import { host, port, secret } from '../parts/schema-parts.ts';

const digits = (from: number, to: number) =>
  z.string().regex(new RegExp(`^[0-9A-F]{${from},${to}}$`), `${from} to ${to} digits or letters A to F, in quotes`);

const receiver = z.strictObject({
  host,
  port,
  transport: z.enum(['tcp', 'udp']).default('tcp'),
  ...secret,
});

export const dc09 = z.strictObject({
  account: digits(3, 16).describe('As the centre knows this school'),
  prefix: digits(1, 6).default('0').describe('Account prefix (L)'),
  receiver: digits(1, 6).optional().describe('Receiver number (R), where the centre asks for one'),
  language: z.enum(['SIA-DCS', 'ADM-CID']).default('SIA-DCS').describe('ADM-CID is Contact ID'),
  receivers: z
    .array(receiver)
    .min(1, 'at least one receiver')
    .max(2, 'at most two receivers')
    .describe(
      'Where it is told. password: the AES key, as 32, 48 or 64 hexadecimal digits, or as 16, 24 or 32 characters',
    ),
  use: z
    .enum(['first', 'both'])
    .default('first')
    .describe('first: the second hears what the first has not taken; both: each hears everything'),
  superviseSec: z
    .int()
    .min(0)
    .max(86_400)
    .default(60)
    .describe('A link test after so many seconds of silence; 0: none'),
  setting: z.boolean().default(true).describe('Setting and unsetting of areas are told'),
  duress: z.boolean().default(false).describe('Silent calls for help are told as well'),
});

type Dc09Part = z.infer<typeof dc09>;
type ReceiverPart = Omit<Dc09Part['receivers'][number], 'password' | 'passwordFile'>;
/** What the centre is told with. A key is 16, 24 or 32 bytes, in hexadecimal. */
export type Dc09Config = Given<Omit<Dc09Part, 'receivers'>> & {
  readonly receivers: readonly (ReceiverPart & { readonly which: number; readonly key?: string })[];
};

const lengths: ReadonlySet<number> = new Set([16, 24, 32]);

/** The bytes of a key in hexadecimal, however it is written; undefined where it is none. */
export function keyBytes(said: string): string | undefined {
  if (/^[0-9A-Fa-f]+$/.test(said) && said.length % 2 === 0 && lengths.has(said.length / 2) && said.length > 24)
    return said;
  const bytes = Buffer.from(said, 'utf8');
  return lengths.has(bytes.length) ? bytes.toString('hex') : undefined;
}

export function compileDc09(part: Dc09Part, secretOf: (place: number) => string | undefined): Dc09Config {
  const receivers = part.receivers.map(({ password: _, passwordFile: __, ...one }, i) => {
    const said = secretOf(i);
    return given({ ...one, which: i + 1, key: said === undefined ? undefined : keyBytes(said) });
  });
  return given({ ...part, receivers }) as Dc09Config;
}
