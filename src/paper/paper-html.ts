/**
 * A report as one printable page that holds no script and loads nothing but pictures of its own server. Every text is escaped. It must never
 * need another file to look as it does.
 */
import { createHash } from 'node:crypto';
import { type AuditCell, type AuditCellKind, cellText } from '../core/report/audit-book.ts';
import type { PaperTable, TablePaper } from './table-paper.ts';

const escaped = (text: string): string => text.replace(/[&<>"']/g, (one) => `&#${one.codePointAt(0)};`);

/** A name of a photograph becomes the photograph, as far as whoever reads the page may see it. */
const photo = /^[A-Za-z0-9][\w-]{0,120}\.jpe?g$/;

/** `pictures`: the address below which photographs are; without it a name stays a name. */
export function paperHtml(paper: TablePaper, pictures?: string): string {
  const { lang, utcOffsetMin } = paper;
  const cellHtml = (kind: AuditCellKind, value: AuditCell): string => {
    const text = escaped(cellText(kind, value, utcOffsetMin));
    return pictures !== undefined && photo.test(text)
      ? `<img src="${pictures}${text}" alt="${text}" loading="lazy">`
      : text;
  };
  const tableHtml = ({ title, columns, rows }: PaperTable): string => {
    const head = columns.map((column) => `<th>${escaped(column.title)}</th>`).join('');
    const lines = rows.map(
      (cells) => `<tr>${columns.map(({ kind }, i) => `<td>${cellHtml(kind, cells[i])}</td>`).join('')}</tr>`,
    );
    const empty = `<tr><td colspan="${columns.length}">—</td></tr>`;
    return `<h2>${escaped(title)}</h2><table><thead><tr>${head}</tr></thead><tbody>${lines.join('') || empty}</tbody></table>`;
  };
  const boxes = (paper.signed ?? []).map((who) => `<div>${escaped(who)}</div>`).join('');
  const foot = [...paper.definitions, paper.head].map((text) => `<p>${escaped(text)}</p>`).join('');
  return `<!doctype html><html lang="${lang === 'zh' ? 'zh-CN' : 'en'}"><meta charset="utf-8"><title>${escaped(paper.title)}</title>
<style>${STYLE}</style><h1>${escaped(paper.of)} · ${escaped(paper.title)}</h1><p>${escaped(paper.span)}</p>
${paper.tables.map(tableHtml).join('\n')}\n${boxes === '' ? '' : `<section>${boxes}</section>`}${foot}</html>`;
}

/** What the page looks like, on screen and on paper; the page's own, for it stands by itself. */
const STYLE = `body{font:14px/1.45 "Microsoft YaHei","Noto Sans CJK SC",sans-serif;margin:24px;color:#15191d}
h1{font-size:22px}h2{font-size:16px;margin:18px 0 6px}table{border-collapse:collapse;width:100%}
th,td{border:1px solid #777;padding:3px 6px;text-align:left;vertical-align:top}th{background:#e4e7e9}
img{max-width:160px;max-height:120px;object-fit:contain}tr{break-inside:avoid}
section{display:flex;margin:18px 0}section div{flex:1;border:1px solid #777;padding:6px 6px 60px}
@media print{@page{size:A4 landscape}body{margin:0;font-size:9pt}}`;

/** The content security policy that such a page is sent with: its one style by its hash, and nothing that runs. */
export function paperPolicy(): string {
  const hash = createHash('sha256').update(STYLE).digest('base64');
  return `default-src 'none'; img-src 'self'; style-src 'sha256-${hash}'; frame-ancestors 'none'; base-uri 'none'`;
}
