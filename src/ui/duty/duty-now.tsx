/**
 * Who is on duty now and next, and the way to say so: signing on by a code of one's own, and handing a shift over. A code stays in its
 * field no longer than it takes to send it.
 */
import { useEffect, useState } from 'preact/hooks';
import { may } from '../../core/act/act-roles.ts';
import type { ShiftAhead } from '../../core/duty/duty-ahead.ts';
import type { OnDuty } from '../../core/types.ts';
import { dutyPage, signedAt } from '../../words/duty/duty-page-words.ts';
import { Failure } from '../page/failure.tsx';
import { hm } from '../page/format.ts';
import { command } from '../page/gateway-api.ts';
import { say } from '../page/language.ts';
import { stale } from '../page/page-clock.ts';
import { you } from '../page/page-feed.ts';
import { useAct } from '../page/page-frame.tsx';
import { minute, offset } from '../page/views.ts';
import { ahead, placeName, shiftTitle } from '../text/duty-text.ts';
import { CodeField } from './code-field.tsx';
import { HandOverForm } from './hand-over.tsx';

/** From an hour before; the gateway decides. */
const soonMs = 3_600_000;

function SignOnForm({ shift, person, done }: { shift: ShiftAhead; person: string; done: () => void }) {
  const [pin, setPin] = useState('');
  const { busy, failure, act } = useAct();
  const give = (event: Event) => {
    event.preventDefault();
    const asked = { do: 'sign-on', shift: shift.shift.id, day: shift.day, person, ...(pin && { pin }) } as const;
    setPin('');
    void act(() => command(asked)).then((ok) => ok && done());
  };
  return (
    <form class="field dutyform" onSubmit={give}>
      <small>{say(dutyPage.signOnNote)}</small>
      <CodeField person={person} value={pin} set={setPin} />
      <button type="submit" class="btn main" disabled={busy || stale.value}>
        {say(dutyPage.confirmSignOn)}
      </button>
      <button type="button" class="btn" onClick={done}>
        {say(dutyPage.back)}
      </button>
      <Failure why={failure} />
    </form>
  );
}

function Person({ shift, place }: { shift: ShiftAhead; place: OnDuty }) {
  const [open, setOpen] = useState<'sign-on' | 'hand-over'>();
  const mayAct = you.value !== undefined && may(you.value.role, 'sign-on');
  const signed = place.signedOn;
  useEffect(() => signed && setOpen(undefined), [signed]);
  const toggle = (what: 'sign-on' | 'hand-over') => () => setOpen(open === what ? undefined : what);
  return (
    <li>
      <b>{placeName(place)}</b>{' '}
      {signed ? (
        <span class="tag">{say(signedAt(hm(signed.at, offset.value)))}</span>
      ) : (
        <span class={minute.value >= shift.from ? 'flag' : 'tag dotted'}>{say(dutyPage.notSigned)}</span>
      )}
      {mayAct && !signed && (
        <span class="acts">
          <button
            type="button"
            class="btn"
            aria-expanded={open === 'sign-on'}
            disabled={stale.value}
            onClick={toggle('sign-on')}
          >
            {say(dutyPage.signOn)}
          </button>
          <button
            type="button"
            class="btn"
            aria-expanded={open === 'hand-over'}
            disabled={stale.value}
            onClick={toggle('hand-over')}
          >
            {say(dutyPage.handOver)}
          </button>
        </span>
      )}
      {open === 'sign-on' && <SignOnForm shift={shift} person={place.person} done={() => setOpen(undefined)} />}
      {open === 'hand-over' && <HandOverForm shift={shift} person={place.person} done={() => setOpen(undefined)} />}
    </li>
  );
}

function Running({ one }: { one: ShiftAhead }) {
  const at = offset.value;
  return (
    <div class="running">
      <h3>
        {shiftTitle(one.shift.id)} {hm(one.from, at)}–{hm(one.until, at)}{' '}
        {one.from > minute.value && <small>{say(dutyPage.begins)}</small>}
      </h3>
      {one.crew.length === 0 && <p class="flag">{say(dutyPage.nobodyPlanned)}</p>}
      <ul>
        {one.crew.map((place) => (
          <Person key={place.person} shift={one} place={place} />
        ))}
      </ul>
    </div>
  );
}

/** The shifts that run, and those that begin within an hour. */
export function NowBox() {
  const near = (ahead.value?.about ?? []).filter(
    ({ from, until }) => until > minute.value && from <= minute.value + soonMs,
  );
  return (
    <section class="box now" aria-label={say(dutyPage.now)}>
      <h2>{say(dutyPage.now)}</h2>
      {near.length === 0 && <p class="note">{say(dutyPage.nothingNow)}</p>}
      {near.map((one) => (
        <Running key={`${one.shift.id}/${one.day}`} one={one} />
      ))}
    </section>
  );
}
