/** What did happen: every fact the journal can hold. Types only; it must never hold behaviour. */

import type { PoliceFact } from './alarm/police-types.ts';
import type { BureauFact } from './bureau/bureau-types.ts';
import type { PictureFact } from './camera/picture-types.ts';
import type { DeviceFact } from './device/identity-types.ts';
import type { DrillFact } from './drill/drill-types.ts';
import type { RosterFact } from './duty/roster-types.ts';
import type { Detection } from './fence/signal-types.ts';
import type { PhoneFact } from './phone/phone-fact-types.ts';
import type { LedgerFact } from './rectify/rectify-types.ts';
import type { SensorFact } from './sensor/sensor-types.ts';
import type { CanaryFact } from './tell/canary-types.ts';
import type { DoneFact, LadderTelling, MessageFact } from './tell/message-types.ts';
import type { AreaMode, ArmMode, Command, Refusal } from './types-command.ts';
import type { ConfigDifference } from './types-config.ts';
import type { DoorFact } from './types-door.ts';
import type { ExceptionFact } from './types-exception.ts';
import type { By, EmptyStep, EscalationReason, GuardNear, HeldTrigger, PledgeFact } from './types-fact-parts.ts';
import type { JournalGap, RecordDoubt, RetentionFact } from './types-journal.ts';
import type { LimitsFact } from './types-limits.ts';
import type { PatrolFact } from './types-patrol.ts';
import type { PostFact } from './types-post.ts';
import type { AlarmKind, Joining, Priority, ReadFact, Role, Time, Value, Words } from './types-terms.ts';

