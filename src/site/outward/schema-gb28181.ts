/**
 * The shape of the video platform that alarms are reported to (GB/T 28181), and what the follower is made from once the file is checked. Texts
 * given as message finish the sentence "expected …".
 */
import { z } from 'zod';
import { type Given, given } from '../parts/compile-parts.ts';
import { host, port, secret, text } from '../parts/schema-parts.ts';

const code = z.string().regex(/^\d{20}$/, '20 digits in quotes, such as "34020000001170000001"');
const user = z.string().regex(/^[^\s"\\<>@;,]{1,64}$/, 'a name without blanks and quotes');

export const gb28181 = z.strictObject({
  server: z.strictObject({
    host,
    port: port.default(5060),
    id: code.describe('The id of the platform'),
    domain: z
      .string()
      .regex(/^[A-Za-z0-9.-]{1,64}$/, 'digits, or a name of a domain')
      .optional()
      .describe('Default: the first ten digits of its id'),
  }),
  id: code.describe('The id the platform has for this school: an alarm controller (117)'),
  user: user.optional().describe('Name of the log-in; the id when absent'),
  ...secret,
  version: z.enum(['2016', '2022']).default('2022').describe('Which edition the platform speaks, in quotes'),
  transport: z.enum(['udp', 'tcp']).default('udp'),
  port: z
    .int()
    .min(0)
    .max(65535)
    .default(5060)
    .describe('UDP: where this machine hears the platform; 0 takes a free one'),
  encoding: z
    .enum(['GB2312', 'GB18030', 'UTF-8'])
    .optional()
    .describe('Of what is sent. Default: GB18030 with 2022, GB2312 with 2016'),
  expiresSec: z.int().min(3_600).max(100_000).default(86_400).describe('How long a registration holds, s'),
  keepaliveSec: z.int().min(5).max(255).default(60).describe('Seconds between two signs of life'),
  channels: z
    .record(text, code)
    .default({})
    .describe('Zone or device → its id at the platform. A zone that is not named is called by its number'),
  guard: z
    .enum(['none', 'arm', 'both'])
    .default('none')
    .describe(
      'What the platform may do: nothing, arm, or arm and disarm. Over UDP anybody who takes its address could',
    ),
  resetWaitSec: z
    .int()
    .min(0)
    .max(3_600)
    .default(60)
    .describe('The next device alarm of a channel waits so long for ResetAlarm; 0 does not wait'),
  duress: z.boolean().default(false).describe('Silent calls for help are told as well'),
});

type GbPart = z.infer<typeof gb28181>;
/** What the platform is told with. */
export type GbConfig = Given<
  Omit<GbPart, 'server' | 'password' | 'passwordFile' | 'port' | 'encoding' | 'user'> & {
    readonly host: string;
    readonly port: number;
    readonly localPort: number;
    readonly serverId: string;
    readonly domain: string;
    readonly user: string;
    readonly encoding: NonNullable<GbPart['encoding']>;
  }
> & { readonly password?: string };

export function compileGb28181(part: GbPart, password: string | undefined): GbConfig {
  const { server, password: _, passwordFile: __, port: localPort, encoding, user: name, ...rest } = part;
  return given({
    ...rest,
    ...{ host: server.host, port: server.port, serverId: server.id, localPort, password },
    domain: server.domain ?? server.id.slice(0, 10),
    user: name ?? part.id,
    encoding: encoding ?? (part.version === '2016' ? ('GB2312' as const) : ('GB18030' as const)),
  }) as GbConfig;
}
