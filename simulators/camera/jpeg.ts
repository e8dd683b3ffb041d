/**
 * A small baseline JPEG encoder (ITU-T T.81, sequential DCT, 4:4:4, one Huffman table pair), so that simulated cameras
 * can show living pictures without another package. It serves test pictures only; it must never grow into an image library.
 */

/** Three bytes a pixel: red, green, blue; row by row from the top left. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

const ZIGZAG = [
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47,
  55, 62, 63,
];
/** T.81 table K.3 and K.5, luminance; used for the chroma planes too, which costs a few bytes and saves two tables. */
const DC_BITS = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
const DC_VALUES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const AC_BITS = [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125];
const AC_VALUES = [
  ...Buffer.from(
    '01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a' +
      '3435363738393a434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a' +
      '92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9da' +
      'e1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa',
    'hex',
  ),
];
const QUANT = Array.from({ length: 64 }, (_, i) => 6 + 3 * ((i >> 3) + (i & 7)));
const COSINE = Float64Array.from({ length: 64 }, (_, i) => {
  const [u, x] = [i >> 3, i & 7];
  return (u === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * x + 1) * u * Math.PI) / 16);
});

type Codes = ReadonlyMap<number, readonly [code: number, length: number]>;

function codes(bits: readonly number[], values: readonly number[]): Codes {
  const table = new Map<number, [number, number]>();
  let code = 0;
  let next = 0;
  for (const [i, count] of bits.entries()) {
    for (let n = 0; n < count; n++) table.set(values[next++]!, [code++, i + 1]);
    code <<= 1;
  }
  return table;
}
const DC = codes(DC_BITS, DC_VALUES);
const AC = codes(AC_BITS, AC_VALUES);

class BitWriter {
  readonly bytes: number[] = [];
  private held = 0;
  private count = 0;

  /** At most 16 bits at a time. */
  put(value: number, length: number): void {
    this.held = (this.held << length) | (value & ((1 << length) - 1));
    this.count += length;
    while (this.count >= 8) {
      this.count -= 8;
      const byte = (this.held >> this.count) & 0xff;
      this.bytes.push(byte);
      // A 0xFF in the data would read as a marker.
      if (byte === 0xff) this.bytes.push(0);
    }
    this.held &= 0xff;
  }

  symbol(table: Codes, symbol: number): void {
    const [code, length] = table.get(symbol)!;
    this.put(code, length);
  }

  flush(): void {
    while (this.count !== 0) this.put(1, 1);
  }
}

const size = (n: number): number => 32 - Math.clz32(Math.abs(n));
const amplitude = (n: number, length: number): number => (n < 0 ? n + (1 << length) - 1 : n);

const rows = new Float64Array(64);
const out = new Int32Array(64);

/** The coefficients of a block; the next call writes over them. */
function transform(from: Float64Array): Int32Array {
  for (let y = 0; y < 8; y++)
    for (let u = 0; u < 8; u++) {
      let sum = 0;
      for (let x = 0; x < 8; x++) sum += from[y * 8 + x]! * COSINE[u * 8 + x]!;
      rows[y * 8 + u] = sum;
    }
  for (let v = 0; v < 8; v++)
    for (let u = 0; u < 8; u++) {
      let sum = 0;
      for (let y = 0; y < 8; y++) sum += rows[y * 8 + u]! * COSINE[v * 8 + y]!;
      out[v * 8 + u] = Math.round(sum / QUANT[v * 8 + u]!);
    }
  return out;
}

/** The same of a block that is of one value: most of a drawn picture is. */
function transformFlat(value: number): Int32Array {
  const weight = COSINE[0]!;
  let [across, down] = [0, 0];
  for (let i = 0; i < 8; i++) across += value * weight;
  for (let i = 0; i < 8; i++) down += across * weight;
  out.fill(0);
  out[0] = Math.round(down / QUANT[0]!);
  return out;
}

