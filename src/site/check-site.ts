/**
 * What one part of a configuration says about another: references, duplicates, devices that do not fit their line, labels
 * that do not fit the wall. It sees every part that has the right shape, so that one bad entry does not hide the rest.
 * It must never change anything, and never judge the shape of a single field; that is the schema's.
 */
import { labelWidth, schoolShortMax } from '../core/site/naming.ts';
import { brokerDeviceExpected } from '../words/camera/broker-words.ts';
import {
  afterPointBefore,
  checkpointNeedsReader,
  chipElsewhere,
  idOnRoute,
  legTooShort,
  missedBeforeLate,
  noDayBefore,
  nothingOnLine,
  oneWithoutOther,
  otherSecond,
  outputExpected,
  ownThings,
  shortTooWide,
  tooManyClips,
  windowMissing,
  zoneUnwatched,
} from '../words/site/config-part-words.ts';
import { followed, foundExpected } from '../words/site/config-shape-words.ts';
import { zoneTitle } from '../words/trade-words.ts';
import { untranslated } from '../words/words.ts';
import { checkCanteen } from './canteen/check-canteen.ts';
import { checkDevice } from './check-device.ts';
import { checkArming } from './check-site-arming.ts';
import { checkHandling } from './check-site-handling.ts';
import { checkNet } from './check-site-net.ts';
import { checkPosts } from './check-site-post.ts';
import { compileCalendar } from './compile-arming.ts';
import { checkDrill } from './drill/check-drill.ts';
import { checkKitchen } from './kitchen/check-kitchen.ts';
import {
  byId,
  type ConfigCheck,
  entries,
  hint,
  type ListEntry,
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

function checkUnique(check: ConfigCheck): void {
  for (const list of listNames) {
    const seen = new Map<string, Path>();
    for (const [i, entry] of entries(check, list)) mustDiffer(check, seen, [list, i, 'id'], entry.id, ownThings.id);
  }
  const numbers = new Map<string, Path>();
  for (const [i, zone] of entries(check, 'zones')) {
    mustDiffer(check, numbers, ['zones', i, 'number'], zone.number?.toString(), ownThings.zoneNumber);
  }
  const cards = new Map<string, Path>();
  for (const [i, person] of entries(check, 'people')) {
    mustDiffer(check, cards, ['people', i, 'card'], person.card, ownThings.card);
    for (const [n, card] of (person.cards ?? []).entries())
      mustDiffer(check, cards, ['people', i, 'cards', n], card, ownThings.card);
  }
}

function checkLines(check: ConfigCheck): void {
  const devices = check.file.devices ?? [];
  const served = new Set(devices.map((device) => device?.line));
  for (const [i, line] of entries(check, 'lines')) {
    const path: Path = ['lines', i];
    if ((line.protocol === 'onvif' || line.protocol === 'http-stream') && line.id !== undefined) {
      // Where a device has no line that can be read, it may be this one.
      if (!served.has(line.id) && !served.has(undefined))
        check.source.refuse([...path, 'id'], nothingOnLine(line.protocol === 'http-stream'));
    }
    if (line.protocol === 'onvif')
      checkEventBroker(check, [...path, 'eventBroker', 'device'], line.eventBroker?.device);
    if (
      line.protocol === 'mqtt-broker' &&
      check.source.has([...path, 'tls']) !== check.source.has([...path, 'tlsPort'])
    ) {
      const [there, absent] = check.source.has([...path, 'tls']) ? ['tls', 'tlsPort'] : ['tlsPort', 'tls'];
      check.source.refuse([...path, there], oneWithoutOther(there, absent));
    }
  }
}

/** Whoever publishes by himself does so as a device of the embedded broker, with a log-in of its own. */
function checkEventBroker(check: ConfigCheck, path: Path, id: string | undefined): void {
  if (!mustExist(check, path, id, 'devices')) return;
  const on = byId(check, 'lines', byId(check, 'devices', id)?.line);
  if (on && on.protocol !== 'mqtt-broker')
    check.source.refuse(path, foundExpected(check.source.found(path), brokerDeviceExpected));
}

function checkSiren(
  check: ConfigCheck,
  path: Path,
  siren: { readonly device?: string | undefined; readonly point?: string | undefined },
): void {
  if (!mustExist(check, [...path, 'device'], siren.device, 'devices') || siren.point === undefined) return;
  const points = modelOf(check, siren.device ?? '')?.points;
  const outputs = points?.filter((point) => point.writable && point.type === 'boolean').map((point) => point.key);
  if (!outputs || outputs.includes(siren.point)) return;
  const at: Path = [...path, 'point'];
  const more = hint(check, at, siren.point, outputs);
  check.source.refuse(at, followed(foundExpected(check.source.found(at), outputExpected), more));
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
      check.source.refuse(at, zoneUnwatched(check.source.found(at)));
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
    check.source.refuse(path, chipElsewhere(check.source.found(path)));
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
      check.source.refuse(at('id'), idOnRoute(check.source.found(at('id'))));
    }
    if (point.id !== undefined) seen.add(point.id);
    mustBeFamily(check, at('reader'), point.reader, 'reader');
    if (point.reader === undefined && point.chip === undefined) {
      check.source.refuse([...path, 'checkpoints', n], checkpointNeedsReader);
    }
    mustBeOneReader(check, at('chip'), point, chips);
    if (point.camera !== undefined) mustBeFamily(check, at('camera'), point.camera, 'camera');
    mustHaveWindow(check, route, point, [...path, 'checkpoints', n]);
    mustBeOnMap(check, at('at'), point.at);
    mustFitWall(check, [...at('title'), 'zh'], point.title?.zh, `${route.title?.zh ?? ''} `, 'patrol');
    const { afterMin = planned, lateMin = route.usual?.lateMin, missMin = route.usual?.missMin } = point;
    if (route.ordered && afterMin < planned) {
      check.source.refuse(at('afterMin'), afterPointBefore(check.source.found(at('afterMin')), planned));
    }
    planned = afterMin;
    if (point.mostMin !== undefined && point.mostMin < (point.leastMin ?? 0)) {
      check.source.refuse(at('mostMin'), legTooShort(check.source.found(at('mostMin')), point.leastMin));
    }
    if (missMin !== undefined && lateMin !== undefined && missMin < lateMin) {
      check.source.refuse(at('missMin'), missedBeforeLate(check.source.found(at('missMin')), lateMin));
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
      check.source.refuse([...path, key], windowMissing);
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
        check.source.refuse(at('second'), otherSecond);
      if (round?.from !== undefined && round.to !== undefined && round.to < round.from)
        check.source.refuse(at('to'), foundExpected(check.source.found(at('to')), noDayBefore));
    }
  }
}

