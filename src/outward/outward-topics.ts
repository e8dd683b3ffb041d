/**
 * What the gateway tells a broker of the school's, topic by topic: the shape of every payload, said once. The payloads are made to these
 * shapes, and the description that other programs read is made of them. Nothing here names a person, and silent calls for help are in none.
 */
import { z } from 'zod';

const time = z.int().describe('ms since 1970-01-01 UTC');
const words = z.strictObject({ zh: z.string(), en: z.string() });
const school = z.string().optional().describe('Which school, as its district calls it, where it has joined one');
const seq = z.int().describe('Number of the fact in the journal: one that comes twice has the same');
const alarm = z.int().describe('Number of the alarm');
const priority = z.int().min(1).max(4).describe('1 is the most urgent');
const mode = z.enum(['armed', 'disarmed', 'inhibited', 'out-of-service']);
const areaMode = z.enum(['away', 'stay', 'disarmed']);

const zone = z.strictObject({
  school,
  state: z.enum(['ON', 'OFF']).describe('ON while an alarm of this zone is open'),
  mode,
  heard: z.boolean().describe('Something that guards it can be heard; while nothing can, OFF is no all-clear'),
  alarm: alarm.optional().describe('The most urgent open one'),
  kind: z.string().optional(),
  title: words.optional(),
  priority: priority.optional(),
  since: time.optional(),
  acknowledged: z.boolean().optional().describe('Somebody has taken it'),
});
const area = z.strictObject({
  school,
  mode: areaMode,
  since: time.optional(),
});
const alarms = z.strictObject({
  school,
  open: z.int(),
  unacknowledged: z.int(),
  urgent: z.int().describe('Open ones of priority 1'),
});

const alarmEvent = z.strictObject({
  school,
  event_type: z.enum(['raised', 'returned-to-normal', 'acknowledged', 'closed']),
  seq,
  at: time,
  alarm,
  kind: z.string().optional(),
  priority: priority.optional(),
  zone: z.string().optional(),
  title: words.optional(),
  place: words.optional(),
});
const armingEvent = z.strictObject({
  school,
  event_type: z.enum(['zone-armed', 'area-armed']),
  seq,
  at: time,
  zone: z.string().optional(),
  area: z.string().optional(),
  mode: z.union([mode, areaMode]),
  place: words,
});
const roundEvent = z.strictObject({
  school,
  event_type: z.enum(['opened', 'checked', 'completed']),
  seq,
  at: time,
  round: z.string(),
  route: z.string().optional(),
  title: words.optional(),
  start: time.optional(),
  checkpoint: z.string().optional(),
  verdict: z.string().optional(),
  counts: z.record(z.string(), z.int()).optional().describe('Points of the round by verdict'),
});

export type ZoneTold = z.infer<typeof zone>;
export type AreaTold = z.infer<typeof area>;
export type AlarmsTold = z.infer<typeof alarms>;
export type EventTold =
  | { readonly of: 'alarm'; readonly payload: z.infer<typeof alarmEvent> }
  | { readonly of: 'arming'; readonly payload: z.infer<typeof armingEvent> }
  | { readonly of: 'round'; readonly payload: z.infer<typeof roundEvent> };

/** One topic, below the topic the configuration names; `{…}` stands for an id of the configuration. */
export interface OutwardTopic {
  readonly name: string;
  readonly path: string;
  readonly retained: boolean;
  readonly summary: string;
  readonly payload: z.ZodType;
}

/** Every topic. */
export const outwardTopics: readonly OutwardTopic[] = [
  {
    name: 'status',
    path: 'status',
    retained: true,
    summary: 'Whether the gateway is there: its last will says offline. While it is, nothing else counts',
    payload: z.enum(['online', 'offline']),
  },
  { name: 'zone', path: 'zone/{zone}', retained: true, summary: 'How a zone stands', payload: zone },
  { name: 'area', path: 'area/{area}', retained: true, summary: 'How an area is set', payload: area },
  { name: 'alarms', path: 'alarms', retained: true, summary: 'How many alarms are open', payload: alarms },
  {
    name: 'alarmEvent',
    path: 'event/alarm',
    retained: false,
    summary: 'What becomes of an alarm',
    payload: alarmEvent,
  },
  { name: 'armingEvent', path: 'event/arming', retained: false, summary: 'Arming and disarming', payload: armingEvent },
  { name: 'roundEvent', path: 'event/round', retained: false, summary: 'Rounds and their points', payload: roundEvent },
];

/** The types of event a topic tells. */
export const eventTypes = {
  alarm: alarmEvent.shape.event_type.options,
  arming: armingEvent.shape.event_type.options,
  round: roundEvent.shape.event_type.options,
} as const;
/** How an area can be set. */
export const areaModesTold = areaMode.options;
