/**
 * The words of the house: what may happen (Input), what did happen (Event), what is so (State). What the place is (Site)
 * and what a person may ask for (Command) stand beside this file and are spoken through it.
 * Every layer speaks these and nothing else. This file holds types only; it must never hold behaviour.
 */

import type { Finding, Sign, SignalLimits } from './signal-types.ts';
import type { AreaMode, ArmMode, Command, Refusal } from './types-command.ts';

export type * from './signal-types.ts';
export type * from './types-command.ts';
export type * from './types-site.ts';

/** A point in time: milliseconds since the epoch, UTC. Always passed in, never read from a clock. */
export type Time = number;
/** What a point of a device can carry. */
export type Value = boolean | number | string;
/** Every text a person may read, Chinese first. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}
/** 1 urgent, 2 important, 3 ordinary, 4 upkeep. Four is a maintenance hint, not an alarm that sounds. */
export type Priority = 1 | 2 | 3 | 4;
export type Family = 'fence' | 'camera' | 'reader' | 'input';
/** operator: control room; guard: phone; head: head of security; auditor: bureau; integrator: installer; admin: users. */
export type Role = 'operator' | 'guard' | 'head' | 'auditor' | 'integrator' | 'admin';

export type AlarmKind =
  | 'climb'
  | 'pull'
  | 'slack'
  | 'cut'
  | 'intrusion'
  | 'static'
  | 'drift'
  | 'weather'
  | 'tamper'
  | 'masked'
  | 'motion'
  | 'sos'
  | 'duress'
  | 'power'
  | 'fault'
  | 'comms'
  | 'missed'
  | 'order';

export interface User {
  readonly name: string;
  readonly role: Role;
}

/** What may happen to the gateway: present tense, not yet believed. */
export type Input =
  | {
      readonly kind: 'reading';
      readonly device: string;
      /** Point key and value. One message or one poll is one input. */
      readonly values: readonly (readonly [string, Value])[];
      /** When the device says it happened. */
      readonly taken?: Time;
      /** The device's own event id; a second message with the same id is the same event. */
      readonly id?: string;
      /** The wire only told us how things stand (ONVIF Initialized, MQTT retained): state, never a new alarm. */
      readonly initial?: boolean;
    }
  | { readonly kind: 'link'; readonly device: string; readonly up: boolean; readonly why: string }
  /** The gateway's own detection changed its mind about a zone, or has learned bases worth keeping. */
  | { readonly kind: 'sensed'; readonly zone: string; readonly device: string; readonly finding: Finding }
  /** A page says which alarms it has painted before a person's eyes. */
  | { readonly kind: 'painted'; readonly by: User; readonly page: string; readonly alarms: readonly number[] }
  | { readonly kind: 'command'; readonly by: User; readonly command: Command }
  | {
      readonly kind: 'outcome';
      readonly duty: string;
      readonly ok: boolean;
      readonly why?: string;
      /** What the duty brought back: a picture's name. */
      readonly brought?: string;
      readonly wrote?: Wrote;
    }
  | { readonly kind: 'lost'; readonly line: string; readonly reason: string; readonly count: number }
  | { readonly kind: 'started'; readonly version: string; readonly config: string }
  | { readonly kind: 'configured'; readonly config: string; readonly by: string }
  | { readonly kind: 'tick' };

export type Verdict = 'on-time' | 'early' | 'late' | 'missed' | 'wrong-order';

/** A value a device confirmed to have taken. */
export interface Wrote {
  readonly device: string;
  readonly point: string;
  readonly value: Value;
}

