/**
 * The words of the alarm figures: what is measured, against what, and what came out. Types only; no behaviour.
 */
import type { AlarmKind, Event, Priority, Time, Words } from '../types.ts';

/** One line of the table. Numbers are counts, shares of 1, or counts per time, as its row of `figureRows` says. */
export type FigureId =
  | 'perHour'
  | 'perTenMinutes'
  | 'perDay'
  | 'windowsOver'
  | 'windowMax'
  | 'floodTime'
  | 'topTen'
  | 'chattering'
  | 'fleeting'
  | 'stale'
  | 'priority1'
  | 'priority2'
  | 'priority3'
  | 'suppression';

/** within: the target is met. near: it is not, but the limit is. beyond: neither is. none: there was nothing to judge. */
export type Judged = 'within' | 'near' | 'beyond' | 'none';

export interface FigureRow {
  readonly title: Words;
  readonly unit: 'count' | 'share';
  /** The target is met at most at, only below, or at least at its number. */
  readonly is: 'most' | 'below' | 'least';
  readonly target: number;
  /** What a person can bear at the very most, where a second number is known. */
  readonly limit?: number;
}

export interface Figure {
  readonly id: FigureId;
  /** null: there was nothing to count. */
  readonly value: number | null;
  readonly judged: Judged;
}

/** How long something took, by nearest rank; null when it never happened. */
export interface Spread {
  readonly count: number;
  readonly medianMs: number | null;
  readonly p90Ms: number | null;
}

/** Acknowledgements of one priority against its target. */
export interface Waits extends Spread {
  readonly priority: 1 | 2 | 3;
  readonly targetMs: number;
  /** Of `count`, those within the target. */
  readonly inTime: number;
  /** Alarms that were waiting still when the period ended, and of them those beyond the target. */
  readonly waiting: number;
  readonly overdue: number;
  /** Met when nine of ten are in time, with the overdue among the ten. */
  readonly judged: Judged;
}

/** What one person did. */
export interface PersonFigures {
  readonly name: string;
  readonly waits: readonly Omit<Waits, 'waiting' | 'overdue' | 'judged'>[];
  /** From being sent to being there, of the one who went. */
  readonly arrivals: Spread;
  /** From being raised to being closed, of the one who closed. */
  readonly closings: Spread;
}

/** Alarms of one kind at one place: what repeats, repeats here. */
export interface KeyFigures {
  readonly key: string;
  readonly kind: AlarmKind;
  readonly device: string;
  readonly zone?: string;
  readonly count: number;
}

/** Why the alarms of one zone were closed. */
export interface ZoneFigures {
  /** Absent for alarms outside every zone. */
  readonly zone?: string;
  readonly raised: number;
  readonly closed: number;
  /** Closings by reason code. */
  readonly byCode: Readonly<Record<string, number>>;
  /** Class B and class C, and both as a rate per 30 days. */
  readonly nuisance: number;
  readonly malfunction: number;
  readonly nuisancePerMonth: number | null;
  readonly malfunctionPerMonth: number | null;
}

/** The figures of a period. One school is one operator position, so they are those of its one position. */
export interface Kpi {
  /** Judged is [from, to): never before the journal began, never beyond now. */
  readonly from: Time;
  readonly to: Time;
  readonly figures: readonly Figure[];
  /** Ten-minute windows on the school's clock that touch the period, empty ones too; `from` is where the first begins. */
  readonly windows: { readonly from: Time; readonly counts: readonly number[] };
  readonly floodMs: number;
  /** Alarms raised (priority 1 to 3, silent calls for help left out), and of maintenance, which the figures leave out. */
  readonly raised: number;
  readonly maintenance: number;
  /** Alarms closed in the period as a test or drill: part of the load, no part of a zone's nuisance. */
  readonly tests: number;
  /** How many kinds of alarm at a place there were; with ten or fewer, the ten most frequent are all of them. */
  readonly keys: number;
  readonly top: readonly KeyFigures[];
  /** Those that triggered three times within a minute, with how often they triggered in all. */
  readonly chattering: readonly KeyFigures[];
  /** By local day since 1970-01-01: alarms that were open for more than 24 hours on that day. */
  readonly stale: readonly { readonly day: number; readonly count: number }[];
  readonly suppression: {
    /** Put aside or left out without a reason or an end that the rules ask for. */
    readonly unauthorised: number;
    /** Refused because the person had no right. */
    readonly refused: number;
    readonly shelved: number;
    readonly inhibited: number;
    readonly outOfService: number;
  };
  readonly waits: readonly Waits[];
  readonly arrivals: Spread;
  readonly closings: Spread;
  readonly people: readonly PersonFigures[];
  readonly zones: readonly ZoneFigures[];
  /** How often the gateway started: what happened while it was off is in no figure. */
  readonly starts: number;
}

/** [from, to), and how the school's clock stands to UTC. */
export interface KpiPeriod {
  readonly from: Time;
  readonly to: Time;
  readonly utcOffsetMin: number;
}

/** What must be remembered of an alarm until it is closed. It is the tally's own and changes in place. */
export interface OpenKpi {
  raised: Extract<Event, { kind: 'raised' }>;
  /** Raised within the period. */
  readonly fresh: boolean;
  priority: Priority;
  /** How often it was triggered. */
  count: number;
  readonly causes: Set<string>;
  acked: boolean;
  /** Put aside: it waits for nobody. */
  shelved: boolean;
  waitingSince: Time;
  /** Somebody is on the way since then. */
  dispatchedAt?: Time;
}
