/**
 * What Home Assistant is told so that zones, areas and alarms appear there by themselves (MQTT discovery): retained configurations under its
 * prefix, one an entity, all of one device. There is nothing to be switched from there: an alarm panel wants a topic for commands, so how
 * an area is set is a sensor.
 */
import type { Language, Site } from '../core/types.ts';
import { discoveryNames } from '../words/reach/mqtt-out-words.ts';
import { zoneTitle } from '../words/trade-words.ts';
import { areaModesTold, eventTypes } from './outward-topics.ts';

/** Where entities are announced, and as what. */
export interface Discovery {
  /** Topic that Home Assistant listens below. */
  readonly prefix: string;
  /** Topic the gateway tells below. */
  readonly topic: string;
  readonly language: Language;
  readonly version: string;
}

/** Home Assistant takes these letters in ids. */
export const nodeOf = (topic: string): string => topic.replaceAll(/[^\w-]/g, '_');

/** The topics of all configurations this gateway may have announced. */
export const discoveryFilter = ({ prefix, topic }: Pick<Discovery, 'prefix' | 'topic'>): string =>
  `${prefix}/+/${nodeOf(topic)}/+/config`;

/** Every configuration, by its topic. */
export function discoveryConfigs(
  site: Site,
  { prefix, topic, language, version }: Discovery,
): ReadonlyMap<string, object> {
  const node = nodeOf(topic);
  const all = new Map<string, object>();
  const say = (component: string, object: string, name: string, more: object) =>
    all.set(`${prefix}/${component}/${node}/${object}/config`, {
      name,
      unique_id: `${node}_${object}`,
      availability: [{ topic: `${topic}/status` }],
      availability_mode: 'all',
      qos: 1,
      device: {
        identifiers: [node],
        name: site.name[language],
        manufacturer: 'Gatehouse',
        model: 'Gatehouse',
        sw_version: version,
      },
      origin: { name: 'Gatehouse', sw_version: version },
      ...more,
    });
  for (const { id, number, title } of Object.values(site.zones))
    say('binary_sensor', `zone_${id}`, zoneTitle(number, title)[language], {
      // A zone that nobody hears is not quiet: it is not known how it stands.
      availability: [
        { topic: `${topic}/status` },
        { topic: `${topic}/zone/${id}`, value_template: "{{ 'online' if value_json.heard else 'offline' }}" },
      ],
      state_topic: `${topic}/zone/${id}`,
      value_template: '{{ value_json.state }}',
      json_attributes_topic: `${topic}/zone/${id}`,
      device_class: 'safety',
    });
  for (const { id, title } of Object.values(site.areas))
    say('sensor', `area_${id}`, title[language], {
      state_topic: `${topic}/area/${id}`,
      value_template: '{{ value_json.mode }}',
      device_class: 'enum',
      options: areaModesTold,
    });
  say('sensor', 'alarms', discoveryNames.alarms[language], {
    state_topic: `${topic}/alarms`,
    value_template: '{{ value_json.open }}',
    json_attributes_topic: `${topic}/alarms`,
    state_class: 'measurement',
  });
  for (const kind of ['alarm', 'arming', 'round'] as const)
    say('event', `${kind}_event`, discoveryNames[kind][language], {
      state_topic: `${topic}/event/${kind}`,
      event_types: eventTypes[kind],
    });
  return all;
}
