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

/** How one MQTT topic of a device is read. The payload is a JSON object. */
export interface MqttTopic {
  /** Last part of the topic: `<prefix>/<device>/<name>`. */
  readonly name: string;
  /** Field that holds the device's event id. */
  readonly id?: string;
  readonly taken?: { readonly field: string; readonly unit: 'ms' | 's' | 'iso' };
  /** Field that says what the device's clock shows as it sends. */
  readonly clock?: { readonly field: string; readonly unit: 'ms' | 's' | 'iso' };
  /** Point key → field of the payload (dots go deeper); `map` turns the device's words into values. */
  readonly points: Readonly<
    Record<string, { readonly field: string; readonly map?: Readonly<Record<string, Value>>; readonly scale?: number }>
  >;
}
export interface MqttWire {
  readonly protocol: 'mqtt';
  readonly topics: readonly MqttTopic[];
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

export type Wire = ModbusWire | MqttWire | OnvifWire;

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
