/**
 * What the rules of patrol exceptions look at and what they say. Types only. An exception is a question to a person with its
 * evidence; it is never a verdict, and it changes no round.
 */
import type { ExceptionRule, Time } from '../types.ts';

/** A touch as the rules look at it. */
export interface WatchedTouch {
  /** Names the touch in evidence. */
  readonly id: string;
  /** When it reached us. */
  readonly at: Time;
  /** When the device says it was made, or when it was told where its clock is in doubt. */
  readonly taken: Time;
  /** The reader or tag of the point. */
  readonly reader: string;
  readonly card: string;
  readonly person?: string;
  readonly source: 'online' | 'upload' | 'import' | 'phone' | 'hand';
  /** The file or message it came with; touches of one stand in the order of the device's memory. */
  readonly batch?: string;
  /** Where the message came from: the client's address or a name for it. */
  readonly address?: string;
}

/** A round as planned: who may walk it, and between when and when its points are touched. */
export interface WatchedRound {
  readonly id: string;
  readonly route: string;
  readonly from: Time;
  readonly to: Time;
  /** Readers in planned order, each with the planned time after the start, ms, and the place on the map. */
  readonly points: readonly RoundPoint[];
  /** Who is planned; empty: anybody. */
  readonly people: readonly string[];
}
export interface RoundPoint {
  readonly reader: string;
  readonly afterMs: number;
  readonly at?: readonly [number, number];
  /** The least time from the point before, where the plan says it. */
  readonly leastMs?: number;
}

/** When somebody was on duty, and when a reader could not be reached. Both known to the gateway. */
export interface DutySpan {
  readonly person: string;
  readonly from: Time;
  readonly to: Time;
}
export interface ReaderOutage {
  readonly reader: string;
  readonly from: Time;
  readonly to: Time;
}

/** Everything the rules may know of a span of time. `touches` in the order they reached us. */
export interface WatchedSpan {
  readonly touches: readonly WatchedTouch[];
  readonly rounds: readonly WatchedRound[];
  readonly duty: readonly DutySpan[];
  readonly outages: readonly ReaderOutage[];
  readonly utcOffsetMin: number;
}

/** What a rule found, with what it rests on. */
export interface PatrolException {
  readonly rule: ExceptionRule;
  /** The same for the same thing however often it is looked at: rule, whom or what it is about, and the patrol day. */
  readonly key: string;
  /** When the first of it happened, by device time. */
  readonly at: Time;
  /** Ids of the touches it rests on, at most twelve; `count`: how many there are. */
  readonly touches: readonly string[];
  readonly count: number;
  /** Cards it is about; empty: it is about a reader and accuses nobody. */
  readonly cards: readonly string[];
  readonly person?: string;
  readonly reader?: string;
  readonly round?: string;
  /** What was measured and what it was held against, in the unit of the rule: ms, or a number of touches, points, rounds or days. */
  readonly value: number;
  readonly limit: number;
}