export type Fact =
  | { readonly kind: 'started'; readonly version: string; readonly config: string; readonly utcOffsetMin: number }
  | { readonly kind: 'configured'; readonly config: string; readonly by: string }
  | {
      readonly kind: 'read';
      readonly device: string;
      readonly point: string;
      readonly value: Value;
      readonly taken?: Time;
      readonly id?: string;
      readonly initial?: boolean;
    }
  /** What the gateway itself decided from the wires of a zone; what the controller decided is `read`. */
  | {
      readonly kind: 'sensed';
      readonly zone: string;
      readonly device: string;
      readonly sign: Sign;
      readonly holds: boolean;
      /** Index of the wire, lowest first. */
      readonly wire?: number;
      /** Tension and the limit it passed, N. */
      readonly value?: number;
      readonly limit?: number;
      /** How long before this fact the signal first left its band, ms. */
      readonly sinceMs?: number;
    }
  /** Bases of the wires of a zone, N, for detection to go on from after a restart. */
  | { readonly kind: 'learned'; readonly zone: string; readonly bases: readonly number[] }
  | { readonly kind: 'linked'; readonly device: string; readonly up: boolean; readonly why: string }
  | {
      readonly kind: 'raised';
      readonly key: string;
      readonly alarm: AlarmKind;
      readonly priority: Priority;
      readonly device: string;
      readonly cause: string;
      readonly zone?: string;
      readonly value?: Value;
      readonly why?: string;
      readonly taken?: Time;
      /** The condition lasts (a level) rather than being over at once (a pulse). */
      readonly standing: boolean;
      /** Patrol alarms: which round and checkpoint. */
      readonly round?: string;
      readonly checkpoint?: string;
      /** A guard on his round was expected, or has just been, where this happened. Said, never a reason to be silent. */
      readonly guard?: GuardNear;
      /** For the eyes of heads and administrators alone: somebody is being forced. */
      readonly quiet?: true;
    }
  | {
      readonly kind: 'repeated';
      readonly alarm: number;
      readonly device: string;
      readonly cause: string;
      readonly value?: Value;
      readonly taken?: Time;
      readonly standing: boolean;
      readonly priority: Priority;
    }
  | {
      readonly kind: 'returned';
      readonly alarm: number;
      readonly cause: string;
      readonly why?: string;
      readonly quiet?: true;
    }
  | { readonly kind: 'acknowledged'; readonly alarm: number; readonly by: string; readonly quiet?: true }
  /** No sound until `until` for alarms raised up to seq `upTo`. */
  | { readonly kind: 'silenced'; readonly by: string; readonly until: Time; readonly upTo: number }
  | {
      readonly kind: 'dispatched';
      readonly alarm: number;
      readonly by: string;
      readonly to: string;
      readonly quiet?: true;
    }
  | { readonly kind: 'accepted'; readonly alarm: number; readonly by: string; readonly quiet?: true }
  /** scan: the person sent there touched the zone's reader; `by` is then the person's id. */
  | {
      readonly kind: 'arrived';
      readonly alarm: number;
      readonly by: string;
      readonly how: 'hand' | 'scan';
      readonly quiet?: true;
    }
  | {
      readonly kind: 'disposed';
      readonly alarm: number;
      readonly by: string;
      readonly reason: string;
      readonly note?: string;
      readonly quiet?: true;
    }
  | {
      readonly kind: 'closed';
      readonly alarm: number;
      readonly by: string;
      readonly reason: string;
      readonly note?: string;
      readonly quiet?: true;
    }
  | {
      readonly kind: 'noted';
      readonly alarm: number;
      readonly by: string;
      readonly text: string;
      readonly quiet?: true;
    }
  | {
      readonly kind: 'answered';
      readonly alarm: number;
      readonly by: string;
      readonly procedure: string;
      readonly step: number;
      readonly value?: Value;
      readonly skip?: string;
      readonly quiet?: true;
    }
  /** A page painted the alarm for this person for the first time. */
  | { readonly kind: 'seen'; readonly alarm: number; readonly by: string; readonly page: string; readonly quiet?: true }
  /** Level 1 is the first step of the chain. `unpainted`: no wall has shown it within its limit. */
  | {
      readonly kind: 'escalated';
      readonly alarm: number;
      readonly level: number;
      readonly roles: readonly Role[];
      readonly channels: readonly string[];
      readonly why: 'unacknowledged' | 'unpainted';
      readonly quiet?: true;
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
      readonly why: 'hand' | 'time' | 'returned' | 'worse' | 'closed';
    }
  /** The alarm is part of what the first alarm of the incident began. */
  | {
      readonly kind: 'joined';
      readonly alarm: number;
      readonly incident: number;
      readonly why: Joining;
      readonly quiet?: true;
    }
  /** Too many alarms for one person: more than ten in ten minutes, until fewer than five. */
  | { readonly kind: 'flooded'; readonly on: boolean; readonly count: number }
  | {
      readonly kind: 'armed';
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
      readonly kind: 'set';
      readonly area: string;
      readonly mode: AreaMode;
      readonly by: string;
      readonly edge?: Time;
      /** The zones are armed at this time; until then people may leave. */
      readonly exitUntil?: Time;
    }
  /** An entry zone was touched: with nobody unsetting the area until then, it becomes an alarm. */
  | { readonly kind: 'entered'; readonly area: string; readonly until: Time; readonly held: HeldTrigger }
  /** Nobody unset the area in time: what was held is raised with this, and until the area is set anew nothing waits. */
  | { readonly kind: 'lapsed'; readonly area: string }
  | {
      readonly kind: 'walking';
      readonly zones: readonly string[];
      readonly by: string;
      readonly until: Time;
      /** Causes that stood in these zones already: nobody has touched them for the test. */
      readonly standing: readonly string[];
    }
  /** What a zone under walk test would have raised. `ms`: from the first movement to the decision, where it is known. */
  | {
      readonly kind: 'hit';
      readonly zone: string;
      readonly alarm: AlarmKind;
      readonly cause: string;
      readonly standing: boolean;
      readonly ms?: number;
    }
  /** What stood in a zone under walk test is over; the next time it comes it is a hit again. */
  | { readonly kind: 'eased'; readonly cause: string }
  | { readonly kind: 'walked'; readonly by: string }
  | {
      readonly kind: 'tuned';
      readonly zone: string;
      readonly by: string;
      readonly reason: string;
      /** What the configuration said then: once it says something else, it counts. */
      readonly configured: SignalLimits;
      /** What counted until now. */
      readonly before: SignalLimits;
      readonly limits: SignalLimits;
      readonly until?: Time;
    }
  /** A trial of limits is over and those before it count again, or the configuration brought others and they count. */
  | { readonly kind: 'untuned'; readonly zone: string; readonly why: 'trial-over' | 'configured' }
  | {
      readonly kind: 'opened';
      readonly round: string;
      readonly route: string;
      readonly start: Time;
      readonly person?: string;
    }
  | {
      readonly kind: 'checked';
      readonly round: string;
      readonly checkpoint: string;
      readonly verdict: Verdict;
      readonly taken?: Time;
      readonly card?: string;
      readonly person?: string;
      /** Arrival minus plan, ms; positive is late. */
      readonly offMs?: number;
      /** The scan arrived long after it was made (uploaded later). */
      readonly uploaded?: boolean;
    }
  | { readonly kind: 'completed'; readonly round: string; readonly counts: Readonly<Record<Verdict, number>> }
  | {
      readonly kind: 'ordered';
      readonly device: string;
      readonly point: string;
      readonly value: Value;
      readonly by: string;
    }
  | {
      readonly kind: 'done';
      readonly duty: string;
      readonly ok: boolean;
      readonly why?: string;
      readonly brought?: string;
      readonly wrote?: Wrote;
    }
  | { readonly kind: 'lost'; readonly line: string; readonly reason: string; readonly count: number }
  | {
      readonly kind: 'refused';
      readonly by: string;
      readonly command: Command;
      readonly why: Refusal;
      /** Why an area cannot be set: these zones are open. */
      readonly open?: readonly string[];
      /** Who was first, and when. */
      readonly first?: By;
      readonly quiet?: true;
    };

