/**
 * The canteen as the configuration has it, and the check lists of its days: facts, what is kept of them, what is asked. Types only; it
 * must never hold behaviour.
 */
import type { By } from '../types-fact-parts.ts';
import type { Time, Words } from '../types-terms.ts';

/** What a room of the kitchen is used for, as the rules for school canteens name them; dining: where the meals are eaten. */
export type AreaUse =
  | 'store'
  | 'rough'
  | 'cutting'
  | 'cooking'
  | 'special'
  | 'washing'
  | 'portioning'
  | 'samples'
  | 'dining'
  | 'other';

export interface CanteenArea {
  readonly id: string;
  readonly title: Words;
  readonly use: AreaUse;
  /** Devices that look at it, and that measure in it. */
  readonly cameras: readonly string[];
  readonly sensors: readonly string[];
}

/** One thing to do or to look at. sample: weight in grams of a dish that is kept, its name and a photograph; once for each dish. */
export interface ListItem {
  readonly id: string;
  readonly ask: Words;
  readonly answer: 'yes-no' | 'number' | 'sample';
  /** Numbers and samples: right between these, both included. */
  readonly min?: number;
  readonly max?: number;
  readonly unit?: string;
  /** No answer without a photograph. */
  readonly photo?: true;
}

/** A check list of a kitchen's day, answered between two times of the day; minutes after local midnight. */
export interface CheckList {
  readonly id: string;
  readonly title: Words;
  /** 0 Sunday … 6 Saturday. */
  readonly days: readonly number[];
  readonly from: number;
  readonly until: number;
  /** Only on school days; a make-up day counts as the weekday it stands for. */
  readonly only?: 'term';
  readonly items: readonly ListItem[];
}

export interface CanteenPerson {
  readonly id: string;
  readonly name: string;
  readonly account?: string;
}

/** The canteen of the school. */
export interface Canteen {
  /** The account of whoever answers for it, and countersigns what others of it did. */
  readonly chief?: string;
  readonly areas: Readonly<Record<string, CanteenArea>>;
  readonly people: Readonly<Record<string, CanteenPerson>>;
  readonly lists: Readonly<Record<string, CheckList>>;
  /** Per cent; a camera day below it is proposed as a rectification. */
  readonly leastOnline: number;
  /** Days that are given for a rectification where nobody says otherwise. */
  readonly dueDays: number;
  /** Days recordings have to be kept, and the rule that says so. */
  readonly recordDays: number;
  readonly recordRule: Words;
}

/** `day`: local, days since 1970-01-01. */
export type ListFact =
  | {
      readonly kind: 'list-answered';
      readonly list: string;
      readonly day: number;
      readonly item: string;
      readonly value: boolean | number;
      readonly right: boolean;
      /** After the list's time. */
      readonly late?: true;
      /** What was found, or which dish was kept. */
      readonly note?: string;
      readonly picture?: string;
      readonly sha256?: string;
      readonly by: string;
    }
  /** Its time is over and items are unanswered. */
  | { readonly kind: 'list-missed'; readonly list: string; readonly day: number; readonly items: readonly string[] };

/** One answer; of a sample: weight in grams, and the dish in `note`. */
export interface ListAnswer extends By {
  readonly item: string;
  readonly value: boolean | number;
  readonly right: boolean;
  readonly late?: true;
  readonly note?: string;
  readonly picture?: string;
  readonly sha256?: string;
}

/** A list of one day as it was answered. */
export interface ListDay {
  readonly list: string;
  readonly day: number;
  /** Oldest first, bounded; of every item but samples the last answer alone. */
  readonly answers: readonly ListAnswer[];
  readonly missedAt?: Time;
}

/** An answer to a list of today. The server alone gives it, once a photograph is kept. */
export interface ListCommand {
  readonly do: 'answer-list';
  readonly list: string;
  readonly item: string;
  readonly value: boolean | number;
  readonly note?: string;
  readonly picture?: string;
  readonly sha256?: string;
}

/** A menu as somebody wrote it: in one language, in both, or, with neither, none: the line of the configuration stands. */
export interface MenuLine {
  readonly zh?: string;
  readonly en?: string;
}

/** What the public screen says of today's meals. `day`: local, days since 1970-01-01. */
export interface MenuFact extends MenuLine {
  readonly kind: 'menu-set';
  readonly day: number;
  /** What stood before the last change stands again. */
  readonly undone?: true;
  readonly by: string;
}

/** The menu of a day as it stands. */
export interface MenuDay extends By {
  readonly day: number;
  readonly line: MenuLine;
  /** What stood before; there is none where the last change was an undoing. */
  readonly before?: MenuLine;
}

/** The menu of today for the public screen; with neither language it is taken down. */
export type MenuCommand = ({ readonly do: 'set-menu' } & MenuLine) | { readonly do: 'undo-menu' };

export type MenuRefusal = 'no-public-screen' | 'menu-not-changed';

export type ListRefusal = 'unknown-list' | 'list-not-today' | 'photo-missing' | 'samples-enough';
