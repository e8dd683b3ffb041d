/**
 * Who is told of what beyond the screens, and by what: chains, channels, people. It is compiled from configuration and never
 * changes while it is in force. Types only; where a channel or a person's way leads to stands in none of them.
 */
import type { Language, PledgeStage, Role, Way, Words } from './types-terms.ts';

/** Who hears of an alarm nobody acknowledges, and when. */
export interface EscalationStep {
  /** After the alarm was raised, or raised again. */
  readonly afterMs: number;
  readonly roles: readonly Role[];
  /** Names of configured channels a message goes to besides the screens. */
  readonly channels: readonly string[];
}
export interface Escalation {
  readonly steps: readonly EscalationStep[];
  /** The last step is repeated at this pace until somebody acknowledges. */
  readonly repeatMs: number;
}

/** Whom an alarm goes to when no step of its chain reaches anybody. */
export interface LastResort {
  readonly roles: readonly Role[];
  readonly channels: readonly string[];
  /** The configuration names none, and this is the usual one. */
  readonly unnamed?: true;
}

/** Within what time whoever took an alarm has the next thing done, and how often a person's word gives that time anew. */
export interface PledgeLimits {
  /** ms, each from when the one before it was done. */
  readonly withinMs: Readonly<Record<PledgeStage, number>>;
  readonly renewals: number;
}

/** A way to reach people beyond the screens, as screens know it; where it leads to is the gateway's alone. */
export interface ChannelName {
  readonly id: string;
  readonly title: Words;
  /** It sends to single persons, by this way; without it, to whoever reads the channel. */
  readonly each?: Way;
  /** A channel to whoever reads it that can name persons in its text: those who have this way. */
  readonly names?: Way;
  /** Messages that it takes in a minute at most. */
  readonly perMin?: number;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly card?: string;
  /** Further cards of the same person. */
  readonly cards?: readonly string[];
  /** The account this person logs in with. */
  readonly account?: string;
  /** Of messages; Chinese without it. */
  readonly language?: Language;
  /** Minutes after local midnight between which only P1 goes to this person alone; `to` ≤ `from` runs into the next day. */
  readonly quiet?: { readonly from: number; readonly to: number };
  /** By what this person can be reached; without any, only on the screens. */
  readonly ways?: readonly Way[];
}
