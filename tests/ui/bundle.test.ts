/**
 * Holds what is shipped to the browser: small, from this origin alone, and nothing Chromium 86 cannot run. It reads the
 * built files and builds them first.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildScreens } from './stage.ts';

let dist: string;
const files = { js: '', css: '', html: '' };

/** Each script with its compressed size: those of single pages are named after them, the others several pages share. */
let scripts: { readonly name: string; readonly size: number }[] = [];
/** What no page brings, but an act on it: the reader of QR codes. */
const onDemand = ({ name }: { readonly name: string }) => name.startsWith('decode-');
beforeAll(async () => {
  dist = await buildScreens();
  const assets = readdirSync(join(dist, 'assets'));
  const text = (ending: string) =>
    assets.filter((name) => name.endsWith(ending)).map((name) => readFileSync(join(dist, 'assets', name), 'utf8'));
  scripts = assets
    .filter((name) => name.endsWith('.js'))
    .map((name) => ({ name, size: gzipSync(readFileSync(join(dist, 'assets', name))).length }));
  files.js = text('.js').join('\n');
  files.css = text('.css').join('\n');
  files.html = readFileSync(join(dist, 'index.html'), 'utf8');
});

afterAll(() => rm(dist, { recursive: true }));

/** A page's script, the one that begins, and all that these bring at once. */
function broughtBy(page: string): ReadonlySet<string> {
  const first = readdirSync(join(dist, 'assets')).filter((name) => /^index-.*js$/.test(name));
  const brought = new Set([...first, page]);
  for (const name of brought) {
    const text = readFileSync(join(dist, 'assets', name), 'utf8');
    for (const [, other] of text.matchAll(/(?:from|import) ?["']\.\/([\w.-]+\.js)["']/g)) brought.add(other!);
  }
  return brought;
}

/** Library calls that came after Chromium 86, and where they would be written. `at` and `hasOwn` are added by `oldest.ts`. */
const TOO_NEW_JS =
  /\.(findLast|findLastIndex|toSorted|toReversed|toSpliced|replaceChildren|isWellFormed)\(|\bstructuredClone\b|Object\.groupBy|Map\.groupBy|randomUUID|withResolvers|crypto\.subtle|AbortSignal\.(timeout|any)|\bstatic\s*\{|#\w+ in /;
const TOO_NEW_CSS = /(^|[{;])inset:|aspect-ratio|:is\(|:has\(|:where\(|\ddvh|@container|@layer|color-mix|oklch|&/;

describe('what the browser gets', () => {
  test('is small: script of any page below 120 KB compressed, all styles below 20', () => {
    const sizeOf = new Map(scripts.map(({ name, size }) => [name, size]));
    const pages = scripts.filter(({ name }) => /-page-/.test(name));
    const sizes = pages.map(({ name }) => [...broughtBy(name)].reduce((sum, one) => sum + (sizeOf.get(one) ?? 0), 0));
    expect(sizes.length).toBeGreaterThan(10);
    expect(Math.min(...sizes)).toBeGreaterThan(50_000);
    expect(Math.max(...sizes)).toBeLessThan(120_000);
    expect(gzipSync(files.css).length).toBeLessThan(20_000);
  });
  test('comes to a guard’s phone with less than 105 KB compressed, script and styles together, and without the wall', () => {
    const all = readdirSync(join(dist, 'assets'));
    const read = (name: string) => readFileSync(join(dist, 'assets', name));
    const [page, ...more] = all.filter((name) => /^phone-page-.*js$/.test(name));
    expect(more).toEqual([]);
    const brought = broughtBy(page!);
    expect([...brought].filter((name) => /^(wall|console|setup|canteen|kitchen|sensors|camera)-/.test(name))).toEqual(
      [],
    );
    // A part's sheet is called after the part.
    const stem = (name: string) => name.replace(/-.{8}\.(js|css)$/, '');
    const stems = new Set([...brought].map(stem));
    const sheets = all.filter((name) => name.endsWith('.css') && stems.has(stem(name)));
    const sizes = [...brought, ...sheets].map((name) => gzipSync(read(name)).length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(105_000);
  });
  test('brings what reads a QR code only to whoever takes a photograph of one, and below 20 KB compressed', () => {
    const reading = scripts.filter(onDemand);
    expect(reading).toHaveLength(1);
    expect(reading[0]!.size).toBeLessThan(20_000);
  });
  test('calls nothing that Chromium 86 does not have', () => {
    expect(TOO_NEW_JS.exec(files.js)?.[0]).toBeUndefined();
    expect(TOO_NEW_CSS.exec(files.css)?.[0]).toBeUndefined();
  });
  test('speaks to no other origin and brings no font', () => {
    const elsewhere = /https?:\/\/(?!www\.w3\.org\/)[\w.]+/;
    expect(elsewhere.exec(files.js + files.css + files.html)?.[0]).toBeUndefined();
    expect(files.css).not.toContain('@font-face');
  });
  test('has no script or style inside the page itself', () => {
    expect(files.html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/);
  });
  test('says what to do in a browser that cannot run it', () => expect(files.html).toContain('请升级浏览器'));
});

describe('the look for what is too new', () => {
  test.each(['a.toSorted(b)', 'structuredClone(a)', 'Object.groupBy(a,b)', 'crypto.randomUUID()'])(
    'finds %s',
    (planted) => expect(TOO_NEW_JS.test(planted)).toBe(true),
  );
  test.each(['.a{inset:0}', '.a{aspect-ratio:1}', '.a:has(b){}'])('finds %s', (planted) =>
    expect(TOO_NEW_CSS.test(planted)).toBe(true),
  );
});
