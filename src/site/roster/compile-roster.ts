/**
 * Turns the roster of a configuration into what the core asks of it. Checks and compiling reckon it here, so that what was found right
 * is what is run. It must never judge whether it is right.
 */
import type { z } from 'zod';
import type { DutyShift, Roster, RosterDays, ShiftTurn } from '../../core/types.ts';
import { dayNumbers, minuteOf, table } from '../parts/compile-parts.ts';
import { dayNumber } from '../parts/schema-parts.ts';
import type { roster } from './schema-roster.ts';

/** A roster as it is written, with defaults filled in. */
export type RosterFile = z.infer<typeof roster>;
type TurnFile = RosterFile['turns'][number];

const rosterDays = ({ days, only }: Pick<TurnFile, 'days' | 'only'>): RosterDays => ({
  days: dayNumbers(days),
  ...(only && { only }),
});

function compileShift({ id, title, from, to, persons, ...when }: RosterFile['shifts'][number]): DutyShift {
  // 24:00 is the next day's 00:00, and an end not after its start runs into the next day.
  return { id, title, ...rosterDays(when), from: minuteOf(from), until: minuteOf(to) % 1440, persons };
}

/** Groups that take turns do so by the week where nothing else is said. */
export function compileTurn({ shift, persons, order, anchor, eachDays = 7, ...when }: TurnFile): ShiftTurn {
  return {
    shift,
    ...rosterDays(when),
    order: order ?? [persons ?? []],
    anchor: dayNumber(anchor ?? '') ?? 0,
    eachDays,
  };
}

export const compileRoster = ({ shifts, turns, temporary }: RosterFile): Roster => ({
  shifts: table(shifts.map(compileShift)),
  turns: turns.map(compileTurn),
  temporary: temporary.map(({ id, title, from, to, turns: own, otherwise }) => ({
    ...{ id, title, otherwise },
    from: dayNumber(from) ?? 0,
    to: dayNumber(to) ?? 0,
    turns: own.map(compileTurn),
  })),
});
