/** How much of each light falls on what a camera sees: lamps with their shadows, the window, the sun through it, the camera's own infrared. */
import { hitBox, type Point3, type RoomPlan, type SeenSurface } from './room-view.ts';

/** One number a pixel for each light, at full strength. */
export interface RoomLight {
  readonly lamps: readonly Float32Array[];
  readonly sky: Float32Array;
  readonly infrared: Float32Array;
}

function falling(seen: SeenSurface, room: RoomPlan, from: Point3, power: number, shadows: boolean): Float32Array {
  const light = new Float32Array(seen.depth.length);
  for (let at = 0; at < light.length; at++) {
    const [x, y, z] = [seen.place[3 * at]!, seen.place[3 * at + 1]!, seen.place[3 * at + 2]!];
    const to: Point3 = [from[0] - x, from[1] - y, from[2] - z];
    const far = to[0] * to[0] + to[1] * to[1] + to[2] * to[2];
    const facing =
      (to[0] * seen.normal[3 * at]! + to[1] * seen.normal[3 * at + 1]! + to[2] * seen.normal[3 * at + 2]!) /
      Math.sqrt(far);
    // What bounces from the walls reaches everything a little.
    light[at] = 0.06 * power;
    if (facing <= 0) continue;
    const hidden =
      shadows &&
      room.boxes.some((box) => hitBox(box, [x + to[0] * 0.01, y + to[1] * 0.01, z + to[2] * 0.01], to) < 0.97);
    if (!hidden) light[at]! += (power * facing) / (0.5 + far);
  }
  return light;
}

const middle = ({ window, size }: RoomPlan): Point3 | undefined => {
  if (!window) return undefined;
  const [along, height] = [(window.from + window.to) / 2, (window.low + window.high) / 2];
  return window.wall === 'far' ? [along, size[1] - 0.02, height] : [size[0] - 0.02, along, height];
};

export function lightUp(room: RoomPlan, seen: SeenSurface): RoomLight {
  const at = middle(room);
  return {
    lamps: room.lamps.map((lamp) => falling(seen, room, lamp, 3, true)),
    sky: at ? falling(seen, room, at, 3.5, true) : new Float32Array(seen.depth.length),
    infrared: falling(seen, room, seen.pose.at, 5, false),
  };
}

/** Where the sun shines through the window: 1, else 0. `from`: towards the sun. */
export function sunlit({ window, size }: RoomPlan, seen: SeenSurface, from: Point3): Float32Array {
  const light = new Float32Array(seen.depth.length);
  if (!window) return light;
  const [axis, along] = window.wall === 'far' ? [1, 0] : [0, 1];
  if (from[axis]! <= 0) return light;
  for (let at = 0; at < light.length; at++) {
    const t = (size[axis]! - seen.place[3 * at + axis]!) / from[axis]!;
    const [side, height] = [seen.place[3 * at + along]! + t * from[along]!, seen.place[3 * at + 2]! + t * from[2]];
    if (side > window.from && side < window.to && height > window.low && height < window.high) light[at] = 1;
  }
  return light;
}
