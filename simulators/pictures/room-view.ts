/**
 * A kitchen or store as a camera in its corner sees it: walls, a floor of tiles, counters, shelves, a hood, looked at by casting a ray for every
 * pixel. What is seen is kept as surface, place and direction, so that any light can fall on it later. Turning the camera casts all rays anew.
 */
import type { Chance } from '../virtual/chance.ts';

export type Point3 = readonly [x: number, y: number, z: number];
export interface SolidBox {
  readonly low: Point3;
  readonly high: Point3;
  /** Red, green, blue, 0 to 1. */
  readonly paint: Point3;
  /** Bands across it: shelves, doors, handles; metres from one to the next, 0: none. */
  readonly bands: number;
}
/** A kitchen; the camera looks from near the corner at the origin, metres. */
export interface RoomPlan {
  readonly size: Point3;
  readonly boxes: readonly SolidBox[];
  readonly wall: Point3;
  readonly floor: Point3;
  readonly tile: number;
  readonly lamps: readonly Point3[];
  /** A window in the far wall or the right one; none in an inner room. */
  readonly window:
    | {
        readonly wall: 'far' | 'right';
        readonly from: number;
        readonly to: number;
        readonly low: number;
        readonly high: number;
      }
    | undefined;
  readonly stove: Point3;
}
export interface CameraPose {
  readonly at: Point3;
  /** Radians: to the right of the y axis, and down. */
  readonly turn: number;
  readonly tilt: number;
  /** Half the width of the view at one metre. */
  readonly spread: number;
}
/** What each pixel sees. */
export interface SeenSurface {
  readonly width: number;
  readonly height: number;
  readonly pose: CameraPose;
  /** Three numbers a pixel. */
  readonly paint: Float32Array;
  readonly place: Float32Array;
  readonly normal: Float32Array;
  /** Metres along the ray. */
  readonly depth: Float32Array;
}

const block = (
  x: number,
  y: number,
  z: number,
  w: number,
  d: number,
  h: number,
  paint: Point3,
  bands = 0,
): SolidBox => ({
  low: [x, y, z],
  high: [x + w, y + d, z + h],
  paint,
  bands,
});
const steel = (chance: Chance): Point3 => {
  const tone = chance.between(0.25, 0.75);
  return [tone, tone * chance.between(0.96, 1.02), tone * chance.between(0.97, 1.06)];
};
const anyPaint = (chance: Chance): Point3 => [
  chance.between(0.08, 0.9),
  chance.between(0.08, 0.85),
  chance.between(0.08, 0.85),
];

/** Counters along the right wall and the far wall, with what stands and hangs there. */
function alongWalls(chance: Chance, size: Point3): SolidBox[] {
  const boxes: SolidBox[] = [];
  for (let y = chance.between(0.8, 2); y < size[1] - 1; y += chance.between(0.9, 2.2)) {
    const deep = chance.between(0.5, 0.8);
    const tall = chance.between(0.8, 0.95);
    boxes.push(block(size[0] - deep, y, 0, deep, chance.between(0.7, 1.4), tall, steel(chance), 0.3));
    const thing = anyPaint(chance);
    if (chance.happens(0.7))
      boxes.push(block(size[0] - deep, y, 0.9, 0.3, 0.35, chance.between(0.15, 0.6), thing, 0.1));
    if (chance.happens(0.5)) boxes.push(block(size[0] - 0.3, y, 1.5, 0.3, 1, 0.5, anyPaint(chance), 0.17));
  }
  for (let x = chance.between(0.3, 1); x < size[0] - 1.2; x += chance.between(0.8, 2)) {
    const high = chance.happens(0.35) ? chance.between(1.7, 2.1) : 0.9;
    boxes.push(block(x, size[1] - 0.7, 0, chance.between(0.6, 1), 0.7, high, steel(chance), 0.45));
    if (high > 1 || chance.happens(0.3)) continue;
    boxes.push(block(x, size[1] - 0.6, 0.9, 0.4, 0.4, chance.between(0.1, 0.5), anyPaint(chance), 0.12));
  }
  for (let n = chance.between(0, 5); n > 0; n--) {
    const [x, y] = [chance.between(0, 0.4), chance.between(2, size[1] - 1)];
    boxes.push(block(x, y, 0, 0.4, 0.5, chance.between(0.4, 1.8), anyPaint(chance), 0.4));
  }
  return boxes;
}

