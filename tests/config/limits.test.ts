/** Limits of a gauge in the configuration: how they are compiled, and what is refused with its place. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadCatalog } from '../../src/site/device-catalog.ts';
import { loadConfig } from '../../src/site/load-site.ts';
import { englishText } from './load.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'limits-'));
});
afterAll(() => rm(folder, { recursive: true }));

const models = await loadCatalog(fileURLToPath(new URL('../../devices', import.meta.url)));

/** A school of one cold store and one gas detector; `limits` in flow style. */
const text = (limits: string, point = 'temperature', profile = 'cold-store-modbus') => `
school: { name: { zh: 学校, en: School }, short: 学校, timezone: "+08:00" }
map: { width: 10, height: 10 }
server: { host: 127.0.0.1, port: 8080 }
store: { dir: data }
lines: [{ id: bus, protocol: modbus-tcp, host: 127.0.0.1, port: 502 }]
zones: []
devices:
  - id: store
    title: { zh: 冷冻库, en: Freezer }
    profile: ${profile}
    line: bus
    unit: 1
    points: { ${point}: { limits: ${limits} } }
`;

async function load(...said: Parameters<typeof text>) {
  const file = join(folder, 'school.yaml');
  await writeFile(file, text(...said));
  const result = await loadConfig(file, {}, models);
  return result.ok
    ? { site: result.config.site, why: '' }
    : { site: undefined, why: result.errors.map(englishText).join('\n') };
}

test('a limit is compiled with its dwell in ms, its own way back and its time of day', async () => {
  const { site, why } = await load(
    '[{ above: -12, clear: -13, dwellMin: 45, days: mon-fri, from: "06:00", to: "07:30" }, { above: -15, dwellMin: 30 }, { below: -30, priority: 3 }]',
  );
  expect(why).toBe('');
  expect(site?.devices.store?.points.temperature?.limits).toEqual([
    {
      ...{ bound: 'above', limit: -12, clear: -13, dwellMs: 2_700_000, priority: 2 },
      window: { days: [1, 2, 3, 4, 5], from: 360, to: 450 },
    },
    { bound: 'above', limit: -15, clear: -15.5, dwellMs: 1_800_000, priority: 2 },
    { bound: 'below', limit: -30, clear: -29.5, dwellMs: 0, priority: 3 },
  ]);
});

test('limits of gas stand in the place of the level of its model', async () => {
  const { site } = await load('[{ above: 5, priority: 1 }]', 'level', 'gas-detector-modbus');
  const level = site?.devices.store?.points.level;
  expect(level?.alarm).toBeUndefined();
  expect(level?.limits).toMatchObject([{ limit: 5, clear: 3, priority: 1 }]);
});

test.each([
  ['[{ above: -15, below: -30 }]', 'either above or below'],
  ['[{ dwellMin: 30 }]', 'either above or below'],
  ['[{ above: -15, clear: -10 }]', 'beyond its limit'],
  ['[{ above: 500 }]', 'is never passed'],
  ['[{ above: -15, from: "06:00" }]', 'has a beginning and an end'],
  ['[{ above: -15 }, { above: -12, from: "06:00", to: "07:00" }]', 'never asked'],
  ['[{ above: -15, priority: 4 }]', 'a priority from 1 to 3'],
  ['[]', 'at least one limit'],
])('%s is refused: %s', async (limits, why) => {
  expect((await load(limits)).why).toContain(why);
});

test('limits on what is no gauge of a room are refused', async () => {
  expect((await load('[{ above: 1 }]', 'running', 'steriliser-modbus')).why).toContain('remove limits');
});

test.each([
  ['[{ above: 40 }]', 'at the latest'],
  ['[{ above: 10, dwellMin: 5 }]', 'at most 1 minute'],
])('of gas %s is refused', async (limits, why) => {
  expect((await load(limits, 'level', 'gas-detector-modbus')).why).toContain(why);
});
