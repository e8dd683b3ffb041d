/**
 * The gateway at the ports that browsers take by themselves, in a network of its own where both are free: whoever types a bare name comes by
 * plain HTTP at port 80 to TLS at port 443, and nothing else is taken in the clear there.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PATIENCE_MS, until } from '../patience.ts';
import { campus, pages, secrets } from './campus.ts';
import { startGateway } from './gateway.ts';

const root = join(import.meta.dirname, '../..');
const network = ['unshare', '--map-root-user', '--net', 'sh', '-c', 'ip link set lo up && exec "$0" "$@"'];

test('whoever types an address without https comes from port 80 to the pages at port 443', async () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: variables in configuration files look like this
  const server = pages({ authority: '${GATEWAY_STORE}/certificates' });
  const env = { ...secrets, GATEWAY_PORT: '443' };
  const yaml = campus({ lines: [], devices: [], more: { server } });
  const gateway = await startGateway({ yaml, env, unserved: true, through: network });
  const command = [join(root, 'src/commands/start.mjs'), 'certificates', '--replace', '--config', gateway.config];
  const around = { ...process.env, ...env, GATEWAY_STORE: gateway.dir };
  expect(spawnSync(process.execPath, command, { encoding: 'utf8', env: around, timeout: PATIENCE_MS }).status).toBe(0);
  await gateway.said('pages at https:');
  /** What a program in that network prints that asks so. */
  const there = (asking: string) => {
    const enter = ['--target', String(gateway.pid), '--user', '--net', '--preserve-credentials'];
    const script = `${asking}.then((said) => console.log(JSON.stringify(said)), (e) => console.log(e.cause?.code ?? e.message))`;
    const trust = { ...process.env, NODE_EXTRA_CA_CERTS: join(gateway.dir, 'certificates', 'ca.crt') };
    const all = [...enter, process.execPath, '--input-type=module', '--eval', script];
    return spawnSync('nsenter', all, { encoding: 'utf8', env: trust, timeout: PATIENCE_MS }).stdout.trim();
  };
  const whole = 'async (r) => [r.status, r.redirected, r.url, r.headers.get("location"), await r.text()]';
  await until('the pages are there', () => there('fetch("https://127.0.0.1/healthz")').includes('{'));
  expect(JSON.parse(there(`fetch("http://127.0.0.1/healthz").then(${whole})`))).toEqual([
    ...[200, true, 'https://127.0.0.1/healthz', null, 'ok'],
  ]);
  const [status, , , to] = JSON.parse(
    there(`fetch("http://localhost/m/a/7?lang=en", { redirect: "manual" }).then(${whole})`),
  );
  expect([status, to]).toEqual([307, 'https://localhost/m/a/7?lang=en']);
  const login = JSON.stringify({ method: 'POST', body: '{"user":"duty","password":"in the clear"}' });
  expect(JSON.parse(there(`fetch("http://127.0.0.1/api/login", ${login}).then(${whole})`))[0]).toBe(400);
  expect(await gateway.stop()).toBe(0);
});
