/**
 * How heavily alarms came down on the one who watches: ten-minute windows on the school's clock, empty ones included, and
 * the time in flood. Told one raise after the other, in the order of time; it keeps a count a window and the last few times.
 */
import { floodAbove, floodBelow, floodMs } from '../alarm/flood.ts';
import type { Time } from '../types.ts';

export const windowMs = 600_000;

/** Counts raises by window between two times. */
export class Windows {
  /** Where the first window begins. */
  readonly from: Time;
  readonly counts: number[];
  readonly #first: number;
  readonly #offsetMs: number;

  constructor(from: Time, to: Time, utcOffsetMin: number) {
    this.#offsetMs = utcOffsetMin * 60_000;
    this.#first = this.#index(from);
    this.from = this.#first * windowMs - this.#offsetMs;
    const length = to > from ? this.#index(to - 1) - this.#first + 1 : 0;
    this.counts = new Array<number>(length).fill(0);
  }

  #index(at: Time): number {
    return Math.floor((at + this.#offsetMs) / windowMs);
  }

  take(at: Time): void {
    const place = this.#index(at) - this.#first;
    this.counts[place] = (this.counts[place] ?? 0) + 1;
  }
}

/** Sums the time in flood between two times: from the raise that makes it more than ten, to when fewer than five are left. */
export class FloodTime {
  readonly #from: Time;
  readonly #to: Time;
  /** As many of the last raises as it takes to tell a beginning, oldest first. */
  readonly #last: Time[] = [];
  #since: Time | undefined;
  #sumMs = 0;

  constructor(from: Time, to: Time) {
    this.#from = from;
    this.#to = to;
  }

  take(at: Time): void {
    const end = this.#end();
    if (this.#since !== undefined && end < at) this.#close(end);
    this.#last.push(at);
    if (this.#last.length > floodAbove + 1) this.#last.shift();
    const [first] = this.#last;
    const full = this.#last.length > floodAbove && first !== undefined && first > at - floodMs;
    if (full) this.#since ??= at;
  }

  /** The clock was set by `ms`. */
  move(ms: number): void {
    for (const [i, at] of this.#last.entries()) this.#last[i] = at + ms;
    if (this.#since !== undefined) this.#since += ms;
  }

  /** When so many of the last raises will be ten minutes old that too few are left. */
  #end(): Time {
    return (this.#last.at(-floodBelow) ?? 0) + floodMs;
  }

  #close(end: Time): void {
    if (this.#since !== undefined) {
      this.#sumMs += Math.max(0, Math.min(end, this.#to) - Math.max(this.#since, this.#from));
    }
    this.#since = undefined;
  }

  /** The sum, ms; nothing may be taken afterwards. */
  total(): number {
    this.#close(this.#end());
    return this.#sumMs;
  }
}
