/**
 * Debian's mosquitto as a foreign peer: its client programs against our broker, its broker in front of our client.
 * Everything listens on loopback, on a port the system gave, and is ended by its process id.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PATIENCE_MS } from '../patience.ts';

export interface Pub {
  readonly port: number;
  readonly topic: string;
  readonly message: string;
  readonly user?: string;
  readonly password?: string;
  readonly qos?: 0 | 1 | 2;
  readonly clientId?: string;
  readonly retain?: boolean;
  readonly version?: 'mqttv31' | 'mqttv311' | 'mqttv5';
  /** PEM file that signed the broker's certificate; with it the connection is TLS. */
  readonly ca?: string;
}

/** Runs mosquitto_pub and returns how it ended. With QoS 1 it ends with 0 only after the broker's PUBACK. */
export async function mosquittoPub(pub: Pub): Promise<{ code: number | null; stderr: string }> {
  const { port, topic, message, user, password, qos = 1, clientId, retain, version = 'mqttv311', ca } = pub;
  const args = ['-h', 'localhost', '-p', String(port), '-t', topic, '-m', message, '-q', String(qos), '-V', version];
  if (user !== undefined) args.push('-u', user);
  if (password !== undefined) args.push('-P', password);
  if (clientId !== undefined) args.push('-i', clientId);
  if (retain) args.push('-r');
  if (ca !== undefined) args.push('--cafile', ca);
  const child = spawn('mosquitto_pub', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const limit = setTimeout(() => child.kill(), PATIENCE_MS);
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(limit);
  return { code, stderr };
}

export interface Mosquitto {
  readonly port: number;
  readonly url: string;
  /** Ends it and starts it again on the same port with the same store. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts Debian's mosquitto with a persistent store of its own on a free loopback port. */
export async function startMosquitto(extra: readonly string[] = []): Promise<Mosquitto> {
  const directory = await mkdtemp(join(tmpdir(), 'mosquitto-'));
  const port = await freePort();
  const config = join(directory, 'mosquitto.conf');
  const lines = [
    `listener ${port} 127.0.0.1`,
    'allow_anonymous true',
    'persistence true',
    `persistence_location ${directory}/`,
    'max_queued_messages 100000',
    ...(process.getuid?.() === 0 ? ['user root'] : []),
    ...extra,
  ];
  await writeFile(config, `${lines.join('\n')}\n`);
  let child = await run(config, port);
  return {
    port,
    url: `mqtt://127.0.0.1:${port}`,
    async restart() {
      await end(child);
      child = await run(config, port);
    },
    async stop() {
      await end(child);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function run(config: string, port: number): Promise<ChildProcess> {
  const child = spawn('/usr/sbin/mosquitto', ['-c', config], { stdio: 'ignore' });
  const until = Date.now() + PATIENCE_MS;
  while (!(await answers(port))) {
    if (child.exitCode !== null || Date.now() > until) throw new Error(`mosquitto did not start with ${config}`);
    await delay(20);
  }
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill();
  const limit = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  await closed;
  clearTimeout(limit);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('the system gave no port');
  return address.port;
}
