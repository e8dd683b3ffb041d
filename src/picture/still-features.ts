/**
 * A still in numbers: decoded by libvips, brought to one size whatever the camera sends, and reckoned through once. It must never judge, keep a
 * picture, or take one whose size nobody has looked at first.
 */
import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { type StillFeatures, stillColumns, stillRows, stillTurns } from '../core/camera/still-types.ts';

/** Pixels of a cell's side. */
const side = 8;
const width = stillColumns * side;
const height = stillRows * side;
/** A camera of 8K makes 33 megapixels; what is larger is no still of a camera. */
export const pixelsMax = 40_000_000;
/** A still of more bytes is none; the largest of an 8K camera are below this. */
export const bytesMax = 16 * 1024 ** 2;
const bins = 256;
const whiteFrom = 250;
const blackTo = 8;
/** How many pixels the coarse step reaches. */
const reach = 4;

/** One thread of libvips is enough for each still: they are taken one after the other. */
sharp.concurrency(1);
// Nothing is asked for twice.
sharp.cache(false);

/** Rejects when the bytes are no whole picture of a size that a camera sends. */
export async function stillFeatures(jpeg: Uint8Array): Promise<StillFeatures> {
  if (jpeg.length > bytesMax) throw new RangeError(`a still of ${jpeg.length} bytes`);
  const { data, info } = await sharp(jpeg, { limitInputPixels: pixelsMax, failOn: 'truncated', sequentialRead: true })
    .resize(width, height, { fit: 'fill' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { grey, colour } = greyOf(data, info.channels);
  return {
    ...lightOf(grey),
    ...edgesOf(grey),
    colour,
    dHash: dHashOf(grey),
    sha256: createHash('sha256').update(jpeg).digest('hex'),
  };
}

function greyOf(data: Uint8Array, channels: number): { readonly grey: Uint8Array; readonly colour: number } {
  const grey = new Uint8Array(width * height);
  if (channels < 3) return { grey: data.slice(0, grey.length), colour: 0 };
  let away = 0;
  for (let i = 0, at = 0; i < grey.length; i++, at += channels) {
    const [r, g, b] = [data[at]!, data[at + 1]!, data[at + 2]!];
    grey[i] = (r * 77 + g * 150 + b * 29) >> 8;
    away += Math.max(r, g, b) - Math.min(r, g, b);
  }
  return { grey, colour: away / grey.length };
}

/** Brightness: over all, and of each cell, with the number of its exact pixels (FNV-1a). */
function lightOf(grey: Uint8Array) {
  const histogram = new Uint32Array(bins);
  const [light, prints] = [new Uint8Array(stillColumns * stillRows), new Uint32Array(stillColumns * stillRows)];
  for (let cell = 0; cell < light.length; cell++) {
    const corner = Math.floor(cell / stillColumns) * side * width + (cell % stillColumns) * side;
    let [sum, print] = [0, 0x811c9dc5];
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const value = grey[corner + y * width + x]!;
        sum += value;
        print = Math.imul(print ^ value, 0x01000193);
        histogram[value]!++;
      }
    }
    light[cell] = sum / (side * side);
    prints[cell] = print >>> 0;
  }
  let [sum, squares, bits, white, black] = [0, 0, 0, 0, 0];
  for (const [value, count] of histogram.entries()) {
    if (count === 0) continue;
    const share = count / grey.length;
    sum += value * share;
    squares += value * value * share;
    bits -= share * Math.log2(share);
    if (value >= whiteFrom) white += share;
    if (value <= blackTo) black += share;
  }
  const stdev = Math.sqrt(Math.max(0, squares - sum * sum));
  return { mean: sum, stdev, entropy: bits, white, black, light, prints };
}

/** Steps of brightness: fine and coarse over all, and how strong in which direction in each cell. */
function edgesOf(grey: Uint8Array) {
  const strength = new Float64Array(stillColumns * stillRows * stillTurns);
  let [fine, coarse, sum, squares, count] = [0, 0, 0, 0, 0];
  for (let y = reach; y < height - reach; y++) {
    for (let x = reach; x < width - reach; x++) {
      const at = y * width + x;
      const value = grey[at]!;
      const [left, right, up, down] = [grey[at - 1]!, grey[at + 1]!, grey[at - width]!, grey[at + width]!];
      const [dx, dy] = [right - left, down - up];
      fine += Math.abs(right - value) + Math.abs(down - value);
      coarse += Math.abs(grey[at + reach]! - value) + Math.abs(grey[at + reach * width]! - value);
      const laplacian = left + right + up + down - 4 * value;
      sum += laplacian;
      squares += laplacian * laplacian;
      count++;
      const cell = (y >> 3) * stillColumns + (x >> 3);
      strength[cell * stillTurns + turnOf(dx, dy)]! += Math.abs(dx) + Math.abs(dy);
    }
  }
  const edges = new Uint8Array(strength.length);
  // Of 64 pixels with a step of up to 510 each: the root of the mean, times eight, stays within a byte.
  for (let i = 0; i < edges.length; i++) edges[i] = Math.min(255, 8 * Math.sqrt(strength[i]! / (side * side)) * 1.4);
  const mean = sum / count;
  return { fine: fine / (2 * count), coarse: coarse / (2 * count), laplacian: squares / count - mean * mean, edges };
}

/** Upright, level, and the two slopes between. */
function turnOf(dx: number, dy: number): number {
  const [across, along] = [Math.abs(dx), Math.abs(dy)];
  if (across > 2.4 * along) return 0;
  if (along > 2.4 * across) return 1;
  return dx > 0 === dy > 0 ? 2 : 3;
}

const hashColumns = 17;
const hashRows = 16;

/** Brighter than the field to its right, in 16 rows of 16. */
function dHashOf(grey: Uint8Array): string {
  const fields = new Float64Array(hashColumns * hashRows);
  const counts = new Uint32Array(hashColumns * hashRows);
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y * hashRows) / height) * hashColumns;
    for (let x = 0; x < width; x++) {
      const field = row + Math.floor((x * hashColumns) / width);
      fields[field]! += grey[y * width + x]!;
      counts[field]!++;
    }
  }
  let hex = '';
  for (let row = 0; row < hashRows; row++) {
    for (let at = 0; at < hashColumns - 1; at += 4) {
      let digit = 0;
      for (let bit = 0; bit < 4; bit++) {
        const field = row * hashColumns + at + bit;
        digit = digit * 2 + (fields[field]! / counts[field]! > fields[field + 1]! / counts[field + 1]! ? 1 : 0);
      }
      hex += digit.toString(16);
    }
  }
  return hex;
}
