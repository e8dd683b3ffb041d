/**
 * What is read out of a file that a baton's program exported, before anybody asked what it means at this school.
 */
import type { Time, Words } from '../core/types.ts';

/** How a text file's bytes become letters. Baton programs of the trade write GBK, which gb18030 contains. */
export const encodings = ['utf-8', 'gb18030', 'utf-16le'] as const;
export type Encoding = (typeof encodings)[number];

/** What a column says. */
export type BatonColumn = 'time' | 'date' | 'reader' | 'person' | 'checkpoint' | 'event' | 'chip';

/** A cell as the file holds it: text, or the number a spreadsheet keeps. */
export type BatonCell = string | number | undefined;
export interface SheetRow {
  /** As people count in their spreadsheet: from 1, titles and blank rows counted. */
  readonly row: number;
  readonly cells: readonly BatonCell[];
}
/** A table as it stood in the file. */
export interface Sheet {
  /** Spreadsheets alone. */
  readonly name?: string;
  readonly rows: readonly SheetRow[];
  /** Days are counted from 1904 (old Macintosh files). */
  readonly from1904?: boolean;
}

/** One row of the export: a baton was held to a chip. At least one of chip and checkpoint is there. */
export interface BatonRow {
  readonly row: number;
  readonly sheet?: string;
  /** By the baton's clock. */
  readonly sourceTime: Time;
  /** Number of the baton. */
  readonly reader?: string;
  /** What the baton was held to: upper case, as a rule ten hexadecimal digits. */
  readonly chip?: string;
  readonly checkpoint?: string;
  readonly person?: string;
  readonly event?: string;
}

/** A cell that does not hold what it must. */
export interface RowFault {
  readonly row: number;
  readonly sheet?: string;
  readonly column: BatonColumn;
  readonly why: Words;
}

/** A whole file, read. With faults it must not be taken over: a corrected file brings what was right in it as well. */
export interface BatonFile {
  readonly kind: 'csv' | 'xlsx';
  /** Text files alone: what the bytes were read as. */
  readonly encoding?: Encoding;
  /** In the order of the file; what stands there twice is here once. */
  readonly rows: readonly BatonRow[];
  /** Rows that say what another one says: same place, same person, same minute. */
  readonly doubled: number;
  /** The first of them, at most `faultsShown`. */
  readonly faults: readonly RowFault[];
  readonly faultCount: number;
  /** Names of the sheets in which no header was found. */
  readonly unread: readonly string[];
}
