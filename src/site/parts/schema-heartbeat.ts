/**
 * The shape of the heartbeats: who outside the building is told each minute that the gateway is well, and what each is made from
 * once the file is checked. Texts given as `error` or message finish the sentence "expected …".
 */
import { resolve } from 'node:path';
import { z } from 'zod';
import { given } from './compile-parts.ts';
import { hasHost, id, secret, text } from './schema-parts.ts';

const every = {
  everySec: z.int().min(10).max(3_600).default(60).describe('Seconds between two beats'),
};
const http = z.strictObject({
  id,
  protocol: z.literal('http'),
  hook: z
    .string()
    .regex(/^https?:\/\/[^/\s@]+(\/\S*)?$/, 'an address such as https://hc.example/ping/…')
    .refine((url) => URL.canParse(url), 'an address such as https://hc.example/ping/…')
    .describe('Always a variable: whoever has the address can beat for this school'),
  method: z.enum(['POST', 'GET']).default('POST').describe('How the address is asked; nothing is sent with it'),
  ...every,
});
const mqtt = z.strictObject({
  id,
  protocol: z.literal('mqtt'),
  url: z
    .string()
    .regex(/^mqtts?:\/\/[^/\s@]+$/, 'a broker address such as mqtts://broker.example:8883')
    .refine(hasHost, 'a broker address such as mqtts://broker.example:8883')
    .describe('An outside broker, in another building'),
  user: text.optional(),
  ...secret,
  ca: text.optional().describe('PEM file of the authority that signed the broker'),
  topic: z
    .string()
    .max(200)
    .regex(/^[^/+#\s$][^+#\s]*[^/+#\s]$/, 'a topic without wildcards and without / at its ends')
    .optional()
    .describe('Holds online or offline, retained; gatehouse/<school>/alive when absent'),
  ...every,
});

export const heartbeat = z
  .array(z.discriminatedUnion('protocol', [http, mqtt]))
  .max(8)
  .default([])
  .describe('Who outside is told each minute that all is kept here; their silence says that the gateway is dead');

type HeartbeatPart = z.infer<typeof heartbeat>[number];
type HttpPart = Extract<HeartbeatPart, { protocol: 'http' }>;
type MqttPart = Extract<HeartbeatPart, { protocol: 'mqtt' }>;
/** What a beat over HTTP is made from. */
export type HttpBeatOptions = Readonly<HttpPart>;
/** What a beat over MQTT is made from; `ca` is absolute. */
export type MqttBeatOptions = Readonly<Omit<MqttPart, 'passwordFile' | 'topic'>> & { readonly topic: string };
export type BeatOptions = HttpBeatOptions | MqttBeatOptions;

/** `secrets`: passwords by their place in the list; `school`: what programs call it. */
export function compileHeartbeat(
  parts: readonly HeartbeatPart[],
  { folder, school, secretOf }: { folder: string; school: string; secretOf: (place: number) => string | undefined },
): readonly BeatOptions[] {
  return parts.map((part, i): BeatOptions => {
    if (part.protocol === 'http') return part;
    const { passwordFile: _, ca, topic = `gatehouse/${school}/alive`, ...rest } = part;
    return given({ ...rest, topic, password: secretOf(i), ca: ca === undefined ? undefined : resolve(folder, ca) });
  });
}
