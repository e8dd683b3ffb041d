/**
 * The next fourteen days of the roster, today first: a row a day, a column a shift. A gap stands there in words and in colour, a cover
 * with whose place it is, and a day that is no ordinary one says why.
 */
import { signal } from '@preact/signals';
import { may } from '../../core/act/act-roles.ts';
import type { RosterDay, ShiftAhead } from '../../core/duty/duty-ahead.ts';
import { shiftDayId } from '../../core/duty/roster-days.ts';
import { changeShift, dutyPage, lacks, ofShift } from '../../words/duty/duty-page-words.ts';
import { makeUpDay, weekDaysShort } from '../../words/screens/round-page-words.ts';
import { hm } from '../page/format.ts';
import { say } from '../page/language.ts';
import { stale } from '../page/page-clock.ts';
import { site, you } from '../page/page-feed.ts';
import { minute, offset } from '../page/views.ts';
import { ahead, dayName, placeName, shiftTitle } from '../text/duty-text.ts';
import { ShiftForms } from './shift-forms.tsx';

const opened = signal<string | undefined>(undefined);

/** What is special about a day: a temporary roster, what the calendar makes of it. */
function specialsOf({ kind, temporary }: RosterDay): string[] {
  const { as, why, title } = kind;
  const found: string[] = [];
  if (why === 'outside-term') found.push(say(dutyPage.outsideTerm));
  else if (as === 'holiday') found.push(title ? say(title) : say(dutyPage.holiday));
  else if (why === 'exception') found.push(say(makeUpDay(weekDaysShort[as]!, title ?? { zh: '', en: '' })));
  const own = site.value?.roster?.temporary.find(({ id }) => id === temporary);
  return own ? [...found, say(own.title)] : found;
}

function Names({ one }: { one: ShiftAhead }) {
  return (
    <>
      {one.crew.map((place) => (
        <span key={place.person} class={place.insteadOf === undefined ? 'who' : 'who tag'}>
          {placeName(place)}
        </span>
      ))}
      {one.lacking > 0 && <span class="flag">{say(lacks(one.lacking))}</span>}
    </>
  );
}

function Cell({ one }: { one: ShiftAhead | undefined }) {
  if (!one) return <td class="none">{say(dutyPage.none)}</td>;
  const id = shiftDayId(one.shift.id, one.day);
  const mayChange = you.value !== undefined && may(you.value.role, 'cover-shift') && one.crew.length > 0;
  if (!mayChange || one.until <= minute.value) {
    return (
      <td>
        <Names one={one} />
      </td>
    );
  }
  const open = opened.value === id;
  const what = say(ofShift(dayName(one.day), shiftTitle(one.shift.id)));
  return (
    <td>
      <button
        type="button"
        class="cellbtn"
        aria-expanded={open}
        aria-label={`${say(changeShift(what))} · ${one.crew.map(placeName).join(' · ')}`}
        disabled={stale.value}
        onClick={() => {
          opened.value = open ? undefined : id;
        }}
      >
        <Names one={one} />
      </button>
    </td>
  );
}

function DayRows({ day, shifts, first }: { day: RosterDay; shifts: readonly string[]; first: boolean }) {
  const open = day.shifts.find((one) => shiftDayId(one.shift.id, one.day) === opened.value);
  const close = () => {
    opened.value = undefined;
  };
  return (
    <>
      <tr class={first ? 'today' : ''}>
        <th scope="row">
          {dayName(day.day)} {first && <small>{say(dutyPage.today)}</small>}
          {specialsOf(day).map((text) => (
            <small key={text} class="special">
              {text}
            </small>
          ))}
        </th>
        {shifts.map((id) => (
          <Cell key={id} one={day.shifts.find((one) => one.shift.id === id)} />
        ))}
      </tr>
      {open && (
        <tr>
          <td colSpan={shifts.length + 1}>
            <ShiftForms key={opened.value} one={open} done={close} />
          </td>
        </tr>
      )}
    </>
  );
}

export function WeekBox() {
  const days = ahead.value?.days ?? [];
  const roster = site.value?.roster;
  const shifts = Object.values(roster?.shifts ?? {}).sort((a, b) => a.from - b.from);
  const at = offset.value;
  // Only the time of day counts: it is the same on every day.
  const clock = (minutes: number) => hm(minutes * 60_000 - at * 60_000, at);
  return (
    <section class="box scroll dutyweek" aria-label={say(dutyPage.ahead)}>
      <h2>{say(dutyPage.ahead)}</h2>
      <p class="hint">{say(dutyPage.aheadNote)}</p>
      <table class="plain">
        <thead>
          <tr>
            <th>{say(dutyPage.day)}</th>
            {shifts.map(({ id, from, until }) => (
              <th key={id}>
                {shiftTitle(id)}{' '}
                <small>
                  {clock(from)}–{clock(until)}
                </small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map((day, n) => (
            <DayRows key={day.day} day={day} shifts={shifts.map(({ id }) => id)} first={n === 0} />
          ))}
        </tbody>
      </table>
    </section>
  );
}
