/**
 * What a camera makes of light: exposure that follows, noise, a curve, smoothing over time, the clock in the picture, JPEG. Every constant is
 * drawn for the camera; no two are alike.
 */
import sharp from 'sharp';
import type { Chance } from '../virtual/chance.ts';

export interface SensorTraits {
  /** Mean it aims at, and the most it amplifies. */
  readonly target: number;
  readonly gainMost: number;
  /** How much of the way to the wanted exposure it goes in one still. */
  readonly follow: number;
  readonly shot: number;
  readonly floor: number;
  /** How much of the picture before stays; and the change below which a field of 16 pixels is not sent anew at all. */
  readonly smooth: number;
  readonly still: number;
  readonly quality: number;
  readonly infrared: boolean;
  readonly clock:
    | { readonly x: number; readonly y: number; readonly scale: number; readonly form: number; readonly title: string }
    | undefined;
  /** Pixels by which it shakes. */
  readonly shake: number;
}

export function drawSensor(chance: Chance): SensorTraits {
  const top = chance.happens(0.7);
  return {
    target: chance.between(0.16, 0.34),
    gainMost: chance.between(8, 40),
    follow: chance.between(0.5, 1),
    shot: chance.between(0.004, 0.02),
    floor: chance.between(0.0008, 0.004),
    smooth: chance.happens(0.5) ? chance.between(0, 0.7) : 0,
    still: chance.happens(0.4) ? chance.between(0.3, 2.5) : 0,
    quality: Math.round(chance.between(30, 90)),
    infrared: chance.happens(0.6),
    clock: chance.happens(0.85)
      ? {
          x: chance.pick([0.02, 0.6]),
          y: top ? 0.03 : 0.92,
          scale: chance.pick([1, 2]),
          form: Math.floor(chance.between(0, 3)),
          title: chance.pick(['', 'KITCHEN 1', 'CAM-03']),
        }
      : undefined,
    shake: chance.happens(0.25) ? chance.between(0.2, 1.5) : 0,
  };
}

const steps = 2048;
const curve = Uint8Array.from({ length: steps }, (_, n) => Math.round(255 * (n / (steps - 1)) ** (1 / 2.2)));
const bell = 65_536;

export class PictureSensor {
  readonly #traits: SensorTraits;
  readonly #chance: Chance;
  readonly #noise = new Float32Array(bell);
  readonly #size: { readonly width: number; readonly height: number };
  #gain: number | undefined;
  #before: Uint8Array | undefined;

  constructor(traits: SensorTraits, size: { readonly width: number; readonly height: number }, chance: Chance) {
    this.#traits = traits;
    this.#size = size;
    this.#chance = chance;
    for (let i = 0; i < bell; i++)
      this.#noise[i] = chance.random() + chance.random() + chance.random() + chance.random() - 2;
  }

  /** The camera was switched off and on. */
  restart(): void {
    this.#gain = undefined;
    this.#before = undefined;
  }

