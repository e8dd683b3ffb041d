/** What is so: the state that facts fold to. Types only; it must never hold behaviour. */
import type { Alarm, Shelf } from './alarm/alarm-types.ts';
import type { PoliceLine } from './alarm/police-types.ts';
import type { BureauState } from './bureau/bureau-types.ts';
import type { CameraState } from './camera/picture-types.ts';
import type { ListDay, MenuDay } from './canteen/canteen-types.ts';
import type { IdentityState } from './device/identity-types.ts';
import type { Drill } from './drill/drill-types.ts';
import type { RosterState } from './duty/roster-types.ts';
import type { Detection } from './fence/signal-types.ts';
import type { UsedKey } from './phone/phone-fact-types.ts';
import type { Rectification } from './rectify/rectify-types.ts';
import type { SensorState } from './sensor/sensor-types.ts';
import type { CanaryRun } from './tell/canary-types.ts';
import type { ChannelLoad, ChannelTest, Reminder } from './tell/message-types.ts';
import type { ReplyBook } from './tell/reply-types.ts';
import type { AreaMode, ArmMode } from './types-command.ts';
import type { AccountState, PairedState } from './types-door.ts';
import type { OpenSuspicion } from './types-exception.ts';
import type { By, HeldTrigger } from './types-fact-parts.ts';
import type { CaseHold, CutClass, CutSpan } from './types-journal.ts';
import type { LooseSpan, Tuned, Vouched } from './types-limits.ts';
import type { ChangedRound, ItemAnswer, KeptTouch, Round, TouchImport } from './types-patrol.ts';
import type { PostWatch } from './types-post.ts';
import type { AlarmKind, Time, Value, Words } from './types-terms.ts';

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
export interface State extends RosterState, SensorState, BureauState {
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
  /** By camera, what its pictures show of it. */
  readonly cameras: Map<string, CameraState>;
  /** By device, who it says it is. */
  readonly identities: Map<string, IdentityState>;
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
  /** What has to be put right, by the number of the fact it began with; of the last five weeks, and older ones that are not over. */
  readonly rectifications: Map<number, Rectification>;
  /** Check lists of the kitchen of the last five weeks, by `list/day`. */
  readonly listDays: Map<string, ListDay>;
  /** Menus of the last five weeks, by the local day as text. */
  readonly menus: Map<string, MenuDay>;
  /** Drills of the last two years, by the number of the fact each began with, oldest first. */
  readonly drills: Map<number, Drill>;
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
  /** Phones that were paired and not taken away, by their id. */
  readonly phones: Map<string, PairedState>;
  /** By channel, its last tries that failed, in a row. What is sent of silent calls for help does not count. */
  readonly channelFails: Map<string, { readonly fails: number; readonly since: Time; readonly lastAt: Time }>;
  /** By channel, and by `channel/person` of one that sends to single persons, what was sent lately. What is sent of silent calls for help does not count. */
  readonly channelLoads: Map<string, ChannelLoad>;
  /** The last test of a channel, by its id, and of one person's way through it, by `channel/person`. */
  readonly channelTests: Map<string, ChannelTest>;
  /** The last canary. */
  canary: CanaryRun | undefined;
  /** Who was told that he comes on duty, by `shift/day/person`. */
  readonly reminders: Map<string, Reminder>;
  /** By `channel/person`, what is kept of answers by the way a message came. */
  readonly replyBooks: Map<string, ReplyBook>;
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
