/**
 * What the bureau's lists over all schools answer: alarms that were looked for, and the figures of patrol and canteens by school and day. Times are
 * ms since 1970, by the school's clock. Types only.
 */
import type { Words } from '../../core/types.ts';

/** An alarm of any school, as far as the district knows it. */
export interface FoundAlarm {
  readonly school: string;
  readonly name: Words;
  readonly street: string;
  readonly id: number;
  readonly kind: string;
  readonly priority: number;
  readonly place: Words;
  readonly why?: Words;
  readonly raisedAt: number;
  readonly count: number;
  readonly ackedBy?: string;
  readonly ackedAt?: number;
  readonly arrivedAt?: number;
  readonly closedBy?: string;
  readonly closedAt?: number;
  readonly reason?: string;
  readonly covert: boolean;
  /** It overtook a backlog: what was done about it meanwhile is not here yet. */
  readonly ahead: boolean;
}
export interface FoundAlarms {
  readonly rows: readonly FoundAlarm[];
  /** Give it back as `before` for those before these; absent when there are none. */
  readonly next?: string;
}

/** What is known of an alarm that overtook the backlog of its school. */
export interface AlarmAheadShown {
  readonly id: number;
  readonly kind: string;
  readonly priority: number;
  readonly place: Words;
  readonly at: number;
  readonly ackedBy?: string;
  readonly ackedAt?: number;
  readonly closedBy?: string;
  readonly closedAt?: number;
}

/** Some of a whole. */
export interface DayShare {
  /** `2026-11-30`, the school's day. */
  readonly day: string;
  readonly good: number;
  readonly of: number;
}

interface OfSchool {
  readonly school: string;
  readonly name: Words;
  readonly street: string;
}

/** A school's rounds that are over and were not called off. */
export interface PatrolRates extends OfSchool {
  readonly rounds: number;
  /** Checkpoints due, reached at all, reached on time, missed. */
  readonly due: number;
  readonly reached: number;
  readonly onTime: number;
  readonly missed: number;
  /** Reached of due, by day. */
  readonly days: readonly DayShare[];
}

/** How long a school's kitchen cameras showed something, and its rectifications. */
export interface CanteenRates extends OfSchool {
  readonly cameras: number;
  readonly upMs: number;
  readonly dueMs: number;
  /** Shown of due, ms, by day. */
  readonly days: readonly DayShare[];
  readonly open: number;
  readonly overdue: number;
  /** Closed within the days. */
  readonly closed: number;
}

export interface RatesAnswer<T> {
  /** Every day that was asked for, in order. */
  readonly days: readonly string[];
  readonly rows: readonly T[];
  /** Give it back as `after` for the schools after these; absent when there are none. */
  readonly next?: string;
}

/** A journal that a school had before the present one. Times are the school's, null where none of its lines said one. */
export interface EarlierJournal {
  readonly epoch: number;
  readonly lines: number;
  readonly from: number | null;
  readonly to: number | null;
  readonly alarms: number;
}

/** An alarm of such a journal. */
export interface EarlierAlarm extends Words {
  readonly id: number;
  readonly kind: string;
  readonly priority: number;
  readonly raisedAt: number;
  readonly ackedBy: string | null;
  readonly closedBy: string | null;
  readonly closedAt: number | null;
  readonly reason: string | null;
}
