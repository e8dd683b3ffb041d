/**
 * The words of the house: what may happen (Input), what did happen (Event), what is so (State), what the place is (Site).
 * Every layer speaks these and nothing else. This file holds types only; it must never hold behaviour.
 */

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
/** operator: control room; guard: phone; auditor: head of security and bureau; integrator: installer; admin: users. */
export type Role = 'operator' | 'guard' | 'auditor' | 'integrator' | 'admin';

/** How a point is kept. state: journaled when it changes. pulse: every arrival is a fact. gauge: samples only. */
export type Keep = 'state' | 'pulse' | 'gauge';

export type AlarmKind =
  | 'climb'
  | 'pull'
  | 'slack'
  | 'cut'
  | 'intrusion'
  | 'tamper'
  | 'masked'
  | 'motion'
  | 'sos'
  | 'power'
  | 'fault'
  | 'comms'
  | 'missed'
  | 'order';

/** When a value means alarm. `clear` is the level at which a limit lets go again (hysteresis); it defaults to the limit. */
export type Condition =
  | { readonly is: Value }
  | { readonly above: number; readonly clear?: number }
  | { readonly below: number; readonly clear?: number };

export interface AlarmRule {
  readonly kind: AlarmKind;
  readonly priority: Priority;
  readonly when: Condition;
  /** Raises in every arm state (tamper, faults, panic). Otherwise only while the zone is armed. */
  readonly always?: boolean;
}

/** One measured or reported quantity of a device model, as its profile declares it. */
export interface PointSpec {
  /** Snake case, unique in the profile, also the field name in InfluxDB. */
  readonly key: string;
  readonly title: Words;
  readonly keep: Keep;
  readonly type: 'boolean' | 'number' | 'string';
  readonly unit?: string;
  /** What a gauge measures, where the screens draw it: the tension of one wire of a zone. */
  readonly quantity?: 'tension';
  /** Gauges: a sample is stored when it moved by at least this much (in `unit`) … */
  readonly deadband?: number;
  /** … or when this long has passed since the last stored one. Default 60 000. */
  readonly heartbeatMs?: number;
  /** Which of the device's zones this point belongs to; the configuration maps the name to a zone of the site. */
  readonly channel?: string;
  readonly alarm?: AlarmRule;
  /** The value is the card or tag that was touched; the device is a checkpoint's reader. */
  readonly scan?: boolean;
  /** The gateway may write it (arm, reset, siren relay). */
  readonly writable?: boolean;
}

export interface Point extends PointSpec {
  /** The site's zone, resolved from the profile's channel. */
  readonly zone?: string;
}

/** A configured device, compiled: what core and screens need to know of it. It holds no address and no secret. */
export interface Device {
  readonly id: string;
  readonly title: Words;
  readonly family: Family;
  readonly profile: string;
  readonly line: string;
  /** With nothing heard for this long the device is silent, and silence is an alarm. */
  readonly staleMs: number;
  /** Priority of the alarm when it is silent or unreachable. */
  readonly commsPriority: Priority;
  readonly points: Readonly<Record<string, Point>>;
  /** Zones this device guards, for the map and for freshness. */
  readonly zones: readonly string[];
  /** Where it stands on the map, in map units. */
  readonly at?: readonly [number, number];
  /** Cameras: which way it looks, degrees clockwise from east. */
  readonly facing?: number;
}

export interface Zone {
  readonly id: string;
  /** The number painted on the fence and on the map. */
  readonly number: number;
  readonly title: Words;
  /** Polyline on the map, in map units. */
  readonly path: readonly (readonly [number, number])[];
  readonly schedule?: string;
  /** Camera whose picture is the evidence for this zone. */
  readonly camera?: string;
  /** Output switched on while a P1 alarm of this zone waits for acknowledgement. */
  readonly siren?: { readonly device: string; readonly point: string };
}

