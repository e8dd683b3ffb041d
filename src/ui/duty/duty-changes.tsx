/**
 * What is amiss in the days ahead, in words; the covers and swaps that were made, and taking one back; and the last hand-overs.
 */
import { useState } from 'preact/hooks';
import { may } from '../../core/act/act-roles.ts';
import type { ShiftAhead } from '../../core/duty/duty-ahead.ts';
import { localDay } from '../../core/site/calendar.ts';
import type { ShiftChange } from '../../core/types.ts';
import {
  alarmsRead,
  dutyPage,
  gapsAhead,
  lacks,
  ofShift,
  twoShifts,
  unreachableText,
  untestedText,
} from '../../words/duty/duty-page-words.ts';
import { movesText, shiftChangeNames } from '../../words/duty/duty-words.ts';
import { untranslated } from '../../words/words.ts';
import { Failure } from '../page/failure.tsx';
import { dayTime, hm } from '../page/format.ts';
import { command } from '../page/gateway-api.ts';
import { say } from '../page/language.ts';
import { stale } from '../page/page-clock.ts';
import { you } from '../page/page-feed.ts';
import { useAct } from '../page/page-frame.tsx';
import { minute, offset } from '../page/views.ts';
import { ahead, dayName, handovers, personName, shiftChanges, shiftTitle } from '../text/duty-text.ts';
import { ReasonField } from './shift-forms.tsx';

/** More of a kind are counted, not listed. */
const listedMax = 6;

const shiftName = ({ shift, day, from }: ShiftAhead): string =>
  `${say(ofShift(dayName(day), shiftTitle(shift.id)))} ${hm(from, offset.value)}`;

/** What a head has to see to, most urgent first. */
export function AmissBox() {
  const found = ahead.value;
  if (!found) return null;
  const { gaps, doubles, idle, unreachable, untested } = found;
  const fine = gaps.length + doubles.length + unreachable.length + untested.length + idle.length === 0;
  if (fine) return <p class="hint">{say(dutyPage.allCovered)}</p>;
  return (
    <section class="box dutyamiss" role="status">
      {gaps.length > 0 && (
        <p>
          <span class="flag">{say(gapsAhead(gaps.length))}</span>{' '}
          {gaps
            .slice(0, listedMax)
            .map((one) => `${shiftName(one)} ${say(lacks(one.lacking))}`)
            .join(' · ')}
          {gaps.length > listedMax && ' …'}
        </p>
      )}
      {doubles.slice(0, listedMax).map(({ person, one, other }) => (
        <p key={`${person}/${one.shift.id}/${one.day}/${other.shift.id}`}>
          <span class="flag">{say(twoShifts(personName(person), shiftName(one), shiftName(other)))}</span>
        </p>
      ))}
      {idle.length > 0 && (
        <p>
          <span class="flag">{say(dutyPage.noEffect)}</span> {idle.map(changeName).join(' · ')}
        </p>
      )}
      {unreachable.length > 0 && <p>{say(unreachableText(unreachable.map(personName)))}</p>}
      {untested.length > 0 && <p>{say(untestedText(untested.map(personName)))}</p>}
    </section>
  );
}

const changeName = ({ moves }: ShiftChange): string =>
  say(movesText(moves, { shift: (id) => untranslated(shiftTitle(id)), who: (id) => untranslated(personName(id)) }));

function Change({ change }: { change: ShiftChange }) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const { busy, failure, act } = useAct();
  const idle = ahead.value?.idle.some(({ id }) => id === change.id);
  const mayBack = you.value !== undefined && may(you.value.role, 'withdraw-shift-change');
  const give = (event: Event) => {
    event.preventDefault();
    const asked = { do: 'withdraw-shift-change', change: change.id, reason: reason.trim() } as const;
    void act(() => command(asked));
  };
  return (
    <li>
      <span class="tag">{say(shiftChangeNames[change.how])}</span> {changeName(change)}
      <small>
        {' '}
        {change.reason} · {personName(change.by)} {dayTime(change.at, offset.value)}
      </small>{' '}
      {idle && <span class="flag">{say(dutyPage.noEffect)}</span>}
      {idle && <small> {say(dutyPage.noEffectWhy)}</small>}
      {mayBack && (
        <button type="button" class="btn" aria-expanded={open} disabled={stale.value} onClick={() => setOpen(!open)}>
          {say(open ? dutyPage.close : dutyPage.withdraw)}
        </button>
      )}
      {open && (
        <form class="field dutyform" onSubmit={give}>
          <ReasonField value={reason} set={setReason} />
          <button type="submit" class="btn main" disabled={busy || stale.value || reason.trim() === ''}>
            {say(dutyPage.confirmWithdraw)}
          </button>
          <Failure why={failure} />
        </form>
      )}
    </li>
  );
}

export function ChangesBox() {
  const today = localDay(minute.value, offset.value);
  // One of last night may run still.
  const all = shiftChanges.value.filter(({ moves }) => moves.some(({ day }) => day >= today - 1));
  return (
    <section class="box changes" aria-label={say(dutyPage.changes)}>
      <h2>{say(dutyPage.changes)}</h2>
      {all.length === 0 && <p class="note">{say(dutyPage.noChanges)}</p>}
      <ul>
        {all.map((change) => (
          <Change key={change.id} change={change} />
        ))}
      </ul>
    </section>
  );
}

export function HandoversBox() {
  return (
    <section class="box changes" aria-label={say(dutyPage.handovers)}>
      <h2>{say(dutyPage.handovers)}</h2>
      {handovers.value.length === 0 && <p class="note">{say(dutyPage.noHandovers)}</p>}
      <ul>
        {handovers.value.slice(0, listedMax).map((one) => (
          <li key={`${one.at}/${one.person}`}>
            {dayTime(one.at, offset.value)}{' '}
            <b>
              {personName(one.outgoing)} → {personName(one.person)}
            </b>{' '}
            {shiftTitle(one.shift)} ·{' '}
            {one.heard ? say(dutyPage.toneHeard) : <span class="flag">{say(dutyPage.toneNotHeard)}</span>} ·{' '}
            {say(alarmsRead(one.alarms.length))}
            {one.note && <p class="said">{one.note}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
