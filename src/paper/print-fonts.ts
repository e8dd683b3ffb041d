/**
 * The fonts a report is printed with, and which of them has a character. A library that lacks a glyph prints nothing and says
 * nothing, and a guard with a rare surname would vanish from an audit: so every character is looked up before it is printed.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { EmbeddedFont } from 'pdfmake/js/PDFDocument.js';
import { fontMissing, fontUnusable } from '../words/screens/audit-words.ts';
import { WordedError } from '../words/worded-error.ts';

// Required, since what an import of such a module gives as its default differs between those who run it.
const { default: FontDocument } = createRequire(import.meta.url)(
  'pdfmake/js/PDFDocument.js',
) as typeof import('pdfmake/js/PDFDocument.js');

/** A file, or one face of a collection. */
export type FontFace = string | readonly [path: string, face: string];

const NOTO = '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc';
/** Tried in this order for what the font before lacks; Debian's places. */
const SPARE: readonly FontFace[] = [
  [NOTO, 'NotoSansCJKsc-Regular'],
  ['/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc', 'WenQuanYiZenHei'],
  '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf',
  '/usr/share/fonts/opentype/unifont/unifont.otf',
];
/** The character for patrol: a font without it prints no Chinese. */
const PATROL = 0x5de1;
/** Stands for what no font has. */
export const LACKING = '〓';

const pathOf = (face: FontFace): string => (typeof face === 'string' ? face : face[0]);

/** `fonts/our.ttf`, or `fonts/our.ttc#OurFace`. */
function faceOf(setting: string): FontFace {
  const mark = setting.indexOf('#');
  return mark < 0 ? setting : [setting.slice(0, mark), setting.slice(mark + 1)];
}

function load(face: FontFace): EmbeddedFont | undefined {
  try {
    const font = new FontDocument({ it: { normal: face } }).provideFont('it', false, false);
    return font.font && font;
  } catch {
    // Not a font, or not that face: what is done about it depends on who asked for it.
    return undefined;
  }
}

/** A text, or its runs where more than one font is needed. */
export type FittedText = string | readonly { readonly text: string; readonly font: string }[];

export class PrintFonts {
  readonly #faces: readonly FontFace[];
  readonly #loaded: (EmbeddedFont | undefined)[];
  /** Widths of single characters, of the font's size, by font and character. */
  readonly #widths = new Map<string, number>();
  readonly #places = new Map<number, number>();
  readonly #lacking = new Set<string>();

  private constructor(faces: readonly FontFace[], first: EmbeddedFont) {
    this.#faces = faces;
    this.#loaded = [first];
  }

  /** Rejects what cannot print Chinese, with a sentence that names the package and the setting. `setting`: `reports.font`. */
  static open(setting: string | undefined, spare: readonly FontFace[] = SPARE): PrintFonts {
    const there = spare.filter((face) => existsSync(pathOf(face)));
    const faces = setting === undefined ? there : [faceOf(setting), ...there];
    const [face] = faces;
    const first = face === undefined ? undefined : load(face);
    if (!first && setting !== undefined) throw new WordedError(fontUnusable(setting));
    if (!first?.font?.hasGlyphForCodePoint(PATROL)) throw new WordedError(fontMissing);
    return new PrintFonts(faces, first);
  }

  /** The fonts by the names in which `fit` speaks of them. */
  table(): Record<string, { normal: FontFace; bold: FontFace }> {
    return Object.fromEntries(this.#faces.map((face, i) => [`f${i}`, { normal: face, bold: face }]));
  }

  /** Characters that no font had, in the order in which they were met, each with its number. */
  lacking(): readonly string[] {
    return [...this.#lacking].map(
      (one) => `U+${(one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
    );
  }

  /** Index of the first font that has it; -1 where none does. */
  #placeOf(codePoint: number): number {
    const known = this.#places.get(codePoint);
    if (known !== undefined) return known;
    const place = this.#faces.findIndex((face, i) => {
      if (i >= this.#loaded.length) this.#loaded[i] = load(face);
      return this.#loaded[i]?.font?.hasGlyphForCodePoint(codePoint) === true;
    });
    this.#places.set(codePoint, place);
    return place;
  }

  /** How wide a text of one font is, points, as the sum of its characters; `font`: a name that `fit` gave. */
  wide(text: string, font: string, size: number): number {
    let wide = 0;
    for (const one of text) {
      const key = `${font}${one}`;
      let of = this.#widths.get(key);
      if (of === undefined) {
        of = this.#loaded[Number(font.slice(1))]?.widthOfString(one, 1_000) ?? 0;
        this.#widths.set(key, of);
      }
      wide += of;
    }
    return (wide * size) / 1_000;
  }

  /** The text as it can be printed, and nothing of it lost. */
  fit(text: string): FittedText {
    const runs: { text: string; font: string }[] = [];
    for (const one of text) {
      const printed = /[\p{Cc}\p{Cf}]/u.test(one) ? ' ' : one;
      const place = this.#placeOf(printed.codePointAt(0) ?? 0);
      if (place < 0) this.#lacking.add(printed);
      const [shown, font] = place < 0 ? [LACKING, 'f0'] : [printed, `f${place}`];
      const last = runs.at(-1);
      if (last?.font === font) last.text += shown;
      else runs.push({ text: shown, font });
    }
    return runs.every(({ font }) => font === 'f0') ? runs.map((run) => run.text).join('') : runs;
  }
}
