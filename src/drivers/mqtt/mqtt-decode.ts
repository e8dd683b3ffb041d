/**
 * What an MQTT message says, by the device's profile: topic and bytes in, a report or the reason against it out.
 * Pure, so that broker, client and tests share one reading. It must never throw, never wait, and never look at a clock.
 */

import { isUtf8 } from 'node:buffer';
import type { Time, Value, Words } from '../../core/types.ts';
import type { MqttTopic, MqttWire } from '../../profile/profile.ts';
import { clockWrong, fieldSkipped, noEventId, notMqtt, sharedTopic } from '../../words/mqtt-words.ts';
import { WordedError } from '../../words/worded-error.ts';
import type { MqttDevice } from '../connection-options.ts';
import type { DropReason, LineDevice, Report } from '../line.ts';

/** The MQTT part of a device's configuration. */

/** What a message turned out to be. `problem` is something wrong that did not cost the event; `clock` what the device's clock shows. */
export type Decoded =
  | { readonly kind: 'report'; readonly report: Report; readonly problem?: Words; readonly clock?: Time }
  | { readonly kind: 'beat'; readonly device: string }
  | { readonly kind: 'status'; readonly device: string; readonly online: boolean }
  | { readonly kind: 'drop'; readonly reason: DropReason; readonly device?: string; readonly why: string };

export interface DecodeOptions {
  /** Payloads above this are dropped unread, bytes. */
  readonly maxBytes: number;
  /** For device times written without an offset: local time minus UTC, minutes. */
  readonly utcOffsetMin: number;
}

export type Decode = (topic: string, payload: Uint8Array, now: Time, initial?: boolean) => Decoded;

/** Longest event id and longest text value that is believed, characters. */
const idMax = 128;
const textMax = 256;
/** A device clock further ahead than this is wrong; the event still counts, its time does not. */
const aheadMs = 86_400_000;
/** No device of ours measured anything before 2020: its clock was never set. */
const earliest = Date.UTC(2020, 0, 1);
/** Below this a number of ms would be before March 1973 and a number of s after the year 5138, so the unit is plain. */
const secondsBelow = 1e11;

interface DecodedReading {
  readonly point: string;
  readonly field: string;
  readonly path: readonly string[];
  readonly type: 'boolean' | 'number' | 'string';
  readonly map: ReadonlyMap<string, Value> | undefined;
  readonly scale: number;
}
interface Plan {
  readonly device: string;
  readonly status?: { readonly online: string; readonly offline: string };
  readonly readings: readonly DecodedReading[];
  readonly id?: readonly string[];
  readonly taken?: readonly string[];
  readonly clock?: readonly string[];
}

/** The topic prefix of a device, without a slash at the end. */
export function prefixOf(device: LineDevice<MqttDevice>): string {
  return device.options.topic ?? `gatehouse/${device.id}`;
}

/** The MQTT wire of a device's profile. Throws when the profile speaks something else. */
export function wireOf(device: LineDevice<unknown>): MqttWire {
  const { wire } = device.profile;
  if (wire.protocol !== 'mqtt') throw new WordedError(notMqtt(device.id, device.profile.id));
  return wire;
}

/**
 * Prepares one table from full topic to reading plan, so that a message costs a lookup and a JSON.parse.
 * Throws when two devices share a topic.
 */
export function decoder(devices: readonly LineDevice<MqttDevice>[], options: DecodeOptions): Decode {
  const plans = new Map<string, Plan>();
  for (const device of devices) {
    for (const [topic, plan] of plansOf(device)) {
      const other = plans.get(topic);
      if (other) throw new WordedError(sharedTopic(device.id, other.device, topic));
      plans.set(topic, plan);
    }
  }
  return (topic, payload, now, initial = false) => {
    const plan = plans.get(topic);
    if (!plan) return drop('unknown-topic', undefined, 'no configured device has this topic');
    if (payload.byteLength > options.maxBytes)
      return drop('too-large', plan.device, `${payload.byteLength} bytes, at most ${options.maxBytes} are read`);
    if (!isUtf8(payload)) return drop('bad-payload', plan.device, 'not UTF-8 text');
    const text = utf8(payload);
    if (plan.status) return readStatus(plan.device, plan.status, text);
    return readBody(plan, text, now, initial, options);
  };
}

function plansOf(device: LineDevice<MqttDevice>): [string, Plan][] {
  const wire = wireOf(device);
  const prefix = prefixOf(device);
  const types = new Map(device.profile.points.map((p) => [p.key, p.type]));
  const plans: [string, Plan][] = wire.topics.map((t) => [`${prefix}/${t.name}`, planOf(device.id, t, types)]);
  if (wire.status)
    plans.push([`${prefix}/${wire.status.name}`, { device: device.id, status: wire.status, readings: [] }]);
  return plans;
}

function planOf(device: string, topic: MqttTopic, types: ReadonlyMap<string, 'boolean' | 'number' | 'string'>): Plan {
  const readings = Object.entries(topic.points).map(([point, at]): DecodedReading => {
    const type = types.get(point);
    if (!type) throw new Error(`profile of ${device} reads ${point} from MQTT but has no such point`);
    const map = at.map && new Map(Object.entries(at.map));
    return { point, field: at.field, path: at.field.split('.'), type, map, scale: at.scale ?? 1 };
  });
  return {
    device,
    readings,
    ...(topic.id === undefined ? {} : { id: topic.id.split('.') }),
    ...(topic.taken === undefined ? {} : { taken: topic.taken.field.split('.') }),
    ...(topic.clock === undefined ? {} : { clock: topic.clock.field.split('.') }),
  };
}

