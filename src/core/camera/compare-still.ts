/**
 * A still held against the reference of its camera: how much of the room's outline is still there, how much of the view has nothing in it any
 * more, and how crisp it is. Figures alone; what they mean is judged elsewhere. Light may be any: outlines and relative contrast are compared.
 */
import { type PictureReference, type StillFeatures, stillColumns, stillRows, stillTurns } from './still-types.ts';

export interface StillComparison {
  /** How well outlines agree, −1 to 1, where they stood; and at best when all is pushed aside by up to four cells. */
  readonly match: number;
  readonly pushed: number;
  /** Share of fields that had something in them and have nothing any more: neither outline nor contrast. White ones are counted apart. */
  readonly flat: number;
  readonly white: number;
  /** Share of fields that had something in them and show the same still: a half of the view covered leaves the other, a camera turned none. */
  readonly kept: number;
  /** Share of fields that show something else as clearly. */
  readonly other: number;
  /** Share of fields whose outlines are weak by half or more, though some of them may still be there: a film, or the soft edge of what lies over the lens. */
  readonly veiled: number;
  /** How well light and dark of the cells agree, −1 to 1: what is out of focus keeps them, what is covered does not. */
  readonly alike: number;
  /** How much of the fine there is for the coarse, against the reference: 1 the same, below it is blurred. */
  readonly crisp: number;
}

const fieldsAcross = 8;
const fieldsDown = 4;
const fields = fieldsAcross * fieldsDown;
const cells = stillColumns * stillRows;
/** Pushed this far in cells: a turn by some degrees. */
const pushMost = 4;
/** A field has something in it from this contrast on, and nothing below this share of what it had. */
const reliefLeast = 0.02;
const flatBelow = 0.3;
const whiteFrom = 248;
/** Outlines of one field agree from here on, and have nothing to do with each other below. */
const keptFrom = 0.55;
const goneBelow = 0.3;
/** An outline of less than this share of what it was is a trace. */
const faintBelow = 0.5;
const clearFrom = 0.6;
/** From here on the outline stands where it stood, and is not looked for elsewhere. */
const standsFrom = 0.8;

const fieldOf = Array.from({ length: cells }, (_, cell) => {
  const [x, y] = [cell % stillColumns, Math.floor(cell / stillColumns)];
  return Math.floor((y * fieldsDown) / stillRows) * fieldsAcross + Math.floor((x * fieldsAcross) / stillColumns);
});

/** Contrast of each field by what lies beside each other in it, for its brightness; and its brightness. */
function reliefOf(light: Uint8Array): { readonly relief: Float64Array; readonly bright: Float64Array } {
  const [relief, bright, count] = [new Float64Array(fields), new Float64Array(fields), new Float64Array(fields)];
  for (let cell = 0; cell < cells; cell++) {
    const field = fieldOf[cell]!;
    const value = light[cell]!;
    const right = cell % stillColumns < stillColumns - 1 ? light[cell + 1]! : value;
    const down = cell + stillColumns < cells ? light[cell + stillColumns]! : value;
    relief[field]! += Math.abs(right - value) + Math.abs(down - value);
    bright[field]! += value;
    count[field]!++;
  }
  for (let field = 0; field < fields; field++) {
    bright[field]! /= count[field]!;
    relief[field]! /= count[field]! * (bright[field]! + 12);
  }
  return { relief, bright };
}

/** Agreement of outlines with the reference pushed aside by whole cells; only where both are there. */
function agreement(edges: Uint8Array, known: Uint8Array, dx: number, dy: number): number {
  let [n, a, b, aa, bb, ab] = [0, 0, 0, 0, 0, 0];
  for (let y = Math.max(0, -dy); y < Math.min(stillRows, stillRows - dy); y++) {
    for (let x = Math.max(0, -dx); x < Math.min(stillColumns, stillColumns - dx); x++) {
      const [here, there] = [(y * stillColumns + x) * stillTurns, ((y + dy) * stillColumns + x + dx) * stillTurns];
      for (let turn = 0; turn < stillTurns; turn++) {
        const [p, q] = [known[here + turn]!, edges[there + turn]!];
        n++;
        a += p;
        b += q;
        aa += p * p;
        bb += q * q;
        ab += p * q;
      }
    }
  }
  const spread = Math.sqrt(Math.max(0, aa - (a * a) / n) * Math.max(0, bb - (b * b) / n));
  return spread > 0 ? (ab - (a * b) / n) / spread : 0;
}

