/**
 * Debian's influxd as a peer: started on a free loopback port with its files in a folder of its own, paused, killed, started
 * again on the same port and files, and stopped. It ends only the process it started.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PATIENCE_MS } from '../patience.ts';

export interface Influxd {
  readonly url: string;
  /** Runs InfluxQL and returns the rows of all series, each with its tags mixed in; throws what the server says is wrong. */
  ask(query: string, database?: string): Promise<Record<string, unknown>[]>;
  /** Writes line protocol as another client would. */
  write(database: string, lines: string): Promise<void>;
  /** Freezes it: connections are still accepted by the kernel and never answered. */
  pause(): void;
  resume(): void;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  /** Starts it again where it was. */
  start(): Promise<void>;
  /** Ends it and removes its files. */
  stop(): Promise<void>;
}

const config = (dir: string, port: number, guarded: boolean): string => `
reporting-disabled = true
bind-address = "127.0.0.1:0"
[meta]
  dir = "${dir}/meta"
[data]
  dir = "${dir}/data"
  wal-dir = "${dir}/wal"
  query-log-enabled = false
[http]
  bind-address = "127.0.0.1:${port}"
  log-enabled = false
  auth-enabled = ${guarded}
[monitor]
  store-enabled = false
`;

/** Who may do everything on a server that asks for a log-in. */
const influxAdmin = 'root:root-of-the-tests';

/** Starts influxd, one that asks for a log-in when it is to be guarded; rejects when it does not listen. */
export async function startInfluxd(guarded = false): Promise<Influxd> {
  const dir = await mkdtemp(join(tmpdir(), 'gatehouse-influxd-'));
  let port = 0;
  let child: ChildProcess | undefined;

  const start = async (): Promise<void> => {
    await writeFile(`${dir}/influxd.conf`, config(dir, port, guarded));
    child = spawn('influxd', ['run', '-config', `${dir}/influxd.conf`], { stdio: ['ignore', 'ignore', 'pipe'] });
    port = await listening(child);
  };
  const kill = async (): Promise<void> => {
    const ending = child;
    child = undefined;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = new Promise((resolve) => ending.once('exit', resolve));
    ending.kill('SIGKILL');
    await ended;
  };
  try {
    await start();
  } catch (error) {
    await kill();
    await rm(dir, { recursive: true, force: true });
    throw error;
  }
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    async ask(query, database = '') {
      const parameters = new URLSearchParams({ q: query, db: database, epoch: 'ms' });
      const headers = guarded ? { authorization: `Basic ${btoa(influxAdmin)}` } : {};
      const answer = await fetch(`${url}/query`, { method: 'POST', body: parameters, headers });
      return rowsOf((await answer.json()) as Answer);
    },
    async write(database, lines) {
      const answer = await fetch(`${url}/write?db=${database}`, { method: 'POST', body: lines });
      if (!answer.ok) throw new Error(await answer.text());
    },
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    kill,
    start,
    async stop() {
      await kill();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** The port it says it listens on. */
async function listening(child: ChildProcess): Promise<number> {
  const said: string[] = [];
  const lines = createInterface(child.stderr!);
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      lines.once('close', () => reject(new Error(`influxd did not start:\n${said.join('\n')}`)));
      lines.on('line', (line) => {
        said.push(line);
        const port = /Listening on HTTP.* addr=\S*:(\d+)/.exec(line)?.[1];
        if (port) resolve(Number(port));
      });
    });
  } finally {
    clearTimeout(timer);
    // Whatever it says later has to go somewhere, or its pipe fills and it stands still.
    child.stderr?.resume();
  }
}

interface Answer {
  readonly error?: string;
  readonly results?: readonly {
    readonly error?: string;
    readonly series?: readonly {
      readonly name: string;
      readonly tags?: Record<string, string>;
      readonly columns: readonly string[];
      readonly values?: readonly (readonly unknown[])[];
    }[];
  }[];
}

function rowsOf(answer: Answer): Record<string, unknown>[] {
  const errors = [answer.error, ...(answer.results ?? []).map(({ error }) => error)].filter(
    (error) => error !== undefined,
  );
  if (errors.length > 0) throw new Error(errors.join('; '));
  return (answer.results ?? [])
    .flatMap(({ series }) => series ?? [])
    .flatMap(({ tags, columns, values }) =>
      (values ?? []).map((row) => ({ ...tags, ...Object.fromEntries(columns.map((column, i) => [column, row[i]])) })),
    );
}
