/** Drills in the configuration: how they are compiled, and what cannot be held. */
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
  folder = await mkdtemp(join(tmpdir(), 'drill-'));
});
afterAll(() => rm(folder, { recursive: true }));

const models = await loadCatalog(fileURLToPath(new URL('../../devices', import.meta.url)));

async function load(drill: string) {
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
  - { id: yard, protocol: onvif, address: "http://127.0.0.1:80/onvif" }
zones: []
devices:
  - { id: gate-io, title: { zh: 门卫室, en: Gate }, profile: dry-contact-modbus, line: bus, unit: 1, zones: { fence: false, beam: false, door: false } }
  - { id: yard, title: { zh: 操场, en: Yard }, profile: camera-onvif, line: yard, zones: { view: false } }
drill: ${drill}
`,
  );
  const result = await loadConfig(file, {}, models);
  return result.ok
    ? { drill: result.config.site.drill, why: '' }
    : { drill: undefined, why: result.errors.map(englishText).join('\n') };
}

const classes = 'classes: [{ id: a, title: { zh: 一班, en: One }, due: 40 }]';
const place = 'place: { zh: 操场, en: Yard }';

test('the classes, the siren for a minute, the camera of the place, and two minutes where nothing else is said', async () => {
  const { drill, why } = await load(
    `{ every: month, ${place}, camera: yard, siren: { device: gate-io, point: siren }, ${classes} }`,
  );
  expect(why).toBe('');
  expect(drill).toEqual({
    ...{ every: 'month', place: { zh: '操场', en: 'Yard' }, camera: 'yard', targetMs: 120_000 },
    siren: { device: 'gate-io', point: 'siren', ms: 60_000 },
    classes: [{ id: 'a', title: { zh: '一班', en: 'One' }, due: 40 }],
  });
});

test.each([
  [`{ every: week, ${place}, ${classes} }`, 'month'],
  [`{ every: month, ${place}, classes: [] }`, 'at least one class'],
  [`{ every: month, ${place}, camera: gate-io, ${classes} }`, 'gate-io'],
  [`{ every: month, ${place}, siren: { device: nobody, point: siren }, ${classes} }`, 'nobody'],
  [`{ every: month, ${place}, siren: { device: gate-io, point: sos }, ${classes} }`, 'on/off output'],
  [`{ every: month, ${place}, seconds: 5, ${classes} }`, '30'],
  [
    `{ every: month, ${place}, classes: [{ id: a, title: { zh: 一, en: A }, due: 1 }, { id: a, title: { zh: 二, en: B }, due: 1 }] }`,
    'two classes have the same',
  ],
  [`{ every: month, ${place}, classes: [{ id: a, title: { zh: 一, en: A }, due: 1, pupils: [王小明] }] }`, 'pupils'],
])('%s is refused: %s', async (drill, why) => {
  expect((await load(drill)).why).toContain(why);
});
