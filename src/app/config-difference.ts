/**
 * What differs between two configurations, as it may stand in the journal for ever: names, limits and plain settings, never a
 * password, a token or an address that may carry one. Of what is too long for a line only that it changed is said.
 */
import { createHash } from 'node:crypto';
import type { ConfigChange, ConfigDifference, ConfigField, ConfigPart } from '../core/types.ts';
import type { Config } from '../site/load-site.ts';

/** More changes than these are counted: whoever writes a school anew reads the file. */
const listedMax = 200;
/** A longer value is said to have changed, without it. */
const shownMax = 40;
/** A digest where the value itself is too long: it is compared and never shown. */
const digestOf = (text: string) => `#${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;

/** Of what may hold a secret, or leads to where one is, not even a digest is kept. */
const secret = /pass|secret|token|key|url|address|user|hook|topic|headers/i;

/** Fields by name, as JSON or as a digest of it. */
type Described = Readonly<Record<string, string>>;
/** What a configuration says, by part and id. */
export type ConfigDescription = Readonly<Partial<Record<ConfigPart, Readonly<Record<string, Described>>>>>;

function describeOne(entry: object, leftOut: readonly string[] = []): Described {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(entry)) {
    if (value === undefined || leftOut.includes(name) || secret.test(name)) continue;
    const text = JSON.stringify(value);
    fields[name] = typeof value !== 'object' && text.length <= shownMax ? text : digestOf(text);
  }
  return fields;
}

function describeAll<T extends object>(
  entries: Readonly<Record<string, T>>,
  leftOut?: readonly string[],
): Readonly<Record<string, Described>> {
  return Object.fromEntries(Object.entries(entries).map(([id, entry]) => [id, describeOne(entry, leftOut)]));
}

/** Plain settings of a driver or a channel: what lies deeper may hold anything. */
const plain = (options: object) =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => typeof value !== 'object'));

/** A configuration as it may be kept beside the journal, to be compared at the next start. */
export function describe({
  site,
  lines,
  channels,
  server,
  store,
  influx,
  mqttOut,
  gb28181,
  dc09,
  district,
}: Config): ConfigDescription {
  const options = new Map(lines.flatMap((line) => line.devices.map((one) => [one.id, one.options] as const)));
  const devices = Object.entries(site.devices).map(([id, device]) => [
    id,
    { ...plain(options.get(id) ?? {}), ...device },
  ]);
  const limits = Object.values(site.zones).flatMap(({ id, signal }) => (signal ? [[id, signal] as const] : []));
  const { name, short, utcOffsetMin, map, calendar, escalation, pledges, exceptions, roundsPerDay, roster, canteen } =
    site;
  const school = {
    name,
    short,
    utcOffsetMin,
    map,
    calendar,
    escalation,
    pledges,
    exceptions,
    roundsPerDay,
    roster,
    canteen,
  };
  return {
    zone: describeAll(site.zones, ['signal']),
    limits: describeAll(Object.fromEntries(limits)),
    device: describeAll(Object.fromEntries(devices)),
    line: describeAll(
      Object.fromEntries(lines.map((line) => [line.id, { protocol: line.protocol, ...plain(line.options) }])),
    ),
    area: describeAll(site.areas),
    schedule: describeAll(site.schedules),
    route: describeAll(site.routes),
    post: describeAll(site.posts ?? {}),
    person: describeAll(site.people),
    procedure: describeAll(site.procedures),
    channel: describeAll(Object.fromEntries(channels.map((one) => [one.id, plain(one)]))),
    wall: describeAll(site.walls ?? {}),
    school: { '': describeOne(school) },
    server: { '': describeOne({ ...plain(server), origins: server.origins, trustedProxies: server.trustedProxies }) },
    store: { '': describeOne(store) },
    ...(influx && { influx: { '': describeOne(influx) } }),
    ...(mqttOut && { 'mqtt-out': { '': describeOne(plain(mqttOut)) } }),
    ...(gb28181 && { gb28181: { '': describeOne({ ...plain(gb28181), channels: gb28181.channels }) } }),
    ...(dc09 && { dc09: { '': describeOne({ ...plain(dc09), receivers: dc09.receivers.length }) } }),
    ...(district && { district: { '': describeOne({ ...plain(district), keeps: district.keeps.join(' ') }) } }),
  };
}

const shown = (value: string | undefined) => (value === undefined || value.startsWith('#') ? undefined : value);

function fieldsOf(before: Described, after: Described): ConfigField[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) => {
    if (before[name] === after[name]) return [];
    const [from, to] = [shown(before[name]), shown(after[name])];
    return [{ name, ...(from !== undefined && { from }), ...(to !== undefined && { to }) }];
  });
}

/** What differs between two descriptions, part by part. */
export function differenceOf(before: ConfigDescription, after: ConfigDescription): ConfigDifference {
  return listed(changesOf(before, after));
}

/**
 * What differs between two configurations that are both at hand; undefined when nothing does. `stopped`: the lines that are begun
 * anew. One that changed in nothing that may be told, such as a password, is named all the same.
 */
export function differenceBetween(
  before: Config,
  after: Config,
  stopped: readonly string[],
): ConfigDifference | undefined {
  const all = changesOf(describe(before), describe(after));
  const named = (part: ConfigPart) => all.flatMap((one) => (one.part === part ? [one.id] : []));
  const lineOf = (device: string) => (after.site.devices[device] ?? before.site.devices[device])?.line;
  const told = new Set([...named('line'), ...named('device').map(lineOf)]);
  for (const id of stopped) if (!told.has(id)) all.push({ part: 'line', id, change: 'changed' });
  return all.length === 0 && before.hash === after.hash ? undefined : listed(all);
}

function listed(all: readonly ConfigChange[]): ConfigDifference {
  const more = all.length - listedMax;
  return { changes: all.slice(0, listedMax), ...(more > 0 && { more }) };
}

function changesOf(before: ConfigDescription, after: ConfigDescription): ConfigChange[] {
  const all: ConfigChange[] = [];
  for (const part of new Set([...Object.keys(before), ...Object.keys(after)] as ConfigPart[])) {
    const [old, fresh] = [before[part] ?? {}, after[part] ?? {}];
    for (const id of new Set([...Object.keys(old), ...Object.keys(fresh)])) {
      const [was, is] = [old[id], fresh[id]];
      if (!was) all.push({ part, id, change: 'added' });
      else if (!is) all.push({ part, id, change: 'removed' });
      else {
        const fields = fieldsOf(was, is);
        if (fields.length > 0) all.push({ part, id, change: 'changed', fields });
      }
    }
  }
  return all;
}
