/**
 * Samples, events and one-minute figures as points of InfluxDB. Whatever a device sends, a point made here is one line that
 * says what was measured and nothing else: it must never let a value start a line, a tag or a field of its own.
 *
 *   gauges, flags, texts   numbers, booleans and texts; tag device, field = key of the point. One measurement for each type,
 *                          so that no two devices can ever disagree about the type of a field.
 *   gauges in `minute`     <key>_mean, _min, _max, _count of each minute; tag device.
 *   events                 every event of the journal; tags kind, device, zone, alarm (its kind, where it is raised),
 *                          priority; fields seq, json, by, why, alarmId (the number of the alarm a fact speaks of).
 *   journal                how far the journal was, and its hash: what it lacks of that is found out at the next start.
 *
 * A point's timestamp and tags are the same whenever it is made, so sending it again changes nothing.
 */
import influx, { type IPoint, type ISchemaOptions } from 'influx';
import type { Event, Sample, Time, Words } from '../../core/types.ts';
import { bothLanguages } from '../../words/words.ts';

/** The text of one tag or string is cut here; InfluxDB takes 64 KiB of either. */
const tagMax = 256;
const textMax = 60_000;

const measurements = { number: 'gauges', boolean: 'flags', string: 'texts' } as const;

/** Types of the event fields; without it the client would send seq as a float. */
export function eventSchema(database: string): ISchemaOptions {
  const { INTEGER, STRING } = influx.FieldType;
  return {
    database,
    measurement: 'events',
    tags: ['school', 'kind', 'device', 'zone', 'alarm', 'priority'],
    fields: { seq: INTEGER, json: STRING, by: STRING, why: STRING, alarmId: INTEGER },
  };
}

/** Types of the fields that remember the journal. */
export function headSchema(database: string): ISchemaOptions {
  const { INTEGER, STRING } = influx.FieldType;
  return { database, measurement: 'journal', tags: ['school'], fields: { seq: INTEGER, hash: STRING } };
}

/** Undefined when the sample cannot be said in InfluxDB (a number that is not finite). */
export function samplePoint(sample: Sample): IPoint | undefined {
  const { value } = sample;
  if (typeof value === 'number' && !Number.isFinite(value)) return undefined;
  return {
    measurement: measurements[typeof value as keyof typeof measurements],
    tags: { device: tagOf(sample.device) },
    fields: { [tagOf(sample.point)]: typeof value === 'string' ? text(value) : value },
    timestamp: stamp(sample.at, 0),
  };
}

export function eventPoint(event: Event): IPoint {
  const e = event as Event &
    Partial<Record<'device' | 'zone' | 'alarm' | 'priority' | 'by', unknown>> & { readonly why?: Words | string };
  const tags: Record<string, string> = { kind: tagOf(e.kind) };
  for (const tag of ['device', 'zone', 'priority'] as const) {
    if (e[tag] !== undefined) tags[tag] = tagOf(String(e[tag]));
  }
  // Numbers of alarms are no tag: each would be a series of its own, for ever.
  const alarmId = event.kind === 'raised' ? event.seq : e.alarm;
  if (event.kind === 'raised') tags.alarm = event.alarm;
  // An apostrophe written JSON's other way, so that `text` finds nothing to alter.
  const json = JSON.stringify(event).replaceAll("'", '\\u0027');
  const fields: Record<string, string | number> = { seq: e.seq, json: text(json) };
  if (typeof alarmId === 'number') fields.alarmId = alarmId;
  if (typeof e.by === 'string') fields.by = text(e.by);
  if (e.why !== undefined) fields.why = text(typeof e.why === 'string' ? e.why : bothLanguages(e.why));
  // Two events of one millisecond and equal tags would overwrite each other; the seq keeps them apart.
  return { measurement: 'events', tags, fields, timestamp: stamp(e.at, e.seq % 1_000_000) };
}

/** How far the journal was. */
export function headPoint({ seq, hash, at }: { seq: number; hash: string; at: Time }): IPoint {
  return { measurement: 'journal', tags: {}, fields: { seq, hash }, timestamp: stamp(at, seq % 1_000_000) };
}

export interface Minute {
  readonly device: string;
  readonly point: string;
  readonly minute: Time;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  readonly count: number;
}

export function minutePoint({ device, point, minute, mean, min, max, count }: Minute): IPoint {
  const key = tagOf(point);
  return {
    measurement: measurements.number,
    tags: { device: tagOf(device) },
    fields: { [`${key}_mean`]: mean, [`${key}_min`]: min, [`${key}_max`]: max, [`${key}_count`]: count },
    timestamp: stamp(minute, 0),
  };
}

/** Nanoseconds as text: they do not fit a number. */
function stamp(at: Time, nanoseconds: number): string {
  return `${Math.floor(at)}${String(nanoseconds).padStart(6, '0')}`;
}

/**
 * A tag value or field key that is safe unescaped by eye: a line end starts a new line, a backslash at the end swallows the
 * next sign, and an empty one is refused by the server. (The client escapes commas, spaces and equal signs, not these.)
 */
export function tagOf(raw: string): string {
  const clean = raw
    .replace(/\p{Cc}+/gu, ' ')
    .replaceAll('\\', '/')
    .slice(0, tagMax)
    .trim();
  return clean === '' ? '-' : clean;
}

/** The client escapes quotes and backslashes, but doubles the backslash of the first `\'` it meets; so there is none. */
function text(raw: string): string {
  return raw.slice(0, textMax).replaceAll("\\'", "'");
}