/** Whether the block at a pixel is of one colour. */
function isFlat({ width, rgb }: Picture, bx: number, by: number): boolean {
  const first = (by * width + bx) * 3;
  const [r, g, b] = [rgb[first]!, rgb[first + 1]!, rgb[first + 2]!];
  for (let y = 0; y < 8; y++) {
    const from = first + y * width * 3;
    for (let at = from; at < from + 24; at += 3)
      if (rgb[at] !== r || rgb[at + 1] !== g || rgb[at + 2] !== b) return false;
  }
  return true;
}

/** Writes one block and returns its DC value, which the next block of the plane is coded against. */
function encodeBlock(out: BitWriter, coefficients: Int32Array, before: number): number {
  const dc = coefficients[0]!;
  const step = dc - before;
  out.symbol(DC, size(step));
  out.put(amplitude(step, size(step)), size(step));
  let zeros = 0;
  for (let i = 1; i < 64; i++) {
    const value = coefficients[ZIGZAG[i]!]!;
    if (value === 0) {
      zeros++;
      continue;
    }
    for (; zeros > 15; zeros -= 16) out.symbol(AC, 0xf0);
    const length = size(value);
    out.symbol(AC, (zeros << 4) | length);
    out.put(amplitude(value, length), length);
    zeros = 0;
  }
  if (zeros > 0) out.symbol(AC, 0);
  return dc;
}

const segment = (marker: number, body: readonly number[]): number[] => [
  0xff,
  marker,
  (body.length + 2) >> 8,
  (body.length + 2) & 255,
  ...body,
];

/** Red, green, blue → the weights of Y, Cb, Cr (JFIF). */
const PLANES = [
  [0.299, 0.587, 0.114, -128],
  [-0.168736, -0.331264, 0.5, 0],
  [0.5, -0.418688, -0.081312, 0],
] as const;

const block = new Float64Array(64);

/** The first so many values of a plane in the block at a pixel. */
function readBlock({ width, rgb }: Picture, bx: number, by: number, weights: readonly number[], count: number): void {
  const [r, g, b, level] = [weights[0]!, weights[1]!, weights[2]!, weights[3]!];
  for (let i = 0; i < count; i++) {
    const at = ((by + (i >> 3)) * width + bx + (i & 7)) * 3;
    block[i] = r * rgb[at]! + g * rgb[at + 1]! + b * rgb[at + 2]! + level;
  }
}

/** The picture as JPEG. Width and height must be multiples of eight. */
export function jpeg(picture: Picture): Uint8Array {
  const { width, height } = picture;
  if (width % 8 !== 0 || height % 8 !== 0) throw new RangeError('width and height must be multiples of eight');
  const out = new BitWriter();
  const before = [0, 0, 0];
  for (let by = 0; by < height; by += 8)
    for (let bx = 0; bx < width; bx += 8) {
      const flat = isFlat(picture, bx, by);
      for (let plane = 0; plane < 3; plane++) {
        readBlock(picture, bx, by, PLANES[plane]!, flat ? 1 : 64);
        before[plane] = encodeBlock(out, flat ? transformFlat(block[0]!) : transform(block), before[plane]!);
      }
    }
  out.flush();
  const components = [1, 2, 3].flatMap((id) => [id, 0x11, 0]);
  return Uint8Array.from([
    ...[0xff, 0xd8],
    ...segment(0xe0, [...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    ...segment(0xdb, [0, ...ZIGZAG.map((at) => QUANT[at]!)]),
    ...segment(0xc0, [8, height >> 8, height & 255, width >> 8, width & 255, 3, ...components]),
    ...segment(0xc4, [0x00, ...DC_BITS, ...DC_VALUES]),
    ...segment(0xc4, [0x10, ...AC_BITS, ...AC_VALUES]),
    ...segment(0xda, [3, ...[1, 2, 3].flatMap((id) => [id, 0]), 0, 63, 0]),
    ...out.bytes,
    ...[0xff, 0xd9],
  ]);
}
