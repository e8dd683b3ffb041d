/**
 * Words live in one room: a sentence for people stands in src/words, so that it is said in one way and can be read over by
 * whoever knows the trade. Titles of device models and configurations are not ours; the page's own frame stands in its HTML.
 * Comments may hold what they like. Simulators are left out: what they call their places and people is configuration of a
 * simulated world, and no person at a school ever reads it.
 */
import { parseSync } from 'vite';
import { describe, expect, test } from 'vitest';
import { type Source, sources } from './sources.ts';

/** Ideographs; a comma or bracket of Chinese width is punctuation between words, not a word. */
const CHINESE = /[\u3400-\u9fff]/;
/** Both languages in one text, as `中文 / English`. */
const JOINED = /[\u3400-\u9fff][^/]* \/ .*[A-Za-z]/s;

/** The room itself; and acts, each of which is one file with its rule, its rights and its name. */
const rooms = ['src/words/', 'src/core/act/'];

/** Texts of a file that a program could show: strings, templates, patterns and the text between tags, never a comment. */
function texts({ path, text }: Source): string[] {
  const found: string[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (typeof node !== 'object' || node === null) return;
    const { type, start, end } = node as { type?: unknown; start?: number; end?: number };
    // A template is one text, whatever it is filled with; what fills it is looked at too.
    if (type === 'TemplateLiteral' || type === 'Literal' || type === 'JSXText') found.push(text.slice(start, end));
    for (const part of Object.values(node)) visit(part);
  };
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} cannot be read: ${errors[0]?.message}`);
  visit(program);
  return found;
}

/** Either pattern needs Chinese: a file without any is not taken apart. */
const offences = (file: Source, pattern: RegExp): string[] =>
  (CHINESE.test(file.text) ? texts(file) : [])
    .filter((text) => pattern.test(text))
    .map((text) => `${file.path}: ${text.trim().slice(0, 80)}`);

const files = sources(['src'], ['.ts', '.tsx']).filter(({ path }) => !rooms.some((room) => path.startsWith(room)));

describe('the words of the house', () => {
  test('stand in their room: no Chinese outside it', () => {
    expect(files.flatMap((file) => offences(file, CHINESE))).toEqual([]);
  });

  test('are never two languages in one text outside their room', () => {
    expect(files.flatMap((file) => offences(file, JOINED))).toEqual([]);
  });

  test('are never taken apart again', () => {
    const split = files.filter(({ path, text }) => path !== 'src/core/upcast.ts' && /' \/ '/.test(text));
    expect(split.map(({ path }) => path)).toEqual([]);
  });
});

describe('the look for Chinese', () => {
  test.each([
    ['a string', "const a = '断线';"],
    ['a template', 'const a = `断线`;'],
    ['a pattern', 'const a = /断线/;'],
    ['text between tags', 'const a = <p>断线</p>;'],
    ['an attribute', 'const a = <p title="断线" />;'],
    ['a string after what looks like a comment', "const a = 'http://x'; const b = '断线';"],
  ])('finds %s', (_what, text) => expect(offences({ path: 'a.tsx', text }, CHINESE)).toHaveLength(1));

  test.each([
    ['a line of comment', "const a = 'b'; // 断线"],
    ['a block of comment', '/** 断线 */\nconst a = <p>{/* 断线 */}</p>;'],
    ['a comment behind what looks like a pattern', 'const a = b / 2; /* 断线 */ const c = d / 3;'],
  ])('passes over %s', (_what, text) => expect(offences({ path: 'a.tsx', text }, CHINESE)).toEqual([]));

  test('finds both languages in one text', () => {
    const text = "const a = '没有应答 / no answer'; const b = '没有应答'; const c = 'a / b';";
    expect(offences({ path: 'a.ts', text }, JOINED)).toEqual(["a.ts: '没有应答 / no answer'"]);
  });
});
