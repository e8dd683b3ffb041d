/**
 * What the rest of the program may ask of storage. Implementations: `journal` (SQLite in a worker), `series` (SQLite),
 * `follow` + `influx` (a cursor over the series and the journal). A simulation may bring its own.
 */

import type { AuditCheck } from '../core/report/audit-types.ts';
import type { Event, Sample, Time, Words } from '../core/types.ts';
import { WordedError } from '../words/worded-error.ts';
import type { Snapshot } from './snapshot/snapshot-files.ts';

/** Storage could not do its work; `why` names the thing and the remedy for a person. */
export class StoreError extends WordedError {
  constructor(why: Words, cause?: unknown) {
    super(why, cause === undefined ? undefined : { cause });
  }
}

/** A store that cannot recover in this process: trying again is no use, the process must end and be started anew. */
export class StoreGone extends StoreError {}

export interface Head {
  readonly seq: number;
  /** SHA-256 of the last link, hex. */
  readonly hash: string;
}

/** What a walk over the chain found. */
export interface Verified {
  readonly ok: boolean;
  /** Links that held, from the first. */
  readonly checked: number;
  /** The first seq that does not hold. */
  readonly broken?: number;
  /** All links hold; a snapshot of State at this seq is not what they fold to. */
  readonly snapshot?: number;
  readonly why?: Words;
}

export interface Journal {
  /**
   * One transaction: events, chain and projections. Resolves when durable, and when what was written to is still the journal
   * that stands in the data folder. Rejects with StoreError; nothing was kept then. With StoreGone it never will. Without
   * events it only proves that the journal is in its place.
   */
  append(events: readonly Event[]): Promise<void>;
  /** All events in order, or those with seq > `after`, as fast as the disk gives them; for the fold at start. */
  replay(each: (event: Event) => void, after?: number): Promise<Head>;
  /** Events with seq > after, at most `limit`. */
  read(after: number, limit: number): Promise<readonly Event[]>;
  /** Of the events with `after` < seq ≤ `upTo`, those of these kinds, or all; oldest first. */
  pick(q: Pick): Promise<readonly Event[]>;
  /** The `raised` events of the alarms that were open at this time, oldest first. */
  openAt(time: Time): Promise<readonly Event[]>;
  head(): Head;
  /** The hash of a fact's link, hex; undefined when there is no such fact. */
  link(seq: number): Promise<string | undefined>;
  /** Why the journal cannot be read at the moment for pages and exports, while it is written. */
  trouble(): Words | undefined;
  /** Rows of a projection for pages and exports. */
  query(q: RecordQuery): Promise<readonly Record<string, unknown>[]>;
  /** The newest word on every checkpoint of these rounds, each with the hash of its link; in no order. */
  checksOf(rounds: readonly string[]): Promise<readonly AuditCheck[]>;
  close(): Promise<void>;
}

/** The edge of the tree over the journal's lines (hashes as hex), and the chain's link at its last line. */
export interface JournalTree {
  readonly size: number;
  readonly roots: readonly string[];
  readonly chain: string;
}

/** A line as it leaves the school: to the letter, or the hash of its leaf in the tree, hex. */
export type LeavingLine = { readonly l: string } | { readonly h: string };

/** The lines after one, at most `limit` and about `chars` characters of them, and one at least. Of other kinds, of longer lines than `longest` and of what was cut only the hash. */
export interface LeavingQuery {
  readonly after: number;
  readonly limit: number;
  readonly chars: number;
  readonly longest: number;
  readonly kinds: readonly Event['kind'][];
}

/** The journal, and the tree that proves its lines to strangers. */
export interface ProvenJournal extends Journal {
  /**
   * The tree with the lines after it, at most up to line `upTo` and at most 10 000 more. Rejects with StoreError when a line is
   * not there.
   */
  grow(tree: Omit<JournalTree, 'chain'>, upTo: number): Promise<JournalTree>;
  /** Rejects with StoreError when a line is not there; empty at the journal's end. */
  leaving(q: LeavingQuery): Promise<readonly LeavingLine[]>;
  /** These lines to the letter, as far as they are there and were not cut; ascending. */
  linesAt(seqs: readonly number[]): Promise<readonly { readonly seq: number; readonly l: string }[]>;
  /** The snapshot that it is folded from, where lines were cut out of it; undefined where none were. For the start, on a full disk too. */
  base(): Promise<Uint8Array | undefined>;
  /** The same, read, as far as the journal itself vouches for it: for where its signature cannot be checked. Undefined where it does not. */
  namedBase(): Promise<Snapshot | undefined>;
  /** Cuts. Resolves when that is durable; rejects with StoreError, and nothing was cut then. */
  cut(order: CutOrder): Promise<void>;
  /** Whether the link of the chain at this line is this one; to be asked at the start, on a full disk too. */
  holds(head: Head): Promise<boolean>;
}

/** What is to be cut out of the journal, all of it or nothing. */
export interface CutOrder {
  readonly cuts: readonly {
    /** The number of the fact `pruned` that names the lines. */
    readonly fact: number;
    /** From line to line; what lies between and was cut before is left. */
    readonly ranges: readonly (readonly [from: number, to: number])[];
  }[];
  /** The snapshot that the facts name, as it was signed. */
  readonly base: Uint8Array;
}

/** A stretch of the journal. At most 10 000 numbers long; of a longer one only its beginning is answered. */
export interface Pick {
  readonly after: number;
  readonly upTo: number;
  readonly kinds?: readonly Event['kind'][];
}

/** History the pages ask for. Times in ms; newest first. */
export interface RecordQuery {
  readonly table: 'alarms' | 'rounds' | 'scans' | 'touches' | 'posts' | 'events';
  readonly from?: Time;
  readonly to?: Time;
  readonly device?: string;
  readonly kind?: string;
  /** Events alone: what is said of this alarm, from the fact that raised it on. */
  readonly alarm?: number;
  /** False leaves out what is for the eyes of heads, auditors and administrators alone. */
  readonly covert?: false;
  /** At most 10 000; default 500. */
  readonly limit?: number;
}

export interface Series {
  /**
   * Takes samples into the write buffer; they are on disk within a second. Returns how many it did not take: the buffer was
   * full (the disk does not keep up), or the number was not finite.
   */
  write(samples: readonly Sample[]): number;
  /** Oldest first; of more than `limit` (default 10 000, at most 100 000) the newest. */
  query(q: { device: string; point: string; from: Time; to: Time; limit?: number }): Promise<readonly Sample[]>;
  /** Samples after a cursor, for followers; `missed` is how many before the first were deleted unread. */
  read(after: number, limit: number): Promise<{ samples: readonly Sample[]; cursor: number; missed: number }>;
  /** Remembers how far the journal is, in a file that does not travel with it; no later than the next samples. */
  noteHead(head: Head, at: Time): Promise<void>;
  /** Why samples are not being kept at the moment; they wait in the buffer. */
  trouble(): Words | undefined;
  /** Rejects with StoreError when the disk does not take what is waiting. */
  flush(): Promise<void>;
  close(): Promise<void>;
}
