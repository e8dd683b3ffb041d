/**
 * What a notification says, in points of the device profile. Topics lose their prefixes and trailing slashes, words become
 * values of the point's type, device time becomes ours. It only reads: it must never decide whether something is an alarm,
 * and never throw, whatever a camera sends.
 */
import type { PointSpec, Time, Value } from '../../core/types.ts';
import type { OnvifTopic, Profile } from '../../profile/profile.ts';

/** A notification as the `onvif` package parsed it, in plain form. */
export interface Notification {
  /** Without prefixes: `RuleEngine/CellMotionDetector/Motion`. */
  readonly topic: string;
  /** Initialized: how things stand. Changed: news. Deleted: the source is gone. */
  readonly operation: string;
  readonly source: ReadonlyMap<string, unknown>;
  readonly data: ReadonlyMap<string, unknown>;
  /** On the camera's clock. */
  readonly utc?: Time;
}

export type TopicReading =
  | { readonly kind: 'values'; readonly values: readonly (readonly [string, Value])[]; readonly source: string }
  | { readonly kind: 'unknown-topic' | 'bad-payload' | 'wrong-type'; readonly why: string };

type ItemNode = Record<string, unknown>;
const isNode = (value: unknown): value is ItemNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const node = (value: unknown): ItemNode => (isNode(value) ? value : {});
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);
/** More items than this in one notification are not read. */
const ITEMS_MAX = 64;

/** `tns1:RuleEngine/tnshik:X//.` → `RuleEngine/X`. */
export function plainTopic(topic: string): string {
  return topic
    .split('/')
    .map((part) => part.slice(part.indexOf(':') + 1).trim())
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}

function items(holder: unknown, into = new Map<string, unknown>()): Map<string, unknown> {
  for (const item of list(node(holder).simpleItem).slice(0, ITEMS_MAX)) {
    const { Name, Value: value } = node(node(item).$);
    if (Name !== undefined) into.set(String(Name), value);
  }
  return into;
}

/** UtcTime: a Date, or text without a zone, which is read as UTC. Before 2000 the camera had no clock yet. */
function utcOf(value: unknown): Time | undefined {
  const at =
    value instanceof Date
      ? value.getTime()
      : typeof value === 'string'
        ? Date.parse(/Z|[+-]\d\d:?\d\d$/.test(value) ? value : `${value}Z`)
        : Number.NaN;
  return Number.isFinite(at) && at > Date.UTC(2000, 0, 1) ? at : undefined;
}

/** The plain form of one NotificationMessage; undefined when it has no topic or no message. */
export function readNotification(raw: unknown): Notification | undefined {
  const { topic, message } = node(raw);
  const name = typeof topic === 'string' ? topic : node(topic)._;
  const inner = node(node(message).message);
  if (typeof name !== 'string' || Object.keys(inner).length === 0) return undefined;
  const attributes = node(inner.$);
  const utc = utcOf(attributes.UtcTime);
  return {
    topic: plainTopic(name),
    operation: String(attributes.PropertyOperation ?? 'Changed'),
    source: items(inner.key, items(inner.source)),
    data: items(inner.data),
    ...(utc !== undefined && { utc }),
  };
}

const TRUE = new Set(['true', '1', 'active', 'on', 'yes']);
const FALSE = new Set(['false', '0', 'inactive', 'off', 'no']);

function toValue(raw: unknown, type: PointSpec['type']): Value | undefined {
  const word = raw instanceof Date ? raw.toISOString() : String(raw ?? '').trim();
  if (type === 'string') return word.slice(0, 200);
  if (type === 'number') return word !== '' && Number.isFinite(Number(word)) ? Number(word) : undefined;
  const lower = word.toLowerCase();
  return TRUE.has(lower) ? true : FALSE.has(lower) ? false : undefined;
}

function applies(event: OnvifTopic, n: Notification): boolean {
  if (event.topic !== n.topic) return false;
  if (event.only && String(n.source.get(event.only.item) ?? n.data.get(event.only.item)) !== event.only.is)
    return false;
  return event.item === undefined || n.data.has(event.item);
}

/** Reads a notification with a profile. `source` names where in the camera it came from: the same rule, the same input. */
export function readWith(profile: Profile, n: Notification): TopicReading {
  const events = profile.wire.protocol === 'onvif' ? profile.wire.events : [];
  if (!events.some((event) => event.topic === n.topic))
    return {
      kind: 'unknown-topic',
      why: `the profile ${profile.id} has no topic ${n.topic.slice(0, 120) || '(empty)'}`,
    };
  const values = new Map<string, Value>();
  const matching = events.filter((event) => applies(event, n));
  for (const event of matching) {
    const point = profile.points.find((p) => p.key === event.point);
    const value = event.item === undefined ? true : toValue(n.data.get(event.item), point?.type ?? 'boolean');
    if (value === undefined)
      return {
        kind: 'wrong-type',
        why: `${n.topic}: ${event.item} is ${JSON.stringify(n.data.get(event.item ?? ''))?.slice(0, 80)}`,
      };
    // A source that was deleted can no longer be in the state it told.
    values.set(event.point, n.operation === 'Deleted' && typeof value === 'boolean' ? false : value);
  }
  if (values.size === 0) return { kind: 'bad-payload', why: `${n.topic} came without an item the profile knows` };
  // Without the object's number: a false that names another object must still end the state.
  const source = [...n.source]
    .filter(([name]) => name !== 'ObjectId')
    .map(([name, value]) => `${name}=${String(value)}`);
  return { kind: 'values', values: [...values], source: [n.topic, ...source].join('|') };
}

/**
 * When it happened, on our clock. Undefined when the camera's word cannot be believed: more than a minute ahead, or news
 * more than a day old (firmware that tells local time as UTC).
 */
export function takenOf(n: Notification, offsetMs: number, now: Time): Time | undefined {
  if (n.utc === undefined) return undefined;
  const at = Math.round(n.utc - offsetMs);
  if (at > now + 60_000 || (n.operation !== 'Initialized' && at < now - 86_400_000)) return undefined;
  return Math.min(at, now);
}

/** How many sources of one point are remembered. */
const SOURCES_MAX = 64;

/**
 * Joins several sources of one state: a point is on while any of them is. Two motion topics that fire together become one
 * state, and the end of one rule does not end another.
 */
export class Joined {
  /** By point, the sources that are on, and in which subscription each said so. */
  private readonly on = new Map<string, Map<string, number>>();
  private subscription = 0;

  value(point: PointSpec | undefined, value: Value, source: string): Value {
    if (point?.keep !== 'state' || typeof value !== 'boolean') return value;
    const sources = this.on.get(point.key) ?? new Map<string, number>();
    this.on.set(point.key, sources);
    if (!value) sources.delete(source);
    else if (sources.size < SOURCES_MAX || sources.has(source)) sources.set(source, this.subscription);
    return this.stands(point.key);
  }

  stands(key: string): boolean {
    return (this.on.get(key)?.size ?? 0) > 0;
  }

  /** A new subscription: the camera will tell anew how things stand. */
  begin(): void {
    this.subscription++;
  }

  /** It has told how this point stands: sources it did not name are there no more. */
  told(key: string): void {
    const sources = this.on.get(key);
    for (const [source, subscription] of sources ?? []) if (subscription !== this.subscription) sources!.delete(source);
  }
}
