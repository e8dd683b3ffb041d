/**
 * The shape of `config/*.yaml`, written once: types, validation, and the JSON Schema that gives editors completion and is the
 * reference (a field carries a description where its name does not say it all). What one field says about another is `check`'s; this file must
 * never look past the field it describes. Texts given as `error` finish the sentence "expected …".
 */
import { z } from 'zod';
import { canteen } from './canteen/schema-canteen.ts';
import { limits } from './device/schema-limits.ts';
import { drill } from './drill/schema-drill.ts';
import { kitchen } from './kitchen/schema-kitchen.ts';
import { dc09 } from './outward/schema-dc09.ts';
import { gb28181 } from './outward/schema-gb28181.ts';
import { cameras } from './parts/schema-camera.ts';
import { district } from './parts/schema-district.ts';
import { heartbeat } from './parts/schema-heartbeat.ts';
import { line } from './parts/schema-line.ts';
import { mqttOut } from './parts/schema-mqtt-out.ts';
import {
  certificate,
  clock,
  clockWithSeconds,
  date,
  days,
  host,
  id,
  network,
  port,
  secret,
  spot,
  text,
  words,
} from './parts/schema-parts.ts';
import { person } from './parts/schema-person.ts';
import { retention } from './parts/schema-retention.ts';
import { tell } from './parts/schema-tell.ts';
import { deviceVideo, video } from './parts/schema-video.ts';
import { checkpoint, reachWindow } from './patrol/schema-checkpoint.ts';
import { patrol } from './patrol/schema-patrol.ts';
import { postLists } from './patrol/schema-post.ts';
import { roster } from './roster/schema-roster.ts';
import { area, calendar, schedule, zone } from './schema-arming.ts';
import { channel } from './schema-channel.ts';
import { escalation, pledges, procedure } from './schema-handling.ts';

