/**
 * What was found, by its code, grouped as security managers count them, with a note if there is one. The same form submits
 * a finding and closes; which of the two a role may do with a reason is the core's word.
 */
import { useState } from 'preact/hooks';
import { may } from '../../core/act/act-roles.ts';
import { memoryOf } from '../../core/alarm/alarm-state.ts';
import { closing } from '../../core/site/reasons.ts';
import type { Alarm, Command, Role } from '../../core/types.ts';
import { groupsFor, type ReasonCode, reasonGroups, reasons } from '../../words/trade-words.ts';
import { Failure } from '../page/failure.tsx';
import { hm } from '../page/format.ts';
import { command } from '../page/gateway-api.ts';
import { say, t } from '../page/language.ts';
import { useAct } from '../page/page-frame.tsx';
import { offset } from '../page/views.ts';
import { reasonText, whoText } from '../text/handling-text.ts';
import './finding.css';

const codes = Object.keys(reasons) as ReasonCode[];

/** Reason codes as big chips: the class in front, the words with the code. */
export function Reasons({
  alarm,
  chosen,
  choose,
}: {
  alarm: Alarm;
  chosen: string | undefined;
  choose: (code: ReasonCode) => void;
}) {
  return (
    <>
      {groupsFor(alarm.kind).map((group) => (
        <fieldset key={group}>
          <legend>
            {group} {say(reasonGroups[group])}
          </legend>
          <div class="codes">
            {codes
              .filter((code) => code.startsWith(group))
              .map((code) => (
                <label key={code} class={`code ${chosen === code ? 'on' : ''}`}>
                  <input type="radio" name="reason" value={code} onChange={() => choose(code)} />
                  <span>
                    {code} {say(reasons[code])}
                  </span>
                </label>
              ))}
          </div>
        </fieldset>
      ))}
    </>
  );
}

/** What one press does with this reason: closes, or only puts the finding on record. */
export function offered(alarm: Alarm, role: Role, reason: string): 'close' | 'dispose' | undefined {
  const over = memoryOf(alarm) === 'latched';
  if (over && may(role, 'close') && closing(role, reason) === 'may') return 'close';
  return may(role, 'dispose') ? 'dispose' : undefined;
}

const sendText = (alarm: Alarm, role: Role, reason: string) => {
  if (offered(alarm, role, reason) === 'close') return t('close');
  return t(closing(role, reason) === 'countersign' ? 'findingReview' : 'findingSend');
};

/** What somebody found already, and the one press that closes with it. */
function Found({ alarm, role, busy, ask }: { alarm: Alarm; role: Role; busy: boolean; ask: (asked: Command) => void }) {
  const { disposed } = alarm;
  if (!disposed) return null;
  const { reason, note, by, at } = disposed;
  const closes = offered(alarm, role, reason) === 'close';
  const review = closing('operator', reason) === 'countersign';
  return (
    <p class="found">
      <b>{t('findingWas', { time: hm(at, offset.value), name: whoText(by), reason: reasonText(reason) })}</b>
      {note !== undefined && <span>{note}</span>}
      {closes && (
        <button
          type="button"
          class="btn main"
          disabled={busy}
          onClick={() => ask({ do: 'close', alarm: alarm.id, reason, ...(note !== undefined && { note }) })}
        >
          {t(review ? 'countersign' : 'closeSame')}
        </button>
      )}
      {!closes && review && <span class="flag">{t('countersignWaits')}</span>}
    </p>
  );
}

export function FindingForm({ alarm, role }: { alarm: Alarm; role: Role }) {
  const [reason, setReason] = useState<ReasonCode>();
  const [note, setNote] = useState('');
  const [other, showOther] = useState(false);
  const { busy, failure, act } = useAct();
  if (!alarm.acked) return <p class="facts">{t('findingFirst')}</p>;
  const ask = (asked: Command) => void act(() => command(asked));
  const what = reason && offered(alarm, role, reason);
  const submit = (event: Event) => {
    event.preventDefault();
    if (!reason || !what) return;
    const said = note.trim();
    ask({ do: what, alarm: alarm.id, reason, ...(said ? { note: said } : {}) });
  };
  const standing = memoryOf(alarm) === 'acked';
  return (
    <form class="reasons" onSubmit={submit}>
      <h3>{t('findingAsk')}</h3>
      <Found alarm={alarm} role={role} busy={busy} ask={ask} />
      {alarm.disposed && !other && (
        <button type="button" class="btn self" onClick={() => showOther(true)}>
          {t('findingOther')}
        </button>
      )}
      {(!alarm.disposed || other) && (
        <>
          <Reasons alarm={alarm} chosen={reason} choose={setReason} />
          <label class="field plainlabel">
            {t('note')}
            <input class="long" maxLength={500} value={note} onInput={(e) => setNote(e.currentTarget.value)} />
          </label>
          <div class="acts">
            <button type="submit" class="btn main" disabled={busy || !what}>
              {reason ? sendText(alarm, role, reason) : t(standing ? 'findingSend' : 'close')}
            </button>
            {reason && !what && <span class="facts">{t('reasonNotYours')}</span>}
            {standing && <span class="facts">{t('closeLater')}</span>}
          </div>
        </>
      )}
      <Failure why={failure} />
    </form>
  );
}
