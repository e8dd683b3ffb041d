/**
 * What a duty roster says about people and about itself: shifts that somebody has, people who are in one place at a time, hours in
 * which nobody is on duty. It must never change anything, nor judge the shape of a single field.
 */
import type { Calendar, Roster } from '../../core/types.ts';
import { noDayBefore } from '../../words/site/config-part-words.ts';
import { foundExpected } from '../../words/site/config-shape-words.ts';
import {
  namedTwice,
  nobodyOnDuty,
  shiftId,
  shiftIdTaken,
  shiftLacks,
  shiftOf,
  shiftUnheld,
  somebody,
  temporaryOverlap,
  turnWords,
  twiceAtOnce,
} from '../../words/site/config-tell-words.ts';
import { untranslated, type Words } from '../../words/words.ts';
import type { ConfigCheck, Partly } from '../references.ts';
import type { Path } from '../yaml-text.ts';
import { compileRoster, type RosterFile } from './compile-roster.ts';
import { daysToLookAt, doubleDuty, type NamedShift, namedShifts, unattended } from './roster-weeks.ts';
import { roster as rosterSchema } from './schema-roster.ts';

type TurnPart = Partly<RosterFile['turns'][number]>;

/** What is known of the rest of the file, and how a wrong reference is put. */
export interface RosterAround {
  /** Reports a person who is none. */
  readonly mustBePerson: (path: Path, id: string | undefined) => void;
  /** What a wrong word may have meant. */
  readonly hint: (path: Path, word: string, right: readonly string[]) => Words;
  /** Undefined where the calendar is not right yet. */
  readonly calendar: Calendar | undefined;
}

/** Reports in which the roster disagrees with itself, or with the people there are. */
export function checkRoster(check: ConfigCheck, around: RosterAround): void {
  const { roster } = check.file;
  if (!roster) return;
  const before = check.source.errors.length;
  for (const list of ['shifts', 'temporary'] as const) idsOnce(check, list);
  checkTurns(check, around, ['roster', 'turns'], roster.turns);
  for (const [n, one] of (roster.temporary ?? []).entries())
    checkTurns(check, around, ['roster', 'temporary', n, 'turns'], one?.turns);
  const whole = rosterSchema.safeParse(roster);
  if (!whole.success) return;
  oneTemporaryAtATime(check, whole.data);
  if (!around.calendar || check.source.errors.length > before) return;
  new RosterWeeks(check, whole.data, around.calendar).report();
}

function idsOnce(check: ConfigCheck, list: 'shifts' | 'temporary'): void {
  const seen = new Set<string>();
  for (const [n, entry] of (check.file.roster?.[list] ?? []).entries()) {
    const path: Path = ['roster', list, n, 'id'];
    if (entry?.id === undefined) continue;
    if (seen.has(entry.id)) check.source.refuse(path, shiftIdTaken(check.source.found(path)));
    seen.add(entry.id);
  }
}

function checkTurns(
  check: ConfigCheck,
  around: RosterAround,
  list: Path,
  turns: readonly (TurnPart | undefined)[] = [],
): void {
  const shifts = (check.file.roster?.shifts ?? []).flatMap((shift) => shift?.id ?? []);
  for (const [n, turn] of turns.entries()) {
    if (!turn) continue;
    const path: Path = [...list, n];
    const at: Path = [...path, 'shift'];
    if (turn.shift !== undefined && !shifts.includes(turn.shift)) {
      const more = around.hint(at, turn.shift, shifts);
      check.source.refuse(at, foundExpected(check.source.found(at), shiftId(more)));
    }
    for (const [i, person] of (turn.persons ?? []).entries()) around.mustBePerson([...path, 'persons', i], person);
    for (const [i, group] of (turn.order ?? []).entries())
      for (const [k, person] of (group ?? []).entries()) around.mustBePerson([...path, 'order', i, k], person);
    checkOrder(check, path);
  }
}

/** Either the same people always, or groups that take turns from a day on. */
function checkOrder(check: ConfigCheck, path: Path): void {
  const has = (key: string) => check.source.has([...path, key]);
  if (has('persons') === has('order')) check.source.refuse(path, turnWords.either, 'key');
  else if (has('order') && !has('anchor')) check.source.refuse(path, turnWords.anchor, 'key');
  else if (has('persons') && (has('anchor') || has('eachDays'))) {
    const lone = has('anchor') ? 'anchor' : 'eachDays';
    check.source.refuse([...path, lone], turnWords.lone(lone), 'key');
  }
}

function oneTemporaryAtATime(check: ConfigCheck, { temporary }: RosterFile): void {
  for (const [n, one] of temporary.entries()) {
    const path: Path = ['roster', 'temporary', n];
    if (one.to < one.from)
      check.source.refuse([...path, 'to'], foundExpected(check.source.found([...path, 'to']), noDayBefore));
    const other = temporary.slice(0, n).findIndex(({ from, to }) => from <= one.to && one.from <= to);
    if (other < 0) continue;
    const name = check.source.found(['roster', 'temporary', other, 'id']);
    check.source.refuse([...path, 'from'], temporaryOverlap(name));
  }
}

