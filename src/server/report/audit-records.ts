/**
 * The pages of a report that list every record, set by hand: the library that lays out the other pages takes a millisecond for each
 * row of a table, and there are thousands. Rows are put on pages first, so that it is known how many there are; then they are drawn.
 * What does not fit its column goes on in a second line: nothing may be cut off.
 */
import type { EmbeddedFont, OpenPdf } from 'pdfmake/js/PDFDocument.js';
import { type AuditTable, cellText } from '../../core/report/audit-book.ts';
import type { FittedText, PrintFonts } from '../../paper/print-fonts.ts';

/** Points. */
const size = 7;
const lineHigh = 9;
const pad = 2.5;
const rule = 0.4;
const titleHigh = 20;
const footRoom = 34;

/** Letters that stand for themselves: their forms do not depend on what stands beside them. */
const plain = /^[\u0020-\u00ff\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]*$/;

/** What stands around the records on their pages. */
export interface RecordsFrame {
  readonly page: { readonly width: number; readonly height: number; readonly margin: number };
  readonly utcOffsetMin: number;
  /** Below each page. */
  readonly foot: FittedText;
  pages(page: number, of: number): FittedText;
  /** Said under the last row. */
  readonly last: string | undefined;
}

interface SetLine {
  readonly text: FittedText;
  readonly wide: number;
}
interface SetRow {
  readonly cells: readonly (readonly SetLine[])[];
  readonly high: number;
}

/** Sets plain letters one by one, each looked up once: to shape a run takes the library longer than everything else. */
function quicken(font: EmbeddedFont): void {
  const whole = font.layoutCached.bind(font);
  const known = new Map<string, ReturnType<typeof whole>>();
  const letter = (one: string) => {
    const run = known.get(one) ?? whole(one);
    known.set(one, run);
    return run;
  };
  font.layoutCached = (text) => {
    if (!plain.test(text)) return whole(text);
    const runs = [...text].map(letter);
    return {
      glyphs: runs.flatMap(({ glyphs }) => glyphs),
      positions: runs.flatMap(({ positions }) => positions),
      advanceWidth: runs.reduce((sum, { advanceWidth }) => sum + advanceWidth, 0),
    };
  };
}

const runsOf = (text: FittedText) => (typeof text === 'string' ? [{ text, font: 'f0' }] : text);

export class RecordPages {
  readonly #table: AuditTable;
  readonly #fonts: PrintFonts;
  readonly #frame: RecordsFrame;
  readonly #widths: readonly number[];
  readonly #head: SetRow;
  readonly #pages: SetRow[][] = [];
  readonly #last: readonly SetLine[];

