/**
 * One of the processes of the district's demonstration: some schools, each a whole gateway on a simulated school of its own. It is told by the
 * process that started it which, and ends with it. Nothing of it outlives the run.
 */
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../../simulators/free-port.ts';
import { openSmallSchool, type SmallSchool } from '../../../simulators/small-school.ts';
import { openApp, type RunningApp } from '../../app/app.ts';
import { usersFile } from '../../app/serving.ts';
import type { Words } from '../../core/types.ts';
import { saveUser } from '../../server/auth/accounts.ts';
import { errorText, loadConfig } from '../../site/load-site.ts';
import { type Log, realWorld } from '../../world/world.ts';

/** A school of the demonstration. */
export interface DemoSchool {
  readonly id: string;
  readonly name: Words;
  readonly short: Words;
  readonly key: string;
  readonly seed: number;
}
/** What such a process is told, as its first message. */
export interface DemoSchoolsOrder {
  readonly district: string;
  readonly dir: string;
  readonly schools: readonly DemoSchool[];
  /** The password of the account `duty` of each school. */
  readonly password: string;
  readonly ui: string;
  readonly version: string;
}
/** What it is told later, and what it tells. */
export type ToDemoSchools =
  | { readonly order: DemoSchoolsOrder }
  | { readonly lose: string }
  | { readonly find: string }
  | 'end';
export type FromDemoSchools =
  | { readonly open: string; readonly url: string }
  | { readonly failed: string; readonly why: string }
  | 'ended';

const configPath = fileURLToPath(new URL('../../../config/demo-school.yaml', import.meta.url));
const cards = ['0F004EBEFC', '0F004EC101'] as const;
const secret = (): string => randomBytes(9).toString('base64url');
/** Forty schools warn too often to be read: only what is wrong with the program itself is said. */
const logOf = (school: string): Log => ({
  info: () => undefined,
  warn: () => undefined,
  error: (message) => void process.stderr.write(`!! ${school}: ${message}\n`),
});
const clock = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(11, 19);

interface Living {
  readonly order: DemoSchoolsOrder;
  readonly school: DemoSchool;
  readonly place: SmallSchool;
  readonly rounds: readonly number[];
  app: RunningApp | undefined;
}

async function openGateway({ order, school, place, rounds }: Living): Promise<RunningApp> {
  const dir = join(order.dir, school.id);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const loaded = await loadConfig(configPath, {
    ...process.env,
    ...place.env,
    ...{ SCHOOL_ZH: school.name.zh, SCHOOL_EN: school.name.en, SCHOOL_SHORT: school.short.zh, SCHOOL_ID: school.id },
    ...{
      SCHOOL_KEY: school.key,
      SCHOOL_STORE: dir,
      SCHOOL_PORT: String(await freePort()),
      DISTRICT_URL: order.district,
    },
    ...Object.fromEntries(rounds.map((at, i) => [`ROUND_${i + 1}`, clock(at)])),
  });
  if (!loaded.ok) throw new Error(loaded.errors.map(errorText).join('\n'));
  await saveUser(usersFile(dir), 'duty', 'operator', order.password, {});
  const { ui, version } = order;
  const onServing = (url: string) => process.send?.({ open: school.id, url } satisfies FromDemoSchools);
  return await openApp(loaded.config, { version, ui, world: realWorld(logOf(school.id)), onServing });
}

async function open(order: DemoSchoolsOrder, school: DemoSchool, signal: AbortSignal): Promise<Living> {
  const place = await openSmallSchool({ seed: school.seed, cameraPassword: secret(), devicePassword: secret() });
  const now = Date.now();
  const rounds = [now + 40_000 + (school.seed % 20) * 3_000, now + 240_000 + (school.seed % 20) * 5_000];
  const living: Living = { order, school, place, rounds, app: undefined };
  living.app = await openGateway(living);
  void place.live(
    rounds.map((at, i) => ({ at, card: cards[i] ?? cards[0] })),
    signal,
  );
  return living;
}

/** Serves one parent over the channel between processes, until it asks to end or is gone. */
export function serveDemoSchools(): void {
  const stop = new AbortController();
  const all = new Map<string, Living>();
  const failed = (school: string) => (error: unknown) =>
    process.send?.({ failed: school, why: String(error) } satisfies FromDemoSchools);
  let work: Promise<unknown> = Promise.resolve();
  const next = (what: () => Promise<unknown>, school: string) => {
    work = work.then(what).catch(failed(school));
  };
  const lose = async (id: string) => {
    const living = all.get(id);
    await living?.app?.stop();
    if (living) living.app = undefined;
  };
  const find = async (id: string) => {
    const living = all.get(id);
    if (living && !living.app) living.app = await openGateway(living);
  };
  const end = async () => {
    if (stop.signal.aborted) return;
    stop.abort();
    await work;
    await Promise.all([...all.values()].map(({ app }) => app?.stop().catch(() => undefined)));
    await Promise.all([...all.values()].map(({ place }) => place.stop().catch(() => undefined)));
    process.send?.('ended' satisfies FromDemoSchools, () => process.exit(0));
  };
  process.on('message', (told: ToDemoSchools) => {
    if (told === 'end') return void end();
    if ('lose' in told) return next(() => lose(told.lose), told.lose);
    if ('find' in told) return next(() => find(told.find), told.find);
    for (const school of told.order.schools)
      next(async () => {
        if (!stop.signal.aborted) all.set(school.id, await open(told.order, school, stop.signal));
      }, school.id);
  });
  process.on('disconnect', () => void end().finally(() => process.exit(0)));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
}

if (process.send) serveDemoSchools();
