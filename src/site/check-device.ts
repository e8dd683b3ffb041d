/**
 * Whether a configured device fits its model and its line: the wire's protocol, unit or topic, channels and overrides.
 * Part of `check`; it must never judge anything but the one device and what it shares a line with.
 */
import type { Profile } from '../profile/profile.ts';
import {
  anotherModelBeside,
  channelMissing,
  channelNumber,
  channelWithoutZone,
  deviceNeedsPassword,
  hasNoChannels,
  modelExpected,
  noMeaning,
  noMeaningAs,
  noSuchChannel,
  noSuchPoint,
  otherProtocol,
  ownThings,
  pointNotPolled,
  pointWithoutAlarm,
  senderNeedsClient,
  senderTellsSeveral,
  serialUnit,
  unitMissing,
} from '../words/site/config-part-words.ts';
import { followed, foundExpected } from '../words/site/config-shape-words.ts';
import { passwordRemedy } from '../words/site/config-text-words.ts';
import type { Words } from '../words/words.ts';
import { checkLimits } from './device/check-point-limits.ts';
import { topicOf } from './device/compile-line.ts';
import {
  byId,
  type ConfigCheck,
  entries,
  hint,
  type ListEntry,
  mustBeOnMap,
  mustDiffer,
  mustExist,
  mustFitWall,
} from './references.ts';
import type { SiteFile } from './site-schema.ts';
import type { Path } from './yaml-text.ts';

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
  'http-stream': 'http-stream',
  'http-push': 'mqtt',
};

/** The model's zones, by the names its maker gives them. */
export function channelsOf(profile: Profile): string[] {
  return [...new Set(profile.points.flatMap((point) => (point.channel === undefined ? [] : [point.channel])))];
}

function refuseKey(check: ConfigCheck, path: Path, why: Words): void {
  if (check.source.has(path)) check.source.refuse(path, noMeaning(String(path.at(-1)), why), 'key');
}

function checkModbus(
  check: ConfigCheck,
  path: Path,
  device: DeviceEntry,
  line: LinePart,
  taken: Map<string, Path>,
): void {
  const unitPath: Path = [...path, 'unit'];
  for (const key of ['topic', 'channel']) refuseKey(check, [...path, key], noMeaningAs.modbus);
  refuseKey(check, [...path, 'password'], noMeaningAs.modbusPassword);
  refuseKey(check, [...path, 'passwordFile'], noMeaningAs.modbusPassword);
  if (device.unit === undefined) {
    if (!check.source.has(unitPath)) check.source.refuse(unitPath, unitMissing);
    return;
  }
  if (line.protocol !== 'modbus-tcp' && (device.unit < 1 || device.unit > 247)) {
    check.source.refuse(unitPath, foundExpected(check.source.found(unitPath), serialUnit));
  }
  mustDiffer(check, taken, unitPath, `${line.id} unit ${device.unit}`, ownThings.unit);
}

function checkMqtt(
  check: ConfigCheck,
  path: Path,
  device: DeviceEntry,
  line: LinePart,
  taken: Map<string, Path>,
): void {
  refuseKey(check, [...path, 'unit'], noMeaningAs.mqtt);
  const { wire } = check.profiles.get(device.profile ?? '') ?? {};
  const several = wire?.protocol === 'mqtt' && wire.channels === true;
  if (!several) refuseKey(check, [...path, 'channel'], noMeaningAs.ownTopics);
  else checkSender(check, path, device, line);
  const named = device.topic === undefined ? 'id' : 'topic';
  if (device.id !== undefined)
    mustDiffer(
      check,
      taken,
      [...path, named],
      `${line.id} topic ${topicOf(device)} ${several ? device.channel : ''}`,
      ownThings.topic,
    );
  const why = noMeaningAs.outsideBroker;
  if (line.protocol === 'mqtt-client') {
    refuseKey(check, [...path, 'password'], why);
    refuseKey(check, [...path, 'passwordFile'], why);
  } else if (!['password', 'passwordFile'].some((key) => check.source.has([...path, key]))) {
    check.source.refuse([...path, 'password'], deviceNeedsPassword(passwordRemedy));
  }
}

function checkOnvif(
  check: ConfigCheck,
  path: Path,
  device: DeviceEntry,
  line: LinePart,
  taken: Map<string, Path>,
): void {
  for (const key of ['unit', 'topic']) refuseKey(check, [...path, key], noMeaningAs.cameraAddress);
  for (const key of ['password', 'passwordFile']) refuseKey(check, [...path, key], noMeaningAs.cameraPassword);
  // A device without a channel is the camera itself, or the recorder: there is one of it.
  const goal = `${line.id} channel ${typeof device.channel}:${device.channel ?? ''}`;
  if (device.channel !== undefined) mustDiffer(check, taken, [...path, 'channel'], goal, ownThings.channel);
  else if (taken.has(goal)) check.source.refuse([...path, 'channel'], channelMissing);
  else taken.set(goal, [...path, 'id']);
}

