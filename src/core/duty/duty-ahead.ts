/**
 * The duty roster as it stands and as it comes: who said that he is on duty now, which shift nobody has said so for, and the days ahead
 * with their gaps. It asks the same function as the wall and the chains do, so that what is foreseen is what will be.
 */
import { type DayKind, dayKind, localDay } from '../site/calendar.ts';
import { lookup } from '../site/lookup.ts';
import type { OnDuty, ReadOnly, ShiftChange, Site, State, Time } from '../types.ts';
import { crewBook, onShift, type RosterSaid } from './on-duty.ts';
import { type ShiftDay, shiftsAt, shiftsOn, temporaryOn } from './roster-days.ts';

/** So far ahead gaps are looked for; one within a week is a trouble on every page. Ours. */
export const aheadDays = 14;
export const toldAheadDays = 7;
/** So long after a shift began somebody has signed on, or it is said that nobody did; ours. */
export const signOnLateMs = 15 * 60_000;

/** What was said of shifts, and what of the ways to people was tried. */
type RosterKnown = RosterSaid & Pick<ReadOnly<State>, 'channelTests'>;
type RosterSeen = RosterSaid & Pick<ReadOnly<State>, 'since' | 'configuredAt'>;

/** A shift of a day with everybody in it. */
export interface ShiftAhead extends ShiftDay {
  readonly crew: readonly OnDuty[];
  /** How many people it lacks. */
  readonly lacking: number;
}

export interface RosterDay {
  readonly day: number;
  readonly kind: DayKind;
  /** The temporary roster it belongs to, by id. */
  readonly temporary?: string;
  readonly shifts: readonly ShiftAhead[];
}

/** Somebody in two shifts at the same time: a change was taken back, or the configuration was changed after it. */
export interface DoubleShift {
  readonly person: string;
  readonly one: ShiftAhead;
  readonly other: ShiftAhead;
}

export interface RosterAhead {
  readonly days: readonly RosterDay[];
  /** The shifts of yesterday, today and tomorrow: who goes, who is there, who comes. */
  readonly about: readonly ShiftAhead[];
  /** Shifts that lack people, soonest first. */
  readonly gaps: readonly ShiftAhead[];
  /** Covers and swaps of shifts to come that have no effect. */
  readonly idle: readonly ShiftChange[];
  readonly doubles: readonly DoubleShift[];
  /** People in these shifts who can be reached by nothing but a screen; none where the school reaches nobody beyond the screens. */
  readonly unreachable: readonly string[];
  /** People in these shifts who have a way, but of none has a test been said to have arrived with them. */
  readonly untested: readonly string[];
}

/** The local days from `first` on, each with its shifts and who is in them. */
export function rosterDays(site: Site, state: RosterSaid, first: number, count: number): RosterDay[] {
  const book = crewBook(site, state);
  return Array.from({ length: count }, (_, n) => first + n).map((day) => {
    const shifts = shiftsOn(site, day).map((one): ShiftAhead => {
      const crew = onShift(book, state, one);
      return { ...one, crew, lacking: Math.max(0, one.shift.persons - crew.length) };
    });
    const temporary = temporaryOn(site, day);
    return { day, kind: dayKind(site.calendar, day), ...(temporary && { temporary: temporary.id }), shifts };
  });
}

function doublesIn(shifts: readonly ShiftAhead[]): DoubleShift[] {
  return shifts.flatMap((other, n) =>
    shifts.slice(0, n).flatMap((one) => {
      if (one.until <= other.from || other.until <= one.from) return [];
      const both = other.crew.filter(({ person }) => one.crew.some((place) => place.person === person));
      return both.map(({ person }) => ({ person, one, other }));
    }),
  );
}

/** What is to be seen to in the days ahead, that of `now` first. What is over already is in it no more. */
export function rosterAhead(site: Site, state: RosterKnown, now: Time, count = aheadDays): RosterAhead {
  const today = localDay(now, site.utcOffsetMin);
  // A shift of yesterday may run still.
  const days = rosterDays(site, state, today - 1, count + 1);
  const open = days.flatMap(({ shifts }) => shifts).filter(({ until }) => until > now);
  const { effective } = crewBook(site, state);
  const ends = ({ shift, day }: ShiftChange['moves'][number]) =>
    shiftsOn(site, day).find((one) => one.shift.id === shift)?.until ?? Number.POSITIVE_INFINITY;
  const people = new Set(open.flatMap(({ crew }) => crew.map(({ person }) => person)));
  const hasWay = (id: string) => (lookup(site.people, id)?.ways ?? []).length > 0;
  const proven = new Set(
    [...state.channelTests].flatMap(([key, { confirmed }]) => (confirmed ? [key.split('/')[1]] : [])),
  );
  const reaches = Object.values(site.channels).some(({ each, names }) => each !== undefined || names !== undefined);
  return {
    days: days.slice(1),
    about: days.slice(0, 3).flatMap(({ shifts }) => shifts),
    gaps: open.filter(({ lacking }) => lacking > 0),
    idle: [...state.shiftChanges.values()].filter(
      (change) => !effective.has(change.id) && change.moves.some((move) => move.day >= today - 1 && ends(move) > now),
    ),
    doubles: doublesIn(open),
    unreachable: reaches ? [...people].filter((id) => !hasWay(id)) : [],
    untested: reaches ? [...people].filter((id) => hasWay(id) && !proven.has(id)) : [],
  };
}

/** A running shift for which nobody has said that he is on duty. */
export interface UnsignedShift extends ShiftAhead {
  /** Later than somebody may take. */
  readonly overdue: boolean;
}

export interface DutyNow {
  /** Who said at the desk that he is on duty, in shifts that run. */
  readonly signed: readonly OnDuty[];
  readonly unsigned: readonly UnsignedShift[];
}

/** Who is on duty by his own word at this moment, and where nobody is. */
export function dutyNow(site: Site, state: RosterSeen, now: Time): DutyNow {
  const running = shiftsAt(site, now);
  if (running.length === 0) return { signed: [], unsigned: [] };
  const book = crewBook(site, state);
  const shifts = running.map((one): ShiftAhead => {
    const crew = onShift(book, state, one);
    return { ...one, crew, lacking: Math.max(0, one.shift.persons - crew.length) };
  });
  // Before there was a journal, or this roster, nobody could.
  const asked = Math.max(state.since, state.configuredAt);
  return {
    signed: shifts.flatMap(({ crew }) => crew.filter(({ signedOn }) => signedOn)),
    unsigned: shifts
      .filter(({ crew }) => !crew.some(({ signedOn }) => signedOn))
      .map((one) => ({ ...one, overdue: now >= Math.max(one.from, asked) + signOnLateMs })),
  };
}

/** The shifts of one person that are not over, soonest first; for what he carries about. */
export function shiftsOf(
  site: Site,
  state: RosterSaid,
  person: string,
  now: Time,
  count = aheadDays,
): readonly OnDuty[] {
  const first = localDay(now, site.utcOffsetMin) - 1;
  return rosterDays(site, state, first, count + 1)
    .flatMap(({ shifts }) => shifts)
    .filter(({ until }) => until > now)
    .flatMap(({ crew }) => crew.filter((one) => one.person === person))
    .sort((a, b) => a.from - b.from);
}