/** Who did something, and when. */
export interface By {
  readonly by: string;
  readonly at: Time;
}

/** Why an alarm belongs to an incident. apart: it was taken for weather, and a cut wire says that it was not. */
export type Joining = 'neighbour' | 'weather' | 'same-place' | 'same-line' | 'apart';

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
  readonly standing: boolean;
  readonly zone: string;
  readonly value?: Value;
  readonly taken?: Time;
}

/** What did happen: past tense, immutable, true for ever. `at`: when we learned it; it never runs backwards. */
export type Event = Fact & { readonly seq: number; readonly at: Time };

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
  readonly raisedAt: Time;
  readonly taken?: Time;
  readonly lastAt: Time;
  /** How often it was triggered. */
  readonly count: number;
  /** Standing causes, `device/point`; empty means the condition is over. */
  readonly causes: readonly string[];
  readonly value?: Value;
  readonly why?: string;
  readonly returnedAt?: Time;
  readonly acked?: By;
  /** The first acknowledgement, kept when a new trigger takes `acked` away. */
  readonly firstAcked?: By;
  /** Who has told of it: the device, or the gateway's own detection. */
  readonly told: readonly ('device' | 'gateway')[];
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
  readonly seen: readonly (By & { readonly page: string })[];
  readonly answers: readonly Answer[];
  /** The procedure the answers belong to. */
  readonly procedure?: string;
  readonly escalated?: { readonly level: number; readonly at: Time; readonly why: 'unacknowledged' | 'unpainted' };
  /** Messages about it beyond the screens, oldest first, bounded; what is owed no longer and was not sent is not here. */
  readonly notices: readonly Notice[];
  /** Id of the alarm its incident began with. */
  readonly incident?: number;
  readonly joining?: Joining;
  readonly guard?: GuardNear;
  readonly quiet?: true;
  /** Name of the evidence picture, once it was brought. */
  readonly picture?: string;
}

