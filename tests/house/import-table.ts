/**
 * The import table: which room may know of which. Rooms that cannot see each other cannot grow together. A test holds every
 * file against it, and `npm run rooms` prints the rooms and the arrows between them.
 * A file that no row speaks of is an error, so that a new place must be thought about.
 */
import { posix } from 'node:path';
import type { Source } from './sources.ts';

interface Row {
  /** Which files the row speaks of; the first row that fits counts. */
  readonly files: RegExp;
  /** Places of ours it may import: folders end in `/`. */
  readonly ours: readonly string[];
  /** Of these only types. */
  readonly types?: readonly string[];
  /** Packages and Node's own modules: all, none, or the ones named. */
  readonly others: 'all' | readonly string[];
}

/** What every room of the core stands on. */
const GROUND = [
  'src/core/types',
  'src/core/upcast.ts',
  'src/core/assert.ts',
  'src/core/state.ts',
  'src/core/draft.ts',
  'src/words/',
];
const TERMS = ['src/core/types', 'src/words/'];
/** What a driver is given, and the vocabulary of device models. */
const CONTRACT = [
  'src/profile/profile.ts',
  'src/world/world.ts',
  'src/world/strangers.ts',
  'src/drivers/line.ts',
  'src/drivers/connection-options.ts',
];
const core = (...rooms: readonly string[]) => rooms.map((room) => `src/core/${room}/`);

