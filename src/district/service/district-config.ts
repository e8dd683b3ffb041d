/**
 * The district's configuration: one YAML file in, either all of it or every error at once, each with its place. Secrets come from the
 * environment or from `secrets.env` beside the file. It must never start, open or write anything.
 */
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { checkShape, numbersFromEnv } from '../../site/check-shape.ts';
import {
  type CertificatePair,
  type InspectedCertificate,
  inspectAuthority,
  inspectCertificate,
} from '../../site/parts/certificates.ts';
import { certificate, host, network, spot, text, words } from '../../site/parts/schema-parts.ts';
import { withSecrets } from '../../site/secrets-env.ts';
import { textOf } from '../../site/typing-slips.ts';
import { type ConfigError, readSource } from '../../site/yaml-text.ts';
import { revokedOfWhom } from '../../words/district/revoked-list-words.ts';
import { requiredOfWhom, urlOrFolder } from '../../words/site/config-outward-words.ts';
import { districtUnreadable } from '../../words/site/config-text-words.ts';
import { wordsOf } from '../../words/worded-error.ts';
import type { Words } from '../../words/words.ts';
import { type KeptClass, keepRules } from '../board/keep-rules.ts';

const address = z.url({ protocol: /^https?$/ });

/** Days of one class: the usual ones where nothing is said. */
const kept = (of: KeptClass) => z.int().min(keepRules[of].least).max(36_500).nullable().default(keepRules[of].usual);

/** A whole configuration file. */
export const districtFile = z.strictObject({
  district: z.strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, 'lower-case letters, digits and hyphens, such as pudong')
      .describe('Names the key that this district signs and witnesses with; never changed once schools have joined'),
    name: words,
    timezone: z
      .string()
      .regex(/^[+-](0\d|1[0-4]):(00|15|30|45)$/, 'an offset from UTC such as "+08:00", in quotes')
      .default('+08:00'),
    outline: z
      .array(z.strictObject({ name: words.optional(), points: z.array(spot).min(3) }))
      .default([])
      .describe(
        'The drawn outline: parts, each a closed line of points, 0 to 1000 from left to right and from top to bottom',
      ),
  }),
  server: z.strictObject({
    host,
    port: z.int().min(0).max(65_535).describe('TCP port; 0 takes any that is free'),
    tls: certificate
      .extend({
        clientAuthority: text
          .optional()
          .describe(
            'PEM file of the authority that vouches for schools: they may show a certificate instead of a key, or with it',
          ),
        clientRevoked: text
          .optional()
          .describe('CRL file of that authority, PEM or DER: certificates it has revoked; looked at once a minute'),
        clientRequired: z
          .boolean()
          .default(false)
          .describe('No school is taken without a certificate of that authority, whatever key it shows'),
      })
      .optional(),
    pages: address.optional().describe('Where people and schools find this district, such as https://district.example'),
    origins: z
      .array(z.string().regex(/^https?:\/\/[^/\s]+$/, 'an origin such as https://district.example'))
      .default([]),
    trustedProxies: z.array(network).default([]),
    connections: z.int().min(100).max(100_000).default(10_000).describe('Connections at most, of one node'),
  }),
  database: z.strictObject({
    url: z
      .string()
      // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a variable is written in the file
      .regex(/^postgres(ql)?:\/\//, 'an address such as postgres://gatehouse:${PASSWORD}@db:5432/gatehouse')
      .optional(),
    folder: text
      .optional()
      .describe('Instead of url: folder of a PostgreSQL within this process, for one node; relative to this file'),
    connections: z.int().min(2).max(200).optional(),
  }),
  nats: z
    .strictObject({
      servers: z.array(z.string().regex(/^(nats|tls):\/\//, 'an address such as nats://10.0.0.5:4222')).min(1),
      user: text.optional(),
      password: z.string().min(1).optional().describe('Always a variable'),
      ca: text.optional().describe('PEM file of the authority; relative to this file'),
    })
    .optional()
    .describe('Where nodes tell each other; without it by the database'),
  data: text.describe(
    'Folder of the key that this district signs with, the same for all its nodes; relative to this file',
  ),
  // Other parts of the district add their sections here.
  influx: z
    .strictObject({
      url: address,
      database: z.string().regex(/^[\w-]{1,64}$/, 'letters, digits, - and _'),
      user: text.optional(),
      password: z.string().min(1).optional().describe('Always a variable'),
    })
    .optional()
    .describe('Where hourly values are kept (InfluxDB 1.8 or what speaks like it); without it there are none'),
  retention: z
    .strictObject({
      alarm: kept('alarm'),
      patrol: kept('patrol'),
      orders: kept('orders'),
      files: kept('files'),
      series: kept('series'),
    })
    .prefault({})
    .describe('Days that records are kept; null: for ever'),
  login: z
    .strictObject({
      oidc: z
        .strictObject({
          issuer: z.url(),
          clientId: text,
          clientSecret: z.string().min(1).describe('Always a variable'),
          claim: text.default('sub').describe('The claim that names an officer'),
          insecure: z.boolean().default(false).describe('Allows an issuer over plain http; for trials alone'),
        })
        .optional(),
    })
    .prefault({}),
});
export type DistrictFile = z.infer<typeof districtFile>;

/** What the district answers with, and by whose certificates it knows its schools. Paths are absolute. */
export interface BureauTls extends CertificatePair {
  readonly clientAuthority?: string;
  readonly clientRequired?: boolean;
  /** What that authority has revoked. */
  readonly clientRevoked?: string;
}

/** The file as it is used: paths absolute, the pair of certificates looked at. */
export interface BureauConfig extends Omit<DistrictFile, 'server' | 'data'> {
  readonly server: Omit<DistrictFile['server'], 'tls'> & { readonly tls?: BureauTls };
  readonly utcOffsetMin: number;
  /** Absolute. */
  readonly data: string;
}

export type BureauConfigRead =
  | { readonly ok: true; readonly config: BureauConfig }
  | { readonly ok: false; readonly errors: readonly ConfigError[] };

const refused = (file: string, message: Words): BureauConfigRead => ({
  ok: false,
  errors: [{ file, line: 1, column: 1, path: '', message }],
});

function offsetOf(timezone: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(timezone) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** Reads and checks the file, and the certificates it names where it `inspects`. What is wrong is a value, never an exception. */
export async function readDistrictConfig(
  path: string,
  env: Readonly<Record<string, string | undefined>>,
  inspects = true,
): Promise<BureauConfigRead> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => error.code ?? error.message);
  if (typeof bytes === 'string') return refused(path, districtUnreadable(bytes));
  const read = textOf(bytes);
  if (!('text' in read))
    return { ok: false, errors: [{ file: path, line: read.line, column: 1, path: '', message: read.message }] };
  const folder = dirname(resolve(path));
  const known = await withSecrets(folder, env);
  if ('error' in known) return { ok: false, errors: [known.error] };
  const source = readSource(path, read.text, known.env);
  if (!source.readable) return { ok: false, errors: source.errors };
  const file = checkShape(source, districtFile, numbersFromEnv(source, districtFile));
  if (file && (file.database.url === undefined) === (file.database.folder === undefined))
    source.refuse(['database'], urlOrFolder);
  if (file?.server.tls?.clientRequired && file.server.tls.clientAuthority === undefined)
    source.refuse(['server', 'tls', 'clientRequired'], requiredOfWhom);
  if (file?.server.tls?.clientRevoked !== undefined && file.server.tls.clientAuthority === undefined)
    source.refuse(['server', 'tls', 'clientRevoked'], revokedOfWhom);
  if (!file || source.errors.length > 0) return { ok: false, errors: source.errors };
  return await resolved(path, folder, file, inspects);
}

