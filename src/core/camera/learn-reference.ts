/** A reference out of stills that agree: the middle of each cell over all of them, so that people who pass by are in none. */
import type { PictureReference, StillFeatures } from './still-types.ts';

const middle = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;

function middles(tables: readonly Uint8Array[]): Uint8Array {
  const size = tables[0]?.length ?? 0;
  const result = new Uint8Array(size);
  const column: number[] = [];
  for (let i = 0; i < size; i++) {
    for (const [n, table] of tables.entries()) column[n] = table[i]!;
    result[i] = middle(column);
  }
  return result;
}

/** The reference of these stills; `stirs`: share of cells that changed from each to the next. There is at least one still. */
export function referenceOf(stills: readonly StillFeatures[], stirs: readonly number[]): PictureReference {
  const of = (figure: (still: StillFeatures) => number) => middle(stills.map(figure));
  const mean = of((still) => still.mean);
  // The still nearest to the middle stands for the small hash, which has no middle of its own.
  const nearest = stills.reduce((best, one) => (Math.abs(one.mean - mean) < Math.abs(best.mean - mean) ? one : best));
  return {
    light: middles(stills.map(({ light }) => light)),
    edges: middles(stills.map(({ edges }) => edges)),
    mean,
    stdev: of((still) => still.stdev),
    fine: of((still) => still.fine),
    coarse: of((still) => still.coarse),
    white: of((still) => still.white),
    stir: stirs.length > 0 ? Math.min(...stirs) : 0,
    dHash: nearest.dHash,
  };
}
