/**
 * The patrol report as a workbook, written as a stream: real dates and numbers, so that a spreadsheet can sort and sum, a head
 * that stays, and a second sheet with what the figures mean and the head of the journal. It runs in a thread of its own.
 */
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import ExcelJS from 'exceljs';
import type { AuditCell, AuditCellKind } from '../../core/report/audit-book.ts';
import { addSheet, cellFormats, type PaperWorkbook, writtenCell } from '../../paper/paper-xlsx.ts';
import {
  auditDefinitions,
  auditTables,
  checkpointSaid,
  auditHeads as h,
  headSaid,
} from '../../words/screens/audit-words.ts';
import type { AuditPaper } from './audit-paper.ts';

/** Period, figures, definitions and the journal's head, one below the other. */
function addBasis(book: PaperWorkbook, { audit, tables, lang, site, title, span, head }: AuditPaper): void {
  const sheet = book.addWorksheet(auditTables.basis[lang]);
  sheet.columns = [{ width: 34 }, { width: 72 }];
  const line = (name: string, kind: AuditCellKind, value: AuditCell) => {
    const row = sheet.addRow([name, writtenCell(kind, value, site.utcOffsetMin)]);
    row.getCell(2).alignment = { horizontal: 'left', wrapText: true };
    row.getCell(2).numFmt = cellFormats[kind];
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
  const { tables, site, pages } = paper;
  const foot = pages('&P', '&N');
  addSheet(book, tables.rows, site.utcOffsetMin, foot);
  addBasis(book, paper);
  for (const group of tables.groups) addSheet(book, group, site.utcOffsetMin, foot);
  await book.commit();
  return whole;
}
