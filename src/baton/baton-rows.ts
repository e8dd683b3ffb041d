/**
 * From tables to records: each row under the header is a record, a note that is none, or a fault with its place. It must
 * never lose a row silently: what is dropped is counted, and what cannot be read is said.
 */
import { unset } from '../words/baton/baton-spellings.ts';
import {
  cellsTooMany,
  cellTooLong,
  chipWrong,
  fileNoHeader,
  fileNoRows,
  placeMissing,
  timeMissing,
  timeUnreadable,
} from '../words/baton/baton-words.ts';
import { WordedError } from '../words/worded-error.ts';
import { type Header, headerOf, widthOf } from './baton-columns.ts';
import { timeIn } from './baton-time.ts';
import type { BatonCell, BatonColumn, BatonFile, BatonRow, RowFault, Sheet, SheetRow } from './baton-types.ts';

/** So many faults tell a person what is wrong with a file. */
export const faultsShown = 50;
/** No name of a person or place is longer: ours. */
const longest = 100;
const CHIP = /^[\p{L}\p{N}:-]{1,40}$/u;

const textOf = (cell: BatonCell): string => (cell === undefined ? '' : String(cell).trim());
const shown = (cell: BatonCell): string => {
  const text = textOf(cell).replace(/\p{Cc}/gu, ' ');
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
};

type Read = { readonly record: BatonRow } | { readonly fault: RowFault };

/** One row as a record, or its first fault. */
function readRow({ row, cells }: SheetRow, head: Header, sheet: Sheet, utcOffsetMin: number): Read {
  const { columns, width } = head;
  const place = { row, ...(sheet.name !== undefined && { sheet: sheet.name }) };
  const fault = (column: BatonColumn, why: RowFault['why']): Read => ({ fault: { ...place, column, why } });
  const cell = (column: BatonColumn): BatonCell => {
    const at = columns[column];
    const is = at === undefined ? undefined : cells[at];
    return typeof is === 'string' ? is.trim() || undefined : is;
  };
  if (widthOf(cells) > width) return fault('time', cellsTooMany(widthOf(cells), width));
  const named: Partial<Record<'reader' | 'person' | 'checkpoint' | 'event', string>> = {};
  for (const column of ['reader', 'person', 'checkpoint', 'event'] as const) {
    const text = textOf(cell(column)).replace(/\p{Cc}+/gu, ' ');
    if (text.length > longest) return fault(column, cellTooLong(longest));
    if (text !== '' && !unset.has(text.toLowerCase())) named[column] = text;
  }
  const time = cell('time');
  if (time === undefined) return fault('time', timeMissing);
  const sourceTime = timeIn(time, cell('date'), utcOffsetMin, sheet.from1904);
  if (sourceTime === undefined) return fault('time', timeUnreadable(shown(time)));
  const chip = textOf(cell('chip')).normalize('NFKC').toUpperCase();
  if (chip === '' && named.checkpoint === undefined) return fault('chip', placeMissing);
  if (chip !== '' && !CHIP.test(chip)) return fault('chip', chipWrong(shown(chip)));
  return { record: { ...place, sourceTime, ...named, ...(chip !== '' && { chip }) } };
}

/** Blank, or a single cell such as a sum or a page number under the table. */
const isNote = ({ cells }: SheetRow): boolean => cells.filter((c) => textOf(c) !== '').length <= 1;

const minute = (row: BatonRow): number => Math.floor(row.sourceTime / 60_000);
const spot = (row: BatonRow): string => `${minute(row)}\n${row.chip ?? `at ${row.checkpoint}`}`;

/**
 * Each touch once. Two rows are one touch when place, minute and person are the same: exports of one month and of one day
 * differ by seconds. A row without a person is the same as one of the same baton that names him; two guards at one place in
 * one minute are two.
 */
export function once(rows: readonly BatonRow[]): BatonRow[] {
  const named = new Set(rows.filter((row) => row.person !== undefined).map((row) => `${spot(row)}\n${row.reader}`));
  const kept = new Map<string, BatonRow>();
  for (const row of rows) {
    if (row.person === undefined && named.has(`${spot(row)}\n${row.reader}`)) continue;
    const key = `${spot(row)}\n${row.person === undefined ? `baton ${row.reader}` : `by ${row.person}`}`;
    const had = kept.get(key);
    // The earlier one, in whatever order the file lists them.
    if (!had || row.sourceTime < had.sourceTime) kept.set(key, row);
  }
  return [...kept.values()];
}

/** The records of a file. Throws words when there is no header in it, or nothing under one. */
export function recordsIn(
  sheets: readonly Sheet[],
  utcOffsetMin: number,
): Pick<BatonFile, 'rows' | 'doubled' | 'faults' | 'faultCount' | 'unread'> {
  const records: BatonRow[] = [];
  const faults: RowFault[] = [];
  const unread: string[] = [];
  let headed = false;
  let faultCount = 0;
  for (const sheet of sheets) {
    const head = headerOf(sheet);
    if (!head) {
      if (sheet.name !== undefined && sheet.rows.some((row) => !isNote(row))) unread.push(sheet.name);
      continue;
    }
    headed = true;
    for (const row of sheet.rows.slice(head.index + 1)) {
      if (isNote(row)) continue;
      const read = readRow(row, head, sheet, utcOffsetMin);
      if ('record' in read) records.push(read.record);
      else {
        faultCount += 1;
        if (faults.length < faultsShown) faults.push(read.fault);
      }
    }
  }
  if (!headed) {
    const first = sheets.flatMap((sheet) => sheet.rows).find(({ cells }) => cells.some((c) => textOf(c) !== ''));
    throw new WordedError(fileNoHeader(shown((first?.cells ?? []).map(textOf).filter(Boolean).join(', '))));
  }
  if (records.length === 0 && faultCount === 0) throw new WordedError(fileNoRows);
  const rows = once(records);
  return { rows, doubled: records.length - rows.length, faults, faultCount, unread };
}
