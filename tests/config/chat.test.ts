/**
 * Chat channels in a configuration file: the key of a robot is a secret wherever it stands, alone or in its whole address, and
 * goes nowhere else without a word.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../../src/site/load-site.ts';
import { shownSecret } from '../../src/site/parts/shown-secret.ts';
import { englishText } from './load.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-chat-'));
});
afterAll(() => rm(folder, { recursive: true }));

const key = '693a91f6-7aoc-4bc4-97a0-0ec2sifa5aaa';
const addresses = {
  'wecom-robot': `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${key}`,
  'dingtalk-robot': `https://oapi.dingtalk.com/robot/send?access_token=${key}`,
  'feishu-robot': `https://open.feishu.cn/open-apis/bot/v2/hook/${key}`,
};

/** The smallest school there is, with one channel. */
async function load(channel: string, hook = key, more = '') {
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
  - { id: duty, title: { zh: 值班群, en: Duty group }, ${channel} }
${more}
`;
  await writeFile(file, text);
  const result = await loadConfig(file, { HOOK: hook, SECRET: 'hush-hush-secret' });
  const said = (result.ok ? result.warnings : result.errors).map((one) => englishText(one).slice(file.length + 1));
  expect(said.join()).not.toMatch(/693a91f6|hush/);
  return { said, channel: result.ok ? result.config.channels[0] : undefined, site: result.ok && result.config.site };
}

const kinds = Object.entries(addresses);

test.each(kinds)('the robot of %s takes its whole address, and its key alone', async (kind, address) => {
  for (const hook of [key, address]) {
    const { said, channel, site } = await load(`protocol: ${kind}, hook: "\${HOOK}"`, hook);
    expect(said).toEqual([]);
    expect(channel).toMatchObject({ hook, form: 'text', language: 'zh', mentionAll: false });
    expect(JSON.stringify(site)).not.toContain(key);
  }
});

test.each([
  ...kinds.map(([kind, address]): [string, string] => [kind, address.replace('https:', 'http:')]),
  ['wecom-robot', addresses['dingtalk-robot']],
  ['dingtalk-robot', addresses['wecom-robot']],
  ['feishu-robot', `${addresses['feishu-robot']}/../../elsewhere`],
  ['wecom-robot', 'short'],
] satisfies [string, string][])('the robot of %s does not take %s', async (kind, hook) => {
  const { said } = await load(`protocol: ${kind}, hook: "\${HOOK}"`, hook);
  expect(said).toEqual([
    expect.stringMatching(/channels\[0\]\.hook: found the value of \$\{HOOK\}, expected the address of the robot/),
  ]);
});

test('a key in the file is refused with what to do instead, and is not repeated', async () => {
  const { said } = await load(`protocol: wecom-robot, hook: ${addresses['wecom-robot']}`);
  expect(said).toEqual([expect.stringMatching(/address of a robot is written in the file.*secrets\.env/)]);
});

test('an application needs its secret, and has the ids that are none', async () => {
  const app = 'protocol: wecom-app, corp: ww0123456789abcdef, agent: 1000002';
  expect((await load(app)).said).toEqual([expect.stringMatching(/password is missing; it is the secret of the app/)]);
  const { channel } = await load(`${app}, password: "\${SECRET}"`);
  expect(channel).toMatchObject({ corp: 'ww0123456789abcdef', agent: 1_000_002, secret: 'hush-hush-secret' });
});

test('an application of DingTalk needs its secret and a right key, and answers each person by an id of his own', async () => {
  const app = 'protocol: dingtalk-app, appKey: ding1a2b3c4d5e6f';
  expect((await load(app)).said).toEqual([expect.stringMatching(/password is missing; it is the secret of the app/)]);
  expect((await load(app.replace('ding1a2b3c4d5e6f', 'a b'))).said).toEqual([
    expect.stringMatching(/password is missing/),
    expect.stringMatching(/appKey: found "a b", expected the AppKey \(Client ID\)/),
  ]);
  const { said, channel, site } = await load(`${app}, password: "\${SECRET}", replies: true`);
  expect(said).toEqual([]);
  expect(channel).toMatchObject({
    appKey: 'ding1a2b3c4d5e6f',
    secret: 'hush-hush-secret',
    form: 'card',
    replies: true,
  });
  expect((site || undefined)?.channels.duty).toMatchObject({ each: 'dingtalk', replies: true });
  const people = 'people: [{ id: li, name: 李, dingtalk: A-1 }, { id: wu, name: 吴, dingtalk: a-1 }]';
  for (const [replies, refused] of [
    [true, [expect.stringMatching(/people\[1\]\.dingtalk: this is also the id of li, and who answers is known by it/)]],
    [false, []],
  ] as const)
    expect((await load(`${app}, password: "\${SECRET}", replies: ${replies}`, key, people)).said).toEqual(refused);
});

test.each([
  ['https://relay.bureau.example', true],
  ['http://192.168.8.10:9000', true],
  ['http://127.0.0.1:9000/wecom', true],
  ['http://[::1]:9000', true],
  ['http://relay.bureau.example', false],
  ['http://8.8.8.8', false],
])('the relay %s is told the key, with a warning, or is refused (%s)', async (proxy, taken) => {
  const { said, channel } = await load(`protocol: wecom-robot, hook: "\${HOOK}", proxy: "${proxy}"`);
  expect(channel !== undefined).toBe(taken);
  expect(said).toEqual([expect.stringMatching(taken ? /the key …5aaa are sent to/ : /in the clear/)]);
});

test('of a secret the last four characters are shown, and of a short one none', () => {
  expect([shownSecret(key), shownSecret('short-one')]).toEqual(['…5aaa', '…']);
});
