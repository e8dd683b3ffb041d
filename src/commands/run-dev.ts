/**
 * The demonstration for people who change the code: pages come from Vite and reload when their source changes; everything else
 * is the demonstration as it is, behind Vite's proxy, and starts anew when its source changes. The browser's own Host and Origin
 * reach the gateway, which therefore checks them as ever. It must ask nothing of the gateway that a school's gateway would not do.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { join, sep } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createLogger, createServer, type ViteDevServer } from 'vite';
import { freePort } from '../../simulators/free-port.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const host = '127.0.0.1';
const usualPort = 5173;
/** What the gateway is made of; the pages are Vite's, and this file is read once. */
const watched = ['src', 'devices', 'simulators', 'config'];
const notWatched = [join('src', 'ui') + sep, join('src', 'commands', 'run-dev.ts')];
/** An editor writes a file in several steps, and several files at once. */
const settleMs = 200;

/** Vite for the pages, and its proxy for everything a gateway answers itself. */
async function servePages(port: number, gateway: string): Promise<ViteDevServer> {
  const customLogger = createLogger('warn');
  const { error } = customLogger;
  // While the gateway starts anew nobody answers, which the pages show.
  customLogger.error = (text, options) => {
    if (!/proxy (socket )?error/.test(text)) error(text, options);
  };
  const vite = await createServer({
    configFile: join(root, 'src/ui/vite.config.ts'),
    customLogger,
    clearScreen: false,
    server: {
      ...{ host, port, strictPort: true },
      proxy: { '^/(api|healthz|metrics)\\b': { target: gateway }, '^/feed$': { target: gateway, ws: true } },
    },
  });
  try {
    return await vite.listen();
  } catch (failure) {
    await vite.close();
    throw failure;
  }
}

/** The demonstration in a process of its own, started again on demand. */
class Demonstration {
  readonly #port: number;
  /** Addresses in what it says are the gateway's; a person wants those of the pages. */
  readonly #address: (line: string) => string;
  #child: ChildProcess | undefined;
  #stopped = false;
  #turn: Promise<void> = Promise.resolve();

  constructor(port: number, address: (line: string) => string) {
    this.#port = port;
    this.#address = address;
  }

  /** One after the other, however fast it is asked. */
  startAnew(): void {
    this.#turn = this.#turn.then(async () => {
      await this.#end();
      if (!this.#stopped) this.#start();
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#turn;
    await this.#end();
  }

  #start(): void {
    const args = [join(root, 'src/commands/start.mjs'), 'demo', '--port', String(this.#port)];
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const [from, to] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ] as const)
      createInterface(from).on('line', (line) => void to.write(`${this.#address(line)}\n`));
    this.#child = child;
    child.once('exit', (code, signal) => {
      if (this.#child !== child) return;
      this.#child = undefined;
      console.error(`the gateway ended (${code ?? signal}); it starts again when a file changes.`);
    });
  }

  async #end(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    await exit;
  }
}

/** Calls back after a change to what the gateway is made of. Returns the way to stop. */
function onChange(changed: (path: string) => void): () => void {
  let settling: NodeJS.Timeout | undefined;
  const watchers = watched.map((folder) =>
    watch(join(root, folder), { recursive: true }, (_event, name) => {
      const path = join(folder, name ?? '');
      if (notWatched.some((start) => path.startsWith(start)) || !/\.(ts|mjs|ya?ml|json)$/.test(path)) return;
      clearTimeout(settling);
      settling = setTimeout(changed, settleMs, path);
    }),
  );
  return () => {
    clearTimeout(settling);
    for (const watcher of watchers) watcher.close();
  };
}

/** The port asked for, or undefined when it is none. */
function portOf(args: readonly string[]): number | undefined {
  try {
    const { values } = parseArgs({ args: [...args], options: { port: { type: 'string' } } });
    const port = Number(values.port ?? usualPort);
    return Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined;
  } catch {
    // Another option: the usage says what there is.
    return undefined;
  }
}

/** Serves until it is interrupted; resolves with the exit code. */
async function runDev(args: readonly string[]): Promise<number> {
  const port = portOf(args);
  if (port === undefined) {
    console.error('Usage: npm run dev [-- --port 5173]');
    return 64;
  }
  const { promise: interrupted, resolve } = Promise.withResolvers<void>();
  // For good: a second Ctrl-C must not leave a child behind.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
  const gatewayPort = await freePort();
  const gateway = `http://${host}:${gatewayPort}`;
  const own = `http://${host}:${port}`;
  let vite: ViteDevServer;
  try {
    vite = await servePages(port, gateway);
  } catch (error) {
    if (!/is already in use|EADDRINUSE|EACCES/.test(String(error))) throw error;
    console.error(`port ${port} is taken or not allowed: stop what uses it, or npm run dev -- --port 5174`);
    return 1;
  }
  const demonstration = new Demonstration(gatewayPort, (line) => line.replaceAll(gateway, own));
  const unwatch = onChange((path) => {
    console.log(`\n${path} changed: the gateway starts anew`);
    demonstration.startAnew();
  });
  console.log(`\nopen  ${own}/wall   (src/ui reloads the page, everything else restarts the gateway)`);
  demonstration.startAnew();
  await interrupted;
  unwatch();
  await Promise.all([demonstration.stop(), vite.close()]);
  return 0;
}

process.exit(await runDev(process.argv.slice(2)));
