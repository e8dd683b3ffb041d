/**
 * Handing a shift over at the desk: who goes and who comes, each with a code of his own, the test tone heard on this very page, the open
 * alarms read, and what is to be passed on. It confirms nothing that was not before the eyes of both.
 */
import { useState } from 'preact/hooks';
import type { ShiftAhead } from '../../core/duty/duty-ahead.ts';
import { dutyPage } from '../../words/duty/duty-page-words.ts';
import { Failure } from '../page/failure.tsx';
import { dayTime } from '../page/format.ts';
import { command } from '../page/gateway-api.ts';
import { say } from '../page/language.ts';
import { stale } from '../page/page-clock.ts';
import { useAct } from '../page/page-frame.tsx';
import { sound, tryOut } from '../page/speaker.ts';
import { minute, offset, openAlarms } from '../page/views.ts';
import { titleOf } from '../text/alarm-text.ts';
import { ahead, personName } from '../text/duty-text.ts';
import { CodeField } from './code-field.tsx';

/** Whoever was on duty until so long ago may hand over; the gateway decides. */
const beforeMs = 4 * 3_600_000;

/** Who may hand over to somebody: everybody in shifts that run or ended not long ago, those who signed on first. */
function before(person: string): string[] {
  const places = (ahead.value?.about ?? [])
    .filter(({ from, until }) => from <= minute.value && until > minute.value - beforeMs)
    .flatMap(({ crew }) => crew);
  const first = [...places].sort((a, b) => Number(b.signedOn !== undefined) - Number(a.signedOn !== undefined));
  return [...new Set(first.map((one) => one.person))].filter((one) => one !== person);
}

function Tone({ heard, set }: { heard: boolean | undefined; set: (heard: boolean) => void }) {
  const [played, setPlayed] = useState(false);
  const play = () => {
    tryOut();
    setPlayed(true);
  };
  const answer = (value: boolean, words: keyof typeof dutyPage) => (
    <button type="button" class="btn" aria-pressed={heard === value} disabled={!played} onClick={() => set(value)}>
      {say(dutyPage[words])}
    </button>
  );
  return (
    <div class="acts">
      <button type="button" class="btn" onClick={play}>
        {say(dutyPage.playTone)}
      </button>
      {answer(true, 'heard')}
      {answer(false, 'notHeard')}
      {!played && <small>{say(dutyPage.toneFirst)}</small>}
      {played && sound.value !== 'running' && <span class="flag">{say(dutyPage.soundOff)}</span>}
    </div>
  );
}

function AlarmsToRead({ read, set }: { read: boolean; set: (read: boolean) => void }) {
  const open = openAlarms.value;
  if (open.length === 0) return <p>{say(dutyPage.noOpenAlarms)}</p>;
  return (
    <div>
      <p>
        {say(dutyPage.openAlarms)} · {open.length}
      </p>
      <ul class="toread">
        {open.map((alarm) => (
          <li key={alarm.id}>
            {dayTime(alarm.raisedAt, offset.value)} <b>{titleOf(alarm)}</b>
          </li>
        ))}
      </ul>
      <label>
        <input type="checkbox" checked={read} onChange={(e) => set(e.currentTarget.checked)} /> {say(dutyPage.readThem)}
      </label>
    </div>
  );
}

export function HandOverForm({ shift, person, done }: { shift: ShiftAhead; person: string; done: () => void }) {
  const others = before(person);
  const [outgoing, setOutgoing] = useState(others[0] ?? '');
  const [pins, setPins] = useState({ pin: '', outgoingPin: '' });
  const [heard, setHeard] = useState<boolean>();
  // What was on the list when they said that they had read it: a new alarm has to be read as well.
  const [read, setRead] = useState<readonly number[]>();
  const [note, setNote] = useState('');
  const { busy, failure, act } = useAct();
  if (others.length === 0) return <p class="note">{say(dutyPage.nobodyBefore)}</p>;
  const ids = openAlarms.value.map(({ id }) => id);
  const allRead = ids.every((id) => read?.includes(id));
  const give = (event: Event) => {
    event.preventDefault();
    const { pin, outgoingPin } = pins;
    const text = note.trim();
    const asked = {
      do: 'hand-over',
      ...{ shift: shift.shift.id, day: shift.day, person, outgoing },
      ...{ heard: heard === true, alarms: ids },
      ...(text && { note: text }),
      ...(pin && { pin }),
      ...(outgoingPin && { outgoingPin }),
    } as const;
    setPins({ pin: '', outgoingPin: '' });
    void act(() => command(asked)).then((ok) => ok && done());
  };
  return (
    <form class="dutyform handover" onSubmit={give}>
      <div class="field">
        <label>
          {say(dutyPage.outgoing)}{' '}
          <select value={outgoing} onChange={(e) => setOutgoing(e.currentTarget.value)}>
            {others.map((one) => (
              <option key={one} value={one}>
                {personName(one)}
              </option>
            ))}
          </select>
        </label>
        <CodeField
          person={outgoing}
          value={pins.outgoingPin}
          set={(outgoingPin) => setPins({ ...pins, outgoingPin })}
        />
      </div>
      <div class="field">
        <span>
          {say(dutyPage.incoming)} <b>{personName(person)}</b>
        </span>
        <CodeField person={person} value={pins.pin} set={(pin) => setPins({ ...pins, pin })} />
      </div>
      <Tone heard={heard} set={setHeard} />
      <AlarmsToRead read={allRead} set={(yes) => setRead(yes ? ids : undefined)} />
      <label class="field">
        {say(dutyPage.note)}
        <input class="long" maxLength={500} value={note} onInput={(e) => setNote(e.currentTarget.value)} />
      </label>
      <div class="acts">
        <button type="submit" class="btn main" disabled={busy || stale.value || heard === undefined || !allRead}>
          {say(dutyPage.confirmHandOver)}
        </button>
        <button type="button" class="btn" onClick={done}>
          {say(dutyPage.back)}
        </button>
      </div>
      <Failure why={failure} />
    </form>
  );
}
