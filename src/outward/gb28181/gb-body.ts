/**
 * What stands in the bodies of GB/T 28181: small XML documents in GB2312, GB18030 or UTF-8. Written with the length in bytes, and read
 * whatever encoding they claim. It must never follow a reference or a document type.
 */
import iconv from 'iconv-lite';

export type BodyEncoding = 'GB2312' | 'GB18030' | 'UTF-8';
/** What GB2312 says is written in its superset: a name of a school with a rare character stays whole where it can. */
const charsets: Readonly<Record<BodyEncoding, string>> = { GB2312: 'gbk', GB18030: 'gb18030', 'UTF-8': 'utf8' };

/** An element: its name, and its text or what is in it; an attribute `Num` where there is one. */
export type GbElement = readonly [name: string, content: string | number | readonly GbElement[], num?: number];

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
/** Characters that XML has no place for are left out. */
const safe = (text: string) =>
  text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '').replace(/[&<>"']/g, (c) => escapes[c]!);

function write([name, content, num]: GbElement): string {
  const inner = typeof content === 'object' ? `\r\n${content.map(write).join('')}` : safe(String(content));
  return `<${name}${num === undefined ? '' : ` Num="${num}"`}>${inner}</${name}>\r\n`;
}

/** The bytes of a document. */
export function writeBody(root: GbElement, encoding: BodyEncoding): Buffer {
  return iconv.encode(`<?xml version="1.0" encoding="${encoding}"?>\r\n${write(root)}`, charsets[encoding]);
}

/** What a platform says: its root, and the text of each element, the first of a name. */
export interface GbAsked {
  readonly root: string;
  readonly fields: ReadonlyMap<string, string>;
}

const fieldsMax = 100;
const unescapes: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Reads a body; undefined where it is no such document. */
export function readBody(bytes: Buffer): GbAsked | undefined {
  const said = /encoding\s*=\s*["']([\w-]+)["']/i.exec(bytes.toString('latin1', 0, 100))?.[1]?.toLowerCase();
  const charset = said === 'utf-8' || said === 'utf8' ? 'utf8' : 'gb18030';
  const text = iconv.decode(bytes, charset).replace(/^\uFEFF?\s*(<\?xml[^>]*\?>)?/, '');
  if (/<!/.test(text)) return undefined;
  const root = /^\s*<([A-Za-z]{1,40})\s*>/.exec(text)?.[1];
  if (root === undefined || !new RegExp(`</${root}\\s*>\\s*$`).test(text)) return undefined;
  const fields = new Map<string, string>();
  for (const [, name, value] of text.matchAll(/<([A-Za-z]{1,40})\s*>([^<]{0,1000})<\/\1\s*>/g)) {
    if (fields.size >= fieldsMax) break;
    if (!fields.has(name!))
      fields.set(
        name!,
        value!.trim().replace(/&(amp|lt|gt|quot|apos);/g, (_, c) => unescapes[c]!),
      );
  }
  return { root, fields };
}
