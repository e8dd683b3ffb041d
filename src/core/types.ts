/**
 * The words of the gateway: what may happen (Input) and what is owed (Duty). What did happen (Fact), what is so (State), what the
 * place is (Site) and what a person may ask for (Command) stand beside this file and are spoken through it.
 * Every layer speaks these and nothing else. This file holds types only; it must never hold behaviour.
 */

import type { Alarm } from './alarm/alarm-types.ts';
import type { BureauInput, OrderedFile } from './bureau/bureau-types.ts';
import type { PictureSaid } from './camera/picture-types.ts';
import type { DeviceSaid } from './device/identity-types.ts';
import type { DrillMoment, DrillTap } from './drill/drill-types.ts';
import type { Finding } from './fence/signal-types.ts';
import type { RateFound } from './rectify/rectify-types.ts';
import type { SensorInput } from './sensor/sensor-types.ts';
import type { CanaryFailure } from './tell/canary-types.ts';
import type { Unreached, Untaken } from './tell/message-types.ts';
import type { ReplyCame, ReplyHeard } from './tell/reply-types.ts';
import type { Command } from './types-command.ts';
import type { ConfigDifference } from './types-config.ts';
import type { DoorFact } from './types-door.ts';
import type { JournalGap, Pruned, RecordDoubt } from './types-journal.ts';
import type { State } from './types-state.ts';
import type { Time, User, Value, Words, Wrote } from './types-terms.ts';

export type * from './alarm/alarm-types.ts';
export type * from './alarm/police-types.ts';
export type * from './bureau/bureau-types.ts';
export type * from './camera/picture-types.ts';
export type * from './canteen/canteen-types.ts';
export type * from './device/identity-types.ts';
export type * from './drill/drill-types.ts';
export type * from './duty/roster-types.ts';
export type * from './fence/signal-types.ts';
export type * from './kitchen/kitchen-types.ts';
export type * from './phone/phone-fact-types.ts';
export type * from './phone/phone-types.ts';
export type * from './rectify/rectify-types.ts';
export type * from './sensor/sensor-types.ts';
export type * from './tell/canary-types.ts';
export type * from './tell/message-types.ts';
export type * from './tell/reach-types.ts';
export type * from './tell/reply-types.ts';
export type * from './types-command.ts';
export type * from './types-config.ts';
export type * from './types-door.ts';
export type * from './types-durable.ts';
export type * from './types-exception.ts';
export type * from './types-fact.ts';
export type * from './types-fact-parts.ts';
export type * from './types-journal.ts';
export type * from './types-limits.ts';
export type * from './types-patrol.ts';
export type * from './types-post.ts';
export type * from './types-record.ts';

export type * from './types-site.ts';
export type * from './types-state.ts';
export type * from './types-terms.ts';

/** What may happen to the gateway: present tense, not yet believed. */
export type Input =
  | {
      readonly kind: 'reading';
      readonly device: string;
      /** Point key and value. One message or one poll is one input. */
      readonly values: readonly (readonly [string, Value])[];
      /** When the device says it happened. */
      readonly sourceTime?: Time;
      /** The device's own event id; a second message with the same id is the same event. */
      readonly id?: string;
      /** The wire only told us how things stand (ONVIF Initialized, MQTT retained): news only where it was not known so. */
      readonly initial?: boolean;
      /** The network address it came from, where the wire tells. */
      readonly from?: string;
      /** How sure its source is of it, 0 to 1. */
      readonly certainty?: number;
    }
  | { readonly kind: 'link'; readonly device: string; readonly up: boolean; readonly why: Words }
  /** What a line learned of a device itself. */
  | { readonly kind: 'device-said'; readonly device: string; readonly said: DeviceSaid }
  /** The gateway's own detection changed its mind about a zone, or has learned bases worth keeping. */
  | { readonly kind: 'detected'; readonly zone: string; readonly device: string; readonly finding: Finding }
  /** What the gateway's own looks at pictures came to. */
  | { readonly kind: 'pictured'; readonly said: PictureSaid }
  /** The online rate of a camera of the canteen, of a day that is over, was below what is asked for. */
  | { readonly kind: 'rate-found'; readonly found: RateFound }
  | SensorInput
  /** Somebody gave the number of a class at a drill by the code of that class. */
  | ({ readonly kind: 'drill-tapped' } & DrillTap)
  | BureauInput
  /** A page says which alarms it has painted before a person's eyes. */
  | { readonly kind: 'displayed'; readonly by: User; readonly page: string; readonly alarms: readonly number[] }
  | { readonly kind: 'command'; readonly by: User; readonly command: Command }
  /** Somebody answered a message by the way it came. */
  | ({ readonly kind: 'reply' } & ReplyHeard)
  | {
      readonly kind: 'outcome';
      readonly duty: string;
      readonly ok: boolean;
      readonly why?: Words;
      /** What the duty brought back: a picture's name. */
      readonly brought?: string;
      /** Of the picture's bytes, in hex: what the journal says of it can be held against the file. */
      readonly sha256?: string;
      /** When a clip ends; its name says when it begins. */
      readonly until?: Time;
      readonly wrote?: Wrote;
      /** What a message that was not taken came to, and what the other side said. */
      readonly untaken?: Untaken;
      readonly code?: string;
      readonly pauseMs?: number;
      readonly receipt?: string;
      readonly unreached?: readonly Unreached[];
    }
  | { readonly kind: 'lost'; readonly line: string; readonly reason: string; readonly count: number }
  | ({ readonly kind: 'journal-gap'; readonly accepted: boolean } & JournalGap)
  | ({ readonly kind: 'record-doubted' } & RecordDoubt)
  /** The gateway is about to cut these lines. */
  | ({ readonly kind: 'pruned' } & Pruned)
  /** Something happened at the door; whoever tells it has seen it happen. */
  | { readonly kind: 'door'; readonly fact: DoorFact }
  | {
      readonly kind: 'started';
      readonly version: string;
      readonly config: string;
      readonly difference?: ConfigDifference;
    }
  | {
      readonly kind: 'configured';
      readonly config: string;
      readonly by: string;
      readonly difference?: ConfigDifference;
    }
  /** The machine's clock was set: it says `to` now. */
  | { readonly kind: 'clock-stepped'; readonly to: Time }
  /** At a start: the machine's clock is far from the last fact of the journal. */
  | { readonly kind: 'clock-doubted'; readonly last: Time; readonly machine: Time }
  | { readonly kind: 'tick' }
  /** What was raised just now is told at once where its chain says so. */
  | { readonly kind: 'escalate' }
  /** Messages that are owed go out, as far as channels take them. */
  | { readonly kind: 'send' };

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
  /** When messages of a line, by its id, had waited for the journal, the latest of them last, monotonic: whoever said nothing meanwhile may have had to wait as well. */
  readonly waited?: Map<string, number[]>;
}
export interface View {
  readonly state: State;
  readonly live: Live;
}

