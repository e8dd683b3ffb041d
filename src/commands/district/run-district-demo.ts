/**
 * The demonstration of a district: as many simulated schools as are asked for, up to forty, ten whole gateways to a process, before a district
 * that keeps its records in a PostgreSQL within this process. Nothing is to be installed, and nothing of it outlives the run.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { demoPlaces } from '../../../simulators/district-names.ts';
import { freePort } from '../../../simulators/free-port.ts';
import { readDistrictConfig } from '../../district/service/district-config.ts';
import { openDistrict, type RunningDistrict } from '../../district/service/open-district.ts';
import { errorText } from '../../site/load-site.ts';
import { wantsPositive } from '../../words/command-words.ts';
import { demoDistrict } from '../../words/district/demo-words.ts';
import { bothLanguages } from '../../words/words.ts';
import { plainLog } from '../../world/logs.ts';
import { realWorld } from '../../world/world.ts';
import type { DemoSchool, FromDemoSchools, ToDemoSchools } from './demo-schools.ts';
import { furnishDistrict } from './furnish-district.ts';

export interface DistrictDemoOptions {
  readonly ui: string;
  readonly version: string;
  /** As they were typed. */
  readonly schools: string;
  readonly lost: string | undefined;
  readonly seconds: string | undefined;
  readonly port: string | undefined;
}

const perProcess = 10;
const preferredPort = 8080;
const configPath = fileURLToPath(new URL('../../../config/demo-district.yaml', import.meta.url));
const schoolsProcess = fileURLToPath(new URL('./demo-schools.ts', import.meta.url));
/** After so long the lost schools are switched off, and after so long they are back, ms. */
const loseAfterMs = 20_000;
const findAfterMs = 300_000;

/** `20` of `--schools 20`; undefined where it is no number from 1 to `most`. */
function numberOf(text: string, most: number): number | undefined {
  const value = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return value >= 1 && value <= most ? value : undefined;
}

async function openBureau(dir: string, options: DistrictDemoOptions): Promise<RunningDistrict> {
  const port = options.port ?? String(await freePort(preferredPort).catch(() => freePort()));
  const read = await readDistrictConfig(configPath, { ...process.env, DEMO_PORT: port, DEMO_STORE: dir });
  if (!read.ok) throw new Error(read.errors.map(errorText).join('\n'));
  return await openDistrict(read.config, { ...options, world: realWorld(plainLog()) });
}

/** The processes of the schools, as one. */
class SchoolProcesses {
  readonly #children = new Map<ChildProcess, readonly DemoSchool[]>();

  start(
    order: {
      readonly district: string;
      readonly dir: string;
      readonly password: string;
      readonly ui: string;
      readonly version: string;
    },
    schools: readonly DemoSchool[],
  ): void {
    let open = 0;
    for (let i = 0; i < schools.length; i += perProcess) {
      const mine = schools.slice(i, i + perProcess);
      const child = fork(schoolsProcess, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
      this.#children.set(child, mine);
      child.on('message', (told: FromDemoSchools) => {
        if (told === 'ended') return;
        if ('failed' in told) return console.error(bothLanguages(demoDistrict.failed(told.failed, told.why)));
        open += 1;
        if (open === 1) console.log(bothLanguages(demoDistrict.first(told.url)));
        if (open % 10 === 0 || open === schools.length)
          console.log(bothLanguages(demoDistrict.open(open, schools.length)));
      });
      child.on('exit', () => this.#children.delete(child));
      child.send({ order: { ...order, schools: mine } } satisfies ToDemoSchools);
    }
  }

  tell(what: 'lose' | 'find', school: string): void {
    for (const [child, schools] of this.#children)
      if (child.connected && schools.some(({ id }) => id === school))
        child.send((what === 'lose' ? { lose: school } : { find: school }) satisfies ToDemoSchools);
  }

  async end(): Promise<void> {
    await Promise.all(
      [...this.#children.keys()].map(async (child) => {
        const gone = new Promise((resolve) => child.once('exit', resolve));
        if (child.connected) child.send('end' satisfies ToDemoSchools);
        const limit = setTimeout(() => child.kill('SIGKILL'), 60_000);
        await gone;
        clearTimeout(limit);
      }),
    );
  }
}

/** Waits, or until the demonstration is over. */
const rest = (ms: number, signal: AbortSignal) => delay(ms, undefined, { signal }).catch(() => undefined);

async function playLoss(processes: SchoolProcesses, lost: readonly string[], signal: AbortSignal): Promise<void> {
  if (lost.length === 0) return;
  await rest(loseAfterMs, signal);
  for (const school of lost) processes.tell('lose', school);
  await rest(findAfterMs, signal);
  if (!signal.aborted) for (const school of lost) processes.tell('find', school);
}

/** Runs the demonstration; resolves with the exit code. */
export async function runDistrictDemo(options: DistrictDemoOptions): Promise<number> {
  const count = numberOf(options.schools, demoPlaces.length);
  const lost = numberOf(options.lost ?? '0', demoPlaces.length) ?? 0;
  const lengthMs = options.seconds === undefined ? undefined : Number(options.seconds) * 1_000;
  if (count === undefined || (lengthMs !== undefined && !(lengthMs > 0))) {
    console.error(
      count === undefined
        ? bothLanguages(demoDistrict.wantsSchools(demoPlaces.length))
        : wantsPositive(`--seconds ${options.seconds}`),
    );
    return 64;
  }
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
  const dir = await mkdtemp(join(tmpdir(), 'gatehouse-district-'));
  const processes = new SchoolProcesses();
  let district: RunningDistrict | undefined;
  try {
    district = await openBureau(dir, options);
    const places = demoPlaces.slice(0, count);
    const password = randomBytes(9).toString('base64url');
    const keys = await furnishDistrict(district.context, places, password);
    console.log(bothLanguages(demoDistrict.begun(district.url, count, password)));
    const schools = places.map(({ id, name, short }, i) => ({ id, name, short, key: keys.get(id) ?? '', seed: i + 1 }));
    const { ui, version } = options;
    processes.start({ district: district.url, dir, password, ui, version }, schools);
    const playing = playLoss(
      processes,
      places.slice(places.length - lost).map(({ id }) => id),
      stop.signal,
    );
    await (lengthMs === undefined ? untilAborted(stop.signal) : rest(lengthMs, stop.signal));
    stop.abort();
    await playing;
    console.log(bothLanguages(demoDistrict.ending));
    return 0;
  } finally {
    await processes.end();
    await district?.close();
    await rm(dir, { recursive: true, force: true });
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  // A timer keeps the process alive; the signal ends it.
  return new Promise((resolve) => {
    const timer = setInterval(() => undefined, 60_000);
    const end = () => {
      clearInterval(timer);
      resolve();
    };
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}
