/**
 * The vocabulary device models are written in: one data file per model in `devices/`.
 * The driver decodes with it, the simulator encodes with it, the configuration is checked and compiled with it.
 * It holds shapes and a checked constructor only; it must never hold behaviour of one model.
 */
import type { Family, PointSpec, Priority, Value, Words } from '../core/types.ts';

/** Where a point lives in a Modbus device. */
export interface Register {
  readonly table: 'coil' | 'discrete' | 'input' | 'holding';
  /** Zero-based protocol address, not the 30001 style. */
  readonly address: number;
  /** One bit of a register, 0 is the least significant. */
  readonly bit?: number;
  /** Default u16. Two-register types take the high word first unless `swap`. */
  readonly type?: 'u16' | 'i16' | 'u32' | 'i32' | 'f32';
  readonly swap?: boolean;
  /** value = raw × scale. Default 1. */
  readonly scale?: number;
  /** A raw value that means "no measurement" (65535 on many). It is not reported as a value. */
  readonly fault?: number;
  /** Default 250 for points with an alarm rule, else 1000. */
  readonly pollMs?: number;
}
export interface ModbusWire {
  readonly protocol: 'modbus';
  /** By point key. Points that are only written (coils) may be absent from polling with `pollMs: 0`. */
  readonly registers: Readonly<Record<string, Register>>;
  /** Limits of the device; defaults 125 registers, 2000 bits per request (Modbus application protocol 6.1–6.4). */
  readonly maxRegisters?: number;
  readonly maxBits?: number;
  /** Registers in between that may be read along to save a request; 0 when reading gaps gives exceptions. */
  readonly maxGap?: number;
}

/** How one MQTT topic of a device is read. The payload is a JSON object, unless it is said to be something else. */
export interface MqttTopic {
  /** Last part of the topic: `<prefix>/<device>/<name>`. `{channel}` in it is the device's channel, as it is in fields. */
  readonly name: string;
  /** `bare`: a value by itself, called `value`. `picture`: a JPEG of what the device told before. */
  readonly payload?: 'bare' | 'picture';
  /** Field that says which channel a message is of, where one topic carries several. */
  readonly of?: string;
  /** Field that says how sure the source is, 0 to 1. */
  readonly certainty?: string;
  /** Field that holds the device's event id. */
  readonly id?: string;
  readonly taken?: { readonly field: string; readonly unit: 'ms' | 's' | 'iso' };
  /** Field that says what the device's clock shows as it sends. */
  readonly clock?: { readonly field: string; readonly unit: 'ms' | 's' | 'iso' };
  /** Point key → field of the payload (dots go deeper); `map` turns the device's words into values. */
  readonly points: Readonly<
    Record<
      string,
      {
        readonly field: string;
        readonly map?: Readonly<Record<string, Value>>;
        readonly scale?: number;
        /** Only when each of these fields says one of these words; else the message is no news of this point. */
        readonly only?: Readonly<Record<string, readonly string[]>>;
      }
    >
  >;
}
export interface MqttWire {
  readonly protocol: 'mqtt';
  readonly topics: readonly MqttTopic[];
  /** One sender tells of several devices under one prefix: each names its channel, and all have the status of the sender. */
  readonly channels?: true;
  /** Topic whose payload says whether the device is there; also its last will. */
  readonly status?: { readonly name: string; readonly online: string; readonly offline: string };
  /** Point key → topic name and payload field for writing. */
  readonly writes?: Readonly<Record<string, { readonly name: string; readonly field: string }>>;
}

/** How one ONVIF notification topic is read. */
export interface OnvifTopic {
  /** Topic without namespace prefixes, `RuleEngine/CellMotionDetector/Motion`. */
  readonly topic: string;
  /** Data item whose value counts. Absent: the arrival itself is the pulse. */
  readonly item?: string;
  readonly point: string;
  /** Only when this source or rule item has this value (`Rule` = `Human`). */
  readonly only?: { readonly item: string; readonly is: string };
}
export interface OnvifWire {
  readonly protocol: 'onvif';
  readonly events: readonly OnvifTopic[];
  /** Default both: digest first, then WS-UsernameToken. */
  readonly auth?: 'digest' | 'usernametoken' | 'both' | 'none';
  /** A subscription that says nothing for this long is proved by a new one. Default 300 000. */
  readonly muteMs?: number;
}

/** How one event of a maker's own event stream becomes a point. */
export interface StreamEvent {
  /** Its name as the maker writes it: `shelteralarm`, `VideoBlind`. Upper and lower case count the same. */
  readonly event: string;
  readonly point: string;
  /** Only when this field of the event has this value; dots go deeper. */
  readonly only?: { readonly field: string; readonly is: string };
}
/** An endless multipart answer over HTTP, one part an event: the event streams of camera makers. */
export interface HttpStreamWire {
  readonly protocol: 'http-stream';
  /** Path and query that is asked for. */
  readonly path: string;
  /** How a part is written: an XML document, or `Code=…;action=…;index=…;data={…}` (also as lines `Events[0].Code=…`). */
  readonly reads: 'xml' | 'code';
  /** Where its name, state, channel and certainty stand in an event. Dots go deeper; of several the first that is there counts. */
  readonly fields: {
    readonly event: readonly string[];
    readonly state: readonly string[];
    readonly channel: readonly string[];
    readonly certainty?: readonly string[];
  };
  /** The maker's words for a state. A pulse is an event that is over at once. */
  readonly states: Readonly<Record<string, 'on' | 'off' | 'pulse'>>;
  /** The number the first channel has on the wire; people call it 1. */
  readonly firstChannel: 0 | 1;
  readonly events: readonly StreamEvent[];
  /** Events that only say that the stream lives; with `state` only in that state. */
  readonly beats: readonly { readonly event: string; readonly state?: string }[];
  /** Events that are known and are no news of ours. */
  readonly ignored: readonly string[];
  /** A stream that brings no whole part for this long is dead. */
  readonly idleMs: number;
  /** A state that is not told again for this long is over: for makers that repeat what lasts and may not tell its end. */
  readonly holdMs?: number;
  /**
   * Path and query that tell on which channels an event stands now, `{event}` its name; answered by `channels[n]=…` lines, or
   * `Error: No Events`. For makers that tell begin and end once each.
   */
  readonly standing?: string;
  /** Path of a still picture; `{channel}` is its number as people count. */
  readonly snapshot: string;
  /** Paths of the video over RTSP, large and for tiles. */
  readonly video: { readonly large: string; readonly small: string };
}

export type Wire = ModbusWire | MqttWire | OnvifWire | HttpStreamWire;

export interface Profile {
  /** File name without ending. */
  readonly id: string;
  readonly vendor: string;
  readonly model: string;
  readonly family: Family;
  readonly title: Words;
  /** Where the map comes from, and whether any maker stands behind it. */
  readonly source: string;
  readonly staleMs: number;
  readonly commsPriority: Priority;
  readonly points: readonly PointSpec[];
  readonly wire: Wire;
}

/** A profile, kept literal and checked by the compiler. */
export function profile<const P extends Profile>(p: P): P {
  return p;
}
