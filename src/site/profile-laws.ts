/**
 * What must be true of every device model: its shape, and that its points, alarms and wire agree. Driver and simulator both
 * trust this. It must never know one model in particular.
 */
import { z } from 'zod';
import type { PointSpec } from '../core/types.ts';
import type { ModbusWire, MqttWire, OnvifWire, Profile, Register } from '../profile/profile.ts';
import { sensorFaults } from './device/sensor-laws.ts';
import { httpStream, httpStreamFaults } from './parts/stream-laws.ts';

const text = z.string().trim().min(1);
const value = z.union([z.boolean(), z.number(), z.string()]);
const words = z.strictObject({ zh: text, en: text });
const priority = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);
/** Missed, order and comms are the gateway's own findings; a device never reports them. */
const kind = z.enum([
  'climb',
  'pull',
  'slack',
  'cut',
  'intrusion',
  'tamper',
  'masked',
  'motion',
  'sos',
  'power',
  'fault',
  'police',
  'fire',
  'gas',
  'water',
  'temperature',
  'hygiene',
]);
const condition = z.union([
  z.strictObject({ is: value }),
  z.strictObject({ above: z.number(), clear: z.number().optional() }),
  z.strictObject({ below: z.number(), clear: z.number().optional() }),
]);
const point = z.strictObject({
  key: text,
  title: words,
  keep: z.enum(['state', 'pulse', 'gauge']),
  type: z.enum(['boolean', 'number', 'string']),
  unit: text.optional(),
  quantity: z.enum(['tension', 'temperature', 'humidity', 'gas']).optional(),
  range: z.tuple([z.number(), z.number()]).optional(),
  stuckMs: z.int().min(60_000).optional(),
  deadband: z.number().min(0).optional(),
  heartbeatMs: z.int().min(1000).optional(),
  channel: text.optional(),
  alarm: z.strictObject({ kind, priority, when: condition, always: z.boolean().optional() }).optional(),
  scan: z.boolean().optional(),
  police: z.literal('answered').optional(),
  writable: z.boolean().optional(),
  takesWatch: z.boolean().optional(),
});
const register = z.strictObject({
  table: z.enum(['coil', 'discrete', 'input', 'holding']),
  address: z.int().min(0).max(65_535),
  bit: z.int().min(0).max(15).optional(),
  type: z.enum(['u16', 'i16', 'u32', 'i32', 'f32']).optional(),
  swap: z.boolean().optional(),
  scale: z.number().optional(),
  fault: z.number().optional(),
  pollMs: z.int().min(0).optional(),
});
const modbus = z.strictObject({
  protocol: z.literal('modbus'),
  registers: z.record(z.string(), register),
  maxRegisters: z.int().min(1).max(125).optional(),
  maxBits: z.int().min(1).max(2000).optional(),
  maxGap: z.int().min(0).max(124).optional(),
});
const mqtt = z.strictObject({
  protocol: z.literal('mqtt'),
  topics: z.array(
    z.strictObject({
      name: text,
      payload: z.enum(['bare', 'picture']).optional(),
      of: text.optional(),
      certainty: text.optional(),
      id: text.optional(),
      taken: z.strictObject({ field: text, unit: z.enum(['ms', 's', 'iso']) }).optional(),
      clock: z.strictObject({ field: text, unit: z.enum(['ms', 's', 'iso']) }).optional(),
      points: z.record(
        z.string(),
        z.strictObject({
          field: text,
          map: z.record(z.string(), value).optional(),
          scale: z.number().optional(),
          only: z.record(z.string(), z.array(text)).optional(),
        }),
      ),
    }),
  ),
  channels: z.literal(true).optional(),
  status: z.strictObject({ name: text, online: text, offline: text }).optional(),
  writes: z.record(z.string(), z.strictObject({ name: text, field: text })).optional(),
});
const onvif = z.strictObject({
  protocol: z.literal('onvif'),
  events: z.array(
    z.strictObject({
      topic: text,
      item: text.optional(),
      point: text,
      only: z.strictObject({ item: text, is: text }).optional(),
    }),
  ),
  auth: z.enum(['digest', 'usernametoken', 'both', 'none']).optional(),
  muteMs: z.int().min(1000).optional(),
});
const shape = z.strictObject({
  id: text,
  vendor: text,
  model: text,
  family: z.enum(['fence', 'camera', 'reader', 'input', 'sensor', 'panel']),
  title: words,
  source: text,
  staleMs: z.int().min(500),
  // A silent device is an alarm in every case, and priority 4 is none.
  commsPriority: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  points: z.array(point).min(1),
  wire: z.discriminatedUnion('protocol', [modbus, mqtt, onvif, httpStream]),
});

type SayFault = (message: string) => void;

