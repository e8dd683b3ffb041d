/**
 * Whether a configured device fits its model and its line: the wire's protocol, unit or topic, channels and overrides.
 * Part of `check`; it must never judge anything but the one device and what it shares a line with.
 */
import type { Profile } from '../profile/profile.ts';
import {
  byId,
  type ConfigCheck,
  hint,
  type ListEntry,
  mustBeOnMap,
  mustDiffer,
  mustExist,
  mustFitWall,
} from './references.ts';
import type { SiteFile } from './site-schema.ts';
import { type Path, passwordRemedy } from './yaml-text.ts';

type DeviceEntry = ListEntry<'devices'>;
type LinePart = ListEntry<'lines'>;

/** Which wire a line's protocol carries. */
export const wireOf: Readonly<Record<SiteFile['lines'][number]['protocol'], Profile['wire']['protocol']>> = {
  'modbus-tcp': 'modbus',
  'modbus-rtu-over-tcp': 'modbus',
  'modbus-rtu': 'modbus',
  'mqtt-broker': 'mqtt',
  'mqtt-client': 'mqtt',
  onvif: 'onvif',
};

/** Topic prefix of a device that names none. */
export function topicOf(device: { readonly id?: string | undefined; readonly topic?: string | undefined }): string {
  return device.topic ?? `gatehouse/${device.id}`;
}

/** The model's zones, by the names its maker gives them. */
export function channelsOf(profile: Profile): string[] {
  return [...new Set(profile.points.flatMap((point) => (point.channel === undefined ? [] : [point.channel])))];
}

function refuseKey(check: ConfigCheck, path: Path, why: string): void {
  if (check.source.has(path))
    check.source.refuse(path, `${String(path.at(-1))} has no meaning here: ${why}; remove it`, 'key');
}

function checkModbus(
  check: ConfigCheck,
  path: Path,
  device: DeviceEntry,
  line: LinePart,
  taken: Map<string, Path>,
): void {
  const unitPath: Path = [...path, 'unit'];
  refuseKey(check, [...path, 'topic'], 'the line is Modbus');
  refuseKey(check, [...path, 'password'], 'Modbus knows no passwords');
  refuseKey(check, [...path, 'passwordFile'], 'Modbus knows no passwords');
  if (device.unit === undefined) {
    if (!check.source.has(unitPath))
      check.source.refuse(unitPath, 'unit is missing; expected the unit number of the device on its Modbus line');
    return;
  }
  if (line.protocol !== 'modbus-tcp' && (device.unit < 1 || device.unit > 247)) {
    check.source.refuse(
      unitPath,
      `found ${check.source.found(unitPath)}, expected a unit from 1 to 247 on a serial line`,
    );
  }
  mustDiffer(check, taken, unitPath, `${line.id} unit ${device.unit}`, 'on this line the unit');
}

function checkMqtt(
  check: ConfigCheck,
  path: Path,
  device: DeviceEntry,
  line: LinePart,
  taken: Map<string, Path>,
): void {
  refuseKey(check, [...path, 'unit'], 'the line is MQTT');
  const named = device.topic === undefined ? 'id' : 'topic';
  if (device.id !== undefined)
    mustDiffer(check, taken, [...path, named], `${line.id} topic ${topicOf(device)}`, 'on this line the topic of');
  const why = 'an outside broker keeps its own users';
  if (line.protocol === 'mqtt-client') {
    refuseKey(check, [...path, 'password'], why);
    refuseKey(check, [...path, 'passwordFile'], why);
  } else if (!['password', 'passwordFile'].some((key) => check.source.has([...path, key]))) {
    check.source.refuse(
      [...path, 'password'],
      `password is missing; the embedded broker lets nobody in without one: ${passwordRemedy}`,
    );
  }
}

function checkOnvif(check: ConfigCheck, path: Path): void {
  for (const key of ['unit', 'topic']) refuseKey(check, [...path, key], 'the line is ONVIF');
  for (const key of ['password', 'passwordFile'])
    refuseKey(check, [...path, key], "a camera's password stands at its line");
}

function checkChannels(check: ConfigCheck, path: Path, device: DeviceEntry, profile: Profile): void {
  const channels = channelsOf(profile);
  const zones = device.zones ?? {};
  for (const [channel, zone] of Object.entries(zones)) {
    const at: Path = [...path, 'zones', channel];
    if (!channels.includes(channel)) {
      const more = channels.length === 0 ? '; it has none' : hint(check, at, channel, channels);
      check.source.refuse(at, `"${channel}" is no channel of ${profile.id}${more}`, 'key');
    } else if (zone !== false) mustExist(check, at, zone, 'zones');
  }
  for (const channel of channels) {
    if (Object.hasOwn(zones, channel)) continue;
    check.source.refuse(
      [...path, 'zones', channel],
      `channel ${channel} of ${profile.id} has no zone; expected "${channel}: <zone>", or "${channel}: false" where nothing is connected`,
    );
  }
}

function checkOverrides(check: ConfigCheck, path: Path, device: DeviceEntry, profile: Profile): void {
  for (const [key, override = {}] of Object.entries(device.points ?? {})) {
    const at: Path = [...path, 'points', key];
    const point = profile.points.find((spec) => spec.key === key);
    if (!point) {
      const more = hint(
        check,
        at,
        key,
        profile.points.map((spec) => spec.key),
      );
      check.source.refuse(at, `"${key}" is no point of ${profile.id}${more}`, 'key');
      continue;
    }
    if (override.alarm !== undefined && !point.alarm) {
      check.source.refuse(
        [...at, 'alarm'],
        `${profile.id} has no alarm on "${key}", so there is none to change; remove it`,
      );
    }
    if (override.pollMs !== undefined && !(profile.wire.protocol === 'modbus' && profile.wire.registers[key])) {
      check.source.refuse([...at, 'pollMs'], `"${key}" of ${profile.id} is not polled; remove pollMs`);
    }
    mustFitWall(check, [...at, 'title', 'zh'], override.title?.zh, '', 'device');
  }
}

/** Reports where a device does not fit. `taken` holds what devices seen before use on their lines. */
export function checkDevice(check: ConfigCheck, path: Path, device: DeviceEntry, taken: Map<string, Path>): void {
  mustBeOnMap(check, [...path, 'at'], device.at);
  mustFitWall(check, [...path, 'title', 'zh'], device.title?.zh, '', 'device');
  const profile = check.profiles.get(device.profile ?? '');
  if (!profile && device.profile !== undefined) {
    const at: Path = [...path, 'profile'];
    const more = hint(check, at, device.profile, check.profiles.keys());
    check.source.refuse(at, `found ${check.source.found(at)}, expected a model of devices/${more}`);
  }
  if (profile) {
    checkChannels(check, path, device, profile);
    checkOverrides(check, path, device, profile);
  }
  if (!mustExist(check, [...path, 'line'], device.line, 'lines')) return;
  const line = byId(check, 'lines', device.line);
  if (!line?.protocol) return;
  const wire = wireOf[line.protocol];
  if (profile && profile.wire.protocol !== wire) {
    check.source.refuse(
      [...path, 'line'],
      `line ${check.source.found([...path, 'line'])} speaks ${line.protocol}, but ${profile.id} speaks ${profile.wire.protocol}; expected a line of that protocol`,
    );
    return;
  }
  if (wire === 'modbus') checkModbus(check, path, device, line, taken);
  else if (wire === 'mqtt') checkMqtt(check, path, device, line, taken);
  else checkOnvif(check, path);
}
