/**
 * Closing an alarm: a reason by its code, grouped as security managers count them, and a note if there is one. Shown only
 * to those who may close; whether it may be closed now is the core's word.
 */
import { useState } from 'preact/hooks';
import type { Alarm } from '../../core/types.ts';
import { phaseOf } from '../../core/view.ts';
import { command } from '../api.ts';
import { groupsFor, type ReasonCode, reasonGroups, reasons } from '../words/trade.ts';
import { say, t } from '../words.ts';
import { useAct } from './frame.tsx';

const codes = Object.keys(reasons) as ReasonCode[];

export function CloseForm({ alarm }: { alarm: Alarm }) {
  const [reason, setReason] = useState<ReasonCode>();
  const [note, setNote] = useState('');
  const { busy, failure, act } = useAct();
  const phase = phaseOf(alarm);
  if (!alarm.acked) return <p class="facts">{t('ackFirst')}</p>;
  if (phase === 'acked') return <p class="facts">{t('closeWaits')}</p>;
  const submit = (event: Event) => {
    event.preventDefault();
    if (!reason) return;
    const said = note.trim();
    void act(() => command({ do: 'close', alarm: alarm.id, reason, ...(said ? { note: said } : {}) }));
  };
  return (
    <form class="reasons" onSubmit={submit}>
      <h3>{t('closeHint')}</h3>
      {groupsFor(alarm.kind).map((group) => (
        <fieldset key={group}>
          <legend>
            {group} {say(reasonGroups[group])}
          </legend>
          {codes
            .filter((code) => code.startsWith(group))
            .map((code) => (
              <label key={code} class={reason === code ? 'on' : ''}>
                <input type="radio" name="reason" value={code} onChange={() => setReason(code)} />
                <span>
                  {code} {say(reasons[code])}
                </span>
              </label>
            ))}
        </fieldset>
      ))}
      <label class="field plainlabel">
        {t('note')}
        <input class="long" maxLength={500} value={note} onInput={(e) => setNote(e.currentTarget.value)} />
      </label>
      {failure !== undefined && (
        <p class="failed" role="alert">
          {failure}
        </p>
      )}
      <div class="acts">
        <button type="submit" class="btn main" disabled={busy || !reason}>
          {t('close')}
        </button>
      </div>
    </form>
  );
}
