/**
 * Texts as chats take them: so many bytes and no more (a Chinese character is three), in one language, and where a chat reads
 * marks into a text, without any that came from a name. What is cut is the middle: the first line says what and where, the
 * last one which alarm of which school, and both stay.
 */
import type { Language, Words } from '../../core/types.ts';
import { cutHere } from '../../words/reach/robot-words.ts';

/** How long a text is as UTF-8, bytes. */
export const byteLength = (text: string): number => Buffer.byteLength(text, 'utf8');

/** The longest beginning of a text that has so many bytes; no character is cut through. */
export function beginning(text: string, bytes: number): string {
  let room = bytes;
  let end = 0;
  for (const character of text) {
    room -= byteLength(character);
    if (room < 0) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/**
 * A text within so many bytes. Where it is too long, its first and its last line stay and what is between is cut and marked;
 * where not even these fit, only the beginning of the first stays.
 */
export function within(words: Words, language: Language, bytes: number): string {
  const text = words[language];
  if (byteLength(text) <= bytes) return text;
  const lines = text.split('\n');
  const last = lines.length > 1 ? `\n${lines.at(-1)}` : '';
  const tail = cutHere[language] + last;
  const room = bytes - byteLength(tail);
  const first = lines[0]!;
  if (room < byteLength(first)) return beginning(first, bytes);
  return beginning(text.slice(0, text.length - last.length), room) + tail;
}

/**
 * What is made of a text, with as much of the text as fits into so many bytes: marks, quotation marks and line ends make it
 * longer, so it is made again with less room for the text until it does.
 */
export function fitting(make: (textBytes: number) => string, bytes: number): string {
  for (let room = bytes; ; ) {
    const made = make(room);
    const over = byteLength(made) - bytes;
    if (over <= 0 || room === 0) return made;
    room = Math.max(0, room - over);
  }
}

/** A text of people's names and places in which no chat finds marks of its own: links, tags, bold. */
export function unmarked(text: string): string {
  return text.replaceAll('<', '＜').replaceAll('*', '＊').replaceAll('`', '＇').replaceAll('](', '] (');
}

/** A mobile number as Chinese chats know it: without the country where it is theirs. */
export const mobile = (phone: string): string => phone.replace(/^\+86/, '');
