/**
 * Built files in letters of one byte. A file with a single Chinese letter is held by V8 as text with two bytes for each, a megabyte and a half more
 * for the largest, so every letter beyond ASCII is written as its escape, and the maps are told which columns moved. It must change
 * nothing of what the program says or does: the escape means the letter in every text and pattern that is not raw.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One half of a pair is a letter, too: each has an escape. */
const beyond = /[\u0080-\uffff]/g;
/** A letter becomes `\u4e2d`. */
const grownBy = 5;
const escaped = (letter: string): string => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The first number of a segment of a source map (ECMA-426, base 64 VLQ), and the rest of the segment. */
function firstOf(segment: string): [value: number, rest: string] {
  let bits = 0;
  let shift = 0;
  for (let at = 0; ; at++) {
    const digit = digits.indexOf(segment[at]!);
    bits += (digit & 31) << shift;
    shift += 5;
    if (digit < 32) return [bits & 1 ? -(bits >> 1) : bits >> 1, segment.slice(at + 1)];
  }
}

function written(value: number): string {
  let bits = value < 0 ? (-value << 1) | 1 : value << 1;
  let text = '';
  do {
    const digit = bits & 31;
    bits >>= 5;
    text += digits[bits > 0 ? digit | 32 : digit];
  } while (bits > 0);
  return text;
}

/** The segments of one line, where letters of it have grown. */
function movedLine(segments: string, line: string): string {
  const grown = [...line.matchAll(beyond)].map(({ index }) => index);
  if (grown.length === 0 || segments === '') return segments;
  let column = 0;
  let before = 0;
  let passed = 0;
  const moved = segments.split(',').map((segment) => {
    const [step, rest] = firstOf(segment);
    column += step;
    while (passed < grown.length && grown[passed]! < column) passed++;
    const now = column + passed * grownBy;
    const told = written(now - before) + rest;
    before = now;
    return told;
  });
  return moved.join(',');
}

/** A built file and the `mappings` of its map, in letters of one byte. */
export function inOneByte(code: string, mappings: string): { readonly code: string; readonly mappings: string } {
  const lines = code.split('\n');
  const moved = mappings.split(';').map((segments, n) => movedLine(segments, lines[n] ?? ''));
  return { code: code.replace(beyond, escaped), mappings: moved.join(';') };
}

/** Writes every built file of the folder anew that has a letter of two bytes, and its map. */
export function shrinkLetters(folder: string): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.js')) continue;
    const file = join(folder, name);
    const text = readFileSync(file, 'utf8');
    if (text.search(beyond) < 0) continue;
    const map = JSON.parse(readFileSync(`${file}.map`, 'utf8')) as { mappings: string };
    const { code, mappings } = inOneByte(text, map.mappings);
    writeFileSync(file, code);
    writeFileSync(`${file}.map`, JSON.stringify({ ...map, mappings }));
  }
}
