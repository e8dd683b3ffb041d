/** What the fold says of a school on its tile; the rest of a tile is known without its journal. Types and the figures of a school that said nothing yet. */
import type { SchoolTile } from '../board/board-types.ts';

export type TileFigures = Pick<SchoolTile, 'alarms' | 'kitchen' | 'fence' | 'drillSince'>;

export const emptyFigures: TileFigures = {
  alarms: { waiting: [0, 0, 0], open: 0 },
  kitchen: { of: 0, good: 0 },
  fence: { zones: 0, armed: 0, out: 0 },
};