export type Fact =
  /** `difference`: what the file says otherwise than when the gateway last ran, where that is known. */
  | {
      readonly kind: 'started';
      readonly version: string;
      readonly config: string;
      readonly utcOffsetMin: number;
      readonly difference?: ConfigDifference;
    }
  | {
      readonly kind: 'configured';
      readonly config: string;
      readonly by: string;
      readonly difference?: ConfigDifference;
    }
  /**
   * The machine's clock was set: what was `from` is `to` from this fact on, and it is stamped with `to`. Everything that was
   * waiting goes on waiting as long as it had to. `by`: whoever said that this clock is right, where that was asked.
   */
  | { readonly kind: 'clock-stepped'; readonly from: Time; readonly to: Time; readonly by?: string }
  /**
   * At a start the machine's clock was far from the last fact of the journal. Far before it, a person is asked which is right,
   * and events go on from the journal's time meanwhile; far after it, it is taken and only said.
   */
  | { readonly kind: 'clock-doubted'; readonly last: Time; readonly machine: Time }
  | ReadFact
  /** What the gateway itself decided from the wires of a zone; what the controller decided is `read`. */
  | {
      readonly kind: 'detected';
      readonly zone: string;
      readonly device: string;
      readonly detection: Detection;
      readonly active: boolean;
      /** Index of the wire, lowest first. */
      readonly wire?: number;
      /** Tension and the limit it passed, N. */
      readonly value?: number;
      readonly limit?: number;
      /** How long before this fact the signal first left its band, ms; or it stood so when readings came back. */
      readonly sinceMs?: number;
      readonly foundSo?: true;
    }
  /** Bases of the wires of a zone, N, for detection to go on from after a restart. */
  | { readonly kind: 'learned'; readonly zone: string; readonly bases: readonly number[] }
  | { readonly kind: 'base-confirmed'; readonly zone: string; readonly by: string; readonly reason: string }
  | { readonly kind: 'linked'; readonly device: string; readonly up: boolean; readonly why: Words }
  | {
      readonly kind: 'raised';
      readonly key: string;
      readonly alarm: AlarmKind;
      readonly priority: Priority;
      readonly device: string;
      readonly cause: string;
      readonly zone?: string;
      readonly value?: Value;
      readonly why?: Words;
      readonly sourceTime?: Time;
      /** The condition lasts (a level) rather than being over at once (a pulse). */
      readonly active: boolean;
      /** Patrol alarms: which round and checkpoint. */
      readonly round?: string;
      readonly checkpoint?: string;
      /** Which post of which day is short-handed. */
      readonly post?: string;
      /** A guard on his round was expected, or has just been, where this happened. Said, never a reason to be silent. */
      readonly guard?: GuardNear;
      /** For the eyes of heads and administrators alone: somebody is being forced. */
      readonly covert?: true;
      /** It stood already when the device was first heard, or heard again: when it began nobody knows. */
      readonly foundSo?: true;
      /** As with `read`. */
      readonly certainty?: number;
    }
  | {
      readonly kind: 'repeated';
      readonly alarm: number;
      readonly device: string;
      readonly cause: string;
      readonly value?: Value;
      readonly sourceTime?: Time;
      readonly active: boolean;
      readonly priority: Priority;
      /** As with `raised`. */
      readonly foundSo?: true;
    }
  | {
      readonly kind: 'returned-to-normal';
      readonly alarm: number;
      readonly cause: string;
      readonly why?: Words;
      readonly covert?: true;
    }
  | { readonly kind: 'acknowledged'; readonly alarm: number; readonly by: string; readonly covert?: true }
  /** No sound until `until` for alarms raised up to seq `upTo`. */
  | { readonly kind: 'silenced'; readonly by: string; readonly until: Time; readonly upTo: number }
  | {
      readonly kind: 'dispatched';
      readonly alarm: number;
      readonly by: string;
      readonly to: string;
      readonly covert?: true;
    }
  | { readonly kind: 'accepted'; readonly alarm: number; readonly by: string; readonly covert?: true }
  /** scan: the person sent there touched the zone's reader; `by` is then the person's id. */
  | {
      readonly kind: 'arrived';
      readonly alarm: number;
      readonly by: string;
      readonly how: 'hand' | 'scan';
      readonly covert?: true;
    }
  | {
      readonly kind: 'disposed';
      readonly alarm: number;
      readonly by: string;
      readonly reason: string;
      readonly note?: string;
      readonly covert?: true;
    }
  | {
      readonly kind: 'closed';
      readonly alarm: number;
      readonly by: string;
      readonly reason: string;
      readonly note?: string;
      readonly covert?: true;
    }
  | {
      readonly kind: 'noted';
      readonly alarm: number;
      readonly by: string;
      readonly text: string;
      readonly covert?: true;
    }
  | {
      readonly kind: 'answered';
      readonly alarm: number;
      readonly by: string;
      readonly procedure: string;
      readonly step: number;
      readonly value?: Value;
      readonly skip?: string;
      readonly covert?: true;
    }
  /** A page painted the alarm for this person for the first time. */
  | {
      readonly kind: 'displayed';
      readonly alarm: number;
      readonly by: string;
      readonly page: string;
      readonly covert?: true;
    }
  | PledgeFact
  | PhoneFact
  /**
   * Level 1 is the first step of the chain, `again` how often its last one was repeated. `not-displayed`: no wall has shown
   * the alarm within its limit, `no-screen`: no page, for want of walls; the reasons after it: what was owed for an alarm that `takenBy` had taken.
   */
  | {
      readonly kind: 'escalated';
      readonly alarm: number;
      readonly level: number;
      readonly roles: readonly Role[];
      readonly channels: readonly string[];
      readonly why: EscalationReason;
      readonly again?: number;
      readonly takenBy?: string;
      /** From here on so many persons must answer. */
      readonly needs?: 2;
      /** Steps on the way to this one that reach nobody; it did not wait for their time. */
      readonly nobody?: readonly EmptyStep[];
      /** No step that is left reaches anybody, and the last resort is among those named here; `nobody`: it reaches nobody either. */
      readonly lastResort?: 'told' | 'nobody';
      /** Messages to persons, by their ladders. */
      readonly tell?: readonly LadderTelling[];
      /** Messages wait so long before they go out: chat servers ask that nobody sends at the full and half hour. */
      readonly laterMs?: number;
      readonly covert?: true;
    }
  | {
      readonly kind: 'shelved';
      readonly key: string;
      readonly alarm: number;
      readonly by: string;
      readonly reason: string;
      readonly until: Time;
      readonly once?: boolean;
    }
  | {
      readonly kind: 'unshelved';
      readonly key: string;
      /** A user's name, or `schedule` when it came back by itself. */
      readonly by: string;
      readonly why: 'hand' | 'time' | 'returned-to-normal' | 'worse' | 'armed' | 'closed';
    }
  /** The alarm is part of what the first alarm of the incident began. */
  | {
      readonly kind: 'joined';
      readonly alarm: number;
      readonly incident: number;
      readonly why: Joining;
      readonly covert?: true;
    }
  /** Too many alarms for one person: more than ten in ten minutes, until fewer than five. */
  | { readonly kind: 'flooded'; readonly on: boolean; readonly count: number }
  | {
      readonly kind: 'zone-armed';
      readonly zone: string;
      readonly mode: ArmMode;
      /** A user's name, or `schedule`. */
      readonly by: string;
      readonly reason?: string;
      readonly until?: Time;
      /** The schedule's edge this applies; later edges override a hand. */
      readonly edge?: Time;
    }
  /** An area was set or unset, by a person or by `schedule`. Its zones follow as facts of their own. */
  | {
      readonly kind: 'area-armed';
      readonly area: string;
      readonly mode: AreaMode;
      readonly by: string;
      readonly edge?: Time;
      /** The zones are armed at this time; until then people may leave. */
      readonly exitUntil?: Time;
    }
  /** An entry zone was touched: with nobody unsetting the area until then, it becomes an alarm. */
  | { readonly kind: 'entry-started'; readonly area: string; readonly until: Time; readonly held: HeldTrigger }
  /** Nobody unset the area in time: what was held is raised with this, and until the area is set anew nothing waits. */
  | { readonly kind: 'entry-expired'; readonly area: string }
  | {
      readonly kind: 'walk-started';
      readonly zones: readonly string[];
      readonly by: string;
      readonly until: Time;
      /** Causes that stood in these zones already: nobody has touched them for the test. */
      readonly active: readonly string[];
    }
  /** What a zone under walk test would have raised. `ms`: from the first movement to the decision, where it is known. */
  | {
      readonly kind: 'zone-tested';
      readonly zone: string;
      readonly alarm: AlarmKind;
      readonly cause: string;
      readonly active: boolean;
      readonly ms?: number;
    }
  /** What stood in a zone under walk test is over; the next time it comes it is a hit again. */
  | { readonly kind: 'zone-restored'; readonly cause: string }
  | { readonly kind: 'walk-ended'; readonly by: string }
  | LimitsFact
  | PatrolFact
  | PostFact
  | ExceptionFact
  | LedgerFact
  | DrillFact
  | BureauFact
  | RosterFact
  | SensorFact
  | {
      readonly kind: 'ordered';
      readonly device: string;
      readonly point: string;
      readonly value: Value;
      readonly by: string;
    }
  | PictureFact
  | DeviceFact
  | DoorFact
  | DoneFact
  | MessageFact
  | CanaryFact
  | PoliceFact
  | { readonly kind: 'lost'; readonly line: string; readonly reason: string; readonly count: number }
  /** At the start the journal did not hold what is known of it elsewhere. `accepted`: a person said to go on all the same. */
  | ({ readonly kind: 'journal-gap'; readonly accepted: boolean } & JournalGap)
  /** At the start, or by the daily check. */
  | ({ readonly kind: 'record-doubted' } & RecordDoubt)
  | RetentionFact
  | {
      readonly kind: 'refused';
      readonly by: string;
      readonly command: Command;
      readonly why: Refusal;
      /** Why an area cannot be set: these zones are open. */
      readonly open?: readonly string[];
      /** Who was first, and when. */
      readonly first?: By;
      readonly covert?: true;
    };

/** What did happen: past tense, immutable, true for ever. `at`: when we learned it; it never runs backwards. */
export type Event = Fact & { readonly seq: number; readonly at: Time };