/** One sender that tells of several devices is reached at a broker of its own, under its topic, by the name of each channel. */
function checkSender(check: ConfigCheck, path: Path, device: DeviceEntry, line: LinePart): void {
  for (const key of ['topic', 'channel'] as const)
    if (device[key] === undefined && !check.source.has([...path, key]))
      check.source.refuse([...path, key], senderTellsSeveral(key));
  if (line.protocol !== 'mqtt-client') check.source.refuse([...path, 'line'], senderNeedsClient);
}

/** The first device of each model on each line: of a line with one stream there must be one model. */
const modelsOnLines = new WeakMap<ConfigCheck, ReadonlyMap<string | undefined, readonly DeviceEntry[]>>();

function streamModels(check: ConfigCheck): ReadonlyMap<string | undefined, readonly DeviceEntry[]> {
  const known = modelsOnLines.get(check);
  if (known) return known;
  const lines = new Map<string | undefined, DeviceEntry[]>();
  for (const [, device] of entries(check, 'devices')) {
    const there = lines.get(device.line) ?? [];
    lines.set(device.line, there);
    if (!there.some((one) => one.profile === device.profile)) there.push(device);
  }
  modelsOnLines.set(check, lines);
  return lines;
}

/** All events of an address come in one stream, and are told apart by their channel. */
function checkStream(check: ConfigCheck, path: Path, device: DeviceEntry, taken: Map<string, Path>): void {
  for (const key of ['unit', 'topic', 'password', 'passwordFile'])
    refuseKey(check, [...path, key], noMeaningAs.streamPlace);
  const at: Path = [...path, 'channel'];
  if (device.channel !== undefined && (typeof device.channel !== 'number' || device.channel < 1)) {
    check.source.refuse(at, foundExpected(check.source.found(at), channelNumber));
    return;
  }
  const named = device.channel === undefined ? [...path, 'id'] : at;
  mustDiffer(check, taken, named, `${device.line} channel ${device.channel ?? 1}`, ownThings.channelOf);
  const beside = (streamModels(check).get(device.line) ?? []).find((other) => other?.profile !== device.profile);
  if (beside)
    check.source.refuse(
      [...path, 'profile'],
      anotherModelBeside(check.source.found([...path, 'profile']), beside.id ?? '', beside.profile ?? ''),
    );
}

function checkChannels(check: ConfigCheck, path: Path, device: DeviceEntry, profile: Profile): void {
  const channels = channelsOf(profile);
  const zones = device.zones ?? {};
  for (const [channel, zone] of Object.entries(zones)) {
    const at: Path = [...path, 'zones', channel];
    if (!channels.includes(channel)) {
      const more = channels.length === 0 ? hasNoChannels : hint(check, at, channel, channels);
      check.source.refuse(at, noSuchChannel(channel, profile.id, more), 'key');
    } else if (zone !== false) mustExist(check, at, zone, 'zones');
  }
  for (const channel of channels) {
    if (Object.hasOwn(zones, channel)) continue;
    check.source.refuse([...path, 'zones', channel], channelWithoutZone(channel, profile.id));
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
      check.source.refuse(at, noSuchPoint(key, profile.id, more), 'key');
      continue;
    }
    if (override.alarm !== undefined && !point.alarm) {
      check.source.refuse([...at, 'alarm'], pointWithoutAlarm(key, profile.id));
    }
    if (override.pollMs !== undefined && !(profile.wire.protocol === 'modbus' && profile.wire.registers[key])) {
      check.source.refuse([...at, 'pollMs'], pointNotPolled(key, profile.id));
    }
    if (override.limits) checkLimits(check, [...at, 'limits'], override.limits, point);
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
    check.source.refuse(at, followed(foundExpected(check.source.found(at), modelExpected), more));
  }
  if (profile) {
    if (profile.family !== 'camera') refuseKey(check, [...path, 'video'], noMeaningAs.noCamera(profile.id));
    checkChannels(check, path, device, profile);
    checkOverrides(check, path, device, profile);
  }
  if (!mustExist(check, [...path, 'line'], device.line, 'lines')) return;
  const line = byId(check, 'lines', device.line);
  if (!line?.protocol) return;
  const wire = wireOf[line.protocol];
  if (profile && profile.wire.protocol !== wire) {
    const at: Path = [...path, 'line'];
    check.source.refuse(at, otherProtocol(check.source.found(at), line.protocol, profile.id, profile.wire.protocol));
    return;
  }
  if (wire === 'modbus') checkModbus(check, path, device, line, taken);
  else if (wire === 'mqtt') checkMqtt(check, path, device, line, taken);
  else if (wire === 'http-stream') checkStream(check, path, device, taken);
  else checkOnvif(check, path, device, line, taken);
}
