/**
 * The district in a configuration file: what must be written, what must not, and what comes of it.
 */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describe as describeConfig, differenceOf } from '../../src/app/config-difference.ts';
import { leavingKinds } from '../../src/core/retention/leaving-kinds.ts';
import { configDifference } from '../../src/words/screens/config-words.ts';
import { loadText } from './load.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-district-'));
});
afterAll(() => rm(folder, { recursive: true }));

const key = 'school-17.geheim';
async function load(district: string) {
  const text = `school: { name: { zh: 小学, en: School }, short: 小学, timezone: "+08:00" }
map: { width: 100, height: 100 }
server: { host: 127.0.0.1, port: 8080 }
store: { dir: data }
lines: []
devices: []
zones: []
${district}
`;
  const { lines, config } = await loadText(folder, text, { DISTRICT_KEY: key });
  expect(lines.join()).not.toContain(key);
  return { lines, config, district: config?.district };
}
// biome-ignore lint/suspicious/noTemplateCurlyInString: the file of a school names its secrets so.
const joined = 'url: "https://district.example", school: school-17, password: "${DISTRICT_KEY}"';

test('a school joins with an address, its id there and its key', async () => {
  const { lines, district } = await load(`district: { ${joined} }`);
  expect(lines).toEqual([]);
  expect(district).toEqual({ url: 'https://district.example', school: 'school-17', password: key, keeps: [] });
});

test('files are named from the folder of the configuration, and the key may stand in one', async () => {
  await writeFile(join(folder, 'key'), `${key}\n`);
  await chmod(join(folder, 'key'), 0o600);
  const more = 'passwordFile: key, ca: ca.pem, certificate: { key: own.key, cert: own.pem }, keeps: [notes, roster]';
  const { lines, config, district } = await load(`district: { url: "https://d.example/a", school: s1, ${more} }`);
  expect(lines).toEqual([]);
  // Looked at with the others, so that one that runs out is told in time; here there is none.
  expect(config?.certificates.map(({ problem }) => problem?.en)).toEqual([expect.stringContaining('own.pem')]);
  expect(district).toEqual({
    ...{ url: 'https://d.example/a', school: 's1', password: key, ca: join(folder, 'ca.pem') },
    certificate: { key: join(folder, 'own.key'), cert: join(folder, 'own.pem') },
    keeps: ['notes', 'roster'],
  });
});

test.each([
  ['http://district.example', 'url'],
  ['http://127.0.0.1.example', 'url'],
  ['https://user@district.example', 'url'],
  ['ftp://district.example', 'url'],
  ['https://district.example?x=1', 'url'],
])('nothing goes to %s', async (url, field) => {
  const { lines } = await load(`district: { ${joined.replace('https://district.example', url)} }`);
  expect(lines.join()).toMatch(new RegExp(`${field}.*expected an address such as https`));
});

test.each(['http://127.0.0.1:8100', 'http://localhost:8100', 'http://[::1]:8100'])(
  'a district on this machine may be without TLS: %s',
  async (url) => {
    expect((await load(`district: { ${joined.replace('https://district.example', url)} }`)).lines).toEqual([]);
  },
);

test('a school without a key or a certificate, with a wrong id, or that keeps what there is not, is told', async () => {
  const without = await load('district: { url: "https://d.example", school: s1 }');
  expect(without.lines.join()).toContain('a password, a passwordFile or a certificate');
  const wrong = await load(`district: { ${joined.replace('school-17', 'School_17')}, keeps: [alarms] }`);
  expect(wrong.lines.join('\n')).toContain('the id the bureau gave');
  expect(wrong.lines.join('\n')).toContain('one of patrol, posts, rectify, lists, roster, notes, limits');
});

test('what a school keeps to itself does not leave it', () => {
  const all = leavingKinds([]);
  expect(all).toContain('noted');
  expect(leavingKinds(['notes'])).toEqual(all.filter((kind) => kind !== 'noted'));
  expect(leavingKinds(['patrol']).filter((kind) => ['checked', 'opened', 'completed'].includes(kind))).toEqual([]);
});

test('that a school joins, and what it keeps, is told of the file without its key and address', async () => {
  const [before, after] = [await load(''), await load(`district: { ${joined}, keeps: [notes] }`)];
  const difference = differenceOf(describeConfig(before.config!), describeConfig(after.config!));
  expect(difference.changes).toMatchObject([{ part: 'district', id: '', change: 'added' }]);
  expect(JSON.stringify(difference)).not.toMatch(/geheim|district\.example/);
  expect(configDifference(difference).zh).toContain('区级平台（district）');
});
