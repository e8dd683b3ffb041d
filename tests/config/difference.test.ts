/**
 * What a change of the configuration is told as: each part by name, limits and settings with both values, and no secret whatever
 * it is called and wherever it stands.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describe as describeConfig, differenceBetween, differenceOf } from '../../src/app/config-difference.ts';
import type { Config } from '../../src/site/load-site.ts';
import { reconcile } from '../../src/site/reconcile.ts';
import { configDifference } from '../../src/words/screens/config-words.ts';
import { loadText } from './load.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-difference-'));
});
afterAll(() => rm(folder, { recursive: true }));

const school = `school: { name: { zh: 小学, en: School }, short: 小学, timezone: "+08:00" }
map: { width: 100, height: 100 }
server: { host: 127.0.0.1, port: 8080 }
store: { dir: data }
lines:
  - { id: bus, protocol: modbus-tcp, host: 127.0.0.1, port: 502 }
  - { id: cam, protocol: onvif, address: "http://10.0.0.9/x", user: admin, password: "\${CAM}" }
devices:
  - { id: f1, title: { zh: 主机, en: Host }, profile: fence-modbus, line: bus, unit: 1, zones: { A: z1, B: false } }
  - { id: c1, title: { zh: 相机, en: Camera }, profile: camera-onvif, line: cam }
zones:
  - { id: z1, number: 1, title: { zh: 北, en: North }, path: [[0, 0], [9, 9]], signal: { climbN: 25 } }
schedules:
  - { id: nights, armed: [{ days: daily, from: "18:00", to: "07:00" }] }
people:
  - { id: li, name: 李强, card: 0F004EBEFC }
`;
const env = { CAM: 'Geheim-4711' };

async function load(edit: readonly (readonly [string, string])[] = [], secrets = env): Promise<Config> {
  const text = edit.reduce((all, [from, to]) => {
    expect(all).toContain(from);
    return all.replace(from, to);
  }, school);
  const { lines, config } = await loadText(folder, text, secrets);
  expect(lines).toEqual([]);
  return config!;
}
const between = (before: Config, after: Config) => differenceBetween(before, after, reconcile(before, after).stop);
const told = async (...edit: (readonly [string, string])[]) => between(await load(), await load(edit));

test('the broker that is told how things stand is a part of its own, without its password', async () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the file of a school names its secrets so.
  const broker = 'mqttOut: { url: "mqtt://10.0.0.5:1883", topic: school, user: gate, password: "${CAM}" }\nlines:';
  const said = await told(['lines:', broker]);
  expect(said?.changes).toMatchObject([{ part: 'mqtt-out', id: '', change: 'added' }]);
  expect(JSON.stringify(said)).not.toMatch(/Geheim|10\.0\.0\.5/);
});

test('limits and settings are told with both values', async () => {
  expect(await told(['climbN: 25', 'climbN: 45'], ['unit: 1', 'unit: 2'])).toEqual({
    changes: [
      { part: 'limits', id: 'z1', change: 'changed', fields: [{ name: 'climbN', from: '25', to: '45' }] },
      { part: 'device', id: 'f1', change: 'changed', fields: [{ name: 'unit', from: '1', to: '2' }] },
    ],
  });
});

test('what is new, gone or long is told by name', async () => {
  const difference = await told(
    ['to: "07:00" }] }', 'to: "06:00" }] }'],
    ['people:', '  - { id: days, armed: [{ days: daily, from: "07:00", to: "18:00" }] }\npeople:'],
    ['  - { id: li, name: 李强, card: 0F004EBEFC }', '  - { id: wang, name: 王芳 }'],
  );
  expect(difference?.changes).toEqual([
    { part: 'schedule', id: 'nights', change: 'changed', fields: [{ name: 'armed' }] },
    { part: 'schedule', id: 'days', change: 'added' },
    { part: 'person', id: 'li', change: 'removed' },
    { part: 'person', id: 'wang', change: 'added' },
  ]);
  expect(configDifference(difference!)).toMatchObject({
    zh: '布防计划 nights 改动 armed；布防计划 days 新增；人员 li 删除；人员 wang 新增',
  });
});

test('a line whose password alone changed is named, and no secret is written down', async () => {
  const [before, after] = [await load(), await load([], { CAM: 'Anders-0815' })];
  expect(between(before, after)).toEqual({ changes: [{ part: 'line', id: 'cam', change: 'changed' }] });
  const kept = JSON.stringify([describeConfig(before), between(before, after)]);
  for (const word of ['Geheim', 'Anders', '10.0.0.9', 'admin']) expect(kept).not.toContain(word);
});

test('a remark changes nothing that is listed, and the same file nothing at all', async () => {
  const before = await load();
  expect(between(before, await load())).toBeUndefined();
  const remark = between(before, await load([['store:', '# 备注\nstore:']]));
  expect(remark).toEqual({ changes: [] });
  expect(configDifference(remark!).zh).toMatch(/改动不在所列项目中/);
});

test('more changes than anybody reads are counted', () => {
  const people = Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`p${i}`, {}]));
  const difference = differenceOf({}, { person: people });
  expect([difference.changes.length, difference.more]).toEqual([200, 50]);
  expect(configDifference(difference).en).toMatch(/; 242 more$/);
});
