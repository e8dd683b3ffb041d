/**
 * Holds the sentences: both languages, the same holes, none that nobody says. That a used key exists is the compiler's.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Words } from '../../src/core/types.ts';

const ui = join(import.meta.dirname, '../../src/ui');
const words = join(import.meta.dirname, '../../src/words');
const code = readdirSync(ui, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => readFileSync(join(ui, name), 'utf8'))
  .join('\n');
const exported = async (file: string) => Object.entries((await import(join(words, file))) as Record<string, unknown>);
/** The tables of sentences that the screens say by key. */
const screens = ['arming', 'audit-page', 'commission', 'exception', 'handling', 'import', 'kpi', 'page', 'wall'];
const tables = await Promise.all(
  screens.map(async (name) => {
    const known = await exported(`screens/${name}-words.ts`);
    const table = known.find(([name]) => new RegExp(`(\\.\\.\\.${name},|speaker\\(${name}\\))`).test(code));
    return table as [string, Record<string, Words>];
  }),
);
const isWords = (value: unknown): value is Words =>
  typeof value === 'object' && value !== null && 'zh' in value && 'en' in value;
/** Every sentence of the room that stands still, by file and name: those of their own, and those in tables. */
const still: Record<string, Words> = {};
for (const file of readdirSync(words, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts')))
  for (const [name, value] of await exported(file)) {
    if (isWords(value)) still[`${file} ${name}`] = value;
    else if (typeof value === 'object' && value !== null)
      for (const [key, words] of Object.entries(value)) if (isWords(words)) still[`${file} ${name}.${key}`] = words;
  }
const sentences: Record<string, Words> = Object.assign({}, ...tables.map(([, table]) => table));
const all: Record<string, Words> = still;
const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((hit) => hit[1]).sort();

describe('every sentence', () => {
  test('is there in Chinese and in English', () => {
    expect(Object.entries(all).filter(([, w]) => w.zh.trim() === '' || w.en.trim() === '')).toEqual([]);
  });
  test('has Chinese letters in its Chinese and none in its English', () => {
    const exempt = ['screens/page-words.ts pages.otherLanguage'];
    // What has no word of its own beside its holes is no language yet.
    const worded = (text: string) => /\p{L}/u.test(text.replace(/\{\w+\}/g, ''));
    const wrong = Object.entries(all).filter(
      ([key, w]) =>
        !exempt.includes(key) && ((worded(w.zh) && !/[\u4e00-\u9fff]/.test(w.zh)) || /[\u4e00-\u9fff]/.test(w.en)),
    );
    expect(wrong).toEqual([]);
  });
  test('leaves no hole in English that Chinese does not have', () => {
    const wrong = Object.entries(sentences).filter(([, w]) => holes(w.en).some((hole) => !holes(w.zh).includes(hole)));
    expect(wrong).toEqual([]);
  });
  test('has a key of its own in only one file', () => {
    const keys = tables.flatMap(([, table]) => Object.keys(table));
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
  });
  test('comes with every page, or with the part of the screens that says it, and not with both', () => {
    const ways = ([name]: (typeof tables)[number]) =>
      code.split(`...${name},`).length + code.split(`speaker(${name})`).length - 2;
    expect(tables.filter((one) => Object.keys(one[1]).length === 0 || ways(one) !== 1)).toEqual([]);
  });
  test('is said somewhere', () => {
    expect(Object.keys(sentences).filter((key) => !code.includes(`'${key}'`) && !code.includes(`"${key}"`))).toEqual(
      [],
    );
  });
});
