/**
 * A report as a workbook, written as a stream: a sheet for each table with a head that stays, real dates and numbers, and a last sheet with what the
 * figures mean. It must never hold more than a row of what it writes.
 */
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type ExcelJS from 'exceljs';
import type { AuditCell, AuditCellKind } from '../core/report/audit-book.ts';
import { paperWords } from '../words/screens/paper-words.ts';
import type { PaperTable, TablePaper } from './table-paper.ts';

const DAY_MS = 86_400_000;
/** How a spreadsheet shows the cells of each kind. */
export const cellFormats: Readonly<Record<AuditCellKind, string>> = {
  text: '@',
  count: '0',
  minutes: '0.0',
  share: '0.0%',
  time: 'yyyy-mm-dd hh:mm:ss',
  day: 'yyyy-mm-dd',
};
/** What the format allows in a sheet's name: 31 characters, none of these. */
const sheetName = (title: string): string => title.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31);

/** A cell as the library takes it. It writes the UTC clock of a date, so the school's clock is what it is given. */
export function writtenCell(
  kind: AuditCellKind,
  value: AuditCell,
  utcOffsetMin: number,
): string | number | Date | null {
  if (value === undefined) return null;
  if (typeof value === 'string') return value;
  if (kind === 'day') return new Date(value * DAY_MS);
  return kind === 'time' ? new Date(value + utcOffsetMin * 60_000) : value;
}

/** A workbook that is being written. */
export type PaperWorkbook = ExcelJS.stream.xlsx.WorkbookWriter;

/** One sheet with a table: frozen and filtered head, which printed pages repeat; `foot` stands on each of those. */
export function addSheet(book: PaperWorkbook, table: PaperTable, utcOffsetMin: number, foot?: string): void {
  const sheet = book.addWorksheet(sheetName(table.title), {
    views: [{ state: 'frozen', ySplit: 1 }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    ...(foot !== undefined && { headerFooter: { oddFooter: `&C${foot}` } }),
  });
  sheet.pageSetup.printTitlesRow = '1:1';
  sheet.columns = table.columns.map(({ title, kind, width }) => ({
    header: title,
    width: width + 3,
    style: { numFmt: cellFormats[kind] },
  }));
  const head = sheet.getRow(1);
  head.font = { bold: true };
  head.commit();
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: table.columns.length } };
  for (const cells of table.rows)
    sheet.addRow(table.columns.map(({ kind }, i) => writtenCell(kind, cells[i], utcOffsetMin))).commit();
  sheet.commit();
}

/** The bytes. */
export async function paperXlsx(paper: TablePaper): Promise<Uint8Array> {
  const { default: library } = await import('exceljs');
  const stream = new PassThrough();
  const whole = buffer(stream);
  const book = new library.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false });
  for (const table of paper.tables) addSheet(book, table, paper.utcOffsetMin);
  const basis = book.addWorksheet(paperWords.basis[paper.lang]);
  basis.columns = [{ width: 100, style: { numFmt: '@' } }];
  for (const text of [paper.of, paper.title, paper.span, ...paper.definitions, paper.head])
    basis.addRow([text]).commit();
  basis.commit();
  await book.commit();
  return whole;
}
