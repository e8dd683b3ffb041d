/**
 * The place in words: devices and their points, zones, areas, schedules, calendar, routes, people, procedures, escalation.
 * It is compiled from configuration and profiles, and never changes while it is in force. Types only; no behaviour.
 */

import type { CameraWatch } from './camera/picture-types.ts';
import type { Canteen } from './canteen/canteen-types.ts';
import type { DrillPlan } from './drill/drill-types.ts';
import type { Roster } from './duty/roster-types.ts';
import type { SignalLimits } from './fence/signal-types.ts';
import type { KitchenScreen } from './kitchen/kitchen-types.ts';
import type { PointLimit, Quantity } from './sensor/sensor-types.ts';
import type { CanaryPlan } from './tell/canary-types.ts';
import type {
  ChannelName,
  Escalation,
  EscalationRule,
  LastResort,
  Person,
  PledgeLimits,
  Rung,
} from './tell/reach-types.ts';
import type { ExceptionLimits, ExceptionRule } from './types-exception.ts';
import type { CheckItem } from './types-patrol.ts';
import type { Post } from './types-post.ts';
import type { AlarmKind, Family, Priority, Value, Window, Words } from './types-terms.ts';

/** How a point is kept. state: journaled when it changes. pulse: every arrival is a fact. gauge: samples only. */
export type Keep = 'state' | 'pulse' | 'gauge';

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
  /** What a gauge measures: the tension of one wire of a zone, or what a room or a machine is watched by. */
  readonly quantity?: Quantity;
  /** Gauges: what this sensor can measure at all, both included (in `unit`). Anything else is no measurement. */
  readonly range?: readonly [number, number];
  /** Gauges: a sensor that is well never gives the very same value for as long as this; one that does is stuck. */
  readonly stuckMs?: number;
  /** Gauges: a sample is stored when it moved by at least this much (in `unit`) … */
  readonly deadband?: number;
  /** … or when this long has passed since the last stored one. Default 60 000. */
  readonly heartbeatMs?: number;
  /** Which of the device's zones this point belongs to; the configuration maps the name to a zone of the site. */
  readonly channel?: string;
  readonly alarm?: AlarmRule;
  /** The value is the card or tag that was touched; the device is a checkpoint's reader. */
  readonly scan?: boolean;
  /** Of a police line: true says that the police answered. */
  readonly police?: 'answered';
  /** The gateway may write it (arm, reset, siren relay). */
  readonly writable?: boolean;
  /** Writing it makes the device watch less, or not at all: whoever has a code must give it. */
  readonly takesWatch?: boolean;
}

export interface Point extends PointSpec {
  /** The site's zone, resolved from the profile's channel. */
  readonly zone?: string;
  /** What this site wants a gauge to stay within, in the order they are asked. */
  readonly limits?: readonly PointLimit[];
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
  /** Armed day and night: no schedule and no hand disarms it, only bypass and out of service with a reason and an end. */
  readonly always?: boolean;
  /** On the way in: an alarm here waits for the entry delay of its area. */
  readonly entry?: boolean;
  /** Patrol reader that stands at this zone: a scan there says that somebody has arrived. */
  readonly reader?: string;
  /** Which side of the school it stands on; zones of one side share sun and wind. */
  readonly side?: string;
  /** What the gateway's own detection of this zone goes by; absent where it has no wires. */
  readonly signal?: SignalLimits;
}

/** Zones that are set and unset together. A zone belongs to one area at most. */
export interface Area {
  readonly id: string;
  readonly title: Words;
  readonly zones: readonly string[];
  /** The zones that are armed while people stay inside (stay mode); the rest of `zones` is disarmed then. */
  readonly stay: readonly string[];
  readonly schedule?: string;
  /** From the first touch of an entry zone until its alarm is raised; 0: at once. EN 50131-1 allows at most 45 s. */
  readonly entryMs: number;
  /** From setting away by hand until the zones are armed; 0: at once. A schedule arms at once. */
  readonly exitMs: number;
}

/** Local days since 1970-01-01, both included. */
export interface DaySpan {
  readonly from: number;
  readonly to: number;
  readonly title: Words;
}
/** Which days are school days. */
export interface Calendar {
  /** Empty: every day is in term. */
  readonly terms: readonly DaySpan[];
  readonly holidays: readonly DaySpan[];
  /** One day that counts as another: a make-up school day as a weekday (0 Sunday … 6 Saturday), a sports day as a holiday. */
  readonly exceptions: readonly { readonly day: number; readonly as: number | 'holiday'; readonly title: Words }[];
}

export interface Schedule {
  readonly id: string;
  readonly armed: readonly Window[];
  /** What holds instead on holidays and outside terms; without it these days are armed from midnight to midnight. */
  readonly holiday?: readonly Window[];
}

