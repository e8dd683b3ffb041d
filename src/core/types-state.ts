/** What is so: the state that facts fold to. Types only; it must never hold behaviour. */
import type { RosterState } from './duty/roster-types.ts';
import type { Detection } from './fence/signal-types.ts';
import type { SentByPhone, UsedKey } from './phone/phone-fact-types.ts';
import type { AreaMode, ArmMode } from './types-command.ts';
import type { AccountState } from './types-door.ts';
import type { OpenSuspicion } from './types-exception.ts';
import type { By, EmptyStep, EscalationReason, GuardNear, HeldTrigger } from './types-fact-parts.ts';
import type { CaseHold, CutClass, CutSpan } from './types-journal.ts';
import type { LooseSpan, Tuned, Vouched } from './types-limits.ts';
import type { ChannelLoad, ChannelTest, Notice, Reminder } from './types-message.ts';
import type { ChangedRound, ItemAnswer, KeptTouch, Round, TouchImport } from './types-patrol.ts';
import type { PoliceCall, PoliceLine } from './types-police.ts';
import type { PostWatch } from './types-post.ts';
import type { AlarmKind, Joining, PledgeStage, Priority, Time, Value, Words } from './types-terms.ts';

/** An open alarm. Two memories, never mixed: the condition (`causes`) and the handling (`acked`, `closed`). */
export interface Alarm {
  readonly id: number;
  /** zone/kind, or device/kind outside zones: repeats join the open alarm of the same key. */
  readonly key: string;
  readonly kind: AlarmKind;
  readonly priority: Priority;
  readonly device: string;
  readonly zone?: string;
  readonly round?: string;
  readonly checkpoint?: string;
  /** The post of the first day it speaks of. */
  readonly post?: string;
  readonly raisedAt: Time;
  readonly sourceTime?: Time;
  readonly lastAt: Time;
  /** How often it was triggered. */
  readonly count: number;
  /** Standing causes, `device/point`; empty means the condition is over. */
  readonly causes: readonly string[];
  readonly value?: Value;
  readonly why?: Words;
  readonly returnedAt?: Time;
  readonly acked?: By;
  /** The first acknowledgement, kept when a new trigger takes `acked` away. */
  readonly firstAcked?: By;
  /** Who has told of it: the device, or the gateway's own detection. */
  readonly decidedBy: readonly ('device' | 'gateway')[];
  /** The last times it was triggered, oldest first, at most as many as make it chattering. */
  readonly times: readonly Time[];
  /** Since when it waits for an acknowledgement: raised, or raised again; and the seq of the event that made it wait. */
  readonly waitingSince: Time;
  readonly waitingFrom: number;
  readonly dispatched?: By & { readonly to: string };
  readonly accepted?: By;
  readonly arrived?: By & { readonly how: 'hand' | 'scan' };
  readonly disposed?: By & { readonly reason: string; readonly note?: string };
  /** Newest last, bounded. */
  readonly notes: readonly (By & { readonly text: string })[];
  readonly displayed: readonly (By & { readonly page: string })[];
  /** What phones said of it late or with a photograph, newest last, bounded. */
  readonly sent?: readonly SentByPhone[];
  readonly answers: readonly StepAnswer[];
  /** The procedure the answers belong to. */
  readonly procedure?: string;
  readonly escalated?: {
    readonly level: number;
    readonly at: Time;
    readonly why: EscalationReason;
    /** How often the last step was repeated. */
    readonly again?: number;
    /** Steps on the way to it that reach nobody. */
    readonly nobody?: readonly EmptyStep[];
    /** No step that is left reaches anybody: whether the last resort does. */
    readonly lastResort?: 'told' | 'nobody';
  };
  /** What whoever took it owes next; absent until somebody has, and once it was said what was found. */
  readonly pledge?: Pledge;
  /** Who has looked at its pictures, each once, bounded. */
  readonly looked?: readonly By[];
  /** How often its sound was silenced since it began to call. */
  readonly silences?: number;
  /** Who last gave his word that it is being seen to. */
  readonly renewed?: By;
  /** Messages about it beyond the screens, oldest first, bounded; what is owed no longer and was not sent is not here. */
  readonly notices: readonly Notice[];
  /** Id of the alarm its incident began with. */
  readonly incident?: number;
  readonly joining?: Joining;
  readonly guard?: GuardNear;
  readonly covert?: true;
  /** It stood already when the device was first heard, or heard again: when it began nobody knows. */
  readonly foundSo?: true;
  /** Of a call to the police: how far it is. */
  readonly police?: PoliceCall;
  /** Name of the evidence picture, once it was brought. */
  readonly picture?: string;
}

