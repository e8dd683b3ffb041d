/**
 * What patrol is made of: touches, where they came from, what is looked at on the way, and the facts of rounds. Types only; it must never hold behaviour.
 */
import type { By } from './types-fact-parts.ts';
import type { PatrolVerdict, Time, Words } from './types-terms.ts';

/**
 * How a touch came to us. online: the reader told it itself; upload: the reader told it later, from its own memory; import: read
 * from a file of a baton; phone: a phone was the reader; hand: a person wrote it down, and no reader vouches for it.
 */
export type TouchSource = 'online' | 'upload' | 'import' | 'phone' | 'hand';

/** What a phone reads at a checkpoint: the code in its tag, or on its sheet. */
export type PhoneWay = 'nfc' | 'qr';

/** A card or tag that was held to a reader, whether it fits a round or not. */
export interface ReaderTouch {
  readonly reader: string;
  readonly card: string;
  /** When the device says it was made, or when it reached us where the device has no clock. */
  readonly sourceTime: Time;
  /** Whose card it was when the touch was taken down; undefined: nobody's. */
  readonly person?: string;
  readonly source: TouchSource;
  /** Written down by hand: by whom, and why. */
  readonly by?: string;
  readonly reason?: string;
  /** The network address it was told from, where the wire tells. */
  readonly from?: string;
  /** By phone: what was read, and of a QR code the photograph: its name among the evidence, and the SHA-256 of its bytes. */
  readonly via?: PhoneWay;
  readonly picture?: string;
  readonly sha256?: string;
  /** The import it came with: the hash of the file. */
  readonly batch?: string;
  /** The device's clock was in doubt: its time was ahead of ours. */
  readonly doubt?: true;
  /** What it is judged by where that is not `sourceTime`: the time it reached us. A doubted touch without it is not judged. */
  readonly countedAs?: Time;
}

/** A touch as State keeps it. */
export interface KeptTouch extends ReaderTouch {
  /** The number of its fact. */
  readonly id: number;
  /** When it reached us. */
  readonly learned: Time;
}

/** A touch as an import gives it. */
export interface ImportedTouch {
  readonly reader: string;
  readonly card: string;
  readonly sourceTime: Time;
  /** Whose it is, as the file says; else whose card it is. */
  readonly person?: string;
}

/** A file of touches that was read in, as long as its touches are kept in mind. */
export interface TouchImport {
  readonly file: string;
  readonly by: string;
  readonly at: Time;
  /** Touches that were new, and those that were known already. */
  readonly taken: number;
  readonly known: number;
}

/** Points of a round by verdict. What earlier versions did not tell apart may be left out, and is then none. */
export type PatrolCounts = Readonly<Record<'on-time' | 'early' | 'late' | 'missed' | 'wrong-order', number>> & {
  readonly [V in Exclude<PatrolVerdict, 'on-time' | 'early' | 'late' | 'missed' | 'wrong-order'>]?: number;
};

/**
 * How a round came out. on-time: every point on time; complete: every point 到点 (on time, early or late); incomplete: some point
 * not; broken-off: somebody was at each of its first points and nobody at any after that; not-walked: nobody was anywhere; cancelled:
 * a person called it off before the time of all its points had run out.
 */
export type RoundResult = 'on-time' | 'complete' | 'incomplete' | 'broken-off' | 'not-walked' | 'cancelled';

/** What became of a round by a person's word. `reviewed`: a head has seen what was done to it, and says so. */
export type RoundChangeKind = 'cancelled' | 'reinstated' | 'extended' | 'paused' | 'resumed' | 'covered' | 'reviewed';

/** One change of a round: who, when, why. It counts from its time on, whenever a touch is told. */
export interface RoundChange extends By {
  readonly how: RoundChangeKind;
  /** Absent where a pause ended by itself. */
  readonly reason?: string;
  /** extended: by how many minutes. */
  readonly minutes?: number;
  /** covered: who walks from then on, and in whose place; nobody was planned where `of` is absent. */
  readonly person?: string;
  readonly of?: string;
  /** A head has to see it. */
  readonly review?: true;
}

/** What was changed of a round, in the order of the journal; also of one that has not begun. */
export interface ChangedRound {
  readonly route: string;
  readonly start: Time;
  readonly changes: readonly RoundChange[];
}

/** What a person may ask about a round. `round`: its id, also of one that is planned and has not begun. */
export type RoundCommand =
  /** Nothing of it is due any more; what was missed before stays missed. */
  | { readonly do: 'cancel-round'; readonly round: string; readonly reason: string }
  /** It is due after all, as if it had never been cancelled. */
  | { readonly do: 'reinstate-round'; readonly round: string; readonly reason: string }
  /** Every point whose time has not run out is later by so many minutes. */
  | { readonly do: 'extend-round'; readonly round: string; readonly minutes: number; readonly reason: string }
  /** Its clock stands still until it goes on. */
  | { readonly do: 'pause-round'; readonly round: string; readonly reason: string }
  | { readonly do: 'resume-round'; readonly round: string; readonly reason: string }
  /** Another walks it from now on; `of`: in whose place, where two are planned. */
  | {
      readonly do: 'cover-round';
      readonly round: string;
      readonly person: string;
      readonly of?: string;
      readonly reason: string;
    }
  /** A head has seen what was done to the round, and what he says of it. */
  | { readonly do: 'review-round'; readonly round: string; readonly reason: string };

