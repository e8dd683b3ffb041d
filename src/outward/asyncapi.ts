/**
 * The description of all that goes over MQTT, as AsyncAPI 3: what devices tell the gateway and are told, made of their models, and what the gateway
 * tells a broker of the school's, made of `outward-topics`. Pure. It must never say anything those two do not.
 */
import { z } from 'zod';
import type { MqttDescription, TopicDescription } from '../drivers/mqtt/mqtt-describe.ts';
import { bothLanguages } from '../words/words.ts';
import { type OutwardTopic, outwardTopics } from './outward-topics.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

const idOf = (text: string): string => text.replaceAll(/[^\w-]+/g, '-').replaceAll(/^-|-$/g, '');
const ref = (path: string) => ({ $ref: `#/${path}` });

/** One channel with its one message, and the operation on it. */
interface DescribedTopic {
  readonly id: string;
  readonly address: string;
  /** By parameter, what stands there. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly action: 'send' | 'receive';
  readonly payload: JsonSchema;
  readonly contentType: string;
  readonly example?: unknown;
  readonly retain: boolean;
}

const outward = ({ name, path, retained, summary, payload }: OutwardTopic, topic: string): DescribedTopic => {
  const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, key = '']) => [
    key,
    `Id of the ${key} in the configuration`,
  ]);
  const { $schema: _, ...schema } = z.toJSONSchema(payload, { target: 'draft-7' });
  return {
    ...{
      id: `out-${name}`,
      address: `${topic}/${path}`,
      parameters: Object.fromEntries(parameters) as Record<string, string>,
    },
    ...{ summary, action: 'send', payload: schema, retain: retained },
    contentType: name === 'status' ? 'text/plain' : 'application/json',
  };
};

const types: Readonly<Record<string, JsonSchema>> = {
  boolean: { type: 'boolean' },
  number: { type: 'number' },
  string: { type: 'string' },
};

/** The schema of a payload whose fields are told by their paths; a number in a path is a place in a list. */
function schemaOf(fields: TopicDescription['fields']): JsonSchema {
  const root: { [name: string]: unknown } = {};
  for (const { field, title, type, unit, values } of fields) {
    let at = root;
    for (const part of field.split('.')) {
      const inList = /^\d+$/.test(part);
      at.type = inList ? 'array' : 'object';
      const below = (inList ? at : (at.properties ?? {})) as Record<string, typeof at>;
      if (!inList) at.properties = below;
      const name = inList ? 'items' : part;
      below[name] ??= {};
      at = below[name];
    }
    const said = unit ? `${bothLanguages(title)}, ${unit}` : bothLanguages(title);
    Object.assign(at, values ? { enum: Object.keys(values) } : (types[type] ?? {}), { description: said });
  }
  return root;
}

function device({ profile, title }: MqttDescription, described: TopicDescription): DescribedTopic {
  const { topic, from, fields, example } = described;
  const text = fields[0]?.field === '(plain text)';
  return {
    ...{ id: idOf(`${profile}-${topic}`), address: topic.replace('<topic>', '{topic}'), retain: text },
    parameters: {
      topic: 'Prefix of the device: gatehouse/ and its id, where the configuration says nothing else',
      ...(topic.includes('{channel}') && { channel: 'Which of the sender’s cameras: `channel` of the device' }),
    },
    ...{ summary: bothLanguages(title), action: from === 'device' ? 'receive' : 'send' },
    payload: text ? { type: 'string', description: fields[0]!.type } : schemaOf(fields),
    contentType: text ? 'text/plain' : 'application/json',
    example: text ? example : (JSON.parse(example) as unknown),
  };
}

const channelOf = ({ id, address, parameters, summary, payload, contentType, example }: DescribedTopic) => ({
  address,
  description: summary,
  ...(Object.keys(parameters).length > 0 && {
    parameters: Object.fromEntries(Object.entries(parameters).map(([name, description]) => [name, { description }])),
  }),
  messages: {
    [id]: { name: id, contentType, payload, ...(example !== undefined && { examples: [{ payload: example }] }) },
  },
});

const operationOf = ({ id, action, summary, retain }: DescribedTopic) => ({
  action,
  summary,
  channel: ref(`channels/${id}`),
  messages: [ref(`channels/${id}/messages/${id}`)],
  bindings: { mqtt: { qos: 1, retain, bindingVersion: '0.2.0' } },
});

/** The whole document. `topic`: what the gateway tells a broker below. */
export function asyncApi(version: string, topic: string, devices: readonly MqttDescription[]): object {
  const all = [
    ...outwardTopics.map((one) => outward(one, topic)),
    ...devices.flatMap((one) => one.topics.map((described) => device(one, described))),
  ];
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Gatehouse over MQTT',
      version,
      description:
        'send: the gateway publishes. receive: devices publish at the embedded broker, or at one the gateway subscribes to. Times are ms since 1970-01-01 UTC.',
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(all.map((one) => [one.id, channelOf(one)])),
    operations: Object.fromEntries(all.map((one) => [`${one.action}-${one.id}`, operationOf(one)])),
  };
}

/** The same of what goes to a broker of the school's, as a page. */
export function outwardAsMarkdown(): string {
  const sections = outwardTopics.map(({ path, retained, summary, payload }) => {
    const { $schema: _, ...schema } = z.toJSONSchema(payload, { target: 'draft-7' });
    const kept = retained ? 'retained' : 'not retained';
    return `### \`<topic>/${path}\`, ${kept}\n\n${summary}.\n\n\`\`\`json\n${JSON.stringify(schema, undefined, 2)}\n\`\`\``;
  });
  const head = `# What the gateway tells a broker of the school's

Where \`mqttOut\` is configured, with QoS 1, below its \`topic\`. The same is served as AsyncAPI 3 at \`/asyncapi.json\`.`;
  return [head, ...sections].join('\n\n').concat('\n');
}