type FileTls = NonNullable<DistrictFile['server']['tls']>;
type Clients = Required<Pick<BureauTls, 'clientAuthority' | 'clientRequired'>> & Pick<BureauTls, 'clientRevoked'>;

/** By whose certificates schools are known; undefined where by nobody's. */
function clientsOf({ clientAuthority, clientRequired, clientRevoked }: FileTls, folder: string): Clients | undefined {
  if (clientAuthority === undefined) return undefined;
  return {
    ...{ clientAuthority: resolve(folder, clientAuthority), clientRequired },
    ...(clientRevoked !== undefined && { clientRevoked: resolve(folder, clientRevoked) }),
  };
}

/** Why their files cannot be used. */
async function unsoundClients({ clientAuthority, clientRevoked }: Clients): Promise<Words | undefined> {
  const { problem, text } = await inspectAuthority(clientAuthority);
  if (problem || clientRevoked === undefined) return problem;
  // A library that only whoever has such a list pays for.
  const { readRevoked } = await import('./revoked-certificates.ts');
  return await readRevoked(clientRevoked, text ?? '').then(() => undefined, wordsOf);
}

async function resolved(
  path: string,
  folder: string,
  file: DistrictFile,
  inspects: boolean,
): Promise<BureauConfigRead> {
  const { tls, ...server } = file.server;
  const files = tls && { key: resolve(folder, tls.key), cert: resolve(folder, tls.cert) };
  const inspected: InspectedCertificate | undefined =
    files && (inspects ? await inspectCertificate(files) : { pair: files });
  if (inspected?.problem) return refused(path, inspected.problem);
  const clients = tls && clientsOf(tls, folder);
  const unsound = clients && inspects ? await unsoundClients(clients) : undefined;
  if (unsound) return refused(path, unsound);
  const pair = inspected && { ...inspected.pair, ...clients };
  const { folder: place, ...database } = file.database;
  return {
    ok: true,
    config: {
      ...file,
      server: { ...server, ...(pair && { tls: pair }) },
      database: { ...database, ...(place !== undefined && { folder: resolve(folder, place) }) },
      ...(file.nats && {
        nats: { ...file.nats, ...(file.nats.ca !== undefined && { ca: resolve(folder, file.nats.ca) }) },
      }),
      utcOffsetMin: offsetOf(file.district.timezone),
      data: resolve(folder, file.data),
    },
  };
}
