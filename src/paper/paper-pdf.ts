/**
 * A report on paper, A4 landscape: the tables with their heads on each page, boxes to sign in, what the figures mean, and the link of the record.
 * Printing takes seconds of a processor: it is for a thread of its own.
 */
import pdfmake from 'pdfmake';
import { type AuditColumn, cellText } from '../core/report/audit-book.ts';
import { lacksGlyphs } from '../words/screens/audit-words.ts';
import { paperWords } from '../words/screens/paper-words.ts';
import type { PrintFonts } from './print-fonts.ts';
import type { PaperTable, TablePaper } from './table-paper.ts';

/** Points. A4 landscape is 842 wide. */
const MARGIN = 28;
const INNER = 842 - 2 * MARGIN;
const PAD = 2.5;

/** Thin lines, and a grey head; pdfmake's table layout. */
export const paperLayout = {
  hLineWidth: () => 0.4,
  vLineWidth: () => 0.4,
  hLineColor: () => '#777777',
  vLineColor: () => '#bbbbbb',
  fillColor: (row: number, node: { table: { headerRows?: number } }) =>
    row < (node.table.headerRows ?? 0) ? '#e4e7e9' : null,
  paddingLeft: () => PAD,
  paddingRight: () => PAD,
  paddingTop: () => 1.5,
  paddingBottom: () => 1.5,
};

function widths(columns: readonly AuditColumn[]): number[] {
  const all = columns.reduce((sum, { width }) => sum + width, 0);
  const room = INNER - columns.length * (2 * PAD + 0.4) - 0.4;
  return columns.map(({ width }) => (width / all) * room);
}

function tableOf({ title, columns, rows }: PaperTable, utcOffsetMin: number, fonts: PrintFonts): object[] {
  const head = columns.map((column) => ({ text: fonts.fit(column.title), alignment: 'center' }));
  const body = rows.map((cells) =>
    columns.map(({ kind }, i) => ({
      text: fonts.fit(cellText(kind, cells[i], utcOffsetMin)),
      alignment: kind === 'text' ? 'left' : 'right',
    })),
  );
  return [
    { text: fonts.fit(title), fontSize: 11, margin: [0, 12, 0, 4], headlineLevel: 1 },
    {
      table: { headerRows: 1, dontBreakRows: true, widths: widths(columns), body: [head, ...body] },
      layout: paperLayout,
      fontSize: 7.5,
    },
  ];
}

function signatures(signed: readonly string[], fonts: PrintFonts): object {
  const boxes = signed.map((who) => ({ text: fonts.fit(who), fontSize: 9, margin: [0, 0, 0, 40] }));
  return {
    unbreakable: true,
    margin: [0, 12, 0, 0],
    table: { widths: boxes.map(() => '*'), body: [boxes] },
    layout: paperLayout,
  };
}

/** The bytes of the document. */
export async function paperPdf(paper: TablePaper, fonts: PrintFonts): Promise<Uint8Array> {
  const { lang, utcOffsetMin, signed = [] } = paper;
  const foot = fonts.fit(`${paper.of}  ${paper.title}  ${paper.head}`);
  const content = [
    { text: fonts.fit(`${paper.of}  ${paper.title}`), fontSize: 16 },
    { text: fonts.fit(paper.span), fontSize: 9, margin: [0, 2, 0, 4] },
    ...paper.tables.flatMap((table) => tableOf(table, utcOffsetMin, fonts)),
    ...(signed.length > 0 ? [signatures(signed, fonts)] : []),
    { text: fonts.fit(paperWords.basis[lang]), fontSize: 11, margin: [0, 10, 0, 3] },
    { ol: paper.definitions.map((text) => fonts.fit(text)).map((text) => ({ text })), fontSize: 7.5 },
  ];
  // What no font has is said, in the characters that can be printed; the texts above have been looked at by now.
  const lacking = fonts.lacking();
  if (lacking.length > 0) content.push({ text: fonts.fit(`${lacksGlyphs[lang]}${lacking.join(' ')}`), fontSize: 8 });
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(() => true);
  pdfmake.setFonts(fonts.table());
  const made = pdfmake.createPdf({
    info: { title: paper.title },
    pageSize: 'A4',
    pageOrientation: 'landscape',
    pageMargins: [MARGIN, 28, MARGIN, 34],
    defaultStyle: { font: 'f0', fontSize: 8 },
    footer: (page: number, of: number) => ({
      margin: [MARGIN, 8, MARGIN, 0],
      fontSize: 8,
      columns: [{ text: foot }, { text: fonts.fit(`${page} / ${of}`), alignment: 'right' }],
    }),
    content,
  });
  return made.getBuffer();
}
