/**
 * The whole gateway as a person runs it: `start.mjs run`, or what is built, in a process of its own, on a configuration, a data folder and a
 * port of its own, with people who may log in. It ends only the process it started and removes what it wrote.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { freePort } from '../../simulators/free-port.ts';
import type { Command, Event, Ledger, Role, Trouble } from '../../src/core/types.ts';
import { saveUser } from '../../src/server/auth/accounts.ts';
import type { LineStatus, Quarantined } from '../../src/server/gateway-port.ts';
import { builtDoor } from '../built.ts';
import { compiled } from '../compiled.ts';
import { PATIENCE_MS, patiently } from '../patience.ts';
import { type Feed, openFeed } from './feed.ts';

const root = join(import.meta.dirname, '../..');
/** A password of every person; long enough for the rules, worth nothing elsewhere. */
export const password = 'kept-by-the-tests';

export interface Setting {
  /** The configuration's text. It may use `${GATEWAY_PORT}`, `${GATEWAY_STORE}` and every name in `env`. */
  readonly yaml: string;
  readonly env?: Readonly<Record<string, string>>;
  /** People by name. Default: `duty`, an operator. */
  readonly users?: Readonly<Record<string, Role>>;
  /** Resolve as soon as the process runs, not when the pages are served. */
  readonly unserved?: boolean;
  /** More of its command line, at this start and every other. */
  readonly args?: readonly string[];
  /** Run what is built of the sources, instead of the sources themselves. */
  readonly built?: boolean;
  /** What the process is started through, such as `unshare`. */
  readonly through?: readonly string[];
}

export interface LogLine {
  readonly level: number;
  readonly msg: string;
}

export interface Health {
  readonly lines: readonly LineStatus[];
  readonly troubles: readonly Trouble[];
  readonly quarantine: readonly Quarantined[];
  readonly gauges: Readonly<Record<string, number>>;
}

export interface Gateway {
  readonly url: string;
  /** Of the running process; another one after `restart`. */
  readonly pid: number;
  /** The data folder. */
  readonly dir: string;
  readonly config: string;
  /** Everything it has logged, over all its lives. */
  readonly log: readonly LogLine[];
  /** Everything it wrote to standard error. */
  readonly complaint: string;
  /** Resolves with the first line logged, past or future, that holds the text. */
  said(text: string): Promise<LogLine>;
  login(user?: string): Promise<string>;
  get<T>(path: string, cookie: string): Promise<T>;
  health(cookie: string): Promise<Health>;
  /** Resolves with the events it caused; rejects with the problem's code. */
  command(cookie: string, asked: Command): Promise<readonly Event[]>;
  feed(cookie: string): Promise<Feed>;
  /** Sends a signal; after one that ends a process, resolves when it is gone. */
  kill(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT' | 'SIGHUP'): Promise<void>;
  /** Starts it again where it was and waits until it serves. */
  restart(): Promise<void>;
  /** Asks it to end and resolves with its exit code. */
  stop(): Promise<number | null>;
  /** Resolves with the exit code when it ends by itself. */
  readonly ended: Promise<number | null>;
}

/** The built pages, made when they are not there. */
async function pages(): Promise<void> {
  const wanted = join(root, 'dist/ui');
  if (existsSync(join(wanted, 'index.html'))) return;
  const outDir = `${wanted}.${process.pid}`;
  const { build } = await import('vite');
  await build({ configFile: join(root, 'src/ui/vite.config.ts'), logLevel: 'error', build: { outDir } });
  // Another test may have been first; its pages are as good.
  await rename(outDir, wanted).catch(() => rm(outDir, { recursive: true }));
}

/** What a process said, line by line, and who waits for it. */
class Said {
  readonly log: LogLine[] = [];
  complaint = '';
  readonly #waiting = new Set<() => void>();

