/**
 * The two checkers that lie beside exported records, each one file: the modules of `checker/` end to end, with their sentences in them. It must
 * never put in anything of the gateway.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** What the checkers say, by the key of the sentence. */
export type SaidTable = Readonly<Record<string, { readonly zh: string; readonly en: string }>>;

const read = (name: string): string => readFileSync(new URL(`checker/${name}`, import.meta.url), 'utf8');

/** A module without what ties it to the others beside it. */
function part(name: string, said: SaidTable): string {
  // Whatever a sentence says, it must not end a script.
  const table = JSON.stringify(said, undefined, 2).replaceAll('<', '\\u003c');
  return read(name)
    .replace(/^import [^;]*? from '\.\/[\w-]+\.mjs';\n/gm, '')
    .replace(/^export /gm, '')
    .replace('const SAID = {};', () => `const SAID = ${table};`);
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
/** A sentence as the page shows it, Chinese above English. */
function spans(words: SaidTable[string] | undefined): string {
  if (!words) throw new Error('the page of the checker asks for a sentence that is not there');
  return `<span lang="zh">${escaped(words.zh)}</span><span lang="en">${escaped(words.en)}</span>`;
}

const hashed = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The checkers by the name of their file. */
export function checkerFiles(said: SaidTable): ReadonlyMap<string, string> {
  const made = (...names: readonly string[]) => names.map((name) => part(name, said)).join('\n');
  // How it is called comes first; imports of Node stand where they are, for a module may have them anywhere.
  const [opening = '', ...rest] = part('check-node.mjs', said).split(/(?<=\*\/\n)/);
  const node = `${opening}${made('check-tree.mjs', 'check-cuts.mjs', 'check-bundle.mjs')}\n${rest.join('')}`;
  const script = `'use strict';\n(() => {\n${made('sha2.mjs', 'ed25519.mjs', 'check-tree.mjs', 'check-cuts.mjs', 'check-bundle.mjs', 'zip-slices.mjs', 'check-page.mjs')}})();\n`;
  const page = read('check-page.html').replace(/\{\{(\w+)\}\}/g, (_, key) => spans(said[key]));
  const style = /<style>([\s\S]*)<\/style>/.exec(page)?.[1] ?? '';
  const policy = `default-src 'none'; script-src ${hashed(script)}; style-src ${hashed(style)}; base-uri 'none'; form-action 'none'`;
  return new Map([
    ['verify.mjs', node],
    [
      'verify.html',
      page.replace("default-src 'none'", () => policy).replace('<script></script>', () => `<script>${script}</script>`),
    ],
  ]);
}