/** A message through a channel, sent or still owed. Why it was not sent so far is with its duty. */
export interface Notice {
  /** The duty that sends it. */
  readonly id: string;
  readonly channel: string;
  /** The level of escalation it belongs to. */
  readonly level: number;
  /** Since when it is owed. */
  readonly at: Time;
  readonly sentAt?: Time;
}

/** One answered step of a procedure. */
export interface Answer extends By {
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
export interface Sensed {
  readonly sign: Sign;
  readonly since: Time;
  readonly wire?: number;
  readonly value?: number;
}

/** What the gateway's own detection last said of a zone. */
export interface SenseState {
  readonly device: string;
  /** What holds, by sign, and `sign.wire` where it is said of one wire (`cut.3`). */
  readonly signs: Readonly<Record<string, Sensed>>;
}

export interface AreaState extends By {
  readonly mode: AreaMode;
  readonly edge?: Time;
  readonly exitUntil?: Time;
  /** Since it was set, an entry delay ran out: whoever comes in now is an alarm at once. */
  readonly lapsedAt?: Time;
}

/** The way in is open: what waits to become an alarm unless the area is unset. */
export interface Entry {
  readonly since: Time;
  readonly until: Time;
  readonly held: readonly HeldTrigger[];
}

/** A walk test under way, or the last one. */
export interface Walk extends By {
  readonly zones: readonly string[];
  readonly until: Time;
  readonly ended?: By;
  /** Causes that stand, as far as the test knows: each is one hit however often it is told. */
  readonly standing: readonly string[];
  /** Newest last, bounded. */
  readonly hits: readonly {
    readonly zone: string;
    readonly alarm: AlarmKind;
    readonly cause: string;
    readonly at: Time;
    readonly ms?: number;
  }[];
}

/** Limits a person gave a zone in place of the configured ones. */
export interface Tuned extends By {
  readonly configured: SignalLimits;
  readonly limits: SignalLimits;
  readonly reason: string;
  /** A trial, until then. */
  readonly until?: Time;
  /** During a trial: what a person had enabled before it. */
  readonly enabled?: Tuned;
}

/** The last value of a point. */
export interface Known {
  readonly value: Value;
  readonly at: Time;
  /** It is how things stood when we first looked; the same value told as news is news. */
  readonly initial?: boolean;
}

export interface DeviceState {
  /** undefined: not heard since the start. */
  readonly up: boolean | undefined;
  readonly why: string;
  readonly since: Time;
  /** Last value of each state point; emptied when the link goes down, because stale is never safe. */
  readonly values: Readonly<Record<string, Known>>;
}

export interface ZoneState {
  readonly mode: ArmMode;
  readonly by: string;
  readonly since: Time;
  readonly reason?: string;
  readonly until?: Time;
  readonly edge?: Time;
}

export interface Check {
  readonly verdict: Verdict;
  readonly taken?: Time;
  readonly card?: string;
  readonly person?: string;
  readonly offMs?: number;
  readonly uploaded?: boolean;
}
export interface Round {
  readonly id: string;
  readonly route: string;
  readonly start: Time;
  readonly person?: string;
  /** By checkpoint id. */
  readonly checks: Readonly<Record<string, Check>>;
  readonly counts?: Readonly<Record<Verdict, number>>;
}

/** A duty that failed so far; a duty that succeeded leaves no entry. */
export interface DutyState {
  readonly tries: number;
  readonly lastAt: Time;
  readonly why: string;
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
export interface State {
  seq: number;
  at: Time;
  /** When this journal began. */
  since: Time;
  /** When the gateway last started. */
  startedAt: Time;
  /** When the configuration was last changed; 0 when it never was. */
  configuredAt: Time;
  utcOffsetMin: number;
  readonly devices: Map<string, DeviceState>;
  readonly zones: Map<string, ZoneState>;
  readonly areas: Map<string, AreaState>;
  /** By area, while its entry delay runs. */
  readonly entries: Map<string, Entry>;
  readonly senses: Map<string, SenseState>;
  /** Last learned bases of the wires of a zone, N. */
  readonly bases: Map<string, readonly number[]>;
  readonly tuned: Map<string, Tuned>;
  walk: Walk | undefined;
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
  /** Rounds of the last two days, by id. */
  readonly rounds: Map<string, Round>;
  /** The last event ids of each device, oldest first. */
  readonly seen: Map<string, Set<string>>;
  readonly duties: Map<string, DutyState>;
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

/** The newest sample of a gauge: latest wins, never journaled. */
export interface Gauge {
  readonly value: number;
  readonly at: Time;
}
/** What is known beside the journal: gauges and when each device was last heard. Lost at a restart, and rightly so. */
export interface Live {
  readonly gauges: Map<string, Map<string, Gauge>>;
  /** Monotonic, ms: no time of day. */
  readonly heard: Map<string, number>;
  /** Since when the gateway itself has been listening without a standstill; on the same scale. */
  listeningSince: number;
}
export interface View {
  readonly state: State;
  readonly live: Live;
}

/** Something the gateway must bring about: derived from state, so that a crash forgets none. */
export type Duty =
  | { readonly id: string; readonly do: 'snapshot'; readonly camera: string; readonly alarm: number }
  | {
      readonly id: string;
      readonly do: 'write';
      readonly device: string;
      readonly point: string;
      readonly value: Value;
    }
  | {
      readonly id: string;
      readonly do: 'notify';
      readonly channel: string;
      readonly level: number;
      /** The alarm as it stands now; the message is made of it … */
      readonly alarm: Alarm;
      /** … and of the other open alarms of its incident. */
      readonly others: readonly Alarm[];
      /** In a flood, with the one that speaks for all: how many others wait for an acknowledgement. */
      readonly waiting?: number;
    };

/** One stored point of a time series. */
export interface Sample {
  readonly device: string;
  readonly point: string;
  readonly value: Value;
  readonly at: Time;
}

/** What became of what a line received; received = stored + judged + the sum of dropped, at any quiet moment. */
export interface Ledger {
  received: number;
  /** Kept as a fact in the journal or as a sample in the series. */
  stored: number;
  /** Looked at and found to say nothing new. */
  judged: number;
  readonly dropped: Record<string, number>;
}

/** How one part of the gateway is doing, for the health view and the strip on the wall. */
export interface Trouble {
  /** line:canteen-1, journal, influx, disk … */
  readonly part: string;
  /** One sentence that names the thing and the remedy. */
  readonly why: Words;
  readonly since: Time;
}
