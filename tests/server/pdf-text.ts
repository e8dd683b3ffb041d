/**
 * The text of a PDF as it would be copied out of it, page by page: streams are inflated, glyphs turned into characters by the
 * tables the file itself brings. It knows just what our printer writes, and is no part of what it tests.
 */
import { inflateSync } from 'node:zlib';

interface PdfObject {
  readonly head: string;
  readonly stream?: Buffer;
}

function objectsOf(file: Buffer): Map<number, PdfObject> {
  const text = file.toString('latin1');
  const found = new Map<number, PdfObject>();
  for (const match of text.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const [, id = '', body = ''] = match;
    const cut = body.indexOf('\nstream\n');
    if (cut < 0) {
      found.set(Number(id), { head: body });
      continue;
    }
    const from = (match.index ?? 0) + `${id} 0 obj\n`.length + cut + '\nstream\n'.length;
    const head = body.slice(0, cut);
    const length = Number(/\/Length (\d+)/.exec(head)?.[1]);
    const raw = file.subarray(from, from + length);
    found.set(Number(id), { head, stream: head.includes('FlateDecode') ? inflateSync(raw) : raw });
  }
  return found;
}

const refOf = (text: string, name: string) => Number(new RegExp(`/${name} (\\d+) 0 R`).exec(text)?.[1]);

/** What each glyph of a font says, in the order of their numbers. */
function glyphsOf(objects: Map<number, PdfObject>, font: number): string[] {
  const cmap = objects.get(refOf(objects.get(font)?.head ?? '', 'ToUnicode'))?.stream?.toString('latin1') ?? '';
  const glyphs: string[] = [];
  for (const [, first = '', list = ''] of cmap.matchAll(/<(\w+)> <\w+> \[([^\]]*)\]/g)) {
    for (const [i, [, hex = '']] of [...list.matchAll(/<([\w ]*)>/g)].entries())
      glyphs[Number.parseInt(first, 16) + i] = Buffer.from(hex.replaceAll(' ', ''), 'hex').swap16().toString('utf16le');
  }
  return glyphs;
}

/** Each page as one text, what is shown one after the other without blanks between. */
export function pdfPages(file: Buffer): string[] {
  const objects = objectsOf(file);
  const known = new Map<number, string[]>();
  const pages = [...objects.values()].filter(({ head }) => /\/Type \/Page\b/.test(head));
  return pages.map(({ head }) => {
    const resources = objects.get(refOf(head, 'Resources'))?.head ?? head;
    const fonts = new Map<string, string[]>();
    for (const [, name = '', id = ''] of resources.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const glyphs = known.get(Number(id)) ?? glyphsOf(objects, Number(id));
      known.set(Number(id), glyphs);
      fonts.set(name, glyphs);
    }
    const content = objects.get(refOf(head, 'Contents'))?.stream?.toString('latin1') ?? '';
    let font: string[] = [];
    let text = '';
    for (const [, name, run] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
      if (name !== undefined) font = fonts.get(name) ?? [];
      for (const [, hex = ''] of (run ?? '').matchAll(/<(\w+)>/g))
        for (const glyph of hex.match(/.{4}/g) ?? []) text += font[Number.parseInt(glyph, 16)] ?? '';
    }
    return text;
  });
}
