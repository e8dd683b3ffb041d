/**
 * Writes the payloads of an MQTT device from its profile: the mirror of what a driver reads, made from the same data.
 * It must never use code of the drivers, or one mistake would hide the other.
 */
import type { Value } from '../src/core/types.ts';
import type { MqttTopic, MqttWire, Profile } from '../src/profile/profile.ts';

/** How a device writes its time. `local` is ISO 8601 in China's time without an offset. */
export type Dress = 'ms' | 's' | 'iso' | 'local';

export function mqttWire(profile: Profile): MqttWire {
  if (profile.wire.protocol !== 'mqtt') throw new Error(`profile ${profile.id} does not speak MQTT`);
  return profile.wire;
}

/** The topic that carries a point. */
export function topicOf(profile: Profile, point: string): MqttTopic {
  const topic = mqttWire(profile).topics.find((t) => point in t.points);
  if (!topic) throw new Error(`profile ${profile.id} has no topic for ${point}`);
  return topic;
}

/** One payload: the given points of the topic, and id and time when the topic has them. */
export function payloadOf(
  topic: MqttTopic,
  values: ReadonlyMap<string, Value>,
  id: string,
  taken: number,
  dress: Dress | undefined,
): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  if (topic.id !== undefined) put(body, topic.id, id);
  if (topic.taken) put(body, topic.taken.field, dressed(taken, dress ?? topic.taken.unit));
  if (topic.clock) put(body, topic.clock.field, dressed(taken, dress ?? topic.clock.unit));
  for (const [point, { field, map, scale }] of Object.entries(topic.points)) {
    const value = values.get(point);
    if (value === undefined) continue;
    const word = map && Object.entries(map).find(([, meaning]) => meaning === value)?.[0];
    put(body, field, word ?? (typeof value === 'number' ? value / (scale ?? 1) : value));
  }
  return body;
}

function dressed(at: number, dress: Dress): number | string {
  if (dress === 's') return Math.floor(at / 1000);
  if (dress === 'iso') return new Date(at).toISOString();
  if (dress === 'local') return new Date(at + 8 * 3_600_000).toISOString().slice(0, -1);
  return at;
}

/** A dotted path; a number as a step makes an array. */
function put(into: Record<string, unknown>, field: string, value: unknown): void {
  const path = field.split('.');
  const last = path.pop()!;
  let at = into;
  for (const [i, key] of path.entries()) {
    at[key] ??= /^\d+$/.test(path[i + 1] ?? last) ? [] : {};
    at = at[key] as Record<string, unknown>;
  }
  at[last] = value;
}
