/**
 * How somebody says at the desk that he is on duty, and how one shift hands over to the next: both with the code of the person, which
 * was asked for before. Nobody is on duty by being planned; the wall shows who said so. It must never take a person's word for another.
 */

import { refuse } from '../../alarm/authorize.ts';
import type { Draft } from '../../draft.ts';
import { crewBook, signOnKey } from '../../duty/on-duty.ts';
import { shiftsAt } from '../../duty/roster-days.ts';
import { lookup } from '../../site/lookup.ts';
import { sight } from '../../site/rights.ts';
import type { RosterRefusal, User } from '../../types.ts';
import type { Act, Asked } from '../act.ts';
import { shiftDayOf } from './shift-act.ts';

/** So long before a shift somebody may sign on to it; ours. */
export const signOnEarlyMs = 3_600_000;
/** Whoever was on duty until so long ago may still hand over; ours: a relief that comes late. */
const outgoingMs = 4 * 3_600_000;

function comingRefusal(
  draft: Draft,
  { shift, day, person }: Asked<'sign-on' | 'hand-over'>,
): RosterRefusal | undefined {
  const found = shiftDayOf(draft, shift, day);
  if (!found) return 'unknown-shift';
  if (draft.now >= found.until) return 'shift-over';
  if (draft.now < found.from - signOnEarlyMs) return 'shift-not-near';
  const crew = crewBook(draft.site, draft.state).crew(shift, day);
  return crew.some((place) => place.person === person) ? undefined : 'not-on-shift';
}

/** Whether somebody is on duty now, or was not long ago. */
function wasOnDuty({ site, state, now }: Draft, person: string): boolean {
  const book = crewBook(site, state);
  return [now, now - outgoingMs]
    .flatMap((at) => shiftsAt(site, at))
    .some(({ shift, day }) => book.crew(shift.id, day).some((place) => place.person === person));
}

export const signOn: Act<'sign-on'> = {
  words: { zh: '签到上岗', en: 'Sign on to a shift, with the code of whoever does' },
  rule: (draft, by, command) => {
    const { shift, day, person } = command;
    const why = comingRefusal(draft, command);
    if (why) return refuse(draft, by, command, why);
    const first = draft.state.signOns.get(signOnKey(shift, day, person));
    if (first?.by === by.name) return;
    if (first) return refuse(draft, by, command, 'already-signed-on', first);
    draft.add({ kind: 'signed-on', shift, day, person, by: by.name });
  },
};

/** The open alarms that whoever sits at the desk may know of. */
export const alarmsToRead = ({ state }: Pick<Draft, 'state'>, by: User): number[] =>
  [...state.alarms.values()].filter(({ covert }) => !covert || sight(by.role) === 'full').map(({ id }) => id);

export const handOver: Act<'hand-over'> = {
  words: { zh: '交接班', en: 'Hand a shift over: both with their codes, the tone heard, the open alarms read' },
  rule: (draft, by, command) => {
    const { shift, day, person, outgoing, heard, note } = command;
    const why = comingRefusal(draft, command);
    if (why) return refuse(draft, by, command, why);
    if (outgoing === person || !wasOnDuty(draft, outgoing)) return refuse(draft, by, command, 'not-before');
    const last = draft.state.handovers[0];
    const again = last && signOnKey(last.shift, last.day, last.person) === signOnKey(shift, day, person);
    if (again && last.outgoing === outgoing && last.by === by.name) return;
    const open = alarmsToRead(draft, by);
    // One that was raised while they read is read as well.
    if (open.some((id) => !command.alarms.includes(id))) return refuse(draft, by, command, 'alarms-unread');
    const text = note?.trim();
    draft.add({
      ...{ kind: 'handed-over', shift, day, person, by: by.name, outgoing, heard },
      alarms: command.alarms.filter((id) => open.includes(id)),
      ...(text && { note: text }),
    });
  },
};

export const giveCalendar: Act<'give-calendar'> = {
  words: { zh: '发放日历地址', en: 'Give a person the address of a calendar with his shifts' },
  rule: (draft, by, command) => {
    const { person, hash } = command;
    if (!lookup(draft.site.people, person)) return refuse(draft, by, command, 'unknown-person');
    draft.add({ kind: 'calendar-given', person, hash, by: by.name });
  },
};

export const withdrawCalendar: Act<'withdraw-calendar'> = {
  words: { zh: '停用日历地址', en: 'Let the address of a calendar lead nowhere any more' },
  rule: (draft, by, command) => {
    const { person } = command;
    if (!draft.state.calendars.has(person)) return refuse(draft, by, command, 'no-calendar');
    draft.add({ kind: 'calendar-withdrawn', person, by: by.name });
  },
};
