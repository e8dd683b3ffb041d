/** A whole district for tests of its addresses: the real node on a real port, its officers, and a clock that a test moves. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import { afterAll, onTestFinished } from 'vitest';
import { addOfficer, findOfficer, setPassword } from '../../src/district/access/officers.ts';
import { type DistrictRole, needsCode } from '../../src/district/board/district-rights.ts';
import type { Database } from '../../src/district/database/database.ts';
import { type BureauConfig, districtFile } from '../../src/district/service/district-config.ts';
import { openDistrict, type RunningDistrict } from '../../src/district/service/open-district.ts';
import { realWorld, type World } from '../../src/world/world.ts';
import { quickHash } from '../server/quick-hash.ts';

export const OFFICER_PASSWORD = 'correct horse 9';

export interface BureauOptions {
  readonly db: Database;
  readonly ui?: string;
  /** More of the configuration file. */
  readonly login?: object;
  readonly server?: object;
  readonly influx?: object;
}

export interface Bureau {
  readonly url: string;
  readonly district: RunningDistrict;
  readonly config: BureauConfig;
  readonly log: string[];
  /** Moves the district's clock, ms. */
  advance(ms: number): void;
  /** Another node of the same district. */
  another(): Promise<Bureau>;
  /** Somebody with the usual password, who has changed it before. */
  officer(name: string, role: DistrictRole, streets?: readonly string[], oidc?: string): Promise<void>;
  /** Logs in with all it takes; the cookie. */
  login(name: string): Promise<string>;
  ask(path: string, init?: RequestInit & { readonly cookie?: string }): Promise<Response>;
  /** A change that a page of this district asks for. */
  send(path: string, body: unknown, cookie?: string, method?: string): Promise<Response>;
}

/** The code of a secret at a time. */
export const codeAt = (secret: string, at: number): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at });

export const cookieIn = (answer: Response): string => (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';

async function openNode(config: BureauConfig, options: BureauOptions, clock: { ahead: number }): Promise<Bureau> {
  const log: string[] = [];
  const say = (message: string, fields?: object) => void log.push(`${message} ${JSON.stringify(fields ?? {})}`);
  const real = realWorld({ info: say, warn: say, error: say });
  const world: World = { ...real, now: () => Date.now() + clock.ahead };
  const district = await openDistrict(config, {
    world,
    version: 'test',
    db: { ...options.db, close: async () => undefined },
    ...(options.ui !== undefined && { ui: options.ui }),
  });
  onTestFinished(() => district.close());
  const { db } = options;
  const { url } = district;
  const ask: Bureau['ask'] = (path, { cookie, ...init } = {}) =>
    fetch(url + path, {
      redirect: 'manual',
      ...init,
      headers: { ...(cookie !== undefined && { cookie }), ...(init.headers as Record<string, string>) },
    });
  const send: Bureau['send'] = (path, body, cookie, method = 'POST') =>
    ask(path, {
      method,
      ...(cookie !== undefined && { cookie }),
      headers: { origin: url, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const secrets = new Map<string, string>();
  const bureau: Bureau = {
    ...{ url, district, config, log, ask, send },
    advance: (ms) => {
      clock.ahead += ms;
    },
    another: () => openNode(config, options, clock),
    officer: async (name, role, streets = [], oidc) => {
      await addOfficer(db, { name, shown: name, role, streets, oidc: oidc ?? null }, null, world.now());
      await setPassword(db, name, quickHash(OFFICER_PASSWORD), false);
    },
    login: async (name) => {
      const given = { user: name, password: OFFICER_PASSWORD };
      const role = (await findOfficer(db, name))?.role;
      if (!role || !needsCode(role)) return cookieIn(await send('/api/login', given));
      const known = secrets.get(name);
      // No code counts twice.
      if (known) clock.ahead += 30_000;
      const step = (await (await send('/api/login', given)).json()) as { secret?: string; enrol?: string };
      const secret = known ?? step.secret ?? '';
      secrets.set(name, secret);
      const code = codeAt(secret, world.now());
      const answer = await send('/api/login', { ...given, code, ...(step.enrol && { enrol: step.enrol }) });
      if (answer.status !== 200) throw new Error(`${name} did not come in: ${await answer.text()}`);
      return cookieIn(answer);
    },
  };
  return bureau;
}

/** All districts on one database have its key. */
const folders = new Map<Database, string>();
afterAll(async () => {
  for (const folder of folders.values()) await rm(folder, { recursive: true, force: true });
});
async function dataOf(db: Database): Promise<string> {
  const known = folders.get(db) ?? (await mkdtemp(join(tmpdir(), 'gatehouse-bureau-')));
  folders.set(db, known);
  return known;
}

export async function openBureau(options: BureauOptions): Promise<Bureau> {
  const data = await dataOf(options.db);
  const file = districtFile.parse({
    district: { id: 'test-district', name: { zh: '测试区', en: 'Test District' } },
    server: { host: '127.0.0.1', port: 0, ...options.server },
    database: { folder: 'unused' },
    data,
    ...(options.login && { login: options.login }),
    ...(options.influx && { influx: options.influx }),
  });
  const config = { ...file, utcOffsetMin: 480 } as BureauConfig;
  const bureau = await openNode(config, options, { ahead: 0 });
  // Who guessed in a test before is another one's matter.
  await options.db.query('DELETE FROM attempt');
  return bureau;
}