const clockOf = (minute: number): string => new Date(minute * 60_000).toISOString().slice(11, 16);
const dateOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);
const weekdayOf = (minute: number): number => Math.floor((minute + 7 * 1_440) / 1_440) % 7;

/** The roster over the days it repeats itself in, held against what it promises. */
class RosterWeeks {
  readonly #check: ConfigCheck;
  readonly #roster: Roster;
  readonly #calendar: Calendar;
  readonly #said = new Set<string>();
  readonly #held = new Set<string>();
  /** Names that came from the environment, and are not shown. */
  readonly #secret = new Set<string>();

  constructor(check: ConfigCheck, file: RosterFile, calendar: Calendar) {
    this.#check = check;
    this.#roster = compileRoster(file);
    this.#calendar = calendar;
    for (const [i, { id }] of (check.file.people ?? []).flatMap((one, i) => (one ? [[i, one] as const] : [])))
      if (id !== undefined && check.source.secret(['people', i, 'id'])) this.#secret.add(id);
  }

  report(): void {
    const ground = { calendar: this.#calendar, utcOffsetMin: 0, roster: this.#roster };
    const first = this.#check.source.errors.length;
    let yesterday: readonly NamedShift[] = [];
    const lacking = new Map<string, NamedShift>();
    for (const day of daysToLookAt(ground)) {
      const today = namedShifts(ground, day);
      for (const one of today) {
        this.#once(one);
        if (one.named.length > 0) this.#held.add(one.shift.id);
        if (one.named.length < one.shift.persons && !lacking.has(one.shift.id)) lacking.set(one.shift.id, one);
      }
      const near = [...yesterday.filter((one) => one.day === day - 1), ...today];
      for (const found of doubleDuty(near)) this.#twiceAtOnce(found);
      yesterday = today;
    }
    for (const id of Object.keys(this.#roster.shifts)) this.#lacks(id, lacking.get(id));
    if (this.#check.source.errors.length === first) this.#gaps();
  }

  #name = (person: string): Words => (this.#secret.has(person) ? somebody : untranslated(`"${person}"`));

  #shiftPath(id: string): Path {
    return ['roster', 'shifts', Object.keys(this.#roster.shifts).indexOf(id)];
  }

  #shiftName(id: string): Words {
    return this.#check.source.found([...this.#shiftPath(id), 'id']);
  }

  /** Said for the first day it is so, and not again. */
  #first(what: string): boolean {
    if (this.#said.has(what)) return false;
    this.#said.add(what);
    return true;
  }

  #once({ shift, day, named }: NamedShift): void {
    const twice = named.find((person, n) => named.indexOf(person) < n);
    if (twice === undefined || !this.#first(`twice/${shift.id}/${twice}`)) return;
    const what = namedTwice(this.#name(twice), this.#shiftName(shift.id), dateOf(day));
    this.#check.source.refuse(this.#shiftPath(shift.id), what, 'key');
  }

  #twiceAtOnce([person, one, other]: ReturnType<typeof doubleDuty>[number]): void {
    if (!this.#first(`double/${person}/${[one.shift.id, other.shift.id].sort().join('/')}`)) return;
    const span = ({ shift, day, from, until }: NamedShift) =>
      shiftOf(this.#shiftName(shift.id), dateOf(day), clockOf(from / 60_000), clockOf(until / 60_000));
    const what = twiceAtOnce(this.#name(person), span(one), span(other));
    this.#check.source.refuse(this.#shiftPath(other.shift.id), what, 'key');
  }

  #lacks(id: string, lacking: NamedShift | undefined): void {
    const path = this.#shiftPath(id);
    if (!this.#held.has(id)) return this.#check.source.refuse([...path, 'id'], shiftUnheld(this.#shiftName(id)));
    if (!lacking) return;
    const { day, named, shift } = lacking;
    const what = shiftLacks(dateOf(day), (day + 4) % 7, named.length, shift.persons);
    this.#check.source.warn([...path, 'id'], what);
  }

  /** The hours of an ordinary week, and of one of holidays, in which no shift runs. */
  #gaps(): void {
    const shifts = Object.values(this.#roster.shifts);
    const { terms, holidays, exceptions } = this.#calendar;
    const free = terms.length > 0 || holidays.length > 0 || exceptions.some(({ as }) => as === 'holiday');
    const weeks = [['school', 'holiday'], ...(free ? [['holidays', 'term'] as const] : [])] as const;
    const at = (minute: number) => [weekdayOf(minute), clockOf(minute)] as const;
    for (const [week, other] of weeks) {
      const gaps = unattended(shifts.filter(({ only }) => only !== other)).map(([from, to]) => ({
        from: at(from),
        to: at(to),
      }));
      if (gaps.length > 0) this.#check.source.warn(['roster', 'shifts'], nobodyOnDuty(week, gaps));
    }
  }
}
