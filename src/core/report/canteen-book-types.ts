/** What a report of the canteen is made of, and the tables it comes to. Types only; it must never hold behaviour. */
import type { Event, ListDay, Rectification, Time } from '../types.ts';
import type { AuditCell, AuditColumn } from './audit-book.ts';
import type { OnlineReport } from './online-types.ts';

export interface CanteenTable {
  readonly title: string;
  readonly columns: readonly AuditColumn[];
  readonly rows: readonly (readonly AuditCell[])[];
}
export interface CanteenBook {
  readonly title: string;
  readonly span: readonly [from: Time, to: Time];
  readonly tables: readonly CanteenTable[];
  readonly definitions: string;
}
/** An alarm's record, as far as the report needs it. */
export interface CanteenEvent {
  readonly kind: string;
  readonly device: string;
  readonly raisedAt: Time;
  readonly ackedAt?: Time;
  readonly closedAt?: Time;
}
/** What the report is made of. `ledger`: everything that was found, open or over in the span. */
export interface CanteenFound {
  readonly from: Time;
  readonly to: Time;
  readonly online: OnlineReport;
  readonly alarms: readonly CanteenEvent[];
  readonly ledger: readonly Rectification[];
  readonly lists: readonly ListDay[];
  readonly excursions: readonly Extract<Event, { readonly kind: 'excursion-ended' }>[];
}
