/**
 * Slips of a Chinese keyboard and of editors that YAML takes for something else: full-width colon, comma and quotes where the plain
 * ones belong, tabs as indentation, a file that is not UTF-8. They are named as what they are, because YAML's own words
 * about them help nobody. It must never touch text that people read.
 */

import { notUtf8, slips as slipWords } from '../words/site/config-text-words.ts';
import type { Words } from '../words/words.ts';

export interface TypingSlip {
  /** In characters from the beginning of the text. */
  readonly offset: number;
  readonly message: Words;
}

/** A key, perhaps of a list's entry, as it is typed with the keyboard still in Chinese. */
const rules: readonly (readonly [RegExp, Words])[] = [
  [/^(\s*(?:-\s+)?(?:\{\s*)?[A-Za-z]\w*)：/, slipWords.colon],
  [/^([^"'#]*[{,]\s*[A-Za-z]\w*)：/, slipWords.colon],
  [/^([^"'#]*[[{][^"'#]*?)，(?=\s*[A-Za-z0-9"'[{])/, slipWords.comma],
  [/^([^"'#]*:\s*)[“”‘’「]/, slipWords.quotes],
  [/^( *)\t/, slipWords.tab],
];

/** Every slip of the text, at most one a line. */
export function typingSlips(text: string): TypingSlip[] {
  const slips: TypingSlip[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    for (const [rule, message] of rules) {
      const hit = rule.exec(line);
      if (!hit) continue;
      slips.push({ offset: start + (hit[1] ?? '').length, message });
      break;
    }
    start += line.length + 1;
  }
  return slips;
}

/**
 * The text of a file; a few Chinese characters in GBK are by chance letters of Greek to Syriac in UTF-8, which no school's file has
 * without any Chinese beside them. When it is not UTF-8, the line from 1 where that shows, and what it seems to be. */
export function textOf(bytes: Uint8Array): { text: string } | { line: number; message: Words } {
  const strict = new TextDecoder('utf-8', { fatal: true });
  const not = (line: number, gbk: boolean) => ({ line, message: notUtf8(gbk) });
  try {
    const text = strict.decode(bytes);
    const alike = /\p{Script=Han}/u.test(text) ? -1 : text.search(/[\u0370-\u07ff]/);
    return alike < 0 ? { text } : not(text.slice(0, alike).split('\n').length, true);
  } catch {
    const lines = splitLines(bytes);
    return not(lines.findIndex((one) => !fits('utf-8', one)) + 1, fits('gb18030', bytes));
  }
}

function fits(encoding: string, bytes: Uint8Array): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function splitLines(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  let from = 0;
  for (let to = bytes.indexOf(10); to >= 0; to = bytes.indexOf(10, from)) {
    lines.push(bytes.subarray(from, to));
    from = to + 1;
  }
  return [...lines, bytes.subarray(from)];
}
