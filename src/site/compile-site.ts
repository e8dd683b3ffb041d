/**
 * Turns a checked configuration file into what the gateway runs on: the Site that core and screens know, and the lines with
 * what their drivers need. Pure. The Site must never hold an address, a user or a password.
 */

import { resolve } from 'node:path';
import { serverPair } from '../authority/server-pair.ts';
import type { KeepDays, Site } from '../core/types.ts';
import type { LineDevice } from '../drivers/line.ts';
import type { Profile } from '../profile/profile.ts';
import { compileCanary } from './canary/compile-canary.ts';
import { compileCanteen } from './canteen/compile-canteen.ts';
import { wireOf } from './check-device.ts';
import { compileArea, compileCalendar, compileSchedule, compileZone, wiredZones } from './compile-arming.ts';
import { compileEscalation, compilePledges } from './default-escalation.ts';
import { compileProcedures } from './default-procedures.ts';
import { brokerOf } from './device/compile-broker.ts';
import { compileDevice, tailored } from './device/compile-device.ts';
import {
  absolutePair,
  type DeviceOptions,
  deviceOptions,
  type LineOptions,
  lineOptions,
} from './device/compile-line.ts';
import { compileDrill } from './drill/compile-drill.ts';
import { compileKitchen } from './kitchen/compile-kitchen.ts';
import { compileDc09, type Dc09Config } from './outward/schema-dc09.ts';
import { compileGb28181, type GbConfig } from './outward/schema-gb28181.ts';
import type { CertificatePair, InspectedCertificate } from './parts/certificates.ts';
import { given, minuteOf, table } from './parts/compile-parts.ts';
import { compilePerson, contactOf } from './parts/compile-person.ts';
import { compileMqttOut, type MqttOutConfig, withoutSecret } from './parts/compile-secret.ts';
import { compileLadder, compileRules } from './parts/compile-tell.ts';
import { compileCameras } from './parts/schema-camera.ts';
import { compileDistrict, type DistrictConfig } from './parts/schema-district.ts';
import { type BeatOptions, compileHeartbeat } from './parts/schema-heartbeat.ts';
import type { Contact } from './parts/schema-person.ts';
import { compileVideo, type VideoConfig } from './parts/schema-video.ts';
import { compilePosts } from './patrol/compile-post.ts';
import { compileRoute } from './patrol/compile-route.ts';
import { compileExceptions } from './patrol/schema-patrol.ts';
import { compileRoster } from './roster/compile-roster.ts';
import { type ChannelNature, type ChannelOptions, natures } from './schema-channel.ts';
import type { SiteFile } from './site-schema.ts';

/** One connection, with its devices: what a driver is started with. Plain data, so that two can be compared. */
export interface ConfigLine {
  readonly id: string;
  readonly protocol: LineOptions['protocol'];
  readonly options: LineOptions;
  readonly devices: readonly LineDevice<DeviceOptions>[];
}

export interface Config {
  readonly site: Site;
  /** SHA-256 of the file's text, hexadecimal. */
  readonly hash: string;
  readonly lines: readonly ConfigLine[];
  readonly server: {
    readonly host: string;
    readonly port: number;
    readonly tls?: CertificatePair;
    /** Absolute: the folder of the school's own certificates, of which `tls` is the server's. */
    readonly authority?: string;
    readonly origins?: readonly string[];
    readonly trustedProxies?: readonly string[];
    readonly metricsToken?: string;
    /** Absolute path of the font that reports are printed with. */
    readonly reportFont?: string;
  };
  /** Every certificate it names, as it was found. */
  readonly certificates: readonly InspectedCertificate[];
  /** Absolute: files of batons that lie there are taken in. */
  readonly batonFolder?: string;
  /** `dir` is absolute. */
  readonly store: {
    readonly dir: string;
    readonly seriesDays: number;
    readonly witnesses: readonly string[];
    readonly retention: KeepDays;
  };
  /** What programs beyond the screens call the school. */
  readonly school: string;
  readonly channels: readonly ChannelOptions[];
  readonly heartbeat: readonly BeatOptions[];
  readonly video: VideoConfig;
  /** Where phones find the pages; messages link to it. */
  readonly pages?: string;
  /** By person. */
  readonly contacts: Readonly<Record<string, Contact>>;
  /** The broker of the school's that is told how things stand. */
  readonly mqttOut?: MqttOutConfig;
  /** The video platform and the alarm receiving centre that are told of alarms. */
  readonly gb28181?: GbConfig;
  readonly dc09?: Dc09Config;
  /** The district's service that the school has joined. */
  readonly district?: DistrictConfig;
  readonly influx?: {
    readonly url: string;
    readonly database: string;
    readonly user?: string;
    readonly password?: string;
    /** Which school its points are of. */
    readonly school: string;
  };
}

/** What compiling needs beside the file. */
export interface CompileContext {
  readonly hash: string;
  /** Absolute; relative paths of the file are relative to it. */
  readonly folder: string;
  /** Passwords by the path of their holder, such as lines.2. */
  readonly secrets: ReadonlyMap<string, string>;
  readonly profiles: ReadonlyMap<string, Profile>;
}

export function offsetMinutes(timezone: string): number {
  const minutes = minuteOf(timezone.slice(1));
  return timezone.startsWith('-') ? -minutes : minutes;
}