  /** Pixels of the frame: three bytes each. `grey`: it has swung its filter out. */
  develop(frame: Float32Array, grey: boolean, white = false): Uint8Array {
    const { target, gainMost, follow, shot, floor, smooth, still } = this.#traits;
    let sum = 0;
    for (let i = 0; i < frame.length; i += 21) sum += Math.min(1.5, frame[i]!);
    const mean = sum / Math.ceil(frame.length / 21);
    const wanted = white ? 60 * (target / (mean + 1e-4)) : Math.min(gainMost, target / (mean + 1e-4));
    this.#gain = this.#gain === undefined || white ? wanted : this.#gain + (wanted - this.#gain) * follow;
    const gain = this.#gain;
    const pixels = new Uint8Array(frame.length);
    let draw = Math.floor(this.#chance.random() * bell);
    const stride = 1 + 2 * Math.floor(this.#chance.random() * 5000);
    const fixed = floor * gain;
    for (let i = 0; i < frame.length; i += 3) {
      draw = (draw + stride) & (bell - 1);
      const [r, g, b] = [frame[i]! * gain, frame[i + 1]! * gain, frame[i + 2]! * gain];
      const lum = grey ? (r + g + b) / 3 : g;
      const noise = this.#noise[draw]! * (fixed + shot * Math.sqrt(Math.max(0, lum) * Math.max(1, gain / 4)));
      for (let c = 0; c < 3; c++) {
        const value = (grey ? lum : c === 0 ? r : c === 1 ? g : b) + noise * (grey || c === 1 ? 1 : 0.9);
        pixels[i + c] = curve[Math.max(0, Math.min(steps - 1, Math.round(value * (steps - 1))))]!;
      }
    }
    this.#hold(pixels, smooth, still);
    this.#before = pixels;
    return pixels;
  }

  /** What hardly changed is not sent anew, and what changed is smoothed: cameras save bits so. */
  #hold(pixels: Uint8Array, smooth: number, still: number): void {
    const before = this.#before;
    if (!before || (smooth === 0 && still === 0)) return;
    const { width, height } = this.#size;
    const block = 16;
    for (let top = 0; top < height; top += block) {
      for (let left = 0; left < width; left += block) {
        let change = 0;
        const [bottom, edge] = [Math.min(height, top + block), Math.min(width, left + block)];
        for (let y = top; y < bottom; y++)
          for (let i = 3 * (y * width + left); i < 3 * (y * width + edge); i++)
            change += Math.abs(pixels[i]! - before[i]!);
        change /= 3 * (bottom - top) * (edge - left);
        const keep = change < still ? 1 : change < 6 ? smooth : 0;
        if (keep === 0) continue;
        for (let y = top; y < bottom; y++)
          for (let i = 3 * (y * width + left); i < 3 * (y * width + edge); i++)
            pixels[i] = Math.round(before[i]! * keep + pixels[i]! * (1 - keep));
      }
    }
  }

  /** The still as it is sent, with the clock in it where the camera writes one. */
  async encode(pixels: Uint8Array, second: number): Promise<Uint8Array> {
    const { width, height } = this.#size;
    const { clock, quality } = this.#traits;
    const out = pixels.slice();
    if (clock) {
      write(out, width, height, clock, clockText(clock.form, second));
      if (clock.title) write(out, width, height, { ...clock, x: 0.7, y: 0.86 }, clock.title);
    }
    return new Uint8Array(
      await sharp(out, { raw: { width, height, channels: 3 } })
        .jpeg({ quality })
        .toBuffer(),
    );
  }
}

const two = (n: number): string => String(n).padStart(2, '0');
function clockText(form: number, second: number): string {
  const [day, h, m, s] = [
    1 + Math.floor(second / 86_400),
    Math.floor(second / 3_600) % 24,
    Math.floor(second / 60) % 60,
    Math.floor(second) % 60,
  ];
  const time = `${two(h)}:${two(m)}:${two(s)}`;
  return form === 0 ? `2026-11-${two(day)} ${time}` : form === 1 ? `${two(day)}/11/2026 ${time}` : time;
}

/** Three by five dots a letter, rows from the top as digits of three bits. */
const letters: Readonly<Record<string, string>> = {
  ...{
    0: '75557',
    1: '26227',
    2: '71747',
    3: '71717',
    4: '55711',
    5: '74717',
    6: '74757',
    7: '71244',
    8: '75757',
    9: '75717',
  },
  ...{
    ':': '02020',
    '-': '00700',
    '/': '11244',
    ' ': '00000',
    K: '55655',
    I: '72227',
    T: '72222',
    C: '74447',
    H: '55755',
    E: '74747',
    N: '57775',
    A: '25755',
    M: '57755',
  },
};

function write(
  out: Uint8Array,
  width: number,
  height: number,
  { x, y, scale }: { readonly x: number; readonly y: number; readonly scale: number },
  text: string,
): void {
  const [left, top] = [Math.round(x * width), Math.round(y * height)];
  const dot = (px: number, py: number, value: number) => {
    if (px >= 0 && py >= 0 && px < width && py < height)
      out.fill(value, 3 * (py * width + px), 3 * (py * width + px) + 3);
  };
  for (const pass of [0, 1]) {
    for (const [n, letter] of [...text].entries()) {
      for (const [row, bits] of [...(letters[letter] ?? '00000')].entries()) {
        for (let column = 0; column < 3; column++) {
          if (!((Number(bits) >> (2 - column)) & 1)) continue;
          for (let dy = 0; dy < scale; dy++)
            for (let dx = 0; dx < scale; dx++) {
              const [px, py] = [left + (n * 4 + column) * scale + dx, top + row * scale + dy];
              if (pass === 0) dot(px + 1, py + 1, 0);
              else dot(px, py, 255);
            }
        }
      }
    }
  }
}
