/**
 * Zones, areas, schedules and the calendar as core knows them. Pure; the file has passed every check before.
 */
import { defaultLimits } from '../core/fence/signal-types.ts';
import type { Area, Calendar, DaySpan, Schedule, SignalLimits, Window, Zone } from '../core/types.ts';
import type { Profile } from '../profile/profile.ts';
import { dayNumbers, given, minuteOf } from './parts/compile-parts.ts';
import { dayNames, dayNumber } from './parts/schema-parts.ts';
import type { SiteFile } from './site-schema.ts';

const seconds = (count: number): number => Math.round(count * 1_000);

/** Channels of a model that have tension wires the gateway itself can judge: those that tell newtons. */
export function wiredChannels(profile: Profile): ReadonlySet<string> {
  const wires = profile.points.filter(({ quantity, unit }) => quantity === 'tension' && unit === 'N');
  return new Set(wires.flatMap(({ channel }) => (channel === undefined ? [] : [channel])));
}

/** The zones that have tension wires. */
export function wiredZones(devices: SiteFile['devices'], profiles: ReadonlyMap<string, Profile>): ReadonlySet<string> {
  const zones = new Set<string>();
  for (const device of devices) {
    const profile = profiles.get(device.profile);
    const wired = profile ? wiredChannels(profile) : new Set<string>();
    for (const [channel, zone] of Object.entries(device.zones ?? {})) {
      if (zone !== false && wired.has(channel)) zones.add(zone);
    }
  }
  return zones;
}

/** A zone; where it has wires, with the limits they are judged by. */
export function compileZone({ signal, ...zone }: SiteFile['zones'][number], wired: ReadonlySet<string>): Zone {
  const limits: SignalLimits = { ...defaultLimits, ...given(signal ?? {}) };
  return { ...given(zone), ...(wired.has(zone.id) && { signal: limits }) };
}

export function compileArea({ entrySec, exitSec, stay, ...area }: SiteFile['areas'][number]): Area {
  return { ...given(area), stay: stay ?? area.zones, entryMs: seconds(entrySec), exitMs: seconds(exitSec) };
}

function compileWindow({ days, from, to, mode }: SiteFile['schedules'][number]['armed'][number]): Window {
  return {
    days: dayNumbers(days),
    from: minuteOf(from),
    // 24:00 is the next day's 00:00, and an end not after its start runs into the next day.
    to: minuteOf(to) % 1440,
    ...(mode === 'stay' && { mode }),
  };
}

export function compileSchedule({ id, armed, holiday }: SiteFile['schedules'][number]): Schedule {
  return { id, armed: armed.map(compileWindow), ...(holiday && { holiday: holiday.map(compileWindow) }) };
}

type SpanPart = SiteFile['calendar']['terms'][number];

const day = (date: string): number => dayNumber(date) ?? 0;

function compileSpan({ title, from, to = from }: SpanPart): DaySpan {
  return { from: day(from), to: day(to), title };
}

export function compileCalendar({ terms, holidays, exceptions }: SiteFile['calendar']): Calendar {
  return {
    terms: terms.map(compileSpan),
    holidays: holidays.map(compileSpan),
    exceptions: exceptions.map(({ title, on, as }) => ({
      title,
      day: day(on),
      as: as === 'holiday' ? as : dayNames.indexOf(as),
    })),
  };
}
