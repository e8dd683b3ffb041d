/**
 * Holds the habits of the house that a reader relies on: small files, small functions, names of the trade, a few
 * sentences at the top of each file, nothing left for later, and no word of the place where it was built.
 * It reads text and relies on the formatter's indentation; what the linter already knows is not repeated here.
 */
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CODE, type Source, sources } from './sources.ts';

/** What one aims at is 300; a file a little longer is still one idea. */
const FILE_LINES_MAX = 320;
/** What one aims at is 70. */
const FUNCTION_LINES_MAX = 75;
/** A sentence; fewer characters say nothing. */
const OPENING_MIN = 60;
const BANNED_NAMES = ['util', 'utils', 'helper', 'helpers', 'manager', 'service', 'services', 'base', 'common', 'misc'];
const LEFT_FOR_LATER = /\b(TODO|FIXME|XXX|HACK)\b/;
const WORKPLACE = /\/work\/|\/tmp\/\w|\bbrief\.md|\b(architecture|libraries|domain|device-faults|ux|models)\.md\b/;

const lines = (text: string) => text.replace(/\n$/, '').split('\n');
const number = (path: string, index: number) => `${path}:${index + 1}`;

function tooLong({ path, text }: Source): string[] {
  const count = lines(text).length;
  return count > FILE_LINES_MAX ? [`${path} has ${count} lines`] : [];
}

const FUNCTION_HEAD = [
  /^\s*(export\s+)?(default\s+)?(async\s+)?function\b/,
  /=>\s*\{$/,
  /^\s*(?!(if|for|while|switch|catch|else|try|do|return)\b)(static\s+|async\s+|private\s+|get\s+|set\s+|[*#])*\w+\(.*\)[^=]*\{$/,
];

/** Functions that run on too long. The formatter puts the closing brace at the indentation of the line that opened it. */
function longFunctions({ path, text }: Source): string[] {
  const all = lines(text);
  return all.flatMap((line, index) => {
    if (!FUNCTION_HEAD.some((head) => head.test(line))) return [];
    const indent = /^\s*/.exec(line)![0];
    const end = all.findIndex((other, at) => at > index && other.startsWith(`${indent}}`) && !other.endsWith('{'));
    const length = end - index + 1;
    return length > FUNCTION_LINES_MAX ? [`${number(path, index)} opens a function of ${length} lines`] : [];
  });
}

function badName({ path }: Source): string[] {
  const words = basename(path).split(/[.-]/);
  return words.filter((word) => BANNED_NAMES.includes(word)).map((word) => `${path} is named ${word}`);
}

function noOpening({ path, text }: Source): string[] {
  const opening = /^(#![^\n]*\n)?\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n/.exec(text)?.[0] ?? '';
  return opening.length < OPENING_MIN ? [`${path} does not open with a few sentences on what it is`] : [];
}

/** Types and files that bear one name in several rooms: whoever looks for one finds another. */
function namesakes(files: readonly Source[]): string[] {
  const places = new Map<string, string[]>();
  const note = (name: string, path: string) => places.set(name, [...(places.get(name) ?? []), path]);
  for (const { path, text } of files) {
    note(`the file name ${basename(path).split('.')[0]}`, path);
    for (const [, name] of text.matchAll(/^(?:export )?(?:declare )?(?:interface|type|class|enum) (\w+)/gm))
      note(`the type ${name}`, path);
  }
  return [...places].flatMap(([name, at]) => (at.length > 1 ? [`${name} stands in ${at.join(' and ')}`] : []));
}

const naming = (what: RegExp) => (source: Source) =>
  lines(source.text).flatMap((line, index) =>
    what.test(line) ? [`${number(source.path, index)} says ${what.exec(line)![0]}`] : [],
  );

describe('the house is tidy', () => {
  const product = sources(['src', 'devices', 'simulators'], CODE);
  const code = [...product, ...sources(['tests'], CODE)];
  // This file and the one beside it must write down what they look for.
  const others = code.filter(({ path }) => !path.startsWith('tests/house/'));
  const texts = sources(
    ['config', 'devices', 'simulators', 'tests', 'src'],
    ['.md', '.yaml', '.yml', '.json', '.css', '.html', '.py'],
  );

  test('there is something to look at', () => {
    expect(product.length).toBeGreaterThan(5);
    expect(texts.length).toBeGreaterThan(0);
  });
  test('no file of the product holds more than one idea', () => expect(product.flatMap(tooLong)).toEqual([]));
  test('no function of the product runs on', () => expect(product.flatMap(longFunctions)).toEqual([]));
  test('no file has a name that says nothing', () => expect(code.flatMap(badName)).toEqual([]));
  test('every file opens by saying what it is', () => expect(code.flatMap(noOpening)).toEqual([]));
  test('no type and no file of the program has a namesake in another room', () =>
    expect(namesakes(sources(['src'], CODE))).toEqual([]));
  test('nothing is left for later', () => expect([...others, ...texts].flatMap(naming(LEFT_FOR_LATER))).toEqual([]));
  test('no word of the place where it was built remains', () =>
    expect([...others, ...texts].flatMap(naming(WORKPLACE))).toEqual([]));
  test('only tests may read data that lies beside the repository', () =>
    expect(product.flatMap(naming(/\.\.\/shared/))).toEqual([]));

  describe('a planted offence is named', () => {
    const long = (count: number) => Array.from({ length: count }, (_, i) => `  step(${i});`).join('\n');
    test.each([
      ['a long file', tooLong, `const a = 1;\n${long(320)}\n`, 'a.ts has 321 lines'],
      ['a long function', longFunctions, `function a() {\n${long(74)}\n}\n`, 'a.ts:1 opens a function of 76 lines'],
      [
        'a long arrow',
        longFunctions,
        `const a = async (\n  b,\n) => {\n${long(80)}\n};\n`,
        'a.ts:3 opens a function of 82 lines',
      ],
      [
        'a long method',
        longFunctions,
        `class A {\n  go(b: B): void {\n${long(80)}\n  }\n}\n`,
        'a.ts:2 opens a function of 82 lines',
      ],
      ['a silent opening', noOpening, "import 'node:fs';\n", 'a.ts does not open with a few sentences on what it is'],
      ['a thing left for later', naming(LEFT_FOR_LATER), 'a();\n// TODO b\n', 'a.ts:2 says TODO'],
      ['a word of the workplace', naming(WORKPLACE), "open('/work/main');\n", 'a.ts:1 says /work/'],
      ['a folder of one machine', naming(WORKPLACE), "shot('/tmp/pictures/a.png');\n", 'a.ts:1 says /tmp/p'],
    ])('%s', (_, check, text, sentence) => {
      expect(check({ path: 'a.ts', text })).toEqual([sentence]);
    });
    test('a namesake', () =>
      expect(
        namesakes([
          { path: 'src/core/site/plan.ts', text: 'export interface Row {}\n' },
          { path: 'src/ui/plan.tsx', text: 'type Row = string;\n' },
        ]),
      ).toEqual([
        'the file name plan stands in src/core/site/plan.ts and src/ui/plan.tsx',
        'the type Row stands in src/core/site/plan.ts and src/ui/plan.tsx',
      ]));
    test('an empty name', () =>
      expect(badName({ path: 'src/mqtt-utils.ts', text: '' })).toEqual(['src/mqtt-utils.ts is named utils']));
    test('a function of seventy-five lines passes', () =>
      expect(longFunctions({ path: 'a.ts', text: `function a() {\n${long(73)}\n}\n` })).toEqual([]));
  });
});
