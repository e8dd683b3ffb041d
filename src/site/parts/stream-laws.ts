/**
 * What must be true of a model that tells events in an HTTP stream: the shape of its wire, and that its events and points agree.
 * Part of the laws of models; it must never know one model in particular.
 */
import { z } from 'zod';
import type { HttpStreamWire, Profile } from '../../profile/profile.ts';

const text = z.string().trim().min(1);
const fields = z.array(text).min(1);
const path = z.string().regex(/^\/[\x21-\x7e]*$/, 'a path that begins with /, without blanks');

export const httpStream = z.strictObject({
  protocol: z.literal('http-stream'),
  path,
  reads: z.enum(['xml', 'code']),
  fields: z.strictObject({ event: fields, state: fields, channel: fields, certainty: fields.optional() }),
  states: z.record(z.string(), z.enum(['on', 'off', 'pulse'])),
  firstChannel: z.union([z.literal(0), z.literal(1)]),
  events: z.array(
    z.strictObject({ event: text, point: text, only: z.strictObject({ field: text, is: text }).optional() }),
  ),
  beats: z.array(z.strictObject({ event: text, state: text.optional() })),
  ignored: z.array(text),
  idleMs: z.int().min(1000),
  holdMs: z.int().min(1000).optional(),
  standing: z
    .string()
    .regex(/^\/[\x21-\x7e]*\{event\}[\x21-\x7e]*$/, 'a path with {event} in it, without blanks')
    .optional(),
  snapshot: path,
  video: z.strictObject({ large: path, small: path }),
});

/** What is untrue of the wire beside its shape. */
export function httpStreamFaults(profile: Profile, wire: HttpStreamWire, say: (message: string) => void): void {
  const meanings = new Set(Object.values(wire.states));
  for (const { event, point } of wire.events) {
    const spec = profile.points.find((candidate) => candidate.key === point);
    if (spec && spec.type !== 'boolean')
      say(`${event} says that something is so or not, but ${point} is a ${spec.type}`);
    if (spec?.keep === 'state' && !meanings.has('off') && wire.holdMs === undefined)
      say(`nothing ends ${point}: expected a state that means off, or holdMs`);
  }
  const ignored = new Set(wire.ignored.map((name) => name.toLowerCase()));
  for (const { event } of wire.events) if (ignored.has(event.toLowerCase())) say(`${event} is both read and ignored`);
  if (wire.beats.length === 0) say('without a heartbeat a quiet stream cannot be told from a dead one');
  if (wire.idleMs * 2 > profile.staleMs) say(`staleMs must leave room for two silent streams of ${wire.idleMs} ms`);
}
