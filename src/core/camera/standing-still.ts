/**
 * Whether a picture stands: nothing in it changed but at most a clock, over all stills of a stretch taken together. How long that has to last
 * before it is a wonder depends on how much the camera's pictures stir when all is well, and that is watched as long as the camera is.
 */
import { type StillFeatures, stillColumns, stillRows } from './still-types.ts';

/** Cameras write their clock along the upper or the lower edge: so many rows of cells from there, and no more rows than that in all. */
const edgeRows = 5;
const clockRows = 5;
const clockCells = 100;
/** A camera of whose cells at least this share changed from each still to the next never stands by itself. */
const lively = 0.12;
/** So many stills tell that a camera's pictures always stir, and that its clock always goes. */
const stirsFrom = 60;
const ticksFrom = 20;

/** What is known of how much the pictures of a camera stir. */
export interface StandingMemory {
  /** Cells that changed since the picture began to stand. */
  changed: ReadonlySet<number>;
  stills: number;
  /** The least share of cells that changed, of stills that did not stand. */
  least: number;
  /** Stills of a standing picture in which a clock went; stretches in which nothing at all changed and that were over again; and how long this one is. */
  ticks: number;
  pauses: number;
  pause: number;
}

export const standingMemory = (): StandingMemory => {
  return { changed: new Set(), stills: 0, least: 1, ticks: 0, pauses: 0, pause: 0 };
};

/** What changed since the still before. */
export interface Stirred {
  readonly share: number;
  readonly cells: ReadonlySet<number>;
}

export function stirOf(last: StillFeatures, still: StillFeatures): Stirred {
  const cells = new Set<number>();
  for (const [cell, print] of still.prints.entries()) if (print !== last.prints[cell]) cells.add(cell);
  return { share: cells.size / still.prints.length, cells };
}

function isClock(cells: ReadonlySet<number>): boolean {
  if (cells.size > clockCells) return false;
  const rows = new Set([...cells].map((cell) => Math.floor(cell / stillColumns)));
  return rows.size <= clockRows && [...rows].every((row) => row < edgeRows || row >= stillRows - edgeRows);
}

/** Takes in what changed with a still. Whether the picture stands with it. `clear`: it shows nothing else amiss; a hand before the lens stirs less than a room. */
export function stands(known: StandingMemory, { share, cells }: Stirred, clear: boolean): boolean {
  known.stills++;
  if (cells.size > 0 && known.pause > 0) known.pauses++;
  known.pause = cells.size > 0 ? 0 : known.pause + 1;
  const together = new Set([...known.changed, ...cells]);
  if (isClock(together)) {
    known.changed = together;
    if (cells.size > 0) known.ticks++;
    return true;
  }
  // Something went by: what stands from here on is another stretch.
  const alone = isClock(cells);
  known.changed = alone ? cells : new Set();
  if (!alone && clear) known.least = Math.min(known.least, share);
  return false;
}

/** Whether a picture that stands so many stills is a wonder at once: with this camera there was always some grain, or its clock always went. */
export function isWonder(
  { stills, least, ticks, pauses, pause }: StandingMemory,
  learned: number,
  dwell: number,
): boolean {
  const clockStands = pause >= dwell && ticks >= ticksFrom && pauses === 0;
  return clockStands || (stills >= stirsFrom && Math.min(least, learned) >= lively);
}
