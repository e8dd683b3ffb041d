/** When cameras must show something, as the configuration says it: how it is compiled, and what is refused with its place. */
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
  folder = await mkdtemp(join(tmpdir(), 'cameras-'));
});
afterAll(() => rm(folder, { recursive: true }));

const models = await loadCatalog(fileURLToPath(new URL('../../devices', import.meta.url)));

async function load(cameras: string) {
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
  - { id: stove, protocol: onvif, address: "http://127.0.0.1:80/onvif" }
zones: []
devices:
  - { id: freezer, title: { zh: 冷冻库, en: Freezer }, profile: cold-store-modbus, line: bus, unit: 1 }
  - { id: stove, title: { zh: 灶台, en: Stove }, profile: camera-onvif, line: stove, zones: { view: false } }
cameras: ${cameras}
`,
  );
  const result = await loadConfig(file, {}, models);
  return result.ok
    ? { cameras: result.config.site.cameras, why: '' }
    : { cameras: undefined, why: result.errors.map(englishText).join('\n') };
}

const area = '{ id: kitchen, title: { zh: 后厨, en: Kitchen }, cameras: [stove] }';

test('hours are minutes of the day, midnight is the next day’s, and nothing said is all hours of all cameras', async () => {
  const { cameras } = await load(
    `{ hours: [{ days: mon-fri, from: "06:00", to: "24:00" }], off: [stove], areas: [${area}] }`,
  );
  expect(cameras).toMatchObject({
    hours: [{ days: [1, 2, 3, 4, 5], from: 360, to: 0 }],
    off: ['stove'],
    areas: [{ id: 'kitchen', cameras: ['stove'] }],
  });
  expect((await load('{}')).cameras).toEqual({ hours: [], off: [], areas: [] });
});

test.each([
  ['{ off: [nobody] }', 'nobody'],
  ['{ off: [freezer] }', 'freezer'],
  [`{ areas: [${area.replace('stove', 'freezer')}] }`, 'freezer'],
  [`{ areas: [${area.replace('[stove]', '[]')}] }`, 'at least one camera'],
  [`{ areas: [${area}, ${area}] }`, 'kitchen'],
  [`{ areas: [${area}, ${area.replace('id: kitchen', 'id: other')}] }`, 'stove'],
  ['{ hours: [{ days: mon-fri, from: "25:00", to: "26:00" }] }', 'from 00:00'],
  ['{ hour: [] }', 'hour'],
])('%s is refused, and says why', async (text, why) => {
  const { cameras, why: said } = await load(text);
  expect(cameras).toBeUndefined();
  expect(said).toContain(why);
});
