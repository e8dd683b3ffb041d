/**
 * A PostgreSQL of Debian's for one test: a cluster of its own in a temporary folder, on a port that was free, without fsync. It refuses to run
 * as root, so root starts it as the user `postgres`. It must never touch a cluster of the machine's.
 */
import { execFile, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const asRoot = process.getuid?.() === 0;
const versions = '/usr/lib/postgresql';

/** The programs of the newest version that is installed. */
function programs(): string {
  const newest = readdirSync(versions)
    .sort((a, b) => Number(a) - Number(b))
    .at(-1);
  return join(versions, newest ?? '', 'bin');
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => void probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/** The same command as the user the cluster belongs to. */
const owned = (program: string, args: readonly string[]): [string, string[]] =>
  asRoot
    ? ['setpriv', ['--reuid=postgres', '--regid=postgres', '--clear-groups', program, ...args]]
    : [program, [...args]];

/** Whether a process is there and not only waits to be reaped. */
function lives(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

async function killed(postmaster: number): Promise<void> {
  // Stopped first: a child that it made meanwhile would live on and hold its memory.
  process.kill(postmaster, 'SIGSTOP');
  const { stdout } = await run('ps', ['-o', 'pid=', '--ppid', String(postmaster)]);
  const all = [postmaster, ...stdout.trim().split(/\s+/).map(Number)];
  for (const pid of all) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It went with the first.
    }
  }
  while (all.some(lives)) await delay(20);
}

export interface TestPostgres {
  readonly url: string;
  /** A fresh, empty database. */
  database(name: string): Promise<string>;
  start(): Promise<void>;
  /** `immediate`: as if its machine lost its power. */
  stop(mode: 'fast' | 'immediate'): Promise<void>;
  /** Of the postmaster that runs. */
  pid(): number;
  /** SIGKILL to all its processes at once. */
  kill(): Promise<void>;
  end(): Promise<void>;
}

export async function startPostgres(settings: Readonly<Record<string, string>> = {}): Promise<TestPostgres> {
  const dir = mkdtempSync(join(tmpdir(), 'gatehouse-postgres-'));
  if (asRoot) {
    const { stdout } = await run('id', ['-u', 'postgres']);
    chownSync(dir, Number(stdout), Number(stdout));
  }
  const bin = programs();
  const data = join(dir, 'data');
  const of = (program: string, ...args: string[]) => {
    const [file, all] = owned(join(bin, program), args);
    return run(file, all, { cwd: dir });
  };
  await of('initdb', '-D', data, '-U', 'gatehouse', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '-N');
  const port = await freePort();
  const given = { fsync: 'off', listen_addresses: '127.0.0.1', unix_socket_directories: dir, ...settings };
  const options = Object.entries(given).map(([name, value]) => `-c ${name}=${value}`);
  const url = `postgres://gatehouse@127.0.0.1:${port}`;
  const start = async () => {
    // What it says goes to its log alone: a pipe that nobody reads would hold it.
    const [file, all] = owned(join(bin, 'pg_ctl'), ['-D', data, '-w', '-t', '60', '-l', join(dir, 'log')]);
    const child = spawn(file, [...all, '-o', `-p ${port} ${options.join(' ')}`, 'start'], {
      cwd: dir,
      stdio: 'ignore',
    });
    const code = await new Promise<number | null>((resolve) => void child.once('close', resolve));
    if (code !== 0)
      throw new Error(`PostgreSQL did not start (${code}): ${readFileSync(join(dir, 'log'), 'utf8').slice(-600)}`);
  };
  const pid = () => Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
  await start();
  return {
    pid,
    kill: async () => {
      await killed(pid());
      // Where nobody reaps what ended, the next postmaster takes the dead one for a living one.
      for (const lock of [join(data, 'postmaster.pid'), join(dir, `.s.PGSQL.${port}.lock`)])
        rmSync(lock, { force: true });
    },
    url: `${url}/postgres`,
    database: async (name) => {
      await of('createdb', '-h', '127.0.0.1', '-p', String(port), '-U', 'gatehouse', name);
      return `${url}/${name}`;
    },
    start,
    stop: async (mode) => void (await of('pg_ctl', '-D', data, '-m', mode, '-w', 'stop')),
    end: async () => {
      await of('pg_ctl', '-D', data, '-m', 'immediate', '-w', 'stop').catch(() => undefined);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