/** Alarms that hold in every arm state: nobody disarms sabotage, a dead supply, a call for help or a fire. */
const alwaysKinds: ReadonlySet<string> = new Set([
  ...['tamper', 'sos', 'power', 'fault', 'police'],
  ...['fire', 'gas', 'water', 'temperature'],
]);

function alarmFaults(spec: PointSpec, say: SayFault): void {
  const { alarm, type, key } = spec;
  if (!alarm) return;
  if ('is' in alarm.when) {
    if (typeof alarm.when.is !== type)
      say(`point ${key} is a ${type}, but its alarm waits for ${JSON.stringify(alarm.when.is)}`);
    if (spec.keep === 'gauge') say(`point ${key} is a gauge; its alarm needs a limit, above or below`);
  } else {
    if (type !== 'number') say(`point ${key} is a ${type}, but its alarm compares numbers`);
    const { clear } = alarm.when;
    if (clear !== undefined && 'above' in alarm.when && clear > alarm.when.above)
      say(`the alarm of ${key} clears above its limit`);
    if (clear !== undefined && 'below' in alarm.when && clear < alarm.when.below)
      say(`the alarm of ${key} clears below its limit`);
    if (spec.keep === 'pulse') say(`point ${key} is a pulse; a limit needs a value that lasts`);
  }
  if (alwaysKinds.has(alarm.kind) && alarm.always !== true)
    say(`the ${alarm.kind} alarm of ${key} must hold in every arm state: always: true`);
}

function pointFaults(profile: Profile, say: SayFault): void {
  const keys = new Set<string>();
  for (const spec of profile.points) {
    const { key, keep, type } = spec;
    if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(key)) say(`the key "${key}" is not snake case`);
    if (key === 'link') say('the key "link" is taken: it stands for the connection itself');
    if (key === 'time') say('the key "time" cannot be stored: a time series keeps its own time under this name');
    if (keys.has(key)) say(`the key "${key}" is used twice`);
    keys.add(key);
    if (keep === 'gauge' && type !== 'number') say(`gauge ${key} must be a number, it is a ${type}`);
    if (keep === 'gauge' && spec.unit === undefined) say(`gauge ${key} has no unit`);
    if (keep !== 'gauge' && (spec.deadband !== undefined || spec.heartbeatMs !== undefined)) {
      say(`point ${key} is no gauge; deadband and heartbeatMs have no meaning`);
    }
    if (spec.quantity === 'tension' && (keep !== 'gauge' || spec.channel === undefined))
      say(`point ${key} measures a ${spec.quantity}; it must be a gauge of a channel`);
    sensorFaults(profile, spec, say);
    if (spec.scan && (keep !== 'pulse' || type !== 'string'))
      say(`scan point ${key} must be a pulse and a string: every touch counts, and it carries the card`);
    if (spec.scan && profile.family !== 'reader')
      say(`scan point ${key} belongs to a ${profile.family}; only a reader scans`);
    if (spec.takesWatch && !spec.writable) say(`point ${key} takes watch away, but cannot be written`);
    if (spec.writable && keep === 'gauge') say(`point ${key} is a gauge; only a state or a pulse can be written`);
    alarmFaults(spec, say);
  }
  if (profile.family === 'reader' && !profile.points.some((spec) => spec.scan))
    say('a reader needs a point with scan: true');
}

function registerFaults(key: string, spec: PointSpec, at: Register, say: SayFault): void {
  const bits = at.table === 'coil' || at.table === 'discrete';
  const wide = at.type === 'u32' || at.type === 'i32' || at.type === 'f32';
  const numeric = !bits && at.bit === undefined;
  if (spec.type !== (numeric ? 'number' : 'boolean'))
    say(`point ${key} is a ${spec.type}, but its register gives a ${numeric ? 'number' : 'boolean'}`);
  if (bits && at.bit !== undefined) say(`${key} names a bit of a ${at.table}, which is one bit already`);
  if (!numeric && (at.type ?? at.swap ?? at.scale ?? at.fault) !== undefined)
    say(`${key} is one bit; type, swap, scale and fault have no meaning`);
  if (wide && at.address === 65_535) say(`${key} takes two registers and runs past the last address`);
  if (at.swap !== undefined && numeric && !wide) say(`${key} takes one register; swap has no meaning`);
  if (at.scale === 0) say(`the scale of ${key} is 0`);
  if (spec.writable && (at.table === 'discrete' || at.table === 'input'))
    say(`${key} is writable, but a ${at.table} register cannot be written`);
  if (at.pollMs === 0 && (!spec.writable || spec.alarm))
    say(`${key} is never polled (pollMs: 0), but somebody waits for its value`);
}

