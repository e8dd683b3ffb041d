/** What one still comes to in numbers, and what a reference is: all that the judge knows of a picture. No behaviour. */

/** Cells of the grid that every still is brought to, whatever its size: columns, rows, and directions of edges told apart. */
export const stillColumns = 40;
export const stillRows = 22;
export const stillTurns = 4;

/** A still in numbers. The tables run by rows of cells, from the top left. */
export interface StillFeatures {
  /** Mean and spread of the brightness, 0 to 255. */
  readonly mean: number;
  readonly stdev: number;
  /** Bits of the histogram of brightness, 0 to 8. */
  readonly entropy: number;
  /** Mean step of brightness to the next pixel, and to the fourth: what blurs loses the first much more than the second. */
  readonly fine: number;
  readonly coarse: number;
  /** Variance of the Laplacian. */
  readonly laplacian: number;
  /** Share of pixels that are white, and black. */
  readonly white: number;
  readonly black: number;
  /** Mean distance from grey, 0 to 255: next to nothing under infrared. */
  readonly colour: number;
  /** Brightness of each cell. */
  readonly light: Uint8Array;
  /** Strength of edges in each cell by direction, as a root, so that a lamp counts less than a shelf. */
  readonly edges: Uint8Array;
  /** A number of the exact pixels of each cell: two cells of one number are the same. */
  readonly prints: Uint32Array;
  /** 256 bits of brighter or darker than the neighbour, hex. */
  readonly dHash: string;
  /** Of the bytes as they came, hex. */
  readonly sha256: string;
}

/** How a picture of a camera looks when all is well. */
export interface PictureReference {
  readonly light: Uint8Array;
  readonly edges: Uint8Array;
  readonly mean: number;
  readonly stdev: number;
  readonly fine: number;
  readonly coarse: number;
  readonly white: number;
  /** The least share of cells that changed from one still to the next while it was learned: how much life there is in a quiet picture. */
  readonly stir: number;
  readonly dHash: string;
}
