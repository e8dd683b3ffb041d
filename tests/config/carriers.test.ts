/**
 * Channels to single persons and to other systems in a configuration file: what must be written, what must not, and what comes of it.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../../src/site/load-site.ts';
import { englishText } from './load.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-carriers-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The smallest school there is, with one channel. */
async function load(channel: string) {
  const file = join(folder, 'school.yaml');
  const text = `school: { name: { zh: 小学, en: School }, short: 小学, timezone: "+08:00" }
map: { width: 100, height: 100 }
server: { host: 127.0.0.1, port: 8080 }
store: { dir: data }
lines: []
devices: []
zones: []
escalation: { lastResort: { channels: [duty] } }
channels:
  - { id: duty, title: { zh: 值班, en: Duty }, ${channel} }
`;
  await writeFile(file, text);
  const result = await loadConfig(file, { SECRET: 'hush-hush-secret' });
  const said = (result.ok ? result.warnings : result.errors).map((one) => englishText(one).slice(file.length + 1));
  expect(said.join()).not.toMatch(/hush/);
  const config = result.ok ? result.config : undefined;
  return { said, config, channel: config?.channels[0], site: config?.site };
}

test('a modem needs nothing but its name', async () => {
  const { said, channel, site } = await load('protocol: sms-modem');
  expect(said).toEqual([]);
  const spool = { protocol: 'sms-modem', spool: '/var/spool/sms', replies: false };
  expect(channel).toEqual({ id: 'duty', ...spool, timeoutMs: 15_000 });
  expect(site?.channels.duty).toMatchObject({ each: 'phone', perMin: 6 });
});

const account = 'protocol: email, host: smtp.school.example, from: gate@school.example';

test('a mail server is spoken to encrypted, and its authority is looked for beside the configuration', async () => {
  const { said, channel, site } = await load(`${account}, user: gate, password: "\${SECRET}", ca: tls/ca.pem`);
  expect(said).toEqual([]);
  expect(channel).toMatchObject({
    ...{ security: 'starttls', secret: 'hush-hush-secret', ca: join(folder, 'tls/ca.pem') },
  });
  expect(JSON.stringify(site)).not.toMatch(/hush|smtp|gate@/);
});

const cloud = `keyId: LTAI5tExample, password: "\${SECRET}", variables: { zone: place }`;

test('SMS and calls of a cloud need a key, its secret and a template', async () => {
  const sms = await load(`protocol: sms-aliyun, sign: 小学, template: SMS_1, ${cloud}`);
  expect(sms.said).toEqual([]);
  expect(sms.channel).toMatchObject({ secret: 'hush-hush-secret', most: 20, variables: { zone: 'place' } });
  const call = await load(`protocol: voice-aliyun, template: TTS_1, ${cloud}`);
  expect(call.said).toEqual([]);
  expect(call.channel).toMatchObject({ times: 2 });
  // A call says nothing but an alarm, and not too often to one number; an SMS may say that it is taken.
  expect([sms.site?.channels.duty, call.site?.channels.duty]).toMatchObject([
    expect.not.objectContaining({ alarmsOnly: true }),
    { alarmsOnly: true, perHourEach: 10 },
  ]);
});

test.each([
  [`protocol: sms-aliyun, sign: 小学, template: TTS_1, ${cloud}`, /template: found "TTS_1", expected the code/],
  [`protocol: sms-aliyun, sign: 小学, template: SMS_1, ${cloud.replace('place', 'address')}`, /variables\.zone/],
  ['protocol: sms-aliyun, sign: 小学, template: SMS_1, keyId: LTAI5tExample, variables: {}', /password is missing/],
  ['protocol: sms-modem, spool: sms', /spool: found "sms", expected an absolute folder/],
  [`${account}, user: gate`, /password is missing; the mail server asks for it/],
  [
    `${account}, user: gate, password: "\${SECRET}", security: none`,
    /security: found "none", expected starttls or tls/,
  ],
  [`${account.replace('gate@school.example', '"a b <x@y>"')}`, /from: found .*expected an e-mail address/],
  [`${account.replace('smtp.school.example', 'https://smtp.school.example')}`, /host: found .*expected a host alone/],
])('%s is refused with what is expected', async (channel, words) => {
  expect((await load(channel)).said).toEqual([expect.stringMatching(words)]);
});