function checkCameras(check: ConfigCheck): void {
  const { clips = [], most } = check.file.video ?? {};
  for (const [n, camera] of clips.entries()) mustBeFamily(check, ['video', 'clips', n], camera, 'camera');
  // Each plays all the time, and one place at least is for whoever looks.
  if (most !== undefined && clips.length > 0 && clips.length >= most)
    check.source.refuse(['video', 'clips'], tooManyClips(clips.length, most));
  const { off, areas } = check.file.cameras ?? {};
  for (const [n, camera] of (off ?? []).entries()) mustBeFamily(check, ['cameras', 'off', n], camera, 'camera');
  const [ids, taken] = [new Map<string, Path>(), new Map<string, Path>()];
  for (const [i, area] of (areas ?? []).entries()) {
    mustDiffer(check, ids, ['cameras', 'areas', i, 'id'], area?.id, ownThings.id);
    for (const [n, camera] of (area?.cameras ?? []).entries()) {
      mustBeFamily(check, ['cameras', 'areas', i, 'cameras', n], camera, 'camera');
      mustDiffer(check, taken, ['cameras', 'areas', i, 'cameras', n], camera, ownThings.camera);
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
    check.source.refuse(path, shortTooWide(check.source.found(path), labelWidth(short), schoolShortMax));
  }
  checkUnique(check);
  checkLines(check);
  const taken = new Map<string, Path>();
  for (const [i, device] of entries(check, 'devices')) checkDevice(check, ['devices', i], device, taken);
  checkZones(check);
  checkArming(check);
  checkCameras(check);
  checkRoutes(check);
  checkPosts(check);
  checkCanteen(check, { mustBeFamily, mustDiffer, mustExist });
  checkDrill(check, { mustBeFamily, checkSiren });
  checkKitchen(check, { mustBeFamily, mustDiffer, mustExist, modelOf });
  checkOnDuty(check);
  checkHandling(check);
  checkNet(check);
}
