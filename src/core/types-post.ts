/**
 * What a post is made of: how many people stand at a place while the school comes or goes, and the facts of it. Types only; it must
 * never hold behaviour.
 */
import type { Words } from './types-terms.ts';

/** When a post is held on one day of the week, minutes after local midnight: the school's bells, and what was said of them. */
export interface PostHours {
  /** 0 Sunday … 6 Saturday; a make-up day counts as the weekday it stands for. */
  readonly weekday: number;
  readonly from: number;
  readonly until: number;
}

/** A place where so many people have to be for a while, on school days. */
export interface Post {
  readonly id: string;
  readonly title: Words;
  /** The checkpoint it is held at, where it is named by one. */
  readonly checkpoint?: string;
  /** What is touched there: a reader, or the number of a chip. */
  readonly reader: string;
  /** Camera whose still goes with its alarm; without it the nearest on the map. */
  readonly camera?: string;
  readonly at?: readonly [number, number];
  readonly hours: readonly PostHours[];
  /** How many different people. */
  readonly persons: number;
  /** A touch this long before it begins says that somebody is there when it begins. */
  readonly earlyMs: number;
  /** Everybody touches again within this long; without it once is enough. */
  readonly everyMs?: number;
  /** Nobody is said to be lacking for less than this. */
  readonly graceMs: number;
  /** As with a route: minutes after local midnight by which batons are read out; nothing is said before. */
  readonly uploadBy?: number;
}
