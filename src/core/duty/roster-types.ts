/**
 * What a duty roster is made of: the shifts of a day, who takes turns on them, and what people changed of it by hand. A shift is
 * a span of hours; who stands in it is said by turns, and by covers and swaps after them. Types only; it must never hold behaviour.
 */
import type { By } from '../types-fact-parts.ts';
import type { Time, Words } from '../types-terms.ts';

/** The days a shift is held on, or a turn speaks of: by weekday, and by what the calendar makes of a day. */
export interface RosterDays {
  /** 0 Sunday … 6 Saturday. A make-up school day counts as the weekday it stands for; a holiday as the weekday it is. */
  readonly days: readonly number[];
  /** Only on school days, or only on holidays and outside terms; without it on both. */
  readonly only?: 'term' | 'holiday';
}

/** A shift: from when to when somebody is on duty, on which days, and how many. */
export interface DutyShift extends RosterDays {
  readonly id: string;
  readonly title: Words;
  /** Minutes after local midnight; `until` ≤ `from` runs into the next day. A shift is never longer than a day. */
  readonly from: number;
  readonly until: number;
  /** How many different people it needs. */
  readonly persons: number;
}

/** Who has a shift: groups of people by id that take turns, each for `eachDays`, counted from the local day `anchor`. */
export interface ShiftTurn extends RosterDays {
  readonly shift: string;
  /** One group alone has it always. */
  readonly order: readonly (readonly string[])[];
  /** Days since 1970-01-01: the first day of the first group. It goes on before that day as after it. */
  readonly anchor: number;
  readonly eachDays: number;
}

/** Some days with turns of their own: exams, a festival. Both ends are included, days since 1970-01-01. */
export interface TemporaryRoster {
  readonly id: string;
  readonly title: Words;
  readonly from: number;
  readonly to: number;
  readonly turns: readonly ShiftTurn[];
  /** What holds on these days for a shift that `turns` does not name. */
  readonly otherwise: 'usual' | 'nobody';
}

export interface Roster {
  readonly shifts: Readonly<Record<string, DutyShift>>;
  /** All that speak of a day count together. */
  readonly turns: readonly ShiftTurn[];
  /** Never two on one day. */
  readonly temporary: readonly TemporaryRoster[];
}

/** On one day's shift one person stands in the place of another. It changes a name, never a span. */
export interface ShiftMove {
  readonly shift: string;
  /** The local day it begins on, days since 1970-01-01. */
  readonly day: number;
  readonly out: string;
  readonly in: string;
}

/** What a person changed of the roster: a cover is one move, a swap two. */
export interface ShiftChange extends By {
  /** The number of its fact. */
  readonly id: number;
  readonly how: 'cover' | 'swap';
  readonly moves: readonly ShiftMove[];
  readonly reason: string;
}

/** Somebody said at the desk, with his code, that he is on duty. `by` is the account at the desk, and `at` when. */
export interface SignOn extends By {
  readonly shift: string;
  readonly day: number;
  readonly person: string;
}

/** What State knows of the roster beside the configuration: of shifts that are to come, or began within five weeks. */
export interface RosterState {
  /** By the number of its fact, oldest first; what was withdrawn is not here. */
  readonly shiftChanges: Map<number, ShiftChange>;
  /** By shift, day and person. */
  readonly signOns: Map<string, SignOn>;
}

/** Somebody who is on duty. */
export interface OnDuty {
  readonly shift: string;
  readonly person: string;
  readonly from: Time;
  readonly until: Time;
  /** He said at the desk that he is; absent while he is only planned. */
  readonly signedOn?: By;
  /** Whom the turns name in his place. */
  readonly insteadOf?: string;
}