/** What State holds of a point of a round. */
export interface CheckpointCheck {
  readonly verdict: PatrolVerdict;
  readonly sourceTime?: Time;
  readonly card?: string;
  readonly person?: string;
  readonly offMs?: number;
  readonly uploaded?: boolean;
  /** Who was planned there then, where that is not who the round was opened with. */
  readonly planned?: string;
  /** No reader has told of it, a phone has. */
  readonly source?: 'phone';
}
/** A round that was opened. */
export interface Round {
  readonly id: string;
  readonly route: string;
  readonly start: Time;
  readonly person?: string;
  /** Who walks with that person. */
  readonly second?: string;
  /** By checkpoint id. */
  readonly checks: Readonly<Record<string, CheckpointCheck>>;
  readonly counts?: PatrolCounts;
  /** What is looked at on the way; absent where nothing is. */
  readonly items?: RoundItems;
  /** It was broken off: the first of the points from which on nobody came. */
  readonly brokenAt?: string;
  /** Of a round for two that is over: those of the people planned who touched a point of it. Absent in what earlier versions judged. */
  readonly seen?: readonly string[];
}

/** How often an item is due: at each round, or within a month or a year of the last answer. */
export type ItemPace = 'round' | 'month' | 'year';

/** One thing to look at. `yes-no`: yes is right. `number`: right between `min` and `max`, both included. */
export interface CheckItem {
  readonly id: string;
  readonly ask: Words;
  readonly answer: 'yes-no' | 'number';
  readonly min?: number;
  readonly max?: number;
  readonly unit?: string;
  readonly due: ItemPace;
  /** An answer that says that something is amiss proposes a rectification. */
  readonly rectify?: true;
}

/** The last answer to an item. */
export interface ItemAnswer {
  readonly at: Time;
  /** The account, and the person of the site behind it. */
  readonly by: string;
  readonly person: string;
  readonly value: boolean | number;
  readonly right: boolean;
  readonly note?: string;
  /** A photograph: its name among the evidence, and the SHA-256 of its bytes. */
  readonly picture?: string;
  readonly sha256?: string;
}

/** The items of a round: how many were due when it opened, and whether each answer was right, by `checkpoint/item`. */
export interface RoundItems {
  readonly due: number;
  readonly answers: Readonly<Record<string, boolean>>;
}

/** An item was looked at by somebody who had touched the point just before. */
export type ItemFact = {
  readonly kind: 'item-checked';
  /** Where: the reader, or chip, that was touched. */
  readonly reader: string;
  readonly checkpoint: string;
  readonly item: string;
  /** The round the touch belongs to. */
  readonly round?: string;
  /** Whether the answer that this one replaces in the same round was right. */
  readonly before?: boolean;
} & Omit<ItemAnswer, 'at'>;

/** Everything the journal can hold about touches and rounds. */
export type PatrolFact =
  | ({ readonly kind: 'touched' } & ReaderTouch)
  | ItemFact
  /** A file of touches was read in; its touches follow. `taken`: those that were new; `known`: those that were not. */
  | {
      readonly kind: 'imported';
      readonly batch: string;
      readonly file: string;
      readonly by: string;
      readonly taken: number;
      readonly known: number;
    }
  /** The touches of an import count no more; the rounds they stood in are judged anew. */
  | { readonly kind: 'import-undone'; readonly batch: string; readonly by: string }
  /** A touch written down by hand counts no more. `touch`: the number of its fact. */
  | { readonly kind: 'touch-withdrawn'; readonly touch: number; readonly by: string; readonly reason: string }
  | {
      readonly kind: 'opened';
      readonly round: string;
      readonly route: string;
      readonly start: Time;
      readonly person?: string;
      /** Who walks with that person. */
      readonly second?: string;
      /** Items of its checkpoints that are due in it. */
      readonly items?: number;
    }
  | {
      readonly kind: 'checked';
      readonly round: string;
      readonly checkpoint: string;
      readonly verdict: PatrolVerdict;
      readonly sourceTime?: Time;
      readonly card?: string;
      readonly person?: string;
      /** Arrival minus plan, ms; positive is late. */
      readonly offMs?: number;
      /** The scan arrived long after it was made (uploaded later). */
      readonly uploaded?: boolean;
      /** Who was planned there then, where that is not who the round was opened with. */
      readonly planned?: string;
      /** No reader has told of it, a phone has. */
      readonly source?: 'phone';
      /** A correction: the verdict that this one replaces. */
      readonly before?: PatrolVerdict;
    }
  /** The touch that a verdict stood on counts no more, and there is still time to reach the point. */
  | { readonly kind: 'unchecked'; readonly round: string; readonly checkpoint: string; readonly before: PatrolVerdict }
  /**
   * `brokenAt`: the first of the points from which on nobody came, where somebody had been at each before. `seen`: of a round for two, those of
   * the people planned who touched a point of it, by their ids in order.
   */
  | {
      readonly kind: 'completed';
      readonly round: string;
      readonly counts: PatrolCounts;
      readonly brokenAt?: string;
      readonly seen?: readonly string[];
    }
  | ({ readonly kind: 'round-changed'; readonly round: string; readonly route: string; readonly start: Time } & Omit<
      RoundChange,
      'at'
    >);
