/**
 * A report as tables, ready to be written: what a book holds, and what stands around it. Whoever makes one has counted; here nothing is
 * counted or asked. Types only.
 */
import type { AuditCell, AuditColumn, AuditLang } from '../core/report/audit-book.ts';

export interface PaperTable {
  readonly title: string;
  readonly columns: readonly AuditColumn[];
  readonly rows: readonly (readonly AuditCell[])[];
}

/** A report in one language. */
export interface TablePaper {
  /** Whose report it is, such as the school. */
  readonly of: string;
  readonly title: string;
  /** The time it is about, as people read it. */
  readonly span: string;
  readonly lang: AuditLang;
  readonly utcOffsetMin: number;
  readonly tables: readonly PaperTable[];
  /** What the figures mean, and by which rules they were reckoned: a paragraph each. */
  readonly definitions: readonly string[];
  /** The link of the record it was made from. */
  readonly head: string;
  /** Who signs, a box each; none where nobody does. */
  readonly signed?: readonly string[];
}
