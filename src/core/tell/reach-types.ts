/**
 * Who is told of what beyond the screens, and by what: chains, channels, people. It is compiled from configuration and never
 * changes while it is in force. Types only; where a channel or a person's way leads to stands in none of them.
 */
import type { AlarmKind, ContactWay, Language, PledgeStage, Priority, Role, Window, Words } from '../types-terms.ts';

/** Who hears of an alarm nobody acknowledges, and when. */
export interface EscalationStep {
  /** After the alarm was raised, or raised again. */
  readonly afterMs: number;
  readonly roles: readonly Role[];
  /** Names of configured channels a message goes to besides the screens. */
  readonly channels: readonly string[];
  /** Persons, each told by his own ladder. */
  readonly people?: readonly string[];
  /** Whoever is on duty when the step is taken is told as well, each by his own ladder. */
  readonly onDuty?: true;
  /** So many different persons must answer an alarm that has come to this step; one without it. */
  readonly needs?: 2;
}

/** One rung of a person's ladder: by which channel he is told, and how long after the step that names him. */
export interface Rung {
  readonly afterMs: number;
  readonly channel: string;
}

/** A chain for some alarms alone. What it does not name counts for all; the first rule that fits is the one. */
export interface EscalationRule {
  readonly id: string;
  readonly title: Words;
  readonly priorities?: readonly Priority[];
  readonly kinds?: readonly AlarmKind[];
  /** Zones, those of areas among them; alarms outside zones do not fit then. */
  readonly zones?: readonly string[];
  /** Local times by weekday; what counts is when the alarm began to wait. */
  readonly windows?: readonly Window[];
  /** Only on school days, or only on all others. */
  readonly only?: 'term' | 'holiday';
  readonly chain: Escalation;
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
  /** What sort of channel it is, as the configuration calls it. */
  readonly kind?: string;
  /** It sends to single persons, by this way; without it, to whoever reads the channel. */
  readonly each?: ContactWay;
  /** A channel to whoever reads it that can name persons in its text: those who have this way. */
  readonly names?: ContactWay;
  /** Messages that it takes in a minute at most; a third of them is kept for P1. */
  readonly perMin?: number;
  /** Messages to one person that it takes in an hour at most: carriers block a number that is called too often. */
  readonly perHourEach?: number;
  /** Answers come back by it: its messages tell how to answer, and what is said by its people counts. */
  readonly replies?: true;
  /** Only alarms go out by it, and no news of them: a call, a horn. */
  readonly alarmsOnly?: true;
  /** The channel that takes over when this one does not take a message. */
  readonly instead?: string;
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
  readonly ways?: readonly ContactWay[];
  /** How this person is told; without it, as everybody is. */
  readonly ladder?: readonly Rung[];
}
