/** Readers with one password between them are named, and their password is not. */
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { sharedPasswords } from '../../src/commands/reader-passwords.ts';
import { loadConfig } from '../../src/site/load-site.ts';
import { passwordShared } from '../../src/words/command-words.ts';

const shipped = fileURLToPath(new URL('../../config', import.meta.url));
const numbers = [1, 2, 3, 4, 5, 6, 7, 8];

async function campus(passwordOf: (reader: number) => string) {
  const readers = Object.fromEntries(numbers.map((n) => [`READER_${n}_PASSWORD`, passwordOf(n)]));
  const loaded = await loadConfig(shipped, { CAMERA_PASSWORD: 'x', FENCE_PASSWORD: 'same', ...readers });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.errors));
  return loaded.config;
}

test('readers that share a password are named together, and the password is not', async () => {
  const shared = sharedPasswords(await campus((n) => (n < 3 ? 'secret-a' : n < 5 ? 'secret-b' : `own-${n}`)));
  expect(shared).toEqual([
    ['reader-1', 'reader-2'],
    ['reader-3', 'reader-4'],
  ]);
  expect(shared.map(passwordShared).join()).not.toContain('secret');
});

test('a password per reader is right, and may be one that another kind of device has', async () => {
  expect(sharedPasswords(await campus((n) => (n === 1 ? 'same' : `own-${n}`)))).toEqual([]);
});
