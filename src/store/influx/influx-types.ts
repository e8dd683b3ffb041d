/**
 * What the thread that ships to InfluxDB is given, and what it says of itself. Types only, so that neither side of the thread
 * has to import the other.
 */
import type { JournalGap, Time, Words } from '../../core/types.ts';
import type { RefusedLine, TargetOptions } from './influx-target.ts';

/** What the thread begins with. `batch`: points in one request. */
export interface ShipOptions extends TargetOptions {
  readonly dir: string;
  readonly batch: number;
}

/** Points InfluxDB refused, and when. */
export interface RefusedPoint extends RefusedLine {
  readonly at: Time;
}
export interface InfluxStatus {
  /** Samples and events that are not yet there. */
  readonly behind: number;
  /** When InfluxDB last took everything it was given. */
  readonly lastOk?: Time;
  /** Why it does not take data at the moment. */
  readonly why?: Words;
  /** What the journal lacks of what InfluxDB knew of it when this process began. */
  readonly gap?: JournalGap;
  /** Samples that were forgotten here before InfluxDB came back, since this follower began. */
  readonly lost: number;
  /** Points refused for good since the start, and points that were too old when it came back. */
  readonly rejected: number;
  /** The last of those, oldest first; at most a hundred. */
  readonly refused: readonly RefusedPoint[];
}
