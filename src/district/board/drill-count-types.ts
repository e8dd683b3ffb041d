/**
 * What the bureau's page of drills is shown: how each school stands in its month or quarter, and the drills that were held. Times are ms since
 * 1970, by the school's clock. Types only.
 */
import type { DrillKind, Words } from '../../core/types.ts';

/** As at the school: held in this period; due; overdue, where the period before had none either; or nothing is asked for. */
export type DrillStand = 'held' | 'due' | 'overdue' | 'exempt';

export interface SchoolDrills {
  readonly school: string;
  readonly name: Words;
  readonly street: string;
  readonly kind: 'school' | 'kindergarten';
  readonly stands: DrillStand;
  /** In this period. */
  readonly held: number;
  readonly daysLeft: number;
  readonly lastAt?: number;
  /** One runs, since then. */
  readonly runningSince?: number;
}

export interface HeldDrillRow {
  readonly school: string;
  readonly name: Words;
  readonly id: number;
  readonly startedAt: number;
  readonly exercise: DrillKind;
  readonly how: 'ended' | 'broken-off' | 'running';
  readonly present: number;
  readonly due: number;
  /** Until all were there; absent while they are not, or where they never were. */
  readonly tookMs?: number;
  /** Rectifications opened because of it. */
  readonly problems: number;
}

export interface DrillCounts {
  readonly now: number;
  /** Overdue first, then due, exempt, held; within each by name. */
  readonly schools: readonly SchoolDrills[];
  readonly counts: Readonly<Record<DrillStand, number>>;
  /** The newest first, at most two hundred. */
  readonly recent: readonly HeldDrillRow[];
}
