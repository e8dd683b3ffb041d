/**
 * What a configuration says about heartbeats and the school's own certificates: what holds unsaid, what is refused with the right
 * thing beside it, and that the address of a beat, which is a secret, stands in no sentence.
 */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables in configuration files look like this

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadConfig } from '../../src/site/load-site.ts';
import { englishText } from './load.ts';

/** The smallest school there is, with these lines behind it. */
async function load(more: string, server = '{ host: 127.0.0.1, port: 8080 }') {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-heartbeat-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'school.yaml');
  await writeFile(
    file,
    `school: { name: { zh: 小学, en: School }, short: xx, timezone: "+08:00" }
map: { width: 100, height: 100 }
server: ${server}
store: { dir: data }
lines: []
devices: []
zones: []
${more}`,
  );
  const env = {
    BEAT: 'https://hc.example/ping/0a1b-very-secret',
    WORD: 'broker-secret',
    WRONG: 'hc.example/0a1b-very-secret',
  };
  const result = await loadConfig(file, env);
  const errors = result.ok ? [] : result.errors.map((error) => englishText(error).slice(file.length + 1));
  return { errors: errors.join('\n'), config: result.ok ? result.config : undefined, folder };
}

test('a beat needs no more than who is told, and each minute is usual', async () => {
  const { config, folder } = await load(`heartbeat:
  - { id: watch, protocol: http, hook: "\${BEAT}" }
  - { id: bureau, protocol: mqtt, url: "mqtts://broker.example", user: school, password: "\${WORD}", ca: ca.pem }`);
  expect(config?.heartbeat).toEqual([
    { id: 'watch', protocol: 'http', hook: 'https://hc.example/ping/0a1b-very-secret', method: 'POST', everySec: 60 },
    {
      ...{ id: 'bureau', protocol: 'mqtt', url: 'mqtts://broker.example', user: 'school', everySec: 60 },
      ...{ password: 'broker-secret', topic: 'gatehouse/xx/alive', ca: join(folder, 'ca.pem') },
    },
  ]);
});

test.each([
  ['an address in the file', 'hook: "https://hc.example/ping/0a1b-very-secret"', /address .* is written in the file/],
  ['an address that is none', 'hook: "${WRONG}"', /heartbeat\[0\]\.hook: .*expected an address such as/],
  ['a beat each second', 'hook: "${BEAT}", everySec: 1', /everySec: found 1, expected at least 10/],
  ['a key that is not there', 'hook: "${BEAT}", url: x', /unknown key "url"/],
])('%s is refused, and the secret is not said', async (_, part, sentence) => {
  const { errors } = await load(`heartbeat: [{ id: watch, protocol: http, ${part} }]`);
  expect(errors).toMatch(sentence);
  expect(errors).not.toContain('very-secret');
});

test.each([
  ['a broker with a password in its address', 'url: "mqtt://school:pass@broker.example"', /password/],
  ['a topic with a wildcard', 'url: "mqtt://broker.example", topic: "a/#"', /topic: .*without wildcards/],
  ['a password in the file', 'url: "mqtt://broker.example", password: plain', /a password is written in the file/],
])('%s is refused', async (_, part, sentence) => {
  const { errors } = await load(`heartbeat: [{ id: bureau, protocol: mqtt, ${part} }]`);
  expect(errors).toMatch(sentence);
});

test('two beats of one name are refused', async () => {
  const one = '{ id: watch, protocol: http, hook: "${BEAT}" }';
  expect((await load(`heartbeat: [${one}, ${one}]`)).errors).toMatch(/heartbeat\[1\]\.id/);
});

test('a server shows the certificate of its own authority, or one from elsewhere, and not both', async () => {
  const { config, folder } = await load('', '{ host: 0.0.0.0, port: 8443, authority: certs }');
  expect(config?.server).toMatchObject({
    authority: join(folder, 'certs'),
    tls: { key: join(folder, 'certs', 'server.key'), cert: join(folder, 'certs', 'server.crt') },
  });
  const both = await load('', '{ host: 0.0.0.0, port: 8443, authority: certs, tls: { key: k, cert: c } }');
  expect(both.errors).toMatch(/server\.authority: tls and authority are both written/);
});
