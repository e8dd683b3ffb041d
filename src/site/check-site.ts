/**
 * What one part of a configuration says about another: references, duplicates, devices that do not fit their line, labels
 * that do not fit the wall. It sees every part that has the right shape, so that one bad entry does not hide the rest.
 * It must never change anything, and never judge the shape of a single field; that is the schema's.
 */

import { zoneTitle } from '../words/trade-words.ts';
import { untranslated } from '../words/words.ts';
import { checkDevice } from './check-device.ts';
import { checkArming } from './check-site-arming.ts';
import { checkHandling } from './check-site-handling.ts';
import { checkNet } from './check-site-net.ts';
import { checkPosts } from './check-site-post.ts';
import { compileCalendar } from './compile-arming.ts';
import {
  type ConfigCheck,
  entries,
  hint,
  type ListEntry,
  labelWidth,
  modelOf,
  mustBeFamily,
  mustBeOnMap,
  mustDiffer,
  mustExist,
  mustFitWall,
} from './references.ts';
import { checkRoster } from './roster/check-roster.ts';
import { calendar as calendarSchema } from './schema-arming.ts';
import { listNames } from './site-schema.ts';
import type { Path } from './yaml-text.ts';

/** Longest school name in the wall's header, in Chinese characters (design of the wall, 2.3). */
const schoolShortMax = 6;

function checkUnique(check: ConfigCheck): void {
  for (const list of listNames) {
    const seen = new Map<string, Path>();
    for (const [i, entry] of entries(check, list)) mustDiffer(check, seen, [list, i, 'id'], entry.id, 'the id');
  }
  const numbers = new Map<string, Path>();
  for (const [i, zone] of entries(check, 'zones')) {
    mustDiffer(check, numbers, ['zones', i, 'number'], zone.number?.toString(), 'the zone number');
  }
  const cards = new Map<string, Path>();
  for (const [i, person] of entries(check, 'people')) {
    mustDiffer(check, cards, ['people', i, 'card'], person.card, 'the card');
    for (const [n, card] of (person.cards ?? []).entries())
      mustDiffer(check, cards, ['people', i, 'cards', n], card, 'the card');
  }
}

function checkLines(check: ConfigCheck): void {
  const devices = check.file.devices ?? [];
  for (const [i, line] of entries(check, 'lines')) {
    const path: Path = ['lines', i];
    if (line.protocol === 'onvif' && line.id !== undefined) {
      const served = devices.filter((device) => device?.line === line.id).length;
      const complete = devices.every((device) => device?.line !== undefined);
      if (served > 1 || (served === 0 && complete)) {
        check.source.refuse(
          [...path, 'id'],
          `${served} devices are on this ONVIF line; expected exactly one, a camera has a line of its own`,
        );
      }
    }
    if (
      line.protocol === 'mqtt-broker' &&
      check.source.has([...path, 'tls']) !== check.source.has([...path, 'tlsPort'])
    ) {
      const [there, absent] = check.source.has([...path, 'tls']) ? ['tls', 'tlsPort'] : ['tlsPort', 'tls'];
      check.source.refuse([...path, there], `${there} is written without ${absent}; expected both or neither`);
    }
  }
}

function checkSiren(check: ConfigCheck, path: Path, siren: NonNullable<ListEntry<'zones'>['siren']>): void {
  if (!mustExist(check, [...path, 'device'], siren.device, 'devices') || siren.point === undefined) return;
  const points = modelOf(check, siren.device ?? '')?.points;
  const outputs = points?.filter((point) => point.writable && point.type === 'boolean').map((point) => point.key);
  if (!outputs || outputs.includes(siren.point)) return;
  const at: Path = [...path, 'point'];
  const more = hint(check, at, siren.point, outputs);
  check.source.refuse(at, `found ${check.source.found(at)}, expected an on/off output of the device${more}`);
}

function checkZones(check: ConfigCheck): void {
  const devices = check.file.devices ?? [];
  const watched = new Set<unknown>(devices.flatMap((device) => Object.values(device?.zones ?? {})));
  const devicesComplete = devices.every((device) => device);
  for (const [i, zone] of entries(check, 'zones')) {
    const path: Path = ['zones', i];
    mustExist(check, [...path, 'schedule'], zone.schedule, 'schedules');
    mustBeFamily(check, [...path, 'camera'], zone.camera, 'camera');
    mustBeFamily(check, [...path, 'reader'], zone.reader, 'reader');
    for (const [n, at] of (zone.path ?? []).entries()) mustBeOnMap(check, [...path, 'path', n], at);
    mustFitWall(
      check,
      [...path, 'title', 'zh'],
      zone.title?.zh,
      zoneTitle(zone.number ?? 1, untranslated('')).zh,
      'device',
    );
    if (devicesComplete && zone.id !== undefined && !watched.has(zone.id)) {
      const at: Path = [...path, 'id'];
      check.source.refuse(at, `no device watches zone ${check.source.found(at)}; name it under a device's zones`);
    }
    if (zone.siren) checkSiren(check, [...path, 'siren'], zone.siren);
  }
}

