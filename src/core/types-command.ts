/**
 * What a person may ask for, and why it may be refused. Types only; who may stands in `act/act-roles`, the rules where each
 * command is decided.
 */

import type { PoliceStep } from './alarm/police-types.ts';
import type { OrderCommand, OrderCommandRefusal } from './bureau/bureau-types.ts';
import type { ListCommand, ListRefusal, MenuCommand, MenuRefusal } from './canteen/canteen-types.ts';
import type { DrillCommand, DrillRefusal } from './drill/drill-types.ts';
import type { RosterCommand, RosterRefusal, SignOnCommand } from './duty/roster-types.ts';
import type { SignalLimits } from './fence/signal-types.ts';
import type { HelpCommand, PhoneCommand } from './phone/phone-types.ts';
import type { RectifyCommand, RectifyRefusal } from './rectify/rectify-types.ts';
import type { ExceptionFinding } from './types-exception.ts';
import type { ImportedTouch, PhoneWay, RoundCommand } from './types-patrol.ts';
import type { Time, Value } from './types-terms.ts';

/** How a zone stands. inhibited: left out for a while by an operator; out-of-service: until it was repaired and tested. */
export type ArmMode = 'armed' | 'disarmed' | 'inhibited' | 'out-of-service';
/** How an area stands. away: everybody has left, all its zones are armed; stay: people inside, its stay zones are armed. */
export type AreaMode = 'away' | 'stay' | 'disarmed';

/** What the server found of the code that came with a command. It alone sets this, and no fact carries it. */
export interface CodeGiven {
  /** The code says: I am being forced. */
  readonly duress?: boolean;
  /** It is not this person's code: the command is refused, and the refusal is a fact. */
  readonly wrongPin?: boolean;
}

/** What a person asks for. */
export type Command =
  | { readonly do: 'acknowledge'; readonly alarm: number }
  /** No sound for the alarms there are now; a new one sounds all the same. */
  | { readonly do: 'silence' }
  /** The next press of a police line within so many minutes is a test. */
  | ({
      readonly do: 'announce-police-test';
      readonly device: string;
      readonly minutes: number;
      readonly reason: string;
    } & CodeGiven)
  /** How far the police are with a call: the number of its alarm. */
  | { readonly do: 'police-step'; readonly call: number; readonly step: PoliceStep }
  /** A test message by a channel, to one person where it sends to single persons. */
  | { readonly do: 'test-channel'; readonly channel: string; readonly person?: string }
  /** That a test message arrived: the person says so, or the desk for him. */
  | { readonly do: 'confirm-test'; readonly channel: string; readonly person: string }
  /** A canary now. */
  | { readonly do: 'start-canary' }
  /** Messages again for somebody who had wanted no more by this channel; `consent`: how he has said so. */
  | { readonly do: 'resubscribe'; readonly channel: string; readonly person: string; readonly consent: string }
  /** `to`: a person of the site, by id. Again with another name: handed over. */
  | { readonly do: 'dispatch'; readonly alarm: number; readonly to: string }
  /** The one who was sent says that he goes. */
  | { readonly do: 'accept'; readonly alarm: number }
  | { readonly do: 'arrive'; readonly alarm: number }
  /** A person's word that it is being seen to: what is owed next has its time anew, a few times. */
  | { readonly do: 'renew'; readonly alarm: number }
  /** The pictures of the alarm were before this person's eyes. */
  | { readonly do: 'look'; readonly alarm: number }
  /** What was found: a reason that closing takes over, or that somebody with more rights must countersign. */
  | { readonly do: 'dispose'; readonly alarm: number; readonly reason: string; readonly note?: string }
  | { readonly do: 'close'; readonly alarm: number; readonly reason: string; readonly note?: string }
  | { readonly do: 'note'; readonly alarm: number; readonly text: string }
  /** `once`: until the condition is over; else until `until`. */
  | {
      readonly do: 'shelve';
      readonly alarm: number;
      readonly reason: string;
      readonly until: Time;
      readonly once?: boolean;
    }
  | { readonly do: 'unshelve'; readonly key: string }
  /** One step of the alarm's procedure: an answer, or why it was passed over. */
  | {
      readonly do: 'answer';
      readonly alarm: number;
      readonly step: number;
      readonly value?: Value;
      readonly skip?: string;
    }
  | ({
      readonly do: 'arm-zone';
      readonly zone: string;
      readonly mode: ArmMode;
      readonly reason?: string;
      /** When bypass or out of service ends by itself. */
      readonly until?: Time;
    } & CodeGiven)
  | ({ readonly do: 'arm-area'; readonly area: string; readonly mode: AreaMode } & CodeGiven)
  /** A walk test of these zones: what they would raise is counted instead, for `minutes`. */
  | ({ readonly do: 'walk'; readonly zones: readonly string[]; readonly minutes: number } & CodeGiven)
  | { readonly do: 'end-walk' }
  /** Other limits for the gateway's own detection in a zone; with `until` only for a trial. */
  | ({
      readonly do: 'tune';
      readonly zone: string;
      readonly limits: SignalLimits;
      readonly reason: string;
      readonly until?: Time;
    } & CodeGiven)
  /** A second person stands for limits that hide what a fence ought to tell: those in force, as they were seen. */
  | ({
      readonly do: 'vouch';
      readonly zone: string;
      readonly limits: SignalLimits;
      readonly reason: string;
    } & CodeGiven)
  /** The wires of a zone may stand as they do now: who saw the fence says so. */
  | ({ readonly do: 'confirm-base'; readonly zone: string; readonly reason: string } & CodeGiven)
  /** Whoever has looked at a camera's picture says that it is right as it is: its references are learned anew. */
  | ({ readonly do: 'dismiss-picture'; readonly camera: string; readonly reason: string } & CodeGiven)
  /** Takes in the touches of a file. `batch`: the hash of the file; one that counts already is refused. */
  | {
      readonly do: 'import-touches';
      readonly file: string;
      readonly batch: string;
      readonly touches: readonly ImportedTouch[];
    }
  /** The touches of an import count no more, and the rounds they stood in are judged anew. */
  | { readonly do: 'undo-import'; readonly batch: string }
  /**
   * A person's word that somebody was at a checkpoint and no reader knows it. It is kept and shown, and never counts as having been
   * there. `reader`: that of the checkpoint; `person`: of the site, by id.
   */
  | {
      readonly do: 'write-touch';
      readonly reader: string;
      readonly person: string;
      readonly sourceTime: Time;
      readonly reason: string;
    }
  /** A touch written down by hand counts no more. `touch`: the number of its fact. */
  | { readonly do: 'withdraw-touch'; readonly touch: number; readonly reason: string }
  /**
   * Somebody's phone has read the code of a checkpoint. The server alone gives it, for it alone knows the code. `sourceTime`: when, of a
   * phone that was out of reach then; `doubt`: and its clock cannot be believed.
   */
  | {
      readonly do: 'touch-by-phone';
      readonly reader: string;
      readonly via: PhoneWay;
      readonly sourceTime?: Time;
      readonly doubt?: true;
      readonly picture?: string;
      readonly sha256?: string;
    }
  /**
   * What was found of an item of a checkpoint, by somebody who has just touched it. The server alone gives it, once a photograph is kept.
   */
  | {
      readonly do: 'check-item';
      readonly reader: string;
      readonly item: string;
      readonly value: boolean | number;
      readonly note?: string;
      readonly picture?: string;
      readonly sha256?: string;
    }
  | HelpCommand
  | PhoneCommand
  | RoundCommand
  | RosterCommand
  | RectifyCommand
  | ListCommand
  | MenuCommand
  | DrillCommand
  | OrderCommand
  | (SignOnCommand & CodeGiven)
  /** What came of an exception of patrol. The last word counts, and all of them are kept. */
  | {
      readonly do: 'dispose-exception';
      readonly exception: number;
      readonly finding: ExceptionFinding;
      readonly note: string;
    }
  /** Lets go of an incident whose file was taken away; `incident`: its first alarm. */
  | { readonly do: 'release-case'; readonly incident: number; readonly reason: string }
  /** Which clock is right, where that is asked: the machine's. */
  | { readonly do: 'trust-clock' }
  | ({ readonly do: 'write'; readonly device: string; readonly point: string; readonly value: Value } & CodeGiven);

