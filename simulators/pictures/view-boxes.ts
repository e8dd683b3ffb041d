/** What moves or stands for a while before the room: people in white, trolleys, a door. Each is cast into the pixels it can touch. */
import { axes, hitBox, type Point3, type SeenSurface, type SolidBox } from './room-view.ts';

/** Colours of a picture in linear light, three numbers a pixel. */
export function castBoxes(frame: Float32Array, seen: SeenSurface, boxes: readonly SolidBox[], light: number): void {
  const { width, height, pose } = seen;
  const { ahead, right, up } = axes(pose);
  const side = { axis: 0 };
  for (const box of boxes) {
    const bounds = boundsOf(box, seen);
    if (!bounds) continue;
    for (let y = bounds.top; y <= bounds.bottom; y++) {
      const v = (-(y + 0.5 - height / 2) / (width / 2)) * pose.spread;
      for (let x = bounds.left; x <= bounds.right; x++) {
        const u = ((x + 0.5 - width / 2) / (width / 2)) * pose.spread;
        const dir: Point3 = [
          ahead[0] + u * right[0] + v * up[0],
          ahead[1] + u * right[1] + v * up[1],
          ahead[2] + u * right[2] + v * up[2],
        ];
        const t = hitBox(box, pose.at, dir, side);
        const at = y * width + x;
        if (t >= seen.depth[at]!) continue;
        const z = pose.at[2] + t * dir[2];
        const band = box.bands > 0 && Math.abs(z / box.bands - Math.round(z / box.bands)) < 0.06 ? 0.6 : 1;
        const shade = light * band * [0.8, 1, 1.25][side.axis]!;
        for (let i = 0; i < 3; i++) frame[3 * at + i] = box.paint[i]! * shade;
      }
    }
  }
}

/** The pixels a box can touch; none when it is behind the camera. */
function boundsOf({ low, high }: SolidBox, { pose, width, height }: SeenSurface) {
  const { ahead, right, up } = axes(pose);
  let [left, edge, top, bottom] = [width, -1, height, -1];
  for (let n = 0; n < 8; n++) {
    const to = [0, 1, 2].map((i) => ((n >> i) & 1 ? high[i]! : low[i]!) - pose.at[i]!) as unknown as Point3;
    const dot = (a: Point3) => a[0] * to[0] + a[1] * to[1] + a[2] * to[2];
    const far = dot(ahead);
    // A corner beside the lens or behind it: the box may be anywhere.
    if (far < 0.1) return { left: 0, right: width - 1, top: 0, bottom: height - 1 };
    const [x, y] = [
      (dot(right) / far / pose.spread) * (width / 2) + width / 2,
      height / 2 - (dot(up) / far / pose.spread) * (width / 2),
    ];
    [left, edge, top, bottom] = [Math.min(left, x), Math.max(edge, x), Math.min(top, y), Math.max(bottom, y)];
  }
  const inside = {
    left: Math.max(0, Math.floor(left)),
    right: Math.min(width - 1, Math.ceil(edge)),
    top: Math.max(0, Math.floor(top)),
    bottom: Math.min(height - 1, Math.ceil(bottom)),
  };
  return inside.left > inside.right || inside.top > inside.bottom ? undefined : inside;
}

/** Somebody in a white coat and a cap, standing there. */
export function person([x, y]: readonly [number, number], tall: number, coat: Point3): SolidBox[] {
  return [
    { low: [x - 0.18, y - 0.14, 0], high: [x + 0.18, y + 0.14, tall * 0.48], paint: [0.12, 0.12, 0.16], bands: 0 },
    { low: [x - 0.26, y - 0.17, tall * 0.48], high: [x + 0.26, y + 0.17, tall * 0.84], paint: coat, bands: 0 },
    { low: [x - 0.1, y - 0.1, tall * 0.84], high: [x + 0.1, y + 0.1, tall], paint: [0.6, 0.42, 0.33], bands: 0 },
  ];
}
