/**
 * Whatever stands in a configuration, the answer is a list of errors: no value at any place of it makes the check itself fail. Kinds of
 * place of the demonstration's school are given what does not belong there.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { districtFile } from '../../src/district/service/district-config.ts';
import { loadCatalog } from '../../src/site/device-catalog.ts';
import { loadConfig } from '../../src/site/load-site.ts';
import { siteFile } from '../../src/site/site-schema.ts';
import { expectedBySchema } from '../../src/words/site/config-shape-words.ts';

type Place = readonly (string | number)[];
type Holder = Record<string | number, unknown>;

/** What is put there; undefined takes the place away. */
const STRANGE = [undefined, null, 0, -5, 1e9, '', 'nope', '25:99', [], {}, [null], [{}], { a: 1 }, '__proto__', true];

/** One place of each kind: the first of each list stands for all. */
function placesOf(data: unknown): Place[] {
  const places = new Map<string, Place>();
  const walk = (value: unknown, place: Place) => {
    const kind = place.map((part) => (typeof part === 'number' ? '*' : part)).join('.');
    if (place.length > 0 && !places.has(kind)) places.set(kind, place);
    if (typeof value !== 'object' || value === null) return;
    for (const [key, below] of Object.entries(value)) walk(below, [...place, Array.isArray(value) ? Number(key) : key]);
  };
  walk(data, []);
  return [...places.values()];
}

function changed(data: unknown, place: Place, value: unknown): unknown {
  const copy = structuredClone(data) as Holder;
  const holder = place.slice(0, -1).reduce<Holder>((at, part) => at[part] as Holder, copy);
  const last = place.at(-1)!;
  if (value !== undefined) holder[last] = value;
  else if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else delete holder[last];
  return copy;
}

const models = loadCatalog(fileURLToPath(new URL('../../devices', import.meta.url)));

/** Every variable is set, and to no more than a digit. */
const env = new Proxy({} as Record<string, string>, { get: (_, name) => (typeof name === 'string' ? '1' : undefined) });

async function loadWith(data: unknown) {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-any-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'campus.yaml');
  await writeFile(file, JSON.stringify(data));
  return await loadConfig(file, env, await models);
}

test('what a bell is not told, and an address of a channel of no kind, are errors of the file alone', async () => {
  const read = await loadWith({
    bells: [{ id: 'b', title: { zh: '铃', en: 'Bell' }, rings: [{ days: [null], at: '' }] }],
    posts: [{ id: 'p', title: { zh: '岗', en: 'Post' }, from: { bell: 'b' }, until: { bell: 'b' } }],
    channels: [{ id: 'c', protocol: 'nope', proxy: 'nope' }],
  });
  expect(read).toMatchObject({ ok: false });
});

test('what a schema expects is said in Chinese too', () => {
  const said = new Set<string>();
  // zod gives every schema it meets, with what each of its checks says.
  const look = ({ zodSchema }: { zodSchema: z.core.$ZodTypes }) => {
    const checks = zodSchema._zod.def.checks ?? [];
    for (const def of [zodSchema._zod.def, ...checks.map((check) => check._zod.def)]) {
      const message = (def.error as z.core.$ZodErrorMap | undefined)?.({ code: 'custom', input: undefined, path: [] });
      if (typeof message === 'string') said.add(message);
    }
  };
  for (const schema of [siteFile, districtFile])
    z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', override: look });
  expect(said.size).toBeGreaterThan(50);
  expect([...said].filter((one) => !/\p{Script=Han}/u.test(expectedBySchema(one).zh))).toEqual([]);
});

test('whatever stands at any place of a configuration, it is loaded or refused with the place', async () => {
  const data: unknown = parse(await readFile(new URL('../../config/demo.yaml', import.meta.url), 'utf8'));
  const places = placesOf(data);
  expect(places.length).toBeGreaterThan(250);
  // Every other kind of place, which is a hundred and more.
  for (const [n, place] of places.entries()) {
    if (n % 2 === 1) continue;
    const value = STRANGE[n % STRANGE.length];
    const read = await loadWith(changed(data, place, value)).catch((error: Error) => error);
    expect(read, `${place.join('.')} is ${JSON.stringify(value)}`).not.toBeInstanceOf(Error);
    for (const { line, message } of 'errors' in read ? read.errors : []) {
      expect(line).toBeGreaterThan(0);
      expect(message.zh, message.en).toMatch(/\p{Script=Han}/u);
      expect(message.en).not.toMatch(/\p{Script=Han}/u);
    }
  }
});
