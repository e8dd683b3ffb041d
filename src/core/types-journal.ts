/**
 * What is known of the journal beside the journal: which places remember how far it was. Types only; it must never hold behaviour.
 */

/** A place that remembers how far the journal was. */
export type HeadPlace = 'head-file' | 'series' | 'cursor' | 'pictures' | 'influx' | 'checkpoint' | 'witness';

/** Something that does not agree with the journal, or with itself. */
export interface RecordDoubt {
  /** A snapshot of State that was changed, is of another journal, or is not what the journal folds to; or a line that does not hold. */
  readonly what: 'snapshot-spoilt' | 'snapshot-foreign' | 'snapshot-false' | 'line';
  /** The number of the last fact in the snapshot, or of the first that does not hold. */
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
