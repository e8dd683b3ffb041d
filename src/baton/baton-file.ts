/**
 * From the bytes of a file to its records, whatever kind it is of. It must only run where it can be ended: see `read-baton`.
 */
import { csvSheet } from './baton-csv.ts';
import { recordsIn } from './baton-rows.ts';
import type { BatonFile, Encoding } from './baton-types.ts';

/** A file whose kind is known, and how far it may go. */
export interface FileTask {
  readonly bytes: Uint8Array;
  readonly kind: 'csv' | 'xlsx';
  readonly utcOffsetMin: number;
  readonly rowsMax: number;
  readonly encoding?: Encoding;
}

/** What the file says. Throws words when it cannot be read. */
export async function fileOf({ bytes, kind, utcOffsetMin, rowsMax, encoding }: FileTask): Promise<BatonFile> {
  if (kind === 'xlsx') {
    // Only now: the library takes longer to load than a text file to read.
    const { xlsxSheets } = await import('./baton-xlsx.ts');
    return { kind, ...recordsIn(await xlsxSheets(bytes, rowsMax), utcOffsetMin) };
  }
  const found = csvSheet(bytes, rowsMax, encoding);
  return { kind, encoding: found.encoding, ...recordsIn([found.sheet], utcOffsetMin) };
}
