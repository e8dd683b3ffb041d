/**
 * The journal itself: which places beside it remember how far it was, what is kept in it how long, what was cut by that, and what is held back
 * from it. Types only; it must never hold behaviour.
 */
import type { By } from './types-fact-parts.ts';
import type { Time } from './types-terms.ts';

/** A place that remembers how far the journal was. */
export type HeadPlace = 'head-file' | 'series' | 'cursor' | 'pictures' | 'influx' | 'checkpoint' | 'witness';

/** Something that does not agree with the journal, or with itself. */
export interface RecordDoubt {
  /**
   * A snapshot of State that was changed, is of another journal, or is not what the journal folds to; a line that does not hold; the key that signs is
   * not there; the State that was kept when lines were cut is not signed by the key that is.
   */
  readonly what: 'snapshot-spoilt' | 'snapshot-foreign' | 'snapshot-false' | 'line' | 'key-lost' | 'base-unsigned';
  /** The number of the last fact in the snapshot or State, of the first that does not hold, or of the last before the start without a key. */
  readonly upTo: number;
}

/** What a journal lacks of what is known of it. */
export interface JournalGap {
  readonly place: HeadPlace;
  /** The number of the fact that the place knows of. */
  readonly known: number;
  /** The number of the last fact in the journal. */
  readonly head: number;
  /** It holds nothing, it ends before that fact, or it holds another one in its place. */
  readonly how: 'empty' | 'behind' | 'differs';
}

/**
 * What a record is of: alarms with what devices said, arming and faults; patrol with posts; who came in, looked and took away. `kept`: what
 * explains all others (starts, clocks, accounts, what was cut), for ever.
 */
export type RecordClass = 'alarm' | 'patrol' | 'access' | 'kept';
/** Classes whose records may be cut. */
export type CutClass = Exclude<RecordClass, 'kept'>;

/** How many whole days records of a class are kept; a class that is absent is kept for ever. */
export type KeepDays = { readonly [K in CutClass]?: number };

/** What was cut of one class and one day: the content of these lines goes, their hashes stay. */
export interface Pruned {
  readonly class: CutClass;
  /** The school's day on which they were learned, `2026-11-29`. */
  readonly day: string;
  /** How many whole days the configuration said, when it was cut. */
  readonly days: number;
  /** The first and the last of the lines. */
  readonly from: number;
  readonly to: number;
  readonly lines: number;
  /** SHA-256, hex, over a line `SEQ AT LEAF LINK` for each of them, in their order, each ended by a line break. */
  readonly digest: string;
  /** A line beyond all of them, and the SHA-256, hex, of State as the journal folds to there: it cannot be folded from the first line any more. */
  readonly base: number;
  readonly state: string;
}

export type RetentionFact =
  | ({ readonly kind: 'pruned' } & Pruned)
  /** A person lets go of what was held with the file of an incident: from now on it is kept as long as everything else. */
  | {
      readonly kind: 'released';
      readonly incident: number;
      readonly by: string;
      readonly reason: string;
      readonly covert?: true;
    };

/** Of a class: records learned before this time may be gone. */
export interface CutSpan {
  readonly before: Time;
  readonly days: number;
}

/** Whose taking of a file holds the records of an incident back from being cut. */
export type CaseHold = By & { readonly covert?: true };