/** What a channel is called, and what the core has to know of its kind; which takes over from it. */
function compileReach({
  channels,
  tell,
  areas,
}: SiteFile): Pick<Site, 'channels' | 'rules' | 'ladder' | 'channelTests' | 'canary'> {
  const natured = channels.map((one) => ({ ...one, nature: natures[one.protocol] as ChannelNature }));
  const rules = compileRules(tell, areas);
  return given({
    channels: table(
      natured.map(({ id, title, protocol, nature, ...one }) => {
        const answered =
          ('replies' in one && one.replies) || ('callbackToken' in one && one.callbackToken !== undefined);
        const replies = answered ? (true as const) : undefined;
        return given({ id, title, kind: protocol, ...nature.core, instead: tell.instead[id], replies });
      }),
    ),
    rules: rules.length > 0 ? rules : undefined,
    ladder: compileLadder(
      tell.ladder,
      natured.map(({ id, nature }) => ({ id, rungSec: nature.rungSec })),
    ),
    canary: tell.canary && compileCanary(tell.canary),
    channelTests: tell.selfTest === 'off' ? undefined : { minute: minuteOf(tell.selfTest), to: tell.testTo },
  });
}

function compileSite(file: SiteFile, profiles: ReadonlyMap<string, Profile>): Site {
  const { school, map } = file;
  const wired = wiredZones(file.devices, profiles);
  const exceptions = compileExceptions(file.patrol);
  const places = new Map(file.devices.map(({ id, at }) => [id, at]));
  return {
    name: school.name,
    short: school.short,
    utcOffsetMin: offsetMinutes(school.timezone),
    map: { width: map.width, height: map.height, buildings: map.buildings.map(given) },
    zones: table(file.zones.map((zone) => compileZone(zone, wired))),
    devices: table(file.devices.map((device) => compileDevice(device, profiles.get(device.profile)!))),
    areas: table(file.areas.map(compileArea)),
    schedules: table(file.schedules.map(compileSchedule)),
    calendar: compileCalendar(file.calendar),
    procedures: compileProcedures(file.procedures),
    escalation: compileEscalation(
      file.escalation,
      file.tell,
      file.channels.map(({ id }) => id),
    ),
    pledges: compilePledges(file.pledges),
    ...compileReach(file),
    routes: table(file.routes.map((route) => compileRoute(route, places))),
    ...(file.posts.length > 0 && { posts: table(compilePosts(file)) }),
    people: table(file.people.map(compilePerson)),
    ...(file.roster && { roster: compileRoster(file.roster) }),
    ...(file.walls.length > 0 && { walls: Object.fromEntries(file.walls.map((wall) => [wall.user, wall])) }),
    ...(exceptions && { exceptions }),
    ...(file.canteen && { canteen: compileCanteen(file.canteen) }),
    ...(file.drill && { drill: compileDrill(file.drill) }),
    ...(file.video.clips.length > 0 && { clips: file.video.clips }),
    ...(file.cameras && { cameras: compileCameras(file.cameras) }),
    ...(file.kitchen && { kitchen: compileKitchen(file.kitchen) }),
    roundsPerDay: file.roundsPerDay,
  };
}

/** Compiles a file that has passed every check. */
export function compile(file: SiteFile, around: CompileContext): Config {
  const { hash, folder, secrets, profiles } = around;
  const utcOffsetMin = offsetMinutes(file.school.timezone);
  const onLine = Map.groupBy(file.devices.entries(), ([, device]) => device.line);
  const lines = file.lines.map((line, i): ConfigLine => {
    const devices = (onLine.get(line.id) ?? []).map(([n, device]) => {
      const options = deviceOptions(device, wireOf[line.protocol], secrets.get(`devices.${n}`));
      return { id: device.id, profile: tailored(profiles.get(device.profile)!, device), options };
    });
    return {
      id: line.id,
      protocol: line.protocol,
      options: lineOptions(line, {
        ...{ password: secrets.get(`lines.${i}`), folder, utcOffsetMin },
        eventBroker: brokerOf(line, file.devices, secrets),
      }),
      devices,
    };
  });
  const { host, port, origins, trustedProxies } = file.server;
  const authority = file.server.authority && resolve(folder, file.server.authority);
  const tls = authority ? serverPair(authority) : file.server.tls && absolutePair(file.server.tls, folder);
  const { influx, store, mqttOut, gb28181, dc09, district } = file;
  const school = file.school.id ?? file.school.short;
  const at = (path: string) => resolve(folder, path);
  return given({
    site: compileSite(file, profiles),
    hash,
    lines,
    certificates: [],
    server: given({
      ...{ host, port, origins, trustedProxies, metricsToken: secrets.get('server') },
      ...{ tls, authority },
      reportFont: file.reports?.font && resolve(folder, file.reports.font),
    }),
    batonFolder: file.patrol.batonFolder && at(file.patrol.batonFolder),
    store: { ...store, dir: at(store.dir), witnesses: store.witnesses.map(at), retention: given(store.retention) },
    school,
    // Which kinds cannot be without a secret is checked beside.
    channels: file.channels.map(({ title: _, ...part }, i) => {
      const secret = secrets.get(`channels.${i}`);
      const named = part.protocol === 'webhook' && district && { schoolId: district.school };
      return { ...withoutSecret(part, at), secret, ...named } as ChannelOptions;
    }),
    mqttOut: mqttOut && compileMqttOut(mqttOut, secrets.get('mqttOut'), at),
    gb28181: gb28181 && compileGb28181(gb28181, secrets.get('gb28181')),
    dc09: dc09 && compileDc09(dc09, (i) => secrets.get(`dc09.receivers.${i}`)),
    district: district && compileDistrict(district, secrets.get('district'), at),
    heartbeat: compileHeartbeat(file.heartbeat, { folder, school, secretOf: (i) => secrets.get(`heartbeat.${i}`) }),
    video: compileVideo(file.video, file.devices),
    pages: file.server.pages,
    contacts: Object.fromEntries(file.people.map((person) => [person.id, contactOf(person)])),
    influx:
      influx &&
      given({
        url: influx.url,
        database: influx.database,
        user: influx.user,
        password: secrets.get('influx'),
        school,
      }),
  });
}
