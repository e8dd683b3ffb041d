/** What somebody, or the kitchen, does to a lens: each works on the light before it reaches the sensor, near things out of focus as they are. */
import type { Chance } from '../virtual/chance.ts';
import type { Point3 } from './room-view.ts';

export type CoverKind = 'tape' | 'hand' | 'bag' | 'spray' | 'paper' | 'half';
export const coverKinds: readonly CoverKind[] = ['tape', 'hand', 'bag', 'spray', 'paper', 'half'];

/** How much of the room still comes through each pixel, and what comes instead: in terms of the mean light of the room. */
export interface LensCover {
  readonly kind: CoverKind;
  /** 0: nothing of the room, 1: all. */
  readonly through: Float32Array;
  readonly tone: Float32Array;
  readonly paint: Point3;
  /** Pixels that what comes through is blurred by; 0: not. */
  readonly blur: number;
}

const soft = (value: number): number => 1 / (1 + Math.exp(-value));

export function drawCover(chance: Chance, kind: CoverKind, width: number, height: number): LensCover {
  const [through, tone] = [new Float32Array(width * height), new Float32Array(width * height)];
  const angle = chance.between(0, 2 * Math.PI);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const blobs = Array.from(
    { length: 24 },
    () => [chance.between(-1, 1), chance.between(-0.6, 0.6), chance.between(0.12, 0.5)] as const,
  );
  const shares: Readonly<Record<CoverKind, number>> = {
    tape: chance.between(0, 0.02),
    hand: chance.between(0, 0.03),
    bag: chance.between(0.25, 0.6),
    spray: chance.between(0, 0.05),
    paper: chance.between(0, 0.06),
    half: 0,
  };
  const edge = chance.between(-0.12, 0.25);
  const sharp = chance.between(6, 25);
  const [wave, phase] = [chance.between(2, 9), chance.between(0, 6)];
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const [u, v] = [(2 * x) / width - 1, (2 * y - height) / width];
      const across = u * cos + v * sin;
      let left = shares[kind];
      if (kind === 'half') left = soft((across - edge) * sharp);
      if (kind === 'spray')
        left +=
          (1 - left) *
          Math.max(
            0,
            1 - blobs.reduce((sum, [bx, by, size]) => sum + soft((size - Math.hypot(u - bx, v - by)) * 14), 0) - 0.75,
          );
      through[at] = left;
      const vignette = 1 - 0.35 * (u * u + v * v);
      const crinkle =
        kind === 'bag'
          ? 0.25 * Math.sin(wave * across + 2 * Math.sin(wave * v + phase))
          : 0.08 * Math.sin(2 * across + phase);
      tone[at] = vignette * (1 + crinkle);
    }
  }
  const paints: Readonly<Record<CoverKind, Point3>> = {
    tape: chance.pick<Point3>([
      [0.02, 0.02, 0.02],
      [0.45, 0.4, 0.33],
      [0.5, 0.5, 0.52],
      [0.1, 0.14, 0.3],
    ]),
    hand: [0.35, 0.18, 0.13],
    bag: [0.75, 0.75, 0.78],
    spray: chance.pick<Point3>([
      [0.02, 0.02, 0.02],
      [0.5, 0.05, 0.04],
      [0.7, 0.7, 0.7],
    ]),
    paper: [0.85, 0.84, 0.8],
    half: chance.pick<Point3>([
      [0.05, 0.05, 0.05],
      [0.5, 0.45, 0.38],
      [0.3, 0.3, 0.33],
    ]),
  };
  return { kind, through, tone, paint: paints[kind], blur: kind === 'bag' ? chance.between(3, 9) : 0 };
}

/** Lays the cover over the light of a frame. */
export function lay(frame: Float32Array, { through, tone, paint }: LensCover, light: number): void {
  for (let at = 0; at < through.length; at++) {
    const left = through[at]!;
    for (let i = 0; i < 3; i++)
      frame[3 * at + i] = frame[3 * at + i]! * left + (1 - left) * paint[i]! * tone[at]! * light;
  }
}

/** Blurs three colours by a box of this radius, three times over: near enough to a lens out of focus. */
export function defocus(frame: Float32Array, width: number, height: number, radius: number): void {
  const reach = Math.max(0, Math.round(radius));
  if (reach === 0) return;
  for (let pass = 0; pass < 2; pass++) {
    for (let c = 0; c < 3; c++) {
      for (let y = 0; y < height; y++) smear(frame, 3 * y * width + c, 3, width, reach);
      for (let x = 0; x < width; x++) smear(frame, 3 * x + c, 3 * width, height, reach);
    }
  }
}

function smear(values: Float32Array, start: number, step: number, count: number, reach: number): void {
  const was = new Float32Array(count);
  for (let i = 0; i < count; i++) was[i] = values[start + i * step]!;
  let sum = was[0]! * reach;
  for (let i = 0; i <= reach; i++) sum += was[Math.min(i, count - 1)]!;
  for (let i = 0; i < count; i++) {
    values[start + i * step] = sum / (2 * reach + 1);
    sum += was[Math.min(count - 1, i + reach + 1)]! - was[Math.max(0, i - reach)]!;
  }
}
