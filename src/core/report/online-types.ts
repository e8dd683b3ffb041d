/** The online rate of cameras: what is said of a camera, a room and the school, by day, week or month. Types only; no behaviour. */
import type { SeenReason, Time, Words } from '../types.ts';

export type OnlineStep = 'day' | 'week' | 'month';

/**
 * How a length of time was spent, ms; the four add up to all of it. unknown: the gateway itself was not there, or had not looked yet: it is
 * in no rate, and never taken for seen. outside: outside the hours in which something must be seen.
 */
export interface OnlineShare {
  readonly seenMs: number;
  readonly unseenMs: number;
  readonly unknownMs: number;
  readonly outsideMs: number;
  /** What `unseenMs` is made of. */
  readonly unseen: Readonly<Partial<Record<SeenReason, number>>>;
  /** seen / (seen + unseen), 0 to 1; null where nothing is known. */
  readonly rate: number | null;
}

/** One day, week (from Monday) or month of the period, by the school's calendar; the first and the last may be cut by the period. */
export interface OnlinePart extends OnlineShare {
  /** Its first local day, days since 1970-01-01. */
  readonly day: number;
}

export interface OnlineRow {
  readonly id: string;
  readonly title: Words;
  readonly whole: OnlineShare;
  readonly parts: readonly OnlinePart[];
}

export interface OnlineCamera extends OnlineRow {
  /** The room it belongs to, where the configuration names one. */
  readonly area?: string;
}

/** The rates of [from, to). A room and the school are the sum of their cameras' times. */
export interface OnlineReport {
  readonly from: Time;
  readonly to: Time;
  readonly step: OnlineStep;
  readonly cameras: readonly OnlineCamera[];
  readonly areas: readonly OnlineRow[];
  readonly school: Omit<OnlineRow, 'id' | 'title'>;
}
