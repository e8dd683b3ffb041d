/**
 * The style sheets of the pages come as one: what a sheet says of a class by itself is so on every page. Words that two sheets
 * use for different things have bent tables and lists nobody looked at. So each room has sheets of its own, small enough to
 * read, brought by the part that wears them; what all share stands in `page`.
 */
import { basename, dirname } from 'node:path';
import { expect, test } from 'vitest';
import { type Source, sources } from './sources.ts';

const LINES_MAX = 300;
/** A part's own sheet may say how the part looks in these places. */
const PLACES = new Set(['desk', 'phone', 'wall']);

const all = sources(['src/ui'], ['.css']);
const code = sources(['src/ui'], ['.ts', '.tsx']);
const isShared = ({ path }: Source) => dirname(path) === 'src/ui/page';
const sheets = all.filter((sheet) => !isShared(sheet));

/** The classes that stand alone in a selector of the sheet. */
const alone = (text: string) => new Set([...text.matchAll(/^\.([a-z0-9-]+)(?= \{|,)/gm)].map(([, name]) => name!));

const tooLong = ({ path, text }: Source) => {
  const count = text.replace(/\n$/, '').split('\n').length;
  return count > LINES_MAX ? [`${path} has ${count} lines`] : [];
};

/** Classes that one of the sheets styles by itself and another one speaks of as well. */
const clashes = (some: readonly Source[]) =>
  some.flatMap(({ path, text }) =>
    [...alone(text)]
      .filter((word) => !PLACES.has(word))
      .flatMap((word) =>
        some
          .filter((other) => other.path !== path && new RegExp(`\\.${word}(?![a-z0-9-])`).test(other.text))
          .map((other) => `.${word} of ${path} stands in ${other.path} too`),
      ),
  );

/** Who brings the sheet into the bundle. */
const bringers = ({ path }: Source) =>
  code
    .filter((file) =>
      [...file.text.matchAll(/^import '\.\/(.+\.css)';$/gm)].some(
        ([, name]) => `${dirname(file.path)}/${name}` === path,
      ),
    )
    .map((file) => file.path);

test('there are sheets of pages and parts, and shared ones, to look at', () => {
  expect(sheets.length).toBeGreaterThan(20);
  expect(all.filter(isShared).length).toBeGreaterThan(3);
  expect(sheets.filter(({ text }) => alone(text).size > 0).length).toBeGreaterThan(15);
});

test('a class that one sheet styles by itself has no other meaning in another sheet', () => {
  expect(clashes(sheets)).toEqual([]);
});

test('no sheet is longer than one reads in one go', () => expect(all.flatMap(tooLong)).toEqual([]));

test('a sheet of a room is brought by one file of that room', () => {
  const wrong = sheets.filter((sheet) => {
    const [file, ...more] = bringers(sheet);
    return file === undefined || more.length > 0 || dirname(file) !== dirname(sheet.path);
  });
  expect(wrong.map(({ path }) => path)).toEqual([]);
});

test('a shared sheet stands before every page, but for that of a part', () => {
  const wrong = all.filter(isShared).filter((sheet) => {
    const part = `src/ui/page/${basename(sheet.path, '.css')}.tsx`;
    return bringers(sheet).join() !== (code.some(({ path }) => path === part) ? part : 'src/ui/sheets.ts');
  });
  expect(wrong.map(({ path }) => path)).toEqual([]);
});

test('planted offences are named', () => {
  const sheet = (path: string, text: string): Source => ({ path, text });
  expect(clashes([sheet('a.css', '.row {\n}\n'), sheet('b.css', '.desk .row {\n}\n')])).toEqual([
    '.row of a.css stands in b.css too',
  ]);
  expect(clashes([sheet('a.css', '.phone {\n}\n'), sheet('b.css', '.phone .row {\n}\n')])).toEqual([]);
  expect(tooLong(sheet('a.css', '.a {\n}\n'.repeat(151)))).toEqual(['a.css has 302 lines']);
});
