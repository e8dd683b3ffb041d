/**
 * Finds the header of an export and which column says what. Programs of the trade name them in their own ways and put
 * titles above; what is not known here is passed over.
 */
import { heads } from '../words/baton/baton-spellings.ts';
import type { BatonCell, BatonColumn, Sheet } from './baton-types.ts';

/** How far down a header may stand. */
const headerRows = 20;

export type Columns = Readonly<Partial<Record<BatonColumn, number>>>;
export interface Header {
  /** Its place among the rows. */
  readonly index: number;
  readonly columns: Columns;
  /** Cells up to the last that is not blank. */
  readonly width: number;
}

const plain = (cell: BatonCell): string =>
  String(cell ?? '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_.:#*"'-]|\(.*?\)/g, '');

/** Which column says what, by the cells of one row. */
export function columnsOf(cells: readonly BatonCell[]): Columns {
  const said = cells.map(plain);
  const found: Partial<Record<BatonColumn, number>> = {};
  for (const column of Object.keys(heads) as BatonColumn[]) {
    const at = heads[column].map((name) => said.indexOf(name)).find((place) => place >= 0);
    if (at !== undefined) found[column] = at;
  }
  return found;
}

/** How many cells there are up to the last that is not blank. */
export const widthOf = (cells: readonly BatonCell[]): number =>
  cells.findLastIndex((c) => c !== undefined && c !== '') + 1;

/** The first row that names a time and a place. */
export function headerOf({ rows }: Pick<Sheet, 'rows'>): Header | undefined {
  for (const [index, { cells }] of rows.slice(0, headerRows).entries()) {
    const columns = columnsOf(cells);
    const placed = columns.chip !== undefined || columns.checkpoint !== undefined;
    if (columns.time !== undefined && placed) return { index, columns, width: widthOf(cells) };
  }
  return undefined;
}
