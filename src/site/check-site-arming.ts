/**
 * What the parts about arming say about each other: zones and their areas, ways in, windows, wires, and a calendar in which
 * every day counts as one thing. It must never change anything, nor judge the shape of a single field.
 */

import { wrongLimits } from '../core/arming/tuning.ts';
import { defaultLimits } from '../core/fence/signal-types.ts';
import { blindLimits, looseLimits, passedBound } from '../core/site/limit-bounds.ts';
import type { SignalLimits } from '../core/types.ts';
import { configuredBlind, configuredLoose } from '../words/screens/limit-words.ts';
import { ownThings } from '../words/site/config-part-words.ts';
import { foundExpected } from '../words/site/config-shape-words.ts';
import {
  beforeItBegins,
  daysTwice,
  endsAsItBegins,
  entryWords,
  exceptionTwice,
  limitsContradict,
  nobodyComesIn,
  noWires,
  scheduleOfArea,
  stayNeedsArea,
  zoneOfArea,
  zoneOnItsOwn,
} from '../words/site/config-watch-words.ts';
import { wiredChannels } from './compile-arming.ts';
import { given } from './parts/compile-parts.ts';
import { dayNumber } from './parts/schema-parts.ts';
import { byId, type ConfigCheck, entries, type ListEntry, mustDiffer, mustExist, type Partly } from './references.ts';
import type { SiteFile } from './site-schema.ts';
import type { Path } from './yaml-text.ts';

/** Reports in which zones, areas, schedules and the calendar disagree. */
export function checkArming(check: ConfigCheck): void {
  const areas = checkAreas(check);
  const wired = checkWires(check);
  const areasKnown = (check.file.areas ?? []).every((one) => one?.zones?.every((id) => byId(check, 'zones', id)));
  const modelsKnown = (check.file.devices ?? []).every((device) => check.profiles.has(device?.profile ?? ''));
  for (const [i, zone] of entries(check, 'zones')) {
    checkZone(check, ['zones', i], zone, areas.get(zone.id ?? ''), areasKnown);
    if (zone.signal) checkSignal(check, ['zones', i, 'signal'], zone, modelsKnown ? wired : undefined);
  }
  checkStayWindows(check);
  checkEmptyWindows(check);
  checkCalendar(check);
}

/** The area of each zone, by the zone's id. */
function checkAreas(check: ConfigCheck): ReadonlyMap<string, ListEntry<'areas'>> {
  const taken = new Map<string, Path>();
  const areas = new Map<string, ListEntry<'areas'>>();
  for (const [i, area] of entries(check, 'areas')) {
    const path: Path = ['areas', i];
    mustExist(check, [...path, 'schedule'], area.schedule, 'schedules');
    for (const [n, zone] of (area.zones ?? []).entries()) {
      const at: Path = [...path, 'zones', n];
      if (!mustExist(check, at, zone, 'zones')) continue;
      mustDiffer(check, taken, at, zone, ownThings.zone);
      if (zone !== undefined && !areas.has(zone)) areas.set(zone, area);
    }
    const staying = new Map<string, Path>();
    for (const [n, zone] of (area.stay ?? []).entries()) {
      const at: Path = [...path, 'stay', n];
      mustDiffer(check, staying, at, zone, ownThings.stay);
      if (!mustExist(check, at, zone, 'zones') || area.zones?.includes(zone)) continue;
      check.source.refuse(at, foundExpected(check.source.found(at), zoneOfArea));
    }
    checkEntry(check, path, area);
  }
  return areas;
}

function checkEntry(check: ConfigCheck, path: Path, area: ListEntry<'areas'>): void {
  const zones = area.zones?.map((id) => byId(check, 'zones', id));
  const known = zones?.every((zone) => zone);
  if (!area.entrySec || !known || zones?.some((zone) => zone?.entry)) return;
  const at: Path = [...path, 'entrySec'];
  check.source.refuse(at, nobodyComesIn(check.source.found(at)));
}

function checkZone(
  check: ConfigCheck,
  path: Path,
  zone: ListEntry<'zones'>,
  area: ListEntry<'areas'> | undefined,
  areasKnown: boolean,
): void {
  if (area && zone.schedule !== undefined) {
    const at: Path = [...path, 'schedule'];
    check.source.refuse(at, scheduleOfArea, 'key');
  }
  if (!area && (check.file.areas ?? []).length > 0 && zone.schedule === undefined && !zone.always) {
    check.source.warn([...path, 'id'], zoneOnItsOwn(check.source.found([...path, 'id'])));
  }
  if (!zone.entry) return;
  const at: Path = [...path, 'entry'];
  if (zone.always) check.source.refuse(at, entryWords.always);
  else if (!area && areasKnown) check.source.refuse(at, entryWords.noArea);
  else if (area && !area.entrySec && !check.source.has([...pathOf(check, area), 'entrySec'])) {
    check.source.refuse(at, entryWords.noDelay);
  }
}

function pathOf(check: ConfigCheck, area: ListEntry<'areas'>): Path {
  return ['areas', (check.file.areas ?? []).indexOf(area)];
}