/** What is owed for an alarm that somebody took, by when, and who took it. */
export interface Pledge {
  readonly by: string;
  readonly stage: PledgeStage;
  readonly since: Time;
  readonly until: Time;
  /** How often the time was given anew on a person's word. */
  readonly words: number;
}

/** One answered step of a procedure. */
export interface StepAnswer extends By {
  readonly step: number;
  readonly value?: Value;
  readonly skip?: string;
}

/** An alarm put aside by a person for a while. It counts on, and comes back by itself. */
export interface Shelf extends By {
  readonly key: string;
  readonly alarm: number;
  readonly reason: string;
  readonly until: Time;
  readonly once?: boolean;
  readonly priority: Priority;
}

/** A sign that holds. */
export interface ActiveDetection {
  readonly detection: Detection;
  readonly since: Time;
  readonly wire?: number;
  readonly value?: number;
}

/** What the gateway's own detection last said of a zone. */
export interface DetectionState {
  readonly device: string;
  /** What holds, by sign, and `sign.wire` where it is said of one wire (`cut.3`). */
  readonly active: Readonly<Record<string, ActiveDetection>>;
}

export interface AreaState extends By {
  readonly mode: AreaMode;
  readonly edge?: Time;
  readonly exitUntil?: Time;
  /** Since it was set, an entry delay ran out: whoever comes in now is an alarm at once. */
  readonly entryExpiredAt?: Time;
}

/** The way in is open: what waits to become an alarm unless the area is unset. */
export interface EntryTimer {
  readonly since: Time;
  readonly until: Time;
  readonly held: readonly HeldTrigger[];
}

/** A walk test under way, or the last one. */
export interface WalkTest extends By {
  readonly zones: readonly string[];
  readonly until: Time;
  readonly ended?: By;
  /** Causes that stand, as far as the test knows: each is one hit however often it is told. */
  readonly active: readonly string[];
  /** Newest last, bounded. */
  readonly touches: readonly {
    readonly zone: string;
    readonly alarm: AlarmKind;
    readonly cause: string;
    readonly at: Time;
    readonly ms?: number;
  }[];
}

/** The last value of a point. */
export interface KnownValue {
  readonly value: Value;
  readonly at: Time;
  /** It is how things stood when we looked; the same value told as news is news. */
  readonly initial?: boolean;
}

export interface DeviceState {
  /** undefined: not heard since the start. */
  readonly up: boolean | undefined;
  readonly why?: Words;
  readonly since: Time;
  /** Last value of each state point; emptied when the link goes down, because stale is never safe. */
  readonly values: Readonly<Record<string, KnownValue>>;
  /**
   * What each state point said last before the link was lost or the gateway began. Stale, so no screen shows it and no rule
   * reads it but one: what is found when the device is heard again is held against it.
   */
  readonly before: Readonly<Record<string, KnownValue>>;
}

export interface ZoneState {
  readonly mode: ArmMode;
  readonly by: string;
  readonly since: Time;
  readonly reason?: string;
  readonly until?: Time;
  readonly edge?: Time;
}

/** The last time the clock was set, or was in doubt. */
export interface ClockState {
  /** When that was said. */
  readonly at: Time;
  readonly from: Time;
  readonly to: Time;
  /** A person is asked whether the machine's clock is right. */
  readonly asks: boolean;
  /** It was long after the last fact when the gateway started. */
  readonly leapt?: true;
}

/** A duty that failed so far; a duty that succeeded leaves no entry. */
export interface DutyState {
  readonly tries: number;
  readonly lastAt: Time;
  readonly why?: Words;
}

/** A write a person asked for that no outcome has answered yet. */
export interface PendingWrite {
  readonly id: string;
  readonly device: string;
  readonly point: string;
  readonly value: Value;
  readonly by: string;
  readonly at: Time;
}

