/**
 * What a simulated camera sees: in a canteen tiles, a worktop, two pots and a cook who walks; at a gate the yard, the wires of
 * the fence and whoever is at it. With the camera's name and a bar that moves with time, so that a frozen picture shows. It
 * must never use anything recorded of real people or places.
 */
import { jpeg, type Picture } from './jpeg.ts';

type Colour = readonly [number, number, number];

/** 5×7 dots a letter, one byte a row; only what device ids are made of. */
const FONT: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'A0e11111f111111 B1e11111e11111e C0e11101010110e D1e11111111111e E1f10101e10101f F1f10101e101010 G0e11101711110f ' +
    'H1111111f111111 I0e04040404040e J0702020202120c K11121418141211 L1010101010101f M111b1515111111 N11191513111111 ' +
    'O0e11111111110e P1e11111e101010 Q0e11111115120d R1e11111e141211 S0f10100e01011e T1f040404040404 U1111111111110e ' +
    'V11111111110a04 W1111111515150a X11110a040a1111 Y11110a04040404 Z1f01020408101f 00e11131519110e 1040c040404040e ' +
    '20e11010204081f 31f02040201110e 402060a121f0202 51f101e0101110e 60608101e11110e 71f010204080808 80e11110e11110e ' +
    '90e11110f01020c -0000001f000000 _0000000000001f'
  )
    .split(' ')
    .map((glyph) => [glyph.charAt(0), glyph.slice(1)]),
);

class Canvas implements Picture {
  readonly width = 640;
  readonly height = 360;
  readonly rgb = new Uint8Array(640 * 360 * 3);

  box(x: number, y: number, w: number, h: number, colour: Colour): void {
    const [left, right] = [Math.max(0, x), Math.min(this.width, x + w)];
    const [red, green, blue] = colour;
    for (let row = Math.max(0, y); row < Math.min(this.height, y + h); row++) {
      const end = (row * this.width + right) * 3;
      for (let at = (row * this.width + left) * 3; at < end; at += 3) {
        this.rgb[at] = red;
        this.rgb[at + 1] = green;
        this.rgb[at + 2] = blue;
      }
    }
  }

  text(words: string, x: number, y: number, dot: number, colour: Colour): void {
    for (const [i, letter] of [...words.toUpperCase()].entries()) {
      const rows = FONT[letter];
      if (!rows) continue;
      for (let row = 0; row < 7; row++)
        for (let column = 0; column < 5; column++)
          if ((Number.parseInt(rows.slice(row * 2, row * 2 + 2), 16) >> (4 - column)) & 1)
            this.box(x + (i * 6 + column) * dot, y + row * dot, dot, dot, colour);
    }
  }
}

/** A colour of its own for each name. */
function colourOf(name: string): Colour {
  let hash = 7;
  for (const letter of name) hash = (hash * 31 + letter.charCodeAt(0)) % 997;
  return [90 + (hash % 120), 90 + ((hash * 3) % 120), 90 + ((hash * 7) % 120)];
}

function kitchen(canvas: Canvas, own: Colour, at: number): void {
  canvas.box(0, 0, 640, 230, [206, 212, 214]);
  for (let x = 0; x < 640; x += 40) canvas.box(x, 0, 2, 230, [184, 190, 193]);
  for (let y = 0; y < 230; y += 40) canvas.box(0, y, 640, 2, [184, 190, 193]);
  canvas.box(0, 230, 640, 130, [122, 118, 112]);
  canvas.box(40, 60, 200, 20, own);
  const walk = Math.round(((Math.sin(at / 4000) + 1) / 2) * 480) + 60;
  canvas.box(walk, 120, 44, 140, [238, 238, 234]);
  canvas.box(walk + 8, 84, 28, 36, [214, 178, 150]);
  canvas.box(walk + 4, 62, 36, 24, [250, 250, 250]);
  canvas.box(0, 214, 640, 40, [168, 172, 176]);
  canvas.box(120, 176, 90, 42, [92, 96, 100]);
  canvas.box(420, 186, 70, 32, own);
}

/** The yard at dusk behind a fence of six wires; with somebody on the wires when there is. */
function gate(canvas: Canvas, own: Colour, at: number, somebody: boolean): void {
  canvas.box(0, 0, 640, 150, [74, 84, 98]);
  canvas.box(0, 110, 260, 90, own);
  for (let x = 20; x < 240; x += 44) canvas.box(x, 128, 22, 26, [226, 206, 140]);
  canvas.box(0, 190, 640, 170, [82, 86, 78]);
  if (somebody) {
    const climb = Math.round(((Math.sin(at / 900) + 1) / 2) * 60);
    canvas.box(392, 138 - climb, 30, 34, [186, 150, 124]);
    canvas.box(380, 170 - climb, 56, 86, [34, 36, 44]);
    canvas.box(364, 150 - climb, 18, 60, [34, 36, 44]);
    canvas.box(434, 150 - climb, 18, 60, [34, 36, 44]);
    canvas.box(384, 254 - climb, 18, 62, [48, 50, 60]);
    canvas.box(412, 254 - climb, 18, 62, [48, 50, 60]);
  }
  for (let x = 40; x < 640; x += 180) canvas.box(x, 90, 12, 230, [168, 172, 176]);
  for (let wire = 0; wire < 6; wire++) canvas.box(0, 110 + wire * 36, 640, 3, [206, 210, 214]);
}

/** What there is to see. A masked lens sees next to nothing; `somebody` is at the fence, where the camera looks at one. */
export interface Sight {
  readonly masked: boolean;
  readonly somebody: boolean;
}

/** A JPEG, 640×360, of this moment (`at`: ms since the epoch), of the place that the camera's name tells of. */
export function cameraPicture(name: string, at: number, { masked, somebody }: Sight): Uint8Array {
  const canvas = new Canvas();
  const own = colourOf(name);
  if (masked) canvas.box(0, 0, 640, 360, [14, 14, 16]);
  else if (name.startsWith('gate')) gate(canvas, own, at, somebody);
  else kitchen(canvas, own, at);
  canvas.box(0, 336, 640, 24, [24, 26, 28]);
  canvas.box(Math.floor(at / 50) % 640, 336, 24, 24, own);
  canvas.text(name.slice(0, 24), 12, 341, 2, [244, 244, 244]);
  canvas.text(new Date(at).toISOString().slice(11, 19).replaceAll(':', '-'), 530, 341, 2, [244, 244, 244]);
  return jpeg(canvas);
}