  constructor(table: AuditTable, fonts: PrintFonts, frame: (lacking: readonly string[]) => RecordsFrame) {
    this.#table = table;
    this.#fonts = fonts;
    const bare = frame([]);
    const { page, utcOffsetMin } = bare;
    const room = page.width - 2 * page.margin;
    const all = table.columns.reduce((sum, { width }) => sum + width, 0);
    this.#widths = table.columns.map(({ width }) => (width / all) * room);
    const set = (texts: readonly string[]): SetRow => {
      const cells = texts.map((text, i) => this.#lines(text, this.#widths[i]! - 2 * pad));
      return { cells, high: Math.max(1, ...cells.map((lines) => lines.length)) * lineHigh + 3 };
    };
    this.#head = set(table.columns.map(({ title }) => title));
    const rows = table.rows.map((cells) =>
      set(table.columns.map(({ kind }, i) => cellText(kind, cells[i], utcOffsetMin))),
    );
    // Only now is it known of every character whether a font has it.
    this.#frame = frame(fonts.lacking());
    const { last } = this.#frame;
    this.#last = last === undefined ? [] : this.#lines(last, room);
    this.#paginate(rows);
  }

  get count(): number {
    return this.#pages.length;
  }

  #paginate(rows: readonly SetRow[]): void {
    const { page } = this.#frame;
    let left = 0;
    for (const row of rows) {
      if (left < row.high) {
        this.#pages.push([]);
        left = page.height - page.margin - footRoom - this.#head.high - (this.#pages.length === 1 ? titleHigh : 0);
      }
      this.#pages.at(-1)?.push(row);
      left -= row.high;
    }
    if (this.#last.length > 0 && left < (this.#last.length + 1) * lineHigh) this.#pages.push([]);
  }

  #wide(text: FittedText): number {
    return runsOf(text).reduce((sum, run) => sum + this.#fonts.wide(run.text, run.font, size), 0);
  }

  /** A text in lines that are not wider than `room`. */
  #lines(text: string, room: number): SetLine[] {
    const fitted = this.#fonts.fit(text);
    const wide = this.#wide(fitted);
    if (wide <= room) return text === '' ? [] : [{ text: fitted, wide }];
    const lines: SetLine[] = [];
    let line = '';
    for (const one of [...text, undefined]) {
      if (one !== undefined && (line === '' || this.#wide(this.#fonts.fit(line + one)) <= room)) {
        line += one;
        continue;
      }
      // At a blank where there is one.
      const blank = one === undefined ? -1 : line.lastIndexOf(' ');
      const done = this.#fonts.fit(blank > 0 ? line.slice(0, blank) : line);
      lines.push({ text: done, wide: this.#wide(done) });
      line = `${blank > 0 ? line.slice(blank + 1) : ''}${one ?? ''}`;
    }
    return lines;
  }

  /** Draws them behind what is there. `before`: how many pages there are. */
  draw(pdf: OpenPdf, before: number, progress: (share: number) => void): void {
    const { page, foot, pages } = this.#frame;
    const fonts = new Map<string, EmbeddedFont>();
    const write = (text: FittedText, x: number, y: number, high = size): void => {
      let at = x;
      for (const run of runsOf(text)) {
        let font = fonts.get(run.font);
        if (!font) {
          font = pdf.provideFont(run.font, false, false);
          quicken(font);
          fonts.set(run.font, font);
        }
        pdf._font = font;
        pdf.fontSize(high).text(run.text, at, y, { lineBreak: false });
        at += font.widthOfString(run.text, high);
      }
    };
    for (const [i, rows] of this.#pages.entries()) {
      pdf.addPage({ size: [page.width, page.height], margin: 0 });
      let y: number = page.margin;
      if (i === 0) {
        write(this.#fonts.fit(this.#table.title), page.margin, y, 11);
        y += titleHigh;
      }
      pdf
        .rect(page.margin, y, page.width - 2 * page.margin, this.#head.high)
        .fill('#e4e7e9')
        .fillColor('black');
      for (const row of [this.#head, ...rows]) {
        this.#row(row, y, write, row === this.#head);
        y += row.high;
        pdf.moveTo(page.margin, y).lineTo(page.width - page.margin, y);
      }
      pdf.lineWidth(rule).stroke('#777777');
      if (i === this.#pages.length - 1)
        for (const [n, { text }] of this.#last.entries()) write(text, page.margin, y + lineHigh * (n + 0.5));
      const number = pages(before + i + 1, before + this.#pages.length);
      write(foot, page.margin, page.height - footRoom + 8, 8);
      write(number, page.width - page.margin - (this.#wide(number) * 8) / size, page.height - footRoom + 8, 8);
      progress((i + 1) / this.#pages.length);
    }
  }

  #row({ cells }: SetRow, top: number, write: (text: FittedText, x: number, y: number) => void, head: boolean): void {
    let x: number = this.#frame.page.margin;
    for (const [i, lines] of cells.entries()) {
      const wide = this.#widths[i]!;
      for (const [n, line] of lines.entries()) {
        const free = wide - 2 * pad - line.wide;
        const shift = head ? free / 2 : this.#table.columns[i]?.kind === 'text' ? 0 : free;
        write(line.text, x + pad + shift, top + 1.5 + n * lineHigh);
      }
      x += wide;
    }
  }
}
