/**
 * An installation survives what a school's network does to it: with a changed lockfile and no registry the packages that are there
 * stay whole, and new ones come in whole or not at all. Runs the real set-up and the real npm in a folder of its own, against
 * a registry that may break off in the middle.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { PATIENCE_MS } from '../patience.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const files = [
  'setup.mjs',
  ...['install.mjs', 'build-pages.mjs', 'build-program.mjs', 'program-mark.mjs', 'run-program.mjs'].map((name) =>
    join('setup', name),
  ),
];
/** Stands for the program: says which packages it runs on. */
const program = `import { readdirSync } from 'node:fs';
console.log(JSON.stringify({ ran: process.argv.slice(2), on: readdirSync(new URL('../../node_modules', import.meta.url)).filter((name) => !name.startsWith('.')) }));`;

/** Serves the tarballs of packages; of those named in `broken` only the first half. */
async function registry(tarballs: ReadonlyMap<string, Buffer>, broken: ReadonlySet<string>): Promise<string> {
  const server = createServer((request, response) => {
    const name = request.url?.slice(1).replace('.tgz', '') ?? '';
    const bytes = tarballs.get(name) ?? Buffer.alloc(0);
    response.writeHead(200, { 'content-length': bytes.length });
    if (!broken.has(name)) return void response.end(bytes);
    response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function pack(name: string): Buffer {
  const dir = mkdtempSync(join(tmpdir(), 'gatehouse-pack-'));
  writeFileSync(join(dir, 'package.json'), JSON.stringify({ name, version: '1.0.0' }));
  spawnSync('npm', ['pack', '--silent'], { cwd: dir, timeout: PATIENCE_MS });
  const bytes = readFileSync(join(dir, `${name}-1.0.0.tgz`));
  rmSync(dir, { recursive: true });
  return bytes;
}

/** A folder like a clone that was installed once and then pulled a version with another lockfile. */
function pulled(packages: ReadonlyMap<string, Buffer>, url: string): string {
  const dir = mkdtempSync(join(tmpdir(), 'gatehouse-install-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  mkdirSync(join(dir, 'src', 'commands', 'setup'), { recursive: true });
  for (const file of files) copyFileSync(join(root, 'src/commands', file), join(dir, 'src/commands', file));
  writeFileSync(join(dir, 'src/commands/start.mjs'), program);
  const names = [...packages.keys()];
  const dependencies = Object.fromEntries(names.map((name) => [name, '1.0.0']));
  const own = { name: 'school', version: '1.0.0', dependencies };
  const entries = names.map((name) => {
    const integrity = `sha512-${createHash('sha512').update(packages.get(name)!).digest('base64')}`;
    return [`node_modules/${name}`, { version: '1.0.0', resolved: `${url}/${name}.tgz`, integrity }];
  });
  const lock = { ...own, lockfileVersion: 3, packages: { '': own, ...Object.fromEntries(entries) } };
  writeFileSync(join(dir, 'package.json'), JSON.stringify(own));
  writeFileSync(join(dir, 'package-lock.json'), JSON.stringify(lock));
  mkdirSync(join(dir, 'node_modules', 'older'), { recursive: true });
  writeFileSync(join(dir, 'node_modules', '.package-lock.json'), JSON.stringify({ packages: {} }));
  return dir;
}

async function call(dir: string, command: string) {
  const cache = join(dir, 'cache');
  const env = { PATH: process.env.PATH ?? '', npm_config_cache: cache, npm_config_fetch_retries: '0' };
  const child = spawn(process.execPath, [join(dir, 'src/commands/setup.mjs'), command], { env });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (bytes) => (stdout += bytes));
  child.stderr.on('data', (bytes) => (stderr += bytes));
  const [status] = await once(child, 'close');
  const left = readdirSync(dir).filter((name) => name.startsWith('.node_modules'));
  return { status, stdout, stderr, left };
}

const older = (dir: string) => existsSync(join(dir, 'node_modules', 'older'));
const nowhere = 'http://127.0.0.1:9';

describe('an installation of another lockfile', () => {
  test.each(['check', 'verify', 'user', 'reload'])(
    'is what %s runs on, and says so, with the network away',
    async (command) => {
      const dir = pulled(new Map([['newer', pack('newer')]]), nowhere);
      const { status, stdout, stderr } = await call(dir, command);
      expect(older(dir)).toBe(true);
      expect(status).toBe(0);
      expect(JSON.parse(stdout)).toEqual({ ran: [command], on: ['older'] });
      expect(stderr).toContain('npm run setup');
    },
  );

  test('is left whole by a set-up that reaches no registry', async () => {
    const dir = pulled(new Map([['newer', pack('newer')]]), nowhere);
    const { status, stderr, left } = await call(dir, 'sim');
    expect(status).toBe(1);
    expect(stderr).toMatch(/registry cannot be reached.*untouched/s);
    expect({ older: older(dir), left }).toEqual({ older: true, left: [] });
  });

  test('is left whole when the registry breaks off after the first package', async () => {
    const packages = new Map([
      ['first', pack('first')],
      ['second', pack('second')],
    ]);
    const dir = pulled(packages, await registry(packages, new Set(['second'])));
    const { status, left } = await call(dir, 'sim');
    expect(status).toBe(1);
    expect({ older: older(dir), left }).toEqual({ older: true, left: [] });
    expect(existsSync(join(dir, 'node_modules', 'first'))).toBe(false);
  });

  test('gives way to the new one as a whole', async () => {
    const packages = new Map([
      ['first', pack('first')],
      ['second', pack('second')],
    ]);
    const dir = pulled(packages, await registry(packages, new Set()));
    const { status, stdout, left } = await call(dir, 'sim');
    expect(status).toBe(0);
    expect(stdout).toContain('"on":["first","second"]');
    expect({ older: older(dir), left }).toEqual({ older: false, left: [] });
  });

  test('that a power cut left under its other name is put back', async () => {
    const dir = pulled(new Map([['newer', pack('newer')]]), nowhere);
    // No process has this number: it is above the highest there can be.
    const before = join(dir, '.node_modules.before-4194305');
    spawnSync('mv', [join(dir, 'node_modules'), before]);
    const { status } = await call(dir, 'check');
    expect({ status, older: older(dir) }).toEqual({ status: 0, older: true });
  });
});
