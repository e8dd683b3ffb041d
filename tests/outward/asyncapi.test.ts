/**
 * The description of what goes over MQTT: every topic the gateway tells and every topic of every model is in it, what it refers to is
 * there, and what is told fits it.
 */
import { expect, test } from 'vitest';
import { z } from 'zod';
import { mqttDescription } from '../../src/app/record/mqtt-description.ts';
import { standing } from '../../src/outward/outward-facts.ts';
import { outwardTopics } from '../../src/outward/outward-topics.ts';
import { climb, Place, yard } from './place.ts';

interface Channel {
  readonly address: string;
  readonly parameters?: Record<string, object>;
  readonly messages: Record<string, { payload: z.core.JSONSchema.JSONSchema; examples?: { payload: unknown }[] }>;
}
interface Document {
  readonly asyncapi: string;
  readonly channels: Record<string, Channel>;
  readonly operations: Record<string, { action: string; channel: { $ref: string }; messages: { $ref: string }[] }>;
}
const read = async () => (await mqttDescription('1.2.3', 'school-1')) as Document;

/** What a reference leads to. */
const at = (document: object, ref: string): unknown =>
  ref
    .replace('#/', '')
    .split('/')
    .reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], document);

test('every topic is described, and everything referred to is there', async () => {
  const document = await read();
  expect(document.asyncapi).toBe('3.0.0');
  const addresses = Object.values(document.channels).map(({ address }) => address);
  for (const { path } of outwardTopics) expect(addresses).toContain(`school-1/${path}`);
  expect(addresses.filter((address) => address.startsWith('{topic}/')).length).toBeGreaterThan(5);
  expect(Object.keys(document.operations)).toHaveLength(addresses.length);
  for (const [id, { action, channel, messages }] of Object.entries(document.operations)) {
    expect(id).toMatch(/^(send|receive)-[\w-]+$/);
    expect(['send', 'receive']).toContain(action);
    for (const { $ref } of [channel, ...messages]) expect(at(document, $ref)).toBeDefined();
  }
  for (const { address, parameters = {} } of Object.values(document.channels))
    expect([...address.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)).toEqual(Object.keys(parameters));
});

test('what stands, and what models say of themselves, fits its description', async () => {
  const document = await read();
  const place = new Place();
  place.keep(climb, { kind: 'area-armed', area: 'yard', mode: 'stay', by: 'wang' });
  const told = await place.source.read((state) => standing(yard, state));
  const schemaOf = (id: string) => z.fromJSONSchema(document.channels[id]!.messages[id]!.payload);
  for (const [topic, payload] of told) schemaOf(`out-${topic.split('/')[0]}`).parse(payload);
  for (const [id, { messages }] of Object.entries(document.channels))
    for (const { examples = [] } of Object.values(messages))
      for (const { payload } of examples) schemaOf(id).parse(payload);
});
