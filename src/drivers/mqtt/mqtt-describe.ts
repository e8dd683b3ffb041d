/**
 * The written description of MQTT topics and payloads, made from the profiles so that it cannot be out of date.
 * Pure. It must never say anything a profile does not.
 */
import type { Words } from '../../core/types.ts';
import type { MqttTopic, MqttWire, Profile } from '../../profile/profile.ts';
import { fieldTitles } from '../../words/mqtt-words.ts';
import { untranslated } from '../../words/words.ts';

export interface TopicDescription {
  /** With `<topic>` for the device's own prefix, by default `gatehouse/<device id>`. */
  readonly topic: string;
  readonly from: 'device' | 'gateway';
  readonly fields: readonly {
    readonly field: string;
    readonly point?: string;
    readonly title: Words;
    readonly type: string;
    readonly unit?: string;
    /** The device's words and what they mean. */
    readonly values?: Readonly<Record<string, unknown>>;
  }[];
  /** What a whole payload looks like. */
  readonly example: string;
}

export interface MqttDescription {
  readonly profile: string;
  readonly title: Words;
  readonly source: string;
  readonly staleMs: number;
  readonly topics: readonly TopicDescription[];
}

/** One entry per profile that speaks MQTT. */
export function describeMqtt(profiles: readonly Profile[]): MqttDescription[] {
  return profiles.flatMap((profile) => {
    const { wire } = profile;
    if (wire.protocol !== 'mqtt') return [];
    const { id, title, source, staleMs } = profile;
    return [{ profile: id, title, source, staleMs, topics: topicsOf(profile, wire) }];
  });
}

/** The same as a page. */
export function describeMqttAsMarkdown(profiles: readonly Profile[]): string {
  const parts = describeMqtt(profiles).map((d) =>
    [
      `## ${d.profile}: ${d.title.en} ${d.title.zh}`,
      d.source,
      `Silent for ${d.staleMs / 1000} s is an alarm.`,
      ...d.topics.map(section),
    ].join('\n\n'),
  );
  return [preface, ...parts].join('\n\n').concat('\n');
}

const preface = `# MQTT topics and payloads

Made from the files in \`devices/\`. A device logs in with its device id as user name and its own password, by MQTT 3.1.1
at the embedded broker. \`<topic>\` is its own prefix, by default \`gatehouse/<device id>\`. It may publish under \`<topic>/\` and
subscribe to \`<topic>/set/#\`, nothing else. A payload is a JSON object in UTF-8; fields that did not change may be left
out. Publish with QoS 1: the acknowledgement means that the message is durably kept. Without one, send it again with the
same event id; the repeat is recognised. An unreadable payload is acknowledged, counted and put aside with the reason.
Times are ms or s since 1970, or ISO 8601; one more than a day ahead is not believed.`;

function topicsOf(profile: Profile, wire: MqttWire): TopicDescription[] {
  const described: TopicDescription[] = wire.topics.map((topic) => readTopic(profile, topic));
  if (wire.status) {
    const { name, online, offline } = wire.status;
    const field = { field: '(plain text)', title: fieldTitles.online, type: `"${online}" or "${offline}"` };
    described.push({ topic: `<topic>/${name}`, from: 'device', fields: [field], example: online });
  }
  for (const [key, { name, field }] of Object.entries(wire.writes ?? {})) {
    const point = profile.points.find((p) => p.key === key);
    const title = point?.title ?? untranslated(key);
    const type = point?.type ?? 'string';
    const id = { field: 'id', title: fieldTitles.writeId, type: 'string' };
    const example = JSON.stringify({ [field]: sample(type), id: 'm1x2-7k' });
    described.push({
      topic: `<topic>/set/${name}`,
      from: 'gateway',
      fields: [{ field, point: key, title, type }, id],
      example,
    });
  }
  return described;
}

function readTopic(profile: Profile, topic: MqttTopic): TopicDescription {
  const fields: TopicDescription['fields'][number][] = [];
  const example: Record<string, unknown> = {};
  if (topic.id !== undefined) {
    fields.push({
      field: topic.id,
      title: fieldTitles.eventId,
      type: 'string',
    });
    put(example, topic.id, 'e-1024');
  }
  const times = [
    [topic.taken, fieldTitles.time],
    [topic.clock, fieldTitles.clock],
  ] as const;
  for (const [at, title] of times) {
    if (!at) continue;
    fields.push({ field: at.field, title, type: 'time', unit: at.unit });
    put(example, at.field, { ms: 1_767_225_600_000, s: 1_767_225_600, iso: '2026-01-01T08:00:00+08:00' }[at.unit]);
  }
  for (const [key, { field, map }] of Object.entries(topic.points)) {
    const point = profile.points.find((p) => p.key === key);
    const type = point?.type ?? 'string';
    const title = point?.title ?? untranslated(key);
    fields.push({
      field,
      point: key,
      title,
      type,
      ...(point?.unit ? { unit: point.unit } : {}),
      ...(map ? { values: map } : {}),
    });
    put(example, field, map ? Object.keys(map)[0] : sample(type));
  }
  return { topic: `<topic>/${topic.name}`, from: 'device', fields, example: JSON.stringify(example) };
}

function sample(type: string): unknown {
  return type === 'boolean' ? true : type === 'number' ? 1 : 'text';
}

/** Writes at a dotted path; a number as the next step makes an array. */
function put(into: Record<string, unknown>, field: string, value: unknown): void {
  const path = field.split('.');
  let at: Record<string, unknown> = into;
  for (const [i, key] of path.entries()) {
    if (i === path.length - 1) at[key] = value;
    else {
      at[key] ??= /^\d+$/.test(path[i + 1]!) ? [] : {};
      at = at[key] as Record<string, unknown>;
    }
  }
}

function section(t: TopicDescription): string {
  const rows = t.fields.map((f) => {
    const values = f.values ? ` ${JSON.stringify(f.values)}` : '';
    const unit = f.unit ? ` (${f.unit})` : '';
    return `| \`${f.field}\` | ${f.point ?? ''} | ${f.type}${unit}${values} | ${f.title.en} ${f.title.zh} |`;
  });
  const table = ['| field | point | type | meaning |', '| --- | --- | --- | --- |', ...rows].join('\n');
  return `### \`${t.topic}\`, from the ${t.from}\n\n${table}\n\n\`\`\`\n${t.example}\n\`\`\``;
}