const CORE: readonly Row[] = [
  {
    files: /^src\/core\/types[^/]*$/,
    ours: ['src/words/'],
    types: TERMS.concat(
      ...['src/core/fence/signal-types.ts', 'src/core/duty/roster-types.ts', 'src/core/phone/'],
      'src/core/sensor/sensor-types.ts',
      'src/core/kitchen/kitchen-types.ts',
      ...['src/core/alarm/alarm-types.ts', 'src/core/alarm/police-types.ts', 'src/core/tell/'],
      ...['src/core/camera/picture-types.ts', 'src/core/device/identity-types.ts'],
      ...['src/core/rectify/rectify-types.ts', 'src/core/canteen/canteen-types.ts', 'src/core/drill/drill-types.ts'],
      'src/core/bureau/bureau-types.ts',
    ),
    others: [],
  },
  { files: /^src\/core\/(assert|state|draft|upcast|untold)\.ts$/, ours: [...GROUND, ...core('site')], others: [] },
  { files: /^src\/core\/[^/]+\.ts$/, ours: ['src/core/', 'src/words/'], others: [] },
  { files: /^src\/core\/site\//, ours: [...GROUND, ...core('site')], others: [] },
  { files: /^src\/core\/fence\//, ours: [...GROUND, ...core('fence')], others: [] },
  // How a round stands after what people changed of it: whoever judges, shows or counts rounds asks there.
  { files: /^src\/core\/round\//, ours: [...GROUND, ...core('site', 'round')], others: [] },
  // How long what is kept, and how old it is.
  { files: /^src\/core\/retention\//, ours: [...GROUND, ...core('site', 'retention')], others: [] },
  // Who is on duty, and what people changed of it: whoever tells somebody asks there.
  { files: /^src\/core\/duty\//, ours: [...GROUND, ...core('site', 'duty')], others: [] },
  // Leaving the building against the clock: it makes no alarm, and what is owed for it is asked with what alarms owe.
  { files: /^src\/core\/drill\/[^/]*-types\.ts$/, ours: [], types: TERMS, others: [] },
  { files: /^src\/core\/drill\//, ours: [...GROUND, ...core('site', 'drill')], others: [] },
  // Whom a step names, and by what and how fast he is told; what is owed of an alarm is asked above it.
  {
    files: /^src\/core\/(alarm|tell)\/[^/]*-types\.ts$/,
    ours: [],
    types: [...TERMS, 'src/core/tell/', 'src/core/alarm/police-types.ts', 'src/core/phone/'],
    others: [],
  },
  { files: /^src\/core\/tell\//, ours: [...GROUND, ...core('site', 'duty', 'tell')], others: [] },
  {
    files: /^src\/core\/alarm\//,
    ours: [...GROUND, ...core('site', 'duty', 'round', 'tell', 'drill', 'alarm')],
    others: [],
  },
  {
    files: /^src\/core\/patrol\//,
    ours: [...GROUND, ...core('site', 'round', 'alarm', 'exception', 'patrol')],
    others: [],
  },
  // What a person should look at in a span of touches: numbers in, questions out. It judges no round and knows none of those who do.
  { files: /^src\/core\/exception\//, ours: [...GROUND, ...core('exception')], others: [] },
  { files: /^src\/core\/sensor\/[^/]*-types\.ts$/, ours: [], types: TERMS, others: [] },
  { files: /^src\/core\/kitchen\/[^/]*-types\.ts$/, ours: [], types: TERMS, others: [] },
  // What the public screen is told: it asks how sensors stand and decides nothing.
  { files: /^src\/core\/kitchen\//, ours: [...GROUND, ...core('site', 'sensor', 'kitchen')], others: [] },
  // What a room or a machine is held to: limits with their time, and sensors that are not well. It knows no zone and no gate.
  { files: /^src\/core\/sensor\//, ours: [...GROUND, ...core('site', 'alarm', 'sensor')], others: [] },
  {
    files: /^src\/core\/condition\//,
    ours: [...GROUND, ...core('site', 'tell', 'alarm', 'sensor', 'patrol', 'condition')],
    others: [],
  },
  // What pictures show of their cameras: figures in, signs out, and what becomes of the signs. It looks at no picture itself.
  { files: /^src\/core\/camera\//, ours: [...GROUND, ...core('site', 'alarm', 'camera')], others: [] },
  // Who a device says it is, and whether it is the one it was.
  { files: /^src\/core\/device\/[^/]*-types\.ts$/, ours: [], types: TERMS, others: [] },
  { files: /^src\/core\/device\//, ours: [...GROUND, ...core('site', 'alarm', 'device')], others: [] },
  // What has to be put right: what finds it proposes it, and nothing that finds knows of it.
  {
    files: /^src\/core\/(rectify|canteen)\/[^/]*-types\.ts$/,
    ours: [],
    types: [...TERMS, 'src/core/canteen/canteen-types.ts'],
    others: [],
  },
  { files: /^src\/core\/rectify\//, ours: [...GROUND, ...core('site', 'alarm', 'patrol', 'rectify')], others: [] },
  // The kitchen's check lists: one that nobody answered is proposed as a rectification.
  { files: /^src\/core\/canteen\//, ours: [...GROUND, ...core('site', 'alarm', 'rectify', 'canteen')], others: [] },
  // What the district asks of the school: taken, kept to its date, answered.
  { files: /^src\/core\/bureau\/[^/]*-types\.ts$/, ours: [], types: TERMS, others: [] },
  { files: /^src\/core\/bureau\//, ours: [...GROUND, ...core('site', 'alarm', 'bureau')], others: [] },
  { files: /^src\/core\/arming\//, ours: [...GROUND, ...core('site', 'fence', 'condition', 'arming')], others: [] },
  {
    files: /^src\/core\/view\//,
    ours: [...GROUND, ...core('site', 'duty', 'round', 'tell', 'alarm', 'view')],
    others: [],
  },
  // What a phone may say, once and with its own time; what it asks for is handed in by the acts.
  {
    files: /^src\/core\/phone\/.*-types\.ts$/,
    ours: [],
    types: [...TERMS, 'src/core/phone/'],
    others: [],
  },
  {
    files: /^src\/core\/phone\//,
    ours: [...GROUND, ...core('site', 'round', 'alarm', 'exception', 'patrol', 'phone')],
    others: [],
  },
  {
    // Everything a person can ask for, one file an act: it stands on the rooms whose facts it makes, and none of them on it.
    files: /^src\/core\/act\//,
    ours: [
      ...GROUND,
      ...core('site', 'duty', 'round', 'tell', 'alarm', 'camera', 'condition', 'arming', 'patrol', 'phone', 'act'),
      ...core('rectify', 'canteen', 'drill', 'bureau'),
    ],
    others: [],
  },
  {
    files: /^src\/core\/report\//,
    ours: [
      ...GROUND,
      ...core('site', 'round', 'alarm', 'camera', 'condition', 'arming', 'rectify', 'canteen', 'drill', 'report'),
    ],
    types: core('fence'),
    others: [],
  },
];

const DRIVERS: readonly Row[] = [
  { files: /^src\/drivers\/connection-options\.ts$/, ours: [], others: [] },
  { files: /^src\/drivers\/line\.ts$/, ours: [...TERMS, ...CONTRACT], others: [] },
  { files: /^src\/drivers\/[^/]+\.ts$/, ours: [...TERMS, ...CONTRACT], others: 'all' },
  // What a JSON message says by a model, however it came.
  { files: /^src\/drivers\/payload\//, ours: [...TERMS, ...CONTRACT, 'src/drivers/payload/'], others: 'all' },
  // What cameras over HTTP share, whatever they speak above it: patience with a refused log-in, what counts as a picture.
  { files: /^src\/drivers\/http-access\//, ours: [...TERMS, 'src/drivers/http-access/'], others: 'all' },
  ...[
    { protocol: 'modbus', below: [] },
    { protocol: 'mqtt', below: ['src/drivers/payload/'] },
    { protocol: 'onvif', below: ['src/drivers/http-access/'] },
    { protocol: 'http', below: ['src/drivers/http-access/', 'src/drivers/payload/'] },
  ].map(({ protocol, below }) => ({
    files: new RegExp(`^src/drivers/${protocol}/`),
    ours: [...TERMS, ...CONTRACT, `src/drivers/${protocol}/`, ...below],
    others: 'all' as const,
  })),
];

const STORE: readonly Row[] = [
  // What strangers verify: it must not lean on how we keep things.
  { files: /^src\/proof\//, ours: ['src/proof/'], others: 'all' },
  {
    files: /^src\/store\/[^/]+\.ts$/,
    ours: ['src/core/', 'src/words/', 'src/world/', 'src/proof/', 'src/store/'],
    others: 'all',
  },
  ...[
    { room: 'snapshot', beside: ['src/proof/'] },
    { room: 'journal', beside: ['src/proof/', 'src/store/snapshot/'] },
    { room: 'series', beside: [] },
    { room: 'influx', beside: ['src/store/series/'] },
  ].map(({ room, beside }) => ({
    files: new RegExp(`^src/store/${room}/`),
    ours: [
      ...['src/core/', 'src/words/', 'src/world/', `src/store/${room}/`, ...beside],
      ...[
        'store-types',
        'store-errors',
        'store-files',
        'thread',
        'lasting-thread',
        'resting-thread',
        'known-heads',
        'journal-gap',
        'schema-version',
        'cursor',
        'checkpoint-files',
        'background',
        'follow',
      ].map((name) => `src/store/${name}.ts`),
    ],
    others: 'all' as const,
  })),
];

/** Reports as files: whoever has a report as tables has it written there. */
const PAPER: Row = { files: /^src\/paper\//, ours: ['src/core/report/', ...TERMS, 'src/paper/'], others: 'all' };

const server = (room: string, ...below: readonly string[]): Row => ({
  files: new RegExp(`^src/server/${room}/`),
  ours: [
    ...['src/core/', 'src/words/', 'src/world/', 'src/paper/'],
    ...[room, ...below].map((name) => `src/server/${name}/`),
  ],
  types: ['src/server/'],
  others: 'all',
});
const SERVER: readonly Row[] = [
  server('feed'),
  server('http', 'feed'),
  server('auth', 'http'),
  // The file of an incident carries what strangers check it with.
  (({ ours, ...row }) => ({ ...row, ours: [...ours, 'src/proof/'] }))(server('report', 'auth', 'http')),
  // What a phone reads at a checkpoint, and the sheet it is read from.
  server('point', 'report', 'auth', 'http'),
  { ...server('routes', 'point', 'report', 'auth', 'http'), files: /^src\/server\/routes\/(?!import-routes)/ },
  // Files that people upload are read in a room of their own.
  (({ ours, ...row }) => ({ ...row, ours: [...ours, 'src/baton/'] }))(
    server('routes', 'point', 'report', 'auth', 'http'),
  ),
  // A clip that is taken away carries what strangers check it with.
  server('video', 'report', 'auth', 'http'),
  // Drills: the phones of the classes, the codes they come by, and the report.
  server('drill', 'routes', 'point', 'report', 'auth', 'http'),
  // The canteen: its page, its acts and its reports, for people who see nothing else.
  server('canteen', 'routes', 'point', 'report', 'auth', 'http'),
  // What the district ordered is made as for everybody else.
  (({ ours, ...row }) => ({ ...row, ours: [...ours, 'src/paper/'] }))(
    server('ordered', 'canteen', 'routes', 'point', 'report', 'auth', 'http'),
  ),
  {
    files: /^src\/server\/gateway-port\.ts$/,
    ours: ['src/core/'],
    types: ['src/server/video/video-port.ts'],
    others: [],
  },
  { files: /^src\/server\/[^/]+\.ts$/, ours: ['src/core/', 'src/words/', 'src/world/', 'src/server/'], others: 'all' },
];

const page = (room: string, ...below: readonly string[]): Row => ({
  files: new RegExp(`^src/ui/${room}/`),
  ours: ['src/core/', 'src/words/', ...[room, ...below].map((name) => `src/ui/${name}/`)],
  others: ['preact', '@preact/signals'],
});
const PAGES = [
  'canteen',
  'wall',
  'console',
  'history',
  'phone',
  'patrol',
  'duty',
  'audit',
  'report',
  'setup',
  'certificates',
  'login',
  'pairing',
  'kitchen',
  'sensors',
];
const UI: readonly Row[] = [
  { files: /^src\/ui\/vite\.config\.ts$/, ours: [], others: 'all' },
  {
    files: /^src\/ui\/[^/]+$/,
    ours: ['src/core/', 'src/words/', 'src/district/board/', 'src/ui/'],
    others: ['preact', '@preact/signals'],
  },
  // The bureau's pages: what the district shows of all its schools, and of one its own pages, read only.
  {
    files: /^src\/ui\/district\//,
    ours: ['src/core/', 'src/words/', 'src/uplink/sign-of-life.ts', 'src/district/board/', 'src/ui/'],
    types: ['src/uplink/protocol.ts'],
    others: ['preact', '@preact/signals'],
  },
  // A worker by itself: nothing of the pages is in it.
  { files: /^src\/ui\/shell\//, ours: [], others: [] },
  // What draws a QR code comes from the same library.
  { ...page('pairing', 'page'), files: /^src\/ui\/pairing\/qr-path\.ts$/, others: ['qr'] },
  // The guide to the certificate is handed on by a code as well.
  (({ ours, ...row }) => ({ ...row, ours: [...ours, 'src/ui/pairing/qr-path.ts'] }))(page('certificates', 'page')),
  page('page'),
  page('text', 'page'),
  // Live video: loaded when it is wanted, and by nothing else than the tile of a camera.
  page('video', 'text', 'page'),
  page('alarm', 'video', 'text', 'page'),
  // What reads a QR code comes from a library, and is loaded when it is needed.
  { ...page('phone', 'alarm', 'text', 'page'), files: /^src\/ui\/phone\/point-photo\.ts$/, others: ['qr'] },
  // The sheet of codes is drawn by the same squares.
  (({ ours, ...row }) => ({ ...row, ours: [...ours, 'src/ui/pairing/qr-path.ts'] }))(
    page('drill', 'alarm', 'text', 'page'),
  ),
  ...PAGES.map((room) => page(room, 'alarm', 'text', 'page')),
];

/** Rows from the ground up; what stands lower is imported by what stands higher. */
export const TABLE: readonly Row[] = [
  {
    files: /^src\/words\//,
    ours: ['src/words/'],
    types: ['src/core/', 'src/uplink/protocol.ts', 'src/district/board/'],
    others: [],
  },
  ...CORE,
  { files: /^src\/profile\//, ours: [...TERMS, 'src/profile/'], others: [] },
  { files: /^devices\//, ours: ['src/profile/'], others: [] },
  { files: /^src\/world\//, ours: [...TERMS, 'src/world/'], others: 'all' },
  ...DRIVERS,
  // What a baton's file says, and nothing of what it means at a school: it reads, and knows no state.
  { files: /^src\/baton\//, ours: [...TERMS, 'src/baton/'], others: 'all' },
  // What a camera's still shows, in figures: it decodes and reckons, and judges nothing.
  { files: /^src\/picture\//, ours: ['src/core/', 'src/words/', 'src/world/', 'src/picture/'], others: 'all' },
  // The school's own certificates: files and their dates. What shows them to browsers is handed in.
  { files: /^src\/authority\//, ours: [...TERMS, 'src/world/', 'src/authority/'], others: 'all' },
  ...STORE,
  {
    files: /^src\/perform\//,
    ours: ['src/core/', 'src/words/', 'src/world/', 'src/perform/'],
    // Which kinds of channel there are, and what each is made from, is said once: in their schema.
    types: ['src/site/schema-channel.ts', 'src/site/parts/schema-template.ts', 'src/site/parts/schema-person.ts'],
    others: 'all',
  },
  // Live video: what a camera gives, handed on as it is. Where a camera's video is, and who looks, is handed in.
  {
    files: /^src\/video\//,
    ours: [...TERMS, 'src/world/', 'src/video/'],
    types: ['src/drivers/line.ts'],
    others: 'all',
  },
  // What is owed to one receiver outside; and the two standards that alarms are reported by, which know nothing of each other.
  {
    files: /^src\/outward\/mail\//,
    ours: [...['src/core/', 'src/words/', 'src/world/', 'src/outward/mail/', 'src/store/cursor.ts']],
    others: 'all',
  },
  ...['gb28181', 'dc09'].map((standard) => ({
    files: new RegExp(`^src/outward/${standard}/`),
    ours: [
      ...['src/core/', 'src/words/', 'src/world/', 'src/outward/mail/', `src/outward/${standard}/`],
      ...['src/store/follow.ts', 'src/store/cursor.ts'],
    ],
    others: 'all' as const,
  })),
  // What is told to other systems as it stands and happens: it follows the journal, and decides nothing.
  {
    files: /^src\/outward\//,
    ours: [...['src/core/', 'src/words/', 'src/world/', 'src/outward/', 'src/store/follow.ts', 'src/store/cursor.ts']],
    // The description of all that goes over MQTT is one document.
    types: ['src/drivers/mqtt/mqtt-describe.ts'],
    others: 'all',
  },
  // What a school and its district say to each other: both ends check with it, and it knows neither.
  { files: /^src\/uplink\/sign-of-life\.ts$/, ours: [], others: [] },
  { files: /^src\/uplink\/protocol\.ts$/, ours: ['src/uplink/sign-of-life.ts'], others: ['zod'] },
  // The journal's way to the district: it follows the journal, and decides nothing.
  {
    files: /^src\/uplink\//,
    ours: [
      ...['src/core/', 'src/words/', 'src/world/', 'src/proof/', 'src/uplink/'],
      ...['src/store/follow.ts', 'src/store/cursor.ts'],
    ],
    types: ['src/store/store-types.ts'],
    others: 'all',
  },
  // What the bureau's pages are shown and where they are: the district asks there, and so do its pages.
  {
    files: /^src\/district\/board\//,
    ours: [...TERMS, 'src/core/', 'src/uplink/sign-of-life.ts', 'src/district/board/'],
    others: [],
  },
  // The district: it folds what schools send, shows it, and carries orders. It knows a school only by the protocol and by the core.
  {
    files: /^src\/district\//,
    ours: [
      ...[
        'src/core/',
        'src/words/',
        'src/world/',
        'src/proof/',
        'src/uplink/protocol.ts',
        'src/uplink/order-signature.ts',
        'src/uplink/sign-of-life.ts',
        'src/district/',
      ],
      // A school's own pages are fed at the bureau as they are at the school.
      ...['src/server/http/', 'src/server/feed/', 'src/server/auth/hash.ts', 'src/paper/'],
      // State is kept as a school's snapshot keeps it; the configuration is read as a school's is.
      'src/store/snapshot/state-text.ts',
      ...['check-shape', 'secrets-env', 'typing-slips', 'yaml-text', 'parts/schema-parts', 'parts/certificates'].map(
        (name) => `src/site/${name}.ts`,
      ),
    ],
    types: ['src/server/gateway-port.ts', 'src/server/auth/session.ts'],
    others: 'all',
  },
  // What leaves the building so that a dead gateway is noticed. It asks over HTTP as the channels do.
  {
    files: /^src\/heartbeat\//,
    ours: [...TERMS, 'src/world/', 'src/heartbeat/', 'src/perform/sending/http-post.ts'],
    types: ['src/site/parts/schema-heartbeat.ts'],
    others: 'all',
  },
  {
    files: /^src\/site\//,
    // The detector's usual limits and their bounds are the core's; the configuration says only what differs.
    ours: [
      ...TERMS,
      ...core('fence', 'site', 'arming', 'duty', 'retention', 'canteen'),
      'src/profile/',
      'src/authority/server-pair.ts',
      'src/site/',
    ],
    types: ['src/drivers/line.ts', 'src/drivers/connection-options.ts'],
    others: 'all',
  },
  PAPER,
  ...SERVER,
  ...UI,
  { files: /^simulators\//, ours: ['src/profile/', ...TERMS, 'devices/', 'simulators/'], others: 'all' },
  // The gateway knows the interface of the stores and no driver, so that a simulation can run it as it is.
  {
    files: /^src\/app\/(gateway|ledger|gauges|troubles|housekeeping)[^/]*\.ts$/,
    ours: [
      ...['src/core/', 'src/words/', 'src/world/', 'src/store/store-types.ts'],
      ...['src/app/gateway', 'src/app/ledger.ts', 'src/app/gauges.ts', 'src/app/troubles.ts'],
    ],
    others: 'all',
  },
  // The composition root: the only place that knows every part.
  { files: /^src\/app\//, ours: ['src/'], others: 'all' },
  // The real gateway, supervisor and performer between a simulated school and simulated stores, judged from outside: it
  // knows the parts that the wiring knows, but no driver that opens a wire, no store that opens a file and no server.
  {
    files: /^src\/simulation\//,
    ours: [
      ...['src/core/', 'src/words/', 'src/world/', 'src/simulation/', 'simulators/virtual/'],
      ...['src/app/gateway.ts', 'src/app/ledger.ts', 'src/app/troubles.ts'],
      ...['src/drivers/line.ts', 'src/drivers/supervise.ts', 'src/perform/perform.ts'],
      ...['src/store/store-types.ts', 'src/store/journal/chain.ts', 'src/store/influx/influx-follow.ts'],
    ],
    types: ['src/site/load-site.ts', 'src/store/influx/influx-', 'src/perform/sending/channel.ts'],
    others: ['node:crypto'],
  },
  { files: /^src\/commands\//, ours: ['src/', 'devices/', 'simulators/'], others: 'all' },
];

const IMPORT = /^\s*(import|export)\s+(type\s)?([^'"`;]*?)from\s+['"]([^'"]+)['"]/gm;
const BARE = /(?<!['"-])\bimport\s*\(?\s*['"]([^'"]+)['"]/g;

export interface Import {
  /** Our file as a path from the root, everything else by its name. */
  readonly target: string;
  readonly ours: boolean;
  /** Only types: nothing of it is there when the program runs. */
  readonly type: boolean;
}

const onlyTypes = (names: string) =>
  names.trim().startsWith('{') &&
  names
    .replace(/[{}]/g, '')
    .split(',')
    .every((name) => name.trim() === '' || name.trim().startsWith('type '));

/** What a file imports. */
export function imports({ path, text }: Source): Import[] {
  const found = [
    ...[...text.matchAll(IMPORT)].map((hit) => ({
      name: hit[4]!,
      type: hit[2] !== undefined || onlyTypes(hit[3] ?? ''),
    })),
    ...[...text.matchAll(BARE)].map((hit) => ({ name: hit[1]!, type: false })),
  ];
  return found.map(({ name, type }) =>
    name.startsWith('.')
      ? { target: posix.join(posix.dirname(path), name), ours: true, type }
      : { target: name, ours: false, type },
  );
}

const packageOf = (name: string) => name.split('/', name.startsWith('@') ? 2 : 1).join('/');

/** Each import the table does not allow, as a sentence. */
export function offences(file: Source): string[] {
  const row = TABLE.find(({ files }) => files.test(file.path));
  if (!row) return [`${file.path} stands in no row of the import table`];
  const fits = (target: string) => (start: string) => target.startsWith(start);
  return imports(file)
    .filter(({ target, ours, type }) => {
      if (ours) return !(row.ours.some(fits(target)) || (type && row.types?.some(fits(target))));
      return row.others !== 'all' && !row.others.includes(packageOf(target));
    })
    .map(({ target }) => `${file.path} must not import ${target}`);
}

/** The room a file stands in: its folder. The root of the core is two: the ground, and what puts the rooms together. */
export function roomOf(path: string): string {
  const folder = posix.dirname(path);
  if (folder !== 'src/core') return folder;
  return GROUND.some((start) => path.startsWith(start)) ? 'src/core (ground)' : 'src/core (step, evolve)';
}

/** Arrows between rooms by value imports: a room, and the rooms it stands on. */
export function arrows(files: readonly Source[]): ReadonlyMap<string, ReadonlySet<string>> {
  const table = new Map<string, Set<string>>();
  for (const file of files) {
    const from = roomOf(file.path);
    const below = table.get(from) ?? new Set<string>();
    table.set(from, below);
    for (const { target, ours, type } of imports(file))
      if (ours && !type && roomOf(target) !== from) below.add(roomOf(target));
  }
  return table;
}

/** One circle of rooms for each room that stands on itself by way of others. */
export function circles(table: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const reached = (from: string, seen: Set<string>): Set<string> => {
    for (const room of table.get(from) ?? []) {
      if (seen.has(room)) continue;
      seen.add(room);
      reached(room, seen);
    }
    return seen;
  };
  return [...table.keys()]
    .filter((room) => reached(room, new Set()).has(room))
    .map((room) => `${room} stands on itself`);
}