/** A chip hangs in one place: wherever it is named, it stands for the same reader. */
function mustBeOneReader(
  check: ConfigCheck,
  path: Path,
  { chip, reader }: { readonly chip?: string | undefined; readonly reader?: string | undefined },
  chips: Map<string, string | undefined>,
): void {
  if (chip === undefined) return;
  const number = chip.toUpperCase();
  if (chips.has(number) && chips.get(number) !== reader) {
    check.source.refuse(path, `the chip ${check.source.found(path)} stands for another reader on a route above`);
  }
  chips.set(number, reader);
}

/** The points of one route: their readers, labels and times. */
function checkCheckpoints(
  check: ConfigCheck,
  route: ListEntry<'routes'>,
  path: Path,
  chips: Map<string, string | undefined>,
): void {
  const seen = new Set<string>();
  let planned = 0;
  for (const [n, point] of (route.checkpoints ?? []).entries()) {
    if (!point) continue;
    const at = (key: string): Path => [...path, 'checkpoints', n, key];
    if (point.id !== undefined && seen.has(point.id)) {
      check.source.refuse(at('id'), `the id ${check.source.found(at('id'))} is taken already on this route`);
    }
    if (point.id !== undefined) seen.add(point.id);
    mustBeFamily(check, at('reader'), point.reader, 'reader');
    if (point.reader === undefined && point.chip === undefined) {
      check.source.refuse(
        [...path, 'checkpoints', n],
        'expected a reader, or a chip where a baton is held to one: else nothing tells that anybody was there',
      );
    }
    mustBeOneReader(check, at('chip'), point, chips);
    if (point.camera !== undefined) mustBeFamily(check, at('camera'), point.camera, 'camera');
    mustHaveWindow(check, route, point, [...path, 'checkpoints', n]);
    mustBeOnMap(check, at('at'), point.at);
    mustFitWall(check, [...at('title'), 'zh'], point.title?.zh, `${route.title?.zh ?? ''} `, 'patrol');
    const { afterMin = planned, lateMin = route.usual?.lateMin, missMin = route.usual?.missMin } = point;
    if (route.ordered && afterMin < planned) {
      check.source.refuse(
        at('afterMin'),
        `found ${check.source.found(at('afterMin'))}, expected at least ${planned}, when the point before it is planned: the route is ordered`,
      );
    }
    planned = afterMin;
    if (point.mostMin !== undefined && point.mostMin < (point.leastMin ?? 0)) {
      check.source.refuse(
        at('mostMin'),
        `found ${check.source.found(at('mostMin'))}, expected at least leastMin, ${point.leastMin}: nobody walks the leg in less`,
      );
    }
    if (missMin !== undefined && lateMin !== undefined && missMin < lateMin) {
      check.source.refuse(
        at('missMin'),
        `found ${check.source.found(at('missMin'))}, expected at least lateMin, ${lateMin}: a point is late before it is missed`,
      );
    }
  }
}

/** Without a window a checkpoint would be missed the moment it is planned: what the point does not say, its route does. */
function mustHaveWindow(
  check: ConfigCheck,
  route: ListEntry<'routes'>,
  point: NonNullable<NonNullable<ListEntry<'routes'>['checkpoints']>[number]>,
  path: Path,
): void {
  for (const key of ['earlyMin', 'lateMin', 'missMin'] as const) {
    if (point[key] === undefined && route.usual?.[key] === undefined)
      check.source.refuse([...path, key], 'is missing: give it here, or for all of the route under usual');
  }
}

function checkRoutes(check: ConfigCheck): void {
  const chips = new Map<string, string | undefined>();
  for (const [i, route] of entries(check, 'routes')) {
    checkCheckpoints(check, route, ['routes', i], chips);
    for (const [n, round] of (route.rounds ?? []).entries()) {
      const at = (key: string): Path => ['routes', i, 'rounds', n, key];
      mustExist(check, at('person'), round?.person, 'people');
      mustExist(check, at('second'), round?.second, 'people');
      if (round?.second !== undefined && (round.person === undefined || round.person === round.second))
        check.source.refuse(at('second'), 'expected another than person, and person to be given');
      if (round?.from !== undefined && round.to !== undefined && round.to < round.from)
        check.source.refuse(at('to'), `found ${check.source.found(at('to'))}, expected no day before from`);
    }
  }
}

function checkOnDuty(check: ConfigCheck): void {
  const calendar = calendarSchema.safeParse(check.file.calendar ?? {});
  checkRoster(check, {
    mustBePerson: (path, id) => void mustExist(check, path, id, 'people'),
    hint: (path, word, right) => hint(check, path, word, right),
    calendar: calendar.success ? compileCalendar(calendar.data) : undefined,
  });
}

/** Reports everything in which the parts disagree. */
export function crossCheck(check: ConfigCheck): void {
  const short = check.file.school?.short;
  if (short !== undefined && labelWidth(short) > schoolShortMax) {
    const path: Path = ['school', 'short'];
    check.source.refuse(
      path,
      `found ${check.source.found(path)}, ${labelWidth(short)} Chinese characters wide; expected at most ${schoolShortMax}, the room in the wall's header`,
    );
  }
  checkUnique(check);
  checkLines(check);
  const taken = new Map<string, Path>();
  for (const [i, device] of entries(check, 'devices')) checkDevice(check, ['devices', i], device, taken);
  checkZones(check);
  checkArming(check);
  checkRoutes(check);
  checkPosts(check);
  checkOnDuty(check);
  checkHandling(check);
  checkNet(check);
}
