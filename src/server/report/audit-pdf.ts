/**
 * The patrol report on paper, A4 landscape: the figures, boxes to sign in and the journal's head first, then the groups, then
 * every record, with the head of a table on each page. It takes seconds and runs in a thread of its own.
 */
import pdfmake from 'pdfmake';
import { type AuditColumn, type AuditTable, cellText } from '../../core/report/audit-book.ts';
import { localSecond } from '../../core/site/calendar.ts';
import { paperLayout } from '../../paper/paper-pdf.ts';
import type { FittedText, PrintFonts } from '../../paper/print-fonts.ts';
import {
  auditCutEmpty,
  auditDefinitions,
  auditEmpty,
  auditTables,
  checkpointSaid,
  auditHeads as h,
  headSaid,
  lacksGlyphs,
  signatures,
  signedAt,
} from '../../words/screens/audit-words.ts';
import type { AuditPaper } from './audit-paper.ts';
import { RecordPages } from './audit-records.ts';

/** Points. A4 landscape is 842 wide. */
const MARGIN = 28;
const INNER = 842 - 2 * MARGIN;
const PAD = 2.5;
/** What the pages before the records are of the work, as progress tells it. */
const firstShare = 0.3;
/** Figures of the summary stand beside each other in so many columns. */
const FIGURE_COLUMNS = 4;

/** Thousands of rows: lines between columns would be as many strokes as there are cells. */
const ruled = { ...paperLayout, vLineWidth: () => 0 };

/**
 * Whether a text stands in a column of so many digits on one line. To look for places where it could be broken takes the library
 * longer than everything else, and nearly no cell has to be.
 */
function surelyFits(text: string, width: number): boolean {
  let wide = 0;
  for (const one of text) wide += one > '\u02ff' ? 2 : /[0-9 :.-]/.test(one) ? 1 : 1.4;
  return wide <= width;
}

class AuditPrinter {
  readonly #paper: AuditPaper;
  readonly #fonts: PrintFonts;

  constructor(paper: AuditPaper, fonts: PrintFonts) {
    this.#paper = paper;
    this.#fonts = fonts;
  }

  #text(text: string, more: object = {}): object {
    return { text: this.#fonts.fit(text), ...more };
  }

