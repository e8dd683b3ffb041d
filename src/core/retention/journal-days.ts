/**
 * How old the lines of a journal are, in days that the gateway was there to see. A clock that leaps makes nothing older: what was stamped
 * before the clock was set is moved by as much as it was set, and a day on which it was set, or in doubt, counts for nobody's age. It must never say
 * that a line is older than it is.
 */
import { localDay } from '../site/calendar.ts';
import type { Event, Time } from '../types.ts';

/** By how much the clock was set at a line. */
export interface ClockSet {
  readonly seq: number;
  readonly ms: number;
}

/** Lines of one day, by the clock as it stands now. */
export interface JournalDay {
  /** As `localDay` counts. */
  readonly day: number;
  readonly first: number;
  readonly last: number;
  /** Of the times its lines are stamped with, the one after the last. */
  readonly end: Time;
  /** Nothing was the matter with the clock. */
  readonly steady: boolean;
}

/** Takes the lines in their order. */
export class JournalDays {
  readonly #sets: readonly ClockSet[];
  readonly #utcOffsetMin: number;
  readonly #days: { day: number; first: number; last: number; end: Time; steady: boolean }[] = [];
  #set = 0;
  #shift: number;

  constructor(sets: readonly ClockSet[], utcOffsetMin: number) {
    this.#sets = sets;
    this.#utcOffsetMin = utcOffsetMin;
    this.#shift = sets.reduce((all, { ms }) => all + ms, 0);
  }

  add(seq: number, at: Time, kind: Event['kind']): void {
    for (let next = this.#sets[this.#set]; next && next.seq <= seq; next = this.#sets[this.#set]) {
      this.#shift -= next.ms;
      this.#set += 1;
    }
    const day = localDay(at + this.#shift, this.#utcOffsetMin);
    const last = this.#days.at(-1);
    const steady = kind !== 'clock-stepped' && kind !== 'clock-doubted';
    // The day that is left by setting the clock was none either.
    if (last && !steady) last.steady = false;
    // Two days' worth of steps may not add up to the hour; a line is never put before one that came earlier.
    if (last && day <= last.day) Object.assign(last, { last: seq, end: at + 1, steady: last.steady && steady });
    else this.#days.push({ day, first: seq, last: seq, end: at + 1, steady });
  }

  get days(): readonly JournalDay[] {
    return this.#days;
  }
}

/**
 * The first of these days, as many as may be cut when a class is kept for `keep` whole days and it is `today`: so many days lie between by
 * the calendar, and so many did the gateway live through.
 */
export function oldDays(days: readonly JournalDay[], today: number, keep: number): readonly JournalDay[] {
  let lived = 0;
  let old = days.length;
  while (old > 0 && lived < keep) {
    old -= 1;
    const { day, steady } = days[old]!;
    if (day < today && steady) lived += 1;
  }
  if (lived < keep) return [];
  const some = days.slice(0, old);
  return some.filter(({ day }) => today - day > keep);
}
