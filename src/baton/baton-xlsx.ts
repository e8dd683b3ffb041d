/**
 * Reads an export written as a spreadsheet: numbers and texts as they stand, row by row, and no further than a school's
 * month reaches. It must only run where running out of memory or time ends a thread and not the gateway.
 */
import { PassThrough } from 'node:stream';
import exceljs from 'exceljs';
import { fileDamaged, fileTooManyRows } from '../words/baton/baton-words.ts';
import { WordedError } from '../words/worded-error.ts';
import type { BatonCell, Sheet, SheetRow } from './baton-types.ts';
import { restored, rowsSaid, sheetsOf, spreadsheetParts } from './baton-zip.ts';

/** No export of the trade has more columns. Ours. */
const columnsMax = 40;

/** Text of a cell: of one in several styles all of it, of a formula what it came to. */
function cellOf(value: unknown): BatonCell {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'number' || typeof value === 'string') return value;
  if (typeof value !== 'object') return String(value);
  if ('richText' in value) return (value.richText as { text?: string }[]).map(({ text }) => text ?? '').join('');
  if ('result' in value) return cellOf(value.result);
  // A formula that was never reckoned out, or one that failed: it says so, and is a fault where something must stand.
  return 'error' in value ? String(value.error) : '#';
}

/** The rows of one sheet; `left` more may come. */
async function rowsOf(sheet: AsyncIterable<exceljs.Row>, left: number, max: number): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  for await (const row of sheet) {
    if (rows.length === left) throw new WordedError(fileTooManyRows(max));
    const cells = Array.from({ length: columnsMax }, (_, n) => cellOf(row.findCell(n + 1)?.value));
    rows.push({ row: row.number, cells: cells.slice(0, cells.findLastIndex((c) => c !== undefined) + 1) });
  }
  return rows;
}

/** Every sheet of the archive, whole; what the reader does not give in full is an error and never a shorter table. */
async function sheetsIn(parts: ReadonlyMap<string, Buffer>, max: number): Promise<Sheet[]> {
  const from1904 = /<workbookPr[^>]*date1904="(1|true)"/.test(parts.get('xl/workbook.xml')?.toString() ?? '');
  const said = sheetsOf(parts).map(rowsSaid);
  const archive = new PassThrough();
  archive.write(restored(parts));
  // Styles are not asked: what is a date is known by its column, and as a number it has no time zone to be wrong in.
  const reader = new exceljs.stream.xlsx.WorkbookReader(archive, {
    worksheets: 'emit',
    sharedStrings: 'cache',
    hyperlinks: 'ignore',
    styles: 'ignore',
    entries: 'ignore',
  });
  const sheets: Sheet[] = [];
  if (said.length === 0) return sheets;
  let left = max;
  for await (const sheet of reader) {
    const rows = await rowsOf(sheet, left, max);
    if (rows.length !== said[sheets.length]) throw new WordedError(fileDamaged);
    left -= rows.length;
    const { name } = sheet as unknown as { readonly name: string };
    sheets.push({ name, rows, ...(from1904 && { from1904 }) });
    if (sheets.length === said.length) break;
  }
  archive.destroy();
  return sheets;
}

/** The sheets of a spreadsheet, at most `max` rows of all together. */
export async function xlsxSheets(bytes: Uint8Array, max: number): Promise<Sheet[]> {
  const parts = spreadsheetParts(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  try {
    return await sheetsIn(parts, max);
  } catch (error) {
    if (error instanceof WordedError || error instanceof RangeError) throw error;
    // Whatever a reader of XML throws at a damaged part says nothing to the person who uploaded it.
    throw new WordedError(fileDamaged, { cause: error });
  }
}
