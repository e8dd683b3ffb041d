/**
 * What the bureau's reports answer: assessment, accountability, the ledger of rectifications. Times are ms since 1970, by the school's clock where a
 * school wrote them. Types only.
 */
import type { Words } from '../../core/types.ts';

/** The schools' scores of a month, as the page shows them. */
export interface AssessmentAnswer {
  readonly month: string;
  readonly over: boolean;
  readonly rules: readonly (Words & {
    readonly id: string;
    readonly title: Words;
    readonly weight: number;
    readonly unit: 'share' | 'count';
  })[];
  readonly schools: readonly {
    readonly school: string;
    readonly name: Words;
    readonly street: string;
    readonly score?: number;
    readonly rank?: number;
    /** In the order of the rules; null where there was nothing to judge. */
    readonly points: readonly (number | null)[];
    readonly figures: readonly (number | null)[];
    readonly medianMs?: number;
    readonly lostMs: number;
  }[];
}

/** One who was told, or one who acted, as a line of the school's journal has it. */
export interface AccountDeed {
  readonly at: number;
  readonly kind: string;
  readonly who?: string;
  readonly channel?: string;
  readonly outcome?: string;
}

/** An alarm with what was done about it. */
export interface AccountAlarm {
  readonly school: string;
  readonly name: Words;
  readonly id: number;
  readonly kind: string;
  readonly priority: number;
  readonly place: Words;
  readonly raisedAt: number;
  readonly ackedBy?: string;
  readonly ackedAt?: number;
  readonly dispatchedTo?: string;
  readonly arrivedAt?: number;
  readonly closedBy?: string;
  readonly closedAt?: number;
  readonly reason?: string;
  readonly deeds: readonly AccountDeed[];
  /** What the bureau itself asked of the school about it. */
  readonly orders: readonly {
    readonly kind: string;
    readonly at: number;
    readonly officer: string;
    readonly outcome?: string;
    /** Who answered, and what he wrote. */
    readonly doneBy?: string;
    readonly answer?: string;
  }[];
}
export interface AccountAnswer {
  readonly alarms: readonly AccountAlarm[];
  /** Give it back as `before` for those before these; absent when there are none. */
  readonly next?: string;
}

/** A rectification of any school. */
export interface LedgerRow {
  readonly school: string;
  readonly name: Words;
  readonly street: string;
  readonly id: number;
  readonly state: string;
  readonly kind?: string;
  readonly place?: Words;
  readonly what?: string;
  readonly openedAt: number;
  readonly dueAt?: number;
  readonly takenBy?: string;
  readonly answeredAt?: number;
  readonly closedAt?: number;
  readonly closedBy?: string;
  readonly overdue: boolean;
}
export interface LedgerAnswer {
  readonly now: number;
  readonly rows: readonly LedgerRow[];
  readonly open: number;
  readonly overdue: number;
  readonly next?: string;
}
