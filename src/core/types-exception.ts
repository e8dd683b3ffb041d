/**
 * Exceptions of patrol: what a person is asked to look at, and what he said of it. A question with its evidence, never a verdict.
 * Types only; it must never hold behaviour.
 */
import type { ReaderTouch } from './types-patrol.ts';
import type { Time, Words } from './types-terms.ts';

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

/**
 * A touch as evidence names it: enough to find it among all touches, and how it came to us, by which it is known whether a still of that moment
 * can have been taken. Facts of earlier versions do not say the latter.
 */
export type TouchEvidence = Pick<ReaderTouch, 'reader' | 'card' | 'sourceTime'> & {
  /** The number of its fact. */
  readonly touch?: number;
  readonly source?: ReaderTouch['source'];
  /** When it reached us. */
  readonly learned?: Time;
  /** By phone: the photograph that came with it. */
  readonly photo?: string;
};

/** What came of looking for the still of a touch: its name among the evidence, which says when it was taken, and the SHA-256 of its bytes; or why there is none. */
export type TouchStill =
  | { readonly picture: string; readonly sha256: string }
  | { readonly tries: number; readonly lastAt: Time; readonly why: Words };

/** What was found, and what it rests on. */
export interface Suspicion {
  readonly rule: ExceptionRule;
  /** The same for the same thing however often it is looked at. */
  readonly key: string;
  /** When the first of it happened, by device time. */
  readonly from: Time;
  /** At most twelve of the touches; `count`: how many there are. */
  readonly touches: readonly TouchEvidence[];
  readonly count: number;
  /** Cards it is about; none: it is about a reader and accuses nobody. */
  readonly cards: readonly string[];
  readonly person?: string;
  readonly reader?: string;
  readonly round?: string;
  /** What was measured and what it was held against, in the unit of the rule: ms, or a number of touches, points, rounds or days. */
  readonly value: number;
  readonly limit: number;
}

/** What came of it. explained: there was a good reason; device: the reader or its clock; misconduct: so it was; unclear: nobody can say. */
export type ExceptionFinding = 'explained' | 'device' | 'misconduct' | 'unclear';

/** A suspicion as State keeps it. `id`: the number of its fact. */
export interface OpenSuspicion extends Suspicion {
  readonly id: number;
  /** Of its touches, by their place in `touches`, as far as it is known. */
  readonly stills?: Readonly<Record<number, TouchStill>>;
  /** The last word on it. */
  readonly finding?: {
    readonly by: string;
    readonly at: Time;
    readonly finding: ExceptionFinding;
    readonly note: string;
  };
}

export type ExceptionFact =
  | ({ readonly kind: 'suspected' } & Suspicion)
  /** The still of its touch number `nth` was kept as evidence, or was not: then `why`. */
  | ({ readonly kind: 'exception-pictured'; readonly exception: number; readonly nth: number } & (
      | { readonly picture: string; readonly sha256: string }
      | { readonly why: Words }
    ))
  | {
      readonly kind: 'exception-disposed';
      readonly exception: number;
      readonly by: string;
      readonly finding: ExceptionFinding;
      readonly note: string;
    };
