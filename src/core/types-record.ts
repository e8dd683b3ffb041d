/**
 * The rows of the tables that pages and exports ask: alarms, rounds, scans, touches. The store makes its columns, the exports theirs,
 * and the sight of an integrator its list from these types, so that a column cannot be forgotten in one of them. Types only.
 */

import type { PhoneWay, RoundChange, RoundResult, TouchSource } from './types-patrol.ts';
import type { PostResult } from './types-post.ts';
import type { AlarmKind, Joining, PatrolVerdict, Priority, Time, Value, Words } from './types-terms.ts';

/** An alarm with all that became of it, for as long as the journal reaches. */
export interface AlarmRecord {
  readonly id: number;
  readonly key: string;
  readonly kind: AlarmKind;
  readonly priority: Priority;
  readonly device: string;
  readonly zone?: string;
  readonly round?: string;
  readonly checkpoint?: string;
  readonly raisedAt: Time;
  readonly sourceTime?: Time;
  readonly lastAt: Time;
  readonly count: number;
  readonly causes: readonly string[];
  readonly value?: Value;
  readonly why?: Words;
  readonly returnedAt?: Time;
  readonly ackedBy?: string;
  readonly ackedAt?: Time;
  readonly firstAckedBy?: string;
  readonly firstAckedAt?: Time;
  readonly dispatchedBy?: string;
  readonly dispatchedTo?: string;
  readonly dispatchedAt?: Time;
  readonly acceptedBy?: string;
  readonly acceptedAt?: Time;
  readonly arrivedBy?: string;
  readonly arrivedAt?: Time;
  readonly arrivedHow?: 'hand' | 'scan';
  readonly disposedBy?: string;
  readonly disposedAt?: Time;
  readonly finding?: string;
  readonly findingNote?: string;
  readonly level?: number;
  /** When a wall showed it first. */
  readonly paintedAt?: Time;
  readonly incident?: number;
  readonly joining?: Joining;
  readonly covert?: true;
  readonly closedBy?: string;
  readonly closedAt?: Time;
  readonly reason?: string;
  readonly note?: string;
  readonly picture?: string;
}

/** A round with how it went. */
export interface RoundRecord {
  readonly id: string;
  readonly route: string;
  readonly start: Time;
  readonly person?: string;
  /** Who was planned with that person. */
  readonly second?: string;
  readonly openedAt: Time;
  readonly completedAt?: Time;
  /** Of a round for two: those of the people planned who touched a point of it. */
  readonly seen?: readonly string[];
  readonly onTime?: number;
  readonly early?: number;
  readonly late?: number;
  readonly missed?: number;
  readonly wrongOrder?: number;
  readonly wrongPerson?: number;
  readonly unknownCard?: number;
  readonly byHand?: number;
  /** Items of its checkpoints that were due in it, those of them answered, and answers that were findings; absent where none was due. */
  readonly itemsDue?: number;
  readonly itemsAnswered?: number;
  readonly itemsWrong?: number;
  readonly cancelled?: number;
  readonly result?: RoundResult;
  /** The point from which on nobody came, where it was broken off. */
  readonly brokenAt?: string;
  /** What people changed of it, in the order of the journal. */
  readonly changes?: readonly RoundChange[];
}

/** One check of a checkpoint. */
export interface ScanRecord {
  readonly seq: number;
  readonly at: Time;
  readonly round: string;
  readonly checkpoint: string;
  readonly verdict: PatrolVerdict;
  readonly sourceTime?: Time;
  readonly card?: string;
  readonly person?: string;
  readonly offMs?: number;
  readonly uploaded: boolean;
  /** Who was planned there then, where that is not who the round was opened with. */
  readonly planned?: string;
  /** A correction: the verdict that this one replaces. */
  readonly before?: PatrolVerdict;
  /** No reader has told of it, a phone has. */
  readonly source?: 'phone';
}

/** One touch of a reader, whether it fits a round or not. */
export interface TouchRecord {
  readonly seq: number;
  readonly at: Time;
  readonly reader: string;
  readonly card: string;
  readonly sourceTime: Time;
  readonly person?: string;
  readonly source: TouchSource;
  readonly batch?: string;
  /** The device's clock was in doubt. */
  readonly doubt: boolean;
  /** What it was judged by where that is not `sourceTime`. */
  readonly countedAs?: Time;
  /** Written down by hand: by whom, and why. */
  readonly writtenBy?: string;
  readonly reason?: string;
  /** By phone: what was read, and of a QR code its photograph. */
  readonly via?: PhoneWay;
  readonly picture?: string;
  readonly sha256?: string;
  /** When it was withdrawn, or its import undone: it counts no more. */
  readonly undoneAt?: Time;
}

/** A post of one day with what came of it. */
export interface PostRecord {
  readonly id: string;
  readonly post: string;
  readonly start: Time;
  readonly until: Time;
  /** How many were due. */
  readonly persons: number;
  readonly openedAt: Time;
  readonly completedAt?: Time;
  readonly result?: PostResult;
  /** The fewest who were there while somebody was lacking. */
  readonly fewest?: number;
  readonly shortMs?: number;
  /** Who touched for it, by id, with commas between. */
  readonly people?: string;
}

/** The row of each table. */
export interface Records {
  readonly alarms: AlarmRecord;
  readonly rounds: RoundRecord;
  readonly scans: ScanRecord;
  readonly touches: TouchRecord;
  readonly posts: PostRecord;
}
