/**
 * What people wrote beside an alarm, and the line to write the next word in. A note is a fact like any other: it stays.
 */
import { useState } from 'preact/hooks';
import type { Alarm } from '../../core/types.ts';
import { Failure } from '../page/failure.tsx';
import { command } from '../page/gateway-api.ts';
import { t } from '../page/language.ts';
import { useAct } from '../page/page-frame.tsx';
import { byText } from '../text/handling-text.ts';
import './notes.css';

export function Notes({ alarm }: { alarm: Alarm }) {
  if (alarm.notes.length === 0) return null;
  return (
    <ul class="notes">
      {alarm.notes.map((note, i) => (
        <li key={i}>
          <b>{byText(note)}</b> {note.text}
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
