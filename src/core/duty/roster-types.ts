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

/** What was said when a shift was handed over: who went, who came, what they looked at together. */
export interface ShiftHandover extends SignOn {
  /** Who was on duty before, with a code of his own. */
  readonly outgoing: string;
  /** The test tone was played on that page, and whoever came heard it. */
  readonly heard: boolean;
  /** The open alarms that were read out, by number. */
  readonly alarms: readonly number[];
  readonly note?: string;
}

/** The address of a person's calendar: known by its hash alone, SHA-256 in hexadecimal. */
export interface CalendarAddress extends By {
  readonly hash: string;
}

/** What State knows of the roster beside the configuration: of shifts that are to come, or began within five weeks. */
export interface RosterState {
  /** By the number of its fact, oldest first; what was withdrawn is not here. */
  readonly shiftChanges: Map<number, ShiftChange>;
  /** By shift, day and person. */
  readonly signOns: Map<string, SignOn>;
  /** The last ones, newest first, bounded. */
  handovers: readonly ShiftHandover[];
  /** By person. */
  readonly calendars: Map<string, CalendarAddress>;
}

type Said<T> = Omit<T, 'at' | 'id'>;
export type RosterFact =
  | ({ readonly kind: 'shift-changed' } & Said<ShiftChange>)
  /** `change`: the number of the fact that made it. */
  | { readonly kind: 'shift-change-withdrawn'; readonly change: number; readonly by: string; readonly reason: string }
  | ({ readonly kind: 'signed-on' } & Said<SignOn>)
  /** Whoever comes is on duty by it, as if he had signed on. */
  | ({ readonly kind: 'handed-over' } & Said<ShiftHandover>)
  /** A new address takes the place of the one before. */
  | ({ readonly kind: 'calendar-given'; readonly person: string } & Said<CalendarAddress>)
  | { readonly kind: 'calendar-withdrawn'; readonly person: string; readonly by: string };

/** What a person may ask about the roster. `day`: the local day a shift begins on, days since 1970-01-01. */
export type RosterCommand =
  /** One stands in for another in one shift. */
  | {
      readonly do: 'cover-shift';
      readonly shift: string;
      readonly day: number;
      readonly out: string;
      readonly in: string;
      readonly reason: string;
    }
  /** Two exchange a shift each: `person` has the one, `withPerson` the other. */
  | {
      readonly do: 'swap-shifts';
      readonly shift: string;
      readonly day: number;
      readonly person: string;
      readonly withShift: string;
      readonly withDay: number;
      readonly withPerson: string;
      readonly reason: string;
    }
  | { readonly do: 'withdraw-shift-change'; readonly change: number; readonly reason: string }
  /** The server alone gives it, for it alone makes the address. */
  | { readonly do: 'give-calendar'; readonly person: string; readonly hash: string }
  | { readonly do: 'withdraw-calendar'; readonly person: string };

/** What comes with a code of the person it is about. */
export type SignOnCommand =
  /** The code is that of the person who signs on. */
  | { readonly do: 'sign-on'; readonly shift: string; readonly day: number; readonly person: string }
  /** The code is that of whoever comes; the server has asked for that of whoever goes as well. */
  | {
      readonly do: 'hand-over';
      readonly shift: string;
      readonly day: number;
      readonly person: string;
      readonly outgoing: string;
      readonly heard: boolean;
      readonly alarms: readonly number[];
      readonly note?: string;
    };

/** Why it was refused. */
export type RosterRefusal =
  | 'unknown-shift'
  | 'shift-over'
  | 'shift-far'
  | 'shift-not-near'
  | 'not-on-shift'
  | 'already-on-shift'
  | 'on-other-shift'
  | 'same-shift'
  | 'shifts-changed-enough'
  | 'unknown-shift-change'
  | 'already-signed-on'
  | 'not-before'
  | 'alarms-unread'
  | 'no-calendar';

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
