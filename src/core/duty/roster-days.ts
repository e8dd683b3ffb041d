/**
 * When the shifts of a roster are, from the configuration alone: which are held on a local day, from when to when, and whom the
 * turns name for them. It must never ask what people changed; nothing that is asked here moves a span.
 */
import { dayKind, localDay, timeOf, weekday } from '../site/calendar.ts';
import type { DutyShift, Roster, RosterDays, ShiftTurn, Site, TemporaryRoster, Time } from '../types.ts';

/** What of a site the roster goes by. */
export type RosterGround = Pick<Site, 'calendar' | 'utcOffsetMin' | 'roster'>;

/** One shift of one day. */
export interface ShiftDay {
  readonly shift: DutyShift;
  /** The local day it begins on, days since 1970-01-01. */
  readonly day: number;
  readonly from: Time;
  /** It is over then; the next may begin. */
  readonly until: Time;
}

/** Names a shift of a day, in State, in commands and in what is said of it: `night/20786`. */
export const shiftDayId = (shift: string, day: number): string => `${shift}/${day}`;

function speaksOf({ days, only }: RosterDays, { calendar }: RosterGround, day: number): boolean {
  const { as } = dayKind(calendar, day);
  if (as === 'holiday') return only !== 'term' && days.includes(weekday(day));
  return only !== 'holiday' && days.includes(as);
}

/** A shift as it is on a day it is held on. */
export function spanOn({ from, until }: DutyShift, day: number, utcOffsetMin: number): { from: Time; until: Time } {
  return { from: timeOf(day, from, utcOffsetMin), until: timeOf(until <= from ? day + 1 : day, until, utcOffsetMin) };
}

/** The shifts that begin on a local day, by when they begin. */
export function shiftsOn(site: RosterGround, day: number): ShiftDay[] {
  return Object.values(site.roster?.shifts ?? {})
    .filter((shift) => speaksOf(shift, site, day))
    .map((shift) => ({ shift, day, ...spanOn(shift, day, site.utcOffsetMin) }))
    .sort((a, b) => a.from - b.from || (a.shift.id < b.shift.id ? -1 : 1));
}

/** The shifts that run at a moment; one that began yesterday may still. */
export function shiftsAt(site: RosterGround, at: Time): ShiftDay[] {
  const today = localDay(at, site.utcOffsetMin);
  return [...shiftsOn(site, today - 1), ...shiftsOn(site, today)].filter(({ from, until }) => from <= at && at < until);
}

/** The temporary roster a day belongs to. */
export function temporaryOn({ roster }: RosterGround, day: number): TemporaryRoster | undefined {
  return roster?.temporary.find(({ from, to }) => from <= day && day <= to);
}

/** The turns that count for a shift on a day: the temporary ones before the usual. */
function turnsFor(site: RosterGround, { turns }: Roster, shift: string, day: number): readonly ShiftTurn[] {
  const ofShift = (one: ShiftTurn) => one.shift === shift;
  const temporary = temporaryOn(site, day);
  const own = temporary?.turns.filter(ofShift) ?? [];
  if (own.length > 0) return own;
  return temporary?.otherwise === 'nobody' ? [] : turns.filter(ofShift);
}

/** Whose turn it is on a day. The order has no beginning and no end: before the anchor it runs backwards. */
function groupOn({ order, anchor, eachDays }: ShiftTurn, day: number): readonly string[] {
  const nth = Math.floor((day - anchor) / eachDays) % order.length;
  return order[nth < 0 ? nth + order.length : nth] ?? [];
}

/** Whom the turns name for a shift of a day, turn after turn, as they are written. */
export function namedFor(site: RosterGround, shift: string, day: number): string[] {
  if (!site.roster) return [];
  return turnsFor(site, site.roster, shift, day)
    .filter((turn) => speaksOf(turn, site, day))
    .flatMap((turn) => groupOn(turn, day));
}

/** Who has a shift of a day by the turns, each once; those who are known no more are left out. */
export function plannedCrew(site: RosterGround & Pick<Site, 'people'>, shift: string, day: number): string[] {
  return [...new Set(namedFor(site, shift, day))].filter((person) => Object.hasOwn(site.people, person));
}