/** Why a person's command was refused; the screens have a sentence for each. */
export type Refusal =
  | 'no-right'
  | 'wrong-pin'
  | 'unknown-alarm'
  | 'already-acknowledged'
  | 'not-acknowledged'
  | 'still-standing'
  | 'unknown-reason'
  | 'reason-missing'
  | 'needs-countersign'
  | 'not-looked'
  | 'nobody-there'
  | 'no-walk-test'
  | 'unknown-person'
  | 'not-dispatched'
  | 'already-accepted'
  | 'already-arrived'
  | 'nothing-owed'
  | 'no-more-time'
  | 'already-shelved'
  | 'not-shelved'
  | 'not-shelvable'
  | 'too-long'
  | 'end-missing'
  | 'unknown-step'
  | 'already-answered'
  | 'wrong-answer'
  | 'text-missing'
  | 'nothing-to-silence'
  | 'silenced-enough'
  | 'unknown-zone'
  | 'unknown-area'
  | 'zone-open'
  | 'always-armed'
  | 'no-wires'
  | 'walk-running'
  | 'no-walk'
  | 'wrong-limits'
  | 'blind-limits'
  | 'loose-limits'
  | 'nothing-to-vouch'
  | 'not-second'
  | 'unknown-point'
  | 'not-writable'
  | 'already-imported'
  | 'unknown-import'
  | 'unknown-exception'
  | 'not-held'
  | 'unknown-checkpoint'
  | 'in-future'
  | 'too-old'
  | 'already-touched'
  | 'unknown-touch'
  | 'kept-too-long'
  | 'raised-since'
  | 'unknown-item'
  | 'no-person'
  | 'not-touched'
  | 'unknown-round'
  | 'round-over'
  | 'round-cancelled'
  | 'round-not-cancelled'
  | 'round-not-begun'
  | 'round-paused'
  | 'round-not-paused'
  | 'paused-enough'
  | 'changed-enough'
  | 'already-planned'
  | 'not-planned'
  | 'nothing-to-review'
  | 'own-change'
  | 'unknown-police-line'
  | 'already-announced'
  | 'not-police'
  | 'already-said'
  | 'unknown-channel'
  | 'needs-person'
  | 'no-way'
  | 'test-runs'
  | 'not-tested'
  | 'no-canary'
  | 'canary-runs'
  | 'not-unsubscribed'
  | 'clock-not-asked'
  | RosterRefusal
  | RectifyRefusal
  | ListRefusal
  | MenuRefusal
  | DrillRefusal
  | OrderCommandRefusal;
