/**
 * The demonstration: the whole gateway on a simulated school, with a scripted night, and at the end the accounts:
 * every input accounted for, the chain verified, every scripted alarm told. Nothing of it outlives the run.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../simulators/free-port.ts';
import { playOn, type Told, type Walk } from '../../simulators/night.ts';
import { openSchool, type School } from '../../simulators/school.ts';
import { openApp } from '../app/app.ts';
import { missing } from '../app/ledger.ts';
import { usersFile } from '../app/serving.ts';
import type { Event, Ledger, Role, Route, Site } from '../core/types.ts';
import { saveUser } from '../server/auth/accounts.ts';
import { type Config, errorText, loadConfig } from '../site/load-site.ts';
import { verifyJournal } from '../store/journal/verify.ts';
import {
  demoBanner,
  demoChain,
  demoLedger,
  demoPeople,
  demoTold,
  demoUser,
  notTold,
  wantsPositive,
} from '../words/command-words.ts';
import { bothLanguages } from '../words/words.ts';
import { plainLog } from '../world/logs.ts';
import { realWorld } from '../world/world.ts';

const configPath = fileURLToPath(new URL('../../config/demo.yaml', import.meta.url));
const preferredPort = 8080;
/** Seconds after the start at which each route's round begins; the second route leaves out its second point. */
const roundStarts = [20, 45, 170] as const;
const skipped = new Set(['canteen-2']);
/** Seconds after the start: when the bell rings, and when the guards of the post touch; the second of them is late. */
const bellAt = 330;
const postTouches = [290, 325] as const;
const people: readonly (readonly [name: keyof typeof demoPeople, role: Role])[] = [
  ['duty', 'operator'],
  ['guard', 'guard'],
  ['head', 'head'],
  ['bureau', 'auditor'],
  ['installer', 'integrator'],
  ['boss', 'admin'],
  ['canteen', 'canteen'],
  ['cook', 'canteen'],
  ['hall', 'kitchen'],
];

export interface DemoOptions {
  readonly ui: string;
  readonly version: string;
  readonly seconds: string | undefined;
  readonly port: string | undefined;
}

const secret = (): string => randomBytes(9).toString('base64url');
/** The touches of the post: two people, one after the other. */
function postWalks({ posts = {}, people }: Site, began: number): Walk[] {
  const cards = Object.values(people).flatMap(({ card = [] }) => card);
  return Object.values(posts).flatMap(({ reader }) =>
    postTouches.map((seconds, i) => ({ reader, card: cards[i + 1] ?? '', at: began + seconds * 1_000 })),
  );
}

/** When the bell rings; about midnight at noon instead, since a post begins and ends on one day. */
function bellClock(began: number): string {
  const at = began + bellAt * 1_000;
  const around = [-60_000, 60_000].map((ms) => localClock(at + ms).slice(0, 2));
  return around[0] === '23' && around[1] === '00' ? '12:00:00' : localClock(at);
}

const localClock = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(11, 19);

/** A guard walks each route, a little before and after the plan, and forgets the points that are to be missed. */
function walksOf(site: Site, began: number): Walk[] {
  const cards = Object.values(site.people).map((person) => person.card ?? '');
  return Object.values(site.routes).flatMap((route: Route, i) =>
    route.checkpoints
      .filter((point) => !skipped.has(point.id))
      .map((point, j) => ({
        reader: point.reader,
        card: cards[i % cards.length] ?? '',
        at: began + (roundStarts[i] ?? 0) * 1_000 + point.afterMs + (((j * 7) % 5) - 2) * 1_000,
      })),
  );
}

async function loadDemo(env: Readonly<Record<string, string>>): Promise<Config> {
  const loaded = await loadConfig(configPath, { ...process.env, ...env });
  if (loaded.ok) return loaded.config;
  throw new Error(loaded.errors.map(errorText).join('\n'));
}

function banner(url: string, chat: string, password: string): void {
  const users = people.map(([name]) => demoUser(name, demoPeople[name])).join('  ');
  console.log(demoBanner(url, chat, users, password));
}

/** Prints the accounts; true when everything received is accounted for. */
function printLedger(ledgers: ReadonlyMap<string, Ledger>): boolean {
  console.log(`\n${demoLedger}`);
  console.log(['line'.padEnd(12), 'received', 'stored', 'judged', 'dropped', 'missing'].join('\t'));
  let whole = true;
  for (const [line, ledger] of ledgers) {
    const lost = missing(ledger);
    whole &&= lost === 0;
    const dropped = Object.entries(ledger.dropped).map(([reason, count]) => `${reason} ${count}`);
    const { received, stored, judged } = ledger;
    console.log([line.padEnd(12), received, stored, judged, dropped.join(', ') || '0', lost].join('\t'));
  }
  return whole;
}

