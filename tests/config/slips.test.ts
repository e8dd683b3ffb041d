/**
 * What the person on site gets wrong in ways that YAML and a single field cannot see: a file in GBK, a keyboard still in Chinese, an
 * address that is none, one port or one camera named twice. Each is named as what it is, at its line.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/site/load-site.ts';
import { loadText } from './load.ts';
import { models } from './models.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-slips-'));
});
afterAll(() => rm(folder, { recursive: true }));

const right = `school: { name: { zh: 小学, en: School }, short: 小学, timezone: "+08:00" }
map: { width: 100, height: 100 }
server: { host: 0.0.0.0, port: 8080 }
store: { dir: data }
lines:
  - { id: bus, protocol: modbus-tcp, host: 127.0.0.1, port: 502 }
  - { id: mq, protocol: mqtt-broker, host: 127.0.0.1, port: 1883 }
  - { id: cam, protocol: onvif, address: "http://cam.school.example/x" }
devices:
  - { id: f1, title: { zh: 主机, en: Host }, profile: fence-modbus, line: bus, unit: 1, zones: { A: z1, B: false } }
  - { id: c1, title: { zh: 相机, en: Camera }, profile: camera-onvif, line: cam }
zones:
  - { id: z1, number: 1, title: { zh: 北, en: North }, path: [[0, 0], [9, 9]], siren: { device: f1, point: siren } }
schedules:
  - { id: nights, armed: [{ days: daily, from: "18:00", to: "07:00" }] }
`;

const load = async (text: string) => (await loadText(folder, text, {})).lines.join('\n');

test('what is right has no slip', async () => expect(await load(right)).toBe(''));

describe.each([
  ['a full-width colon', 'store: {', 'store： {', /^4:6 .*full-width colon/],
  ['a full-width colon in braces', 'width: 100', 'width： 100', /^2:\d+ .*full-width colon/],
  ['a full-width comma', 'width: 100, height', 'width: 100， height', /^2:\d+ .*full-width comma/],
  ['full-width quotes', 'timezone: "+08:00"', 'timezone: “+08:00”', /^1:62 full-width quotes/],
  ['a tab', '  - { id: bus', '\t- { id: bus', /^6:1 .*tab/],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a variable is written in the file
  ['a variable in braces without quotes', 'port: 8080', 'port: ${PORT}', /^3:\d+ .*within braces[^\n]*$/],
  ['a network as a host', 'host: 127.0.0.1, port: 502', 'host: 192.168.8.0/24, port: 502', /^6:.*no \/24/],
  ['an address as a host', 'host: 127.0.0.1, port: 502', 'host: "http://192.168.8.1", port: 502', /^6:.*a host alone/],
  ['a number above 255', 'host: 127.0.0.1, port: 502', 'host: 192.168.8.310, port: 502', /^6:.*a host alone/],
  ['a camera at a number above 255', 'http://cam.school.example/x', 'http://192.168.8.310/x', /^8:.*device service/],
  ['one port twice', 'port: 1883', 'port: 8080', /^7:.*the port that server\.port listens on/],
  ['a window that ends when it begins', 'to: "07:00"', 'to: "18:00"', /^15:.*when it begins as well/],
])('%s', (_, before, after, wanted) => {
  test('is named at its line', async () => expect(await load(right.replace(before, after))).toMatch(wanted));
});

test('one camera on two lines is named', async () => {
  const second = '  - { id: cam2, protocol: onvif, address: "http://cam.school.example/y" }\ndevices:\n';
  const device = '  - { id: c2, title: { zh: 二, en: Two }, profile: camera-onvif, line: cam2 }\nzones:\n';
  const text = right.replace('devices:\n', second).replace('zones:\n  - {', `${device}  - {`);
  expect(await load(text)).toMatch(/^9:.*leads to the same camera/);
});

test('a file in GBK is named as such, at the first line that shows it', async () => {
  const file = join(folder, 'gbk.yaml');
  // 食堂 in GBK.
  const bytes = Buffer.concat([
    Buffer.from('store: { dir: data }\n# '),
    Buffer.from([0xca, 0xb3, 0xcc, 0xc3]),
    Buffer.from('\n'),
  ]);
  await writeFile(file, bytes);
  const loaded = await loadConfig(file, {}, models);
  expect(loaded).toMatchObject({ ok: false, errors: [{ line: 2, message: { en: expect.stringContaining('GBK') } }] });
  // 小学: four bytes that are letters of Cyrillic in UTF-8.
  await writeFile(file, Buffer.from([0x23, 0xd0, 0xa1, 0xd1, 0xa7]));
  const alike = await loadConfig(file, {}, models);
  expect(alike).toMatchObject({ ok: false, errors: [{ line: 1, message: { en: expect.stringContaining('GBK') } }] });
});

test('a zone that no area sets is told, and the configuration is in force', async () => {
  const area = 'areas:\n  - { id: yard, title: { zh: 院, en: Yard }, zones: [z2] }\nschedules:\n';
  const zone = '  - { id: z2, number: 2, title: { zh: 南, en: South }, path: [[0, 0], [9, 9]] }\n';
  const text = right.replace('schedules:\n', `${zone}${area}`).replace('B: false', 'B: z2');
  const file = join(folder, 'areas.yaml');
  await writeFile(file, text);
  expect(await loadConfig(file, {}, models)).toMatchObject({
    ok: true,
    warnings: [{ path: 'zones[0].id' }, { path: 'escalation.lastResort' }],
  });
});

test('limits that hide something do not keep it from starting, and are named with their bound and what is hidden', async () => {
  const text = right.replace('siren: {', 'signal: { climbN: 150, dwellMs: 2800, floorN: 120 }, siren: {');
  const file = join(folder, 'wild.yaml');
  await writeFile(file, text);
  expect(await loadConfig(file, {}, models)).toMatchObject({
    ok: true,
    config: { site: { zones: { z1: { signal: { climbN: 150, dwellMs: 2_800, floorN: 120 } } } } },
    warnings: expect.arrayContaining([
      expect.objectContaining({
        path: 'zones[0].signal',
        message: {
          zh: expect.any(String),
          en: expect.stringMatching(/climb or a cut may not be seen.*climb: at most 50 N/i),
        },
      }),
      expect.objectContaining({
        path: 'zones[0].signal',
        message: { zh: expect.any(String), en: expect.stringMatching(/second person|stands for them.*at most 2.5 s/) },
      }),
    ]),
  });
});

test('text that people read may hold full-width signs', async () => {
  expect(await load(right.replace('zh: 北', 'zh: "北：一，二“三”"'))).toBe('');
  expect(await load(`# 说明：用空格缩进，不用制表符\n${right}`)).toBe('');
});
