/**
 * What facts are made of that State keeps as well: who and when, why others are told, why alarms belong together. Types only; it must
 * never hold behaviour.
 */
import type { AlarmKind, PledgeStage, Priority, Time, Value } from './types-terms.ts';

/** Who did something, and when. */
export interface By {
  readonly by: string;
  readonly at: Time;
}

/** Why others are told of an alarm. */
export type EscalationReason =
  | 'unacknowledged'
  | 'not-displayed'
  | 'no-screen'
  | 'not-sent'
  | 'not-accepted'
  | 'not-arrived'
  | 'not-found'
  | 'not-reviewed';

/**
 * Why a step of a chain reaches nobody: no account of its roles may log in; its roles may not acknowledge; it names channels, and
 * neither they nor anybody else can be reached; nobody of its roles has the alarm on a screen.
 */
export type NobodyReason = 'no-account' | 'may-not-act' | 'channel-down' | 'nobody-there';

/** A step that was passed because it reaches nobody. */
export interface EmptyStep {
  readonly level: number;
  readonly why: NobodyReason;
}

/** A guard whose plan or scan puts him at the place of an alarm. */
export interface GuardNear {
  readonly round: string;
  readonly checkpoint: string;
  readonly person?: string;
  /** Planned arrival, or the scan when there was one. */
  readonly at: Time;
  readonly scanned: boolean;
}

/** A trigger that waits for the entry delay to end. */
export interface HeldTrigger {
  readonly key: string;
  readonly alarm: AlarmKind;
  readonly priority: Priority;
  readonly device: string;
  readonly cause: string;
  readonly active: boolean;
  readonly zone: string;
  readonly value?: Value;
  readonly sourceTime?: Time;
}

/** What comes of an acknowledgement: what is owed next and by when, more time on a person's word, pictures that were looked at. */
export type PledgeFact =
  /** Whoever took the alarm owes this next, by then: `until`. `since`: when the thing before it was done. */
  | {
      readonly kind: 'pledged';
      readonly alarm: number;
      /** Who has acknowledged it. */
      readonly by: string;
      readonly stage: PledgeStage;
      readonly since: Time;
      readonly until: Time;
      /** How often the time was given anew on a person's word, since the alarm began to wait. */
      readonly words: number;
      readonly covert?: true;
    }
  /** The first of those who must answer has; the alarm goes on waiting for another. `person`: who that is, told of it no more. */
  | {
      readonly kind: 'part-acknowledged';
      readonly alarm: number;
      readonly by: string;
      readonly person?: string;
      readonly covert?: true;
    }
  /** A person gives his word that it is being seen to. */
  | { readonly kind: 'renewed'; readonly alarm: number; readonly by: string; readonly covert?: true }
  /** The pictures of the alarm were before this person's eyes. */
  | { readonly kind: 'looked'; readonly alarm: number; readonly by: string; readonly covert?: true };