  #widths(columns: readonly AuditColumn[]): number[] {
    const all = columns.reduce((sum, { width }) => sum + width, 0);
    const room = INNER - columns.length * (2 * PAD + 0.4) - 0.4;
    return columns.map(({ width }) => (width / all) * room);
  }

  #table({ columns, rows }: AuditTable): object {
    const { utcOffsetMin } = this.#paper.site;
    const head = columns.map(({ title }) => this.#text(title, { alignment: 'center' }));
    const side = (kind: AuditColumn['kind']) => (kind === 'text' ? 'left' : 'right');
    const body = rows.map((cells) =>
      columns.map(({ kind, width }, i) => {
        const text = cellText(kind, cells[i], utcOffsetMin);
        return this.#text(text, { alignment: side(kind), noWrap: surelyFits(text, width) });
      }),
    );
    return {
      table: { headerRows: 1, dontBreakRows: true, widths: this.#widths(columns), body: [head, ...body] },
      layout: ruled,
      fontSize: 7,
    };
  }

  #section(table: AuditTable, more: object = {}): object[] {
    if (table.rows.length === 0) return [];
    return [
      this.#text(table.title, { fontSize: 11, margin: [0, 12, 0, 4], headlineLevel: 1, ...more }),
      this.#table(table),
    ];
  }

  #summary(): object {
    const { tables, site } = this.#paper;
    const cells = tables.summary
      .filter(({ kind }) => kind !== 'text')
      .map(({ title, kind, value }) => [
        this.#text(title, { fontSize: 7.5, color: '#333333' }),
        this.#text(cellText(kind, value, site.utcOffsetMin) || '—', { fontSize: kind === 'time' ? 9 : 13 }),
      ]);
    const rows: object[] = [];
    for (let i = 0; i < cells.length; i += FIGURE_COLUMNS) {
      const row: object[] = cells.slice(i, i + FIGURE_COLUMNS).map((stack) => ({ stack }));
      rows.push([...row, ...Array.from({ length: FIGURE_COLUMNS - row.length }, () => '')]);
    }
    return { table: { widths: Array.from({ length: FIGURE_COLUMNS }, () => '*'), body: rows }, layout: paperLayout };
  }

  #proof(): object {
    const { head, lang } = this.#paper;
    return {
      unbreakable: true,
      margin: [0, 10, 0, 0],
      columns: [
        head.note === undefined
          ? { qr: `${head.seq} ${head.hash}`, fit: 84, width: 92 }
          : { qr: head.note, fit: 124, width: 132 },
        {
          width: '*',
          stack: [
            this.#text((head.note === undefined ? headSaid : checkpointSaid)[lang], { fontSize: 8 }),
            this.#text(`${h.headSeq[lang]}: ${head.seq}`, { fontSize: 9, margin: [0, 5, 0, 0] }),
            this.#text(`${h.head[lang]}: ${head.hash}`, { fontSize: 9 }),
          ],
        },
      ],
    };
  }

  #signatures(): object {
    const { lang } = this.#paper;
    const boxes = signatures.map((who) => ({
      stack: [
        this.#text(who[lang], { fontSize: 9 }),
        this.#text(signedAt[lang], {
          fontSize: 8,
          color: '#555555',
          margin: [0, 30, 0, 0],
          preserveLeadingSpaces: true,
        }),
      ],
    }));
    return {
      unbreakable: true,
      margin: [0, 10, 0, 0],
      table: { widths: boxes.map(() => '*'), body: [boxes] },
      layout: paperLayout,
    };
  }

  #first(): object[] {
    const { audit, site, lang, title, span, tables } = this.#paper;
    const made = `${h.span[lang]}: ${span}    ${h.madeAt[lang]}: ${localSecond(audit.at, site.utcOffsetMin)}`;
    // A sentence has no room among the figures.
    const said = tables.summary.filter(({ kind }) => kind === 'text');
    const none = audit.gap ? auditEmpty : auditCutEmpty;
    const empty = audit.rows.length === 0 ? [this.#text(none[lang], { fontSize: 11, margin: [0, 6, 0, 0] })] : [];
    return [
      this.#text(`${site.name[lang]}  ${title}`, { fontSize: 16 }),
      this.#text(made, { fontSize: 9, margin: [0, 2, 0, 8] }),
      ...said.map(({ title: of, value }) => this.#text(`${of}: ${value}`, { fontSize: 9, margin: [0, 0, 0, 8] })),
      this.#summary(),
      ...empty,
      this.#signatures(),
      this.#proof(),
      this.#text(auditTables.basis[lang], { fontSize: 11, margin: [0, 10, 0, 3] }),
      { ol: auditDefinitions.map((words) => this.#text(words[lang])), fontSize: 7.5 },
    ];
  }

  #foot(): FittedText {
    const { site, title, head, lang } = this.#paper;
    return this.#fonts.fit(`${site.name[lang]}  ${title}  ${head.seq} / ${head.hash.slice(0, 16)}`);
  }

  /** The pages of the records, which stand last: so that they know of everything before them. */
  records(): RecordPages {
    const { tables, pages, site, lang } = this.#paper;
    return new RecordPages(tables.rows, this.#fonts, (lacking) => ({
      page: { width: 842, height: 595, margin: MARGIN },
      utcOffsetMin: site.utcOffsetMin,
      foot: this.#foot(),
      pages: (page, of) => this.#fonts.fit(pages(page, of)),
      last: lacking.length === 0 ? undefined : `${lacksGlyphs[lang]}${lacking.join(' ')}`,
    }));
  }

  /** All pages but those of the records. `more`: how many those are, asked when all is laid out; `seen`: hears how many there are before them. */
  document(more: () => number, seen: (pages: number) => void): object {
    const { tables, title, pages } = this.#paper;
    const content = [
      ...this.#first(),
      ...tables.groups.flatMap((table, i) => this.#section(table, i === 0 ? { pageBreak: 'before' } : {})),
    ];
    const foot = this.#foot();
    return {
      info: { title },
      pageSize: 'A4',
      pageOrientation: 'landscape',
      pageMargins: [MARGIN, 28, MARGIN, 34],
      defaultStyle: { font: 'f0', fontSize: 8 },
      footer: (page: number, of: number) => {
        seen(of);
        return {
          margin: [MARGIN, 8, MARGIN, 0],
          fontSize: 8,
          columns: [{ text: foot }, { text: this.#fonts.fit(pages(page, of + more())), alignment: 'right' }],
        };
      },
      content,
    };
  }
}

/** The bytes of the document; `progress` hears the share of it that is laid out. */
export async function auditPdf(
  paper: AuditPaper,
  fonts: PrintFonts,
  progress: (share: number) => void,
): Promise<Uint8Array> {
  const printer = new AuditPrinter(paper, fonts);
  let before = 0;
  const document = printer.document(
    () => records.count,
    (pages) => {
      before = pages;
    },
  );
  const records = printer.records();
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(() => true);
  pdfmake.setFonts(fonts.table());
  pdfmake.setProgressCallback((share) => progress(share * firstShare));
  const made = pdfmake.createPdf(document);
  records.draw(await made.getStream(), before, (share) => progress(firstShare + share * (1 - firstShare)));
  return made.getBuffer();
}
