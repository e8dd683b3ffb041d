/**
 * Which lines a changed configuration touches: the ones whose drivers would be given something else, and no others.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Config, loadConfig } from '../../src/site/load-site.ts';
import { reconcile } from '../../src/site/reconcile.ts';
import { models } from './models.ts';

const text = `school: { name: { zh: 小学, en: School }, short: 小学, timezone: "+08:00" }
map: { width: 100, height: 100 }
server: { host: 127.0.0.1, port: 8080 }
store: { dir: data }
lines:
  - { id: bus, protocol: modbus-tcp, host: 127.0.0.1, port: 502 }
  - { id: mq, protocol: mqtt-broker, host: 127.0.0.1, port: 1883 }
devices:
  - { id: f1, title: { zh: 主机, en: Host }, profile: fence-modbus, line: bus, unit: 1, zones: { A: z1, B: false } }
  - { id: r1, title: { zh: 读卡器, en: Reader }, profile: reader-mqtt, line: mq, password: "\${READER}" }
zones:
  - { id: z1, number: 1, title: { zh: 北, en: North }, path: [[0, 0], [9, 9]] }
`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-reconcile-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function config(written: string, READER = 'cards'): Promise<Config> {
  const file = join(folder, 'school.yaml');
  await writeFile(file, written);
  const result = await loadConfig(file, { READER }, models);
  if (!result.ok) throw new Error(result.errors.map((error) => error.message.en).join('\n'));
  return result.config;
}

test('an unchanged configuration touches no line', async () => {
  expect(reconcile(await config(text), await config(text))).toEqual({ stop: [], start: [], stay: ['bus', 'mq'] });
});

test.each([
  ['an address', 'port: 502', 'port: 503'],
  ['a unit', 'unit: 1', 'unit: 2'],
  ['how often a point is asked', 'unit: 1', 'unit: 1, points: { a_climb: { pollMs: 100 } }'],
  ['whether a point alarms', 'unit: 1', 'unit: 1, points: { a_climb: { alarm: false } }'],
])('changing %s restarts only its line', async (_, found, replaced) => {
  const changed = await config(text.replace(found, replaced));
  expect(reconcile(await config(text), changed)).toEqual({ stop: ['bus'], start: ['bus'], stay: ['mq'] });
});

test.each([
  ['a name', 'zh: 主机', 'zh: 东主机'],
  ['a zone', 'number: 1', 'number: 2'],
  ['the name of a point', 'unit: 1', 'unit: 1, points: { a_climb: { title: { zh: 甲, en: A } } }'],
])('changing %s restarts nothing', async (_, found, replaced) => {
  const changed = await config(text.replace(found, replaced));
  expect(changed.site).not.toEqual((await config(text)).site);
  expect(reconcile(await config(text), changed)).toEqual({ stop: [], start: [], stay: ['bus', 'mq'] });
});

test('a changed password restarts its line, though the text is the same', async () => {
  expect(reconcile(await config(text), await config(text, 'other')).start).toEqual(['mq']);
});

test('a line that came is started, one that went is stopped', async () => {
  const more = await config(
    text.replace('devices:', '  - { id: new, protocol: modbus-tcp, host: ::1, port: 502 }\ndevices:'),
  );
  expect(reconcile(await config(text), more)).toEqual({ stop: [], start: ['new'], stay: ['bus', 'mq'] });
  expect(reconcile(more, await config(text))).toEqual({ stop: ['new'], start: [], stay: ['bus', 'mq'] });
});
