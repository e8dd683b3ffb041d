/**
 * The canary: an event of a test device that goes the whole way of an alarm, from the wire to a test address, so that it is found out by
 * day that some part of that way is broken. Types only. It is never an alarm: nothing here may be one, count as one or hold one up.
 */
import type { Time, Words } from '../types-terms.ts';

/**
 * The parts of its way, in their order: over the wire and through the rules; by the ladder to a message; by the channel; and back by an
 * answer, where the test address gives one.
 */
export type CanaryHop = 'wire' | 'chain' | 'channel' | 'back';

/** What the school wants of it. */
export interface CanaryPlan {
  /** The device whose event it is; nothing that it says or does not say is an alarm. */
  readonly device: string;
  /** The person behind the test address; his first rung is the channel that is tried. */
  readonly to: string;
  /** When it is sent once a day, minutes after local midnight. */
  readonly minute: number;
  /** The test address answers by itself. */
  readonly answers?: true;
  /** By what channel it is told that it failed, and to whom where that sends to single persons. */
  readonly alert: { readonly channel: string; readonly to?: string };
}

/** The last canary and how far it came. */
export interface CanaryRun {
  /** The number of the fact that began it. */
  readonly run: number;
  readonly at: Time;
  /** Who asked for it; without it, it was the day's. */
  readonly by?: string;
  /** The event reached the rules. */
  readonly heardAt?: Time;
  /** The message left, by this channel. */
  readonly sentAt?: Time;
  readonly channel?: string;
  /** The other side took it. */
  readonly takenAt?: Time;
  /** The test address answered. */
  readonly backAt?: Time;
  /** Alarms had messages to send, and it was not sent. */
  readonly gaveWayAt?: Time;
  readonly failed?: CanaryFailure;
  /** What the one before it failed by, until one comes through. */
  readonly failing?: CanaryFailure;
  /** That it failed was told by another channel; so many tries to do so came to nothing, the last then. */
  readonly toldAt?: Time;
  readonly tries: number;
  readonly triedAt?: Time;
}

/** Where its way is broken, and what was said there. */
export interface CanaryFailure {
  readonly at: Time;
  readonly hop: CanaryHop;
  readonly why: Words;
}

/**
 * How a canary came on, by the number of the fact that began it. told, untold: that it failed was told by another channel, or a try to
 * do so came to nothing. gave-way: alarms had messages to send.
 */
export interface CanaryFact {
  readonly kind: 'canary';
  readonly step: 'begun' | 'heard' | 'sent' | 'taken' | 'back' | 'failed' | 'gave-way' | 'told' | 'untold';
  readonly run?: number;
  /** Who asked for it. */
  readonly by?: string;
  readonly channel?: string;
  readonly hop?: CanaryHop;
  readonly why?: Words;
}
