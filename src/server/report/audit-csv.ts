/**
 * The patrol report as CSV: a row for each checkpoint first, so that a program finds a plain table; after an empty line the
 * summary, the groups and what the figures mean.
 */
import { type AuditBook, type AuditLang, type AuditTable, cellText } from '../../core/report/audit-book.ts';
import { BOM, row } from '../../paper/csv.ts';
import { auditDefinitions, auditHeads, auditTables } from '../../words/screens/audit-words.ts';

/** The lines of the report, from the byte order mark on. */
export function* auditLines(book: AuditBook, lang: AuditLang, utcOffsetMin: number): Generator<string> {
  function* table({ columns, rows }: AuditTable): Generator<string> {
    yield row(columns.map(({ title }) => title));
    for (const cells of rows) yield row(columns.map(({ kind }, i) => shown(kind, cells[i])));
  }
  // A count stays a number, so that the guard against formulas never touches a sign.
  const shown = (kind: AuditTable['columns'][number]['kind'], value: string | number | undefined) =>
    typeof value === 'number' && (kind === 'count' || kind === 'minutes') ? value : cellText(kind, value, utcOffsetMin);
  const blank = '\r\n';
  yield BOM;
  yield* table(book.rows);
  yield `${blank}${row([auditTables.summary[lang]])}${row([auditHeads.figure[lang], auditHeads.value[lang]])}`;
  for (const { title, kind, value } of book.summary) yield row([title, shown(kind, value)]);
  for (const group of book.groups) {
    yield `${blank}${row([group.title])}`;
    yield* table(group);
  }
  yield `${blank}${row([auditTables.basis[lang]])}`;
  for (const words of auditDefinitions) yield row([words[lang]]);
}
