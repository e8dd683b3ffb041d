/**
 * Reads an export written as text. Which encoding it is in is decided on the whole file: a short text in GBK can be valid
 * UTF-8 by chance, a header and a month of rows cannot. A person can say otherwise.
 */
import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { fileLineBroken, fileNotEncoded, fileQuoteOpen, fileTooManyRows } from '../words/baton/baton-words.ts';
import { WordedError } from '../words/worded-error.ts';
import { columnsOf, headerOf } from './baton-columns.ts';
import { type Encoding, encodings, type Sheet, type SheetRow } from './baton-types.ts';

function decoded(bytes: Uint8Array, encoding: Encoding): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** What separates the cells: that which makes most of a header. */
function separator(text: string): string {
  const lines = text.slice(0, 20_000).split(/\r\n|\r|\n/, 20);
  const score = (by: string) =>
    Math.max(
      ...lines.map((line) => Object.keys(columnsOf(line.split(by).map((cell) => cell.replace(/"/g, '')))).length),
    );
  return [',', '\t', ';'].reduce((best, by) => (score(by) > score(best) ? by : best));
}

function rowsOf(text: string, max: number): Sheet {
  const rows: SheetRow[] = [];
  // A record may hold line breaks: people count from where it begins, and look there for a mark that never closes.
  let row = 1;
  try {
    parse(text, {
      bom: true,
      delimiter: separator(text),
      // All of them, for somebody has edited the file: else the first line's alone would count, and rows run together.
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: false,
      on_record: (cells: string[], { lines }) => {
        if (rows.length === max) throw new WordedError(fileTooManyRows(max));
        rows.push({ row, cells });
        row = lines + 1;
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new WordedError(error.code === 'CSV_QUOTE_NOT_CLOSED' ? fileQuoteOpen(row) : fileLineBroken(row));
  }
  return { rows };
}

/** Of the ways to read the bytes that are possible, the first that finds a header; else the first that is possible. */
export function csvSheet(bytes: Uint8Array, max: number, asked?: Encoding): { sheet: Sheet; encoding: Encoding } {
  const marked = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : undefined;
  const only = asked ?? marked;
  let failed: unknown = new WordedError(fileNotEncoded(only ?? 'UTF-8 / GBK'));
  let first: { sheet: Sheet; encoding: Encoding } | undefined;
  for (const encoding of only ? [only] : encodings.filter((one) => one !== 'utf-16le')) {
    const text = decoded(bytes, encoding);
    if (text === undefined) continue;
    try {
      const read = { sheet: rowsOf(text, max), encoding };
      if (headerOf(read.sheet)) return read;
      first ??= read;
    } catch (error) {
      failed = error;
    }
  }
  if (first) return first;
  throw failed;
}
