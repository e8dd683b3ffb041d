/**
 * How long records are kept, as a configuration says it: nothing is cut unless it says so, and less than the rule of its class is refused by name.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadText } from './load.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-retention-'));
});
afterAll(() => rm(folder, { recursive: true }));

const load = (store: string) =>
  loadText(
    folder,
    `school: { name: { zh: 小学, en: School }, short: 小学, timezone: "+08:00" }
map: { width: 100, height: 100 }
server: { host: 127.0.0.1, port: 8080 }
store: { dir: data${store} }
lines: []
devices: []
zones: []
`,
    {},
  );

test('without a word of it everything is kept', async () => {
  const { lines, config } = await load('');
  expect(lines).toEqual([]);
  expect(config?.store.retention).toEqual({});
});

test('a class that is named is kept so many days, and the others for ever', async () => {
  const { lines, config } = await load(', retention: { alarm: 90, access: 400 }');
  expect(lines).toEqual([]);
  expect(config?.store.retention).toEqual({ alarm: 90, access: 400 });
});

test.each([
  ['alarm: 89', 'at least 90 whole days: records of alarms, arming and devices (DB11/T 2552-2026, GB 55029)'],
  ['patrol: 30', 'at least 90 whole days: records of patrol and posts (DB11/T 2552-2026)'],
  [
    'access: 179',
    'at least 180 whole days: records of log-ins, viewing and exports (DB11/T 2552-2026; Cybersecurity Law',
  ],
  ['alarm: 90.5', 'at least 90 whole days'],
  ['access: 0', 'at least 180 whole days'],
  ['access: for ever', 'at least 180 whole days'],
  ['alarms: 90', 'alarm'],
])('%s is refused, and the rule is named', async (said, expected) => {
  const { lines } = await load(`, retention: { ${said} }`);
  expect(lines.join('\n')).toContain(expected);
});
