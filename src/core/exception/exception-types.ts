/**
 * What the rules of patrol exceptions look at and what they say. Types only. An exception is a question to a person with its
 * evidence; it is never a verdict, and it changes no round.
 */
import type { Time } from '../types.ts';

/** A touch as the rules look at it. */
export interface WatchedTouch {
  /** Names the touch in evidence. */
  readonly id: string;
  /** When it reached us. */
  readonly at: Time;
  /** When the device says it was made, by its corrected clock. */
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

export type ExceptionRule =
  | 'too-fast'
  | 'same-point'
  | 'two-places'
  | 'together'
  | 'same-pattern'
  | 'off-duty'
  | 'clock-jump'
  | 'late-batch'
  | 'by-hand'
  | 'one-place'
  | 'one-address';

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

/** Limits of the rules; a rule that is absent is switched off. All are of one judgement, so none may be read alone. */
export interface ExceptionLimits {
  /** So many legs in a row, together below their least time; it is `share` of the planned one where the plan names none. */
  readonly 'too-fast'?: { readonly share: number; readonly legs: number };
  /** The same card at the same point again within `withinMs`, but not within `bounceMs`; at `points` points of a day. */
  readonly 'same-point'?: { readonly withinMs: number; readonly bounceMs: number; readonly points: number };
  /** Hops that nobody walks, between points that do not follow each other: below `share` of the fastest planned pace; `hops` of a day. */
  readonly 'two-places'?: { readonly share: number; readonly hops: number };
  /** Two cards less than `withinMs` apart at `points` points of a day and at `share` of all that either touched meanwhile; `pairPoints` where both are planned. */
  readonly together?: {
    readonly withinMs: number;
    readonly points: number;
    readonly pairPoints: number;
    readonly share: number;
  };
  /** Legs of `rounds` rounds in a row that differ by no more than `spreadMs` (root mean square). */
  readonly 'same-pattern'?: { readonly rounds: number; readonly spreadMs: number };
  /** Cards used `points` times a day by somebody not on duty, more than `graceMs` beyond it, on `days` days within thirty. */
  readonly 'off-duty'?: { readonly graceMs: number; readonly points: number; readonly days: number };
  /** Device time that runs back in the memory of one device. */
  readonly 'clock-jump'?: { readonly backMs: number };
  /** Touches of a reader that was there, told later than this; `slackMs`: until it is noticed that one is not. */
  readonly 'late-batch'?: { readonly afterMs: number; readonly slackMs: number };
  /** Touches written by hand for one person within seven days: more than this. */
  readonly 'by-hand'?: { readonly perWeek: number };
  /** `points` points in a row by one card, each within `hopMs` of the one before. */
  readonly 'one-place'?: { readonly points: number; readonly hopMs: number };
  /** `readers` readers from one address within `withinMs`, that is not the usual address of them. */
  readonly 'one-address'?: { readonly readers: number; readonly withinMs: number };
}

/** The limits of one rule that is on. */
export type LimitsOf<Rule extends ExceptionRule> = NonNullable<ExceptionLimits[Rule]>;