/** An island with a hood over it and pots on it. */
function island(chance: Chance, x: number, y: number): SolidBox[] {
  const pots = Array.from({ length: 5 }, () => {
    const [px, py] = [x + chance.between(0, 0.7), y + chance.between(0, 1.2)];
    return block(px, py, 0.85, 0.3, 0.3, chance.between(0.1, 0.4), anyPaint(chance), 0.1);
  });
  const table = block(x, y, 0, chance.between(0.8, 1.3), chance.between(1, 2), 0.85, steel(chance), 0.4);
  return [table, block(x, y, 1.9, 1.2, 1.6, 0.4, steel(chance), 0.2), ...pots];
}

/** A room drawn by chance. */
export function drawRoom(chance: Chance): RoomPlan {
  const size: Point3 = [chance.between(4, 10), chance.between(5, 13), chance.between(2.6, 3.6)];
  const [x, y] = [chance.between(1.4, size[0] - 2.4), chance.between(2.4, size[1] - 2.4)];
  const lamps = Array.from({ length: 1 + Math.floor(chance.between(0, 3)) }, (): Point3 => {
    return [chance.between(1, size[0] - 1), chance.between(1.5, size[1] - 1), size[2] - 0.05];
  });
  const wall = chance.happens(0.5) ? ('far' as const) : ('right' as const);
  const along = wall === 'far' ? size[0] : size[1];
  const from = chance.between(0.5, along * 0.6);
  const to = Math.min(along - 0.3, from + chance.between(0.8, 3));
  return {
    size,
    boxes: [...alongWalls(chance, size), ...island(chance, x, y)],
    wall: [chance.between(0.5, 0.9), chance.between(0.5, 0.9), chance.between(0.5, 0.9)],
    floor: [chance.between(0.15, 0.55), chance.between(0.15, 0.5), chance.between(0.12, 0.45)],
    tile: chance.between(0.2, 0.6),
    lamps,
    window: chance.happens(0.65) ? { wall, from, to, low: 1, high: chance.between(1.9, 2.4) } : undefined,
    stove: [x + 0.5, y + 0.7, 1.1],
  };
}

/** A camera in the corner, high up, looking into the room. */
export function drawPose(chance: Chance, room: RoomPlan): CameraPose {
  const at: Point3 = [chance.between(0.15, 0.5), chance.between(0.15, 0.5), room.size[2] - chance.between(0.15, 0.6)];
  const turn = Math.atan2(room.size[0] * chance.between(0.4, 0.6), room.size[1] * chance.between(0.45, 0.65));
  return { at, turn, tilt: chance.between(0.25, 0.6), spread: chance.between(0.65, 1.1) };
}

/** Looks to the front, right and up of a pose. */
export function axes({ turn, tilt }: CameraPose) {
  const [st, ct, sd, cd] = [Math.sin(turn), Math.cos(turn), Math.sin(tilt), Math.cos(tilt)];
  return {
    ahead: [st * cd, ct * cd, -sd] as Point3,
    right: [ct, -st, 0] as Point3,
    up: [st * sd, ct * sd, cd] as Point3,
  };
}