  listen(child: ChildProcess): void {
    createInterface(child.stdout!).on('line', (line) => {
      this.log.push(JSON.parse(line) as LogLine);
      for (const look of this.#waiting) look();
    });
    child.stderr!.on('data', (bytes: Buffer) => {
      this.complaint = (this.complaint + bytes.toString()).slice(-20_000);
    });
  }

  line(text: string, from: number): Promise<LogLine> {
    const { promise, resolve } = Promise.withResolvers<LogLine>();
    const look = () => {
      const found = this.log.slice(from).find(({ msg }) => msg.includes(text));
      if (found) resolve(found);
    };
    const late = () =>
      `the gateway did not say "${text}", but:\n${this.log.map(({ msg }) => msg).join('\n')}\n${this.complaint}`;
    this.#waiting.add(look);
    look();
    return patiently(promise, late).finally(() => this.#waiting.delete(look));
  }
}

/** The lines whose books do not balance: received = stored + judged + dropped. */
function unbalanced(lines: readonly { readonly id: string; readonly ledger: Ledger }[]): string[] {
  return lines.flatMap(({ id, ledger }) => {
    const dropped = Object.values(ledger.dropped).reduce((sum, n) => sum + n, 0);
    const missing = ledger.received - ledger.stored - ledger.judged - dropped;
    return missing === 0 ? [] : [`${id}: ${missing} of ${ledger.received}`];
  });
}

/**
 * The lines whose books still do not balance after a long wait: what is on its way into the journal is received already
 * and not yet stored, so a busy moment proves nothing.
 */
export async function unbalancedLines(gateway: Gateway, cookie: string): Promise<string[]> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = unbalanced((await gateway.health(cookie)).lines);
    if (found.length === 0 || Date.now() > until) return found;
    await delay(50);
  }
}

/** Starts a gateway that ends with the test. Rejects when it ends before it serves. */
export async function startGateway(setting: Setting): Promise<Gateway> {
  await pages();
  const door = setting.built ? await builtDoor() : join(root, 'src/commands/start.mjs');
  const place = await mkdtemp(join(tmpdir(), 'gatehouse-whole-'));
  const dir = join(place, 'data');
  const config = join(place, 'campus.yaml');
  await mkdir(dir, { mode: 0o700 });
  await writeFile(config, setting.yaml);
  for (const [name, role] of Object.entries(setting.users ?? { duty: 'operator' as Role }))
    await saveUser(join(dir, 'users.json'), name, role, password);
  const port = setting.env?.GATEWAY_PORT ?? String(await freePort());
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME, ...compiled, GATEWAY_STORE: dir, ...setting.env, GATEWAY_PORT: port };
  const url = `http://127.0.0.1:${port}`;
  const said = new Said();
  let child: ChildProcess | undefined;
  let ended = Promise.resolve<number | null>(null);

  const start = async (): Promise<void> => {
    const from = said.log.length;
    const [program = '', ...args] = [
      ...(setting.through ?? []),
      ...[process.execPath, door, 'run', '--config', config, ...(setting.args ?? [])],
    ];
    const fresh = spawn(program, args, { env, cwd: place, stdio: ['ignore', 'pipe', 'pipe'] });
    child = fresh;
    ended = once(fresh, 'close').then(([code]) => code as number | null);
    said.listen(fresh);
    if (setting.unserved) return;
    const gone = ended.then((code) => {
      throw new Error(`the gateway ended with ${code} before it served:\n${said.complaint}`);
    });
    await Promise.race([said.line('pages at', from), gone]);
  };
  const running = (): ChildProcess => {
    if (!child) throw new Error('the gateway was not started');
    return child;
  };
  onTestFinished(async () => {
    child?.kill('SIGKILL');
    await ended;
    await rm(place, { recursive: true, force: true });
  });
  await start();

  const ask = async (path: string, cookie: string, init: RequestInit = {}): Promise<Response> => {
    const headers = { cookie, origin: url, 'content-type': 'application/json' };
    return await fetch(`${url}${path}`, { headers, signal: AbortSignal.timeout(PATIENCE_MS), ...init });
  };
  const post = (path: string, cookie: string, body: unknown) =>
    ask(path, cookie, { method: 'POST', body: JSON.stringify(body) });
  const get = async <T>(path: string, cookie: string): Promise<T> => {
    const answer = await ask(path, cookie);
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  return {
    url,
    dir,
    config,
    log: said.log,
    get complaint() {
      return said.complaint;
    },
    get pid() {
      return running().pid!;
    },
    get ended() {
      return ended;
    },
    said: (text) => said.line(text, 0),
    async login(user = 'duty') {
      const answer = await post('/api/login', '', { user, password });
      const [cookie = ''] = answer.headers.getSetCookie();
      if (!answer.ok || cookie === '') throw new Error(`log-in of ${user} was answered ${answer.status}`);
      return cookie.split(';')[0]!;
    },
    get,
    health: (cookie) => get<Health>('/api/health', cookie),
    async command(cookie, asked) {
      const answer = await post('/api/commands', cookie, asked);
      const body = (await answer.json()) as { events: Event[]; code: string };
      if (!answer.ok) throw new Error(body.code);
      return body.events;
    },
    feed: (cookie) => openFeed(url, cookie),
    async kill(signal) {
      running().kill(signal);
      if (signal === 'SIGKILL') await ended;
    },
    restart: start,
    async stop() {
      running().kill('SIGTERM');
      const limit = setTimeout(() => running().kill('SIGKILL'), PATIENCE_MS);
      const code = await ended;
      clearTimeout(limit);
      return code;
    },
  };
}
