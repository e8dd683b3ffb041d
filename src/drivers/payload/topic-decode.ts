/**
 * What a message of a topic says, by the device's profile: topic and bytes in, a report or the reason against it out.
 * Pure, so that MQTT and pushes over HTTP share one reading. It must never throw, never wait, and never look at a clock.
 */

import { isUtf8 } from 'node:buffer';
import type { Time, Value, Words } from '../../core/types.ts';
import type { MqttTopic, MqttWire } from '../../profile/profile.ts';
import { clockWrong, fieldSkipped, noEventId, notMqtt, sharedTopic } from '../../words/mqtt-words.ts';
import { WordedError } from '../../words/worded-error.ts';
import type { MqttDevice } from '../connection-options.ts';
import type { DropReason, LineDevice, Report } from '../line.ts';
import { eventTopic } from './event-topic.ts';

/** The MQTT part of a device's configuration. */

/** What a message turned out to be. `problem` is something wrong that did not cost the event; `clock` what the device's clock shows. */
export type Decoded =
  | { readonly kind: 'report'; readonly report: Report; readonly problem?: Words; readonly clock?: Time }
  | { readonly kind: 'beat'; readonly device: string }
  /** It is of another channel of the same sender. */
  | { readonly kind: 'other'; readonly device: string }
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
  readonly only: readonly (readonly [path: readonly string[], words: readonly string[]])[];
}
interface Plan {
  readonly device: string;
  readonly payload: MqttTopic['payload'];
  /** The message is of this device only when this field says this. */
  readonly of?: { readonly path: readonly string[]; readonly is: string };
  readonly certainty?: readonly string[];
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
    const plan = plans.get(topic) ?? plans.get(eventTopic(topic) ?? '');
    if (!plan) return drop('unknown-topic', undefined, 'no configured device has this topic');
    if (payload.byteLength > options.maxBytes)
      return drop('too-large', plan.device, `${payload.byteLength} bytes, at most ${options.maxBytes} are read`);
    if (plan.payload === 'picture') return readPicture(plan.device, payload);
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
  const plans: [string, Plan][] = wire.topics.map((t) => [topicName(device, t.name), planOf(device, t, types)]);
  const { status } = wire;
  if (status) plans.push([`${prefix}/${status.name}`, { device: device.id, payload: undefined, status, readings: [] }]);
  return plans;
}

/** The full topic of a device by its name in the model. */
export function topicName(device: LineDevice<MqttDevice>, name: string): string {
  return `${prefixOf(device)}/${withChannel(device, name)}`;
}

const withChannel = ({ options }: LineDevice<MqttDevice>, text: string): string =>
  text.replaceAll('{channel}', String(options.channel ?? 1));

function planOf(
  { id: device, options, ...rest }: LineDevice<MqttDevice>,
  topic: MqttTopic,
  types: ReadonlyMap<string, 'boolean' | 'number' | 'string'>,
): Plan {
  const pathOf = (field: string) => field.split('.').map((part) => withChannel({ id: device, options, ...rest }, part));
  const readings = Object.entries(topic.points).map(([point, at]): DecodedReading => {
    const type = types.get(point);
    if (!type) throw new Error(`profile of ${device} reads ${point} from MQTT but has no such point`);
    const map = at.map && new Map(Object.entries(at.map));
    const only = Object.entries(at.only ?? {}).map(([field, words]) => [pathOf(field), words] as const);
    return { point, field: at.field, path: pathOf(at.field), type, map, scale: at.scale ?? 1, only };
  });
  return {
    device,
    readings,
    payload: topic.payload,
    ...(topic.of === undefined ? {} : { of: { path: pathOf(topic.of), is: String(options.channel ?? 1) } }),
    ...(topic.certainty === undefined ? {} : { certainty: pathOf(topic.certainty) }),
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
    body = plan.payload === 'bare' ? { value: text.trim() } : JSON.parse(text);
  } catch {
    return drop('bad-payload', plan.device, text.length === 0 ? 'empty' : 'not JSON');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return drop('bad-payload', plan.device, 'not a JSON object');
  if (plan.of && String(fieldAt(body, plan.of.path)) !== plan.of.is) return { kind: 'other', device: plan.device };
  const values: [string, Value][] = [];
  let wrong: string | undefined;
  let elsewhere = false;
  for (const reading of plan.readings) {
    if (!reading.only.every(([path, words]) => words.includes(String(fieldAt(body, path))))) {
      elsewhere = true;
      continue;
    }
    const raw = fieldAt(body, reading.path);
    if (raw === undefined || raw === null) continue;
    const value = readAs(raw, reading);
    if (value === undefined) wrong ??= `${reading.field} is ${show(raw)}, not a ${reading.type}`;
    else values.push([reading.point, value]);
  }
  // A topic that carries several devices carries much else; of another one, what concerns no point is a word the model lacks.
  if (values.length === 0 && elsewhere && plan.of && wrong === undefined) return { kind: 'beat', device: plan.device };
  if (values.length === 0) {
    if (wrong !== undefined) return drop('wrong-type', plan.device, wrong);
    return drop(
      'bad-payload',
      plan.device,
      `says nothing the model reads in ${[...new Set(plan.readings.map((r) => r.field))].join(', ')}`,
    );
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
  const sure = plan.certainty && fieldAt(body, plan.certainty);
  if (typeof sure === 'number' && sure >= 0 && sure <= 1) report.certainty = sure;
  const clock = plan.clock && timeOf(fieldAt(body, plan.clock), options.utcOffsetMin);
  return { kind: 'report', report, ...(problem && { problem }), ...(clock !== undefined && { clock }) };
}

/** A picture of what the device told before. */
function readPicture(device: string, payload: Uint8Array): Decoded {
  if (payload[0] !== 0xff || payload[1] !== 0xd8) return drop('bad-payload', device, 'not a JPEG');
  return { kind: 'report', report: { device, values: [], picture: payload } };
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