/** What is done about a kind of alarm: at most six steps, each answered in turn (预案). */
export interface Procedure {
  readonly id: string;
  readonly title: Words;
  readonly kinds: readonly AlarmKind[];
  /** Only for alarms of devices of this family; it then goes before one for all. */
  readonly family?: Family;
  readonly steps: readonly ProcedureStep[];
}
export interface ProcedureStep {
  readonly ask: Words;
  /** person: the one who goes, and who is sent by being named. */
  readonly answer: 'done' | 'yes-no' | 'number' | 'person';
  /** Passed over only with a reason. */
  readonly must?: boolean;
  /** Index of the step after `yes` or `no`; `end` finishes. Without an entry the next one follows. */
  readonly next?: Readonly<Record<string, number | 'end'>>;
}

export interface Checkpoint {
  readonly id: string;
  readonly title: Words;
  /** The device that is touched there. Of a point that has only a chip, for a baton to be held to, the chip's number: no device is called so. */
  readonly reader: string;
  /** Number of the chip a baton is held to, upper case; rows of imported files are known by it. */
  readonly chip?: string;
  readonly at?: readonly [number, number];
  /** Camera whose still goes with the alarm that it was missed; without it the nearest on the map. */
  readonly camera?: string;
  /** What is looked at there. */
  readonly items?: readonly CheckItem[];
  /** Planned arrival after the round's start. */
  readonly afterMs: number;
  /** Nobody walks here from the point before in less. */
  readonly leastMs?: number;
  /** Longer than this from the point before is shown, and changes no verdict of a point. */
  readonly mostMs?: number;
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
  /** Who walks with that person: the touch of either counts. */
  readonly second?: string;
  /** First and last local day, days since 1970-01-01, both included. */
  readonly from?: number;
  readonly to?: number;
  /** Only on school days; a make-up day counts as the weekday it stands for. */
  readonly only?: 'term';
}
export interface Route {
  readonly id: string;
  readonly title: Words;
  readonly ordered: boolean;
  /**
   * Batons that have to be read out: minutes after local midnight by which that is done. A round is provisional until the first
   * such time after it, and nothing of it is missed before.
   */
  readonly uploadBy?: number;
  readonly checkpoints: readonly Checkpoint[];
  readonly rounds: readonly RoundPlan[];
}
/** A screen that has to show and sound every alarm, by day and night. */
export interface WallScreen {
  readonly user: string;
  readonly title: Words;
}

/** What a school wants otherwise of the rules of patrol exceptions. */
export type SiteExceptions = { readonly [R in ExceptionRule]?: 'off' | Partial<NonNullable<ExceptionLimits[R]>> };

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
  readonly areas: Readonly<Record<string, Area>>;
  readonly schedules: Readonly<Record<string, Schedule>>;
  readonly calendar: Calendar;
  readonly procedures: Readonly<Record<string, Procedure>>;
  /** By priority; `quiet` for silent calls for help, whatever their priority. Maintenance (4) is never escalated. */
  readonly escalation: Readonly<Record<1 | 2 | 3 | 'quiet', Escalation>> & { readonly lastResort?: LastResort };
  /** By priority: by when what was acknowledged is seen to. A silent call for help is held to the first. */
  readonly pledges: Readonly<Record<1 | 2 | 3, PledgeLimits>>;
  readonly channels: Readonly<Record<string, ChannelName>>;
  /** Chains for some alarms alone, in the order they are asked. */
  readonly rules?: readonly EscalationRule[];
  /** When each channel is tried once a day, minutes after local midnight, and to whom those that send to single persons. */
  readonly channelTests?: { readonly minute: number; readonly to: Readonly<Record<string, string>> };
  /** The check of the whole way of an alarm, once a day. */
  readonly canary?: CanaryPlan;
  /** How a person is told who has no ladder of his own. */
  readonly ladder?: readonly Rung[];
  readonly routes: Readonly<Record<string, Route>>;
  readonly posts?: Readonly<Record<string, Post>>;
  readonly people: Readonly<Record<string, Person>>;
  readonly roster?: Roster;
  readonly canteen?: Canteen;
  /** How the school practises leaving the building; absent: it does not by this gateway. */
  readonly drill?: DrillPlan;
  /** The screens of the control room, by the account each logs in with; without any, whatever page somebody has open. */
  readonly walls?: Readonly<Record<string, WallScreen>>;
  /** Rules of patrol exceptions that are not as usual: other limits, or `off`. */
  readonly exceptions?: SiteExceptions;
  /** Cameras of which the seconds around an alarm are kept as video. */
  readonly clips?: readonly string[];
  /** When cameras must show something; absent: pictures are not judged. */
  readonly cameras?: CameraWatch;
  /** What the public screen in the dining hall shows; absent: there is none. */
  readonly kitchen?: KitchenScreen;
  /** Rounds a day the school must complete; GB/T 29315-2022 asks for five. */
  readonly roundsPerDay: number;
}