/** Which scripted alarms were told in time; true when all were. */
function printTold(told: readonly Told[], events: readonly Event[], now: number): boolean {
  let all = true;
  console.log(`\n${demoTold}`);
  for (const { scene, at } of told) {
    const { expects } = scene;
    if (!expects || now < at + expects.within * 1_000) continue;
    const alarm = events.find(
      (event) => event.kind === 'raised' && event.key === expects.alarm && event.at >= at - 250,
    );
    all &&= alarm !== undefined;
    const after = alarm ? `${((alarm.at - at) / 1_000).toFixed(1)} s` : notTold;
    console.log(`${expects.alarm.padEnd(20)}\t${after}\t${bothLanguages(scene)}`);
  }
  return all;
}

/** Loads the demonstration's configuration for these simulators, and adds the people who may log in. */
async function furnish(
  school: School,
  dir: string,
  port: string | undefined,
  password: string,
  began: number,
): Promise<Config> {
  const pages = port ?? String(await freePort(preferredPort).catch(() => freePort()));
  const rounds = roundStarts.map((start, i) => [`DEMO_ROUND_${i + 1}`, localClock(began + start * 1_000)]);
  const env = {
    ...school.env,
    ...Object.fromEntries(rounds),
    DEMO_BELL: bellClock(began),
    DEMO_PORT: pages,
    DEMO_STORE: dir,
  };
  const config = await loadDemo(env);
  for (const [name, role] of people)
    await saveUser(usersFile(dir), name, role, password, { kiosk: role === 'kitchen' ? true : undefined });
  return config;
}

/** Plays the night over a running app and closes the accounts; true when they are right. */
async function perform(
  school: School,
  dir: string,
  options: DemoOptions,
  lengthMs: number | undefined,
  stop: AbortController,
) {
  const began = Date.now();
  const password = secret();
  const config = await furnish(school, dir, options.port, password, began);
  const events: Event[] = [];
  const { ui, version } = options;
  const onServing = (url: string) => banner(url, school.chat.url, password);
  const app = await openApp(config, { version, ui, world: realWorld(plainLog()), onServing });
  app.port.listen({
    batch: (batch) => void events.push(...batch.events.filter(({ kind }) => kind === 'raised')),
    site: () => undefined,
  });
  const told: Told[] = [];
  const say = (one: Told) => {
    told.push(one);
    console.log(`${localClock(one.at)}  ${bothLanguages(one.scene)}`);
  };
  const playing = playOn(school, [...walksOf(config.site, began), ...postWalks(config.site, began)], say, stop.signal);
  await (lengthMs === undefined
    ? forever(stop.signal)
    : delay(lengthMs, undefined, { signal: stop.signal }).catch(() => undefined));
  stop.abort();
  await playing;
  const ended = Date.now();
  const whole = printLedger(await app.stop());
  const all = printTold(told, events, ended);
  const chain = await verifyJournal(dir);
  console.log(`\n${demoChain(chain.checked, chain.broken)}`);
  return whole && all && chain.ok;
}

/** Runs the demonstration; resolves with 0 when the accounts are right, else 1. */
export async function runDemo(options: DemoOptions): Promise<number> {
  const { seconds } = options;
  const lengthMs = seconds === undefined ? undefined : Number(seconds) * 1_000;
  if (lengthMs !== undefined && !(lengthMs > 0)) {
    console.error(wantsPositive(`--seconds ${seconds}`));
    return 64;
  }
  const stop = new AbortController();
  // For good: a second Ctrl-C must not end us before the accounts are closed.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
  const dir = await mkdtemp(join(tmpdir(), 'gatehouse-demo-'));
  let school: School | undefined;
  try {
    school = await openSchool({ seed: 1, cameraPassword: secret(), devicePassword: secret(), chatPassword: secret() });
    return (await perform(school, dir, options, lengthMs, stop)) ? 0 : 1;
  } finally {
    await school?.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

async function forever(signal: AbortSignal): Promise<void> {
  // Somebody may have pressed Ctrl-C while the school was still starting.
  if (signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  signal.addEventListener('abort', () => resolve(), { once: true });
  // Keeps the process alive without anything to do.
  const timer = setInterval(() => undefined, 60_000);
  await promise;
  clearInterval(timer);
}