const hook = `protocol: webhook, url: "https://x.example/", password: "\${SECRET}"`;
const horn = 'protocol: horn, url: "http://192.168.8.60/play?file={{file}}", file: "1"';

test.each([
  [
    `${hook}, template: { body: '{"text": "{{text.zh}}", "n": {{alarm}}}', headers: { Authorization: "Bearer {{secret}}" } }`,
  ],
  [`${hook}, template: { contentType: text/plain, body: "{{title.zh}}" }`],
  ['protocol: ntfy, server: https://ntfy.school.example, topic: school'],
  [`protocol: bark, password: "\${SECRET}"`],
  [`${horn}, files: { climb: "5", p1: "2", test: "9" }, auth: digest, user: admin, password: "\${SECRET}"`],
])('%s is taken', async (channel) => {
  expect((await load(channel)).said).toEqual([]);
});

test.each([
  [`${hook}, template: { body: '{"text": "{{text}}"}' }`, /body: found .*expected of \{\{…\}\} only title\.zh, /],
  [`${hook}, template: { body: '{"text": {{text.zh}}}' }`, /body: found .*expected JSON, whatever the values are/],
  [`${hook}, template: { body: "{}", headers: { X-A: "{{address}}" } }`, /headers\.X-A: found .*expected of/],
  [`${hook}, template: { body: "{}", headers: { Host: evil.example } }`, /headers\.Host/],
  [`${hook}, template: { body: "{}", headers: { X-A: "a\\r\\nB: c" } }`, /headers\.X-A: .*one line of ASCII/],
  ['protocol: ntfy, server: https://ntfy.school.example/path, topic: school', /server: found/],
  ['protocol: ntfy, server: https://u:p@ntfy.school.example, topic: school', /server: an address with a password/],
  ['protocol: bark', /password is missing; it is the key of the phone/],
  [`${horn}, files: { climbing: "5" }`, /files\.climbing/],
  [`${horn}, auth: basic`, /user: .*a user where auth is basic or digest/],
  [`${horn}, auth: basic, user: admin`, /password is missing; the horn asks for it/],
  [`${horn}, body: "a=1"`, /body: found "a=1", expected no body, or method: POST/],
])('%s is not', async (channel, words) => {
  expect((await load(channel)).said).toEqual([expect.stringMatching(words)]);
});

const outward = async (written: string) => await load(`protocol: sms-modem }\nmqttOut: { ${written}`);

test('a broker of the school needs its address, and its password stays out of the site', async () => {
  const { said, config } = await outward(
    `url: "mqtts://broker.example", user: gate, password: "\${SECRET}", ca: ca.pem`,
  );
  expect(said).toEqual([]);
  expect(config?.mqttOut).toEqual({
    ...{ url: 'mqtts://broker.example', user: 'gate', password: 'hush-hush-secret', ca: join(folder, 'ca.pem') },
    ...{ clientId: 'gatehouse-out', topic: 'gatehouse-out', discovery: 'homeassistant', language: 'zh' },
  });
  const silent = await outward('url: "mqtt://broker.example:1883", discovery: false');
  expect(silent.config?.mqttOut).not.toHaveProperty('discovery');
});

test.each([
  ['url: "https://broker.example"', /mqttOut\.url: .*a broker address/],
  ['url: "mqtt://gate:word@broker.example"', /mqttOut\.url: an address with a password/],
  ['url: "mqtt://broker.example", topic: "school/#"', /mqttOut\.topic: .*without wildcards/],
  ['url: "mqtt://broker.example", discovery: true', /mqttOut\.discovery: .*false, or the topic/],
])('mqttOut with %s is refused', async (written, words) => {
  expect((await outward(written)).said).toEqual([expect.stringMatching(words)]);
});