function modbusFaults(profile: Profile, wire: ModbusWire, say: SayFault): void {
  const places = new Map<string, string>();
  for (const [key, at] of Object.entries(wire.registers)) {
    const spec = profile.points.find((candidate) => candidate.key === key);
    if (!spec) continue;
    registerFaults(key, spec, at, say);
    const place = `${at.table} ${at.address}${at.bit === undefined ? '' : ` bit ${at.bit}`}`;
    if (places.has(place)) say(`${key} and ${places.get(place)} share ${place}`);
    places.set(place, key);
  }
  const polls = Object.values(wire.registers).flatMap(({ pollMs = 1000 }) => (pollMs === 0 ? [] : [pollMs]));
  const fastest = Math.min(...polls);
  if (polls.length === 0) say('nothing of the device is polled, so nobody would notice its silence');
  else if (fastest * 2 > profile.staleMs) say(`staleMs must leave room for two polls of ${fastest} ms`);
}

function mqttFaults(profile: Profile, wire: MqttWire, say: SayFault): void {
  const names = wire.topics.map((topic) => topic.name).concat(wire.status ? [wire.status.name] : []);
  for (const name of names) {
    if (/[+#\s]|^\/|\/$/.test(name)) say(`the topic name "${name}" has a wildcard, a blank or a / at its end`);
    if (names.indexOf(name) !== names.lastIndexOf(name)) say(`the topic name "${name}" is used twice`);
  }
  if (wire.status && wire.status.online === wire.status.offline)
    say('the status topic says the same for online and offline');
  for (const topic of wire.topics) {
    for (const [key, { map, scale }] of Object.entries(topic.points)) {
      const spec = profile.points.find((candidate) => candidate.key === key);
      if (!spec) continue;
      if (scale !== undefined && (spec.type !== 'number' || scale === 0))
        say(`the scale of ${key} needs a number point and must not be 0`);
      for (const [word, meaning] of Object.entries(map ?? {})) {
        if (typeof meaning !== spec.type)
          say(`${key} is a ${spec.type}, but "${word}" is mapped to ${JSON.stringify(meaning)}`);
      }
    }
  }
  for (const key of Object.keys(wire.writes ?? {})) {
    if (profile.points.some((spec) => spec.key === key && !spec.writable))
      say(`${key} has a topic to write to, but is not writable`);
  }
}

function onvifFaults(profile: Profile, wire: OnvifWire, say: SayFault): void {
  for (const event of wire.events) {
    if (/(^|\/)\w+:|^\/|\/$/.test(event.topic))
      say(`the topic "${event.topic}" must stand without prefixes and without / at its ends`);
    const spec = profile.points.find((candidate) => candidate.key === event.point);
    if (spec && event.item === undefined && spec.keep !== 'pulse')
      say(`${event.topic} names no item, so ${event.point} must be a pulse`);
  }
}

/** Keys the wire reads, and keys it can write. */
function reach(profile: Profile): { reads: Set<string>; writes: Set<string> } {
  const { wire } = profile;
  if (wire.protocol === 'onvif' || wire.protocol === 'http-stream')
    return { reads: new Set(wire.events.map((event) => event.point)), writes: new Set() };
  if (wire.protocol === 'mqtt') {
    const reads = wire.topics.flatMap((topic) => Object.keys(topic.points));
    return { reads: new Set(reads), writes: new Set(Object.keys(wire.writes ?? {})) };
  }
  const keys = new Set(Object.keys(wire.registers));
  return { reads: keys, writes: keys };
}

function reachFaults(profile: Profile, say: SayFault): void {
  const { reads, writes } = reach(profile);
  for (const spec of profile.points) {
    if (!reads.has(spec.key) && !(spec.writable && writes.has(spec.key) && !spec.alarm && !spec.scan))
      say(`point ${spec.key} is nowhere on the wire`);
    if (spec.writable && !writes.has(spec.key))
      say(`point ${spec.key} is writable, but the wire has no way to write it`);
  }
  const keys = new Set(profile.points.map((spec) => spec.key));
  for (const key of new Set([...reads, ...writes]))
    if (!keys.has(key)) say(`the wire speaks of "${key}", which is no point of the model`);
}

/** Everything that is untrue of a model; empty for a true one. `name` is its file's name without the ending. */
export function faultsOf(candidate: unknown, name: string): string[] {
  const checked = shape.safeParse(candidate);
  if (!checked.success)
    return checked.error.issues.map((issue) => `${issue.path.join('.') || 'the model'}: ${issue.message}`);
  const profile = candidate as Profile;
  const faults: string[] = [];
  const say: SayFault = (message) => faults.push(message);
  if (profile.id !== name) say(`the id is "${profile.id}", but the file is ${name}.ts`);
  pointFaults(profile, say);
  reachFaults(profile, say);
  const { wire } = profile;
  if (wire.protocol === 'modbus') modbusFaults(profile, wire, say);
  else if (wire.protocol === 'mqtt') mqttFaults(profile, wire, say);
  else if (wire.protocol === 'http-stream') httpStreamFaults(profile, wire, say);
  else onvifFaults(profile, wire, say);
  return faults;
}
