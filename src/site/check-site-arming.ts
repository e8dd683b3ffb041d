/**
 * What the parts about arming say about each other: zones and their areas, ways in, windows, wires, and a calendar in which
 * every day counts as one thing. It must never change anything, nor judge the shape of a single field.
 */

import { wrongLimits } from '../core/arming/tuning.ts';
import { defaultLimits } from '../core/fence/signal-types.ts';
import { blindLimits, looseLimits, passedBound } from '../core/site/limit-bounds.ts';
import type { SignalLimits } from '../core/types.ts';
import { configuredBlind, configuredLoose } from '../words/screens/limit-words.ts';
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
  for (const [i, zone] of entries(check, 'zones')) {
    checkZone(check, ['zones', i], zone, areas.get(zone.id ?? ''));
    if (zone.signal) checkSignal(check, ['zones', i, 'signal'], zone, wired);
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
      mustDiffer(check, taken, at, zone, 'a zone belongs to one area;');
      if (zone !== undefined && !areas.has(zone)) areas.set(zone, area);
    }
    const staying = new Map<string, Path>();
    for (const [n, zone] of (area.stay ?? []).entries()) {
      const at: Path = [...path, 'stay', n];
      mustDiffer(check, staying, at, zone, 'written once is enough;');
      if (!mustExist(check, at, zone, 'zones') || area.zones?.includes(zone)) continue;
      check.source.refuse(at, `found ${check.source.found(at)}, expected one of the zones of this area`);
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
  check.source.refuse(
    at,
    `found ${check.source.found(at)}, but nobody comes in by any of its zones; write "entry: true" at the one on the way in`,
  );
}

function checkZone(
  check: ConfigCheck,
  path: Path,
  zone: ListEntry<'zones'>,
  area: ListEntry<'areas'> | undefined,
): void {
  if (area && zone.schedule !== undefined) {
    const at: Path = [...path, 'schedule'];
    check.source.refuse(at, 'the zone belongs to an area, whose schedule counts; move it there or remove it', 'key');
  }
  if (!area && (check.file.areas ?? []).length > 0 && zone.schedule === undefined && !zone.always) {
    const found = check.source.found([...path, 'id']);
    check.source.warn(
      [...path, 'id'],
      `zone ${found} is in no area and follows no schedule: nobody sets it with the others`,
    );
  }
  if (!zone.entry) return;
  const at: Path = [...path, 'entry'];
  const complete = (check.file.areas ?? []).every((one) => one?.zones?.every((id) => byId(check, 'zones', id)));
  if (zone.always) check.source.refuse(at, 'a 24-hour zone waits for nobody; remove entry or always');
  else if (!area && complete) check.source.refuse(at, 'the zone is in no area, so there is no entry delay to wait for');
  else if (area && !area.entrySec && !check.source.has([...pathOf(check, area), 'entrySec'])) {
    check.source.refuse(at, 'the area of the zone has no entrySec, so there is no entry delay to wait for');
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
      mustDiffer(
        check,
        holders,
        ['devices', i, 'zones', channel],
        zone,
        'the wires of a zone come from one device; zone',
      );
    }
  }
  return new Set(holders.keys());
}

function checkSignal(check: ConfigCheck, path: Path, zone: ListEntry<'zones'>, wired: ReadonlySet<string>): void {
  const complete = (check.file.devices ?? []).every((device) => check.profiles.has(device?.profile ?? ''));
  if (zone.id !== undefined && complete && !wired.has(zone.id)) {
    check.source.refuse(path, 'no device reads tension wires of this zone in N, so there is nothing to judge', 'key');
    return;
  }
  const limits = { ...defaultLimits, ...given(zone.signal ?? {}) } as SignalLimits;
  const wrong = wrongLimits(limits);
  if (wrong.length > 0)
    check.source.refuse(path, `these limits contradict each other, some as usual: ${wrong.join(', ')}`, 'key');
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
        const found = check.source.found(at);
        check.source.refuse(
          at,
          `found ${found}, when it begins as well; for a whole day write from "00:00" to "24:00"`,
        );
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
        check.source.refuse(at, 'no area follows this schedule, and only an area can be set to stay; remove mode');
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
    else check.source.refuse(at, `${check.source.found(at)} is an exception already, by entry ${first + 1}`);
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
      check.source.refuse(at, `found ${check.source.found(at)}, which is before it begins`);
      continue;
    }
    const other = seen.find((one) => from <= one.to && one.from <= to);
    if (other) {
      const at: Path = [...path, 'from'];
      check.source.refuse(at, `some of these days are in entry ${other.n + 1} already; expected each day once`);
    }
    seen.push({ from, to, n });
  }
}
