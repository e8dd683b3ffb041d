/**
 * The whole gateway on the school's own certificates: without them it records and says so, serves as soon as they are made, takes others
 * while it runs, is reached by its own commands, and a backup holds them.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { PATIENCE_MS, until } from '../patience.ts';
import { campus, pages, secrets } from './campus.ts';
import { type Gateway, startGateway } from './gateway.ts';

const root = join(import.meta.dirname, '../..');

/** A command beside the gateway, as its user would give it. */
function beside(gateway: Gateway, [command = '', ...args]: readonly string[], input = '') {
  const port = new URL(gateway.url).port;
  const env = { ...process.env, ...secrets, GATEWAY_STORE: gateway.dir, GATEWAY_PORT: port };
  const line = [join(root, 'src/commands/start.mjs'), command, '--config', gateway.config, ...args];
  return spawnSync(process.execPath, line, { encoding: 'utf8', env, input, timeout: PATIENCE_MS });
}

/** What a client that trusts `ca` is answered with, or why it is not. */
function ask(gateway: Gateway, path: string, ca: string): Promise<string> {
  return new Promise((resolve) => {
    const url = `${gateway.url.replace('http:', 'https:')}${path}`;
    const asked = request(url, { ca, agent: false }, (response) => {
      let text = '';
      response.on('data', (part) => {
        text += String(part);
      });
      response.on('end', () => resolve(`${response.statusCode} ${text}`));
    });
    asked.on('error', (error: NodeJS.ErrnoException) => resolve(String(error.code)));
    asked.end();
  });
}

test('a gateway on certificates of its own serves once they are made, takes others at a reload, and a backup holds them', async () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: variables in configuration files look like this
  const server = pages({ authority: '${GATEWAY_STORE}/certificates' });
  const gateway = await startGateway({
    yaml: campus({ lines: [], devices: [], more: { server } }),
    env: secrets,
    unserved: true,
  });
  await gateway.said('There are no certificates of the school in');
  expect(beside(gateway, ['check']).stderr).toContain('put that folder back');
  const made = beside(gateway, ['certificates', '--replace']);
  expect(made).toMatchObject({ status: 0, stderr: '' });
  await gateway.said('pages at https:');
  const folder = join(gateway.dir, 'certificates');
  const first = readFileSync(join(folder, 'ca.crt'), 'utf8');
  expect(await ask(gateway, '/healthz', first)).toBe('200 ok');
  const checked = beside(gateway, ['check']);
  expect([checked.status, checked.stderr]).toEqual([0, expect.not.stringContaining('certificates')]);

  // The command trusts the school's root by itself: what it is refused for is the password.
  const refused = beside(gateway, ['import', '--user', 'duty', gateway.config], 'wrong\n');
  expect([refused.status, refused.stderr]).toEqual([1, expect.stringMatching(/password/i)]);

  expect(beside(gateway, ['certificates', '--replace'])).toMatchObject({ status: 0, stderr: '' });
  const second = readFileSync(join(folder, 'ca.crt'), 'utf8');
  expect(beside(gateway, ['reload'])).toMatchObject({ status: 0 });
  await until(
    'the server shows the new certificate',
    async () => (await ask(gateway, '/healthz', second)) === '200 ok',
  );
  expect(await ask(gateway, '/healthz', first)).not.toContain('200');

  const to = join(dirname(gateway.config), 'kept');
  expect(beside(gateway, ['backup', '--to', to])).toMatchObject({ status: 0, stderr: '' });
  const [name = ''] = readdirSync(to);
  const kept = join(to, name, 'data', 'certificates');
  expect(readdirSync(kept).sort()).toEqual(readdirSync(folder).sort());
  expect(readFileSync(join(kept, 'issuer.key'), 'utf8')).toBe(readFileSync(join(folder, 'issuer.key'), 'utf8'));
  rmSync(to, { recursive: true });
});
