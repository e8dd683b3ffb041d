/**
 * Whether a school's tile can be believed, as time passes: what the district said of it last, and what its silence since then means. The
 * district and its pages ask here, so that a page never shows a school as well for longer than the district would. It must never read a clock.
 */
import { LOST_MS } from '../../uplink/sign-of-life.ts';
import type { SchoolTile, TileDoubt } from './board-types.ts';

/** What is older than this while lines are on their way is late, ms. */
const LATE_MS = 60_000;

/** Why the tile cannot be believed at `now`, the district's time; silence counts before what was wrong with what it said. */
export function tileDoubt(tile: SchoolTile, now: number): TileDoubt | undefined {
  if (tile.doubt === 'never' || tile.seenAt === undefined) return 'never';
  if (tile.doubt === 'lost' || now - tile.seenAt > LOST_MS) return 'lost';
  if (tile.doubt === 'held') return 'held';
  if (tile.doubt === 'late' || (tile.behind > 0 && now - (tile.toldAt ?? 0) > LATE_MS)) return 'late';
  return undefined;
}

/** Whether what the tile says of alarms and figures is what it said before something went wrong. */
export const isPast = (doubt: TileDoubt | undefined): boolean => doubt === 'lost' || doubt === 'held';