/** Something the gateway must bring about: derived from state, so that a crash forgets none. */
export type Duty =
  | {
      readonly id: string;
      readonly do: 'snapshot';
      readonly camera: string;
      readonly alarm: number;
      /** Not the moment itself but some seconds before it or after it. */
      readonly moment?: 'before' | 'after';
      /** When the alarm was raised. */
      readonly raisedAt: Time;
    }
  /** The seconds around an alarm, of a camera whose video is at hand. */
  | {
      readonly id: string;
      readonly do: 'clip';
      readonly camera: string;
      readonly alarm: number;
      readonly raisedAt: Time;
    }
  /** A still of the place where all gather at a drill. */
  | {
      readonly id: string;
      readonly do: 'drill-still';
      readonly camera: string;
      readonly drill: number;
      readonly moment: DrillMoment;
    }
  | {
      readonly id: string;
      readonly do: 'write';
      readonly device: string;
      readonly point: string;
      readonly value: Value;
    }
  /** A camera as it is now, for an order of the district. */
  | { readonly id: string; readonly do: 'ordered-still'; readonly camera: string; readonly order: string }
  /** The still that was taken when a touch was told, `touch` by the number of its fact, is kept as evidence of an exception. */
  | { readonly id: string; readonly do: 'exception-still'; readonly touch: number }
  /** What an order of the district asked for is sent there. */
  | { readonly id: string; readonly do: 'deliver'; readonly order: string; readonly file: OrderedFile }
  | {
      readonly id: string;
      readonly do: 'notify';
      readonly channel: string;
      readonly level: number;
      /** The persons it is for; without any, whoever reads the channel. */
      readonly to?: readonly string[];
      /** The alarm as it stands now; the message is made of it … */
      readonly alarm: Alarm;
      /** … and of the other open alarms of its incident. */
      readonly others: readonly Alarm[];
      /** In a flood, with the one that speaks for all: how many others wait for an acknowledgement. */
      readonly waiting?: number;
      /** What waited of other alarms is told within this message: they are among `others`. */
      readonly digest?: true;
      /** A try before may have arrived. */
      readonly again?: true;
      /** It says that the alarm was taken. */
      readonly taken?: true;
      /** By person, the number he may answer with. */
      readonly numbers?: Readonly<Record<string, number>>;
    }
  /** What came of a person's answer; `open`: what of that he was told of still waits. */
  | {
      readonly id: string;
      readonly do: 'answer';
      readonly channel: string;
      readonly person: string;
      readonly came: ReplyCame;
      readonly alarm?: Alarm;
      readonly open: readonly Alarm[];
    }
  /** That a person comes on duty soon. */
  | {
      readonly id: string;
      readonly do: 'remind';
      readonly channel: string;
      readonly person: string;
      readonly shift: string;
      readonly begins: Time;
      readonly ends: Time;
    }
  /** A test message by a channel, to one person alone where it is named. */
  | {
      readonly id: string;
      readonly do: 'test';
      readonly channel: string;
      readonly person?: string;
    }
  /** The test device says over its own wire that this canary is on its way. */
  | { readonly id: string; readonly do: 'publish'; readonly device: string; readonly run: number }
  /** The message of a canary to its test address, or with `failure`, that it failed. */
  | {
      readonly id: string;
      readonly do: 'canary';
      readonly channel: string;
      readonly person?: string;
      readonly failure?: CanaryFailure;
      /** The test address answers. */
      readonly answers?: true;
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
