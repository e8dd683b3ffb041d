/**
 * What the server is given of the gateway: to look, to ask and to listen. Nothing here can change State past the gateway.
 * The gateway and `main` fill it; the server must never reach behind it.
 */
import type { CurveQuery, Curves } from '../core/fence/curve.ts';
import type { Played, RehearsalQuery } from '../core/report/rehearsal.ts';
import type { Command, Event, Ledger, Sample, Site, Time, Trouble, User, View, Words } from '../core/types.ts';

/** Something unreadable a line put aside. */
export interface Quarantined {
  readonly at: Time;
  readonly line: string;
  readonly device?: string;
  readonly topic?: string;
  readonly reason: string;
  readonly why: string;
  /** First bytes, as text with unprintables escaped. */
  readonly head: string;
}

export interface LineStatus {
  readonly id: string;
  readonly protocol: string;
  readonly up: boolean;
  readonly why: string;
  readonly since: Time;
  readonly ledger: Ledger;
}

/** A camera that answered a WS-Discovery probe. Nobody has accepted it; no credential may go there. */
export interface FoundCamera {
  readonly address: string;
  readonly name?: string;
  readonly hardware?: string;
  readonly from: string;
}

export interface EventBatch {
  /** The seq before the first event of this batch. */
  readonly after: number;
  readonly seq: number;
  readonly events: readonly Event[];
}

export interface GatewayPort {
  readonly version: string;
  site(): Site;
  view(): View;
  now(): Time;
  lines(): readonly LineStatus[];
  troubles(): readonly Trouble[];
  head(): { seq: number; hash: string };
  quarantine(): readonly Quarantined[];
  /** Durable when resolved: the events the command caused, `refused` among them. Rejects when the journal is stuck. */
  command(by: User, command: Command): Promise<readonly Event[]>;
  /** Called after each durable commit and, with the newest gauges, a few times a second. Returns the way to stop. */
  listen(each: { batch(batch: EventBatch): void; site(): void }): () => void;
  records(q: {
    table: 'alarms' | 'rounds' | 'scans' | 'events';
    from?: Time;
    to?: Time;
    device?: string;
    kind?: string;
    /** Events alone: what is said of this alarm. */
    alarm?: number;
    /** False leaves out what is for the eyes of heads, auditors and administrators alone. */
    covert?: false;
    limit?: number;
  }): Promise<readonly Record<string, unknown>[]>;
  /** Of the events with `after` < seq ≤ `upTo`, at most 10 000 numbers, those of these kinds, or all; oldest first. */
  pick(q: { after: number; upTo: number; kinds?: readonly Event['kind'][] }): Promise<readonly Event[]>;
  /** The `raised` events of the alarms that were open at this time. */
  openAt(time: Time): Promise<readonly Event[]>;
  samples(q: { device: string; point: string; from: Time; to: Time; limit?: number }): Promise<readonly Sample[]>;
  /** Stored samples of a zone's wires as columns, and the bases the detector had for them. Rejects with words. */
  curves(q: CurveQuery): Promise<Curves>;
  /** What other limits would have done; `signal` gives it up. Rejects with words. */
  rehearse(q: RehearsalQuery, progress: (done: number, total: number) => void, signal: AbortSignal): Promise<Played>;
  /** A fresh JPEG, at most two seconds old. Rejects with a sentence for the operator. */
  picture(camera: string): Promise<{ jpeg: Uint8Array; at: Time }>;
  /** A kept evidence picture by name; undefined when unknown. */
  evidence(name: string): Promise<Uint8Array | undefined>;
  /** Walks the whole chain. */
  verify(
    progress?: (done: number, total: number) => void,
  ): Promise<{ ok: boolean; checked: number; broken?: number; why?: Words }>;
  discover(): Promise<readonly FoundCamera[]>;
  /** A page said what it painted. */
  displayed(user: User, page: string, seq: number, alarms: readonly number[]): void;
  /** Counters of the process beside the ledgers: name → value. */
  gauges(): Readonly<Record<string, number>>;
}