const pointOverride = z.strictObject({
  pollMs: z.int().min(20).max(3_600_000).optional().describe('Modbus only: ask this often'),
  alarm: z
    .union([z.literal(false), z.int().min(1).max(4)], { error: 'false for no alarm, or a priority from 1 to 4' })
    .optional()
    .describe('false for no alarm, or another priority'),
  limits: limits.optional(),
  title: words.optional(),
});
const device = z.strictObject({
  id,
  title: words,
  profile: text.describe('A model: the name of a file in devices/'),
  line: text.describe('The id of a line'),
  unit: z.int().min(0).max(255).optional().describe('Modbus: unit number on the line'),
  topic: z
    .string()
    .regex(/^[^/+#\s$][^+#\s]*[^/+#\s]$/, 'a topic without wildcards and without / at its ends')
    .optional()
    .describe('MQTT: topic prefix; gatehouse/<id> when absent'),
  channel: z
    .union([z.int().min(0).max(9999), text.max(100)], { error: 'a number, or a name as the device has it' })
    .optional()
    .describe('Which channel of a recorder: a number, or for ONVIF a profile or video-source token'),
  ...secret,
  zones: z
    .record(z.string(), z.union([z.literal(false), z.string()], { error: 'a zone, or false for an unused channel' }))
    .optional()
    .describe('Channel of the model → zone of the site, or false where nothing is connected'),
  at: spot.optional(),
  facing: z.number().min(0).max(360).optional().describe('Cameras: degrees clockwise from east'),
  staleMs: z.int().min(500).max(86_400_000).optional().describe('Silent after this long, ms; else as the model says'),
  video: deviceVideo.optional().describe('Cameras: addresses of videos, played with user and password of the line'),
  points: z.record(z.string(), pointOverride).optional().describe('By point key: what differs from the model'),
});

const plannedRound = z.strictObject({
  days,
  start: z.string().regex(clockWithSeconds, 'a time from 00:00 to 23:59, in quotes'),
  person: text.optional(),
  second: text.optional().describe('Who walks with that person: the touch of either counts'),
  from: date.optional().describe('First day'),
  to: date.optional().describe('Last day, included'),
  only: z.literal('term').optional().describe('Only on school days, as the calendar has them'),
});

const route = z.strictObject({
  id,
  title: words,
  ordered: z.boolean().describe('The order of the checkpoints counts'),
  uploadBy: z
    .string()
    .regex(clock, 'a time from 00:00 to 23:59, in quotes')
    .optional()
    .describe('Batons that are read out by this time: nothing is missed before'),
  usual: z.strictObject(reachWindow).prefault({}).describe('For every checkpoint that does not say otherwise'),
  checkpoints: z.array(checkpoint).min(1, 'at least one checkpoint'),
  rounds: z.array(plannedRound),
});

const building = z.strictObject({
  title: words,
  x: z.number(),
  y: z.number(),
  width: z.number().positive(),
  height: z.number().positive(),
  round: z.number().min(0).optional().describe('Corner radius'),
});

/** A whole configuration file. */
export const siteFile = z.strictObject({
  school: z.strictObject({
    name: words,
    short: text.describe('For the wall: at most 6 Chinese characters'),
    id: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,40}$/, 'letters, digits, - and _')
      .optional()
      .describe('For programs beyond the screens: the tag `school` in InfluxDB. Default: `short`'),
    timezone: z
      .string()
      .regex(/^[+-](0\d|1[0-4]):(00|15|30|45)$/, 'an offset from UTC such as "+08:00", in quotes')
      .describe('Offset from UTC; China is +08:00'),
  }),
  map: z.strictObject({
    width: z.number().positive(),
    height: z.number().positive(),
    buildings: z.array(building).default([]),
  }),
  server: z.strictObject({
    host,
    port,
    tls: certificate.optional(),
    authority: text
      .optional()
      .describe(
        "Instead of tls: folder of the school's own certificates, made by npm run certificates; relative to this file",
      ),
    pages: z
      .string()
      .regex(/^https?:\/\/[^/\s?#@]+\/?$/, 'an address such as https://gatehouse.school.example')
      .optional()
      .describe('Where phones find the pages; messages link to it'),
    origins: z
      .array(z.string().regex(/^https?:\/\/[^/\s]+$/, 'an origin such as https://gatehouse.school.example'))
      .optional()
      .describe('Addresses browsers may come from, when not the one of this server'),
    trustedProxies: z
      .array(network)
      .optional()
      .describe(
        'Reverse proxies whose X-Forwarded-For and -Proto are believed: addresses, or networks such as 10.0.0.0/8',
      ),
    metricsToken: z
      .string()
      .min(16, 'at least 16 characters')
      .optional()
      .describe('Lets a machine read /metrics; always a variable'),
    metricsTokenFile: text.optional().describe('Instead of metricsToken: a file only its owner can read (mode 0600)'),
  }),
  reports: z
    .strictObject({
      font: text.optional().describe('Font of printed reports, .ttf, .otf or .ttc; relative to this file'),
    })
    .optional()
    .describe('How reports are printed; a font is needed only where fonts-noto-cjk is not installed'),
  store: z.strictObject({
    dir: text.describe('Folder of the journal, the series and the pictures; relative to this file'),
    seriesDays: z.int().min(1).max(3650).default(14).describe('Samples are kept locally this many days'),
    retention,
    witnesses: z
      .array(text)
      .max(8)
      .default([])
      .describe('Folders on other disks or sticks that keep a copy of the signed checkpoint; relative to this file'),
  }),
  influx: z
    .strictObject({
      url: z.string().regex(/^https?:\/\/[^/\s]+/, 'an address such as http://127.0.0.1:8086'),
      database: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'letters, digits and underscores'),
      user: text.optional(),
      ...secret,
    })
    .optional()
    .describe('Long-term store; without it samples live in the local store only'),
  mqttOut: mqttOut.optional().describe('A broker that is told how things stand and what happens'),
  gb28181: gb28181.optional().describe('A video platform that alarms are reported to (GB/T 28181)'),
  dc09: dc09.optional().describe('An alarm receiving centre that is told by SIA DC-09'),
  district: district.optional().describe('The service of the district that this school has joined'),
  lines: z.array(line),
  devices: z.array(device),
  zones: z.array(zone),
  areas: z
    .array(area)
    .max(200)
    .default([])
    .describe('Zones that are set and unset together; a zone belongs to one at most'),
  schedules: z.array(schedule).max(100).default([]),
  calendar: calendar.prefault({}).describe('Which days are school days'),
  people: z.array(person).default([]),
  roster: roster.optional().describe('Who is on duty when; without it nobody is asked to sign on'),
  cameras: cameras.optional().describe('When cameras must show something; without it their pictures are not judged'),
  walls: z
    .array(
      z.strictObject({
        user: text.max(40).describe('A kiosk account: npm run user -- add NAME --kiosk'),
        title: words,
      }),
    )
    .max(20)
    .default([])
    .describe('Screens that must show every alarm; one that does not answer, shows something else or is mute is told'),
  routes: z.array(route).default([]),
  ...postLists,
  canteen: canteen
    .optional()
    .describe('The kitchen: its areas, people and check lists, and what is asked of its cameras'),
  drill: drill.optional().describe('Drills: where all gather, the classes, and how often one is due'),
  channels: z.array(channel).max(20).default([]).describe('Ways to reach people beyond the screens'),
  tell: tell.default(tell.parse({})).describe('Whom messages go to, and by what; what is not named stays usual'),
  heartbeat,
  escalation: escalation
    .default({})
    .describe('Who hears of an alarm nobody acknowledges; what is not named stays usual'),
  pledges: pledges
    .default({})
    .describe('By when an acknowledged alarm is seen to, or others are told; what is not named stays usual'),
  procedures: z
    .array(procedure)
    .max(50)
    .default([])
    .describe('What is done about a kind of alarm; a kind that is not named has the usual one, if there is one'),
  video: video.describe('Live video of cameras'),
  patrol: patrol.default({}).describe('What is asked about patrol; what is not named stays usual'),
  kitchen: kitchen.optional(),
  roundsPerDay: z
    .int()
    .min(0)
    .max(1000)
    .default(5)
    .describe('Rounds a day the school must complete (GB/T 29315-2022: 5)'),
});

/** A configuration file as it was written, with defaults filled in. */
export type SiteFile = z.infer<typeof siteFile>;
/** The lists whose entries have ids. */
export const listNames = [
  'lines',
  'devices',
  'zones',
  'areas',
  'schedules',
  'people',
  'routes',
  'bells',
  'posts',
  'channels',
  'heartbeat',
  'procedures',
] as const;
export type ListName = (typeof listNames)[number];

/** The JSON Schema that gives editors completion and descriptions; numbers may also be taken from the environment. */
export function jsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(siteFile, {
    io: 'input',
    override: ({ jsonSchema: part }) => {
      if (part.type !== 'integer' && part.type !== 'number') return;
      const { description, ...number } = part;
      for (const key of Object.keys(part)) delete (part as Record<string, unknown>)[key];
      part.anyOf = [number, { type: 'string', pattern: '^\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}$' }];
      if (description !== undefined) part.description = description;
    },
  }) as Record<string, unknown>;
}