/** Everything that is so. Only `evolve` writes it. Tables change in place; their entries are replaced, never edited. */
export interface State extends RosterState {
  seq: number;
  at: Time;
  /** When this journal began. */
  since: Time;
  /** When the gateway last started. */
  startedAt: Time;
  /** When the configuration was last changed; 0 when it never was. */
  configuredAt: Time;
  utcOffsetMin: number;
  /** undefined: nobody has set it, as far as is known. */
  clock: ClockState | undefined;
  readonly devices: Map<string, DeviceState>;
  readonly zones: Map<string, ZoneState>;
  readonly areas: Map<string, AreaState>;
  /** By area, while its entry delay runs. */
  readonly entryTimers: Map<string, EntryTimer>;
  readonly detections: Map<string, DetectionState>;
  /** Last learned bases of the wires of a zone, N. */
  readonly bases: Map<string, readonly number[]>;
  readonly tuned: Map<string, Tuned>;
  /** By zone: the limits a second person last stood for. */
  readonly vouched: Map<string, Vouched>;
  /** By zone: the last time it was judged by loose limits on one person's word. */
  readonly loose: Map<string, LooseSpan>;
  walk: WalkTest | undefined;
  /** By key of the alarm. */
  readonly shelves: Map<string, Shelf>;
  /** The silence a person asked for last: covers alarms up to seq `upTo` that were not raised again since. */
  silence: (By & { readonly until: Time; readonly upTo: number }) | undefined;
  /** Since when there have been too many alarms for one person. */
  flood: { readonly since: Time } | undefined;
  /** When the last flood ended; 0 when there was none. */
  calmSince: Time;
  /** When the last alarms were raised, oldest first, bounded; what a flood is told by. */
  raises: readonly Time[];
  /** Open alarms by id. */
  readonly alarms: Map<number, Alarm>;
  /** Open alarm of a key. */
  readonly keys: Map<string, number>;
  /** Rounds of the last two days, by id, and older ones that are not over. */
  readonly rounds: Map<string, Round>;
  /** Rounds before those, of the last five weeks: a late upload is judged all the same. For the gateway alone. */
  readonly pastRounds: Map<string, Round>;
  /** Posts of the last two days, by id, and older ones that are not over. */
  readonly posts: Map<string, PostWatch>;
  /** Posts before those, of the last five weeks. For the gateway alone. */
  readonly pastPosts: Map<string, PostWatch>;
  /** What people changed of rounds of the last five weeks, and of some that have not begun; by the id of the round. */
  readonly changedRounds: Map<string, ChangedRound>;
  /** Touches of the last five weeks, by reader, card and second, in the order of their taking down. For the gateway alone. */
  readonly touches: Map<string, KeptTouch>;
  /** What is asked about the patrol of the last five weeks, by the number of its fact. */
  readonly suspicions: Map<number, OpenSuspicion>;
  /** The same touches by reader, those that are judged, by the time they count as: one of many is found without a walk through all. */
  readonly readerTouches: Map<string, readonly KeptTouch[]>;
  /** The last answer to each item of a checkpoint, by `reader/item`. */
  readonly items: Map<string, ItemAnswer>;
  /** Files of touches that were read in during the last five weeks and count, by the hash of the file. */
  readonly imports: Map<string, TouchImport>;
  /** The last event ids of each device, oldest first. */
  readonly recentIds: Map<string, Set<string>>;
  /** Keys that phones have used in the last day, oldest first, bounded. For the gateway alone. */
  readonly usedKeys: Map<string, UsedKey>;
  readonly duties: Map<string, DutyState>;
  readonly pruned: Map<CutClass, CutSpan>;
  readonly held: Map<number, CaseHold>;
  /** By name. Empty: nothing is known of who may log in. */
  readonly accounts: Map<string, AccountState>;
  /** By channel, its last tries that failed, in a row. What is sent of silent calls for help does not count. */
  readonly channelFails: Map<string, { readonly fails: number; readonly since: Time }>;
  /** By channel, and by `channel/person` of one that sends to single persons, what was sent lately. What is sent of silent calls for help does not count. */
  readonly channelLoads: Map<string, ChannelLoad>;
  /** The last test of a channel, by its id, and of one person's way through it, by `channel/person`. */
  readonly channelTests: Map<string, ChannelTest>;
  /** Who was told that he comes on duty, by `shift/day/person`. */
  readonly reminders: Map<string, Reminder>;
  /** By device, the tests of the lines to the police. */
  readonly policeLines: Map<string, PoliceLine>;
  readonly writes: Map<string, PendingWrite>;
  /** What outputs were last set to, by device/point. */
  readonly outputs: Map<string, Value>;
  /** Outputs that were, or may have been, switched on for an alarm and not off again, by device/point. What a person switched is not here. */
  readonly sounding: Map<string, { readonly device: string; readonly point: string }>;
  /** Today's figures for the foot of the alarm list. */
  today: {
    readonly day: number;
    readonly raised: number;
    readonly nuisance: number;
    readonly acked: number;
    readonly ackMs: number;
  };
  /** The last closed alarms, newest first, at most five. */
  closed: readonly (Alarm & { readonly reason: string; readonly closedBy: string; readonly closedAt: Time })[];
}
