/** The public screen in the configuration: how it is compiled, and what cannot be shown. */
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
  folder = await mkdtemp(join(tmpdir(), 'kitchen-'));
});
afterAll(() => rm(folder, { recursive: true }));

const models = await loadCatalog(fileURLToPath(new URL('../../devices', import.meta.url)));

async function load(kitchen: string) {
  const file = join(folder, 'school.yaml');
  await writeFile(
    file,
    `
school: { name: { zh: 学校, en: School }, short: 学校, timezone: "+08:00" }
map: { width: 10, height: 10 }
server: { host: 127.0.0.1, port: 8080 }
store: { dir: data }
lines:
  - { id: bus, protocol: modbus-tcp, host: 127.0.0.1, port: 502 }
  - { id: canteen-1, protocol: onvif, address: "http://127.0.0.1:80/onvif" }
zones: []
devices:
  - { id: freezer, title: { zh: 冷冻库, en: Freezer }, profile: cold-store-modbus, line: bus, unit: 1 }
  - { id: panel, title: { zh: 消防主机, en: Fire panel }, profile: fire-panel-modbus, line: bus, unit: 2 }
  - { id: canteen-1, title: { zh: 切配间, en: Cutting }, profile: camera-onvif, line: canteen-1, zones: { view: false } }
kitchen: ${kitchen}
`,
  );
  const result = await loadConfig(file, {}, models);
  return result.ok
    ? { kitchen: result.config.site.kitchen, why: '' }
    : { kitchen: undefined, why: result.errors.map(englishText).join('\n') };
}

const camera = '{ camera: canteen-1, area: { zh: 切配间, en: Cutting room } }';

test('chosen cameras, gauges and lines are what the screen shows, every two seconds', async () => {
  const { kitchen, why } = await load(
    `{ cameras: [${camera}], sensors: [{ device: freezer, title: { zh: 冷冻库, en: Freezer } }], menu: { zh: 汤, en: Soup } }`,
  );
  expect(why).toBe('');
  expect(kitchen).toEqual({
    cameras: [{ camera: 'canteen-1', area: { zh: '切配间', en: 'Cutting room' } }],
    sensors: [{ device: 'freezer', point: 'temperature', title: { zh: '冷冻库', en: 'Freezer' } }],
    menu: { zh: '汤', en: 'Soup' },
    everyMs: 2_000,
  });
});

test.each([
  ['{ cameras: [] }', 'at least one camera'],
  [`{ cameras: [${camera}, ${camera}] }`, 'canteen-1'],
  ['{ cameras: [{ camera: freezer, area: { zh: 库, en: Store } }] }', 'freezer'],
  ['{ cameras: [{ camera: nobody, area: { zh: 库, en: Store } }] }', 'nobody'],
  [
    `{ cameras: [${camera}], sensors: [{ device: panel, title: { zh: 火, en: Fire } }] }`,
    'is no gauge of fire-panel-modbus',
  ],
  [
    `{ cameras: [${camera}], sensors: [{ device: freezer, point: door, title: { zh: 门, en: Door } }] }`,
    'it has temperature, humidity',
  ],
  ['{ cameras: [{ camera: canteen-1, area: { zh: 一二三四五六七八九十一二三四五六七, en: Long } }] }', '16'],
])('%s is refused: %s', async (kitchen, why) => {
  expect((await load(kitchen)).why).toContain(why);
});
