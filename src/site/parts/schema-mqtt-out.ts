/**
 * The shape of the broker of the school's that is told how things stand and what happens. Texts given as `error` or message finish the
 * sentence "expected …".
 */
import { z } from 'zod';
import { hasHost, secret, text } from './schema-parts.ts';

const topic = z
  .string()
  .max(80)
  .regex(/^[^/+#\s$]([^+#\s]*[^/+#\s])?$/, 'a topic without wildcards and without / at its ends');
const broker = 'a broker address such as mqtts://broker.example:8883';

export const mqttOut = z.strictObject({
  url: z
    .string()
    .regex(/^(mqtt|mqtts|ws|wss):\/\/[^/\s@]+(\/[^\s@]*)?$/, broker)
    .refine(hasHost, broker),
  user: text.optional(),
  ...secret,
  clientId: text
    .max(23)
    .default('gatehouse-out')
    .describe('Another program with the same one is thrown out, or throws us out'),
  ca: text.optional().describe('PEM file of the authority that signed the broker'),
  topic: topic
    .default('gatehouse-out')
    .describe('Everything is told below it; of two schools at one broker each needs its own'),
  discovery: z
    .union([z.literal(false), topic], { error: 'false, or the topic Home Assistant listens below' })
    .default('homeassistant')
    .describe('Zones, areas and alarms appear in Home Assistant by themselves; false where nobody listens'),
  language: z.enum(['zh', 'en']).default('zh').describe('Language of what is shown there'),
});
