/**
 * What a person changes of the duty roster: one stands in for another, two exchange a shift each, and both taken back. Names change and
 * spans do not. What would have no effect, or put somebody into two places at once, is refused and says why.
 */

import { refuse } from '../../alarm/authorize.ts';
import type { Draft } from '../../draft.ts';
import { crewBook, movedCrew } from '../../duty/on-duty.ts';
import { type ShiftDay, shiftDayId, shiftsOn } from '../../duty/roster-days.ts';
import { lookup } from '../../site/lookup.ts';
import type { RosterRefusal, ShiftChange, ShiftMove, User } from '../../types.ts';
import type { Act, Asked } from '../act.ts';

/** So far ahead a shift may be changed: a term and some weeks; ours. */
export const shiftsAheadDays = 180;
/** So many changes are kept at once; ours. A school of fifty people that changes every tenth shift has a fifth of it. */
const changesMax = 1_000;
const dayMs = 86_400_000;

type MoveRefusal = RosterRefusal | 'unknown-person' | 'reason-missing';
type NewShiftChange = Pick<ShiftChange, 'how' | 'moves' | 'reason'>;

/** The shift of a day that is meant; undefined where there is none. */
export const shiftDayOf = ({ site }: Pick<Draft, 'site'>, shift: string, day: number): ShiftDay | undefined =>
  shiftsOn(site, day).find((one) => one.shift.id === shift);

function placeRefusal(draft: Draft, { shift, day }: ShiftMove): RosterRefusal | undefined {
  const found = shiftDayOf(draft, shift, day);
  if (!found) return 'unknown-shift';
  if (draft.now >= found.until) return 'shift-over';
  return found.from > draft.now + shiftsAheadDays * dayMs ? 'shift-far' : undefined;
}

/** Whether somebody would stand in two shifts at the same time, once these moves are made. */
function inTwoPlaces(draft: Draft, { moves }: NewShiftChange): boolean {
  const { site, state } = draft;
  const asked: ShiftChange = { id: Number.MAX_SAFE_INTEGER, how: 'swap', moves, reason: '', by: '', at: draft.at };
  const book = crewBook(site, { shiftChanges: new Map([...state.shiftChanges, [asked.id, asked]]) });
  return moves.some(({ shift, day, in: person }) => {
    const own = shiftDayOf(draft, shift, day);
    return [day - 1, day, day + 1]
      .flatMap((near) => shiftsOn(site, near))
      .filter((one) => own && shiftDayId(one.shift.id, one.day) !== shiftDayId(shift, day) && one.from < own.until)
      .filter((one) => own && own.from < one.until)
      .some((one) => book.crew(one.shift.id, one.day).some((place) => place.person === person));
  });
}

function refusalOf(draft: Draft, change: NewShiftChange): MoveRefusal | undefined {
  const { site, state } = draft;
  if (change.reason === '') return 'reason-missing';
  const book = crewBook(site, state);
  for (const move of change.moves) {
    const why = placeRefusal(draft, move);
    if (why) return why;
    if (!lookup(site.people, move.in)) return 'unknown-person';
    const crew = book.crew(move.shift, move.day);
    if (movedCrew(crew, move)) continue;
    return crew.some(({ person }) => person === move.out) ? 'already-on-shift' : 'not-on-shift';
  }
  const [one, other] = change.moves;
  if (other && one?.shift === other.shift && one.day === other.day) return 'same-shift';
  if (inTwoPlaces(draft, change)) return 'on-other-shift';
  return state.shiftChanges.size >= changesMax ? 'shifts-changed-enough' : undefined;
}

/** A double click, or a second try after an answer that was lost: this person's change of just this stands last. */
function isAgain({ state }: Draft, by: User, { how, moves }: NewShiftChange): boolean {
  const last = [...state.shiftChanges.values()].findLast((one) => one.by === by.name);
  return last?.how === how && JSON.stringify(last.moves) === JSON.stringify(moves);
}

function change(draft: Draft, by: User, command: Asked<'cover-shift' | 'swap-shifts'>, moves: readonly ShiftMove[]) {
  const asked: NewShiftChange = {
    how: command.do === 'cover-shift' ? 'cover' : 'swap',
    moves,
    reason: command.reason.trim(),
  };
  if (isAgain(draft, by, asked)) return;
  const why = refusalOf(draft, asked);
  if (why) return refuse(draft, by, command, why);
  draft.add({ kind: 'shift-changed', ...asked, by: by.name });
}

export const coverShift: Act<'cover-shift'> = {
  words: { zh: '顶班', en: 'Have one person stand in for another in one shift' },
  rule: (draft, by, command) => {
    const { shift, day, out, in: comes } = command;
    change(draft, by, command, [{ shift, day, out, in: comes }]);
  },
};

export const swapShifts: Act<'swap-shifts'> = {
  words: { zh: '换班', en: 'Have two people exchange a shift each' },
  rule: (draft, by, command) => {
    const { shift, day, person, withShift, withDay, withPerson } = command;
    change(draft, by, command, [
      { shift, day, out: person, in: withPerson },
      { shift: withShift, day: withDay, out: withPerson, in: person },
    ]);
  },
};

export const withdrawShiftChange: Act<'withdraw-shift-change'> = {
  words: { zh: '撤销顶班或换班', en: 'Take a cover or a swap back while its shifts are not over' },
  rule: (draft, by, command) => {
    const known = draft.state.shiftChanges.get(command.change);
    if (!known) return refuse(draft, by, command, 'unknown-shift-change');
    const reason = command.reason.trim();
    if (reason === '') return refuse(draft, by, command, 'reason-missing');
    // A shift that is held no more is not over: what was changed of it may still be taken back.
    const over = ({ shift, day }: ShiftMove) =>
      (shiftDayOf(draft, shift, day)?.until ?? Number.POSITIVE_INFINITY) <= draft.now;
    if (known.moves.some(over)) return refuse(draft, by, command, 'shift-over');
    draft.add({ kind: 'shift-change-withdrawn', change: known.id, by: by.name, reason });
  },
};
