/**
 * A line of a school's journal as the fold reads it. What cannot be read is said, and kept all the same: its leaf is in the tree. It must never
 * throw for what stands in a line.
 */
import type { Event } from '../../core/types.ts';
import { upcast } from '../../core/upcast.ts';
import { leafHash } from '../../proof/merkle-tree.ts';
import type { SentLine } from '../../uplink/protocol.ts';
import { isStorable } from '../database/json-rows.ts';

/** One line with its number, as it came. */
export interface ReadLine {
  readonly seq: number;
  /** RFC 6962. */
  readonly leaf: Buffer;
  /** To the letter; undefined where it stayed at the school. */
  readonly text?: string;
  readonly at?: number;
  readonly kind?: string;
  /** Absent where it stayed at the school, or cannot be read. */
  readonly event?: Event;
  /** Why it cannot be read. */
  readonly why?: string;
}

/** The last moment a Date knows. */
const TIME_MAX = 8.64e15;
const KIND_MAX = 60;

export function readLine(line: SentLine, seq: number): ReadLine {
  if ('h' in line) return { seq, leaf: Buffer.from(line.h, 'hex') };
  const { l: text } = line;
  const leaf = leafHash(text);
  if (!isStorable(text)) return { seq, leaf, text, why: 'characters' };
  const found = eventOf(text, seq);
  return typeof found === 'string'
    ? { seq, leaf, text, why: found }
    : { seq, leaf, text, at: found.at, kind: found.kind, event: found };
}

/** Deeper than any fact, and no deeper than what reads, writes and keeps facts can go. */
const DEPTH_MAX = 64;

/** Whether a JSON text nests deeper than that, told without parsing it. */
export function nestsDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (quoted) {
      if (char === 0x5c) i++;
      else if (char === 0x22) quoted = false;
    } else if (char === 0x22) quoted = true;
    else if (char === 0x5b || char === 0x7b) {
      if (++depth > DEPTH_MAX) return true;
    } else if (char === 0x5d || char === 0x7d) depth--;
  }
  return false;
}

const isTime = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= TIME_MAX;
/** No place on earth is farther from UTC, minutes. */
const OFFSET_MAX = 15 * 60;

/** What would move the clock of all that comes after it, and must therefore be a clock's. */
function clockFault(event: Event): string | undefined {
  if (event.kind === 'clock-stepped' && !(isTime(event.from) && isTime(event.to))) return 'clock-stepped';
  if (event.kind !== 'started') return undefined;
  return Number.isInteger(event.utcOffsetMin) && Math.abs(event.utcOffsetMin) <= OFFSET_MAX
    ? undefined
    : 'utcOffsetMin';
}

/** The event of a text, as this version reads it; or what is wrong with it, in a word. */
export function eventOf(text: string, seq: number): Event | string {
  try {
    if (nestsDeep(text)) return 'depth';
    const found = JSON.parse(text) as Event;
    if (typeof found !== 'object' || found === null || Array.isArray(found)) return 'JSON';
    if (found.seq !== seq) return `seq ${String(found.seq).slice(0, 20)}`;
    if (!isTime(found.at)) return 'at';
    if (typeof found.kind !== 'string' || found.kind.length > KIND_MAX) return 'kind';
    const event = upcast(found);
    return clockFault(event) ?? event;
  } catch {
    return 'JSON';
  }
}
