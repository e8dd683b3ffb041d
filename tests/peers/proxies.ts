/**
 * Debian's nginx and Caddy as they stand in `deploy/`: the very text, but for names, ports, certificates and the nodes behind, in front of whatever a test
 * has. Each runs in a folder of its own and ends with its test.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { freePort } from '../../simulators/free-port.ts';
import { until } from '../patience.ts';

const shipped = (name: string) => readFile(new URL(`../../deploy/${name}`, import.meta.url), 'utf8');

export interface Proxied {
  readonly port: number;
  /** What it wrote of errors. */
  said(): string;
}

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });

async function running(port: number, program: string, args: readonly string[], home: string): Promise<Proxied> {
  let said = '';
  const child: ChildProcess = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, HOME: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home },
  });
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', (part: Buffer) => {
      said = (said + String(part)).slice(-20_000);
    });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.once('error', (error) => {
    said += error.message;
  });
  onTestFinished(async () => {
    if (child.exitCode === null && child.pid !== undefined) child.kill('SIGTERM');
    if (child.pid !== undefined) await gone;
  });
  await until(`${program} listens`, async () => {
    if (child.exitCode !== null || child.pid === undefined) throw new Error(`${program} ended: ${said}`);
    return await answers(port);
  });
  return { port, said: () => said };
}

/** Everything that a whole text has to have replaced stands in it. */
function replaced(text: string, by: Readonly<Record<string, string>>): string {
  let made = text;
  for (const [was, is] of Object.entries(by)) {
    if (!made.includes(was)) throw new Error(`there is no ${was} in what is shipped`);
    made = made.replaceAll(was, is);
  }
  return made;
}

interface Behind {
  /** Where it may write. */
  readonly folder: string;
  /** Host and port of the nodes. */
  readonly nodes: readonly string[];
  /** PEM files. */
  readonly key: string;
  readonly cert: string;
}

const around = (folder: string, modules: string, parts: string) => `
${modules}
daemon off;
user root;
pid ${folder}/pid;
error_log stderr notice;
events { worker_connections 200; }
${parts}
`;

/** `deploy/district-nginx.conf`, as a site of an nginx. */
export async function nginxSite({ folder, nodes, key, cert }: Behind): Promise<Proxied> {
  const port = await freePort();
  const [first, ...more] = nodes;
  const site = replaced(await shipped('district-nginx.conf'), {
    'listen 443 ssl': `listen 127.0.0.1:${port} ssl`,
    'server 127.0.0.1:8090;': `server ${first};${more.map((node) => ` server ${node};`).join('')}`,
    '/etc/ssl/gatehouse/fullchain.pem': cert,
    '/etc/ssl/gatehouse/privkey.pem': key,
  });
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  const text = around(folder, '', `http {\naccess_log off;\n${temp.join('\n')}\n${site}\n}`);
  await writeFile(join(folder, 'nginx.conf'), text);
  return await running(port, '/usr/sbin/nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], folder);
}

/** `deploy/district-nginx-stream.conf`, beside no site. */
export async function nginxStream({ folder, nodes }: Omit<Behind, 'key' | 'cert'>): Promise<Proxied> {
  const port = await freePort();
  const stream = replaced(await shipped('district-nginx-stream.conf'), {
    'listen 443;': `listen 127.0.0.1:${port};`,
    'server 10.0.0.11:8443;': nodes.map((node) => `server ${node};`).join(' '),
  });
  const module = 'load_module /usr/lib/nginx/modules/ngx_stream_module.so;';
  await writeFile(join(folder, 'nginx.conf'), around(folder, module, stream));
  return await running(port, '/usr/sbin/nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], folder);
}

/** `deploy/district.Caddyfile`, with a certificate that is there. */
export async function caddySite({ folder, nodes, key, cert }: Behind): Promise<Proxied> {
  const port = await freePort();
  const site = replaced(await shipped('district.Caddyfile'), {
    'district.example {': `https://127.0.0.1:${port} {\n\ttls ${cert} ${key}`,
    'reverse_proxy 127.0.0.1:8090': `reverse_proxy ${nodes.join(' ')}`,
  });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'Caddyfile'), `{\n\tadmin off\n\tauto_https disable_redirects\n}\n${site}`);
  return await running(port, 'caddy', ['run', '--config', join(folder, 'Caddyfile'), '--adapter', 'caddyfile'], folder);
}