/** The zones that have wires; those of one zone come from one device, or nobody could tell them apart. */
function checkWires(check: ConfigCheck): ReadonlySet<string> {
  const holders = new Map<string, Path>();
  for (const [i, device] of entries(check, 'devices')) {
    const model = check.profiles.get(device.profile ?? '');
    const wired = model ? wiredChannels(model) : new Set<string>();
    for (const [channel, zone] of Object.entries(device.zones ?? {})) {
      if (typeof zone !== 'string' || !wired.has(channel)) continue;
      mustDiffer(check, holders, ['devices', i, 'zones', channel], zone, ownThings.wires);
    }
  }
  return new Set(holders.keys());
}

/** `wired`: the zones that have wires; undefined while the model of a device is unknown, which may have them. */
function checkSignal(
  check: ConfigCheck,
  path: Path,
  zone: ListEntry<'zones'>,
  wired: ReadonlySet<string> | undefined,
): void {
  if (zone.id !== undefined && wired && !wired.has(zone.id)) {
    check.source.refuse(path, noWires, 'key');
    return;
  }
  const limits = { ...defaultLimits, ...given(zone.signal ?? {}) } as SignalLimits;
  const wrong = wrongLimits(limits);
  if (wrong.length > 0) check.source.refuse(path, limitsContradict(wrong), 'key');
  else warnOfLoose(check, path, limits);
}

/** Wild limits do not keep a gateway from starting: a zone that sees little is better than none. They are said instead. */
function warnOfLoose(check: ConfigCheck, path: Path, limits: SignalLimits): void {
  const blind = blindLimits(limits);
  const loose = looseLimits(limits).filter((name) => !blind.includes(name));
  if (blind.length > 0)
    check.source.warn(path, configuredBlind(blind.map((name) => passedBound(limits, name, 'seeing'))));
  if (loose.length > 0)
    check.source.warn(path, configuredLoose(loose.map((name) => passedBound(limits, name, 'usual'))));
}

/** A window that ends when it begins: nobody can tell whether a day or nothing is meant. */
function checkEmptyWindows(check: ConfigCheck): void {
  for (const [i, schedule] of entries(check, 'schedules')) {
    for (const list of ['armed', 'holiday'] as const) {
      for (const [n, window] of (schedule[list] ?? []).entries()) {
        if (window?.from === undefined || window.from !== window.to) continue;
        const at: Path = ['schedules', i, list, n, 'to'];
        check.source.refuse(at, endsAsItBegins(check.source.found(at)));
      }
    }
  }
}

/** A window that sets an area to stay means nothing to a zone alone. */
function checkStayWindows(check: ConfigCheck): void {
  const areas = check.file.areas ?? [];
  const complete = areas.every((area, i) => {
    return byId(check, 'schedules', area?.schedule) || !check.source.has(['areas', i, 'schedule']);
  });
  const followed = new Set(areas.map((area) => area?.schedule));
  for (const [i, schedule] of entries(check, 'schedules')) {
    if (!complete || schedule.id === undefined || followed.has(schedule.id)) continue;
    for (const list of ['armed', 'holiday'] as const) {
      for (const [n, window] of (schedule[list] ?? []).entries()) {
        if (window?.mode !== 'stay') continue;
        const at: Path = ['schedules', i, list, n, 'mode'];
        check.source.refuse(at, stayNeedsArea);
      }
    }
  }
}

type TermEntry = Partly<SiteFile['calendar']['terms'][number]>;

function checkCalendar(check: ConfigCheck): void {
  const { terms = [], holidays = [], exceptions = [] } = check.file.calendar ?? {};
  checkSpans(check, 'terms', terms);
  checkSpans(check, 'holidays', holidays);
  const days = new Map<string, number>();
  for (const [n, exception] of exceptions.entries()) {
    if (exception?.on === undefined) continue;
    const first = days.get(exception.on);
    const at: Path = ['calendar', 'exceptions', n, 'on'];
    if (first === undefined) days.set(exception.on, n);
    else check.source.refuse(at, exceptionTwice(check.source.found(at), first + 1));
  }
}

/** Spans that end before they begin, or share a day with another of their list. */
function checkSpans(check: ConfigCheck, list: 'terms' | 'holidays', spans: readonly (TermEntry | undefined)[]): void {
  const seen: { readonly from: number; readonly to: number; readonly n: number }[] = [];
  for (const [n, span] of spans.entries()) {
    const from = dayNumber(span?.from ?? '');
    const to = dayNumber(span?.to ?? span?.from ?? '');
    if (from === undefined || to === undefined) continue;
    const path: Path = ['calendar', list, n];
    if (to < from) {
      const at: Path = [...path, 'to'];
      check.source.refuse(at, beforeItBegins(check.source.found(at)));
      continue;
    }
    const other = seen.find((one) => from <= one.to && one.from <= to);
    if (other) {
      const at: Path = [...path, 'from'];
      check.source.refuse(at, daysTwice(other.n + 1));
    }
    seen.push({ from, to, n });
  }
}
