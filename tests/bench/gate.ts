/**
 * The gateway as a side of a benchmark: a configuration, a person and a data folder made for the occasion, and the real
 * program started through its own door. It must not touch anything inside; what it knows, it knows from the wire.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { builtDoor, FITTED } from '../built.ts';
import type { Influxd } from '../peers/influxd.ts';
import type { Sender } from './load-mqtt.ts';
import { clock, ended } from './peer.ts';
import { counted, PASSWORD, type Side } from './side.ts';

const START = fileURLToPath(new URL('../../src/commands/start.mjs', import.meta.url));
const WATCHER = 'watcher';
const READY_LIMIT_MS = 60_000;

/** A port nobody listens on at this moment. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

export interface GateOptions {
  readonly dir: string;
  readonly senders?: readonly Sender[];
  /** Further lines and devices, as the configuration writes them. */
  readonly lines?: readonly object[];
  readonly devices?: readonly object[];
  /** Further parts of the configuration, as it writes them. */
  readonly parts?: Readonly<Record<string, unknown>>;
  readonly influx?: Influxd;
  /** Data folder of an earlier run. */
  readonly data?: string;
  /** The program as it is built, started as a school starts it. */
  readonly built?: boolean;
  /** What is started instead of the program's own door, with the same arguments. */
  readonly door?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Further people by name, with the watcher's password, and their roles. */
  readonly people?: Readonly<Record<string, string>>;
  /** How long it may take to become healthy. */
  readonly readyLimitMs?: number;
}

export interface Gate extends Side {
  readonly data: string;
  /** From the start of the process to the first healthy answer, ms. */
  readonly readyMs: number;
  /** Ends it at once, as a power cut would. */
  kill(): void;
  /** Starts it again after `kill` or `stop`, where it was; resolves when it answers. */
  again(): Promise<void>;
}

const words = (text: string) => ({ zh: text, en: text });

function site(options: GateOptions, ports: { web: number; mqtt: number }, data: string): object {
  const crowd = options.senders ?? [];
  const readers = crowd.map(({ id }) => ({
    id,
    title: words(id),
    line: 'broker',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the configuration takes it from the environment
    password: '${BENCH_PASSWORD}',
    ...(id.startsWith('fence')
      ? { profile: 'fence-host-mqtt', zones: { A: false, B: false } }
      : { profile: 'patrol-reader-mqtt' }),
  }));
  const broker = { id: 'broker', protocol: 'mqtt-broker', host: '127.0.0.1', port: ports.mqtt, maxClients: 20_000 };
  return {
    school: { name: words('Bench'), short: '测速', timezone: '+08:00' },
    map: { width: 100, height: 100 },
    server: { host: '127.0.0.1', port: ports.web },
    store: { dir: data },
    ...(options.influx ? { influx: { url: options.influx.url, database: 'bench' } } : {}),
    lines: [broker, ...(options.lines ?? [])],
    devices: [...readers, ...(options.devices ?? [])],
    zones: [],
    ...options.parts,
  };
}

function start(
  args: readonly string[],
  door: readonly string[] = [START],
  more: GateOptions['env'] = {},
): ChildProcess {
  const env = { ...process.env, BENCH_PASSWORD: PASSWORD, ...more };
  return spawn(process.execPath, [...door, ...args], { env, stdio: ['pipe', 'ignore', 'pipe'] });
}

/** The last words of a program, for when it ends too early. */
function lastWords(child: ChildProcess): () => string {
  let text = '';
  child.stderr!.setEncoding('utf8').on('data', (more: string) => {
    text = (text + more).slice(-4_000);
  });
  return () => text;
}

async function addPerson(data: string, name: string, role: string): Promise<void> {
  const child = start(['user', 'add', name, '--role', role, '--data', data]);
  const said = lastWords(child);
  child.stdin!.end(`${PASSWORD}\n`);
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(`${name} could not be added: ${said()}`);
}

async function healthy(web: string, child: ChildProcess, said: () => string, limitMs: number): Promise<void> {
  const until = clock() + limitMs;
  while (clock() < until) {
    if (child.exitCode !== null) throw new Error(`the gateway ended with ${child.exitCode}: ${said()}`);
    const answer = await fetch(`${web}/healthz`, { signal: AbortSignal.timeout(1_000) }).catch(() => undefined);
    if (answer?.ok) return;
    await delay(20);
  }
  throw new Error(`the gateway did not become healthy in ${limitMs / 1000} s: ${said()}`);
}

/** Starts the gateway and resolves when it answers; `stop` lets it finish in order. */
export async function gate(options: GateOptions): Promise<Gate> {
  const folder = mkdtempSync(join(options.dir, 'gate-'));
  const data = options.data ?? join(folder, 'data');
  const ports = { web: await freePort(), mqtt: await freePort() };
  const config = join(folder, 'campus.yaml');
  // JSON is YAML too.
  writeFileSync(config, JSON.stringify(site(options, ports, data), undefined, 1));
  for (const [name, role] of Object.entries({ [WATCHER]: 'operator', ...options.people }))
    await addPerson(data, name, role);
  const { door } = options;
  const way = options.built ? [...FITTED, await builtDoor()] : door === undefined ? undefined : [door];
  const web = `http://127.0.0.1:${ports.web}`;
  let child: ChildProcess;
  const end = () => child.kill('SIGKILL');
  const begin = async () => {
    child = start(['run', '--config', config], way, options.env);
    process.on('exit', end);
    await healthy(web, child, lastWords(child), options.readyLimitMs ?? READY_LIMIT_MS);
  };
  const began = clock();
  await begin();
  const readyMs = clock() - began;
  const { influx } = options;
  const arrived = `select count(seq) as n from events where kind = 'read'`;
  return {
    ...(influx && { shipped: () => counted(influx, 'bench', arrived) }),
    name: 'gatehouse',
    web,
    mqtt: `mqtt://127.0.0.1:${ports.mqtt}`,
    login: { user: WATCHER, password: PASSWORD },
    senders: options.senders ?? [],
    get pid() {
      return child.pid!;
    },
    data,
    readyMs,
    kill: end,
    async again() {
      process.off('exit', end);
      await ended(child);
      await begin();
    },
    async stop() {
      child.kill('SIGTERM');
      await ended(child);
      process.off('exit', end);
    },
  };
}