/**
 * Armed between `from` and `to` on the named days (0 Sunday … 6 Saturday); minutes after local midnight;
 * `to` ≤ `from` runs into the next day.
 */
export interface Window {
  readonly days: readonly number[];
  readonly from: number;
  readonly to: number;
}
export interface Schedule {
  readonly id: string;
  readonly armed: readonly Window[];
}

export interface Checkpoint {
  readonly id: string;
  readonly title: Words;
  readonly reader: string;
  readonly at?: readonly [number, number];
  /** Planned arrival after the round's start. */
  readonly afterMs: number;
  /** On time within [plan − early, plan + late]; later is late, and after `missMs` beyond the plan it is missed. */
  readonly earlyMs: number;
  readonly lateMs: number;
  readonly missMs: number;
}
export interface RoundPlan {
  /** 0 Sunday … 6 Saturday. */
  readonly days: readonly number[];
  /** Minutes after local midnight. */
  readonly start: number;
  readonly person?: string;
}
export interface Route {
  readonly id: string;
  readonly title: Words;
  readonly ordered: boolean;
  readonly checkpoints: readonly Checkpoint[];
  readonly rounds: readonly RoundPlan[];
}
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly card?: string;
}

/** The place, compiled from configuration and profiles. Plain JSON: the browser gets the same object. */
export interface Site {
  readonly name: Words;
  readonly short: string;
  /** Local time minus UTC, in minutes; China keeps +480 all year. */
  readonly utcOffsetMin: number;
  readonly map: {
    readonly width: number;
    readonly height: number;
    readonly buildings: readonly {
      readonly title: Words;
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly round?: number;
    }[];
  };
  readonly zones: Readonly<Record<string, Zone>>;
  readonly devices: Readonly<Record<string, Device>>;
  readonly schedules: Readonly<Record<string, Schedule>>;
  readonly routes: Readonly<Record<string, Route>>;
  readonly people: Readonly<Record<string, Person>>;
  /** Rounds a day the school must complete; GB/T 29315-2022 asks for five. */
  readonly roundsPerDay: number;
}

export interface User {
  readonly name: string;
  readonly role: Role;
}

export type ArmMode = 'armed' | 'disarmed' | 'bypassed';

/** What a person asks for. */
export type Command =
  | { readonly do: 'acknowledge'; readonly alarm: number }
  | { readonly do: 'close'; readonly alarm: number; readonly reason: string; readonly note?: string }
  | {
      readonly do: 'arm';
      readonly zone: string;
      readonly mode: ArmMode;
      readonly reason?: string;
      /** Bypass ends by itself at this time. */
      readonly until?: Time;
    }
  | { readonly do: 'write'; readonly device: string; readonly point: string; readonly value: Value };

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
  | { readonly kind: 'returned'; readonly alarm: number; readonly cause: string; readonly why?: string }
  | { readonly kind: 'acknowledged'; readonly alarm: number; readonly by: string }
  | {
      readonly kind: 'closed';
      readonly alarm: number;
      readonly by: string;
      readonly reason: string;
      readonly note?: string;
    }
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
  | { readonly kind: 'refused'; readonly by: string; readonly command: Command; readonly why: Refusal };

/** What did happen: past tense, immutable, true for ever. `at`: when we learned it; it never runs backwards. */
export type Event = Fact & { readonly seq: number; readonly at: Time };

/** Why a person's command was refused; the screens have a sentence for each. */
export type Refusal =
  | 'no-right'
  | 'unknown-alarm'
  | 'already-acknowledged'
  | 'not-acknowledged'
  | 'still-standing'
  | 'unknown-reason'
  | 'reason-missing'
  | 'unknown-zone'
  | 'unknown-point'
  | 'not-writable';

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
  readonly acked?: { readonly by: string; readonly at: Time };
  /** Name of the evidence picture, once it was brought. */
  readonly picture?: string;
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
  closed: readonly (Alarm & { readonly reason: string; readonly closedAt: Time })[];
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