function drop(reason: DropReason, device: string | undefined, why: string): Decoded {
  return device === undefined ? { kind: 'drop', reason, why } : { kind: 'drop', reason, device, why };
}

function readStatus(device: string, words: { online: string; offline: string }, text: string): Decoded {
  const said = text.trim();
  if (said === words.online) return { kind: 'status', device, online: true };
  if (said === words.offline) return { kind: 'status', device, online: false };
  return drop('bad-payload', device, `status is neither "${words.online}" nor "${words.offline}"`);
}

function readBody(plan: Plan, text: string, now: Time, initial: boolean, options: DecodeOptions): Decoded {
  if (plan.readings.length === 0) return { kind: 'beat', device: plan.device };
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return drop('bad-payload', plan.device, text.length === 0 ? 'empty' : 'not JSON');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return drop('bad-payload', plan.device, 'not a JSON object');
  const values: [string, Value][] = [];
  let wrong: string | undefined;
  for (const reading of plan.readings) {
    const raw = fieldAt(body, reading.path);
    if (raw === undefined || raw === null) continue;
    const value = readAs(raw, reading);
    if (value === undefined) wrong ??= `${reading.field} is ${show(raw)}, not a ${reading.type}`;
    else values.push([reading.point, value]);
  }
  if (values.length === 0) {
    if (wrong !== undefined) return drop('wrong-type', plan.device, wrong);
    return drop('bad-payload', plan.device, `has none of the fields ${plan.readings.map((r) => r.field).join(', ')}`);
  }
  let problem: Words | undefined = wrong === undefined ? undefined : fieldSkipped(wrong);
  const report: { -readonly [K in keyof Report]: Report[K] } = { device: plan.device, values };
  if (plan.id) {
    const id = fieldAt(body, plan.id);
    if ((typeof id === 'string' && id !== '' && id.length <= idMax) || typeof id === 'number') report.id = String(id);
    else problem ??= noEventId;
  }
  if (plan.taken) {
    const raw = fieldAt(body, plan.taken);
    if (raw !== undefined && raw !== null) {
      const taken = timeOf(raw, options.utcOffsetMin);
      if (taken !== undefined && taken >= earliest && taken <= now + aheadMs) report.sourceTime = taken;
      else problem ??= clockWrong(show(raw));
    }
  }
  if (initial) report.initial = true;
  const clock = plan.clock && timeOf(fieldAt(body, plan.clock), options.utcOffsetMin);
  return { kind: 'report', report, ...(problem && { problem }), ...(clock !== undefined && { clock }) };
}

function fieldAt(body: object, path: readonly string[]): unknown {
  let at: unknown = body;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
}

/** Devices write numbers as text and truth as 0 and 1; both are taken. Anything else is undefined. */
function readAs(raw: unknown, reading: DecodedReading): Value | undefined {
  if (reading.map) return reading.map.get(String(raw));
  if (reading.type === 'boolean') {
    if (raw === true || raw === 1 || raw === 'true' || raw === '1') return true;
    if (raw === false || raw === 0 || raw === 'false' || raw === '0') return false;
    return undefined;
  }
  if (reading.type === 'number') {
    const number = typeof raw === 'string' && raw.trim() !== '' ? Number(raw) : raw;
    return typeof number === 'number' && Number.isFinite(number) ? number * reading.scale : undefined;
  }
  if (typeof raw === 'number' && Number.isFinite(raw)) return String(raw);
  return typeof raw === 'string' && raw.length <= textMax ? raw : undefined;
}

/**
 * A device's time in whatever dress: ms or s since the epoch, as number or text, or ISO 8601 with or without offset.
 * The profile names the unit for people; the size of the number tells it without doubt.
 */
function timeOf(raw: unknown, utcOffsetMin: number): Time | undefined {
  const number = typeof raw === 'string' && /^\s*\d+(\.\d+)?\s*$/.test(raw) ? Number(raw) : raw;
  if (typeof number === 'number') {
    if (!Number.isFinite(number)) return undefined;
    return Math.round(Math.abs(number) < secondsBelow ? number * 1000 : number);
  }
  if (typeof raw !== 'string' || raw.length > 40) return undefined;
  const iso = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*(Z|[+-]\d\d:?\d\d)?$/i.exec(raw.trim());
  if (!iso) return undefined;
  const offset = iso[3]?.toUpperCase();
  const utc = Date.parse(
    `${iso[1]}T${iso[2]}${offset && offset !== 'Z' ? offset.replace(/^(...)(\d\d)$/, '$1:$2') : 'Z'}`,
  );
  if (Number.isNaN(utc)) return undefined;
  return offset ? utc : utc - utcOffsetMin * 60_000;
}

/** A view, not a copy. */
function utf8(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

function show(raw: unknown): string {
  const text = JSON.stringify(raw) ?? String(raw);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
