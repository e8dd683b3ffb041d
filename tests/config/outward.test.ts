/**
 * Those who are told of alarms by a standard, in a configuration file: what must be written, what must not, and what comes of it. No secret
 * stands in a message.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../../src/site/load-site.ts';
import { englishText } from './load.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-standards-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The smallest school there is, with one more section. */
async function load(section: string) {
  const file = join(folder, 'school.yaml');
  const text = `school: { name: { zh: 小学, en: School }, short: 小学, timezone: "+08:00" }
map: { width: 100, height: 100 }
server: { host: 127.0.0.1, port: 8080 }
store: { dir: data }
lines: []
devices: []
zones: []
${section}
`;
  await writeFile(file, text);
  const result = await loadConfig(file, { WORD: 'hush-hush', KEY: '00112233445566778899AABBCCDDEEFF', BAD: 'hush' });
  const said = (result.ok ? result.warnings : result.errors).map((one) => englishText(one).slice(file.length + 1));
  expect(said.join()).not.toMatch(/hush|00112233/);
  return { said: said.join('\n'), config: result.ok ? result.config : undefined };
}

const platform = 'server: { host: 10.0.0.9, id: "34020000002000000001" }';
const gb = async (more: string) => await load(`gb28181: { ${platform}, ${more} }`);
const centre = async (more: string) => await load(`dc09: { account: "1A2B", ${more} }`);

test('a platform needs two ids; the rest is as most have it', async () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a variable is written in the file
  const { config } = await gb('id: "34020000001170000001", password: "${WORD}"');
  expect(config?.gb28181).toEqual({
    ...{ host: '10.0.0.9', port: 5060, transport: 'udp', localPort: 5060, version: '2022', encoding: 'GB18030' },
    ...{ serverId: '34020000002000000001', domain: '3402000000', id: '34020000001170000001' },
    ...{ user: '34020000001170000001', password: 'hush-hush', expiresSec: 86_400, keepaliveSec: 60 },
    ...{ channels: {}, guard: 'none', resetWaitSec: 60, duress: false },
  });
  const older = await gb('id: "34020000001170000001", version: "2016"');
  expect(older.config?.gb28181?.encoding).toBe('GB2312');
});

test.each([
  ['id: "1"', /gb28181\.id: .*20 digits/],
  ['id: "34020000002000000001"', /gb28181\.id: .*the id of the platform/],
  [
    'id: "34020000001170000001", channels: { z9: "34020000001340000001" }',
    /gb28181\.channels\.z9: .*a zone or a device/,
  ],
  ['id: "34020000001170000001", password: hush-plain', /gb28181\.password: /],
  ['id: "34020000001170000001", guard: everything', /gb28181\.guard: /],
])('a platform with %s is refused', async (more, words) => {
  const { said, config } = await gb(more);
  expect([config, said]).toEqual([undefined, expect.stringMatching(words)]);
});

test('a centre has one receiver or two, and a key is bytes however it is written', async () => {
  const { config } = await centre(
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a variable is written in the file
    'receivers: [{ host: a.example, port: 12000, password: "${KEY}" }, { host: b.example, port: 1 }]',
  );
  expect(config?.dc09?.receivers).toEqual([
    { which: 1, host: 'a.example', port: 12_000, transport: 'tcp', key: '00112233445566778899AABBCCDDEEFF' },
    { which: 2, host: 'b.example', port: 1, transport: 'tcp' },
  ]);
});

test.each([
  ['receivers: []', /dc09\.receivers: .*at least one receiver/],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a variable is written in the file
  ['receivers: [{ host: a.example, port: 1, password: "${BAD}" }]', /dc09\.receivers\[0\]\.password: .*AES key/],
  ['receivers: [{ host: a.example, port: 1 }], prefix: G', /dc09\.prefix: .*letters A to F/],
])('a centre with %s is refused', async (more, words) => {
  const { said, config } = await centre(more);
  expect([config, said]).toEqual([undefined, expect.stringMatching(words)]);
});
