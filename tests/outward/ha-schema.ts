/**
 * What Home Assistant's documentation says of MQTT discovery, as far as entities of ours go: which keys there are, which must be, and what
 * they may be. Written down from the pages on discovery, binary sensors, sensors and events; no code of it is here.
 */
import { z } from 'zod';

const template = z.string().regex(/^\{\{ value_json\.\w+ \}\}$/);
const topic = z.string().regex(/^[^+#\s]+$/);
/** What every entity may have. */
const entity = {
  name: z.string().min(1),
  unique_id: z.string().regex(/^[\w-]+$/),
  // In place of availability_topic, which must not stand beside it; without payloads they are online and offline.
  availability: z
    .array(z.strictObject({ topic, value_template: z.string().optional(), payload_available: z.string().optional() }))
    .min(1),
  availability_mode: z.enum(['all', 'any', 'latest']),
  qos: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  icon: z.string().optional(),
  entity_category: z.enum(['config', 'diagnostic']).optional(),
  json_attributes_topic: topic.optional(),
  device: z.strictObject({
    identifiers: z.array(z.string()).min(1),
    name: z.string(),
    manufacturer: z.string().optional(),
    model: z.string().optional(),
    sw_version: z.string().optional(),
    configuration_url: z.url().optional(),
  }),
  origin: z.strictObject({ name: z.string(), sw_version: z.string().optional(), support_url: z.url().optional() }),
  state_topic: topic,
};

export const entities = {
  binary_sensor: z.strictObject({
    ...entity,
    value_template: template.optional(),
    payload_on: z.string().optional(),
    payload_off: z.string().optional(),
    device_class: z.enum(['safety', 'problem', 'motion', 'tamper', 'connectivity', 'opening', 'vibration']),
  }),
  sensor: z
    .strictObject({
      ...entity,
      value_template: template.optional(),
      device_class: z.enum(['enum', 'timestamp']).optional(),
      options: z.array(z.string()).min(1).optional(),
      state_class: z.enum(['measurement', 'total', 'total_increasing']).optional(),
      unit_of_measurement: z.string().optional(),
    })
    // Only a sensor of the class enum has options, and it has no class of state and no unit.
    .refine(({ device_class, options, state_class }) =>
      device_class === 'enum' ? options !== undefined && state_class === undefined : options === undefined,
    ),
  event: z.strictObject({
    ...entity,
    value_template: template.optional(),
    event_types: z.array(z.string()).min(1),
    device_class: z.enum(['button', 'doorbell', 'motion']).optional(),
  }),
} as const;

/** The topic of a configuration: prefix, component, node, object. */
export const configTopic = /^homeassistant\/(binary_sensor|sensor|event)\/([\w-]+)\/([\w-]+)\/config$/;
