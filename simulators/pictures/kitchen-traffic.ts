/**
 * What comes and goes before a camera on one day: steam, a lens that is wiped, a door that stands open, trolleys that are left, and pots, crates
 * and trays that are set down somewhere for minutes or until tomorrow. No day is like the one before.
 */
import type { Chance } from '../virtual/chance.ts';
import type { CameraPose, RoomPlan, SolidBox } from './room-view.ts';

/** Seconds from the midnight its day began with; it may end on the next day. */
export interface Spell {
  readonly from: number;
  readonly to: number;
}
export interface KitchenTraffic {
  readonly steam: readonly Spell[];
  readonly wipes: readonly Spell[];
  readonly doors: readonly Spell[];
  readonly things: readonly (Spell & { readonly box: SolidBox })[];
}

/** The traffic of one day between opening and closing. */
export function drawTraffic(chance: Chance, hours: Spell, room: RoomPlan, pose: CameraPose): KitchenTraffic {
  const spells = (count: number, least: number, most: number): Spell[] =>
    Array.from({ length: Math.floor(count) }, () => {
      const from = chance.between(hours.from, hours.to);
      return { from, to: from + chance.between(least, most) };
    });
  return {
    steam: spells(chance.between(0, 14), 60, 900),
    wipes: spells(chance.between(0, 2.4), 15, 75),
    doors: spells(chance.between(0, 6), 20, 1_200),
    things: [
      ...spells(chance.between(0, 3), 300, 7_200).map((spell) => ({ ...spell, box: trolley(chance, pose) })),
      ...spells(chance.between(4, 24), 300, chance.between(3_600, 72_000)).map((spell) => ({
        ...spell,
        box: setDown(chance, room),
      })),
    ],
  };
}

/** Something tall on wheels, left somewhere before the camera, as near as people leave it. */
function trolley(chance: Chance, { at, turn }: CameraPose): SolidBox {
  const far = chance.between(1.2, 3.2);
  const aside = turn + chance.between(-0.5, 0.5);
  const [x, y] = [at[0] + far * Math.sin(aside), at[1] + far * Math.cos(aside)];
  const tone = chance.between(0.2, 0.8);
  return {
    low: [x - 0.3, y - 0.3, 0.05],
    high: [x + 0.3, y + 0.3, chance.between(1, 1.75)],
    paint: [tone, tone, tone],
    bands: chance.between(0.1, 0.3),
  };
}

/** A pot, crate or tray on a counter, a table or the floor. */
function setDown(chance: Chance, { boxes, size }: RoomPlan): SolidBox {
  const tops = boxes.filter(({ high }) => high[2] > 0.7 && high[2] < 1);
  const top = chance.happens(0.85) && tops.length > 0 ? chance.pick(tops) : undefined;
  const [low, high] = top ? [top.low, top.high] : [[0.5, 1.5] as const, [size[0] - 0.5, size[1] - 0.8] as const];
  const [x, y, z] = [chance.between(low[0], high[0]), chance.between(low[1], high[1]), top ? top.high[2] : 0];
  const wide = chance.between(0.1, 0.5);
  return {
    low: [x - wide / 2, y - wide / 2, z],
    high: [x + wide / 2, y + wide / 2, z + chance.between(0.05, 0.45)],
    paint: [chance.between(0.08, 0.9), chance.between(0.08, 0.85), chance.between(0.08, 0.85)],
    bands: chance.between(0.05, 0.3),
  };
}
