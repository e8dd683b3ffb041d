/**
 * The style sheets of the pages come as one: what a sheet says of a class by itself is so on every page. Words that two sheets
 * use for different things have bent tables and lists nobody looked at.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const folder = fileURLToPath(new URL('../../src/ui/', import.meta.url));
/** What all pages share, and any sheet may build on. */
const shared = ['theme.css', 'pages.css'];
const sheets = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.css') && !shared.includes(basename(path)))
  .map((path) => ({ name: basename(path), text: readFileSync(`${folder}${path}`, 'utf8') }));

/** The classes that stand alone in a selector of the sheet. */
const alone = (text: string) => new Set([...text.matchAll(/^\.([a-z0-9-]+)(?= \{|,)/gm)].map(([, name]) => name!));

test('there are sheets of single pages to look at', () => {
  expect(sheets.length).toBeGreaterThan(3);
  expect(alone(sheets.find(({ name }) => name === 'wall.css')!.text).size).toBeGreaterThan(10);
});

test('a class that one sheet styles by itself has no other meaning in another sheet', () => {
  const clashes = sheets.flatMap(({ name, text }) =>
    [...alone(text)].flatMap((word) =>
      sheets
        .filter((other) => other.name !== name && new RegExp(`\\.${word}(?![a-z0-9-])`).test(other.text))
        .map((other) => `.${word} of ${name} stands in ${other.name} too`),
    ),
  );
  expect(clashes).toEqual([]);
});
