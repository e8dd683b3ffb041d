/**
 * What people wrote beside an alarm, and the line to write the next word in. A note is a fact like any other: it stays.
 */
import { useState } from 'preact/hooks';
import type { Alarm, SentByPhone } from '../../core/types.ts';
import { officer } from '../../words/bureau/order-words.ts';
import { phoneActs } from '../../words/reach/phone-sentences.ts';
import { Failure } from '../page/failure.tsx';
import { hm } from '../page/format.ts';
import { command } from '../page/gateway-api.ts';
import { say, t } from '../page/language.ts';
import { useAct } from '../page/page-frame.tsx';
import { offset } from '../page/views.ts';
import { evidencePath } from '../text/alarm-camera.ts';
import { byText } from '../text/handling-text.ts';
import { ShotTile } from './shots.tsx';
import './notes.css';

/** What came from a phone late, or with a photograph. */
function SentItem({ one }: { one: SentByPhone }) {
  const { act, madeAt, doubt, picture } = one;
  return (
    <li>
      <b>{byText(one)}</b> {say(phoneActs[act])}
      {madeAt !== undefined && (
        <>
          {' '}
          <span class="flag">{t(doubt ? 'sentLateDoubt' : 'sentLate', { time: hm(madeAt, offset.value) })}</span>
        </>
      )}
      {picture !== undefined && <ShotTile path={evidencePath(picture)} once label={byText(one)} />}
    </li>
  );
}

export function Notes({ alarm }: { alarm: Alarm }) {
  const { notes, sent = [] } = alarm;
  if (notes.length + sent.length === 0) return null;
  return (
    <ul class="notes">
      {sent.map((one, i) => (
        <SentItem key={`${one.at}/${i}`} one={one} />
      ))}
      {alarm.notes.map((note, i) => (
        <li key={i}>
          <b>{note.district ? say(officer(byText(note))) : byText(note)}</b> {note.text}
        </li>
      ))}
    </ul>
  );
}

export function NoteForm({ alarm }: { alarm: Alarm }) {
  const [text, setText] = useState('');
  const { busy, failure, act } = useAct();
  const submit = async (event: Event) => {
    event.preventDefault();
    if (await act(() => command({ do: 'note', alarm: alarm.id, text: text.trim() }))) setText('');
  };
  return (
    <form class="field noting" onSubmit={(event) => void submit(event)}>
      <input
        class="long"
        name="note"
        maxLength={500}
        aria-label={t('noteAdd')}
        placeholder={t('noteHole')}
        value={text}
        onInput={(e) => setText(e.currentTarget.value)}
      />
      <button type="submit" class="btn" disabled={busy || text.trim() === ''}>
        {t('noteSend')}
      </button>
      <Failure why={failure} />
    </form>
  );
}