/** Where a ray enters a box: the distance, or infinity. The side it meets is told by `side`. */
export function hitBox(
  { low, high }: Pick<SolidBox, 'low' | 'high'>,
  from: Point3,
  dir: Point3,
  side?: { axis: number },
): number {
  let [near, far, axis] = [0.02, Number.POSITIVE_INFINITY, -1];
  for (let i = 0; i < 3; i++) {
    const inverse = 1 / dir[i]!;
    const [a, b] = [(low[i]! - from[i]!) * inverse, (high[i]! - from[i]!) * inverse];
    const [first, last] = a < b ? [a, b] : [b, a];
    if (first > near) [near, axis] = [first, i];
    if (last < far) far = last;
    if (near > far) return Number.POSITIVE_INFINITY;
  }
  if (axis < 0) return Number.POSITIVE_INFINITY;
  if (side) side.axis = axis;
  return near;
}

/** A fixed grain of a surface, 0.8 to 1.2: stains and wear. */
function grain(x: number, y: number, z: number): number {
  let mixed = Math.imul(
    (Math.floor(x * 9) * 73856093) ^ (Math.floor(y * 9) * 19349663) ^ (Math.floor(z * 9) * 83492791),
    0x2c1b3c6d,
  );
  mixed ^= mixed >>> 15;
  return 0.85 + 0.3 * ((mixed >>> 0) / 2 ** 32);
}

/** Lines between tiles, and bands of furniture. */
const line = (at: number, every: number): number =>
  every > 0 && Math.abs(at / every - Math.round(at / every)) * every < 0.012 ? 0.55 : 1;

/** Casts a ray for every pixel. */
export function lookInto(room: RoomPlan, pose: CameraPose, width: number, height: number): SeenSurface {
  const count = width * height;
  const seen: SeenSurface = {
    width,
    height,
    pose,
    paint: new Float32Array(3 * count),
    place: new Float32Array(3 * count),
    normal: new Float32Array(3 * count),
    depth: new Float32Array(count),
  };
  const { ahead, right, up } = axes(pose);
  const side = { axis: 0 };
  for (let y = 0, at = 0; y < height; y++) {
    const v = (-(y + 0.5 - height / 2) / (width / 2)) * pose.spread;
    for (let x = 0; x < width; x++, at++) {
      const u = ((x + 0.5 - width / 2) / (width / 2)) * pose.spread;
      const dir: Point3 = [
        ahead[0] + u * right[0] + v * up[0],
        ahead[1] + u * right[1] + v * up[1],
        ahead[2] + u * right[2] + v * up[2],
      ];
      let [best, axis, which] = [Number.POSITIVE_INFINITY, 0, -1];
      for (let i = 0; i < 3; i++) {
        const t = ((dir[i]! > 0 ? room.size[i]! : 0) - pose.at[i]!) / dir[i]!;
        if (t > 0 && t < best) [best, axis] = [t, i];
      }
      for (const [n, box] of room.boxes.entries()) {
        const t = hitBox(box, pose.at, dir, side);
        if (t < best) [best, axis, which] = [t, side.axis, n];
      }
      const place: Point3 = [pose.at[0] + best * dir[0], pose.at[1] + best * dir[1], pose.at[2] + best * dir[2]];
      paintPixel(seen, at, room, place, axis, which, dir);
      seen.depth[at] = best;
    }
  }
  return seen;
}

function paintPixel(
  seen: SeenSurface,
  at: number,
  room: RoomPlan,
  [x, y, z]: Point3,
  axis: number,
  which: number,
  dir: Point3,
): void {
  const box = room.boxes[which];
  const base = box ? box.paint : axis === 2 && dir[2] < 0 ? room.floor : room.wall;
  const tone = box
    ? line(axis === 2 ? x : z, box.bands) * line(axis === 0 ? y : x, box.bands * 1.7)
    : axis === 2 && dir[2] > 0
      ? 1
      : line(axis === 0 ? y : x, room.tile) * line(axis === 2 ? y : z, room.tile);
  const worn = tone * grain(x, y, z);
  seen.place.set([x, y, z], 3 * at);
  seen.normal[3 * at + axis] = dir[axis]! > 0 ? -1 : 1;
  for (let i = 0; i < 3; i++) seen.paint[3 * at + i] = base[i]! * worn;
}
