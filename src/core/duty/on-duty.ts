/**
 * Who is on duty: the turns of the roster, after what people changed of them. Chains, the wall, fourteen days ahead and calendars on
 * telephones all ask here, so that they cannot say different things. A change puts one name in the place of another; it must never
 * move a span, add a person or take one away.
 */
import type { By, OnDuty, ReadOnly, ShiftChange, ShiftMove, Site, State, Time } from '../types.ts';
import { plannedCrew, type ShiftDay, shiftDayId, shiftsAt } from './roster-days.ts';

type RosterChanges = ReadOnly<Pick<State, 'shiftChanges'>>;
/** What people said of the roster: what they changed, and that they are on duty. */
export type RosterSaid = ReadOnly<Pick<State, 'shiftChanges' | 'signOns'>>;

/** Somebody in a shift, and whose place it is by the turns. */
export interface CrewPlace {
  readonly person: string;
  readonly planned: string;
}
export type Crew = readonly CrewPlace[];

/** Who stands in each shift of each day, and which changes have an effect. */
export interface CrewBook {
  /** By the order of the places; empty where nobody does. */
  crew(shift: string, day: number): Crew;
  readonly effective: ReadonlySet<number>;
}

/** What names somebody's sign-on to a shift of a day. */
export const signOnKey = (shift: string, day: number, person: string): string => `${shiftDayId(shift, day)}/${person}`;

/** One name in the place of another; undefined where that has no effect: whoever shall go is not there, or whoever shall come is. */
export function movedCrew(crew: Crew, { out, in: comes }: ShiftMove): Crew | undefined {
  const there = crew.some(({ person }) => person === out);
  if (!there || crew.some(({ person }) => person === comes)) return undefined;
  return crew.map((place) => (place.person === out ? { ...place, person: comes } : place));
}

/** The turns, after all changes in the order they were made. Of a swap both halves count or none. */
export function crewBook(site: Site, { shiftChanges }: RosterChanges): CrewBook {
  const changed = new Map<string, Crew>();
  const effective = new Set<number>();
  const crew = (shift: string, day: number): Crew =>
    changed.get(shiftDayId(shift, day)) ?? plannedCrew(site, shift, day).map((person) => ({ person, planned: person }));
  const after = ({ moves }: ShiftChange): Map<string, Crew> | undefined => {
    const found = new Map<string, Crew>();
    for (const move of moves) {
      const key = shiftDayId(move.shift, move.day);
      const known = Object.hasOwn(site.people, move.in);
      const next = known ? movedCrew(found.get(key) ?? crew(move.shift, move.day), move) : undefined;
      if (!next) return undefined;
      found.set(key, next);
    }
    return found;
  };
  for (const change of shiftChanges.values()) {
    const found = after(change);
    if (!found) continue;
    effective.add(change.id);
    for (const [key, next] of found) changed.set(key, next);
  }
  return { crew, effective };
}

/** Everybody in one shift of one day. */
export function onShift(book: CrewBook, { signOns }: RosterSaid, { shift, day, from, until }: ShiftDay): OnDuty[] {
  return book.crew(shift.id, day).map(({ person, planned }) => {
    const signed = signOns.get(signOnKey(shift.id, day, person));
    const signedOn: By | undefined = signed && { by: signed.by, at: signed.at };
    return {
      ...{ shift: shift.id, person, from, until },
      ...(signedOn && { signedOn }),
      ...(planned !== person && { insteadOf: planned }),
    };
  });
}

/**
 * Who is on duty at `at`, by shift, after covers and swaps; and whether they said so at the desk. From `from` on, and no longer at
 * `until`. A shift in which nobody stands has no row; a school without a roster has none at all. Somebody in two shifts at once has
 * two rows, and never two of one shift.
 */
export function onDuty(site: Site, state: RosterSaid, at: Time): readonly OnDuty[] {
  const running = shiftsAt(site, at);
  if (running.length === 0) return [];
  const book = crewBook(site, state);
  return running.flatMap((one) => onShift(book, state, one));
}