/** Outlines field by field: how well they agree, and how strong they are against the reference. */
function outlines(
  edges: Uint8Array,
  known: Uint8Array,
): { readonly agree: Float64Array; readonly strong: Float64Array } {
  const sums = Array.from({ length: fields }, () => [0, 0, 0, 0, 0, 0]);
  for (let cell = 0; cell < cells; cell++) {
    const sum = sums[fieldOf[cell]!]!;
    for (let i = cell * stillTurns; i < (cell + 1) * stillTurns; i++) {
      const [p, q] = [known[i]!, edges[i]!];
      sum[0]!++;
      sum[1]! += p;
      sum[2]! += q;
      sum[3]! += p * p;
      sum[4]! += q * q;
      sum[5]! += p * q;
    }
  }
  const [agree, strong] = [new Float64Array(fields), new Float64Array(fields)];
  for (const [field, [n, a, b, aa, bb, ab]] of sums.entries()) {
    const spread = Math.sqrt(Math.max(0, aa! - (a! * a!) / n!) * Math.max(0, bb! - (b! * b!) / n!));
    agree[field] = spread > 0 ? (ab! - (a! * b!) / n!) / spread : 0;
    strong[field] = b! / Math.max(1, a!);
  }
  return { agree, strong };
}

/** Agreement of two tables, −1 to 1; 0 when one of them has nothing in it. */
function alikeness(now: Uint8Array, was: Uint8Array): number {
  let [a, b, aa, bb, ab] = [0, 0, 0, 0, 0];
  for (let cell = 0; cell < cells; cell++) {
    const [p, q] = [was[cell]!, now[cell]!];
    a += p;
    b += q;
    aa += p * p;
    bb += q * q;
    ab += p * q;
  }
  const spread = Math.sqrt(Math.max(0, aa - (a * a) / cells) * Math.max(0, bb - (b * b) / cells));
  return spread > 0 ? (ab - (a * b) / cells) / spread : 0;
}

const crispness = ({ fine, coarse }: Pick<StillFeatures, 'fine' | 'coarse'>): number => fine / (coarse + 0.2);

/** How many of its fields a still has anything in, 0 to 1: a reference needs something to be known by. */
export const filled = (still: Pick<StillFeatures, 'light'>): number =>
  reliefOf(still.light).relief.filter((relief) => relief >= reliefLeast).length / fields;

/** Holds a still against a reference. */
export function compareStill(still: StillFeatures, reference: PictureReference): StillComparison {
  const [now, was] = [reliefOf(still.light), reliefOf(reference.light)];
  const { agree, strong } = outlines(still.edges, reference.edges);
  let [held, flat, white, kept, other, veiled] = [0, 0, 0, 0, 0, 0];
  for (let field = 0; field < fields; field++) {
    if (was.relief[field]! < reliefLeast) continue;
    held++;
    if (agree[field]! >= keptFrom) kept++;
    if (strong[field]! < faintBelow) veiled++;
    const faint = strong[field]! < faintBelow && agree[field]! < goneBelow;
    const clear = strong[field]! >= clearFrom && now.relief[field]! >= clearFrom * was.relief[field]!;
    if (agree[field]! < goneBelow && clear) other++;
    if (now.bright[field]! >= whiteFrom) white++;
    else if (faint || now.relief[field]! < flatBelow * was.relief[field]!) flat++;
  }
  const match = agreement(still.edges, reference.edges, 0, 0);
  let pushed = match;
  for (let dy = -2; match < standsFrom && dy <= 2; dy++)
    for (let dx = -pushMost; dx <= pushMost; dx++)
      pushed = Math.max(pushed, agreement(still.edges, reference.edges, dx, dy));
  return {
    match,
    pushed,
    flat: held > 0 ? flat / held : 0,
    white: held > 0 ? white / held : 0,
    kept: held > 0 ? kept / held : 0,
    other: held > 0 ? other / held : 0,
    veiled: held > 0 ? veiled / held : 0,
    alike: alikeness(still.light, reference.light),
    crisp: crispness(still) / crispness(reference),
  };
}
