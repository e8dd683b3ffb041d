/**
 * The patrol report as a workbook, written as a stream: real dates and numbers, so that a spreadsheet can sort and sum, a head
 * that stays, and a second sheet with what the figures mean and the head of the journal. It runs in a thread of its own.
 */
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import ExcelJS from 'exceljs';
import type { AuditCell, AuditCellKind, AuditTable } from '../../core/report/audit-book.ts';
import {
  auditDefinitions,
  auditTables,
  checkpointSaid,
  auditHeads as h,
  headSaid,
} from '../../words/screens/audit-words.ts';
import type { AuditPaper } from './audit-paper.ts';

const DAY_MS = 86_400_000;
const FORMATS: Readonly<Record<AuditCellKind, string | undefined>> = {
  text: '@',
  count: '0',
  minutes: '0.0',
  share: '0.0%',
  time: 'yyyy-mm-dd hh:mm:ss',
  day: 'yyyy-mm-dd',
};

/** A cell as the library takes it. It writes the UTC clock of a date, so the school's clock is what it is given. */
function written(kind: AuditCellKind, value: AuditCell, utcOffsetMin: number): string | number | Date | null {
  if (value === undefined) return null;
  if (typeof value === 'string') return value;
  if (kind === 'day') return new Date(value * DAY_MS);
  return kind === 'time' ? new Date(value + utcOffsetMin * 60_000) : value;
}

type Workbook = ExcelJS.stream.xlsx.WorkbookWriter;

/** One sheet with a table: frozen and filtered head. */
function addTable(book: Workbook, table: AuditTable, { site, pages }: AuditPaper): void {
  const sheet = book.addWorksheet(table.title, {
    views: [{ state: 'frozen', ySplit: 1 }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    headerFooter: { oddFooter: `&C${pages('&P', '&N')}` },
  });
  sheet.pageSetup.printTitlesRow = '1:1';
  sheet.columns = table.columns.map(({ title, kind, width }) => ({
    header: title,
    width: width + 3,
    style: FORMATS[kind] === undefined ? {} : { numFmt: FORMATS[kind] },
  }));
  const head = sheet.getRow(1);
  head.font = { bold: true };
  head.commit();
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: table.columns.length } };
  for (const cells of table.rows) {
    sheet.addRow(table.columns.map(({ kind }, i) => written(kind, cells[i], site.utcOffsetMin))).commit();
  }
  sheet.commit();
}

/** Period, figures, definitions and the journal's head, one below the other. */
function addBasis(book: Workbook, { audit, tables, lang, site, title, span, head }: AuditPaper): void {
  const sheet = book.addWorksheet(auditTables.basis[lang]);
  sheet.columns = [{ width: 34 }, { width: 72 }];
  const line = (name: string, kind: AuditCellKind, value: AuditCell) => {
    const row = sheet.addRow([name, written(kind, value, site.utcOffsetMin)]);
    const format = FORMATS[kind];
    row.getCell(2).alignment = { horizontal: 'left', wrapText: true };
    if (format !== undefined) row.getCell(2).numFmt = format;
    row.commit();
  };
  line(title, 'text', site.name[lang]);
  line(h.span[lang], 'text', span);
  line(h.madeAt[lang], 'time', audit.at);
  for (const figure of tables.summary) line(figure.title, figure.kind, figure.value);
  line(h.headSeq[lang], 'count', head.seq);
  line(h.head[lang], 'text', head.hash);
  if (head.note !== undefined) line(h.checkpoint[lang], 'text', head.note);
  line('', 'text', (head.note === undefined ? headSaid : checkpointSaid)[lang]);
  for (const words of auditDefinitions) line('', 'text', words[lang]);
  sheet.commit();
}

/** The bytes of the workbook. */
export async function auditXlsx(paper: AuditPaper): Promise<Uint8Array> {
  const stream = new PassThrough();
  const whole = buffer(stream);
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false });
  addTable(book, paper.tables.rows, paper);
  addBasis(book, paper);
  for (const group of paper.tables.groups) addTable(book, group, paper);
  await book.commit();
  return whole;
}
