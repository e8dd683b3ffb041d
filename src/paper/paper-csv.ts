/** A report as CSV: its tables one below the other, each with its title. Nothing is reckoned here. */
import { cellText } from '../core/report/audit-book.ts';
import { BOM, row } from './csv.ts';
import type { TablePaper } from './table-paper.ts';

/** The lines. */
export function* paperCsv(paper: TablePaper): Generator<string> {
  const { utcOffsetMin } = paper;
  yield `${BOM}${row([paper.title, paper.of, paper.span])}`;
  for (const { title, columns, rows } of paper.tables) {
    yield `\r\n${row([title])}${row(columns.map((column) => column.title))}`;
    for (const cells of rows)
      yield row(
        columns.map(({ kind }, i) => {
          const value = cells[i];
          const plain = typeof value === 'number' && (kind === 'count' || kind === 'minutes');
          return plain ? value : cellText(kind, value, utcOffsetMin);
        }),
      );
  }
  yield `\r\n${paper.definitions.map((text) => row([text])).join('')}${row([paper.head])}`;
}
