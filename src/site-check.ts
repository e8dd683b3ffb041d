/**
 * What one part of a configuration says about another: references, duplicates, devices that do not fit their line, labels
 * that do not fit the wall. It sees every part that has the right shape, so that one bad entry does not hide the rest.
 * It must never change anything, and never judge the shape of a single field; that is the schema's.
 */
import { checkDevice } from './site-device.ts';
import {
  byId,
  type Check,
  entries,
  hint,
  labelWidth,
  mustBeFamily,
  mustBeOnMap,
  mustDiffer,
  mustExist,
  mustFitWall,
  noun,
} from './site-references.ts';
import type { ListName } from './site-schema.ts';
import type { Path } from './site-text.ts';

/** Longest school name in the wall's header, in Chinese characters (design of the wall, 2.3). */
const schoolShortMax = 6;

function checkUnique(check: Check): void {
  for (const list of Object.keys(noun) as ListName[]) {
    const seen = new Map<string, Path>();
    for (const [i, entry] of entries(check, list)) mustDiffer(check, seen, [list, i, 'id'], entry.id, 'the id');
  }
  const numbers = new Map<string, Path>();
  for (const [i, zone] of entries(check, 'zones')) {
    mustDiffer(check, numbers, ['zones', i, 'number'], String(zone.number), 'the zone number');
  }
  const cards = new Map<string, Path>();
  for (const [i, person] of entries(check, 'people')) {
    if (person.card !== undefined) mustDiffer(check, cards, ['people', i, 'card'], person.card, 'the card');
  }
}

function checkLines(check: Check): void {
  for (const [i, line] of entries(check, 'lines')) {
    const path: Path = ['lines', i];
    if (line.protocol === 'onvif') {
      const served = check.parts.devices.filter((device) => device?.line === line.id).length;
      const complete = check.parts.devices.every((device) => device);
      if (served > 1 || (served === 0 && complete)) {
        check.source.refuse(
          [...path, 'id'],
          `${served} devices are on this ONVIF line; expected exactly one, a camera has a line of its own`,
        );
      }
    }
    if (line.protocol === 'mqtt-broker' && (line.tls === undefined) !== (line.tlsPort === undefined)) {
      const [there, absent] = line.tls ? ['tls', 'tlsPort'] : ['tlsPort', 'tls'];
      check.source.refuse([...path, there], `${there} is written without ${absent}; expected both or neither`);
    }
  }
}

function checkZones(check: Check): void {
  const watched = new Set(check.parts.devices.flatMap((device) => Object.values(device?.zones ?? {})));
  const devicesComplete = check.parts.devices.every((device) => device);
  for (const [i, zone] of entries(check, 'zones')) {
    const path: Path = ['zones', i];
    if (zone.schedule !== undefined) mustExist(check, [...path, 'schedule'], zone.schedule, 'schedules');
    if (zone.camera !== undefined) mustBeFamily(check, [...path, 'camera'], zone.camera, 'camera');
    for (const [n, at] of zone.path.entries()) mustBeOnMap(check, [...path, 'path', n], at);
    mustFitWall(check, [...path, 'title', 'zh'], zone.title.zh, `${zone.number}区 `);
    if (devicesComplete && !watched.has(zone.id)) {
      check.source.refuse(
        [...path, 'id'],
        `no device watches zone ${check.source.found([...path, 'id'])}; name it under a device's zones`,
      );
    }
    if (!zone.siren || !mustExist(check, [...path, 'siren', 'device'], zone.siren.device, 'devices')) continue;
    const profile = check.profiles.get(byId(check, 'devices', zone.siren.device)?.profile ?? '');
    const outputs = profile?.points
      .filter((point) => point.writable && point.type === 'boolean')
      .map((point) => point.key);
    if (!outputs || outputs.includes(zone.siren.point)) continue;
    const at: Path = [...path, 'siren', 'point'];
    const more = hint(check, at, zone.siren.point, outputs);
    check.source.refuse(at, `found ${check.source.found(at)}, expected an on/off output of the device${more}`);
  }
}

function checkRoutes(check: Check): void {
  for (const [i, route] of entries(check, 'routes')) {
    const seen = new Map<string, Path>();
    let planned = 0;
    for (const [n, point] of route.checkpoints.entries()) {
      const path: Path = ['routes', i, 'checkpoints', n];
      const idPath: Path = [...path, 'id'];
      if (seen.has(point.id))
        check.source.refuse(idPath, `the id ${check.source.found(idPath)} is taken already on this route`);
      seen.set(point.id, idPath);
      mustBeFamily(check, [...path, 'reader'], point.reader, 'reader');
      mustBeOnMap(check, [...path, 'at'], point.at);
      mustFitWall(check, [...path, 'title', 'zh'], point.title.zh, `${route.title.zh} `);
      if (route.ordered && point.afterMin < planned) {
        check.source.refuse(
          [...path, 'afterMin'],
          `found ${point.afterMin}, expected at least ${planned}: the route is ordered and the point before it is planned then`,
        );
      }
      planned = point.afterMin;
      if (point.missMin < point.lateMin) {
        check.source.refuse(
          [...path, 'missMin'],
          `found ${point.missMin}, expected at least lateMin, ${point.lateMin}: a point is late before it is missed`,
        );
      }
    }
    for (const [n, round] of route.rounds.entries()) {
      if (round.person !== undefined) mustExist(check, ['routes', i, 'rounds', n, 'person'], round.person, 'people');
    }
  }
}

/** Reports everything in which the parts disagree. */
export function crossCheck(check: Check): void {
  const school = check.parts.school;
  if (school && labelWidth(school.short) > schoolShortMax) {
    const path: Path = ['school', 'short'];
    check.source.refuse(
      path,
      `found ${check.source.found(path)}, ${labelWidth(school.short)} Chinese characters wide; expected at most ${schoolShortMax}, the room in the wall's header`,
    );
  }
  checkUnique(check);
  checkLines(check);
  const taken = new Map<string, Path>();
  for (const [i, device] of entries(check, 'devices')) checkDevice(check, ['devices', i], device, taken);
  checkZones(check);
  checkRoutes(check);
}
