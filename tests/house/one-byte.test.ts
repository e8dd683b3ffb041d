/**
 * Built files in letters of one byte: the program says what it said, and its maps name the same places. They must be taken from code as a bundler
 * leaves it: everything on a few long lines.
 */
import { SourceMap } from 'node:module';
import { expect, test } from 'vitest';
import { inOneByte } from '../../src/commands/setup/one-byte.ts';

/** Three calls on one built line, each mapped to a line of its own; columns 0, 16 and 33 as base 64 VLQ. */
const code = "say('围栏被剪断');say('\u{1f6a8}急');say(/[一-龥]+/.source);\nsay('plain');";
const columns = [0, code.indexOf("say('\u{1f6a8}"), code.indexOf('say(/')];
const vlq = (value: number): string => {
  const all = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  let [bits, text] = [value << 1, ''];
  for (; bits > 31; bits >>= 5) text += all[(bits & 31) | 32];
  return text + all[bits];
};
const segments = columns.map((column, n) => `${vlq(column - (columns[n - 1] ?? 0))}A${n === 0 ? 'A' : 'C'}A`);
const mappings = `${segments.join(',')};AACA`;

const placesOf = (text: string, map: string) => {
  const found = new SourceMap({
    version: 3,
    file: 'a.js',
    sources: ['a.ts'],
    sourcesContent: [],
    names: [],
    mappings: map,
    sourceRoot: '',
  });
  return [...text.matchAll(/say\(/g)].map(({ index }) => {
    const line = text.slice(0, index).split('\n').length - 1;
    const column = index - (text.lastIndexOf('\n', index) + 1);
    return (found.findEntry(line, column) as { originalLine: number }).originalLine;
  });
};
const said = (text: string): unknown[] => {
  const all: unknown[] = [];
  new Function('say', text)((what: unknown) => all.push(what));
  return all;
};

test('a built file has letters of one byte, and says what it said', () => {
  const told = inOneByte(code, mappings);
  expect(told.code).toMatch(/^[ -~\n]+$/);
  const [cut, siren, , plain] = said(told.code);
  expect([cut, siren, plain]).toEqual(['围栏被剪断', '\u{1f6a8}急', 'plain']);
  expect('中').toMatch(new RegExp(String(said(told.code)[2])));
});

test('its map names each place that it named before', () => {
  const told = inOneByte(code, mappings);
  expect(placesOf(code, mappings)).toEqual([0, 1, 2, 3]);
  expect(placesOf(told.code, told.mappings)).toEqual([0, 1, 2, 3]);
});
