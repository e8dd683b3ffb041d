/**
 * The configuration of a district that comes with the program: every field of it stands there, and what is commented out is right when it
 * is uncommented.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { districtFile } from '../../src/district/service/district-config.ts';

const given = await readFile(join(import.meta.dirname, '../../config/district.yaml'), 'utf8');
/** With all that is commented out, but for sentences: a field begins with one word and a colon. */
const whole = given.replace(/^( *)# ([a-zA-Z]+: [[{"\w].*)$/gm, (_, indent: string, field: string) =>
  /^(clientAuthority|claim): \w+ \w/.test(field) ? '' : indent + field,
);

/** The names of the fields of a schema, those of its parts below them: `server.tls.key`. */
function namesOf(schema: unknown, above = ''): string[] {
  const { def } = (schema as { _zod: { def: { innerType?: unknown; shape?: Record<string, unknown> } } })._zod;
  if (def.innerType !== undefined) return namesOf(def.innerType, above);
  return Object.entries(def.shape ?? {}).flatMap(([name, part]) => [
    `${above}${name}`,
    ...namesOf(part, `${above}${name}.`),
  ]);
}

function has(file: unknown, name: string): boolean {
  const at = (value: unknown, key: string) => (value as Record<string, unknown> | undefined)?.[key];
  return name.split('.').reduce(at, file) !== undefined;
}

test('the file that comes with it names every field there is', () => {
  const names = namesOf(districtFile);
  expect(names).toContain('login.oidc.clientSecret');
  const file: unknown = parse(whole);
  expect(names.filter((name) => !has(file, name))).toEqual([]);
});

test('the file that comes with it is right, as it is and with all that is commented out', () => {
  expect(districtFile.safeParse(parse(given)).error?.issues).toBeUndefined();
  expect(districtFile.safeParse(parse(whole)).error?.issues).toBeUndefined();
});
